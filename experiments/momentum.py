"""One neuron that learns two classes, with or without momentum. Nothing but Python is needed."""

import argparse
import json
import math
import os
import random

options = argparse.ArgumentParser()
options.add_argument("--momentum", type=float)
options.add_argument("--learning-rate", type=float)
options.add_argument("--epochs", type=int)
options.add_argument("--seed", type=int)
options = options.parse_args()

chance = random.Random(options.seed)


def point():
    """The second column has a tenth of the spread of the first, and says as much of the class."""
    label = chance.random() < 0.5
    side = 1 if label else -1
    return (chance.gauss(side, 1.5), chance.gauss(0.1 * side, 0.15), 1.0), float(label)


train = [point() for _ in range(200)]
test = [point() for _ in range(200)]


def predict(weights, row):
    return 1 / (1 + math.exp(-sum(weight * value for weight, value in zip(weights, row))))


def loss(weights, rows):
    return -sum(math.log(predict(weights, row) if label else 1 - predict(weights, row)) for row, label in rows) / len(rows)


def accuracy(weights, rows):
    return sum((predict(weights, row) >= 0.5) == bool(label) for row, label in rows) / len(rows)


weights = [chance.gauss(0, 0.1) for _ in range(3)]
velocity = [0.0, 0.0, 0.0]
begin = 0

# where a run was interrupted, the next attempt goes on from what it has left
checkpoint = os.path.join(os.environ.get("ABLATE_CHECKPOINT", "."), "momentum.json")
if os.path.exists(checkpoint):
    with open(checkpoint) as file:
        begin, weights, velocity, state = json.load(file)
    chance.setstate((state[0], tuple(state[1]), state[2]))

for epoch in range(begin, options.epochs):
    for row, label in chance.sample(train, len(train)):
        error = predict(weights, row) - label
        for k, value in enumerate(row):
            velocity[k] = options.momentum * velocity[k] - options.learning_rate * error * value
            weights[k] += velocity[k]
    print(f"step={epoch + 1} test_loss={loss(weights, test)} test_accuracy={accuracy(weights, test)}")
    with open(checkpoint + ".new", "w") as file:
        json.dump([epoch + 1, weights, velocity, chance.getstate()], file)
    os.replace(checkpoint + ".new", checkpoint)
