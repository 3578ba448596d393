"""Logistic regression in NumPy, as Ablate trains it, or in a loop of its own: train.py DATA.csv RUNS EPOCHS PASSES."""

import sys

import numpy


def train(options, data, random, report):
    rows = numpy.column_stack([data.rows, numpy.ones(len(data.rows))])
    weights = random("init").normal(size=rows.shape[1])

    def predict(rows):
        return 1 / (1 + numpy.exp(-(rows @ weights[:-1] + weights[-1])))

    for epoch in range(options["epochs"]):
        for _ in range(options["passes"]):
            weights = weights - 0.1 * rows.T @ (1 / (1 + numpy.exp(-rows @ weights)) - data.targets) / len(rows)
        report(epoch + 1, options["epochs"], predict)
    return predict


class Part:
    pass


def main(file, runs, epochs, passes):
    table = numpy.loadtxt(file, delimiter=",", skiprows=1)
    test, data = Part(), Part()
    at = len(table) * 7 // 10
    data.rows, data.targets = table[:at, :-1], table[:at, -1]
    test.rows, test.targets = table[at:, :-1], table[at:, -1]
    for seed in range(1, runs + 1):
        generator = numpy.random.default_rng(seed)

        def measured(epoch, total, predict):
            for part in (data, test):
                answers = predict(part.rows)
                numpy.mean((answers >= 0.5) == part.targets)
                numpy.mean((answers - part.targets) ** 2)
                shares = numpy.clip(answers, 1e-15, 1 - 1e-15)
                numpy.mean(-numpy.log(numpy.where(part.targets == 1, shares, 1 - shares)))

        train({"epochs": epochs, "passes": passes}, data, lambda name: generator, measured)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
