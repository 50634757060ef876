# test_interpolant.py: value, gradient and Hessian at locations
#
# SPDX-License-Identifier: BSD-3-Clause


import numpy as np
import pytest
from scipy.interpolate import CubicSpline, RectBivariateSpline, RegularGridInterpolator
from scipy.optimize import minimize
from scipy.sparse import csr_array
from scipy.sparse.linalg import spsolve

import gridgrad
from gridgrad import Antisymmetric, Constant, Interpolant, Neumann, Periodic, Status
from surfaces import EPS, bump, positions, refused, within

KINDS = pytest.mark.parametrize("kind", ["linear", "cubic", "spline"])


def test_a_cell_by_hand():
    """Swapped weights would give (2.5, 2.5)."""
    p = Interpolant([[0, 1], [2, 5]], interpolation="linear")

    value, gradient = p.value_and_gradient((0.25, 0.75))

    assert type(value) is float and value == p([0.25, 0.75]) == 1.625
    assert gradient.tolist() == p.gradient(np.array([0.25, 0.75])).tolist() == [3.5, 1.5]
    assert p.hessian([0.25, 0.75]).tolist() == [[0, 2], [2, 0]]
    assert p.status([0.25, 0.75]) is Status.inside
    assert repr(p) == "<gridgrad.Interpolant: linear, 2 x 2 samples>"


@KINDS
def test_batches_and_single_locations_have_the_same_bits(kind):
    random = np.random.default_rng(1)
    axes = [positions(random, count) for count in (6, 7, 8)]
    p = Interpolant(random.normal(size=(6, 7, 8)), *axes, interpolation=kind, outside="extend")
    points = within(random, axes, 60).reshape(3, 4, 5, 3) * 1.2

    value, gradient = p.value_and_gradient(points)
    hessian, status = p.hessian(points), p.status(points)

    assert (value.shape, gradient.shape) == ((3, 4, 5), (3, 4, 5, 3))
    assert (hessian.shape, status.shape, status.dtype) == ((3, 4, 5, 3, 3), (3, 4, 5), np.uint8)
    assert np.array_equal(p(tuple(np.moveaxis(points, -1, 0))), value)
    for at in np.ndindex(3, 4, 5):
        for point in (points[at], points[at].tolist(), tuple(points[at]), points[at][::-1][::-1]):
            assert p(point) == value[at]
            assert np.array_equal(p.gradient(point), gradient[at])
            assert np.array_equal(p.value_and_gradient(point)[1], gradient[at])
            assert np.array_equal(p.hessian(point), hessian[at])
            assert p.status(point) == status[at]


def test_a_tuple_has_one_array_per_axis_and_they_broadcast():
    f, y, x = bump()
    p = Interpolant(f, y, x)

    on_grid = p((y[:, None], x))

    assert on_grid.shape == f.shape
    assert np.abs(on_grid - f).max() <= 4 * EPS * f.max()
    with refused(ValueError, "points: a tuple of 3 given for 2 axes; it has one array per axis"):
        p((1.0, 2.0, 3.0))


def test_every_number_is_a_location_of_one_axis():
    x = np.linspace(0, 2, 21)
    p = Interpolant(x**2, x)
    points = np.array([[0.25, 0.5], [1.75, 3.0]])

    value, slope = p.value_and_gradient(points)

    assert value.shape == slope.shape == p.hessian(points).shape == (2, 2)
    np.testing.assert_allclose(value[0], [0.0625, 0.25], rtol=8 * EPS)
    assert np.isnan(value[1, 1]) and p.status(points).tolist() == [[0, 0], [0, 1]]
    for point in (0.25, np.float64(0.25), np.array(0.25)):
        assert p.value_and_gradient(point) == (value[0, 0], slope[0, 0])
        assert all(type(one) is float for one in p.value_and_gradient(point))
    found = minimize(Interpolant((x - 1.23) ** 2, x).value_and_gradient, [0.3], jac=True)
    assert abs(found.x[0] - 1.23) < 1e-8


def test_minimize_walks_to_the_minimum():
    """Quadratics are exact, so the found minimum has BFGS's own tolerance on the gradient."""
    p = Interpolant(*bump(), outside="extend")

    found = minimize(p.value_and_gradient, [-1.7, 2.9], jac=True)

    assert found.success and np.abs(found.x - [0.5, 1]).max() <= 1e-5
    newton = minimize(p, [-1.7, 2.9], jac=p.gradient, hess=p.hessian, method="trust-exact")
    assert newton.success and np.abs(newton.x - [0.5, 1]).max() <= 1e-4


