"""What a launcher costs a trial; see trials."""
import argparse
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import slurm

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import timing

TRIALS = 10 if timing.TINY else 1_000
EPOCHS = 100 if timing.TINY else 10_000
REPEATS = int(os.environ.get("REPEATS") or (1 if timing.TINY else 3))
AT_A_TIME = 2
SPEC = f"""version: 1
name: trials
dataset: {{ plugin: or-gate }}
trainer: {{ plugin: perceptron, epochs: {EPOCHS}, learning_rate: 0.5, initial_weights: {{ normal: {{ sd: 0.5 }} }} }}
variants: {{ bias: {{}} }}
seeds: {{ count: {TRIALS} }}
track: {{ mlflow: false }}
"""
SUBMITTED = 6
# each with what starts it: in a folder, for two trials at a time
CLUSTERS = {"slurm": slurm.Slurm}


class Trials:
    def __init__(self, folder, environment):
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("ABLATE_", "MLFLOW_"))},
            **environment,
            "ABLATE_HOME": str(folder / "home"),
        }
        folder.mkdir()
        (folder / "trials.yaml").write_text(SPEC)

    def run(self, *words, expected=0):
        command = [timing.ABLATE, "run", "trials.yaml", *words]
        return timing.run(command, self.environment, self.folder, str(self.folder / "answer"), expected)

    def pool(self):
        return self.fresh(lambda: self.run("--jobs", str(AT_A_TIME), "-f", "csv"))

    def launched(self, name):
        """From the submission to the answer."""
        return self.fresh(lambda: self.run("--launcher", name, expected=SUBMITTED).then(
            self.run("--launcher", name, "--wait", "-f", "csv")))

    def fresh(self, measured):
        shutil.rmtree(self.folder / "home", ignore_errors=True)
        return measured()

    def answer(self):
        return (self.folder / "answer").read_text()
