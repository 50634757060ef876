# test_difference.py: the rows of one axis, built once
#
# SPDX-License-Identifier: BSD-3-Clause

import pickle
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import gridgrad
from gridgrad import Constant, Difference, Neumann, Periodic

X = np.array([0.0, 1, 3, 4, 7, 8, 9, 12, 13, 15])
F = np.random.default_rng(4).random((10, 3))
KINDS = [
    {},
    {"edge_order": 2},
    {"accuracy": 4},
    {"derivative": 2},
    {"boundary": Periodic(20)},
    {"boundary": "symmetric"},
    {"boundary": (Constant(2), Neumann(-1))},
    {"missing": "adapt"},
]


@pytest.mark.parametrize("options", KINDS, ids=str)
def test_applies_what_derivative_computes(options):
    difference = Difference(X, **options)

    np.testing.assert_array_equal(
        difference.apply(F, axis=0), gridgrad.derivative(F, X, axis=0, **options)
    )


@pytest.mark.parametrize("options", KINDS, ids=str)
def test_rows_of_blocks_have_the_bits_of_the_whole(options):
    difference = Difference(X, **options)
    whole = difference.apply(F, axis=0)
    for first in range(10):
        rows = first, min(first + 3, 10)
        support = difference.support(rows)
        block = np.concatenate([F[slice(*bounds)] for bounds in support])

        part = difference.apply(block, axis=0, rows=rows, samples=support)

        np.testing.assert_array_equal(part, whole[slice(*rows)])


@pytest.mark.parametrize("options", KINDS, ids=str)
def test_survives_pickling(options):
    difference = Difference(X, **options)
    copy = pickle.loads(pickle.dumps(difference))

    np.testing.assert_array_equal(copy.apply(F, axis=0), difference.apply(F, axis=0))
    assert repr(copy) == "<gridgrad.Difference: 10 rows of 10 samples>"


def test_does_not_follow_coordinates_that_are_written_to():
    x = X.copy()
    difference = Difference(x)
    x += x

    copy = pickle.loads(pickle.dumps(difference))

    np.testing.assert_array_equal(copy.apply(F, axis=0), gridgrad.derivative(F, X, axis=0))


def test_halos_stop_short():
    difference = Difference(0.5, 10, accuracy=4, boundary="halo")

    assert (difference.extent, difference.row_count) == (10, 6)
    np.testing.assert_array_equal(
        difference.apply(F, axis=0), gridgrad.derivative(F, 0.5, axis=0, accuracy=4)[2:8]
    )


def test_matrix_and_ends():
    difference = Difference(1.0, 4, boundary=("one-sided", Constant(5)))
    rows = difference.rows()
    matrix = np.zeros((4, 4))
    for i in range(4):
        entries = slice(rows.starts[i], rows.starts[i + 1])
        matrix[i, rows.columns[entries]] = rows.weights[entries]

    f = np.array([1.0, 2.0, 4.0, 8.0])
    np.testing.assert_array_equal(matrix @ f + rows.ends @ [0, 5], difference.apply(f))
    assert rows.accuracies.tolist() == [1, 2, 2, 2]


def test_matrix_where_samples_are_missing():
    rows = Difference(1.0, 5, missing="adapt", accuracy=2).rows([0, 0, 1, 0, 0])

    assert rows.starts.tolist() == [0, 2, 4, 4, 6, 8]
    assert rows.accuracies.tolist() == [1, 1, 0, 1, 1]


def test_transpose_is_the_adjoint():
    difference = Difference(X, accuracy=4)
    y = np.random.default_rng(5).random((10, 3))

    left = (difference.apply(F, axis=0) * y).sum()
    right = (F * difference.apply_transposed(y, axis=0)).sum()

    # Five products to a row, thirty rows, weights below 10, everything else below 1.
    assert abs(left - right) <= 30 * 5 * 10 * 5 * np.finfo(float).eps


def test_achieved_accuracy():
    f = np.array([0.0, 1, np.nan, 9, 16, 25])

    orders = Difference(1.0, 6, accuracy=2, missing="adapt").achieved_accuracy(f)

    assert orders.tolist() == [1, 1, 0, 2, 2, 2]


def test_writes_into_given_memory():
    out = np.zeros((10, 6))

    assert Difference(X).apply(F, axis=0, out=out[:, ::2]).base is out
    np.testing.assert_array_equal(out[:, ::2], gridgrad.derivative(F, X, axis=0))
    assert not out[:, 1::2].any()


def test_is_used_by_many_threads_at_once():
    difference = Difference(X, accuracy=4)
    expected = difference.apply(F, axis=0)
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: difference.apply(F, axis=0), range(400)))

    assert all(np.array_equal(result, expected) for result in results)


def test_refusals():
    with pytest.raises(ValueError, match="^extent: not given; it is needed where there are no"):
        Difference(1.0)
    with pytest.raises(ValueError, match="^extent: -1 given"):
        Difference(1.0, -1)
    with pytest.raises(ValueError, match="^field: samples 2 to 6 given; the rows need 2 to 7"):
        Difference(1.0, 10).apply(F[2:6], axis=0, rows=(3, 6), samples=[(2, 6)])
    with pytest.raises(np.exceptions.AxisError):
        Difference(1.0, 10).apply(F, axis=2)
    with pytest.raises(ValueError):
        Difference(1.0, 10).support((3, 11))
