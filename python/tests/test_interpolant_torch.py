# test_interpolant_torch.py: what torch differentiates between samples
#
# SPDX-License-Identifier: BSD-3-Clause

import numpy as np
import pytest
import torch

import gridgrad
from gridgrad import Antisymmetric, Cells, Constant, Neumann, Periodic
from gridgrad.torch import Interpolant
from surfaces import EPS, refused

KINDS = pytest.mark.parametrize(
    "kind",
    [{"interpolation": "linear"}, {"accuracy": 2}, {"accuracy": 4}],
    ids=["linear", "cubic", "cubic-4"],
)
X = np.array([0.0, 0.7, 2.0, 2.6, 4.1, 5.0, 6.2])

# Coordinates along two axes, and boundaries.
AXES = {
    "uniform": ((1.0, Cells(-0.45, 0.8)), None),
    "irregular": ((1.0, X), None),
    "decreasing": ((-1.0, X[::-1].copy()), {0: "symmetric"}),
    "periodic": ((1.0, X), {0: "periodic", 1: Periodic(7.1)}),
    "symmetric": ((1.0, X), {0: "symmetric-half", 1: ("symmetric", "symmetric-half")}),
    "antisymmetric": ((X[:6], 1.0), {0: Antisymmetric(), 1: Antisymmetric(level="end-value")}),
    "others": ((X[:6], 1.0), {0: "nearest", 1: Neumann()}),
}
GRIDS = pytest.mark.parametrize("grid", AXES)


def _map():
    return torch.from_numpy(np.random.default_rng(1).uniform(-1, 1, (6, 7)))


def _points(grid):
    """Inside, close to borders, outside along one axis and along both."""
    inside = [[1.3, 3.1], [0.2, 0.4], [4.9, 3.9]]
    points = torch.tensor([*inside, [-1.7, 3.3], [2.2, 7.3], [-2.3, 8.1]], dtype=torch.float64)
    return points * torch.tensor([-1.0, 1.0]) if grid == "decreasing" else points


def _made(f, grid, **options):
    coordinates, boundary = AXES[grid]
    return Interpolant(f, *coordinates, boundary=boundary, **options)


@KINDS
@GRIDS
@pytest.mark.parametrize("outside", ["extend", "clamp"])
def test_first_and_second_derivatives_in_samples_and_points(grid, kind, outside):
    inputs = _map().requires_grad_(), _points(grid).requires_grad_()

    for name in ("__call__", "gradient"):

        def function(f, points, name=name):
            return getattr(_made(f, grid, outside=outside, **kind), name)(points)

        assert torch.autograd.gradcheck(function, inputs, fast_mode=name != "__call__")
        assert torch.autograd.gradgradcheck(function, inputs, fast_mode=True)


@KINDS
@GRIDS
@pytest.mark.parametrize("outside", ["missing", "extend", "clamp"])
def test_the_formula_is_that_of_the_engine(grid, kind, outside):
    """Of any axis, the terms of a weight sum to at most 2 + 2 * 4 slopes, the largest of
    rows over spacings of at least 0.6, times at most 6 per derivative and spacing. They are
    rounded 16 times, and at most 6**2 products are added. Locations, up to 10 spacings from
    0, are rounded too; continued slopes reach up to 4 spacings beyond.
    """
    p = _made(_map(), grid, outside=outside, **kind)
    points = torch.cat([_points(grid), _points("uniform") * 0.7, torch.full((1, 2), torch.nan)])

    for order in (0, 1, 2):
        (engine,) = p.computed(points, (order,))
        formula = p.formula(_map(), points, order)

        bound = (36 + 2 * 16 + 10) * EPS * (10 * 4) ** 2 * (6 / 0.6) ** order
        assert torch.equal(engine.isnan(), formula.isnan())
        assert (engine - formula).abs().nan_to_num().max() <= bound


@KINDS
def test_results_are_those_of_arrays(kind):
    f, points = _map(), _points("uniform").reshape(3, 2, 2)
    p = Interpolant(f, 1.0, X, outside="extend", **kind)
    expected = gridgrad.Interpolant(f.numpy(), 1.0, X, outside="extend", **kind)

    for differentiated in (False, True):
        at = points.clone().requires_grad_(differentiated)
        value, gradient = p.value_and_gradient(at)
        for ours, theirs in (
            (p(at), expected(points)),
            (value, expected(points)),
            (gradient, expected.gradient(points)),
            (p.hessian(at), expected.hessian(points)),
        ):
            assert np.array_equal(ours.detach(), theirs)
        assert value.requires_grad == differentiated


def test_derivatives_in_points_are_the_gradient():
    p = Interpolant(_map(), 1.0, X, outside="extend", accuracy=4)
    points = _points("irregular").requires_grad_()

    (gradient,) = torch.autograd.grad(p(points).sum(), points, create_graph=True)
    (row,) = torch.autograd.grad(gradient[:, 0].sum(), points)

    scale = 78 * EPS * 40**2
    assert (gradient - p.gradient(points)).abs().max() <= scale * 10
    assert (row - p.hessian(points)[:, 0]).abs().max() <= scale * 100


