# _torch_cells.py: the cells of one axis, and the weights of their samples as tensors
#
# SPDX-License-Identifier: BSD-3-Clause
"""What src/cell_builder.cpp and src/window_row.hpp do, in operations that torch
differentiates: Hermite's cubics between slopes that are rows of ``Difference``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from gridgrad._boundary import Ends, Periodic, both
from gridgrad._difference import Difference
from gridgrad._locations import Cells
from gridgrad._positions import distance, positions_of

Array = npt.NDArray[Any]

# Rows: powers of t. Columns: what the samples at both ends of a cell are multiplied by, and
# the slopes there.
_CUBIC = np.array([[1, 0, 0, 0], [0, 0, 1, 0], [-3, 3, -2, -1], [2, -2, 1, 1]], float)
_LINEAR = np.array([[1, 0, 0, 0], [-1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]], float)


@dataclass(frozen=True)
class Rules:
    """What the axes of an interpolant share."""

    interpolation: str
    accuracy: int
    outside: str


class AxisCells:
    """Weights of samples at locations along one axis."""

    def __init__(self, coordinates: Any, extent: int, ends: Ends | None, rules: Rules) -> None:
        spacing, x = _positions(coordinates, extent)
        self._rules = rules
        self._is_linear = rules.interpolation == "linear"
        self._direction = -1.0 if x[-1] < x[0] else 1.0
        lower, upper = ("one-sided", "one-sided") if ends is None else both(ends)
        self.keeps_constants = not any(map(_turns_about_zero, (lower, upper)))
        self._mirrors = _is_mirror(lower), _is_mirror(upper)
        self._period = _period(lower, spacing, extent)
        # Nodes are the samples, and the ghosts that cells end at.
        y, samples = self._direction * x, np.arange(extent)
        signs = np.full(extent, self._direction)
        self._low, self._high = y[0], y[-1]
        if lower == "symmetric-half":
            self._low = y[0] - (y[1] - y[0]) / 2
            y = np.append(2 * y[0] - y[1], y)
            samples, signs = np.append(0, samples), np.append(-self._direction, signs)
        if upper == "symmetric-half":
            self._high = y[-1] + (y[-1] - y[-2]) / 2
            y = np.append(y, 2 * y[-1] - y[-2])
            samples, signs = np.append(samples, extent - 1), np.append(signs, -self._direction)
        if self._period is not None:
            self._high = y[0] + self._period
            y, samples = np.append(y, self._high), np.append(samples, 0)
            signs = np.append(signs, self._direction)
        self._nodes = torch.from_numpy(y)
        columns, slopes = self._slopes(spacing, extent, ends)
        table = _table(samples, columns[samples], signs[:, np.newaxis] * slopes[samples])
        self._columns, self._weights = map(torch.from_numpy, table)

    def _slopes(self, spacing: Any, extent: int, ends: Ends | None) -> tuple[Array, Array]:
        """For each sample those that its slope reads, and their weights."""
        options: dict[str, Any] = {"accuracy": self._rules.accuracy}
        if self._is_linear:
            options = {"edge_order": 1}
        rows = Difference(spacing, extent, boundary=ends, **options).rows()
        columns, slopes = _padded(rows.starts.astype(int), rows.columns.astype(int), rows.weights)
        return (columns[:, :0], slopes[:, :0]) if self._is_linear else (columns, slopes)

    def weights(self, x: Tensor, highest: int) -> tuple[Tensor, list[Tensor]]:
        """Samples at each location, and their weights in derivatives up to the `highest`.

        Also those of locations that are missing, of no meaning.
        """
        nodes, columns, table = (
            one.to(x.device) for one in (self._nodes, self._columns, self._weights)
        )
        y, sense = self._folded(x)
        y = torch.where(torch.isnan(y), nodes[0], y)
        cell = (torch.searchsorted(nodes, y.detach().contiguous(), right=True) - 1).clamp(
            0, len(nodes) - 2
        )
        width = (nodes[cell + 1] - nodes[cell])[:, None]
        basis = self._basis(y, nodes[cell], width, highest)
        weights = [
            ((one * (sense[:, None] / width) ** k)[:, None] @ table[cell]).squeeze(1)
            for k, one in enumerate(basis)
        ]
        return columns[cell], weights

    def is_missing(self, x: Tensor) -> Tensor:
        """Whether a location has no value."""
        y, _ = self._folded(x.detach())
        is_outside = self._is_below(y) | self._is_above(y)
        return torch.isnan(y) | (is_outside & (self._rules.outside == "missing"))

    def _is_below(self, y: Tensor) -> Tensor:
        goes_on = self._mirrors[0] or self._period is not None
        return torch.zeros_like(y, dtype=torch.bool) if goes_on else y < self._low

    def _is_above(self, y: Tensor) -> Tensor:
        goes_on = self._mirrors[1] or self._period is not None
        return torch.zeros_like(y, dtype=torch.bool) if goes_on else y > self._high

    def _folded(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Increasing positions within the period or the mirrors, and their slopes in x."""
        y = self._direction * x
        sense = torch.full_like(y.detach(), self._direction)
        low, high = self._low, self._high
        if self._period is not None:
            y = y - self._period * torch.floor((y.detach() - low) / self._period)
            # Rounding may lead to the end, which is the beginning.
            return torch.where(y < high, y, y - self._period), sense
        if all(self._mirrors):
            twice = 2 * (high - low)
            y = y - twice * torch.floor((y.detach() - low) / twice)
        for is_mirror, is_beyond, end in zip(
            self._mirrors, (y < low, y > high), (low, high), strict=True
        ):
            if is_mirror:
                y = torch.where(is_beyond, 2 * end - y, y)
                sense = torch.where(is_beyond, -sense, sense)
        return y, sense

    def _basis(self, y: Tensor, own: Tensor, width: Tensor, highest: int) -> list[Tensor]:
        """What ends of cells and slopes are multiplied by; derivatives by t, not by y."""
        offset = (y - own)[:, None]
        t = offset / width
        powers = torch.cat([torch.ones_like(t), t, t * t, t * t * t], 1)
        factors = torch.cat([torch.ones_like(width)] * 2 + [width] * 2, 1)
        polynomials = _LINEAR if self._is_linear else _CUBIC
        basis = []
        for order in range(highest + 1):
            inside = powers @ torch.from_numpy(polynomials).to(y.device) * factors
            basis.append(self._beyond(inside, offset, width, y, order))
            polynomials = np.append(polynomials[1:], np.zeros((1, 4)), 0) * [[1], [2], [3], [4]]
        return basis

    def _beyond(
        self, inside: Tensor, offset: Tensor, width: Tensor, y: Tensor, order: int
    ) -> Tensor:
        """The basis where locations outside have the rule of the axis."""
        is_linear = self._rules.outside == "extend"
        if self._rules.outside == "missing" or (is_linear and self._is_linear):
            return inside
        one, zero = torch.ones_like(offset), torch.zeros_like(offset)
        value = one if order == 0 else zero
        rise = [offset, width, zero][order] if is_linear else zero
        upper_rise = [offset - width, width, zero][order] if is_linear else zero
        below = torch.cat([value, zero, rise, zero], 1)
        above = torch.cat([zero, value, zero, upper_rise], 1)
        result = torch.where(self._is_below(y)[:, None], below, inside)
        return torch.where(self._is_above(y)[:, None], above, result)


