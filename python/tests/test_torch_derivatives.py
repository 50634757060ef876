# test_torch_derivatives.py: what torch differentiates, transforms and compiles
#
# SPDX-License-Identifier: BSD-3-Clause


import numpy as np
import pytest
import torch
from torch.fx.experimental.proxy_tensor import make_fx

import gridgrad
from gridgrad.torch import gradient

EDGE_ORDERS = pytest.mark.parametrize("edge_order", [1, 2])
TYPES = pytest.mark.parametrize("dtype", [torch.float64, torch.complex128])


@pytest.fixture(autouse=True)
def _same_numbers_every_time():
    torch.manual_seed(20261126)


@EDGE_ORDERS
@TYPES
@pytest.mark.parametrize("at", ["distance", "coordinates"])
def test_derivatives_with_respect_to_values(dtype, edge_order, at):
    f = torch.randn(4, 5, dtype=dtype, requires_grad=True)
    spacing = 0.3 if at == "distance" else (torch.rand(5).double().cumsum(0), _positions(4))

    def function(values):
        return gradient(values, spacing=spacing, dim=(1, 0), edge_order=edge_order)

    assert torch.autograd.gradcheck(function, f, check_forward_ad=True)
    assert torch.autograd.gradgradcheck(function, f)


def _positions(count):
    return torch.tensor([0.0, 1.5, 2.0, 4.0, 7.0, 7.5], dtype=torch.float64)[:count]


@EDGE_ORDERS
@TYPES
def test_derivatives_with_respect_to_coordinates(dtype, edge_order):
    f = torch.randn(5, 2, dtype=dtype, requires_grad=True)
    x = _positions(5).requires_grad_()

    def function(values, positions):
        return gradient(values, spacing=(positions,), dim=0, edge_order=edge_order)[0]

    assert torch.autograd.gradcheck(function, (f, x), check_forward_ad=True)
    assert torch.autograd.gradgradcheck(function, (f, x))


def test_a_component_that_is_not_used_needs_no_gradient():
    f = torch.randn(6, 7, dtype=torch.float64, requires_grad=True)
    weights = torch.randn(6, 7, dtype=torch.float64)

    (gradient(f)[1] * weights).sum().backward()
    ours = f.grad.clone()
    f.grad = None
    (torch.gradient(f)[1] * weights).sum().backward()

    # Six products at most for each of at most four results.
    bound = 24 * torch.finfo(f.dtype).eps * weights.abs().max()
    assert (ours - f.grad).abs().max() <= bound


@TYPES
@EDGE_ORDERS
def test_transforms_of_torch_func(dtype, edge_order):
    f = torch.randn(3, 6, dtype=dtype)

    def function(line):
        return gradient(line, spacing=0.5, edge_order=edge_order)[0]

    expected = torch.gradient(f, spacing=0.5, dim=1, edge_order=edge_order)[0]
    assert torch.equal(torch.func.vmap(function)(f), expected)
    if dtype.is_complex:
        return
    forward = torch.func.jacfwd(function)(f[0])
    # Weights at this distance are -3 to 4, whole: three products and two sums are rounded.
    assert torch.equal(torch.func.jacrev(function)(f[0]), forward)
    bound = 5 * 3 * 4 * torch.finfo(dtype).eps * f.abs().max()
    assert (forward @ f[0] - expected[0]).abs().max() <= bound


@EDGE_ORDERS
def test_operators_pass_the_checks_of_torch(edge_order):
    f = torch.randn(4, 5, dtype=torch.float64, requires_grad=True)
    for positions, distances in [([], [0.5, 2.0]), ([_positions(4), _positions(5)], [])]:
        arguments = (positions, distances, [0, 1], edge_order)
        torch.library.opcheck(torch.ops.gridgrad.gradient.default, (f, *arguments))
        parts = [torch.randn(4, 5, dtype=torch.float64, requires_grad=True) for _ in range(2)]
        torch.library.opcheck(torch.ops.gridgrad.gradient_adjoint.default, (parts, *arguments))


def test_compiles_as_one_graph():
    def loss(values):
        d_y, d_x = gradient(values, spacing=0.5)
        return (d_y**2 + d_x**2).sum()

    f = torch.randn(8, 9, requires_grad=True)
    compiled = torch.compile(loss, fullgraph=True, backend="aot_eager")
    (expected,) = torch.autograd.grad(loss(f), f)
    (ours,) = torch.autograd.grad(compiled(f), f)

    assert torch.equal(ours, expected)


@pytest.mark.parametrize("dtype", [torch.int32, torch.int64, torch.int8])
def test_coordinates_of_whole_numbers_are_differentiated(dtype):
    f = torch.tensor([0, 1, 4, 9], dtype=dtype)
    x = _positions(4).requires_grad_()

    def function(positions):
        return gradient(f, spacing=(positions,))[0]

    assert torch.autograd.gradcheck(function, x, check_forward_ad=True)
    stacked = torch.stack([f, f])
    expected = torch.gradient(stacked, dim=1)[0]
    assert torch.equal(torch.func.vmap(lambda line: gradient(line)[0])(stacked), expected)


def test_what_records_sees_an_operator():
    f = torch.arange(5.0)

    traced = torch.jit.trace(lambda v: gradient(v)[0], (f,), check_trace=False)
    graph = make_fx(lambda v: gradient(v)[0])(f)

    for recorded in (traced, graph):
        assert torch.equal(recorded(f**2), torch.gradient(f**2)[0])


def test_forward_mode_and_transforms_reach_the_native_gradient():
    f = torch.arange(4.0, dtype=torch.float64) ** 2

    _, slope = torch.func.jvp(gridgrad.gradient, (f,), (f,))

    assert torch.equal(slope, torch.gradient(f)[0])
    assert torch.equal(torch.func.vmap(gridgrad.gradient)(f[None])[0], slope)


def test_coordinates_of_the_native_gradient_keep_their_digits():
    f = torch.arange(4.0).requires_grad_()
    stamps = np.array([0, 1, 2, 3], "M8[s]") + np.timedelta64(1_700_000_000, "s")

    for x in (1.7e9 + np.arange(4.0), stamps, stamps.astype(np.int64)):
        assert gridgrad.gradient(f, x).tolist() == [1, 1, 1, 1]
    assert gridgrad.gradient(f, np.timedelta64(500, "ms")).tolist() == [2, 2, 2, 2]
