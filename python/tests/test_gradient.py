# test_gradient.py: what gridgrad.gradient and gridgrad.derivative compute and refuse
#
# SPDX-License-Identifier: BSD-3-Clause

import itertools
import re

import numpy as np
import pytest

import gridgrad
import random_calls
from gridgrad import Antisymmetric, Constant, Neumann, Periodic, gradient

T = np.array([-2.0, 1.0, -3.0, 4.0, 5.0])
CUBES = np.array([[-1.0, 3, -5], [-4, 5, 2], [-2, 3, 4]]) ** 3


def refused(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


def test_worked_examples():
    np.testing.assert_array_equal(gradient(T**2 + 5), [-3, 2.5, 7.5, 8, 9])
    np.testing.assert_allclose(gradient(T**2 + 5, T, edge_order=2), 2 * T, rtol=4e-16)
    d_0, d_1 = gradient(CUBES)
    np.testing.assert_array_equal(d_0, [[-63, 98, 133], [-3.5, 0, 94.5], [56, -98, 56]])
    np.testing.assert_array_equal(d_1, [[28, -62, -152], [189, 36, -117], [35, 36, 37]])


def _spacing(random, shape, axes):
    kind = random.integers(3)
    if kind == 0:
        return ()
    if kind == 1:
        return (float(random.choice([0.5, 2.0, -1.0])),)
    return tuple(np.cumsum(random.integers(1, 5, shape[axis])) * 0.5 for axis in axes)


def test_random_calls_agree_with_numpy():
    """Powers of two as spacings make every formula the same but on irregular coordinates."""
    random = np.random.default_rng(5)
    worst = 0.0
    for _ in range(2000):
        shape = tuple(random.integers(3, 8, random.integers(1, 4)))
        f = random_calls.strided(random, random.standard_normal(shape))
        axes = tuple(random.permutation(f.ndim)[: random.integers(1, f.ndim + 1)].tolist())
        spacing = _spacing(random, shape, axes)
        edge_order = int(random.integers(1, 3))
        ours = gradient(f, *spacing, axis=axes, edge_order=edge_order)
        numpys = np.gradient(f, *spacing, axis=axes, edge_order=edge_order)
        for one, other in zip(np.atleast_1d(ours), np.atleast_1d(numpys), strict=True):
            # Steps of at least 1/2 have weights of at most 3, three of them in a row, each
            # with five roundings in NumPy's formula and two in ours.
            bound = 3 * 7 * 3 * np.finfo(float).eps * np.abs(f).max()
            worst = max(worst, np.abs(one - other).max() / bound)
    print(f"largest error over bound: {worst:.3f}")
    assert 0.05 < worst <= 1


@pytest.mark.parametrize("accuracy", [2, 4, 8])
def test_accuracy_alone_is_that_order_everywhere(accuracy):
    x = np.arange(12.0)
    f = x**accuracy

    exact = accuracy * x ** (accuracy - 1)

    error = np.abs(gradient(f, accuracy=accuracy) - exact).max()
    # The rows' weights are below 10 and there are at most accuracy + 1 of them.
    assert error <= 10 * (accuracy + 1) * np.finfo(float).eps * f.max()


def test_orders_are_independent():
    f = np.arange(8.0) ** 3
    both = gradient(f, accuracy=4, edge_order=1)

    np.testing.assert_array_equal(both[[0, -1]], gradient(f)[[0, -1]])
    np.testing.assert_array_equal(both[3:5], 3 * np.arange(3.0, 5.0) ** 2)


@pytest.mark.parametrize("offset", [0, 1e6, 1e15])
def test_constants_have_exactly_no_gradient(offset):
    x = np.random.default_rng(3).random(50).cumsum()

    for accuracy in (2, 4, 6):
        assert not gradient(np.full(50, offset + 0.1), x, accuracy=accuracy).any()


CLOSED = {
    "periodic": np.sin,
    "symmetric": np.cos,
    "antisymmetric": np.sin,
}


@pytest.mark.parametrize("name", CLOSED)
def test_boundaries_know_what_lies_beyond(name):
    count = 32
    h = np.pi / 16 if name == "periodic" else np.pi / (count - 1)
    x = h * np.arange(count)
    slope = gradient(CLOSED[name](x), h, accuracy=6, boundary=name)

    exact = np.cos(x) if CLOSED[name] is np.sin else -np.sin(x)
    # h^6 / 140 times the seventh derivative.
    assert np.abs(slope - exact).max() <= h**6 / 140 * (1 + h)


def test_boundaries_with_values():
    f = np.array([1.0, 4.0, 9.0])

    np.testing.assert_array_equal(gradient(f, boundary=Constant(0)), [2, 4, -2])
    np.testing.assert_array_equal(gradient(f, boundary=("one-sided", Neumann(7))), [3, 4, 7])
    turned = gradient(f, boundary=Antisymmetric(level="end-value"))
    np.testing.assert_array_equal(turned, [3, 4, 5])
    assert Periodic() == Periodic(None)


def test_boundaries_with_a_value_per_line():
    f = np.array([[1.0, 4.0, 9.0], [0.0, 1.0, 4.0]])
    slopes = np.array([7.0, 8.0])

    ends = gradient(f, axis=1, boundary=("nearest", Neumann(slopes)))[:, -1]

    np.testing.assert_array_equal(ends, slopes)


def test_boundaries_by_axis():
    f = np.random.default_rng(0).random((6, 7))

    d_0, d_1 = gradient(f, boundary={-1: "periodic"})

    np.testing.assert_array_equal(d_0, gradient(f, axis=0))
    np.testing.assert_array_equal(d_1, gradient(f, axis=1, boundary="periodic"))


def test_missing_samples_are_spread_or_avoided():
    f = np.array([0.0, 1.0, np.nan, 9.0, 16.0, 25.0])

    spread = gradient(f, missing="propagate")
    avoided = gradient(f, missing="adapt", accuracy=2)
    strict = gradient(f, missing=gridgrad.Adapt(2), accuracy=2)

    assert np.isnan(spread).tolist() == [False, True, True, True, False, False]
    np.testing.assert_array_equal(avoided, [1, 1, np.nan, 6, 8, 10])
    np.testing.assert_array_equal(strict, [np.nan, np.nan, np.nan, 6, 8, 10])


def test_masked_arrays_give_masked_arrays():
    f = np.ma.array([0.0, 1.0, 4.0, 9.0], mask=[0, 0, 0, 1])

    slope = gradient(f)

    assert slope.mask.tolist() == [False, False, True, True]
    assert gradient(f, missing="adapt").tolist() == [1, 2, 3, None]
    with refused(
        ValueError,
        "missing: samples are marked, but the scheme has no rule for them; Propagate or Adapt "
        "is needed",
    ):
        gradient(f, missing="none")


def test_times_are_differenced_exactly_and_in_seconds():
    start = np.datetime64("2024-01-01T00:00:00", "ns")
    nanoseconds = start + np.array([0, 1, 3, 4], "m8[ns]")
    days = np.array(["2024-01-01", "2024-01-02", "2024-01-04"], "M8[D]")

    np.testing.assert_array_equal(gradient([0.0, 1.0, 3.0, 4.0], nanoseconds), np.full(4, 1e9))
    np.testing.assert_array_equal(gradient([0.0, 86400, 3 * 86400], days), [1, 1, 1])
    np.testing.assert_array_equal(gradient([0, 1, 2], np.timedelta64(500, "ms")), [2, 2, 2])


def test_coordinates_that_vary_along_other_axes():
    z = np.array([[0.0, 1.0, 3.0], [0.0, 2.0, 3.0]])

    np.testing.assert_array_equal(gradient(5 * z, z, axis=1), np.full((2, 3), 5.0))


@pytest.mark.parametrize("dtype", random_calls.INTEGERS)
def test_integers_are_subtracted_exactly(dtype):
    bounds = np.iinfo(dtype)
    f = np.array([bounds.min, bounds.max, bounds.min], dtype)

    width = float(int(bounds.max) - int(bounds.min))
    np.testing.assert_array_equal(gradient(f), [width, 0, -width])


def test_results_in_another_type():
    f = np.array([0, 1, 4, 9])

    assert gradient(f, dtype=np.float32).dtype == np.float32
    assert gradient(f.astype("f4"), dtype="f8").dtype == np.float64
    wide = gradient(f.astype("f2"), 3, dtype="f4")
    np.testing.assert_array_equal(wide, gradient(f.astype("f4"), 3))


def test_results_into_given_arrays():
    f = np.random.default_rng(0).random((5, 6))
    out = np.empty((6, 5)).T, np.full((5, 12), 7.0)[:, ::2]

    returned = gradient(f, 0.5, out=out)

    assert returned[0] is out[0] and returned[1] is out[1]
    for ours, expected in zip(out, gradient(f, 0.5), strict=True):
        np.testing.assert_array_equal(ours, expected)
    one = np.empty(6, np.float32)
    assert gradient(np.arange(6), out=one, dtype="f4") is one
    np.testing.assert_array_equal(one, np.ones(6))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_results_are_in_the_memory_order_of_the_field(order):
    f = np.random.default_rng(1).random((5, 6, 7)).transpose(order)

    for fast, general in zip(gradient(f), gradient(f, threads=1), strict=True):
        assert fast.strides == general.strides == np.empty_like(f).strides
        np.testing.assert_array_equal(fast, general)


def test_bits_do_not_depend_on_the_number_of_threads():
    f = np.random.default_rng(1).random((150, 160, 170), np.float32)

    for one, two in zip(gradient(f, threads=1), gradient(f, threads=2), strict=True):
        np.testing.assert_array_equal(one, two)


@pytest.mark.parametrize("derivative, accuracy", list(itertools.product([1, 2, 3, 4], [2, 4])))
def test_derivatives_of_powers(derivative, accuracy):
    x = np.array([0.0, 1.0, 2.5, 3.0, 4.5, 6.0, 7.0, 8.5, 9.0])
    degree = derivative + 1
    f = x**degree

    result = gridgrad.derivative(f, x, derivative=derivative, accuracy=accuracy)

    exact = np.prod(np.arange(2, degree + 1)) * x
    # Weights are below 50 and there are at most 9 of them, each rounded, as is the sum.
    np.testing.assert_allclose(result, exact, rtol=0, atol=50 * 9 * 2**-52 * f.max())


def test_biased_stencils():
    f = np.arange(6.0) ** 2

    forward = gridgrad.derivative(f, accuracy=1, bias="forward")

    np.testing.assert_array_equal(forward[:-1], np.diff(f))


def test_periods_along_times_are_in_seconds():
    hours = np.datetime64("2024-01-01", "ns") + np.arange(0, 24, 6) * np.timedelta64(1, "h")
    f = [0.0, 1.0, 0.0, -1.0]

    slope = gradient(f, hours, boundary=Periodic(86400))

    np.testing.assert_array_equal(slope * 6 * 3600, [1, 0, -1, 0])