@pytest.mark.parametrize("outside, bounds", [("extend", None), ("missing", [(-2, 2), (-1, 3)])])
def test_minimize_whose_first_step_leaves_the_samples(outside, bounds):
    """The step has length 1, and ends 0.2 beyond two borders."""
    y, x = np.linspace(-2, 2, 41), np.linspace(-1, 3, 41)
    p = Interpolant((y[:, None] - 1.9) ** 2 + (x - 2.9) ** 2, y, x, outside=outside)

    found = minimize(p.value_and_gradient, [1.5, 2.5], jac=True, bounds=bounds)

    assert found.success and np.abs(found.x - [1.9, 2.9]).max() <= 1e-5


@pytest.mark.parametrize("accuracy", [2, 4])
@pytest.mark.parametrize(
    "boundary", ["one-sided", Periodic(20.0), "symmetric", Antisymmetric(), Constant(0.5)]
)
def test_gradients_at_samples_are_those_of_gradient(boundary, accuracy):
    """At most 2 * 6 terms, each of a weight of at most 2 / 0.5 and rounded a few times."""
    random = np.random.default_rng(2)
    x = positions(random, 9)
    f = random.uniform(-1, 1, (9, 10))
    options = {"accuracy": accuracy, "boundary": {0: boundary}}

    p = Interpolant(f, x, 0.75, **options)
    value, gradient = p.value_and_gradient((x[:, None], 0.75 * np.arange(10)))

    expected = np.stack(gridgrad.gradient(f, x, 0.75, **options), axis=-1)
    assert np.abs(gradient - expected).max() <= 12 * 4 * 4 * EPS
    assert np.abs(value - f).max() <= 12 * EPS


def _assert_equal_splines(ours, theirs, rank):
    """Within 1e-11 of the field, and of its derivatives over spacings of at least 0.5."""
    value, gradient, hessian = ours
    one = np.eye(rank, dtype=int)
    assert np.abs(value - theirs(0 * one[0])).max() <= 1e-11
    for a in range(rank):
        assert np.abs(gradient[..., a] - theirs(one[a])).max() <= 1e-11 / 0.5
        for b in range(rank):
            assert np.abs(hessian[..., a, b] - theirs(one[a] + one[b])).max() <= 1e-11 / 0.5**2


@pytest.mark.parametrize("seed", range(200))
def test_splines_are_those_of_scipy(seed):
    random = np.random.default_rng(seed)
    rank = 2 if seed % 2 else int(random.integers(1, 4))
    axes = [positions(random, count) for count in random.integers(4, 14 if rank < 3 else 8, rank)]
    f = random.uniform(-1, 1, [len(x) for x in axes])
    points = within(random, axes, 30)

    p = Interpolant(f, *axes, interpolation="spline")
    at = points[:, 0] if rank == 1 else points
    ours = p(at), p.gradient(at).reshape(-1, rank), p.hessian(at).reshape(-1, rank, rank)

    grid = RegularGridInterpolator(axes, f, method="cubic", solver=spsolve)
    _assert_equal_splines(ours, lambda nu: grid(points, nu=nu), rank)
    if rank == 2:
        surface = RectBivariateSpline(*axes, f, s=0)
        _assert_equal_splines(ours, lambda nu: surface.ev(*points.T, *nu), rank)


@pytest.mark.parametrize(
    "name, boundary",
    [
        ("not-a-knot", None),
        ("natural", Antisymmetric(level="end-value")),
        ("clamped", Neumann()),
        ("clamped", "symmetric"),
        ("periodic", Periodic(12.0)),
    ],
)
def test_ends_of_splines_are_those_of_scipy(name, boundary):
    random = np.random.default_rng(3)
    x = np.append(positions(random, 9, (0.5, 1.3)), 0)
    f = np.append(random.uniform(-1, 1, 9), 0)
    x[-1], f[-1] = x[0] + 12, f[0]
    ours, theirs = (slice(None, 9), slice(None)) if name == "periodic" else (slice(None),) * 2
    points = random.uniform(x[0], x[-1], 50)

    p = Interpolant(f[ours], x[ours], interpolation="spline", boundary=boundary)
    spline = CubicSpline(x[theirs], f[theirs], bc_type=name)

    results = p(points), p.gradient(points)[:, None], p.hessian(points)[:, None, None]
    _assert_equal_splines(results, lambda nu: spline(points, nu[0]), 1)


