# _picture_grid.py: where the pixels and the arrows of a picture of two sides lie
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gridgrad._picture_blocks import block_ends, block_means, block_of
from gridgrad._picture_side import Side, cells
from gridgrad._samples import Array

# Along the longer side; more would hide what they lie on.
MOST_ARROWS = 20
# Sides longer than so many times the other are drawn shorter than they are.
_LONGEST = 4.0


@dataclass(frozen=True)
class Grid:
    """Corners of the pixels and their centres, along y and x, all of one or two dimensions."""

    sides: tuple[Side, Side]
    blocks: tuple[int, int]  # samples that a pixel is the mean of
    corners: tuple[Array, Array]
    centres: tuple[Array, Array]

    @property
    def spans(self) -> tuple[tuple[float, float], tuple[float, float]]:
        low_y, low_x = (float(one.min()) for one in self.corners)
        high_y, high_x = (float(one.max()) for one in self.corners)
        return (low_y, high_y), (low_x, high_x)

    @property
    def ratio(self) -> float:
        """Width over height of the picture, 0 where it is not to scale."""
        return _ratio(self.sides)

    def thinned(self) -> tuple[Array, Array, float]:
        """Rows and columns of pixels that have arrows, and how many arrows are one width."""
        (bottom, top), (left, right) = self.spans
        width, height = right - left, top - bottom
        across = MOST_ARROWS * min(1.0, self.ratio or 1.0)
        down = MOST_ARROWS * min(1.0, 1 / (self.ratio or 1.0))
        y, x = self.centres
        if y.ndim > 1:
            rows, columns = _each(y.shape[0], down), _each(y.shape[1], across)
        else:
            rows, columns = _apart(y, height / down), _apart(x, width / across)
        return rows, columns, min(across, float(len(columns)))


def grid_of(sides: tuple[Side, Side], shape: tuple[int, int]) -> Grid:
    y, x = sides
    blocks = block_of(shape[0]), block_of(shape[1])
    if _ratio(sides):
        # A map that is to scale loses as much in both directions.
        blocks = (max(blocks),) * 2
    ends = [block_ends(n, block) for n, block in zip(shape, blocks, strict=True)]
    if y.positions.ndim == x.positions.ndim == 1:
        corners = [
            cells(side.positions, side.bound)[end] for side, end in zip(sides, ends, strict=True)
        ]
        centres = [block_means(s.positions, (b,)) for s, b in zip(sides, blocks, strict=True)]
        return Grid(sides, blocks, (corners[0], corners[1]), (centres[0], centres[1]))
    wholes = [_over(side, axis, shape) for axis, side in enumerate(sides)]
    corners = [_corners(one, s.bound)[np.ix_(*ends)] for one, s in zip(wholes, sides, strict=True)]
    centres = [block_means(one, blocks) for one in wholes]
    return Grid(sides, blocks, (corners[0], corners[1]), (centres[0], centres[1]))


def _ratio(sides: tuple[Side, Side]) -> float:
    y, x = sides
    is_one_unit = x.kind == "degrees" or y.unit == x.unit
    if y.kind != x.kind or x.kind == "dates" or not is_one_unit:
        return 0.0
    lengths = [float(np.ptp(cells(side.positions, side.bound))) for side in sides]
    ratio = lengths[1] / lengths[0]
    return ratio if 1 / _LONGEST <= ratio <= _LONGEST else 0.0


def _over(side: Side, axis: int, shape: tuple[int, int]) -> Array:
    """Positions of all samples along a side."""
    own = side.positions if side.positions.ndim > 1 or axis == 1 else side.positions[:, None]
    return np.broadcast_to(own, shape)


def _corners(positions: Array, bound: float) -> Array:
    return cells(cells(positions, bound).T, bound).T


def _each(extent: int, most: float) -> Array:
    step = max(1, round(extent / most))
    return np.arange((extent - 1) % step // 2, extent, step)


def _apart(positions: Array, least: float) -> Array:
    """Numbers of positions that are at least so far apart."""
    if len(positions) == 1:
        return np.array([0])
    along = np.abs(positions - positions[0])
    # Where all are drawn the cells may be a hair narrower than their share of the width.
    least *= 1 - 1e-6
    kept = [int(np.searchsorted(along, (least - along[1]) / 2))]
    while (following := int(np.searchsorted(along, along[kept[-1]] + least))) < len(along):
        kept.append(following)
    return np.array(kept)
