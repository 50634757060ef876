# _torch_calculus.py: operators on tensors that torch follows
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from functools import reduce
from typing import Any

import torch
from torch import Tensor

from gridgrad._grid_operator import GridOperator
from gridgrad._grid_operator import results_of as computed
from gridgrad._results import Results


def results_of(operator: GridOperator, fields: list[Any]) -> list[Tensor]:
    """The results, which torch differentiates by the transposed operator.

    Raises TypeError for tensors elsewhere, NotImplementedError where there is no transpose.
    """
    given = [torch.as_tensor(field) for field in fields]
    if any(tensor.device.type != "cpu" for tensor in given):
        raise TypeError("f: a tensor that is not on the CPU given; arrays on the CPU are accepted")
    dtype = reduce(torch.promote_types, (tensor.dtype for tensor in given))
    # Exact in float32, in which the library would compute; rounded once.
    wide = torch.float32 if dtype == torch.bfloat16 else dtype
    tensors = [tensor.to(wide) for tensor in given]
    results = _combined(operator, tensors)
    return [result.to(dtype) for result in results] if dtype != wide else results


def _combined(operator: GridOperator, tensors: list[Tensor]) -> list[Tensor]:
    if operator.calculus in ("slope", "aspect"):
        raise NotImplementedError(
            f"heights: a tensor that requires grad given; {operator.calculus} is not "
            "differentiated, give heights.detach()"
        )
    if operator.calculus not in ("magnitude", "directional"):
        return _applied(operator, tensors)
    f, *direction = tensors
    slopes = _applied(operator.of_calculus("gradient"), [f])
    if operator.calculus == "magnitude":
        return [torch.linalg.vector_norm(torch.stack(slopes), dim=0)]
    return [sum(a * slope for a, slope in zip(direction, slopes, strict=True))]  # type: ignore[list-item]


def _applied(operator: GridOperator, tensors: list[Tensor]) -> list[Tensor]:
    try:
        transposed = operator.transposed()
    except NotImplementedError as error:
        message = f"{error} for a tensor that requires grad; give f.detach()"
        raise NotImplementedError(message) from None
    return list(_apply(operator, transposed, *tensors))


class _Applied(torch.autograd.Function):
    """An operator and its transpose, which has it without end values as its own."""

    @staticmethod
    def forward(operator: GridOperator, transposed: GridOperator, *tensors: Tensor) -> Any:
        arrays = [tensor.detach().resolve_conj().resolve_neg().numpy() for tensor in tensors]
        threads = 1 if torch.get_num_threads() == 1 else None
        results = Results(operator.result_count, None, None)
        computed_here = computed(operator, arrays, results, threads=threads)
        return tuple(map(torch.from_numpy, computed_here))

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        ctx.transposed = inputs[1]

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Any:
        adjoint = _apply(ctx.transposed, ctx.transposed.transposed(), *grads)
        return None, None, *adjoint

    @staticmethod
    def jvp(ctx: Any, _: None, __: None, *tangents: Tensor | None) -> Any:
        linear = ctx.transposed.transposed()
        like = next(tangent for tangent in tangents if tangent is not None)
        known = [torch.zeros_like(like) if one is None else one for one in tangents]
        return _apply(linear, ctx.transposed, *known)


_apply: Any = _Applied.apply
