"""What goes wrong on a Slurm cluster: one trouble a function, which says what happens."""
import json
import re
import subprocess
import sys
import time

from processes import kill, wait_until
from row import FAILED, ONE, PLUGGED, STEPS, SUBMITTED
from rows import (doubled_results, filled, small_folder, submitted_twice, submitter_gone, truncated_result,
                  two_submitters, waiting_killed)
from slurm import Slurm, other_clock

CLUSTER = Slurm


def killed_worker(row):
    """a worker is killed, as without memory"""
    row.submit()
    row.await_begun()
    kill(next(process for process, program in row.cluster.processes() if program.endswith("/java")))


def killed_node(row):
    """a node dies with its daemon and all that it runs"""
    row.submit()
    row.await_begun()
    row.cluster.kill_node()
    row.cluster.start_node()


def requeued(row):
    """somebody requeues the job"""
    row.submit()
    row.await_begun()
    row.cluster.call("scontrol", "requeue", row.cluster.tasks("RUNNING")[0][0])


def preempted(row):
    """a job with more priority takes the node"""
    row.submit()
    row.await_begun()
    before = row.cluster.restarts()
    row.cluster.call("sbatch", "--partition=urgent", "--cpus-per-task=2", f"--chdir={row.folder}", "--wrap=touch urgent")
    wait_until("the other job has run", (row.folder / "urgent").exists)
    if row.cluster.restarts() == before:
        raise SystemExit("nothing had to make room for it")


def other_python(row):
    """the nodes have another Python, whose packages differ"""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", row.folder / "python"], check=True)
    packages = next((row.folder / "python" / "lib").glob("*/site-packages"))
    (packages / "other-1.0.dist-info").mkdir()
    (packages / "other-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1.0\n")
    row.submit("--set", f'run.launcher.setup=["export PATH={row.folder}/python/bin:$PATH"]')
    row.cluster.settle()
    logs = "".join(file.read_text() for file in (row.folder / ".ablate-jobs").rglob("slurm-*.out"))
    if row.trail("begun") or "trainer.installed" not in logs:
        raise SystemExit("the nodes do not refuse it:\n" + logs)


def refuses(row, theirs, message):
    """The nodes have another plugin than the submitter, or none, until all runs have failed; then they have the same."""
    mine = row.plugin.read_bytes()
    while (code := row.run("--set", 'run.launcher.extra=["--hold"]').wait()) == SUBMITTED:
        row.plugin.unlink()
        if theirs:
            row.plugin.write_bytes(theirs)
        row.cluster.call("scontrol", "release", row.cluster.tasks()[0][0].split("_")[0])
        row.cluster.settle()
        row.plugin.write_bytes(mine)
    log = (row.folder / "log").read_text()
    if code != FAILED or row.trail("begun") or not re.search(message, " ".join(log.split())):
        raise SystemExit(f"the nodes do not refuse it; exit code {code}:\n{log}")
    row.submit("--retry-failed")


def without_plugin(row):
    """the nodes lack a plugin until all runs have failed, and have it when these are tried again"""
    refuses(row, None, r"there is no dataset 'nothing' here, and dataset.plugin.sha256 was [0-9a-f]{64} where")


def other_plugin(row):
    """the same, but they have another version of it"""
    mine = row.plugin.read_bytes()
    theirs = row.plug("2")
    row.plugin.write_bytes(mine)
    refuses(row, theirs, r"dataset.plugin.sha256 is [0-9a-f]{64} here, and was [0-9a-f]{64} where")


def other_hour(row, offset, seconds):
    row.submit("--set", "run.launcher.setup=" + json.dumps([f"export LD_PRELOAD={other_clock()} FAKETIME={offset}"]))
    row.cluster.settle()
    times = [float(line.split()[2]) for line in (row.folder / "trail").read_text().splitlines()]
    if not times or max(abs(time.time() + seconds - there) for there in times) > 600:
        raise SystemExit(f"the nodes' clocks go as this one does: {times}")


def an_hour_ahead(row):
    """the clocks of the nodes are an hour ahead"""
    other_hour(row, "+1h", 3600)


def an_hour_behind(row):
    """the clocks of the nodes are an hour behind"""
    other_hour(row, "-1h", -3600)


def full_folder(row):
    """the folder of results is full"""
    small_folder(row)
    row.submit("--set", 'run.launcher.extra=["--hold"]')
    with filled(row):
        row.cluster.call("scontrol", "release", row.cluster.tasks()[0][0].split("_")[0])
        row.cluster.settle()


def time_limit(row):
    """the time limit ends a run three times"""
    for step in (2, 4, 6):
        (row.folder / "stops" / str(step)).touch()
    row.submit("--set", "run.launcher.time=1m")
    wait_until("the last stop is reached", lambda: row.cluster.settle() or not list((row.folder / "stops").iterdir()))


ROWS = {
    **dict.fromkeys((
        killed_worker, killed_node, requeued, preempted, submitter_gone, waiting_killed, submitted_twice, two_submitters,
        other_python), STEPS),
    **dict.fromkeys((without_plugin, other_plugin), PLUGGED),
    **dict.fromkeys((
        an_hour_ahead, an_hour_behind, truncated_result, doubled_results, full_folder), STEPS),
    time_limit: ONE,
}
