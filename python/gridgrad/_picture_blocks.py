# _picture_blocks.py: large fields as means of blocks
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

import numpy as np

from gridgrad._samples import Array

# As many as a page or a screen can show.
MOST_PIXELS = 1200
# Of a line, whose samples cost less than pixels do.
MOST_POINTS = 4000


def block_of(extent: int) -> int:
    """How many samples along an axis one pixel stands for."""
    return -(-extent // MOST_PIXELS)


def block_ends(extent: int, block: int) -> Array:
    """Where blocks begin, and where the last ends, which may be shorter."""
    return np.append(np.arange(0, extent, block), extent)


def block_means(samples: Array, blocks: tuple[int, ...], period: float | None = None) -> Array:
    """The mean of the samples of each block that are there, NaN where none is.

    That of angles is the direction of the sum of their unit vectors. Blocks of 1 leave samples
    as they are.
    """
    if all(block == 1 for block in blocks):
        return samples
    if period is None:
        return _means(samples, blocks)
    turns = 2 * np.pi / period
    means = np.angle(_means(np.exp(1j * turns * samples), blocks)) / turns
    return np.asarray(np.mod(means, period) if np.nanmin(samples) >= 0 else means)


def block_means_at(samples: Array, blocks: tuple[int, int], rows: Array, columns: Array) -> Array:
    """Those of the blocks with these numbers alone."""
    if blocks == (1, 1):
        return np.asarray(samples[np.ix_(rows, columns)])
    ends = block_ends(samples.shape[0], blocks[0])
    chosen = [_means_of_rows(samples[ends[i] : ends[i + 1]], blocks[1]) for i in rows]
    return np.stack(chosen)[:, columns]


def block_ranges(samples: Array, block: int) -> tuple[Array, Array]:
    """The lowest and the highest sample of each block of a line, NaN where none is there."""
    starts = block_ends(samples.shape[0], block)[:-1]
    low = np.fmin.reduceat(samples, starts)
    return low, np.fmax.reduceat(samples, starts)


def _means(samples: Array, blocks: tuple[int, ...]) -> Array:
    if samples.ndim == 1:
        return _means_of_rows(samples[None, :], blocks[0])
    ends = block_ends(samples.shape[0], blocks[0])
    # Block by block: temporaries of the whole field would take several times its memory.
    rows = [_means_of_rows(samples[i:k], blocks[1]) for i, k in zip(ends, ends[1:], strict=False)]
    return np.stack(rows)


def _means_of_rows(rows: Array, block: int) -> Array:
    is_there = np.isfinite(rows)
    starts = block_ends(rows.shape[1], block)[:-1]
    wide = np.complex128 if rows.dtype.kind == "c" else np.float64
    sums = np.add.reduceat(np.where(is_there, rows, 0).astype(wide).sum(0), starts)
    counts = np.add.reduceat(is_there.sum(0), starts)
    with np.errstate(invalid="ignore"):
        return np.asarray(sums / counts)
