"""Writes peers.json beside this file: what SciPy, baycomp and plain counting say of random cases that the engine is held to.

python3 -m venv peers && peers/bin/pip install scipy==1.17.1 numpy==2.4.6 baycomp && peers/bin/python peers.py
"""

import itertools
import json
import math
import os

import baycomp
import numpy as np
import scipy
from scipy import stats

CASES = 100
RANDOM = np.random.default_rng(20261130)


def rounded(values, places=6):
    """Few digits, so that the file stays small; a peer is given what is written."""
    return [round(float(value), places) for value in values]


def answers():
    """McNemar's exact test is the binomial test of the pairs that differ."""
    cases = []
    for _ in range(CASES):
        pairs = int(RANDOM.integers(21, 3000))
        wins, losses, ties = RANDOM.multinomial(pairs, RANDOM.dirichlet([2, 2, 4])).tolist()
        p = stats.binomtest(wins, wins + losses).pvalue if wins + losses else 1.0
        cases.append({"wins": wins, "losses": losses, "ties": ties, "p": p})
    return cases


def flips():
    """All sign patterns, by SciPy."""
    cases = []
    for _ in range(CASES):
        d = rounded(RANDOM.normal(0.5, 1, RANDOM.integers(6, 13)), int(RANDOM.integers(0, 5)))
        result = stats.permutation_test(
            (np.array(d), np.zeros(len(d))), lambda x, y, axis: np.mean(x - y, axis=axis), permutation_type="samples",
            n_resamples=np.inf, vectorized=True)
        cases.append({"differences": d, "p": float(result.pvalue)})
    return cases


def ratings():
    """Whole numbers with more patterns than can be tried: counted with whole numbers of any size."""
    cases = []
    for _ in range(CASES):
        d = RANDOM.integers(-5, 7, RANDOM.integers(21, 80)).tolist()
        ways = {0: 1}
        for value in d:
            after = {}
            for total, count in ways.items():
                after[total + value] = after.get(total + value, 0) + count
                after[total - value] = after.get(total - value, 0) + count
            ways = after
        extreme = sum(count for total, count in ways.items() if abs(total) >= abs(sum(d)))
        cases.append({"differences": d, "p": extreme / 2 ** len(d)})
    return cases


def clusters():
    """All sign patterns of few clusters, and all means of the pairs of a subset of them."""
    cases = []
    for _ in range(CASES):
        count = int(RANDOM.integers(6, 11))
        sizes = RANDOM.integers(1, 6, count)
        cluster = np.repeat(np.arange(count), sizes)
        d = np.array(rounded(RANDOM.normal(0.4, 1, len(cluster)) + RANDOM.normal(0, 0.7, count)[cluster]))
        sums = np.array([math.fsum(d[cluster == k]) for k in range(count)])
        seen = abs(math.fsum(sums))
        extreme = sum(
            abs(math.fsum(sums * signs)) >= seen - 1e-12 * math.fsum(abs(sums))
            for signs in itertools.product([1, -1], repeat=count))
        means = sorted(
            math.fsum(sums[list(subset)]) / int(sizes[list(subset)].sum())
            for size in range(1, count + 1) for subset in itertools.combinations(range(count), size))
        k = math.floor(0.025 * 2 ** count)
        cases.append({
            "differences": d.tolist(), "clusters": cluster.tolist(), "p": extreme / 2 ** count, "low": means[k - 1],
            "high": means[-k]})
    return cases


def student():
    """The t test, and mean by standard deviation, which is t by the root of n."""
    cases = []
    for _ in range(CASES):
        d = rounded(RANDOM.normal(RANDOM.normal(0, 1), RANDOM.uniform(0.1, 3), RANDOM.integers(6, 40)))
        result = stats.ttest_1samp(d, 0)
        interval = result.confidence_interval(0.95)
        cases.append({
            "differences": d, "p": float(result.pvalue), "low": float(interval.low), "high": float(interval.high),
            "standardised": float(result.statistic) / math.sqrt(len(d))})
    return cases


def bayes():
    """Repeated cross-validation, of which baycomp takes n_test / n_train for 1 / (folds - 1)."""
    cases = []
    for case in range(CASES):
        runs, folds = int(RANDOM.integers(1, 6)), int(RANDOM.integers(6, 11))
        x = np.array(rounded(RANDOM.normal(0.8, 0.05, runs * folds)))
        y = np.array(rounded(x + RANDOM.normal(RANDOM.normal(0, 0.02), 0.04, runs * folds)))
        d = rounded(y - x)
        region = 0.0 if case % 10 == 0 else round(float(RANDOM.uniform(0.001, 0.03)), 4)
        found = baycomp.two_on_single(np.zeros(len(d)), np.array(d), rope=region, runs=runs)
        below, within, above = found if region else (found[0], 0.0, found[1])
        cases.append({
            "differences": d, "ratio": 1 / (folds - 1), "region": region, "below": float(below), "within": float(within),
            "above": float(above)})
    return cases


def main():
    figures = {
        "source": "SciPy %s, NumPy %s, baycomp; peers.py" % (scipy.__version__, np.__version__),
        "answers": answers(), "flips": flips(), "ratings": ratings(), "clusters": clusters(), "student": student(),
        "bayes": bayes()}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers.json"), "w", encoding="utf-8") as file:
        file.write("{\n")
        for number, (name, cases) in enumerate(figures.items()):
            lines = json.dumps(cases) if isinstance(cases, str) else "[\n  %s\n ]" % ",\n  ".join(map(json.dumps, cases))
            file.write(' "%s": %s%s\n' % (name, lines, "," if number + 1 < len(figures) else ""))
        file.write("}\n")


main()
