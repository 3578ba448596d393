"""Trains neurons of the OR gate by a loop in NumPy, and logs what Ablate records of them by MLflow's own client, in full requests.

Arguments: a file with {"epochs": N, "runs": [{"weights/x1": w, ...}, ...]}, and the server's address; without an address it prints the
points of each run.
"""

import json
import sys
import time

import numpy as np

ROWS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
TARGETS = np.array([0.0, 1.0, 1.0, 1.0])
SPREAD = ((TARGETS - TARGETS.mean()) ** 2).sum()
RATE = 0.5
MOST = 1000


def points(first, epochs):
    """(series, step, value) of each."""
    weights = np.array([first["weights/x1"], first["weights/x2"]])
    bias = first["weights/bias"]
    for step in range(epochs + 1):
        answers = 1 / (1 + np.exp(-(ROWS @ weights + bias)))
        errors = answers - TARGETS
        sse = float(errors @ errors)
        mse = sse / len(ROWS)
        yield "train/mse", step, mse
        yield "train/rmse", step, mse**0.5
        yield "train/mae", step, float(np.abs(errors).mean())
        yield "train/r2", step, 1 - sse / SPREAD
        yield "train/sse", step, sse
        yield "train/error_sum", step, float(errors.sum())
        yield "train/accuracy", step, float(((answers > 0.5) == (TARGETS > 0.5)).mean())
        yield "weights/x1", step, float(weights[0])
        yield "weights/x2", step, float(weights[1])
        yield "weights/bias", step, float(bias)
        slopes = errors * answers * (1 - answers)
        weights -= RATE * (slopes @ ROWS)
        bias -= RATE * slopes.sum()


def log(asked, address):
    from mlflow import MlflowClient
    from mlflow.entities import Metric, Param

    client = MlflowClient(address)
    experiment = client.create_experiment("NumPy %f" % time.time())
    params = [Param("learning_rate", str(RATE)), Param("epochs", str(asked["epochs"])), Param("loss", "half-sse")]
    for number, first in enumerate(asked["runs"], 1):
        run = client.create_run(experiment, run_name="seed=%d" % number).info.run_id
        metrics = [
            Metric(name, value, int(time.time() * 1000), step) for name, step, value in points(first, asked["epochs"])]
        room = MOST - len(params)
        client.log_batch(run, metrics[:room], params)
        for begin in range(room, len(metrics), MOST):
            client.log_batch(run, metrics[begin:begin + MOST])
        client.set_terminated(run)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        asked = json.load(file)
    if sys.argv[2:]:
        log(asked, sys.argv[2])
    else:
        json.dump([list(points(first, asked["epochs"])) for first in asked["runs"]], sys.stdout)


main()