def _positions(coordinates: Any, extent: int) -> tuple[Any, Array]:
    """The spacing or coordinates as `Difference` takes them, and positions in float64."""
    if isinstance(coordinates, Cells):
        first = coordinates.origin + 0.5 * coordinates.size
        return coordinates.size, np.arange(extent) * float(coordinates.size) + first
    if np.ndim(coordinates) == 0:
        return coordinates, np.arange(extent) * distance(np.asarray(coordinates))
    given = positions_of(coordinates)
    if given.dtype.kind in "mM":
        raise TypeError("coordinates: times given; a tensor has no times, give seconds")
    return given, given.astype(np.float64)


def _is_mirror(rule: Any) -> bool:
    return isinstance(rule, str) and rule.startswith("symmetric")


def _turns_about_zero(rule: Any) -> bool:
    if isinstance(rule, str):
        return rule.startswith("antisymmetric")
    return getattr(rule, "level", None) == "zero"


def _period(rule: Any, spacing: Any, extent: int) -> float | None:
    if isinstance(rule, Periodic) and rule.period is not None:
        return float(rule.period)
    is_periodic = rule == "periodic" or isinstance(rule, Periodic)
    return extent * abs(distance(np.asarray(spacing))) if is_periodic else None


def _padded(starts: Array, columns: Array, weights: Array) -> tuple[Array, Array]:
    """Rows of one length, filled with weights of 0."""
    counts = np.diff(starts)
    slots = np.arange(max(counts.max(), 1))
    is_there = slots < counts[:, None]
    at = np.where(is_there, starts[:-1, None] + slots, 0)
    own = np.arange(len(counts))[:, None]
    return np.where(is_there, columns[at], own), np.where(is_there, weights[at], 0.0)


def _table(samples: Array, columns: Array, slopes: Array) -> tuple[Array, Array]:
    """For each cell the samples that it reads, and their share in each part of the basis.

    Shapes (cells, window) and (cells, 4, window).
    """
    ends = np.stack([samples[:-1], samples[1:]], 1)
    read = np.concatenate([ends, columns[:-1], columns[1:]], 1)
    one = np.ones((len(ends), 1))
    share = np.concatenate([one, one, slopes[:-1], slopes[1:]], 1)
    part = np.repeat([0, 1, 2, 3], [1, 1, columns.shape[1], columns.shape[1]])
    order = np.argsort(read, axis=1, kind="stable")
    is_new = np.diff(np.take_along_axis(read, order, 1), axis=1) != 0
    slot = np.zeros_like(read)
    np.put_along_axis(slot, order[:, 1:], np.cumsum(is_new, axis=1), 1)
    cell = np.arange(len(read))[:, None]
    window = np.repeat(ends[:, :1], slot.max() + 1, axis=1)
    window[cell, slot] = read
    weights = np.zeros((len(read), 4, window.shape[1]))
    np.add.at(weights, (cell, part, slot), share)
    return window, weights
