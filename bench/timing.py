"""Times whole programs in turn, and writes the lines of a part's table. For Python 3.10 and later, without libraries."""

import dataclasses
import os
import statistics
import subprocess
import sys
import time

HEAD = "| work | Ablate | peer | peer/Ablate [min..max] | goal | met |\n|---|---:|---:|---:|---:|---|\n"
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TINY = os.environ.get("SIZE") == "tiny"
REPEATS = int(os.environ.get("REPEATS") or (1 if TINY else 7))
# of bench/peers; empty: without peers
PYTHON = os.environ.get("PYTHON", "")
ABLATE = os.environ.get("ABLATE") or os.path.join(ROOT, "ablate")


@dataclasses.dataclass(frozen=True)
class Turn:
    """One program, from its start to its end, with all processes that it waited for."""

    seconds: float
    processor: float  # seconds, of the program and of the system for it
    megabytes: float  # the most memory that one process held at a time


def run(command, environment=None, folder=None, output=None):
    """Runs a program to its end; one that fails ends the measuring. `output` is a file that takes what it prints."""
    out = os.open(output or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        begin = time.monotonic()
        process = subprocess.Popen(
            command, env={**os.environ, **(environment or {})}, cwd=folder, stdin=subprocess.DEVNULL, stdout=out,
            stderr=subprocess.PIPE)
        errors = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begin
    finally:
        os.close(out)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("%s ended with %s\n%s" % (" ".join(command), process.returncode, errors.decode(errors="replace")))
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Turn(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def in_turn(programs, repeats=None):
    """Runs each of several programs once a round; `programs` has for each name what runs it once and returns its Turn.

    Returns for each name its turns. The first round is left out, unless there is but one: it fills the system's caches."""
    repeats = repeats or REPEATS
    turns = {name: [] for name in programs}
    for number in range(repeats + (repeats > 1)):
        for name, program in programs.items():
            turn = program()
            if number > 0 or repeats == 1:
                turns[name].append(turn)
    return turns


def middle(turns, what="seconds"):
    """The median of what was measured."""
    return statistics.median(getattr(turn, what) for turn in turns)


def ratios(peer, own, what="seconds"):
    """The ratio of each round: a machine's speed changes from minute to minute, for both."""
    return [getattr(a, what) / getattr(b, what) for a, b in zip(peer, own)]


def beyond(turns, base):
    """What each turn took more than that of the same round of something else."""
    return [Turn(a.seconds - b.seconds, a.processor - b.processor, a.megabytes - b.megabytes) for a, b in zip(turns, base)]


def line(work, own, peer=None, goal=None, ratio=None, what="seconds", peer_name=""):
    """A line of the table.

    work: in words; own, peer: turns; goal: the most that `what` may be, in its unit; ratio: the least that peer/Ablate may be."""
    unit = {"seconds": "s", "processor": "s of processor", "megabytes": "MB"}[what]
    mine = middle(own, what)
    met = goal is None or mine <= goal
    goals = [] if goal is None else ["%s %s" % (number(goal), unit)]
    cells = [work, "%s %s%s" % (number(mine), unit, spread([getattr(turn, what) for turn in own]))]
    if ratio is not None:
        goals.append("ratio %s" % number(ratio))
    if peer:
        all_ratios = ratios(peer, own, what)
        cells += [
            "%s%s %s" % (peer_name + " " if peer_name else "", number(middle(peer, what)), unit),
            number(statistics.median(all_ratios)) + spread(all_ratios)]
        met = met and (ratio is None or statistics.median(all_ratios) >= ratio)
    else:
        cells += ["", ""]
    known = bool(goals) and (peer or ratio is None)
    cells += [", ".join(goals), "" if not known else "yes" if met else "no"]
    return "| " + " | ".join(cells) + " |\n"


def spread(values):
    return "" if len(values) == 1 else " [%s..%s]" % (number(min(values)), number(max(values)))


def number(value):
    """Three digits that count."""
    return "%d" % round(value) if value >= 100 else ("%.3g" % value)


def write(lines):
    """Writes the table of a part into the file that TABLE names, else to standard output."""
    table = HEAD + "".join(lines)
    if os.environ.get("TABLE"):
        with open(os.environ["TABLE"], "w", encoding="utf-8") as file:
            file.write(table)
    else:
        sys.stdout.write(table)


def chosen(names):
    """Those of a part's lines that its arguments name; all where they name none."""
    unknown = [name for name in sys.argv[1:] if name not in names]
    if unknown:
        sys.exit("no line %s; there are %s" % (", ".join(unknown), ", ".join(names)))
    return [name for name in names if not sys.argv[1:] or name in sys.argv[1:]]


def progress(text):
    print(text, file=sys.stderr, flush=True)
