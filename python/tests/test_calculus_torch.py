# test_calculus_torch.py: operators on tensors that require grad
#
# SPDX-License-Identifier: BSD-3-Clause

import re

import numpy as np
import pytest

import gridgrad
from gridgrad import Constant, Ellipsoid, Metric, Periodic, Sphere

torch = pytest.importorskip("torch")

LAT, LON = np.linspace(-60, 60, 5), np.arange(6) * 60.0
SCALES = np.random.default_rng(3).uniform(0.5, 2, (2, 5, 6))
GRIDS = {
    "plane": ((0.5, 2.0), {"edge_order": 2}),
    "sphere": ((LON, LAT), {"metric": Sphere(1.0), "boundary": {1: Periodic(360)}}),
    "ellipsoid": ((LON, LAT), {"metric": Ellipsoid(1.0)}),
    "scaled": ((), {"metric": Metric.scaled({0: SCALES[0], 1: SCALES[1]})}),
}
VECTOR = ["divergence", "curl", "jacobian", "strain_rate", "rotation"]


def tensors(count, dtype=torch.float64):
    generator = torch.Generator().manual_seed(7)
    return tuple(
        torch.randn(5, 6, dtype=dtype, generator=generator).requires_grad_() for _ in range(count)
    )


def arrays(results):
    return [one.detach().numpy() for one in results]


@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize("name", [*VECTOR, "laplacian", "hessian", "gradient", "magnitude"])
def test_derivatives_are_those_of_the_operator(name, grid):
    spacing, options = GRIDS[grid]
    operator = getattr(gridgrad, name)
    fields = tensors(2 if name in VECTOR else 1)

    def function(*given):
        f = given if name in VECTOR else given[0]
        return operator(f, *spacing, axis=(1, 0), **options)

    assert torch.autograd.gradcheck(function, fields)
    assert grid != "scaled" or torch.autograd.gradgradcheck(function, fields)
    plain = function(*(f.detach() for f in fields))
    is_ours = name != "magnitude" and (name != "gradient" or grid != "plane")
    if is_ours:
        np.testing.assert_array_equal(arrays(function(*fields)), arrays(plain))


def test_directional_derivatives_follow_the_direction():
    fields = tensors(3)

    def function(f, *direction):
        return gridgrad.directional(f, direction, 0.5)

    assert torch.autograd.gradcheck(function, fields)
    fixed = gridgrad.directional(fields[0], (0.6, 0.8))
    assert torch.autograd.gradcheck(lambda f: gridgrad.directional(f, (0.6, 0.8)), fields[:1])
    np.testing.assert_array_equal(
        fixed.detach(), gridgrad.directional(fields[0].detach().numpy(), (0.6, 0.8))
    )


def test_forward_mode_and_known_ends():
    (f,) = tensors(1)

    def function(f):
        return gridgrad.laplacian(f, boundary=Constant(3))

    assert torch.autograd.gradcheck(function, (f,), check_forward_ad=True)
    assert torch.func.grad(lambda f: function(f).square().sum())(f.detach()).shape == f.shape


def test_complex_and_narrow_types():
    complex_fields = tensors(2, torch.complex128)
    assert torch.autograd.gradcheck(lambda *u: gridgrad.curl(u, 0.5), complex_fields)

    u, v = (one.detach().to(torch.bfloat16).requires_grad_() for one in tensors(2))
    result = gridgrad.divergence([u, v])
    assert result.dtype == torch.bfloat16
    result.sum().backward()
    assert u.grad.dtype == torch.bfloat16


def test_a_component_that_needs_no_gradient():
    u, v = tensors(2)

    gridgrad.divergence([u, v.detach().numpy()]).sum().backward()
    assert u.grad is not None and v.grad is None


def test_refuses_what_has_no_adjoint():
    (f,) = tensors(1)
    poles = np.linspace(-90, 90, 5)
    for call, kind, message in [
        (
            lambda: gridgrad.laplacian(f, missing="adapt"),
            NotImplementedError,
            "transposed: a rule for missing samples given for a tensor that requires grad; give "
            "f.detach()",
        ),
        (
            lambda: gridgrad.laplacian(f, LON, poles, metric=Sphere()),
            NotImplementedError,
            "transposed: a pole among the samples given for a tensor that requires grad; give "
            "f.detach()",
        ),
        (
            lambda: gridgrad.hessian(f, out=torch.empty(2, 2, 5, 6)),
            TypeError,
            "dtype, out: given with tensors that require grad",
        ),
        (
            lambda: gridgrad.laplacian(f, out=torch.empty(5, 6)),
            TypeError,
            "dtype, out: given with tensors that require grad",
        ),
    ]:
        with pytest.raises(kind, match=f"^{re.escape(message)}$"):
            call()
