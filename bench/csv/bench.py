"""Makes a table, compares what Ablate and pandas read of it, and times both. See run."""

import hashlib
import os
import random
import statistics
import struct
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))

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


def compare(root, file, spec):
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
        java = ["java", "-cp", os.path.join(root, "experiments/target/app/lib/*"), os.path.join(HERE, "Checksum.java")]
        ours = subprocess.run([*java, spec, home], check=True, capture_output=True, text=True).stdout.strip()
    if digest.hexdigest() != ours:
        sys.exit("Ablate and pandas read different numbers")
    print(f"The same {table.size:,} numbers, to the bit; pandas {pandas.__version__}.")


def timed(command):
    """Seconds on the clock, seconds of processors, and peak MB of a process and those that it starts."""
    begin = time.perf_counter()
    child = os.fork()  # this process stays small, since its memory counts for the child's peak
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execvp(command[0], command)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - begin
    if status != 0:
        sys.exit(f"{command} ended with {status}")
    peak = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return wall, used.ru_utime + used.ru_stime, peak


def measure(root, file, spec, rounds):
    """A table of all programs, run in turn."""
    ablate = os.path.join(root, "ablate")
    programs = {
        "`ablate validate`": [ablate, "validate", spec],
        "pandas `read_csv`, `to_numpy`": [sys.executable, "-c", READ, file],
        "`ablate validate` of four rows": [ablate, "validate", "or-gate-bias"],
        "`import pandas`": [sys.executable, "-c", "import pandas"],
    }
    figures = {name: [] for name in programs}
    for turn in range(rounds + 1):
        for name, command in programs.items():
            figure = timed(command)
            if turn > 0:  # the first fills the caches
                figures[name].append(figure)

    print(f"{os.path.getsize(file) >> 20} MB, {os.cpu_count()} processors, {rounds} rounds; median [least..most]\n")
    print("| | seconds | processor seconds | peak MB |\n|---|---|---|---|")
    for name, measured in figures.items():
        cells = [
            f"{statistics.median(values):.{digits}f} [{min(values):.{digits}f}..{max(values):.{digits}f}]"
            for values, digits in zip(zip(*measured), (2, 2, 0))
        ]
        print(f"| {name} | {' | '.join(cells)} |")


def main(root, target, rows, rounds):
    file = os.path.join(target, f"table-{rows}.csv")
    spec = os.path.join(target, f"table-{rows}.yaml")
    if not os.path.exists(file):
        print(f"making {file}", file=sys.stderr)
        make(file, rows)
    with open(spec, "w") as out:
        out.write(SPEC.format(file=os.path.basename(file)))
    subprocess.run([sys.executable, __file__, "compare", root, file, spec], check=True)
    measure(root, file, spec, rounds)


if __name__ == "__main__":
    if sys.argv[1] == "compare":
        compare(*sys.argv[2:])
    else:
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
