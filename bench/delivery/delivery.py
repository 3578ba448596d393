"""Delivery to a real MLflow server. Lines: rate, whole, requests, training."""

import collections
import concurrent.futures
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
import server as mlflow
import timing

LINES = ["rate", "whole", "requests", "training"]
STEPS = 12 if timing.TINY else 120
SERIES = 10
# of `rate`, of `whole` (a hundred in two rounds) and of `requests` (twice as many are delivered, too), and what `training` trains
SEEDS = 2 if timing.TINY else 100
WHOLE_SEEDS = 2 if timing.TINY else 50
FEW_SEEDS = 1 if timing.TINY else 20
LONG_RUNS = 1 if timing.TINY else 2
LONG_EPOCHS = 10_000 if timing.TINY else 48_000_000
ROUNDS = int(os.environ.get("REPEATS") or (1 if timing.TINY else 2))
MOST = 1000

FOLDER = tempfile.mkdtemp()
PEER = os.path.join(HERE, "peer.py")

# each a request that MLflow has no shorter way for, with how often a run needs it, for one whose model has three files and ten metrics of
# 1,200 points; what is read is read so that nothing is lost, or there twice
NEEDED = {
    "POST runs/create": (1, "makes the run, with its tags"),
    "POST runs/search": (2, "a run that another home made of the same: making one is not idempotent, and both look before one is verified"),
    "POST runs/log-batch (metrics, params)": (1, "params and the first metrics: a request takes 1,000 of both"),
    "POST runs/log-batch (metrics)": (1, "the other metrics"),
    "POST runs/update": (1, "how and when it ended"),
    "POST runs/log-inputs": (1, "its data"),
    "POST logged-models": (1, "its model"),
    "PUT mlflow-artifacts/artifacts": (3, "the model's files, each by itself"),
    "PATCH logged-models/ID": (1, "the model is whole"),
    "POST runs/outputs": (1, "the run made the model"),
    "GET runs/get": (2, "its models, before one is made; params, tags, status, data and the link to the model, read back"),
    "GET metrics/get-history": (10, "the points, read back: one request a metric"),
    "POST logged-models/search": (2, "a model that another home made, before one is made; the model, read back"),
    "GET mlflow-artifacts/artifacts": (1, "the sizes of its files, read back"),
    "POST runs/log-batch (tags)": (1, "the run is verified"),
}

SPEC = """\
version: 1
name: %(name)s
dataset: { plugin: or-gate }
trainer: { plugin: perceptron, epochs: %(epochs)d, learning_rate: 0.5, loss: half-sse, initial_weights: { normal: { sd: 0.5 } } }
variants: { neuron: {} }
seeds: { count: %(seeds)d, base: %(base)d }
track: { %(track)s }
run: { max_runs: 1000000, jobs: %(jobs)s }
"""


class Work:
    """A spec that no other round has, so that the server has none of its runs yet, with a home of its own."""

    made = 0

    def __init__(self, seeds, epochs=STEPS - 1, track="every: 1", jobs="auto"):
        Work.made += 1
        self.name = "delivered-%d" % Work.made
        self.home = os.path.join(FOLDER, "home-%d" % Work.made)
        self.spec = os.path.join(FOLDER, "spec-%d.yaml" % Work.made)
        with open(self.spec, "w", encoding="utf-8") as out:
            out.write(SPEC % {
                "name": self.name, "base": 1 + 1_000 * Work.made, "seeds": seeds, "epochs": epochs, "track": track, "jobs": jobs})

    def ablate(self, *arguments, output=None):
        return timing.run([timing.ABLATE, *arguments], {"ABLATE_HOME": self.home}, FOLDER, output)

    def fresh(self):
        shutil.rmtree(self.home, ignore_errors=True)
        return self

    def trained(self):
        self.ablate("run", self.spec, "--offline")
        return self

    def deliver(self, address):
        return self.ablate("sync", "--tracking-uri", address)

    def run(self, address):
        return self.ablate("run", self.spec, "--tracking-uri", address)

    def points(self):
        """The points of each run, as Ablate recorded them."""
        file = os.path.join(FOLDER, "series.json")
        self.ablate("run", self.spec, "--offline", "-f", "json", "--series", output=file)
        with open(file, encoding="utf-8") as text:
            runs = json.load(text)["runs"]
        return [
            [(name, step, values[i]) for i, step in enumerate(run["steps"]) for name, values in run["series"].items()
             # some metrics are measured at the last step alone
             if values[i] is not None]
            for run in runs]