def test_missing_locations_let_no_gradient_through():
    f, points = _map().requires_grad_(), _points("uniform").requires_grad_()
    value = Interpolant(f)(points)

    value[~value.isnan()].sum().backward()

    assert value.isnan().tolist() == [False, False, False, True, True, True]
    assert f.grad.isfinite().all() and (points.grad[3:] == 0).all()


@pytest.mark.parametrize("rank", [1, 3])
def test_other_ranks_and_components(rank):
    random = np.random.default_rng(2)
    f = torch.from_numpy(random.uniform(-1, 1, (5,) * rank + (2,))).requires_grad_()
    points = torch.from_numpy(random.uniform(0, 4, (3, rank)[: 1 if rank == 1 else 2]))
    axes = [np.arange(5.0)] * rank

    p = Interpolant(f, *axes)

    expected = gridgrad.Interpolant(f.detach().numpy(), *axes)
    assert np.array_equal(p(points).detach(), expected(points))
    assert np.array_equal(p.gradient(points).detach(), expected.gradient(points))
    assert p.hessian(points).shape == expected.hessian(points).shape
    inputs = f, points.requires_grad_()
    assert torch.autograd.gradcheck(lambda f, points: Interpolant(f, *axes)(points), inputs)


def test_complex_samples():
    f = torch.complex(_map(), _map().flip(0)).requires_grad_()
    inputs = f, _points("uniform").requires_grad_()

    def function(f, points):
        return Interpolant(f, outside="extend")(points)

    assert torch.autograd.gradcheck(function, inputs)
    assert torch.autograd.gradgradcheck(function, inputs, fast_mode=True)


@pytest.mark.parametrize(
    "samples, points, result",
    [
        (torch.float32, torch.float32, torch.float32),
        (torch.float32, torch.float64, torch.float64),
        (torch.bfloat16, torch.bfloat16, torch.bfloat16),
        (torch.uint8, torch.float32, torch.float32),
        (torch.int64, torch.int64, torch.float32),
    ],
)
def test_types_are_promoted_as_torch_does(samples, points, result):
    p = Interpolant((10 * _map()).abs().to(samples))
    assert p(torch.tensor([1, 2]).to(points)).dtype == result


def test_samples_that_move_are_followed():
    layer = torch.nn.Linear(6, 7, bias=False, dtype=torch.float64)
    p = Interpolant(layer.weight)
    point = torch.tensor([1.5, 2.5], dtype=torch.float64)

    with torch.no_grad():
        layer.weight += 1
    layer.weight.data = layer.weight.data.clone().mul_(2)

    expected = gridgrad.Interpolant(layer.weight.detach().numpy())(point.numpy())
    assert p(point).item() == expected


def test_transforms_and_compilation():
    f, points = _map(), _points("uniform")[:3]
    p = Interpolant(f, outside="extend")
    expected = p.gradient(points)

    by_transform = torch.func.vmap(torch.func.grad(p))(points)
    compiled = torch.compile(p.__call__, backend="eager")(points)

    assert (by_transform - expected).abs().max() <= 78 * EPS * 40**2 * 10
    assert (compiled - p(points)).abs().max() <= 78 * EPS * 40**2


def test_learning_moves_points_to_the_minimum():
    y, x = torch.linspace(-2, 2, 41), torch.linspace(-1, 3, 41)
    p = Interpolant((y[:, None] - 0.5) ** 2 + (x - 1) ** 2, y, x, outside="extend")
    points = torch.nn.Parameter(torch.tensor([[-1.9, 2.8], [1.4, -0.7]]))
    optimizer = torch.optim.SGD([points], lr=0.3)

    for _ in range(30):
        optimizer.zero_grad()
        p(points).sum().backward()
        optimizer.step()

    # Each step leaves 1 - 2 * 0.3 of the distance.
    assert (points - torch.tensor([0.5, 1.0])).abs().max() <= 1e-5


@pytest.mark.parametrize(
    "kind, message, make",
    [
        (TypeError, "f: ndarray given; a tensor is needed", lambda: Interpolant(np.zeros((5, 5)))),
        (
            NotImplementedError,
            "interpolation: 'spline' given; linear and cubic are differentiable",
            lambda: Interpolant(_map(), interpolation="spline"),
        ),
        (
            NotImplementedError,
            "boundary: Constant given; its values are no samples",
            lambda: Interpolant(_map(), boundary=Constant(1)),
        ),
        (
            TypeError,
            "coordinates: a tensor that requires grad given; give its .detach()",
            lambda: Interpolant(_map(), 1.0, torch.arange(7.0, requires_grad=True)),
        ),
        (
            TypeError,
            "coordinates: times given; a tensor has no times, give seconds",
            lambda: Interpolant(_map(), 1.0, np.arange(7).astype("M8[s]")),
        ),
        (
            ValueError,
            "points: shape (3,) given; the last extent is the rank of the field, 2",
            lambda: Interpolant(_map())(torch.zeros(3)),
        ),
        (
            ValueError,
            "accuracy: 3 given; 2 or 4 is accepted",
            lambda: Interpolant(_map().to(torch.bfloat16), accuracy=3),
        ),
    ],
)
def test_refusals(kind, message, make):
    with refused(kind, message):
        make()
