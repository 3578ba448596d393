"""Other processes of this machine."""
import os
import signal
import time

PATIENCE = 300


def wait_until(what, holds):
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise SystemExit(f"{PATIENCE} s long it is not so that {what}")
        time.sleep(0.1)


def variables(folder):
    """The environment of a process, whose folder in /proc it is."""
    return (folder / "environ").read_bytes().split(b"\0")


def kill(process):
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        pass
