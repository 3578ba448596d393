"""Troubles that each cluster has: one a function, which says what happens."""
import contextlib
import os
import shutil
import signal
import subprocess


def submitter_gone(row):
    """nobody looks until all has ended"""
    row.submit()
    row.cluster.settle()


def waiting_killed(row):
    """the command that waits is killed"""
    process = row.run("--wait")
    row.await_begun()
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def submitted_twice(row):
    """the command is typed twice"""
    row.submit()
    row.run().wait()


def two_submitters(row):
    """it is typed in two shells at once"""
    for process in [row.run() for _ in range(2)]:
        process.wait()


def truncated_result(row):
    """a result file is cut off"""
    row.submit()
    row.cluster.settle()
    file = row.results()[0]
    os.truncate(file, file.stat().st_size // 2)


def doubled_results(row):
    """all result files come a second time"""
    row.submit()
    row.cluster.settle()
    jobs = row.folder / ".ablate-jobs"
    shutil.copytree(jobs, row.folder / "copy")
    row.collect()
    shutil.copytree(row.folder / "copy", jobs, dirs_exist_ok=True)


def small_folder(row):
    """Has a file system of its own for tasks and results, which takes a superuser."""
    jobs = row.folder / "jobs"
    jobs.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", jobs], check=True)
    row.at_end = lambda: subprocess.run(["umount", jobs], check=True)
    row.options = [*row.options, "--set", f"run.launcher.folder={jobs}"]


@contextlib.contextmanager
def filled(row):
    """No room is in it meanwhile."""
    filler = row.folder / "jobs" / "filler"
    with open(filler, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1024))
        except OSError:
            pass
    yield
    if row.results(row.folder / "jobs"):
        raise SystemExit("there was room")
    filler.unlink()
