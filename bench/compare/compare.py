"""Scores of many items by two models, compared by Ablate, and by pandas and SciPy. Lines: answers, scores.

Right and wrong answers are McNemar's exact test, which SciPy has as the binomial test. The signs of other scores are drawn; of that SciPy's
permutation test makes a matrix, which takes minutes, so no peer is measured there."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import timing

ITEMS = 2_000 if timing.TINY else 200_000
FOLDER = tempfile.mkdtemp()
HOME = os.path.join(FOLDER, "home")

BINOMIAL = """
import sys, pandas
from scipy import stats
table = pandas.read_csv(sys.argv[1])
scores = table.pivot(index="item", columns="variant", values="score")
difference = scores["new"] - scores["old"]
wins, losses = int((difference > 0).sum()), int((difference < 0).sum())
test = stats.binomtest(wins, wins + losses)
interval = test.proportion_ci()
print(repr(float(test.pvalue)), interval.low, interval.high)
"""


def make(name, draw):
    """A row for each variant and item, with a text for an id; the new one is a little better."""
    chance = random.Random(1)
    file = os.path.join(FOLDER, name + ".csv")
    with open(file, "w", encoding="utf-8", newline="\n") as out:
        out.write("variant,item,score\n")
        for variant, mean in (("old", 0.70), ("new", 0.703)):
            for item in range(ITEMS):
                out.write("%s,item-%d,%s\n" % (variant, item, draw(chance, mean)))
    return file


def command(file, *more):
    return [timing.ABLATE, "compare", file, "--pair-by", "item", "--metric", "score:maximize", *more]


def ablate(file):
    return lambda: timing.run(command(file), {"ABLATE_HOME": HOME}, FOLDER)


def check(file):
    """Ends the process unless both give the same p."""
    shown = subprocess.run(
        command(file, "-f", "json"), check=True, capture_output=True, env={**os.environ, "ABLATE_HOME": HOME}).stdout
    ours = json.loads(shown)["effects"][0]["p"]
    theirs = float(
        subprocess.run([timing.PYTHON, "-c", BINOMIAL, file], check=True, capture_output=True).stdout.split()[0])
    if abs(ours - theirs) > 1e-9 * theirs:
        sys.exit("Ablate and SciPy give another p: %r and %r" % (ours, theirs))


LINES = {
    "answers": ("right and wrong answers to %s questions" % format(ITEMS, ","), True),
    "scores": ("scores of %s items" % format(ITEMS, ","), False),
}


def draw(name, chance, mean):
    return int(chance.random() < mean) if name == "answers" else "%.6f" % chance.gauss(mean, 1)


def main():
    lines = []
    for name in timing.chosen(LINES):
        work, beside = LINES[name]
        file = make(name, lambda chance, mean: draw(name, chance, mean))
        programs = {"ablate": ablate(file)}
        if beside and timing.PYTHON:
            check(file)
            programs["peer"] = lambda: timing.run([timing.PYTHON, "-c", BINOMIAL, file], folder=FOLDER)
        turns = timing.in_turn(programs)
        peer = turns.get("peer")
        lines.append(timing.line(work, turns["ablate"], peer, 2, peer_name="pandas, SciPy" if peer else ""))
    timing.write(lines)


try:
    main()
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
