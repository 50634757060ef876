# torch.py: torch.gradient, to the bit, through our operators and their transposes
#
# SPDX-License-Identifier: BSD-3-Clause
"""A drop-in for ``torch.gradient``: the same results to the bit, the same errors, sooner.

``from gridgrad.torch import gradient`` is the change of one import. It is differentiable
with respect to the samples and the coordinates, any number of times, forward and backward,
and works under ``torch.compile`` and the transforms of ``torch.func``. docs/python.md lists
the few places where results differ from torch's, and why. `Interpolant` has no peer in torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gridgrad import _torch_formula as formula
from gridgrad import _torch_operator as operator
from gridgrad._positions import distance, relative_positions
from gridgrad._torch_call import (
    Spacing,
    component_type,
    is_differentiated,
    is_integer,
    is_transformed,
    usual_call,
)
from gridgrad._torch_interpolant import Interpolant

__all__ = ["Gradient", "Interpolant", "gradient"]


def gradient(
    input: Tensor, *, spacing: Any = 1, dim: Any = None, edge_order: int = 1
) -> tuple[Tensor, ...]:
    """Return the gradient of a tensor along some of its dims, as ``torch.gradient`` does.

    Second-order central differences inside and one-sided differences at the ends, by
    torch's own formulas. Tensors that are not on the CPU go to ``torch.gradient`` itself,
    after the checks that are made here.

    Parameters
    ----------
    input : Tensor
        The samples: float16, bfloat16, float32, float64, complex64, complex128, int8 to
        int64 or uint8.
    spacing : number, sequence of numbers, or sequence of tensors, optional
        One distance for all dims, a distance for each, or for each the coordinates of its
        samples. 1 by default.
    dim : int or sequence of int, optional
        The dims; all by default.
    edge_order : {1, 2}, optional
        Order of the differences at the ends. 1 by default.

    Returns
    -------
    tuple of Tensor
        One for each of `dim`, in that order.

    Raises
    ------
    TypeError, RuntimeError, IndexError
        As ``torch.gradient``; RuntimeError also where coordinates are not one per sample,
        which torch takes.

    Examples
    --------
    >>> import torch
    >>> from gridgrad.torch import gradient
    >>> t = torch.tensor([-2.0, 1.0, -3.0, 4.0, 5.0])
    >>> gradient(t**2 + 5)
    (tensor([-3.0000,  2.5000,  7.5000,  8.0000,  9.0000]),)
    >>> gradient(t**2 + 5, spacing=(t,), edge_order=2)
    (tensor([-4.0000,  2.0000, -6.0000,  8.0000, 10.0000]),)
    """
    call = usual_call(input, spacing, dim, edge_order)
    if call is None or input.device.type != "cpu":
        return torch.gradient(input, spacing=spacing, dim=dim, edge_order=edge_order)
    if not call.dims:
        return ()
    is_served = all(operator.serves(input, one) for one in call.spacings)
    if is_served and not is_transformed():
        return operator.components(input, call.spacings, call.dims, call.edge_order)
    return tuple(
        _component(input, one, at, call.edge_order)
        for one, at in zip(call.spacings, call.dims, strict=True)
    )


def gradient_along(
    f: Tensor, axes: Sequence[int], spacings: Sequence[Any], edge_order: int
) -> tuple[Tensor, ...]:
    """The components of a tensor's gradient, each with its number or coordinates."""

    def component(axis: int, spacing: Any) -> Tensor:
        if isinstance(spacing, Tensor) and spacing.ndim > 0:
            given: Any = (spacing,)
        elif np.ndim(spacing) > 0:
            # Rows of the exact distances, whatever the type of the field has room for.
            given = (torch.from_numpy(relative_positions(spacing)),)
        else:
            given = spacing if isinstance(spacing, Tensor) else distance(np.asarray(spacing))
        result = gradient(f, spacing=given, dim=axis, edge_order=edge_order)[0]
        return result if isinstance(spacing, Tensor) else result.to(component_type(f, 1.0))

    return tuple(component(*pair) for pair in zip(axes, spacings, strict=True))


class Gradient(torch.nn.Module):
    """The gradient along fixed dims, as a layer of a model.

    Parameters
    ----------
    dim : int or sequence of int
        The dims: (-2, -1) for the images of a batch (B, C, H, W).
    spacing, edge_order : optional
        As for `gradient`. Coordinates move with the module from device to device.

    Examples
    --------
    >>> import torch
    >>> from gridgrad.torch import Gradient
    >>> layer = Gradient(dim=(-2, -1), spacing=0.5)
    >>> batch = torch.arange(24.0).reshape(1, 2, 3, 4)
    >>> d_y, d_x = layer(batch)
    >>> d_y.shape, float(d_y[0, 0, 0, 0]), float(d_x[0, 0, 0, 0])
    (torch.Size([1, 2, 3, 4]), 8.0, 2.0)
    """

    def __init__(self, dim: int | Sequence[int], *, spacing: Any = 1, edge_order: int = 1) -> None:
        super().__init__()
        self.dim = tuple(dim) if isinstance(dim, Sequence) else int(dim)
        self.edge_order = edge_order
        self._spacing = spacing
        self._names: list[str] = []
        if isinstance(spacing, (list, tuple)) and any(isinstance(x, Tensor) for x in spacing):
            self._names = [f"coordinates_{k}" for k in range(len(spacing))]
            for name, coordinates in zip(self._names, spacing, strict=True):
                is_learned = isinstance(coordinates, torch.nn.Parameter)
                register = self.register_parameter if is_learned else self.register_buffer
                register(name, coordinates)

    def forward(self, input: Tensor) -> tuple[Tensor, ...]:
        """Return the components of the gradient of `input`, in the order of the dims."""
        spacing = tuple(getattr(self, name) for name in self._names) or self._spacing
        return gradient(input, spacing=spacing, dim=self.dim, edge_order=self.edge_order)

    def extra_repr(self) -> str:
        return f"dim={self.dim}, edge_order={self.edge_order}"


def _component(input: Tensor, spacing: Spacing, dim: int, edge_order: int) -> Tensor:
    if not is_integer(input.dtype):
        return formula.gradient_along(input, spacing, dim, edge_order)
    dtype = component_type(input, spacing)
    if _is_exact(input.dtype, dtype):
        return formula.gradient_along(input.to(dtype), spacing, dim, edge_order)
    # The differences of wider whole numbers have no room in the type of the result.
    if isinstance(spacing, complex):
        (per_sample,) = operator.components(input, [1.0], [dim], edge_order, torch.float64)
        return (per_sample.to(torch.complex128) / spacing).to(dtype)
    follows = isinstance(spacing, Tensor) and is_differentiated(spacing)
    if follows or is_transformed():
        wide = formula.gradient_along(input.to(torch.float64), spacing, dim, edge_order)
        return wide.to(dtype)
    given = formula.rebased(spacing) if isinstance(spacing, Tensor) else spacing
    return operator.components(input, [given], [dim], edge_order, torch.float64)[0].to(dtype)


def _is_exact(whole: torch.dtype, dtype: torch.dtype) -> bool:
    """Whether `dtype` holds all numbers of a type of whole numbers."""
    bits = torch.iinfo(whole).bits
    return 2.0**bits * torch.finfo(dtype).eps <= 2
