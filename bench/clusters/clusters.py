"""One trouble a row; see run."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from slurm import Slurm, kill, other_clock, wait_until

SPEC = """version: 1
name: steps
dataset: { plugin: none }
trainer:
  plugin: program
  command: [python3, steps.py]
  env: { RATE: "{rate}" }
  options: { rate: 0.9 }
  inputs: [steps.py]
  metrics: { loss: minimize }
variants: { fast: { trainer.options.rate: 0.8 }, slow: {} }
seeds: [1, 2, 3]
"""
ONE = SPEC.replace("seeds: [1, 2, 3]", "seeds: [1]").replace("fast: { trainer.options.rate: 0.8 }, ", "")
# by a plugin of one's own
PLUGGED = SPEC.replace("plugin: none", "plugin: nothing")
SUBMITTED = 6
FAILED = 1


class Row:
    """A folder, a home and a spec of its own."""

    def __init__(self, slurm, folder, spec=SPEC):
        self.slurm = slurm
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("ABLATE_", "MLFLOW_"))},
            **slurm.environment,
            "ABLATE_HOME": str(folder / "home"),
            "TRAIL": str(folder / "trail"),
            "STOPS": str(folder / "stops"),
        }
        self.plugin = folder / "home/plugins/nothing/nothing.jar"
        self.options = []
        self.at_end = lambda: None
        (folder / "stops").mkdir(parents=True)
        (folder / "steps.yaml").write_text(spec)
        shutil.copy(Path(__file__).parent / "steps.py", folder)

    def start(self, *words):
        log = open(self.folder / "log", "a")
        return subprocess.Popen([os.environ["ABLATE"], *words], cwd=self.folder, env=self.environment,
                                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)

    def plug(self, version):
        """Puts a plugin into the home, which does the same in each version; gives the jar."""
        work = self.folder / f"plugin-{version}"
        services = work / "META-INF/services"
        services.mkdir(parents=True)
        (services / "dev.ablate.core.plugin.PluginModule").write_text("example.NothingPlugin\n")
        (work / "manifest.txt").write_text("Ablate-SPI: 2\n")
        (work / "version.txt").write_text(version)
        here = Path(__file__).parent
        classes = os.environ.get("CLASSES") or str(here.parents[1] / "experiments/target/app/lib/*")
        self.plugin.parent.mkdir(parents=True, exist_ok=True)
        for command in (["javac", "-cp", classes, "-d", str(work), str(here / "NothingPlugin.java")],
                        ["jar", "--create", "--file", str(self.plugin), "--manifest", "manifest.txt",
                         "META-INF", "example", "version.txt"]):
            subprocess.run(command, cwd=work, check=True)
        return self.plugin.read_bytes()

    def submit(self, *words):
        code = self.start("run", "steps.yaml", "--launcher", "slurm", *self.options, *words).wait()
        if code != SUBMITTED:
            raise SystemExit(f"exit code {code}:\n" + (self.folder / "log").read_text())

    def report(self, *words):
        done = subprocess.run(
            [os.environ["ABLATE"], "run", "steps.yaml", "--offline", "-f", "json", "--series", *words],
            cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"exit code {done.returncode}:\n{done.stdout}{done.stderr}")
        return json.loads(done.stdout)["runs"]

    def trail(self, what):
        trail = self.folder / "trail"
        return sum(line.startswith(what) for line in trail.read_text().splitlines()) if trail.exists() else 0

    def await_begun(self):
        wait_until("a run has begun", lambda: self.trail("begun") > 0)

    def collect(self):
        """Submits what was lost, and collects, as a person does who types the command again."""
        for _ in range(5):
            self.slurm.settle()
            code = self.start("run", "steps.yaml", "--launcher", "slurm", "--offline", *self.options).wait()
            if code == 0:
                break
            if code != SUBMITTED:
                raise SystemExit(f"exit code {code}:\n" + (self.folder / "log").read_text())
        return self.report("--launcher", "slurm", "--wait", *self.options)

    def results(self):
        return sorted((self.folder / ".ablate-jobs").rglob("*.result"))


def killed_worker(row):
    """a worker is killed, as without memory"""
    row.submit()
    row.await_begun()
    kill(next(process for process, program in row.slurm.processes() if program.endswith("/java")))


def killed_node(row):
    """a node dies with its daemon and all that it runs"""
    row.submit()
    row.await_begun()
    row.slurm.kill_node()
    row.slurm.start_node()


def requeued(row):
    """somebody requeues the job"""
    row.submit()
    row.await_begun()
    row.slurm.call("scontrol", "requeue", row.slurm.tasks("RUNNING")[0][0])


def preempted(row):
    """a job with more priority takes the node"""
    row.submit()
    row.await_begun()
    before = row.slurm.restarts()
    row.slurm.call("sbatch", "--partition=urgent", "--cpus-per-task=2", f"--chdir={row.folder}", "--wrap=touch urgent")
    wait_until("the other job has run", (row.folder / "urgent").exists)
    if row.slurm.restarts() == before:
        raise SystemExit("nothing had to make room for it")


def submitter_gone(row):
    """nobody looks until all has ended"""
    row.submit()
    row.slurm.settle()


def waiting_killed(row):
    """the command that waits is killed"""
    process = row.start("run", "steps.yaml", "--launcher", "slurm", "--wait")
    row.await_begun()
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def submitted_twice(row):
    """the command is typed twice"""
    row.submit()
    row.start("run", "steps.yaml", "--launcher", "slurm").wait()


def two_submitters(row):
    """it is typed in two shells at once"""
    for process in [row.start("run", "steps.yaml", "--launcher", "slurm") for _ in range(2)]:
        process.wait()


def other_python(row):
    """the nodes have another Python, whose packages differ"""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", row.folder / "python"], check=True)
    packages = next((row.folder / "python" / "lib").glob("*/site-packages"))
    (packages / "other-1.0.dist-info").mkdir()
    (packages / "other-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1.0\n")
    row.submit("--set", f'run.launcher.setup=["export PATH={row.folder}/python/bin:$PATH"]')
    row.slurm.settle()
    logs = "".join(file.read_text() for file in (row.folder / ".ablate-jobs").rglob("slurm-*.out"))
    if row.trail("begun") or "trainer.installed" not in logs:
        raise SystemExit("the nodes do not refuse it:\n" + logs)


def refuses(row, theirs, message):
    """The nodes have another plugin than the submitter, or none, until all runs have failed; then they have the same."""
    mine = row.plugin.read_bytes()
    command = ["run", "steps.yaml", "--launcher", "slurm"]
    while (code := row.start(*command, "--set", 'run.launcher.extra=["--hold"]').wait()) == SUBMITTED:
        row.plugin.unlink()
        if theirs:
            row.plugin.write_bytes(theirs)
        row.slurm.call("scontrol", "release", row.slurm.tasks()[0][0].split("_")[0])
        row.slurm.settle()
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
    row.slurm.settle()
    times = [float(line.split()[2]) for line in (row.folder / "trail").read_text().splitlines()]
    if not times or max(abs(time.time() + seconds - there) for there in times) > 600:
        raise SystemExit(f"the nodes' clocks go as this one does: {times}")


def an_hour_ahead(row):
    """the clocks of the nodes are an hour ahead"""
    other_hour(row, "+1h", 3600)


def an_hour_behind(row):
    """the clocks of the nodes are an hour behind"""
    other_hour(row, "-1h", -3600)


def truncated_result(row):
    """a result file is cut off"""
    row.submit()
    row.slurm.settle()
    file = row.results()[0]
    os.truncate(file, file.stat().st_size // 2)


def doubled_results(row):
    """all result files come a second time"""
    row.submit()
    row.slurm.settle()
    jobs = row.folder / ".ablate-jobs"
    shutil.copytree(jobs, row.folder / "copy")
    row.collect()
    shutil.copytree(row.folder / "copy", jobs, dirs_exist_ok=True)


def full_folder(row):
    """the folder of results is full"""
    jobs = row.folder / "jobs"
    jobs.mkdir()
    # a file system of its own, which takes a superuser
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", jobs], check=True)
    row.at_end = lambda: subprocess.run(["umount", jobs], check=True)
    row.options = ["--set", f"run.launcher.folder={jobs}"]
    row.submit("--set", 'run.launcher.extra=["--hold"]')
    with open(jobs / "filler", "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(1024))
        except OSError:
            pass
    row.slurm.call("scontrol", "release", row.slurm.tasks()[0][0].split("_")[0])
    row.slurm.settle()
    if row.trail("ended"):
        raise SystemExit("there was room")
    (jobs / "filler").unlink()


def time_limit(row):
    """the time limit ends a run three times"""
    for step in (2, 4, 6):
        (row.folder / "stops" / str(step)).touch()
    row.submit("--set", "run.launcher.time=1m")
    wait_until("the last stop is reached", lambda: row.slurm.settle() or not list((row.folder / "stops").iterdir()))


ROWS = {function.__name__: function for function in (
    killed_worker, killed_node, requeued, preempted, submitter_gone, waiting_killed, submitted_twice, two_submitters,
    other_python, without_plugin, other_plugin, an_hour_ahead, an_hour_behind, truncated_result, doubled_results,
    full_folder, time_limit)}
SPECS = {"time_limit": ONE, "without_plugin": PLUGGED, "other_plugin": PLUGGED}
QUICKEST = ["submitted_twice"]


def of_key(runs):
    return {run["key"]: {what: run[what] for what in ("metrics", "steps", "series")} for run in runs}


def try_row(name, slurm, folder):
    function = ROWS[name]
    spec = SPECS.get(name, SPEC)
    row = Row(slurm, folder, spec)
    undisturbed = Row(slurm, folder / "undisturbed", spec)
    if spec is PLUGGED:
        content = row.plug("1")
        undisturbed.plugin.parent.mkdir(parents=True)
        undisturbed.plugin.write_bytes(content)
    expected = of_key(undisturbed.report())
    try:
        function(row)
        runs = row.collect()
    finally:
        row.at_end()
    actual = of_key(runs)
    lost = sum(actual.get(key) != value for key, value in expected.items())
    doubled = len(runs) - len(actual) + sum(len(set(run["steps"])) < len(run["steps"]) for run in runs)
    print(f"| {function.__doc__} | {len(expected)} | {row.trail('begun')} | {row.trail('ended')} | {lost} | {doubled} |",
          flush=True)
    return lost + doubled


def main(names):
    unknown = [name for name in names if name not in ROWS]
    if unknown:
        raise SystemExit(f"no row {unknown[0]}; there are: {' '.join(ROWS)}")
    if not names:
        names = QUICKEST if os.environ.get("SIZE") == "tiny" else list(ROWS)
        if "full_folder" in names and os.geteuid() != 0:
            print("full_folder is left out: only a superuser makes a file system", file=sys.stderr)
            names.remove("full_folder")
    wrong = 0
    with tempfile.TemporaryDirectory() as place, Slurm(Path(place) / "slurm") as slurm:
        print("| what happens | runs | begun | ended | lost | doubled |\n|---|---:|---:|---:|---:|---:|", flush=True)
        for name in names:
            wrong += try_row(name, slurm, Path(place) / name)
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
