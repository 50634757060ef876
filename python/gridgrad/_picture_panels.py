# _picture_panels.py: which panels a picture has, and what they share
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import AutoDateFormatter, AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure, SubFigure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator

from gridgrad._picture import Picture, Quantity
from gridgrad._picture_side import Side, shown_text

# What lies under panels, and is seen where samples are missing.
GROUND: dict[str, Any] = {"facecolor": "0.93", "edgecolor": "0.75", "hatch": "////"}
_BETWEEN = 0.08  # inches
_TITLE_WIDTH = 44  # characters
_DEGREE_STEPS = [1, 1.5, 3, 6, 9, 10]


def panels_of(picture: Picture) -> list[Quantity]:
    """The field, then its derivatives; of complex samples magnitude and phase."""
    panels = _parts(picture.field)
    if picture.has_magnitude:
        return [*panels, picture.magnitude()]
    for component in picture.components.values():
        panels += _parts(component)
    return panels


def figure_for(figure: Figure | SubFigure | None, size: tuple[float, float]) -> Figure | SubFigure:
    """The caller's figure, else a new one of pyplot's, which shows and closes it."""
    if figure is None:
        from matplotlib import pyplot

        layout = ConstrainedLayoutEngine(w_pad=_BETWEEN, h_pad=_BETWEEN)
        return pyplot.figure(figsize=size, layout=layout)
    if isinstance(figure, Figure) and figure.get_layout_engine() is None:
        figure.set_layout_engine("constrained")
    return figure


def put_title(axes: Axes, title: str) -> None:
    axes.set_title(fill(shown_text(title), _TITLE_WIDTH), fontsize="medium")


def put_caption(figure: Figure | SubFigure, parts: Iterable[str]) -> None:
    text = "; ".join(part for part in parts if part)
    if text:
        figure.supxlabel(shown_text(text), fontsize="small", color="0.3")


def put_ticks(axis: Axis, side: Side) -> None:
    if side.kind == "dates":
        locator = AutoDateLocator()  # type: ignore[no-untyped-call]
        # The concise one puts the year where the title of a panel is.
        form = AutoDateFormatter if axis is axis.axes.yaxis else ConciseDateFormatter
        axis.set_major_locator(locator)
        axis.set_major_formatter(form(locator))
    elif side.kind == "degrees":
        axis.set_major_locator(MaxNLocator(7, steps=_DEGREE_STEPS))


def block_note(pixel: str, blocks: tuple[int, ...]) -> str:
    """How many samples a pixel or a point is the mean of; nothing where it is one."""
    count = " x ".join(str(block) for block in blocks)
    return "" if max(blocks) == 1 else f"each {pixel} is the mean of {count} samples"


def _parts(quantity: Quantity) -> list[Quantity]:
    samples = quantity.samples
    if samples.dtype.kind != "c":
        return [quantity]
    phase = np.where(samples == 0, np.nan, np.angle(samples, deg=True))
    return [
        Quantity(f"magnitude of {quantity.title}", quantity.unit, np.abs(samples)),
        Quantity(f"phase of {quantity.title}", "degrees", phase, 360.0),
    ]
