# test_fuzz.py: no arguments crash the interpreter
#
# SPDX-License-Identifier: BSD-3-Clause
"""Wrong arguments of every kind; the sanitized build runs this file too."""

import collections
import datetime
import decimal
import fractions
import os
import re

import numpy as np
import pandas as pd
import pytest

import gridgrad
import gridgrad.numpy

COUNT = int(os.environ.get("GRIDGRAD_FUZZ_CASES", "20000"))

# How messages begin, or what they are where NumPy or the argument itself has them.
NAMED = re.compile(
    r"(f|field|spacing|axis|edge_order|accuracy|boundary|missing|minimum|dtype|out|threads|ends"
    r"|period|level|coordinates|coordinates of the line at .*|rows|samples|extent|scheme): "
    r"|axis -?\d+ is out of bounds|repeated axis|setting an array element|no array|no index"
)


class Hostile:
    """Looks like an array until it is asked for one."""

    ndim, shape, dtype = 1, (3,), np.dtype(float)

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no array")

    def __len__(self):
        return -1

    def __index__(self):
        raise ArithmeticError("no index")


def _arrays():
    yield from (np.zeros(n) for n in (0, 1, 2, 3, 5, 40))
    yield from (np.zeros(shape) for shape in [(3, 4), (0, 3), (2, 1, 3), (1,) * 32, (1,) * 40])
    for dtype in "?bBhHiIlLqQefdgFDGOSUV":
        yield np.zeros(4, dtype)
    yield np.arange(6.0)[::-2]
    yield np.broadcast_to(1.0, (4, 5))
    yield np.arange(8.0).astype(">f8")
    yield np.zeros(9, np.uint8)[1:].view(np.float64)
    yield np.zeros(4, [("a", "u1"), ("b", "f8")])["b"]
    yield np.lib.stride_tricks.as_strided(np.zeros(8), (4, 4), (8, 8))
    yield np.array([1, 2, 3], "M8[s]")
    yield np.array([1, 2, "NaT"], "m8[ns]")
    yield np.ma.array([1.0, 2, 3], mask=[0, 1, 0])
    yield np.matrix([[1.0, 2], [3, 4]])
    yield np.array([np.nan, np.inf, -np.inf])
    read_only = np.zeros(5)
    read_only.flags.writeable = False
    yield read_only


def _others():
    yield from (None, True, False, 0, 1, 2, 3, -1, 10**30, -(10**30), 0.0, 0.5, 1.5, 1e308)
    yield from (float("nan"), float("inf"), 1j, "a", "periodic", b"b", "", decimal.Decimal(1))
    yield from (fractions.Fraction(1, 2), datetime.datetime(2024, 1, 1), object(), Hostile)
    yield from (Hostile(), [], [1, 2], [[1], [2, 3]], (), (0,), (0, 0), {0: "periodic"}, {})
    yield from (range(3), np.float32(2), np.int8(1), np.bool_(True), np.timedelta64(1, "s"))
    yield from (slice(None), lambda: 0, gridgrad.Periodic(9), gridgrad.Constant(np.zeros(3)))
    yield from (gridgrad.Neumann("a"), gridgrad.Adapt(0), gridgrad.Adapt("a"), ("a", "b"))
    yield from (gridgrad.Antisymmetric(level=3), gridgrad.Constant(1j), pd.Series([1.0, 2, 4]))
    yield from (
        pd.Series([1, None, 4], dtype="Int64"),
        pd.DataFrame({"a": [1, 2], "b": ["c", "d"]}),
    )
    yield from (("halo", "nearest"), ("constant",) * 2, np.float64, "f4", int)


@pytest.fixture(scope="module")
def values():
    return [*_arrays(), *_others()]


def _arguments(random, values):
    """A field, mostly an array, spacings and options, all of any kind."""

    def any_value():
        return values[random.integers(len(values))]

    f = values[random.integers(40)] if random.random() < 0.8 else any_value()
    spacing = [any_value() for _ in range(random.choice([0, 0, 1, 1, 2, 3]))]
    names = ["axis", "edge_order", "accuracy", "boundary", "missing", "dtype", "out", "threads"]
    chosen = random.permutation(names)[: random.integers(0, 4)]
    return f, spacing, {str(name): any_value() for name in chosen}


def _call(function, f, spacing, options, outcomes):
    try:
        function(f, *spacing, **options)
        outcomes["computed"] += 1
    except Exception as error:
        outcomes[type(error).__name__] += 1
        return error
    return None


@pytest.mark.filterwarnings("ignore")
def test_any_arguments_are_computed_or_refused(values):
    random = np.random.default_rng(99)
    outcomes = collections.Counter()
    with np.errstate(all="ignore"):
        for _ in range(COUNT):
            f, spacing, options = _arguments(random, values)
            error = _call(gridgrad.gradient, f, spacing, options, outcomes)
            assert error is None or NAMED.match(str(error)), (f, spacing, options, error)
            options = {k: v for k, v in options.items() if k in ("axis", "edge_order")}
            _call(gridgrad.numpy.gradient, f, spacing, options, outcomes)
    print(f"{COUNT} argument lists: {dict(outcomes)}")
    assert outcomes["computed"] > COUNT // 20


@pytest.mark.filterwarnings("ignore")
def test_any_blocks_are_computed_or_refused(values):
    random = np.random.default_rng(98)
    outcomes = collections.Counter()

    def apply(f, axis, rows, samples):
        extent = int(random.integers(0, 12))
        gridgrad.Difference(0.5, extent, accuracy=int(random.choice([2, 4]))).apply(
            f, axis, rows=rows, samples=samples
        )

    for _ in range(COUNT // 4):
        ranges = [tuple(random.integers(-2, 14, 2).tolist()) for _ in range(3)]
        f = values[random.integers(len(values))]
        rows = ranges[0] if random.random() < 0.7 else values[random.integers(len(values))]
        samples = ranges[1 : random.integers(1, 4)]
        arguments = [int(random.integers(-2, 2)), rows, samples]
        error = _call(apply, f, arguments, {}, outcomes)
        assert error is None or NAMED.match(str(error)), (f, arguments, error)
    print(f"{COUNT // 4} blocks: {dict(outcomes)}")
