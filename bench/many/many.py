"""Many runs, and what is made of them; whole commands, each a process of its own. Lines: trained, reused, report, results."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import timing

SEEDS = 5 if timing.TINY else 500
EPOCHS = 100 if timing.TINY else 10_000
# of the peer, whose time is that of one run as often as Ablate trains
PEER_RUNS = 4 if timing.TINY else 20
VARIANTS = [20, 40] if timing.TINY else [1_000, 10_000, 60_000]
RUNS_A_SECOND = 150
LINES = ["trained", "reused", "report", "results"]

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = tempfile.mkdtemp()
HOME = os.path.join(FOLDER, "home")
RUNS = 2 * SEEDS

SPEC = """\
version: 1
name: or-many
dataset: { plugin: or-gate }
trainer: { plugin: perceptron, epochs: %d, learning_rate: 0.5, loss: half-sse, initial_weights: { normal: { sd: 0.5 } } }
variants: { bias: {}, no-bias: { trainer: { bias: false } } }
seeds: { count: %%d }
compare: { baseline: no-bias, primary: mse }
run: { max_runs: 1000000 }
track: { mlflow: false }
""" % EPOCHS


def spec(seeds):
    file = os.path.join(FOLDER, "or-%d.yaml" % seeds)
    with open(file, "w", encoding="utf-8") as out:
        out.write(SPEC % seeds)
    return file


def ablate(*arguments, fresh=False, output=None):
    def once():
        if fresh:
            shutil.rmtree(HOME, ignore_errors=True)
        return timing.run([timing.ABLATE, *arguments], {"ABLATE_HOME": HOME}, FOLDER, output)

    return once


def results(variants):
    """A file of results: six seeds of each variant, and nothing that distinguishes them but chance and a small slope."""
    chance = random.Random(variants)
    file = os.path.join(FOLDER, "results-%d.csv" % variants)
    with open(file, "w", encoding="utf-8") as out:
        out.write("variant,seed,mse,accuracy\n")
        for variant in range(variants):
            for seed in range(1, 7):
                out.write("v%d,%d,%r,%r\n" % (variant, seed, chance.gauss(1, 0.1) + variant * 1e-5, chance.random()))
    return file


def weights(run, step):
    """The weights and the bias of a run at a step; None where it has no bias."""
    place = run["steps"].index(step)
    return [run["series"]["weights/" + name][place] if "weights/" + name in run["series"] else None
            for name in ("x1", "x2", "bias")]


def same_runs():
    """What the peer is to train, after a look at whether it learns what Ablate learns."""
    file = os.path.join(FOLDER, "series.json")
    ablate("run", spec(PEER_RUNS // 2), "-f", "json", "--series", fresh=True, output=file)()
    with open(file, encoding="utf-8") as text:
        runs = json.load(text)["runs"]
    asked = {"epochs": EPOCHS, "runs": [weights(run, 0) for run in runs]}
    learned = json.loads(subprocess.run(
        [timing.PYTHON, os.path.join(HERE, "numpy_runs.py")], input=json.dumps(asked), text=True, check=True,
        capture_output=True).stdout)
    for run, peer in zip(runs, learned, strict=True):
        for ours, theirs in zip(weights(run, EPOCHS), peer, strict=True):
            if (ours is None) != (theirs is None) or (ours is not None and abs(ours - theirs) > 1e-9 * max(1, abs(ours))):
                sys.exit("Ablate and NumPy learn different numbers: %s and %s" % (weights(run, EPOCHS), peer))
    return asked


def peer(asked):
    """As long as the peer takes for as many runs as Ablate trains: it starts once, and trains some of them."""
    commands = []
    for name, runs in (("none", []), ("some", asked["runs"])):
        file = os.path.join(FOLDER, name + ".json")
        with open(file, "w", encoding="utf-8") as out:
            json.dump({**asked, "runs": runs}, out)
        commands.append(["bash", "-c", "exec '%s' '%s' < '%s'" % (timing.PYTHON, os.path.join(HERE, "numpy_runs.py"), file)])

    def once():
        start, turn = (timing.run(command, folder=FOLDER) for command in commands)
        times = RUNS / len(asked["runs"])
        return timing.Turn(
            start.seconds + (turn.seconds - start.seconds) * times,
            start.processor + (turn.processor - start.processor) * times,
            turn.megabytes)

    return once


def measured(names):
    many = spec(SEEDS)
    programs = {}
    if "trained" in names:
        programs["trained"] = ablate("run", many, fresh=True)
        if timing.PYTHON:
            programs["peer"] = peer(same_runs())
    if "reused" in names:
        programs["reused"] = ablate("run", many)
    if "report" in names:
        programs["report"] = ablate("report", many)
    # what is reused and reported was run before
    ablate("run", many, fresh=True)()
    return timing.in_turn(programs)


def main():
    names = timing.chosen(LINES)
    lines = []
    runs = [name for name in names if name != "results"]
    turns = measured(runs) if runs else {}
    if "trained" in turns:
        work = "%d runs of the OR gate, %d epochs each" % (RUNS, EPOCHS)
        lines.append(timing.line(
            work, turns["trained"], turns.get("peer"), RUNS / RUNS_A_SECOND, peer_name="a loop in NumPy" if "peer" in turns else ""))
        lines.append(timing.line(work + ": processor", turns["trained"], turns.get("peer"), what="processor"))
        lines.append(timing.line(work + ": memory", turns["trained"], what="megabytes"))
    if "reused" in turns:
        lines.append(timing.line("the same again, all reused", turns["reused"]))
        lines.append(timing.line("the same again, all reused: processor", turns["reused"], goal=1, what="processor"))
    if "report" in turns:
        lines.append(timing.line("`report` of %d runs" % RUNS, turns["report"], goal=2))
        lines.append(timing.line("`report` of %d runs: processor" % RUNS, turns["report"], what="processor"))
    if "results" in names:
        compare = {
            count: ablate("compare", results(count), "--metric", "mse:min") for count in VARIANTS
        }
        compared = timing.in_turn(compare, None if timing.TINY else min(timing.REPEATS, 5))
        for i, count in enumerate(VARIANTS):
            # no worse than linear in the variants
            goal = None if i == 0 else timing.middle(compared[VARIANTS[i - 1]]) * count / VARIANTS[i - 1]
            lines.append(timing.line("`compare` of a file with %d variants" % count, compared[count], goal=goal))
            lines.append(timing.line("`compare` of %d variants: memory" % count, compared[count], what="megabytes"))
    timing.write(lines)


try:
    main()
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
