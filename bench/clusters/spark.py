"""A real Spark on this machine, a master and two workers of two cores, which listens on the loopback alone."""
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from processes import kill, variables, wait_until

WORKERS = 2
CORES = 2
# a Java that starts sooner
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
DRIVER = b"org.apache.spark.deploy.SparkSubmit"
EXECUTOR = b"org.apache.spark.executor.CoarseGrainedExecutorBackend"
PROGRAM = b"steps.py"


class Spark:
    name = "spark"

    def __init__(self, folder):
        self.folder = folder
        self.home = Path(os.environ["ABLATE_SPARK"])
        self.daemons = {}
        self.environment = {
            "SPARK_HOME": str(self.home),
            "SPARK_CONF_DIR": str(folder / "conf"),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_DAEMON_JAVA_OPTS": QUICK,
        }

    def __enter__(self):
        for inner in ("conf", "log", "local", "work"):
            (self.folder / inner).mkdir(parents=True)
        with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
            self.port, self.page = one.getsockname()[1], other.getsockname()[1]
        self.master = f"spark://127.0.0.1:{self.port}"
        (self.folder / "conf" / "spark-defaults.conf").write_text(f"""
spark.driver.host 127.0.0.1
spark.driver.bindAddress 127.0.0.1
spark.ui.enabled false
spark.master.rest.enabled false
spark.driver.extraJavaOptions {QUICK}
spark.executor.extraJavaOptions {QUICK}
spark.executor.memory 512m
spark.local.dir {self.folder}/local
""")
        try:
            self.start_master()
            for number in range(WORKERS):
                self.start_worker(number)
        except BaseException:
            self.__exit__()
            raise
        return self

    def options(self, folder, *conf):
        """What each command has beside the launcher's name: two chunks are trained at a time, by an executor of each worker."""
        conf = [f"spark.cores.max={WORKERS}", *conf,
                *(f"spark.executorEnv.{name}={folder / name.lower()}" for name in ("TRAIL", "STOPS"))]
        return ["--set", f"run.launcher.master={self.master}", "--set", "run.launcher.conf=" + json.dumps(conf)]

    def start(self, name, *words):
        with open(self.folder / "log" / name, "a") as out:
            self.daemons[name] = subprocess.Popen(
                [self.home / "bin" / "spark-class", *words], env={**os.environ, **self.environment},
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out)

    def said(self, name, words):
        return sum(words in line for line in (self.folder / "log" / name).read_text().splitlines())

    def start_master(self):
        self.start("master", "org.apache.spark.deploy.master.Master",
                   "--host", "127.0.0.1", "--port", str(self.port), "--webui-port", str(self.page))
        wait_until("the master answers", self.answers)

    def answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def start_worker(self, number):
        name = f"worker-{number}"
        before = self.said(name, "Successfully registered") if (self.folder / "log" / name).exists() else 0
        self.start(name, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0",
                   "--cores", str(CORES), "--memory", "2g", "--work-dir", str(self.folder / "work"), self.master)
        wait_until("the worker is registered", lambda: self.said(name, "Successfully registered") > before)

    def kill_master(self):
        self.kill_daemon("master")

    def kill_worker(self, number):
        """Kills its daemon, and the executors that the daemon has started."""
        daemon = self.daemons[f"worker-{number}"].pid
        executors = [process for process in self.executors() if parent(process) == daemon]
        self.kill_daemon(f"worker-{number}")
        for process in executors:
            kill(process)

    def kill_daemon(self, name):
        daemon = self.daemons.pop(name)
        daemon.kill()
        daemon.wait()

    def processes(self, of=b""):
        """What it runs, and whoever submits to it, in a process of a class."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if (f"SPARK_CONF_DIR={self.folder}/conf".encode() in variables(folder)
                        and of in (folder / "cmdline").read_bytes()):
                    found.append(int(folder.name))
            except OSError:
                pass  # it has ended, or is another's
        return found

    def drivers(self):
        return self.processes(DRIVER)

    def executors(self):
        return self.processes(EXECUTOR)

    def busy_executors(self):
        """Those that train."""
        busy = {parent(program) for program in self.processes(PROGRAM)}
        return [executor for executor in self.executors() if executor in busy]

    def busy_worker(self):
        """The number of one whose executors train."""
        busy = {parent(executor) for executor in self.busy_executors()}
        return next(number for number in range(WORKERS) if self.daemons[f"worker-{number}"].pid in busy)

    def settle(self):
        """Waits until no job is left."""
        wait_until("all jobs have ended", lambda: not self.drivers())

    def __exit__(self, *_):
        for process in self.drivers():
            try:
                os.kill(process, signal.SIGTERM)
            except ProcessLookupError:
                pass
        end = time.monotonic() + 20
        while self.drivers() and time.monotonic() < end:
            time.sleep(0.2)
        for name in sorted(self.daemons, reverse=True):
            daemon = self.daemons.pop(name)
            daemon.terminate()
            try:
                daemon.wait(20)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        for process in self.processes():
            kill(process)


def parent(process):
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
