"""A folder, a home and a spec, in which one trouble is tried."""
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from processes import wait_until


class Spec(NamedTuple):
    text: str
    plugin: str = None  # a class that is compiled and put into a home


_TEXT = """version: 1
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
STEPS = Spec(_TEXT)
ONE = Spec(_TEXT.replace("seeds: [1, 2, 3]", "seeds: [1]").replace("fast: { trainer.options.rate: 0.8 }, ", ""))
# by a plugin of one's own
PLUGGED = Spec(_TEXT.replace("plugin: none", "plugin: nothing"), "NothingPlugin")
SUBMITTED = 6
FAILED = 1


class Row:
    """A folder, a home and a spec of its own."""

    def __init__(self, cluster, folder, spec=STEPS):
        self.cluster = cluster
        self.folder = folder
        self.spec = spec
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("ABLATE_", "MLFLOW_"))},
            **cluster.environment,
            "ABLATE_HOME": str(folder / "home"),
            "TRAIL": str(folder / "trail"),
            "STOPS": str(folder / "stops"),
        }
        self.plugin = folder / "home/plugins/own/own.jar"
        self.options = cluster.options(folder)
        self.at_end = lambda: None
        (folder / "stops").mkdir(parents=True)
        (folder / "steps.yaml").write_text(spec.text)
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
        (services / "dev.ablate.core.plugin.PluginModule").write_text(f"example.{self.spec.plugin}\n")
        (work / "manifest.txt").write_text("Ablate-SPI: 2\n")
        (work / "version.txt").write_text(version)
        here = Path(__file__).parent
        classes = os.environ.get("CLASSES") or str(here.parents[1] / "experiments/target/app/lib/*")
        self.plugin.parent.mkdir(parents=True, exist_ok=True)
        for command in (["javac", "-cp", classes, "-d", str(work), str(here / f"{self.spec.plugin}.java")],
                        ["jar", "--create", "--file", str(self.plugin), "--manifest", "manifest.txt",
                         "META-INF", "example", "version.txt"]):
            subprocess.run(command, cwd=work, check=True)
        return self.plugin.read_bytes()

    def run(self, *words):
        return self.start("run", "steps.yaml", "--launcher", self.cluster.name, *self.options, *words)

    def submit(self, *words):
        code = self.run(*words).wait()
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
            self.cluster.settle()
            code = self.run("--offline").wait()
            if code == 0:
                break
            if code != SUBMITTED:
                raise SystemExit(f"exit code {code}:\n" + (self.folder / "log").read_text())
        return self.report("--launcher", self.cluster.name, "--wait", *self.options)

    def results(self, folder=None):
        return sorted((folder or self.folder / ".ablate-jobs").rglob("*.result"))
