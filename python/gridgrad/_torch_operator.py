# _torch_operator.py: the gradient and its adjoint as operators of torch
#
# SPDX-License-Identifier: BSD-3-Clause
"""``gridgrad::gradient`` and ``gridgrad::gradient_adjoint``, each the derivative of the other.

They take coordinates for all dims, or none and a distance for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from gridgrad import _native
from gridgrad._results import new_result, result_type
from gridgrad._torch_call import Spacing, component_type, is_integer

_REAL_OF = {
    torch.float32: torch.float32,
    torch.float64: torch.float64,
    torch.complex64: torch.float32,
    torch.complex128: torch.float64,
}


def serves(input: Tensor, spacing: Spacing) -> bool:
    """Whether the operators compute such a component, differentiable in the samples."""
    if isinstance(spacing, Tensor):
        return _REAL_OF.get(input.dtype) == spacing.dtype and not spacing.requires_grad
    return isinstance(spacing, float) and (input.dtype in _REAL_OF or is_integer(input.dtype))


def components(
    input: Tensor,
    spacings: Sequence[Spacing],
    dims: list[int],
    edge_order: int,
    dtype: torch.dtype | None = None,
) -> tuple[Tensor, ...]:
    """Components of the gradient that the operators serve, in one pass.

    Those of whole numbers are of `dtype`, or of the type that torch gives them.
    """
    coordinates = [one.detach() for one in spacings if isinstance(one, Tensor)]
    distances = [one for one in spacings if isinstance(one, float)]
    # An operator written in Python costs more than the gradient of a small field.
    function = gradient if _needs_operator(input) else _computed
    results = function(input, coordinates, distances, dims, edge_order)
    if not is_integer(input.dtype):
        return tuple(results)
    types = [dtype or component_type(input, spacing) for spacing in spacings]
    return tuple(result.to(dtype) for result, dtype in zip(results, types, strict=True))


def _needs_operator(input: Tensor) -> bool:
    if torch.compiler.is_compiling() or type(input) not in (Tensor, torch.nn.Parameter):
        return True
    if input.requires_grad and torch.is_grad_enabled():
        return True
    # What is recorded must see an operator, not numbers that come from nowhere.
    modes = torch._C._len_torch_dispatch_stack() + torch._C._len_torch_function_stack()
    return torch._C._get_tracing_state() is not None or modes > 0


@torch.library.custom_op("gridgrad::gradient", mutates_args=(), device_types="cpu")
def gradient(
    input: Tensor,
    coordinates: list[Tensor],
    distances: list[float],
    dims: list[int],
    edge_order: int,
) -> list[Tensor]:
    return _computed(input, coordinates, distances, dims, edge_order)


@gradient.register_fake
def _(
    input: Tensor,
    coordinates: list[Tensor],
    distances: list[float],
    dims: list[int],
    edge_order: int,
) -> list[Tensor]:
    dtype = torch.float64 if is_integer(input.dtype) else input.dtype
    return [input.new_empty(input.shape, dtype=dtype) for _ in dims]


@torch.library.custom_op("gridgrad::gradient_adjoint", mutates_args=(), device_types="cpu")
def gradient_adjoint(
    components: list[Tensor],
    coordinates: list[Tensor],
    distances: list[float],
    dims: list[int],
    edge_order: int,
) -> Tensor:
    arrays = [_array(component) for component in components]
    total = _new_result(arrays[0])
    part = total if len(arrays) == 1 else _new_result(arrays[0])
    along = _operators(arrays[0], coordinates, distances, dims, edge_order)
    for k, (dim, difference) in enumerate(along):
        out = part if k else total
        transposed = _native.DifferenceAlong(dim, difference.transposed())
        _native.apply_each(arrays[k], None, [transposed], [out], _threads())
        if k:
            np.add(total, part, out=total)
    return torch.from_numpy(total)


@gradient_adjoint.register_fake
def _(
    components: list[Tensor],
    coordinates: list[Tensor],
    distances: list[float],
    dims: list[int],
    edge_order: int,
) -> Tensor:
    return components[0].new_empty(components[0].shape)


def _keep(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
    _, coordinates, ctx.distances, ctx.dims, ctx.edge_order = inputs
    ctx.save_for_backward(*coordinates)


def _adjoint_of_gradient(ctx: Any, grads: list[Tensor | None]) -> tuple[Any, ...]:
    no_others = _no_others(ctx)
    given = [k for k, grad in enumerate(grads) if grad is not None]
    if not given:
        return None, *no_others
    coordinates = [ctx.saved_tensors[k] for k in given if ctx.saved_tensors]
    distances = [ctx.distances[k] for k in given if ctx.distances]
    dims = [ctx.dims[k] for k in given]
    parts = [grads[k] for k in given]
    result = gradient_adjoint(parts, coordinates, distances, dims, ctx.edge_order)
    return result, *no_others


def _gradient_of_adjoint(ctx: Any, grad: Tensor) -> tuple[Any, ...]:
    coordinates = list(ctx.saved_tensors)
    result = gradient(grad, coordinates, ctx.distances, ctx.dims, ctx.edge_order)
    return result, *_no_others(ctx)


def _no_others(ctx: Any) -> tuple[Any, ...]:
    """No gradients, in the structure of the arguments; an empty list counts as one of tensors."""
    return [None] * len(ctx.saved_tensors), None if ctx.distances else [], None, None


gradient.register_autograd(_adjoint_of_gradient, setup_context=_keep)
gradient_adjoint.register_autograd(_gradient_of_adjoint, setup_context=_keep)


def _computed(
    input: Tensor,
    coordinates: list[Tensor],
    distances: list[float],
    dims: list[int],
    edge_order: int,
) -> list[Tensor]:
    values = _array(input)
    if is_integer(input.dtype):
        # torch divides whole numbers in its default type.
        default = torch.get_default_dtype()
        distances = [torch.tensor(one, dtype=default).item() for one in distances]
    operators = _operators(values, coordinates, distances, dims, edge_order)
    along = [_native.DifferenceAlong(dim, difference) for dim, difference in operators]
    results = [_new_result(values) for _ in dims]
    _native.apply_each(values, None, along, results, _threads())
    return [torch.from_numpy(result) for result in results]


def _operators(
    values: npt.NDArray[Any],
    coordinates: list[Tensor],
    distances: list[float],
    dims: list[int],
    edge_order: int,
) -> list[tuple[int, _native.Difference]]:
    sample = np.empty(0, result_type(values.dtype))
    spacings = [_array(one) for one in coordinates] or distances
    return [
        (dim, _native.torch_difference(spacing, values.shape[dim], edge_order, sample))
        for dim, spacing in zip(dims, spacings, strict=True)
    ]


def _new_result(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Contiguous, as torch's own results are."""
    return new_result(np.broadcast_to(values.dtype.type(0), values.shape))


def _threads() -> int:
    """1 where torch is told so, else what the library finds best."""
    return 1 if torch.get_num_threads() == 1 else 0


def _array(tensor: Tensor) -> npt.NDArray[Any]:
    return tensor.detach().resolve_conj().resolve_neg().numpy()
