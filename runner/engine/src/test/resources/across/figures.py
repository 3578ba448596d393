"""Writes figures.json, what other programs say of 100 random tables: variants on data sets, some with ties.

    python3 -m venv venv && venv/bin/pip install scipy==1.17.1 autorank==1.3.0 && venv/bin/python figures.py

SciPy's are the signed-rank test (of all sign patterns where there are ties, zeros by Pratt), the sign test, Friedman's test and the
studentised range; statsmodels' is Holm's correction; autorank's are mean ranks and the p of Friedman's test. Autorank's
critical difference is left out: its studentised range is statsmodels' qsturng, which interpolates.
"""
import json
import warnings

import numpy as np
import pandas as pd
from autorank import autorank
from scipy import stats
from statsmodels.stats.multitest import multipletests

warnings.simplefilter("ignore")
random = np.random.default_rng(2006)


def wilcoxon(differences, tied):
    if not np.any(differences):
        return 1.0
    method = stats.PermutationMethod(n_resamples=np.inf) if tied else "exact"
    return float(stats.wilcoxon(differences, zero_method="pratt", method=method).pvalue)


def sign(differences):
    wins, losses = int(np.sum(differences > 0)), int(np.sum(differences < 0))
    return float(stats.binomtest(wins, wins + losses).pvalue) if wins + losses else 1.0


def case(number):
    tied = number % 5 >= 3
    n = int(random.integers(6, 11 if tied else 25))
    k = int(random.integers(3, 9))
    scores = random.uniform(0.5, 0.9, (n, 1)) + random.normal(0, 0.03, (n, k)) + random.normal(0, 0.02, (1, k))
    scores = np.round(scores, 2 if tied else 9)
    differences = [np.round(scores[:, i] - scores[:, 0], 12) for i in range(1, k)]
    ranks = [wilcoxon(d, tied) for d in differences]
    signs = [sign(d) for d in differences]
    friedman = stats.friedmanchisquare(*scores.T)
    chi = float(friedman.statistic)
    f = (n - 1) * chi / (n * (k - 1) - chi)
    q = float(stats.studentized_range.ppf(0.95, k, np.inf))
    frame = pd.DataFrame(scores, columns=[f"v{i}" for i in range(k)])
    peer = autorank(frame, force_mode="nonparametric", verbose=False)
    return {
        "scores": scores.tolist(),
        "wilcoxon": ranks,
        "wilcoxon_holm": multipletests(ranks, method="holm")[1].tolist(),
        "sign": signs,
        "sign_holm": multipletests(signs, method="holm")[1].tolist(),
        "friedman": chi,
        "friedman_p": float(friedman.pvalue),
        "iman_davenport": f,
        "iman_davenport_p": float(stats.f.sf(f, k - 1, (k - 1) * (n - 1))),
        "studentized_range": q,
        "critical_difference": q * np.sqrt(k * (k + 1) / (12 * n)),
        "autorank_friedman_p": float(peer.pvalue),
        "autorank_ranks": {name: float(rank) for name, rank in peer.rankdf["meanrank"].items()},
    }


cases = [case(number) for number in range(100)]
with open("figures.json", "w", encoding="utf-8") as file:
    file.write("[\n" + ",\n".join(json.dumps(one) for one in cases) + "\n]\n")