def seconds(turn):
    return timing.Turn(turn, 0, 0)


def bare(server, runs, connections=1):
    """Logs the points of runs in full requests, and does nothing else; the runs are there before the time begins.

    connections: over how many at once, each with runs of its own."""
    client = mlflow.Client(server.port)
    experiment = client.post("experiments/create", {"name": "bare %d" % time.time_ns()})["experiment_id"]
    work = [[] for _ in range(connections)]
    for number, points in enumerate(runs):
        run = client.post("runs/create", {"experiment_id": experiment, "start_time": 1})["run"]["info"]["run_id"]
        metrics = [{"key": name, "step": step, "value": value, "timestamp": 1_700_000_000_000 + step}
                   for name, step, value in points]
        for begin in range(0, len(metrics), MOST):
            work[number % connections].append(json.dumps({"run_id": run, "metrics": metrics[begin:begin + MOST]}))

    def send(bodies):
        own = mlflow.Client(server.port)
        for body in bodies:
            own.send("POST", mlflow.API + "runs/log-batch", body)

    begin = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(connections) as threads:
        list(threads.map(send, work))
    return seconds(time.monotonic() - begin)


def alternating(rounds, first, second):
    """Each of two programs once a round, as each makes the server's database larger in turn with the other; no round is left out."""
    turns = ([], [])
    for number in range(rounds):
        pair = [(0, first), (1, second)]
        for place, program in pair if number % 2 == 0 else pair[::-1]:
            turns[place].append(program(number))
    return turns


def same_points(asked, runs):
    """Ends the process unless the peer computes the points that Ablate records, but for metrics that a run has once, at its end."""
    found = json.loads(subprocess.run([timing.PYTHON, PEER, asked], check=True, capture_output=True, text=True).stdout)
    for ours, theirs in zip(runs, found, strict=True):
        names = {name for name, _, _ in theirs}
        ours = [point for point in ours if point[0] in names]
        if len(ours) != len(theirs):
            sys.exit("Ablate records %d points of a run, the peer %d" % (len(ours), len(theirs)))
        for (name, step, value), other in zip(ours, theirs):
            if [name, step] != other[:2] or abs(value - other[2]) > 1e-9 * max(1, abs(value)):
                sys.exit("Ablate and NumPy compute different points: %s and %s" % ((name, step, value), other))


