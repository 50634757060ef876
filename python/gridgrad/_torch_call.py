# _torch_call.py: what torch.gradient is asked for
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import torch
from torch import Tensor
from torch.autograd import forward_ad

# The distance between neighbours, or coordinates.
Spacing: TypeAlias = float | complex | Tensor

_INTEGERS = (torch.int8, torch.int16, torch.int32, torch.int64, torch.uint8)
_FLOATS = (torch.float16, torch.bfloat16, torch.float32, torch.float64)
_COMPLEX = (torch.complex64, torch.complex128)


@dataclass
class Call:
    """Axes counted from 0, each with its spacing."""

    dims: list[int]
    spacings: list[Spacing]
    edge_order: int


def is_integer(dtype: torch.dtype) -> bool:
    """Whether samples of this type are whole numbers that we compute with."""
    return dtype in _INTEGERS


def component_type(f: Tensor, spacing: Spacing) -> torch.dtype:
    """The type that torch gives to a component."""
    default = torch.get_default_dtype()
    if isinstance(spacing, Tensor):
        weights = default if is_integer(spacing.dtype) else spacing.dtype
        return torch.promote_types(f.dtype, weights)
    samples = default if is_integer(f.dtype) else f.dtype
    return samples.to_complex() if isinstance(spacing, complex) else samples


def is_transformed() -> bool:
    """Whether forward mode or a transform of torch.func is active.

    Operators made in Python have no forward mode, and fail under jacrev.
    """
    if torch.compiler.is_compiling():
        return False
    is_forward = forward_ad._current_level >= 0
    return is_forward or torch._C._functorch.peek_interpreter_stack() is not None


def is_differentiated(tensor: Tensor) -> bool:
    """Whether results have to follow the tensor, backward, forward or in a transform."""
    return (tensor.requires_grad and torch.is_grad_enabled()) or is_transformed()


def usual_call(input: Any, spacing: Any, dim: Any, edge_order: Any) -> Call | None:
    """None where anything is out of the ordinary, which torch is to refuse.

    Raises RuntimeError where coordinates are not one per sample, which torch accepts.
    """
    if not isinstance(input, Tensor) or input.layout != torch.strided:
        return None
    if torch.overrides.has_torch_function_unary(input):
        return None
    edge_order, dim = _plain(edge_order), _plain(dim)
    if input.dtype not in _INTEGERS + _FLOATS + _COMPLEX:
        return None
    if not _is_int(edge_order) or edge_order not in (1, 2):
        return None
    if spacing is None and isinstance(dim, (list, tuple)):
        return None
    dims = _dims(dim, input.dim())
    spacings = None if dims is None else _spacings(spacing, len(dims))
    if dims is None or spacings is None:
        return None
    is_elsewhere = [isinstance(one, Tensor) and one.device != input.device for one in spacings]
    if any(is_elsewhere) or any(input.shape[one] <= edge_order for one in dims):
        return None
    _check_lengths(input, dims, spacings)
    return Call(dims, spacings, int(edge_order))


def _plain(value: Any) -> Any:
    """A tensor of one whole number as that number, also in a list."""
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    is_number = isinstance(value, Tensor) and value.dim() == 0 and is_integer(value.dtype)
    return int(value) if is_number else value


def _is_int(value: Any) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


def _dims(dim: Any, rank: int) -> list[int] | None:
    if dim is None:
        return list(range(rank))
    given = list(dim) if isinstance(dim, (list, tuple)) else [dim]
    if not all(_is_int(one) and -rank <= one < rank for one in given):
        return None
    dims = [int(one) % rank for one in given]
    return dims if len(set(dims)) == len(dims) else None


def _spacings(spacing: Any, count: int) -> list[Spacing] | None:
    if not isinstance(spacing, (list, tuple)):
        number = 1.0 if spacing is None else _number(spacing)
        return None if number is None else [number] * count
    if len(spacing) != count:
        return None
    if all(map(_is_coordinates, spacing)):
        return list(spacing)
    numbers = [None if isinstance(one, Tensor) else _number(one) for one in spacing]
    return None if None in numbers else numbers  # type: ignore[return-value]


def _is_coordinates(value: Any) -> bool:
    is_line = isinstance(value, Tensor) and value.dim() == 1
    return is_line and value.dtype in _INTEGERS + _FLOATS + _COMPLEX


def _number(value: Any) -> float | complex | None:
    if isinstance(value, Tensor):
        is_number = value.dim() == 0 and not value.requires_grad
        return _number(value.item()) if is_number else None
    if isinstance(value, (complex, np.complexfloating)):
        return complex(value)
    if isinstance(value, (int, float, np.number)):
        return float(value)
    return None


def _check_lengths(input: Tensor, dims: Sequence[int], spacings: Sequence[Spacing]) -> None:
    for dim, spacing in zip(dims, spacings, strict=True):
        if isinstance(spacing, Tensor) and spacing.shape[0] != input.shape[dim]:
            raise RuntimeError(
                f"spacing: {spacing.shape[0]} coordinates given for {input.shape[dim]} samples "
                f"along dim {dim}; one each is needed"
            )
