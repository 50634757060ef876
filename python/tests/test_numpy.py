# test_numpy.py: gridgrad.numpy beside NumPy, bit for bit
#
# SPDX-License-Identifier: BSD-3-Clause

import collections
import fractions
import itertools
import os
import pathlib
import subprocess
import sys
import warnings

import numpy as np
import pytest

import gridgrad.numpy
import random_calls
from gridgrad import _native

PEER_TESTS = pathlib.Path(__file__).parent / "peer"


def outcome(function, f, spacings, axis, edge_order):
    """What a call returns, or the exception that it raises."""
    try:
        with np.errstate(all="ignore"):
            return function(f, *spacings, axis=axis, edge_order=edge_order)
    except Exception as error:
        return error


def number(random):
    """A distance as people write it: of Python's or of a type of NumPy's."""
    value = random.choice([1.0, 0.5, 0.1, -2.0, 3.0, 0.3])
    kinds = [float, lambda v: int(np.ceil(abs(v))), np.float64, np.float32, np.float16]
    kinds.append(lambda v: np.array(v, ">f8"))
    return kinds[random.integers(6)](value)


def spacings(random, shape, axis):
    """Nothing, one number, or a number or coordinates for every axis."""
    if random.random() < 0.3:
        return ()
    if random.random() < 0.3:
        return (number(random),)
    rank = len(shape)
    axes = range(rank) if axis is None else np.atleast_1d(axis)

    def one(axis):
        if random.random() < 0.3 or not -rank <= axis < rank:
            return number(random)
        extent = shape[axis] + (random.random() < 0.01)
        dtype = random.choice(["f8", "f4", "f2", "i8", "i4", "u2", ">f8", ">f4"])
        positions = random_calls.coordinates(random, extent, dtype)
        return positions.tolist() if random.random() < 0.1 else positions

    return tuple(one(axis) for axis in axes)


def same_bits(ours, numpys):
    """Equal type, shape and bits, NaNs being one NaN.

    NumPy's complex products add 0 times the other part, which may turn the sign of a zero.
    """
    if ours.dtype != numpys.dtype or not np.array_equal(ours, numpys, equal_nan=True):
        return False
    if ours.dtype.kind == "c":
        return True
    return bool(np.all(np.isnan(ours) | (np.signbit(ours) == np.signbit(numpys))))


def is_right(ours, call):
    """Whether results that may differ from NumPy's are those of wider numbers."""
    f, spacings, axis, edge_order = call
    if isinstance(ours, Exception):
        return isinstance(ours, ValueError)
    bound = _bound(call)
    if f.dtype.kind != "c":
        exact = outcome(np.gradient, f.astype(np.longdouble), *call[1:])
        pairs = zip(_components(ours), _components(exact), strict=True)
        return all(_is_near(*pair, bound) for pair in pairs)
    real, imag = (outcome(np.gradient, part, *call[1:]) for part in (f.real, f.imag))
    parts = zip(_components(ours), _components(real), _components(imag), strict=True)
    return all(_is_near(o.real, r, bound) and _is_near(o.imag, i, bound) for o, r, i in parts)


def _components(results):
    return results if isinstance(results, tuple) else (results,)


def _is_near(one, exact, bound):
    return np.allclose(one.astype(np.longdouble), exact, 0, bound, equal_nan=True)


def _bound(call):
    # Samples, three weights with up to seven roundings each, products and sums. Weights are
    # at most 8 over the least step, and of the type of the spacing.
    f, spacings, _, _ = call
    steps = [np.abs(np.diff(np.asarray(x, float)) if np.ndim(x) else float(x)) for x in spacings]
    least = min((float(np.min(step)) for step in steps if np.size(step)), default=1.0)
    types = [f, *spacings] if f.dtype.kind == "c" else spacings
    coarsest = max(map(_eps, types), default=np.finfo(float).eps)
    wide = f.astype(np.clongdouble) if f.dtype.kind == "c" else f.astype(np.longdouble)
    largest = float(max(np.abs(part[np.isfinite(part)]).max() for part in (wide.real, wide.imag)))
    return 16 * coarsest * 8 / least * largest if least else np.inf


def _eps(spacing):
    dtype = getattr(spacing, "dtype", np.dtype(float))
    return float(np.finfo(dtype).eps) if dtype.kind in "fc" else np.finfo(float).eps


