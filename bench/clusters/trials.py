"""What a launcher costs a run; see trials."""
import importlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TINY = os.environ.get("SIZE") == "tiny"
RUNS = 10 if TINY else 1_000
# which cost the start of all that is started, and little else
FEW = 2 if TINY else 10
EPOCHS = 10_000
AT_A_TIME = 2
REPEATS = int(os.environ.get("REPEATS") or (1 if TINY else 3))
CHUNKS = ["auto", str(RUNS // AT_A_TIME)]
SPEC = f"""version: 1
name: trials
dataset: {{ plugin: or-gate }}
trainer: {{ plugin: perceptron, epochs: {EPOCHS}, learning_rate: 0.5, initial_weights: {{ normal: {{ sd: 0.5 }} }} }}
variants: {{ bias: {{}} }}
seeds: {{ count: {RUNS} }}
run: {{ max_runs: {RUNS} }}
track: {{ mlflow: false }}
"""
SUBMITTED = 6


class Trials:
    def __init__(self, cluster, folder):
        folder.mkdir()
        (folder / f"{RUNS}.yaml").write_text(SPEC)
        (folder / f"{FEW}.yaml").write_text(SPEC.replace(f"count: {RUNS}", f"count: {FEW}"))
        self.folder = folder
        self.launcher = ["--launcher", cluster.name, *cluster.options(folder)]
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("ABLATE_", "MLFLOW_"))},
            **cluster.environment,
            "ABLATE_HOME": str(folder / "home"),
        }

    def run(self, runs, *words, code=0):
        """What it prints."""
        done = subprocess.run([os.environ["ABLATE"], "run", f"{runs}.yaml", *words], cwd=self.folder, env=self.environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != code:
            raise SystemExit(f"exit code {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def pool(self, runs):
        return self.timed(lambda: self.run(runs, "--jobs", str(AT_A_TIME), "-f", "csv"))

    def launched(self, runs, chunk):
        """From the submission to the answer; also how many jobs were submitted."""
        words = [*self.launcher, "--set", f"run.launcher.chunk={chunk}"]
        jobs = []

        def submit_and_wait():
            jobs.extend(line for line in self.run(runs, *words, code=SUBMITTED).splitlines() if line.startswith(" "))
            return self.run(runs, *words, "--wait", "-f", "csv")

        return *self.timed(submit_and_wait), len(jobs)

    def timed(self, work):
        shutil.rmtree(self.folder / "home", ignore_errors=True)
        begin = time.monotonic()
        answer = work()
        return time.monotonic() - begin, answer


def seconds(values):
    return f"{statistics.median(values):.1f} s [{min(values):.1f}..{max(values):.1f}]"


def median(milliseconds):
    return f"{statistics.median(milliseconds):.1f} ms"


def main(name):
    pool, few_here, few, launched, jobs = [], [], [], {chunk: [] for chunk in CHUNKS}, {}
    with tempfile.TemporaryDirectory() as place, importlib.import_module(name + "_rows").CLUSTER(Path(place) / name) as cluster:
        trials = Trials(cluster, Path(place) / "trials")
        for _ in range(REPEATS):
            took, expected = trials.pool(RUNS)
            pool.append(took)
            few_here.append(trials.pool(FEW)[0])
            few.append(trials.launched(FEW, str(FEW // AT_A_TIME))[0])
            for chunk in CHUNKS:
                took, answer, jobs[chunk] = trials.launched(RUNS, chunk)
                launched[chunk].append(took)
                if answer != expected:
                    raise SystemExit(f"the answer is another than that of the pool:\n{expected}\n{answer}")
    started = [one - here for one, here in zip(few, few_here)]
    print(f"| `chunk` | jobs | from the command to the answer | by the pool | longer, a run | of that without what {FEW} runs are longer |\n"
          "|---:|---:|---:|---:|---:|---:|")
    for chunk, times in launched.items():
        longer = [one - here for one, here in zip(times, pool)]
        whole = median(1_000 * one / RUNS for one in longer)
        each = median(1_000 * (one - start) / (RUNS - FEW) for one, start in zip(longer, started))
        print(f"| {chunk} | {jobs[chunk]} | {seconds(times)} | {seconds(pool)} | {whole} | {each} |")


if __name__ == "__main__":
    main(sys.argv[1])
