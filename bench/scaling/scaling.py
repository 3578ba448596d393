"""Time and memory against the size of something, whole commands. Lines: rows, table, features, runs, seeds, cells, variants."""

import collections
import dataclasses
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
import chart
import timing

# with the one that is left out
ROUNDS = min(timing.REPEATS, 2)
# n log n comes to 1.06 from 100,000 to 1,000,000
MOST = 1.1
# what is less than this beside the fixed part is noise
LEAST_SECONDS = 0.05
LEAST_MEGABYTES = 5

FOLDER = tempfile.mkdtemp()
HOME = os.path.join(FOLDER, "home")


@dataclasses.dataclass(frozen=True)
class Line:
    """What is measured.

    work: in words; axis: what the sizes are of; sizes: the last two a decade apart; make: the arguments for a size, after its files are
    made; fresh: whether each turn begins with an empty home."""

    work: str
    axis: str
    sizes: tuple
    make: Callable
    fresh: bool = False


def file(name, text):
    path = os.path.join(FOLDER, name)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    return path


def spec(name, dataset, trainer, rest=""):
    return file(name + ".yaml", "version: 1\nname: %s\ndataset: %s\ntrainer: %s\ntrack: { mlflow: false }\n"
                "run: { max_runs: 1000000 }\n%s" % (name, dataset, trainer, rest))


def table(rows, features):
    """A CSV file of random numbers; the target is the first feature and some chance."""
    name = os.path.join(FOLDER, "table-%d-%d.csv" % (rows, features))
    if not os.path.exists(name):
        chance = random.Random(1).random
        with open(name, "w", encoding="utf-8") as out:
            out.write(",".join("x%d" % i for i in range(features)) + ",y\n")
            line = ",".join(["%.9f"] * (features + 1)) + "\n"
            for _ in range(rows):
                values = [chance() for _ in range(features)]
                out.write(line % (*values, values[0] + chance()))
    return os.path.basename(name)


def large(rows, features, epochs=10):
    return spec(
        "table-%d-%d" % (rows, features), "{ plugin: table, file: %s, target: y }" % table(rows, features),
        "{ plugin: perceptron, learning_rate: 0.001, epochs: %d, activation: identity }" % epochs,
        "variants: { bias: {}, no-bias: { trainer: { bias: false } } }\n")


NEURON = "{ plugin: perceptron, epochs: 100, learning_rate: 0.5, loss: half-sse, initial_weights: { normal: { sd: 0.5 } } }"