def agree(ours, numpys):
    if isinstance(numpys, Exception) or isinstance(ours, Exception):
        return type(ours) is type(numpys) and str(ours) == str(numpys)
    if isinstance(numpys, tuple):
        return isinstance(ours, tuple) and all(
            same_bits(*pair) for pair in zip(ours, numpys, strict=True)
        )
    return isinstance(ours, np.ndarray) and same_bits(ours, numpys)


def intended(f, numpys):
    """The item of docs/python.md by which an outcome may differ from NumPy's."""
    if type(numpys) is IndexError:
        return "coordinates of a short axis"
    if f.dtype in (np.int64, np.uint64) and np.any(np.abs(f.astype(np.float64)) >= 2.0**53):
        return "64-bit integers"
    if f.dtype.kind == "c" and not np.isfinite(f).all():
        return "infinite parts"
    return None


def test_random_calls_have_the_bits_of_numpy():
    random = np.random.default_rng(20261126)
    types = random_calls.INTEGERS + 4 * random_calls.REALS + 2 * random_calls.COMPLEX
    excused = collections.Counter()
    for case in range(random_calls.COUNT):
        shape = random_calls.shape(random)
        f = random_calls.samples(random, shape, random.choice(types))
        f = random_calls.strided(random, f)
        axis = random_calls.axes(random, f.ndim)
        call = f, spacings(random, shape, axis), axis, int(random.integers(1, 3))
        ours = outcome(gridgrad.numpy.gradient, *call)
        numpys = outcome(np.gradient, *call)
        if not agree(ours, numpys):
            reason = intended(f, numpys)
            assert reason, f"case {case}: {call}"
            assert is_right(ours, call), f"case {case}: {call}"
            excused[reason] += 1
    share = sum(excused.values()) / random_calls.COUNT
    print(f"{random_calls.COUNT} calls; {share:.2%} differ as intended: {dict(excused)}")
    assert share <= 0.03


def test_own_tests_of_numpy_pass_with_the_function_replaced(tmp_path):
    path = os.pathsep.join([str(PEER_TESTS), os.environ.get("PYTHONPATH", "")])
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        + ["-p", "gradient_of_numpy_is_ours", "-k", "TestGradient"]
        + ["--pyargs", "numpy.lib.tests.test_function_base"],
        env={**os.environ, "PYTHONPATH": path},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    print(run.stdout)
    assert run.returncode == 0
    assert "28 passed" in run.stdout


def test_usual_calls_do_not_reach_numpy(monkeypatch):
    def unexpected(*arguments, **options):
        raise AssertionError("handed to NumPy")

    monkeypatch.setattr(gridgrad.numpy, "_gradient_of_numpy", unexpected)
    for dtype in random_calls.INTEGERS + random_calls.REALS + random_calls.COMPLEX:
        f = np.arange(24).reshape(4, 6).astype(dtype)
        for axis, edge_order in itertools.product([None, 0, -1, (1, 0)], [1, 2]):
            gridgrad.numpy.gradient(f.T, 0.5, axis=axis, edge_order=edge_order)
        gridgrad.numpy.gradient(f, np.arange(4.0) ** 2, np.float32(3))
    gridgrad.numpy.gradient([[1, 2, 4], [3, 5, 9]])


def test_what_numpy_may_warn_of_is_tried_once(monkeypatch):
    tries = []
    native = _native.numpy_gradient
    monkeypatch.setattr(_native, "numpy_gradient", lambda *call: tries.append(1) or native(*call))
    with np.errstate(all="ignore"):
        for axis in (None, 0, (0,)):
            gridgrad.numpy.gradient(np.array([np.inf, 1.0, np.inf]), axis=axis)

    assert len(tries) == 3


@pytest.mark.parametrize("order", ["C", "F", "K"])
def test_results_are_in_the_memory_order_of_the_field(order):
    f = np.random.default_rng(1).random((5, 6, 7)).transpose(1, 2, 0).copy(order)

    for ours, numpys in zip(gridgrad.numpy.gradient(f), np.gradient(f), strict=True):
        assert ours.strides == numpys.strides


def test_warnings_are_those_of_numpy():
    calls = [([1.0, 2.0], 0.0), ([np.inf, 1.0, np.inf], 1.0), ([1e308, 0.0, -1e308], 1.0)]
    for f, spacing in calls:
        texts = []
        for function in (np.gradient, gridgrad.numpy.gradient):
            with warnings.catch_warnings(record=True) as seen:
                warnings.simplefilter("always")
                function(np.array(f), np.float64(spacing))
            texts.append([(one.category, str(one.message)) for one in seen])
        assert texts[0] == texts[1] != []
    with np.errstate(all="raise"), pytest.raises(FloatingPointError):
        gridgrad.numpy.gradient(np.array([1e-308, 3e-308, 4e-308]), 1e5)


