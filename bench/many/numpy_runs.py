"""Trains a neuron of the OR gate by a loop in NumPy, once for each pair of initial weights and bias that standard input has.

Reads JSON: {"epochs": N, "runs": [[w1, w2, bias or null], ...]}; prints the learned numbers of each run likewise.
"""

import json
import sys

import numpy as np

ROWS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
TARGETS = np.array([0.0, 1.0, 1.0, 1.0])
RATE = 0.5


def train(first, epochs):
    weights = np.array(first[:2])
    biased = first[2] is not None
    bias = first[2] if biased else 0.0
    for _ in range(epochs):
        answers = 1 / (1 + np.exp(-(ROWS @ weights + bias)))
        slopes = (answers - TARGETS) * answers * (1 - answers)
        weights -= RATE * (slopes @ ROWS)
        if biased:
            bias -= RATE * slopes.sum()
    return [*weights.tolist(), bias if biased else None]


def main():
    asked = json.load(sys.stdin)
    json.dump([train(first, asked["epochs"]) for first in asked["runs"]], sys.stdout)


main()