def runs(count):
    return spec(
        "runs-%d" % count, "{ plugin: or-gate }", NEURON,
        "variants: { bias: {}, no-bias: { trainer: { bias: false } } }\nseeds: { count: %d }\n" % (count // 2))


def cells(count):
    rates = ", ".join("%.6f" % (0.1 + 0.9 * i / count) for i in range(count))
    return spec(
        "cells-%d" % count, "{ plugin: or-gate }", NEURON,
        "sweep: { params: { trainer.learning_rate: [%s] } }\n" % rates)


def results(variants, seeds):
    """A file of results: variants that differ by chance and a small slope."""
    chance = random.Random(variants)
    return file("results-%d-%d.csv" % (variants, seeds), "variant,seed,mse\n" + "".join(
        "v%d,%d,%r\n" % (variant, seed, chance.gauss(1, 0.1) + variant * 1e-5)
        for variant in range(variants) for seed in range(1, seeds + 1)))


def sized(*sizes):
    return tuple(size // 10 for size in sizes[:2]) if timing.TINY else sizes


LINES = {
    "rows": Line(
        "`validate` of a CSV with 5 columns", "rows", sized(1_000, 10_000, 100_000, 400_000, 1_000_000),
        lambda size: ("validate", large(size, 4))),
    "table": Line(
        "`run` of 2 variants on such a CSV, 10 epochs", "rows", sized(1_000, 10_000, 100_000, 400_000, 1_000_000),
        lambda size: ("run", large(size, 4)), fresh=True),
    "features": Line(
        "`run` of 2 variants, 1,000 rows, 10 epochs", "features", (1, 10) if timing.TINY else (1, 10, 100, 1_000),
        lambda size: ("run", large(1_000, size)), fresh=True),
    "runs": Line(
        "`run` of the OR gate, 100 epochs", "runs", (2, 20) if timing.TINY else (10, 100, 1_000, 10_000),
        lambda size: ("run", runs(size)), fresh=True),
    "seeds": Line(
        "`compare` of a file with 2 variants", "seeds", sized(100, 1_000, 10_000, 100_000),
        lambda size: ("compare", results(2, size), "--metric", "mse:min")),
    "cells": Line(
        "`run` of a sweep, 1 seed, 100 epochs", "cells", (2, 20) if timing.TINY else (10, 100, 1_000, 10_000),
        lambda size: ("run", cells(size)), fresh=True),
    "variants": Line(
        "`compare` of a file with 6 seeds", "variants", sized(60, 600, 6_000, 60_000),
        lambda size: ("compare", results(size, 6), "--metric", "mse:min")),
}


def program(line, size):
    arguments = line.make(size)

    def once(environment=None):
        if line.fresh:
            shutil.rmtree(HOME, ignore_errors=True)
        return timing.run([timing.ABLATE, *arguments], {"ABLATE_HOME": HOME, **(environment or {})}, FOLDER)

    return once


def exponent(sizes, values, least):
    """By which power values grow in the last decade, beyond the least of them; None where that is noise."""
    before = max(i for i, size in enumerate(sizes) if size * 10 <= sizes[-1])
    grown = [values[i] - min(values) for i in (before, -1)]
    if grown[1] < least:
        return None
    # what a decade before was noise counts as much as noise may be
    return math.log10(grown[1] / max(grown[0], least)) / math.log10(sizes[-1] / sizes[before])


def cells_of(line, what, values, unit, power):
    work = "%s, %s %s: %s" % (line.work, ", ".join(map("{:,}".format, line.sizes)), line.axis, what)
    own = "%s %s; exponent %s" % (
        ", ".join(map(timing.number, values)), unit, "0" if power is None else "%.2f" % power)
    return "| %s | %s |  |  | exponent %s | %s |\n" % (work, own, MOST, "yes" if power is None or power <= MOST else "no")


def costs(once):
    """The two methods of Ablate, or of a library where that is all there is, in which most samples of a recording lie."""
    recording = os.path.join(FOLDER, "recording.jfr")
    once({"JAVA_TOOL_OPTIONS": "-XX:StartFlightRecording=filename=%s,settings=profile" % recording})
    java = os.environ.get("JAVA_HOME")
    text = subprocess.run(
        [os.path.join(java, "bin", "jfr") if java else "jfr", "print", "--stack-depth", "64", "--events",
         "jdk.ExecutionSample", recording], check=True, capture_output=True, text=True).stdout
    os.remove(recording)
    found = collections.Counter()
    for sample in text.split("jdk.ExecutionSample")[1:]:
        frames = re.findall(r"^\s+([\w.$]+)\.([\w$<>]+)\(.*line:", sample, re.MULTILINE)
        own = [frame for frame in frames if frame[0].startswith("dev.ablate.")]
        if frames:
            place, method = (own or frames)[0]
            found["%s.%s" % (place.split(".")[-1].replace("$", "."), method)] += 1
    samples = sum(found.values())
    return ["`%s` %d %%" % (name, round(100 * count / samples)) for name, count in found.most_common(2)]


def main():
    names = timing.chosen(LINES)
    programs = {(name, size): program(LINES[name], size) for name in names for size in LINES[name].sizes}
    turns = timing.in_turn(programs, ROUNDS)
    charts = None
    if os.environ.get("TABLE") and not timing.TINY:
        charts = os.path.dirname(os.path.abspath(os.environ.get("PAGE") or os.path.join(timing.ROOT, "docs", "performance.md")))
    lines = []
    pictures = []
    for name in names:
        line = LINES[name]
        seconds, megabytes = (
            [timing.middle(turns[name, size], what) for size in line.sizes] for what in ("seconds", "megabytes"))
        lines.append(cells_of(line, "time", seconds, "s", exponent(line.sizes, seconds, LEAST_SECONDS)))
        lines.append(cells_of(line, "memory", megabytes, "MB", exponent(line.sizes, megabytes, LEAST_MEGABYTES)))
        chart.draw(os.path.join(charts or FOLDER, "scaling-%s.svg" % name), line.axis, line.sizes, seconds, megabytes)
        # one is enough to see that it works
        largest = costs(programs[name, line.sizes[-1]]) if not timing.TINY or name == names[0] else []
        timing.progress("  %s: %s" % (name, ", ".join(largest)))
        pictures.append("\n![%s: time and memory](scaling-%s.svg)\n\n%s, against %s; dashed: linear. The two largest costs at %s: %s.\n" % (
            line.axis, name, line.work, line.axis, "{:,}".format(line.sizes[-1]), " and ".join(largest) or "too short to sample"))
    timing.write(lines + (pictures if charts else []))


try:
    main()
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
