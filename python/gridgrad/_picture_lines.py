# _picture_lines.py: fields of one axis drawn as lines
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from gridgrad._picture import Picture, Quantity
from gridgrad._picture_blocks import (
    MOST_POINTS,
    block_ends,
    block_means,
    block_of,
    block_ranges,
)
from gridgrad._picture_panels import (
    GROUND,
    block_note,
    figure_for,
    panels_of,
    put_caption,
    put_ticks,
    put_title,
)
from gridgrad._picture_side import Side, cells, shown_unit
from gridgrad._samples import Array

_WIDTH, _HEIGHT, _BELOW = 7.5, 2.2, 0.6  # inches
_COLOUR = "#0072b2"
_MOST_MARKED = 60  # samples whose places are shown one by one


def draw_lines(picture: Picture, figure: Figure | SubFigure | None) -> Figure | SubFigure:
    """A panel for each quantity, one below the other, over the same positions."""
    (side,) = picture.sides
    panels = panels_of(picture)
    extent = len(side.positions)
    block = block_of(extent) if extent > MOST_POINTS else 1
    figure = figure_for(figure, (_WIDTH, _HEIGHT * len(panels) + _BELOW))
    all_axes = figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
    for axes, panel in zip(all_axes, panels, strict=True):
        _draw_line(axes, panel, side, block)
        if (panel.samples < 0).any() and (panel.samples > 0).any():
            axes.axhline(0.0, color="0.5", linewidth=0.8, zorder=1)
    last = all_axes[-1]
    last.set_xlabel(side.label)
    put_ticks(last.xaxis, side)
    ends = cells(side.positions, side.bound)
    last.set_xlim(ends.min(), ends.max())
    is_partial = any(not np.isfinite(panel.samples).all() for panel in panels)
    notes = [block_note("point", (block,)), "the band their range" if block > 1 else ""]
    put_caption(figure, [*picture.slices, *notes, "hatched: missing" if is_partial else ""])
    return figure


def _draw_line(axes: Axes, panel: Quantity, side: Side, block: int) -> None:
    x = block_means(side.positions, (block,))
    y = block_means(panel.samples, (block,), panel.period)
    if panel.period is not None:
        # A line would cross the whole panel where an angle wraps.
        axes.plot(x, y, ".", color=_COLOUR, markersize=3)
    else:
        marker = "." if len(y) <= _MOST_MARKED else ""
        axes.plot(x, y, color=_COLOUR, linewidth=1.2, marker=marker, markersize=5)
        alone = _alone(y)
        if not marker and alone.any():
            axes.plot(x[alone], y[alone], ".", color=_COLOUR, markersize=3)
    if block > 1 and panel.period is None:
        low, high = block_ranges(panel.samples, block)
        axes.fill_between(x, low, high, color=_COLOUR, alpha=0.25, linewidth=0)
    _draw_gaps(axes, y, cells(side.positions, side.bound)[block_ends(len(panel.samples), block)])
    axes.ticklabel_format(axis="y", useMathText=True)
    axes.grid(True, color="0.9", linewidth=0.6)
    axes.set_axisbelow(True)
    put_title(axes, panel.title)
    axes.set_ylabel(shown_unit(panel.unit))


def _alone(samples: Array) -> Array:
    """Samples between missing ones, which no line reaches."""
    is_there = np.isfinite(samples)
    beside = np.concatenate([[False], is_there, [False]])
    return np.asarray(is_there & ~beside[:-2] & ~beside[2:])


def _draw_gaps(axes: Axes, samples: Array, ends: Array) -> None:
    is_missing = ~np.isfinite(samples)
    changes = np.diff(np.concatenate([[0], is_missing.astype(np.int8), [0]]))
    first, after = np.flatnonzero(changes > 0), np.flatnonzero(changes < 0)
    if first.size:
        spans: Any = [(ends[i], ends[k] - ends[i]) for i, k in zip(first, after, strict=True)]
        across = axes.get_xaxis_transform()
        axes.broken_barh(spans, (0, 1), transform=across, linewidth=0, zorder=0, **GROUND)
