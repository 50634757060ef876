# _picture_maps.py: fields of two axes drawn as heat maps, gradients as arrows over them
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import Normalize
from matplotlib.figure import Figure, SubFigure
from matplotlib.patheffects import withStroke

from gridgrad._picture import Picture, Quantity
from gridgrad._picture_blocks import block_means, block_means_at
from gridgrad._picture_colours import colours_of, wrapped
from gridgrad._picture_grid import Grid, grid_of
from gridgrad._picture_panels import (
    GROUND,
    block_note,
    figure_for,
    panels_of,
    put_caption,
    put_ticks,
    put_title,
)
from gridgrad._picture_side import Side, shown_unit

# Inches of a panel: of its longer side, least of its shorter one, and beside it.
_LONGER, _SHORTEST = 4.4, 1.8
_LONGER_OF_MANY = 3.4
# Over the distance of arrows.
_LONGEST = 2.0
# Of which no arrow is shorter than a part.
_SPECKS = 30
_BESIDE, _ABOVE = 1.4, 1.2
_DEFAULT_RATIO = 1.25
# Dark within a light border, to be seen on any colour.
_ARROWS: dict[str, Any] = {"color": "0.07", "width": 0.004, "minlength": 0.5, "pivot": "mid"}
_BORDER = withStroke(linewidth=1.2, foreground="white", alpha=0.8)


def draw_maps(
    picture: Picture, with_arrows: bool, figure: Figure | SubFigure | None
) -> Figure | SubFigure:
    """A panel for each quantity, side by side, with one view of all."""
    grid = _grid_of(picture)
    panels = [_reduced(panel, grid) for panel in panels_of(picture)]
    figure = figure_for(figure, _size(grid, len(panels)))
    all_axes = figure.subplots(1, len(panels), sharex=True, sharey=True, squeeze=False)[0]
    for axes, panel in zip(all_axes, panels, strict=True):
        _draw_map(axes, panel, grid)
    _frame(all_axes, grid)
    is_real = picture.field.samples.dtype.kind != "c"
    if with_arrows and picture.has_magnitude and is_real:
        _draw_arrows(all_axes[-1], picture, grid)
    is_partial = any(not np.isfinite(panel.samples).all() for panel in panels)
    notes = block_note("pixel", grid.blocks), "hatched: missing" if is_partial else ""
    put_caption(figure, [*picture.slices, *notes])
    return figure


def _grid_of(picture: Picture) -> Grid:
    y, x = picture.sides
    rows, columns = picture.field.samples.shape
    return grid_of((y, x), (rows, columns))


def _reduced(panel: Quantity, grid: Grid) -> Quantity:
    samples = block_means(panel.samples, grid.blocks, panel.period)
    if panel.period is not None:
        samples = wrapped(samples, panel.period)
    return replace(panel, samples=samples)


def _size(grid: Grid, count: int) -> tuple[float, float]:
    ratio = grid.ratio or _DEFAULT_RATIO
    longer = _LONGER if count < 3 else _LONGER_OF_MANY
    width = max(longer * min(1.0, ratio), _SHORTEST)
    height = max(longer * min(1.0, 1 / ratio), _SHORTEST)
    return count * (width + _BESIDE), height + _ABOVE


def _draw_map(axes: Axes, panel: Quantity, grid: Grid) -> None:
    colours = colours_of(panel)
    y, x = grid.corners
    mesh = axes.pcolormesh(
        x,
        y,
        panel.samples,
        cmap=colours.name,
        norm=Normalize(colours.low, colours.high),
        rasterized=True,
    )
    axes.patch.set(**GROUND, linewidth=0)
    put_title(axes, panel.title)
    _put_colour_bar(axes, mesh, panel, colours.extend)


def _put_colour_bar(axes: Axes, mesh: QuadMesh, panel: Quantity, extend: str) -> None:
    # Inset, it is as high as its panel whatever the aspect of that.
    beside = axes.inset_axes((1.03, 0.0, 0.04, 1.0))
    bar = axes.get_figure().colorbar(mesh, cax=beside, extend=extend)  # type: ignore[union-attr]
    bar.set_label(shown_unit(panel.unit))
    if panel.period is None:
        formatter: Any = bar.formatter
        formatter.set_powerlimits((-3, 4))
        formatter.set_useMathText(True)
        return
    low, high = mesh.get_clim()
    quarters = np.linspace(low or 0.0, high or panel.period, 5)
    in_turns = {-0.5: "$-\\pi$", -0.25: "$-\\pi/2$", 0.25: "$\\pi/2$", 0.5: "$\\pi$"}
    in_turns |= {0.0: "0", 0.75: "$3\\pi/2$", 1.0: "$2\\pi$"}
    is_radians = np.isclose(panel.period, 2 * np.pi)
    labels = [in_turns[float(q / panel.period)] if is_radians else f"{q:g}" for q in quarters]
    bar.set_ticks(list(quarters), labels=labels)


def _frame(all_axes: Any, grid: Grid) -> None:
    first = all_axes[0]
    y, x = grid.sides
    y_span, x_span = grid.spans
    first.set_xlim(*_turned(x_span, x))
    first.set_ylim(*_turned(y_span, y))
    first.set_ylabel(y.label)
    put_ticks(first.yaxis, y)
    put_ticks(first.xaxis, x)
    for axes in all_axes:
        axes.set_xlabel(x.label)
        axes.set_aspect("equal" if grid.ratio else "auto")


def _turned(span: tuple[float, float], side: Side) -> tuple[float, float]:
    return span[::-1] if side.is_reversed else span


def _draw_arrows(axes: Axes, picture: Picture, grid: Grid) -> None:
    rows, columns, count = grid.thinned()
    at = np.ix_(rows, columns)
    v, u = (
        block_means_at(picture.components[k].samples, grid.blocks, rows, columns) for k in (0, 1)
    )
    lengths = np.hypot(u.astype(np.float64), v)
    longest = _longest(lengths[np.isfinite(lengths)])
    # Shorter ones are specks.
    is_there = np.isfinite(lengths) & (lengths > longest / _SPECKS)
    if not is_there.any():
        return
    y, x = grid.centres
    xs, ys = (x[at], y[at]) if x.ndim > 1 else np.meshgrid(x[columns], y[rows])
    u, v = u[is_there], v[is_there]
    axes.quiver(
        xs[is_there],
        ys[is_there],
        u,
        v,
        angles=_angles(u, v, grid) if grid.ratio else "xy",
        scale_units="width",
        scale=longest * count,
        path_effects=[_BORDER],
        **_ARROWS,
    )


def _angles(u: Any, v: Any, grid: Grid) -> Any:
    """Degrees on the page, counter-clockwise from the right: those of "xy", at any magnitude."""
    y, x = grid.sides
    up, right = (-1.0 if side.is_reversed else 1.0 for side in (y, x))
    return np.degrees(np.arctan2(up * v.astype(np.float64), right * u.astype(np.float64)))


def _longest(lengths: Any) -> float:
    """The magnitude whose arrow reaches the next; few are longer, none more than twice."""
    if not lengths.size:
        return 0.0
    return max(float(np.quantile(lengths, 0.95)), float(lengths.max()) / _LONGEST)
