# test_refusals.py: what gridgrad.gradient and gridgrad.derivative refuse, and in which words
#
# SPDX-License-Identifier: BSD-3-Clause

import re

import numpy as np
import pytest

import gridgrad
from gridgrad import Antisymmetric, Constant, gradient


def refused(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


REFUSALS = [
    (
        lambda: gradient(np.zeros(1)),
        ValueError,
        "field: 1 sample along axis 0; at least 2 are needed",
    ),
    (
        lambda: gradient(np.zeros((3, 4)), axis=2),
        np.exceptions.AxisError,
        "axis 2 is out of bounds for array of dimension 2",
    ),
    (lambda: gradient(np.zeros((3, 4)), axis=(0, 0)), ValueError, "repeated axis"),
    (
        lambda: gradient(np.zeros((3, 4)), 1, 2, 3),
        TypeError,
        "spacing: 3 given for 2 axes; one number for all axes, or one number or coordinates for "
        "each, are accepted",
    ),
    (
        lambda: gradient(np.zeros(3), [0.0, 1.0]),
        ValueError,
        "coordinates: 2 positions given for 3 samples along axis 0; one per sample is needed; "
        "coordinates are positions, and a running sum of increments gives them",
    ),
    (
        lambda: gradient(np.zeros(3), "a"),
        TypeError,
        "spacing: np.str_('a') given; a real number or coordinates are accepted",
    ),
    (
        lambda: gradient(np.zeros(3), 0.0),
        ValueError,
        "spacing: 0 given; a finite number other than 0 is needed",
    ),
    (
        lambda: gradient(np.zeros(3), ["a", "b", "c"]),
        TypeError,
        "coordinates: dtype <U1 given; integers, float16, float32, float64, datetime64 and "
        "timedelta64 are accepted",
    ),
    (
        lambda: gradient(np.zeros(3, bool)),
        TypeError,
        "f: dtype bool given; integers, float16, float32, float64, complex64 and complex128 are "
        "accepted",
    ),
    (
        lambda: gradient(np.zeros(3), edge_order=0),
        ValueError,
        "edge_order: 0 given; 1 to 20 is needed",
    ),
    (
        lambda: gradient(np.zeros(3), edge_order=1.5),
        TypeError,
        "edge_order: 1.5 given; an integer is needed",
    ),
    (
        lambda: gradient(np.zeros(9), accuracy=3),
        ValueError,
        "accuracy: 3 given; central differences need an even number from 2 to 20",
    ),
    (
        lambda: gradient(np.zeros(9), boundary="wall"),
        ValueError,
        "boundary: 'wall' given; accepted: one-sided, periodic, symmetric, symmetric-half, "
        "antisymmetric, antisymmetric-half, nearest, constant, neumann, halo",
    ),
    (
        lambda: gradient(np.zeros(9), boundary=3),
        TypeError,
        "boundary: 3 given; a name, a pair of names for the lower and the upper end, or Periodic, "
        "Antisymmetric, Constant or Neumann is accepted",
    ),
    (
        lambda: gradient(np.zeros(9), boundary="halo"),
        ValueError,
        "boundary: 'halo' given; it is for blocks, which Difference is applied to",
    ),
    (
        lambda: gradient(np.zeros((9, 9)), axis=0, boundary={1: "nearest"}),
        ValueError,
        "boundary: axis 1 given, which is not differentiated; axes (0,) are",
    ),
    (
        lambda: gradient(np.zeros(9), boundary=Constant(1j)),
        ValueError,
        "boundary: a complex value given for a field of float64",
    ),
    (
        lambda: gradient(np.zeros(9), boundary=Constant(2**62 + 7)),
        ValueError,
        "boundary: Constant(value=4611686018427387911) given; integers up to 2^53 are accepted",
    ),
    (
        lambda: gradient(np.zeros(9), boundary=Antisymmetric(level=3)),
        ValueError,
        "level: 3 given; 'zero' or 'end-value' is accepted",
    ),
    (
        lambda: gradient(np.zeros(9), missing="drop"),
        ValueError,
        "missing: 'drop' given; none, propagate or adapt is accepted",
    ),
    (
        lambda: gradient(np.zeros(9), missing=3),
        TypeError,
        "missing: 3 given; 'none', 'propagate', 'adapt' or Adapt(minimum) is accepted",
    ),
    (
        lambda: gradient(np.zeros(9), dtype=int),
        TypeError,
        "dtype: int64 given; float16, float32, float64, complex64 and complex128 are accepted",
    ),
    (
        lambda: gradient(np.zeros(9, complex), dtype=float),
        TypeError,
        "dtype: float64 given for complex samples",
    ),
    (
        lambda: gradient(np.zeros((9, 9)), out=np.zeros((9, 9))),
        ValueError,
        "out: 1 arrays given for 2 components",
    ),
    (
        lambda: gradient(np.zeros(9), out=np.zeros(9, "f4")),
        TypeError,
        "out: float32 given; the derivative of float64 is float64",
    ),
    (
        lambda: gradient(np.zeros(9), threads=0),
        ValueError,
        "threads: 0 given; at least 1 is needed",
    ),
    (
        lambda: gradient(np.zeros(3), np.array(["NaT", 1, 2], "m8[s]")),
        ValueError,
        "coordinates: a time that is NaT given; every sample needs a position",
    ),
    (
        lambda: gridgrad.derivative(np.zeros(9), derivative=7),
        ValueError,
        "derivative: 7 given; 1 to 6 is needed",
    ),
    (
        lambda: gridgrad.derivative(np.zeros(9), bias="up"),
        ValueError,
        "bias: 'up' given; central, forward or backward is accepted",
    ),
]


@pytest.mark.parametrize("call, kind, message", REFUSALS, ids=[case[2][:40] for case in REFUSALS])
def test_refuses(call, kind, message):
    with refused(kind, message):
        call()


def test_results_of_another_type_need_memory_of_their_own():
    f = np.arange(8.0) ** 2
    kept = f.copy()
    narrow = np.empty((2, 4), "f4")
    for call, message in [
        (lambda: gradient(f, dtype="f4", out=f.view("f4")[:8]), "out: overlaps the field"),
        (lambda: gradient(np.ones((2, 4)), dtype="f4", out=(narrow, narrow)), "out: two results"),
        (lambda: gradient(f, dtype="f4", out=np.empty((3, 8), "f4")), "out: shape (3, 8) given"),
        (lambda: gradient(f, out=np.ma.zeros(8)), "out: a masked array given"),
    ]:
        with pytest.raises((TypeError, ValueError), match=f"^{re.escape(message)}"):
            call()
    np.testing.assert_array_equal(f, kept)


def test_nothing_is_written_by_a_call_that_is_refused():
    out = np.full(9, 7.0)

    with pytest.raises(ValueError):
        gradient(np.zeros(9), out=out, accuracy=3)
    with pytest.raises(ValueError):
        gradient(np.zeros(9), out=out, boundary="wall")
    assert (out == 7).all()
