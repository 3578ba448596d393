"""The peers of Kernels.java: the same work by NumPy and scikit-learn.

Reads lines "CASE check" and "CASE time" and answers each with one line: the learned numbers, or the seconds of one turn. Data are not
sent: both programs make the same, number by number, from a formula.
"""

import os
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")

TINY = os.environ.get("SIZE") == "tiny"
ROWS = 2_048 if TINY else 1_000_000
FEW_ROWS = 640 if TINY else 32_000
EPOCHS = 100 if TINY else 10_000


def numbers(count, first):
    """Evenly spread over -1..1, as SplitMix64 draws them."""
    with np.errstate(over="ignore"):
        z = np.arange(first + 1, first + count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z ^= z >> np.uint64(30)
        z *= np.uint64(0xBF58476D1CE4E5B9)
        z ^= z >> np.uint64(27)
        z *= np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1


def examples(rows, columns):
    x = numbers(rows * columns, 0).reshape(rows, columns)
    t = (numbers(rows, rows * columns) > 0).astype(np.float64)
    return x, t


class Full:
    """Gradient descent of a sigmoid neuron on all rows, in arrays that are made once."""

    def __init__(self, columns):
        self.x, self.t = examples(ROWS, columns)
        self.z, self.p, self.q = (np.empty_like(self.t) for _ in range(3))
        self.w, self.b = np.zeros(columns), 0.0

    def epoch(self):
        np.dot(self.x, self.w, out=self.z)
        self.z += self.b
        np.negative(self.z, out=self.z)
        np.exp(self.z, out=self.p)
        self.p += 1
        np.divide(1, self.p, out=self.p)
        np.subtract(1, self.p, out=self.q)
        self.q *= self.p
        self.p -= self.t
        self.p *= 2 / len(self.t)
        self.p *= self.q
        self.w -= 0.5 * np.dot(self.p, self.x)
        self.b -= 0.5 * self.p.sum()

    def check(self):
        for _ in range(3):
            self.epoch()
        return [*self.w, self.b]

    def time(self):
        begin = time.perf_counter()
        self.epoch()
        return time.perf_counter() - begin


class Predict(Full):
    """Answers of a sigmoid neuron."""

    def __init__(self):
        super().__init__(20)
        self.w = numbers(20, 7)
        self.b = 0.25

    def epoch(self):
        np.dot(self.x, self.w, out=self.z)
        self.z += self.b
        np.negative(self.z, out=self.z)
        np.exp(self.z, out=self.p)
        self.p += 1
        np.divide(1, self.p, out=self.p)

    def check(self):
        self.epoch()
        return self.p[:100]


class OrGate:
    """10,000 epochs on four rows, in as few calls as it takes."""

    x = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    t = np.array([0.0, 1, 1, 1])

    def check(self):
        w, b = np.array([0.1, 0.2]), 0.3
        for _ in range(EPOCHS):
            p = 1 / (1 + np.exp(-(self.x @ w + b)))
            slope = (p - self.t) * (p * (1 - p))
            w -= 0.05 * (self.x.T @ slope)
            b -= 0.05 * slope.sum()
        return [*w, b]

    def time(self):
        begin = time.perf_counter()
        self.check()
        return time.perf_counter() - begin


class Tutorial(OrGate):
    """The same as Shukla and Iriondo published it, but for printing the sum of errors in each epoch."""

    def check(self):
        def sigmoid(x):
            return 1 / (1 + np.exp(-x))

        def sigmoid_der(x):
            return sigmoid(x) * (1 - sigmoid(x))

        input_features = self.x
        target_output = self.t.reshape(4, 1)
        weights = np.array([[0.1], [0.2]])
        bias = 0.3
        lr = 0.05
        for _ in range(EPOCHS):
            inputs = input_features
            pred_in = np.dot(inputs, weights) + bias
            pred_out = sigmoid(pred_in)
            error = pred_out - target_output
            error.sum()
            dcost_dpred = error
            dpred_dz = sigmoid_der(pred_out)
            z_delta = dcost_dpred * dpred_dz
            inputs = input_features.T
            weights -= lr * np.dot(inputs, z_delta)
            for num in z_delta:
                bias -= lr * num
        return [*weights.ravel(), bias[0]]


class Online:
    """Stochastic gradient descent, row by row. The work is checked by the squared error of a sum, the time is that of a sigmoid."""

    def __init__(self, shuffled):
        from sklearn.linear_model import SGDClassifier, SGDRegressor

        self.x, self.t = examples(ROWS, 20)
        given = dict(penalty=None, learning_rate="constant", eta0=0.01, max_iter=1, tol=None, random_state=1)
        self.classifier = SGDClassifier(loss="log_loss", shuffle=shuffled, **given)
        self.regressor = SGDRegressor(loss="squared_error", shuffle=False, **given)

    def check(self):
        self.regressor.fit(self.x, self.t)
        return [*self.regressor.coef_, self.regressor.intercept_[0]]

    def time(self):
        begin = time.perf_counter()
        self.classifier.fit(self.x, self.t)
        return time.perf_counter() - begin


class Layers:
    """20 inputs, 64 sigmoid units and one that weighs them, by batches of 32 rows as they are given."""

    def __init__(self):
        from sklearn.neural_network import MLPRegressor

        self.x, self.t = examples(FEW_ROWS, 20)
        self.net = MLPRegressor(
            hidden_layer_sizes=(64,),
            activation="logistic",
            solver="sgd",
            alpha=0,
            batch_size=32,
            learning_rate_init=0.02,
            momentum=0,
            shuffle=False,
        )
        self.net.partial_fit(self.x[:32], self.t[:32])
        self.begin()

    def begin(self):
        self.net.coefs_[0][:] = numbers(20 * 64, 11).reshape(20, 64)
        self.net.coefs_[1][:] = numbers(64, 12_000).reshape(64, 1)
        for bias in self.net.intercepts_:
            bias[:] = 0

    def check(self):
        self.begin()
        self.net.partial_fit(self.x, self.t)
        return [*self.net.coefs_[0].ravel(), *self.net.coefs_[1].ravel()]

    def time(self):
        begin = time.perf_counter()
        self.net.partial_fit(self.x, self.t)
        return time.perf_counter() - begin


CASES = {
    "full20": lambda: Full(20),
    "full100": lambda: Full(100),
    "predict": Predict,
    "or-gate": OrGate,
    "tutorial": Tutorial,
    "online": lambda: Online(False),
    "shuffled": lambda: Online(True),
    "layers": Layers,
}


def main():
    name, case = None, None
    for line in sys.stdin:
        wanted, what = line.split()
        if wanted != name:
            case = None  # its memory first
            name, case = wanted, CASES[wanted]()
        answer = case.check() if what == "check" else [case.time()]
        print(*(float(number).hex() for number in answer), flush=True)


main()
