# calculus.py: operators of the Python package beside NumPy's composition of gradients
#
# SPDX-License-Identifier: BSD-3-Clause
"""Prints how many times as long the composition takes, on one thread: medians of turns."""

import statistics
import time

import numpy as np

import gridgrad

SHAPE = (64, 512, 512)
SPACINGS = (0.1, 0.2, 0.5)
TURNS = 9


def composed_divergence(fields, out):
    parts = [np.gradient(fields[k], SPACINGS[k], axis=k) for k in range(3)]
    np.add(np.add(parts[0], parts[1], out=out), parts[2], out=out)


def composed_laplacian(fields, out):
    twice = [np.gradient(np.gradient(fields[0], h, axis=k), h, axis=k)
             for k, h in enumerate(SPACINGS)]  # fmt: skip
    np.add(np.add(twice[0], twice[1], out=out), twice[2], out=out)


def composed_magnitude(fields, out):
    parts = np.gradient(fields[0], *SPACINGS)
    np.sqrt(parts[0] ** 2 + parts[1] ** 2 + parts[2] ** 2, out=out)


def seconds(call, *arguments):
    start = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - start


def ratio(composed, ours, fields):
    """How many times as long the first takes."""
    other = np.empty(SHAPE, np.float32)
    composed(fields, other)
    ours()
    turns = [seconds(composed, fields, other) / seconds(ours) for _ in range(TURNS)]
    return statistics.median(turns)


def main():
    random = np.random.default_rng(1)
    fields = [random.normal(size=SHAPE).astype(np.float32) for _ in range(3)]
    how = {"out": np.empty(SHAPE, np.float32), "threads": 1}
    cases = {
        "divergence": (
            composed_divergence,
            lambda: gridgrad.divergence(fields, *SPACINGS, **how),
        ),
        "Laplacian": (composed_laplacian, lambda: gridgrad.laplacian(fields[0], *SPACINGS, **how)),
        "magnitude": (composed_magnitude, lambda: gridgrad.magnitude(fields[0], *SPACINGS, **how)),
    }
    for name, (composed, ours) in cases.items():
        print(f"{name:12} {ratio(composed, ours, fields):5.1f} times as long (at least 10)")


if __name__ == "__main__":
    main()