def test_a_last_axis_of_components_gives_jacobians():
    random = np.random.default_rng(8)
    f = random.normal(size=(6, 7, 3))
    x = np.arange(7) * 0.5
    points = within(random, [np.arange(6), x], 10)

    p = Interpolant(f, 1.0, x)
    value, jacobian = p.value_and_gradient(points)

    assert (value.shape, jacobian.shape) == ((10, 3), (10, 3, 2))
    assert p.hessian(points).shape == (10, 3, 2, 2)
    one = Interpolant(f[..., 1], 1.0, x)
    assert np.array_equal(value[:, 1], one(points))
    assert np.array_equal(jacobian[:, 1], one.gradient(points))
    assert p([1.0, 1.0]).shape == (3,) and p.gradient([1.0, 1.0]).shape == (3, 2)
    path = Interpolant(f[:, 0], np.arange(6.0))
    assert path(2.5).shape == path.gradient(2.5).shape == (3,)
    assert path.gradient(np.zeros((4, 5))).shape == (4, 5, 3)


def test_beyond_the_samples():
    f, y, x = bump()
    point = [9.0, 0.5]
    options = ("missing", "extend", "clamp")
    missing, extend, clamp = (Interpolant(f, y, x, outside=rule) for rule in options)

    assert np.isnan(missing(point)) and np.isnan(missing.gradient(point)).all()
    assert extend.value_and_gradient(point)[0] > extend([2.0, 0.5])
    assert clamp(point) == clamp([2.0, 0.5]) and clamp.gradient(point)[0] == 0
    assert [p.status(point) for p in (missing, extend, clamp)] == [Status.outside] * 3


def test_periodic_and_symmetric_axes_go_on():
    longitude = np.arange(0, 360, 10.0)
    wave = np.cos(np.radians(longitude))

    p = Interpolant(wave, longitude, boundary=Periodic(360))
    even = Interpolant(wave[:19], longitude[:19], boundary="symmetric")

    around = np.array([-725.0, -5.0, 355.0, 3595.0])
    assert np.abs(p(around) - p(355.0)).max() <= 8 * EPS
    assert p.status(around).tolist() == [0, 0, 0, 0]
    assert abs(even(-15.0) - even(15.0)) <= 8 * EPS
    assert abs(even.gradient(-15.0) + even.gradient(15.0)) <= 8 * EPS


def test_rows_are_the_weights_of_samples():
    random = np.random.default_rng(10)
    axes = [positions(random, count) for count in (6, 9)]
    f = random.uniform(-1, 1, (6, 9))
    p = Interpolant(f, *axes, accuracy=4, boundary={1: Periodic(30)})
    points = within(random, axes, 20)

    def partial(along):
        rows = p.rows(points, along)
        matrix = csr_array((rows.weights, rows.columns, rows.starts), shape=(20, f.size))
        return matrix @ f.ravel(), abs(matrix).sum(axis=1).max()

    for along, expected in (
        ((), p(points)),
        (1, p.gradient(points)[:, 1]),
        ((0, -1), p.hessian(points)[:, 0, 1]),
        ((1, 1), p.hessian(points)[:, 1, 1]),
    ):
        product, scale = partial(along)
        assert np.abs(product - expected).max() <= (36 + 6) * EPS * scale
    assert len(p.rows(points[0]).starts) == 2
    assert p.rows([[99.0, 99.0]]).starts.tolist() == [0, 0]


@pytest.mark.parametrize("rank", [5, 6])
def test_more_axes_than_single_queries_serve(rank):
    random = np.random.default_rng(12)
    f = random.uniform(-1, 1, (4,) * rank)
    p = Interpolant(f, interpolation="linear")
    point = random.uniform(0, 3, rank)

    value, gradient = p.value_and_gradient(point)

    grid = RegularGridInterpolator([np.arange(4.0)] * rank, f)
    assert abs(value - grid(point)[0]) <= 2**rank * 4 * EPS
    assert gradient.shape == (rank,) and p.hessian(point).shape == (rank, rank)
