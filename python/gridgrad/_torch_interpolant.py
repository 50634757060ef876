# _torch_interpolant.py: a sampled field between its samples, differentiable
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from gridgrad._boundary import Boundary, Constant, both, ends_along
from gridgrad._interpolant import Interpolant as Engine
from gridgrad._interpolant import Outside
from gridgrad._locations import Cells
from gridgrad._torch_call import is_differentiated, is_transformed
from gridgrad._torch_cells import AxisCells, Rules


class Interpolant:
    """`gridgrad.Interpolant` of a tensor, differentiable in samples and points.

    Values and gradients come from the compiled engine; backward passes differentiate the same
    formula in torch's operations, any number of times. Tensors that are not on the CPU, and
    transforms, take the formula forward too.

    Parameters
    ----------
    f : Tensor
        The samples, real or complex, read at every call: one axis per coordinates, perhaps a
        last one of components more. NaN is missing.
    *coordinates : number, tensor, array_like or Cells, optional
        As for `gridgrad.Interpolant`, without times.
    interpolation : {"linear", "cubic"}, optional
        ``"cubic"`` by default.
    accuracy, outside, boundary : optional
        As for `gridgrad.Interpolant`, but no `Constant`.

    Raises
    ------
    ValueError, TypeError, NotImplementedError
        As `gridgrad.Interpolant`; NotImplementedError also for splines and `Constant`.

    Notes
    -----
    Points are a tensor of shape (..., rank), of any shape for a field of one axis; shapes of
    results are those of `gridgrad.Interpolant`. They are computed in float64 and have the type
    that torch promotes samples and points to. Locations that are missing are NaN and let no
    gradient through. Where no gradient is needed, a missing sample counts only where its
    weight is not 0, else in all of its window.

    Examples
    --------
    Both the map and the point learn from one backward pass:

    >>> import torch
    >>> from gridgrad.torch import Interpolant
    >>> f = torch.tensor([[0.0, 1.0], [2.0, 5.0]], requires_grad=True)
    >>> point = torch.tensor([0.25, 0.75], requires_grad=True)
    >>> value = Interpolant(f, interpolation="linear")(point)
    >>> value.backward()
    >>> value.item(), point.grad, f.grad
    (1.625, tensor([3.5000, 1.5000]), tensor([[0.1875, 0.5625],
            [0.0625, 0.1875]]))
    """

    def __init__(
        self,
        f: Tensor,
        *coordinates: Any,
        interpolation: str = "cubic",
        accuracy: int = 2,
        outside: Outside = "missing",
        boundary: Boundary | None = None,
    ) -> None:
        if not isinstance(f, Tensor):
            raise TypeError(f"f: {type(f).__name__} given; a tensor is needed")
        if interpolation == "spline":
            raise NotImplementedError(
                "interpolation: 'spline' given; linear and cubic are differentiable"
            )
        given = tuple(_detached(one) for one in coordinates or (1.0,))
        is_shared = len(given) == 1 and np.ndim(given[0]) == 0 and not isinstance(given[0], Cells)
        self._coordinates = given * f.ndim if is_shared else given
        self._rank = len(self._coordinates)
        self._options: dict[str, Any] = {
            "interpolation": interpolation,
            "accuracy": accuracy,
            "outside": outside,
            "boundary": boundary,
        }
        self._f = f
        self._engine_of: tuple[Any, ...] | None = None
        # Refuses whatever does not fit, on any device.
        if self._is_viewable():
            self._engine()
        else:
            self._engine_over(np.broadcast_to(0.0, f.shape))
        ends = ends_along(boundary, tuple(range(self._rank)), self._rank)
        if any(isinstance(rule, Constant) for pair in ends.values() for rule in both(pair)):
            raise NotImplementedError("boundary: Constant given; its values are no samples")
        rules = Rules(interpolation, accuracy, outside)
        self._axes = [
            AxisCells(one, f.shape[axis], ends.get(axis), rules)
            for axis, one in enumerate(self._coordinates)
        ]

    def __call__(self, points: Tensor) -> Tensor:
        """Return the values at some locations."""
        return self._results(points, 0)[0]

    def gradient(self, points: Tensor) -> Tensor:
        """Return the gradients at some locations."""
        return self._results(points, 1)[0]

    def value_and_gradient(self, points: Tensor) -> tuple[Tensor, Tensor]:
        """Return values and gradients."""
        value, gradient = self._results(points, 0, 1)
        return value, gradient

    def hessian(self, points: Tensor) -> Tensor:
        """Return the Hessians at some locations."""
        return self._results(points, 2)[0]

    def _results(self, points: Tensor, *orders: int) -> list[Tensor]:
        located = points[..., None] if self._rank == 1 else points
        if located.ndim == 0 or located.shape[-1] != self._rank:
            raise ValueError(
                f"points: shape {tuple(points.shape)} given; the last extent is the rank of the "
                f"field, {self._rank}"
            )
        if self._is_engines(located):
            if is_differentiated(self._f) or is_differentiated(points):
                evaluated: Any = _Evaluated
                results = [evaluated.apply(self._f, located, self, order) for order in orders]
            else:
                results = self.computed(located, orders)
        else:
            results = [self.formula(self._f, located, order) for order in orders]
        if self._rank > 1:
            return results
        shape = points.shape + self._f.shape[1:]
        return [result.reshape(shape) for result in results]

    def _is_engines(self, points: Tensor) -> bool:
        """Whether the engine computes results, forward."""
        is_plain = points.device.type == "cpu" and type(points) in (Tensor, torch.nn.Parameter)
        is_recorded = torch.compiler.is_compiling() or is_transformed()
        return is_plain and not is_recorded and self._is_viewable()

    def _is_viewable(self) -> bool:
        f = self._f
        is_plain = f.device.type == "cpu" and f.layout == torch.strided
        return is_plain and not (f.is_conj() or f.is_neg() or f.dtype == torch.bfloat16)

    def _engine(self) -> Engine:
        """Over the memory that the tensor has now: optimizers and .to() may exchange it."""
        f = self._f
        memory = f.data_ptr(), f.shape, f.stride(), f.dtype
        if self._engine_of is None or self._engine_of[0] != memory:
            self._engine_of = memory, self._engine_over(f.detach().numpy())
        engine: Engine = self._engine_of[1]
        return engine

    def _engine_over(self, samples: Any) -> Engine:
        threads = 1 if torch.get_num_threads() == 1 else None
        return Engine(samples, *self._coordinates, threads=threads, **self._options)

    def _type(self, points: Tensor) -> torch.dtype:
        dtype = torch.promote_types(self._f.dtype, points.dtype)
        return dtype if dtype.is_floating_point or dtype.is_complex else torch.get_default_dtype()

    def computed(self, points: Tensor, orders: tuple[int, ...]) -> list[Tensor]:
        """Derivatives of some orders, by the engine."""
        located = points.detach().to(torch.float64).numpy()
        located = located[..., 0] if self._rank == 1 else located
        results = self._engine().derivatives(located, *orders)
        return [torch.from_numpy(result).to(self._type(points)) for result in results]

    def formula(self, f: Tensor, points: Tensor, order: int) -> Tensor:
        """Derivatives of one order, in operations of torch."""
        rank, dtype = self._rank, self._type(points)
        flat = points.reshape(-1, rank).to(torch.float64)
        along = [axis.weights(flat[:, k], order) for k, axis in enumerate(self._axes)]
        extents, own = f.shape[:rank], f.shape[rank:]
        samples = f.reshape(-1, own.numel())
        place = torch.zeros([len(flat)] + [1] * rank, dtype=torch.int64, device=flat.device)
        for k, (columns, _) in enumerate(along):
            shape = [len(flat)] + [1] * k + [-1] + [1] * (rank - 1 - k)
            place = place * extents[k] + columns.reshape(shape)
        window = samples[place]
        wide = torch.complex128 if window.is_complex() else torch.float64
        window = window.to(wide)
        # Differences lose no digits to a level; the weights of a constant are exact.
        level = window.reshape(len(flat), -1, own.numel())[:, 0].detach()
        if not all(axis.keeps_constants for axis in self._axes):
            level = torch.zeros_like(level)
        window = window - level.reshape([len(flat)] + [1] * rank + [-1])
        parts = [_contracted(window, along, times) for times in _partials(rank, order)]
        result = torch.stack(parts, -1) if order else parts[0] + level
        missing = [axis.is_missing(flat[:, k]) for k, axis in enumerate(self._axes)]
        is_there = ~torch.stack(missing).any(0).reshape([-1] + [1] * (result.ndim - 1))
        result = torch.where(is_there, result, torch.nan)
        return result.reshape(points.shape[:-1] + own + (rank,) * order).to(dtype)