def test_wide_integers_are_subtracted_exactly():
    top = 2**53
    f = np.array([top + 1, top + 3, top + 5])

    np.testing.assert_array_equal(gridgrad.numpy.gradient(f), [2, 2, 2])
    np.testing.assert_array_equal(np.gradient(f), [4, 2, 0])


@pytest.mark.parametrize("edge_order", [0, -1, 1.5, False, np.float64(0.5)])
def test_refuses_an_edge_order_that_numpy_takes_for_2(edge_order):
    with pytest.raises(ValueError, match="^edge_order: .* given; 1 or 2 is needed$"):
        gridgrad.numpy.gradient(np.arange(5.0), edge_order=edge_order)


@pytest.mark.parametrize("edge_order", [True, 1.0, np.int8(1)])
def test_takes_what_equals_1_for_1(edge_order):
    np.testing.assert_array_equal(
        gridgrad.numpy.gradient(np.array([0.0, 1, 4]), edge_order=edge_order), [1, 2, 3]
    )


@pytest.mark.parametrize("extent", [0, 1])
def test_coordinates_of_too_short_an_axis_are_a_value_error(extent):
    with pytest.raises(ValueError, match="Shape of array too small") as caught:
        gridgrad.numpy.gradient(np.zeros(extent), np.zeros(extent))
    assert not isinstance(caught.value, IndexError)
    with pytest.raises(IndexError):
        np.gradient(np.zeros(extent), np.zeros(extent))


def test_refuses_masked_coordinates():
    x = np.ma.array([0.0, 1, 2, 4, 6], mask=[0, 0, 1, 0, 0])

    with pytest.raises(ValueError, match="^coordinates: a masked one given"):
        gridgrad.numpy.gradient(np.arange(5.0), x)


def test_truths_as_coordinates_are_0_and_1():
    f = np.array([1.0, 2, 5])
    with np.errstate(all="ignore"):
        expected = np.gradient(f, np.array([0.0, 1, 0]))

        ours = gridgrad.numpy.gradient(f, np.array([False, True, False]))
    np.testing.assert_array_equal(ours, expected)


def test_dates_of_this_century_are_differenced_exactly():
    since = np.array([0, 2, 8, 18], "m8[ns]")
    for year in ("2024", "2200"):
        f = np.datetime64(year, "ns") + since

        ours = gridgrad.numpy.gradient(f, edge_order=2)

        # 2 t^2 at t = 0, 1, 2, 3 has the derivative 4 t.
        np.testing.assert_array_equal(ours, np.array([0, 4, 8, 12], "m8[ns]"))
    with np.errstate(all="ignore"):
        assert np.isnat(np.gradient(f, edge_order=2)[0])


def test_both_infinite_and_finite_parts_of_complex_results_are_kept():
    f = np.array([1 + 1j, 2 + 2j, np.inf + 4j])

    with np.errstate(all="ignore"):
        assert gridgrad.numpy.gradient(f)[1] == np.inf + 1.5j
        assert np.isnan(np.gradient(f)[1].imag)


def test_masks_and_subclasses_are_kept():
    masked = np.ma.array([1.0, 2, 4, 8], mask=[0, 1, 0, 0])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        matrix = np.matrix([[1.0, 2], [4, 8]])

    assert isinstance(gridgrad.numpy.gradient(masked), np.ma.MaskedArray)
    np.testing.assert_array_equal(
        np.ma.getmaskarray(gridgrad.numpy.gradient(masked)),
        np.ma.getmaskarray(np.gradient(masked)),
    )
    assert all(type(part) is np.matrix for part in gridgrad.numpy.gradient(matrix))


def test_what_the_library_does_not_compute_is_computed_by_numpy():
    halves = [fractions.Fraction(1, 2), fractions.Fraction(3, 2), fractions.Fraction(4)]
    for f in (np.array(halves, object), np.arange(4, dtype=np.longdouble) ** 2):
        assert _native.numpy_gradient(f, (), None, 1) is None
        np.testing.assert_array_equal(gridgrad.numpy.gradient(f), np.gradient(f))
    swapped = np.arange(5.0).astype(">f8")
    assert gridgrad.numpy.gradient(swapped).dtype == np.gradient(swapped).dtype
