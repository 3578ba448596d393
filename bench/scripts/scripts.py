"""Runs of a script of Python, after the first; whole commands, each a process of its own. Lines: short, long."""

import os
import random
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
import timing

LINES = ["short", "long"]
RUNS = 3 if timing.TINY else 21
COLUMNS = 20
# of the data, epochs, and passes over the rows in each
ROWS = {"short": 60 if timing.TINY else 2_000, "long": 60 if timing.TINY else 20_000}
LENGTHS = {"short": (1, 1), "long": (2, 1) if timing.TINY else (20, 10)}

FOLDER = tempfile.mkdtemp()
HOME = os.path.join(FOLDER, "home")

SPEC = """\
version: 1
name: script
dataset: { plugin: table, file: data.csv, target: y }
data: { split: { test: 0.3 } }
trainer: { plugin: python, python: %s, script: train.py, options: { epochs: %d, passes: %d } }
variants: { one: {} }
seeds: { count: %d }
track: { mlflow: false }
"""


def python():
    """One that has NumPy: that of the peers, or the one that comes with MLflow; empty if there is none."""
    own = os.path.join(os.path.expanduser("~"), ".ablate")
    known = [timing.PYTHON] + [os.path.join(own, name, "bin", "python") for name in sorted(os.listdir(own) if os.path.isdir(own) else [])
                               if name.startswith("mlflow-")] + ["python3"]
    for name in known:
        try:
            if name and subprocess.run([name, "-c", "import numpy"], capture_output=True).returncode == 0:
                return name
        except OSError:
            continue
    return ""


def data(name):
    chance = random.Random(1)
    with open(os.path.join(FOLDER, "data.csv"), "w", encoding="utf-8") as out:
        out.write(",".join("x%d" % i for i in range(COLUMNS)) + ",y\n")
        for _ in range(ROWS[name]):
            row = [chance.gauss(0, 1) for _ in range(COLUMNS)]
            out.write(",".join("%.6f" % x for x in row) + ",%d\n" % (row[0] + row[1] + chance.gauss(0, 1) > 0))
    shutil.copy(os.path.join(HERE, "train.py"), FOLDER)


def ablate(name, interpreter, runs):
    epochs, passes = LENGTHS[name]
    file = os.path.join(FOLDER, "%s-%d.yaml" % (name, runs))
    with open(file, "w", encoding="utf-8") as out:
        out.write(SPEC % (interpreter, epochs, passes, runs))

    def once():
        shutil.rmtree(HOME, ignore_errors=True)
        return timing.run([timing.ABLATE, "run", file], {"ABLATE_HOME": HOME}, FOLDER)

    return once


def alone(name, interpreter, runs):
    epochs, passes = LENGTHS[name]
    return lambda: timing.run(
        [interpreter, os.path.join(FOLDER, "train.py"), os.path.join(FOLDER, "data.csv"), str(runs), str(epochs), str(passes)], {},
        FOLDER)


def each(many, one):
    """What each run took after the first."""
    return [timing.Turn(a.seconds / (RUNS - 1), a.processor / (RUNS - 1), a.megabytes) for a in timing.beyond(many, one)]


def main():
    names = timing.chosen(LINES)
    if timing.TINY:
        # one shows that both work, and each takes four programs
        names = names[:1]
    interpreter = python()
    if not interpreter:
        timing.write(["| left out: there is no Python with NumPy |  |  |  |  |  |\n"])
        return
    lines = []
    for name in names:
        data(name)
        turns = timing.in_turn({
            "ours": ablate(name, interpreter, RUNS),
            "first": ablate(name, interpreter, 1),
            "theirs": alone(name, interpreter, RUNS),
            "their first": alone(name, interpreter, 1),
        })
        own = each(turns["ours"], turns["first"])
        peer = each(turns["theirs"], turns["their first"])
        work = "a %s run of a script, %d rows, after the first of %d" % (name, ROWS[name], RUNS)
        if name == "short":
            beyond = timing.beyond(own, peer)
            lines.append(timing.line(work + ": beyond the same script alone", beyond, goal=0.05))
        else:
            lines.append(timing.line(work, own, peer, ratio=1 / 1.1, peer_name="the script alone"))
    timing.write(lines)


try:
    main()
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
