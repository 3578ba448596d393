"""What goes wrong on a Spark cluster: one trouble a function, which says what happens."""
from processes import kill, wait_until
from row import FAILED, STEPS, SUBMITTED, Spec
from rows import (doubled_results, filled, small_folder, submitted_twice, submitter_gone, truncated_result,
                  two_submitters, waiting_killed)
from spark import Spark

CLUSTER = Spark
HALTING = Spec("""version: 1
name: steps
dataset: { plugin: none }
trainer: { plugin: halting, rate: 0.9 }
variants: { fast: { trainer.rate: 0.8 }, slow: {} }
seeds: [1, 2, 3]
""", "HaltingPlugin")


def killed_executor(row):
    """an executor is killed, as without memory"""
    row.submit()
    row.await_begun()
    kill(row.cluster.busy_executors()[0])


def killed_worker(row):
    """a worker dies with its executors"""
    row.submit()
    row.await_begun()
    number = row.cluster.busy_worker()
    row.cluster.kill_worker(number)
    row.cluster.start_worker(number)


def killed_master(row):
    """the master dies, and is started again"""
    row.submit()
    row.await_begun()
    row.cluster.kill_master()
    row.cluster.start_master()


def killed_driver(row):
    """the driver is killed after some results"""
    row.submit()
    wait_until("there is a result", row.results)
    for driver in row.cluster.drivers():
        kill(driver)
    if len(row.results()) == 6:
        raise SystemExit("it was over")


def halting_trainer(row):
    """a trainer ends its process, which trains another run, too, until its run has failed, and no more when that is tried again"""
    row.options = row.cluster.options(row.folder, "spark.executor.cores=2")
    stop = row.folder / "stops" / "fast1"
    stop.touch()
    while (code := row.run().wait()) == SUBMITTED:
        row.cluster.settle()
    if code != FAILED or row.trail("ended") != 5:
        raise SystemExit(f"exit code {code}:\n" + (row.folder / "log").read_text())
    stop.unlink()
    row.submit("--retry-failed")


def full_folder(row):
    """the folder of results is full"""
    small_folder(row)
    row.submit()
    with filled(row):
        row.cluster.settle()


ROWS = {
    **dict.fromkeys((
        killed_executor, killed_worker, killed_master, killed_driver, submitter_gone, waiting_killed, submitted_twice,
        two_submitters), STEPS),
    halting_trainer: HALTING,
    **dict.fromkeys((truncated_result, doubled_results, full_folder), STEPS),
}
