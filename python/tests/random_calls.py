# random_calls.py: calls of gradient as people and fuzzers make them
#
# SPDX-License-Identifier: BSD-3-Clause
"""Cases are drawn from one generator with a fixed seed; their count is GRIDGRAD_CASES."""

import os

import numpy as np

COUNT = int(os.environ.get("GRIDGRAD_CASES", "20000"))

INTEGERS = ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]
REALS = ["f2", "f4", "f8"]
COMPLEX = ["c8", "c16"]


def samples(random, shape, dtype):
    """Samples of a type: numbers with a large offset, small integers, or special values."""
    dtype = np.dtype(dtype)
    if dtype.kind in "iu":
        bounds = np.iinfo(dtype)
        low, high = (bounds.min, bounds.max) if random.random() < 0.2 else (0, 100)
        return random.integers(low, high, shape, dtype=dtype, endpoint=True)
    values = random.standard_normal(shape) * 10.0 ** random.integers(-3, 4)
    if random.random() < 0.3:
        values = np.round(values)
    if dtype.kind == "c":
        values = values + 1j * random.standard_normal(shape)
    values = np.asarray(values).astype(dtype)
    if random.random() < 0.1 and values.size:
        special = [np.nan, np.inf, -np.inf, 0.0]
        values.flat[random.integers(values.size)] = special[random.integers(4)]
    return values


def shape(random):
    """Ranks 0 to 4; extents around the lengths of stencils and vectors."""
    rank = random.choice([0, 1, 1, 1, 2, 2, 3, 4])
    extents = [1, 2, 3, 4, 5, 7, 9] if rank > 2 else [0, 1, 2, 3, 4, 5, 8, 9, 17, 33, 65]
    weights = np.full(len(extents), 1.0)
    weights[: extents.index(2)] = 0.15
    return tuple(int(n) for n in random.choice(extents, rank, p=weights / weights.sum()))


def strided(random, array):
    """The same samples in another memory order, or a view of a larger array."""
    if array.ndim == 0:
        return array
    kind = random.integers(6)
    if kind == 1:
        return np.asfortranarray(array)
    if kind == 2:
        order = random.permutation(array.ndim)
        return np.ascontiguousarray(array.transpose(order)).transpose(np.argsort(order))
    if kind == 3:
        axis = random.integers(array.ndim)
        return np.flip(np.ascontiguousarray(np.flip(array, axis)), axis)
    if kind == 4:
        wider = np.zeros(tuple(2 * n + 1 for n in array.shape), array.dtype)
        inside = wider[tuple(slice(1, 1 + 2 * n, 2) for n in array.shape)]
        inside[...] = array
        return inside
    if kind == 5 and array.shape[0] > 1:
        return np.broadcast_to(array[:1], array.shape)
    return array


def axes(random, rank):
    """None, one axis, or several in any order; seldom one that does not exist."""
    if random.random() < 0.02:
        return int(random.integers(-6, 6))
    if rank == 0 or random.random() < 0.4:
        return None
    if random.random() < 0.6:
        return int(random.integers(-rank, rank))
    count = int(random.integers(1, rank + 1))
    return tuple(int(axis) for axis in random.permutation(rank)[:count])


def coordinates(random, count, dtype):
    """Increasing, decreasing, unsorted or equally spaced positions."""
    dtype = np.dtype(dtype)
    kind = random.integers(4)
    if kind == 0:
        steps = np.full(count, random.integers(1, 4))
    elif dtype.kind in "iu":
        steps = random.integers(1, 3, count)
    else:
        steps = random.uniform(0.25, 4, count)
    positions = np.cumsum(steps)
    if kind == 1:
        positions = positions[::-1]
    if kind == 2:
        positions = random.permutation(positions)
    return positions.astype(dtype)
