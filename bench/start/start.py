"""Whole commands, each a process of its own. Lines: trained, reused, validate, help."""

import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import timing

PEER = "import numpy, mlflow"
FOLDER = tempfile.mkdtemp()
HOME = os.path.join(FOLDER, "home")


def ablate(*arguments, fresh=False):
    def once():
        if fresh:
            shutil.rmtree(HOME, ignore_errors=True)
        return timing.run([timing.ABLATE, *arguments], {"ABLATE_HOME": HOME}, FOLDER)

    return once


RUN = ("run", "or-gate-bias")
LINES = {
    "trained": ("`run or-gate-bias`, trained", ablate(*RUN, fresh=True), 0.6, True),
    "reused": ("the same again, reused", ablate(*RUN), 0.45, True),
    "validate": ("`validate or-gate-bias`", ablate("validate", "or-gate-bias"), 0.3, False),
    "help": ("`--help`", ablate("--help"), 0.12, False),
}


def main():
    names = timing.chosen(LINES)
    programs = {name: LINES[name][1] for name in names}
    beside = bool(timing.PYTHON) and any(LINES[name][3] for name in names)
    if beside:
        programs["peer"] = lambda: timing.run([timing.PYTHON, "-c", PEER], folder=FOLDER)
    ablate(*RUN, fresh=True)()
    turns = timing.in_turn(programs)
    lines = []
    for name in names:
        work, _, goal, beside_python = LINES[name]
        peer = turns["peer"] if beside and beside_python else None
        lines.append(timing.line(
            work, turns[name], peer, goal, 4 if beside_python else None, peer_name="`%s`" % PEER if peer else ""))
        lines.append(timing.line(work + ": processor", turns[name], peer, what="processor"))
    timing.write(lines)


try:
    main()
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