def _partials(rank: int, order: int) -> list[list[int]]:
    """How often each axis is differentiated, for each entry of a value, gradient, Hessian."""
    axes = range(rank)
    if order == 0:
        return [[0] * rank]
    if order == 1:
        return [[int(k == a) for k in axes] for a in axes]
    return [[int(k == a) + int(k == b) for k in axes] for a in axes for b in axes]


def _contracted(
    window: Tensor, along: list[tuple[Tensor, list[Tensor]]], times: list[int]
) -> Tensor:
    """Sums over the window, of shape (n, components)."""
    for (_, weights), order in reversed(list(zip(along, times, strict=True))):
        one = weights[order]
        shape = [one.shape[0]] + [1] * (window.ndim - 3) + [one.shape[1], 1]
        window = (window * one.reshape(shape)).sum(-2)
    return window


def _detached(coordinates: Any) -> Any:
    if not isinstance(coordinates, Tensor):
        return coordinates
    if coordinates.requires_grad:
        raise TypeError("coordinates: a tensor that requires grad given; give its .detach()")
    return coordinates.cpu().numpy()


class _Evaluated(torch.autograd.Function):
    """One of the derivatives, by the engine forward and by the formula backward."""

    @staticmethod
    def forward(ctx: Any, f: Tensor, points: Tensor, interpolant: Interpolant, order: int) -> Any:
        ctx.save_for_backward(f, points)
        ctx.interpolant, ctx.order = interpolant, order
        return interpolant.computed(points, (order,))[0]

    @staticmethod
    def backward(ctx: Any, grad: Any) -> Any:
        f, points = ctx.saved_tensors
        needs = ctx.needs_input_grad[:2]
        wanted = [one for one, is_needed in zip((f, points), needs, strict=True) if is_needed]
        is_recorded = torch.is_grad_enabled()
        with torch.enable_grad():
            result = ctx.interpolant.formula(f, points, ctx.order)
            grads = iter(
                torch.autograd.grad(
                    result,
                    wanted,
                    grad,
                    create_graph=is_recorded,
                    allow_unused=True,
                    materialize_grads=True,
                )
            )
        return *(next(grads) if is_needed else None for is_needed in needs), None, None