def rate(server):
    works = [Work(SEEDS).trained() for _ in range(ROUNDS)]
    points = [work.points() for work in works]
    own, peer = alternating(
        ROUNDS, lambda i: works[i].deliver(server.address), lambda i: bare(server, points[i]))
    count = sum(map(len, points[0]))
    words = "`sync` of %d runs with %d points each" % (SEEDS, count // SEEDS)
    line = timing.line(words, own, peer, ratio=0.85, peer_name="a bare client")
    two = [bare(server, points[0], 2)]
    per = [timing.number(count / timing.middle(turns)) for turns in (own, peer)]
    return [
        line, "| %s: points a second | %s | a bare client %s |  |  |  |\n" % (words, *per),
        "| %s: over two connections at once |  | a bare client %s s |  |  |  |\n" % (words, timing.number(timing.middle(two)))]


def whole(server):
    works = [Work(WHOLE_SEEDS) for _ in range(ROUNDS)]
    asked = []
    for work in works if timing.PYTHON else []:
        runs = work.points()
        asked.append(work.spec + ".json")
        with open(asked[-1], "w", encoding="utf-8") as out:
            json.dump({"epochs": STEPS - 1, "runs": [{point[0]: point[2] for point in run[:SERIES]} for run in runs]}, out)
        same_points(asked[-1], runs)
        work.fresh()
    words = "`run` of %d runs with %d points each, and delivery" % (WHOLE_SEEDS, STEPS * SERIES)
    if not timing.PYTHON:
        return [timing.line(words, [works[0].run(server.address)])]
    own, peer = alternating(
        ROUNDS, lambda i: works[i].run(server.address),
        lambda i: timing.run([timing.PYTHON, PEER, asked[i], server.address], folder=FOLDER))
    return [timing.line(words, own, peer, ratio=1.5, peer_name="NumPy and MLflow's client")]


def requests(server):
    """How many requests a run takes, by endpoint; and how long another client takes for the same requests, which is the server's time."""
    few, more, *fresh = (Work(seeds).trained() for seeds in [FEW_SEEDS] + [2 * FEW_SEEDS] * (1 + ROUNDS))
    counts = []
    asked = []
    for work in (few, more):
        proxy = mlflow.Proxy(server.port)
        try:
            work.deliver(proxy.address)
        finally:
            proxy.close()
        asked = proxy.requests
        counts.append(collections.Counter(map(mlflow.endpoint, asked)))
    # what a comparison takes, whatever its runs, is in both
    each = {name: (counts[1][name] - counts[0][name]) / FEW_SEEDS for name in {**counts[1], **NEEDED}}
    lines = []
    for name in [*NEEDED, *sorted(set(each) - set(NEEDED))]:
        needed, why = NEEDED.get(name, (0, "not needed"))
        if each[name] >= 0.05 or needed:
            lines.append("| requests a run: `%s`, %s | %s |  |  | %d | %s |\n" % (
                name, why, timing.number(each[name]), needed, "yes" if each[name] < needed + 0.3 else "no"))
    lines.append("| requests a run: all | %s |  |  | %d |  |\n" % (
        timing.number(sum(each.values())), sum(times for times, _ in NEEDED.values())))
    own, peer = alternating(
        ROUNDS, lambda i: fresh[i].deliver(server.address),
        lambda i: seconds(mlflow.replay(asked, server.port, more.name, i)))
    words = "`sync` of %d runs with %d points each" % (2 * FEW_SEEDS, STEPS * SERIES)
    lines.append(timing.line(words, own, peer, ratio=0.85, peer_name="the same requests by a bare client"))
    return lines


def training(server):
    """The time of training itself, of runs one after the other, as the store has it."""

    def trained(tracked, number):
        work = Work(LONG_RUNS, LONG_EPOCHS, "mlflow: %s" % ("{}" if tracked else "false"), "1")
        work.run(server.address)
        with sqlite3.connect(os.path.join(work.home, "runs.db")) as store:
            times = store.execute("SELECT ended - started FROM attempt").fetchall()
        return seconds(sum(time for (time,) in times) / 1000)

    own, peer = alternating(
        1 if timing.TINY else 2 * ROUNDS, lambda i: trained(True, i), lambda i: trained(False, i))
    return [timing.line(
        "training of %d runs with %d points each, one after the other, delivered meanwhile" % (LONG_RUNS, 3000), own, peer,
        ratio=0.97, peer_name="`track: { mlflow: false }`")]


def main():
    names = timing.chosen(LINES)
    if mlflow.python() is None:
        timing.progress("  there is no MLflow yet, and nothing is measured: ./ablate ui installs it")
        timing.write([])
        return
    lines = []
    server = mlflow.Server()
    try:
        for name in names:
            timing.progress("  " + name)
            lines += globals()[name](server)
    finally:
        server.close()
    timing.write(lines)


# one that is ended, as by timeout, ends its server too
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
try:
    main()
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
