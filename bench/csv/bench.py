"""A large table, read by Ablate and by pandas. Lines: validate, run.

Makes the table below target, and makes sure that both read the same numbers before it times them."""

import hashlib
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
import timing

TARGET_FOLDER = os.path.join(HERE, "target")
ROWS = int(os.environ.get("ROWS") or (2_000 if timing.TINY else 1_000_000))

FEATURES = [f"x{k}" for k in range(1, 21)]
TARGET = "y"

SPEC = """version: 1
name: large-table
dataset: {{ plugin: table, file: {file}, target: y }}
trainer: {{ plugin: perceptron, learning_rate: 0.01, epochs: 10, activation: identity }}
variants: {{ bias: {{ trainer.bias: true }}, no-bias: {{ trainer.bias: false }} }}
"""

READ = "import sys, pandas; pandas.read_csv(sys.argv[1]).to_numpy()"


def make(file, rows):
    """The same table each time: uniform features, and a target that depends on them."""
    chance = random.Random(1)
    line = ",".join(["%.17g"] * (len(FEATURES) + 1)) + "\n"
    with open(file + ".part", "w", newline="\n") as out:
        out.write(",".join(FEATURES + [TARGET]) + "\n")
        for _ in range(rows):
            x = [2 * chance.random() - 1 for _ in FEATURES]
            out.write(line % (*x, sum(x) + chance.random()))
    os.rename(file + ".part", file)


def compare(file, spec):
    """Ends the process unless both read the same numbers: by Ablate's content hash, computed here of what pandas has."""
    import numpy
    import pandas

    digest = hashlib.sha256()

    def word(text):
        digest.update(struct.pack(">H", len(text)) + text.encode())

    table = pandas.read_csv(file)
    word("REGRESSION")
    word(TARGET)
    digest.update(struct.pack(">ii", len(table), len(FEATURES)))
    for name in FEATURES:
        word(name)
    for names in (FEATURES, [TARGET]):
        digest.update(numpy.ascontiguousarray(table[names].to_numpy(), dtype=">f8").tobytes())

    with tempfile.TemporaryDirectory() as home:
        classes = os.environ.get("CLASSES") or os.path.join(timing.ROOT, "experiments/target/app/lib/*")
        java = ["java", "-cp", classes, os.path.join(HERE, "Checksum.java")]
        ours = subprocess.run([*java, spec, home], check=True, capture_output=True, text=True).stdout.strip()
    if digest.hexdigest() != ours:
        sys.exit("Ablate and pandas read different numbers")
    timing.progress(f"  the same {table.size:,} numbers, to the bit")


def measure(file, spec, folder, names):
    """The lines of the table."""
    home = os.path.join(folder, "home")

    def ablate(*arguments):
        def once():
            shutil.rmtree(home, ignore_errors=True)
            return timing.run([timing.ABLATE, *arguments], {"ABLATE_HOME": home}, folder)

        return once

    programs = {"validate": ablate("validate", spec), "small": ablate("validate", "or-gate-bias")}
    if "run" in names:
        programs["run"] = ablate("run", spec, "--offline")
    if timing.PYTHON:
        programs["pandas"] = lambda: timing.run([timing.PYTHON, "-c", READ, file], folder=folder)
    turns = timing.in_turn(programs)
    size = ROWS * (len(FEATURES) + 1) * 8 / 1e6
    wide = f"a CSV of {ROWS:,} x {len(FEATURES) + 1}, {os.path.getsize(file) / 1e6:.0f} MB"
    lines = []
    if "validate" in names:
        work = f"`validate` of {wide}"
        for what, ratio in (("seconds", 1.5), ("processor", None), ("megabytes", None)):
            lines.append(
                timing.line(
                    work if what == "seconds" else f"{work}: {'memory' if what == 'megabytes' else what}",
                    turns["validate"], turns.get("pandas"), ratio=ratio, what=what, peer_name="pandas"))
        lines.append(
            timing.line(
                f"{work}: memory beyond that of `validate or-gate-bias`", timing.beyond(turns["validate"], turns["small"]),
                goal=2.2 * size, what="megabytes"))
    if "run" in names:
        work = f"`run` on it, 2 variants x 10 epochs"
        beyond = timing.beyond(turns["run"], turns["validate"])
        lines.append(timing.line(work, turns["run"]))
        lines.append(timing.line(f"{work}: processor beyond `validate`", beyond, goal=3, what="processor"))
        lines.append(
            timing.line(
                f"{work}: memory beyond that of `validate or-gate-bias`", timing.beyond(turns["run"], turns["small"]),
                goal=3 * size, what="megabytes"))
    return lines


def main():
    names = timing.chosen(["validate", "run"])
    os.makedirs(TARGET_FOLDER, exist_ok=True)
    file = os.path.join(TARGET_FOLDER, f"table-{ROWS}.csv")
    spec = os.path.join(TARGET_FOLDER, f"table-{ROWS}.yaml")
    if not os.path.exists(file):
        timing.progress(f"  making {file}")
        make(file, ROWS)
    with open(spec, "w") as out:
        out.write(SPEC.format(file=os.path.basename(file)))
    if timing.PYTHON:
        # in a process of its own, as the memory of this one counts for those that it starts
        subprocess.run([timing.PYTHON, __file__, "compare", file, spec], check=True)
    folder = tempfile.mkdtemp()
    try:
        timing.write(measure(file, spec, folder, names))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["compare"]:
        compare(*sys.argv[2:])
    else:
        main()
