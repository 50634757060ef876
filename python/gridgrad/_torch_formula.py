# _torch_formula.py: torch.gradient along one axis, written in torch's own operations
#
# SPDX-License-Identifier: BSD-3-Clause
"""What torch differentiates and transforms itself: the operations and the types of
``torch.gradient``, in its order, for the calls that no operator of ours serves. Unlike
there, whole numbers are subtracted exactly, and so are coordinates."""

from __future__ import annotations

import torch
from torch import Tensor

from gridgrad._torch_call import Spacing, is_integer


def gradient_along(f: Tensor, spacing: Spacing, dim: int, edge_order: int) -> Tensor:
    """The component of the gradient along `dim`."""
    if not isinstance(spacing, Tensor):
        return _at_distance(f, spacing, dim, edge_order)
    return _at_coordinates(f, spacing, dim, edge_order)


def _part(f: Tensor, dim: int, start: int, length: int) -> Tensor:
    """Samples from `start` on, which counts from the end where it is negative."""
    return f.narrow(dim, start % f.shape[dim], length)


def _at_distance(f: Tensor, h: float | complex, dim: int, edge_order: int) -> Tensor:
    inside = f.shape[dim] - 2
    center = (_part(f, dim, 2, inside) - _part(f, dim, 0, inside)) / h / 2
    if edge_order == 1:
        lower = (_part(f, dim, 1, 1) - _part(f, dim, 0, 1)) / h
        upper = (_part(f, dim, -1, 1) - _part(f, dim, -2, 1)) / h
    else:
        first = [_part(f, dim, k, 1) for k in (0, 1, 2)]
        last = [_part(f, dim, k, 1) for k in (-3, -2, -1)]
        lower = (-1.5 * first[0] + 2 * first[1] - 0.5 * first[2]) / h
        upper = (0.5 * last[0] - 2 * last[1] + 1.5 * last[2]) / h
    return torch.cat([lower, center, upper], dim)


def _at_coordinates(f: Tensor, x: Tensor, dim: int, edge_order: int) -> Tensor:
    weights = torch.get_default_dtype() if is_integer(x.dtype) else x.dtype
    d = _distances(x)
    inside = f.shape[dim] - 2
    a, b, c = (
        w.to(weights).reshape([-1 if k == dim else 1 for k in range(f.dim())])
        for w in _interior(d[:-1], d[1:])
    )
    center = (
        a * _part(f, dim, 0, inside) + b * _part(f, dim, 1, inside) + c * _part(f, dim, 2, inside)
    )
    if edge_order == 1:
        lower = (_part(f, dim, 1, 1) - _part(f, dim, 0, 1)) / d[0]
        upper = (_part(f, dim, -1, 1) - _part(f, dim, -2, 1)) / d[-1]
    else:
        first = [_part(f, dim, k, 1) for k in (0, 1, 2)]
        last = [_part(f, dim, k, 1) for k in (-3, -2, -1)]
        lower = _weighed([w.to(weights) for w in _lower(d[0], d[1])], first)
        upper = _weighed([w.to(weights) for w in _upper(d[-2], d[-1])], last)
    return torch.cat([lower, center, upper], dim)


def _distances(x: Tensor) -> Tensor:
    """Of neighbours; those of whole numbers in float64."""
    if not is_integer(x.dtype):
        return x[1:] - x[:-1]
    whole = x.to(torch.int64)
    return _difference(whole[1:], whole[:-1])


def rebased(x: Tensor) -> Tensor:
    """Coordinates in float64; whole numbers since the first, so that steps keep their digits."""
    if not is_integer(x.dtype):
        return x.to(torch.float64)
    whole = x.to(torch.int64)
    return _difference(whole, whole[0])


def _difference(a: Tensor, b: Tensor) -> Tensor:
    """Of whole numbers, in float64 and rounded once: halves do not wrap."""
    lower_half = 0xFFFFFFFF
    high = ((a >> 32) - (b >> 32)).to(torch.float64)
    low = ((a & lower_half) - (b & lower_half)).to(torch.float64)
    return high * 2.0**32 + low


def _weighed(weights: list[Tensor], parts: list[Tensor]) -> Tensor:
    return weights[0] * parts[0] + weights[1] * parts[1] + weights[2] * parts[2]


# The weights of three samples whose distances are p and q, at each of them.


def _lower(p: Tensor, q: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return -(2 * p + q) / (p * (p + q)), (p + q) / (p * q), -p / (q * (p + q))


def _interior(p: Tensor, q: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return -q / (p * (p + q)), (q - p) / (p * q), p / (q * (p + q))


def _upper(p: Tensor, q: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return q / (p * (p + q)), -(q + p) / (p * q), (2 * q + p) / (q * (p + q))
