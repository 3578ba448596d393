"""A real Slurm of one node on this machine, which listens on the loopback alone."""
import os
import re
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from processes import kill, variables, wait_until

CONFIGURATION = Path(__file__).parents[2] / "runner/launchers/slurm/src/test/resources/one-node-slurm.conf"
# who submits to this partition takes the place of other jobs, which are queued again
URGENT = """PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
PartitionName=urgent Nodes=ALL PriorityTier=10 MaxTime=INFINITE State=UP
"""


class Slurm:
    name = "slurm"

    def __init__(self, folder):
        self.folder = folder
        self.programs = Path(os.environ["ABLATE_SLURM"]) / "bin"
        self.host = socket.gethostname().split(".")[0]
        self.daemons = {}
        self.environment = {
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "SLURM_CONF": str(folder / "slurm.conf"),
        }

    def __enter__(self):
        for inner in ("run", "spool", "state", "log"):
            (self.folder / inner).mkdir(parents=True)
        values = {
            "HOST": self.host,
            "HERE": self.folder,
            "USER": self.call("id", "-un").strip(),
            "PLUGINS": (self.programs / "plugins").resolve(),
        }
        sockets = []
        for name in ("CONTROLLER", "NODE"):
            free = socket.create_server(("127.0.0.1", 0))
            values[name] = free.getsockname()[1]
            sockets.append(free)
        for free in sockets:
            free.close()
        text = re.sub("@([A-Z]+)@", lambda found: str(values[found[1]]), CONFIGURATION.read_text())
        (self.folder / "slurm.conf").write_text(text + URGENT)
        try:
            self.start("slurmctld", "-D", "-f", str(self.folder / "slurm.conf"))
            wait_until("the controller answers", lambda: "is UP" in self.call("scontrol", "ping"))
            self.start_node()
        except BaseException:
            self.__exit__()
            raise
        return self

    def options(self, _folder):
        """What each command has beside the launcher's name."""
        return []

    def start(self, name, *words):
        with open(self.folder / "log" / (name + ".out"), "a") as out:
            self.daemons[name] = subprocess.Popen(
                [self.programs / name, *words], env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL, stdout=out, stderr=out)

    def start_node(self):
        self.start("slurmd", "-D", "-N", self.host, "-f", str(self.folder / "slurm.conf"),
                   "-d", str(self.programs / "slurmstepd"))
        wait_until("the node takes jobs",
                   lambda: self.call("sinfo", "--noheader", "--partition=main", "--format=%T").strip()
                   in ("idle", "mixed", "allocated"))

    def kill_node(self):
        """Kills its daemon, and all that the daemon has started."""
        daemon = self.daemons.pop("slurmd")
        daemon.kill()
        daemon.wait()
        for process, _ in self.processes():
            kill(process)

    def call(self, *words):
        done = subprocess.run(words, env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.stdout

    def tasks(self, state=None):
        words = ["squeue", "--noheader", "--me", "--array", "--format=%i %r"]
        lines = self.call(*words, *([f"--states={state}"] if state else [])).splitlines()
        return [line.split(" ", 1) for line in lines if line[:1].isdigit()]

    def restarts(self):
        """How often array tasks were queued again, of all that it remembers."""
        return sum(map(int, re.findall(r"\bRestarts=(\d+)", self.call("scontrol", "show", "jobs"))))

    def processes(self):
        """What its jobs have started: numbers, and the paths of programs."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                its = variables(folder)
                if f"SLURM_CONF={self.folder}/slurm.conf".encode() in its and any(
                        variable.startswith(b"SLURM_JOB_ID=") for variable in its):
                    found.append((int(folder.name), os.readlink(folder / "exe")))
            except OSError:
                pass  # it has ended, or is another's
        return found

    def settle(self):
        """Waits until no job is left; what was queued again begins at once, which takes two minutes elsewhere."""
        def ended():
            for task, reason in self.tasks("PENDING"):
                if "BeginTime" in reason:
                    time.sleep(3)  # at once is too early: the node still ends the last attempt
                    self.call("scontrol", "update", "JobId=" + task, "StartTime=now")
            return not self.tasks()
        wait_until("all jobs have ended", ended)

    def __exit__(self, *_):
        if "slurmctld" in self.daemons:
            self.call("scancel", "--me")
            end = time.monotonic() + 30
            while self.tasks() and time.monotonic() < end:
                time.sleep(0.2)
        for name in ("slurmd", "slurmctld"):
            daemon = self.daemons.pop(name, None)
            if daemon:
                daemon.terminate()
                try:
                    daemon.wait(20)
                except subprocess.TimeoutExpired:
                    daemon.kill()
                    daemon.wait()
        for process, _ in self.processes():
            kill(process)


def other_clock():
    """The library that gives programs another time, from Debian's package, unpacked beside Slurm and not installed."""
    folder = Path(os.environ["ABLATE_SLURM"]).with_name("faketime")
    if not folder.exists():
        with tempfile.TemporaryDirectory(dir=folder.parent) as work:
            # a new machine has no lists of packages yet
            subprocess.run(["sh", "-c", "download='apt-get download -qq libfaketime'; $download 2> /dev/null"
                            " || { apt-get update -qq && $download; } && dpkg -x *.deb unpacked"], cwd=work, check=True)
            (Path(work) / "unpacked").rename(folder)
    return next(folder.glob("usr/lib/*/faketime/libfaketime.so.1"))
