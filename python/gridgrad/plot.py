# plot.py: pictures of fields and their gradients
#
# SPDX-License-Identifier: BSD-3-Clause
"""Pictures of fields and of their gradients, drawn with matplotlib.

Nothing else of the package needs matplotlib: ``pip install "gridgrad[plot]"``.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

try:
    import matplotlib  # noqa: F401
except ImportError as error:
    raise ImportError('gridgrad.plot needs matplotlib: pip install "gridgrad[plot]"') from error

from matplotlib.figure import Figure, SubFigure

from gridgrad._arguments import number
from gridgrad._picture import Picture, in_order
from gridgrad._picture_arrays import field_of_array, picture_of_array
from gridgrad._picture_lines import draw_lines
from gridgrad._picture_maps import draw_maps
from gridgrad._positions import TimeUnit
from gridgrad._samples import kind_of
from gridgrad._scheme import Missing

__all__ = ["field", "gradient"]


def gradient(
    f: Any,
    *spacing: Any,
    axis: Hashable | Sequence[Hashable] | None = None,
    edge_order: int | None = None,
    accuracy: int | None = None,
    boundary: Any = None,
    missing: Missing | None = None,
    metric: Any = None,
    coordinates: Mapping[Hashable, Hashable] | None = None,
    time_unit: TimeUnit = "s",
    at: Mapping[Hashable, int] | None = None,
    arrows: bool = True,
    figure: Figure | SubFigure | None = None,
) -> Figure:
    """Draw a field and, beside it, its gradient.

    A field of two axes is drawn as a heat map on the left; on the right the magnitude of its
    gradient, with arrows uphill over it. Along one axis, and where the axes have different
    units, derivatives are drawn one by one instead. A field of one axis is a line, with its
    derivative below. Complex fields have a panel for the magnitude and one for the phase.

    Samples of one sign are drawn in viridis, signed ones (the 2 % quantile below 0, the 98 %
    quantile above, neither eight times the other) in red and blue around white at 0, angles in
    colours that close on themselves: phases, and DataArrays in degrees or radians whose name
    says direction, aspect, azimuth, heading, bearing or phase. Colours span the 2 % to 98 %
    quantiles; where samples lie beyond, the colour bar ends in a point. Missing and infinite
    samples are left out: a hatched ground shows there.

    Axes with coordinates increase upwards, north up, and to the right, cells at their true
    positions; depths and pressures increase downwards. Without
    coordinates the first row is on top, as in an image.

    Of more than 1200 samples along an axis, pixels are means of blocks, of what is there and
    computed in full; the caption says of how many samples.

    Parameters
    ----------
    f : array_like or DataArray
        Samples, as `gridgrad.gradient` or `gridgrad.xarray.gradient` takes them; lazy ones
        are computed, tensors detached.
    *spacing : number or array_like, optional
        As for `gridgrad.gradient`, for the axes that are drawn, or those of `axis`; not with
        a DataArray, whose coordinates say where samples lie.
    axis : int, hashable, or sequence of these, optional
        Along which derivatives are drawn: numbers, or dims of a DataArray. By default all
        that are drawn.
    edge_order, accuracy, boundary, missing, metric : optional
        As for `gridgrad.gradient` and `gridgrad.xarray.gradient`. With ``metric="sphere"``
        the gradient of a DataArray on latitudes and longitudes is per metre, else per degree.
    coordinates, time_unit : optional
        As for `gridgrad.xarray.gradient`; with a DataArray only.
    at : mapping from axis to index, optional
        Where axes are held that are not drawn: ``at={"time": 3}``, ``at={0: -1}``. At most two
        are left; those of one sample are never drawn.
    arrows : bool, optional
        Whether there are arrows over the magnitude, at some of the samples, as long as the
        gradient there; shorter ones than a thirtieth of their distance are left out. True by
        default.
    figure : Figure or SubFigure, optional
        Where panels are drawn. By default a new figure of pyplot's, which ``pyplot.show()``
        shows and ``pyplot.close()`` forgets; with a figure given, pyplot is left alone.

    Returns
    -------
    Figure
        The figure. ``figure.savefig("picture.png")`` needs no display.

    Raises
    ------
    ValueError, TypeError, AxisError
        As `gridgrad.gradient`, before anything is drawn; also where there is nothing to draw,
        an axis or index is not there, or more than two axes remain.

    Examples
    --------
    >>> import numpy as np
    >>> from matplotlib.figure import Figure
    >>> import gridgrad.plot
    >>> y, x = np.linspace(-2, 2, 41), np.linspace(-3, 3, 61)
    >>> hill = np.exp(-(x**2) - y[:, None] ** 2)
    >>> figure = gridgrad.plot.gradient(hill, y, x, accuracy=4, figure=Figure(figsize=(11, 4)))
    >>> [axes.get_title() for axes in figure.axes if axes.get_title()]
    ['field', 'magnitude of the gradient']
    """
    keywords: dict[str, Any] = {"edge_order": edge_order, "accuracy": accuracy}
    keywords |= {"boundary": boundary, "missing": missing, "metric": metric}
    if kind_of(f) == "xarray":
        from gridgrad._picture_labelled import picture_of_labelled

        _refuse_spacing(spacing)
        keywords |= {"coordinates": coordinates or {}, "time_unit": time_unit}
        picture = picture_of_labelled(f, axis, at, keywords)
    else:
        _refuse_labels(coordinates is not None, time_unit != "s")
        picture = picture_of_array(f, spacing, axis, at, keywords)
    return _drawn(picture, arrows, figure)


def field(
    f: Any,
    *spacing: Any,
    coordinates: Mapping[Hashable, Hashable] | None = None,
    at: Mapping[Hashable, int] | None = None,
    period: float | None = None,
    figure: Figure | SubFigure | None = None,
) -> Figure:
    """Draw a field alone, as `gradient` does.

    Parameters
    ----------
    f, *spacing, coordinates, at, figure
        As for `gradient`; a dim without coordinates has its samples 1 apart.
    period : number, optional
        Samples are angles that wrap, as slopes' directions by 360: their colours close on
        themselves. By default what the labels of a DataArray say.

    Returns
    -------
    Figure
        The figure.

    Raises
    ------
    ValueError, TypeError, AxisError
        As `gradient`.

    Examples
    --------
    >>> import numpy as np
    >>> from matplotlib.figure import Figure
    >>> import gridgrad.plot
    >>> y, x = np.mgrid[-1:1:41j, -1:1:41j]
    >>> uphill = np.degrees(np.arctan2(y, x))
    >>> figure = gridgrad.plot.field(uphill, 0.05, period=360, figure=Figure())
    >>> figure.axes[0].collections[0].get_clim()
    (-180.0, 180.0)
    """
    if kind_of(f) == "xarray":
        from gridgrad._picture_labelled import field_of_labelled

        _refuse_spacing(spacing)
        picture = field_of_labelled(f, at, coordinates or {})
    else:
        _refuse_labels(coordinates is not None, False)
        picture = field_of_array(f, spacing, at)
    if period is not None:
        picture = replace(picture, field=replace(picture.field, period=_period(period)))
    return _drawn(picture, False, figure)


def _drawn(picture: Picture, arrows: bool, figure: Figure | SubFigure | None) -> Figure:
    if figure is not None and not isinstance(figure, (Figure, SubFigure)):
        raise TypeError(
            f"figure: a {type(figure).__name__} given; a Figure of matplotlib is needed"
        )
    picture = in_order(picture)
    if len(picture.sides) == 2:
        return draw_maps(picture, arrows, figure).figure
    return draw_lines(picture, figure).figure


def _period(given: Any) -> float:
    period = number("period", given)
    if not 0 < period < float("inf"):
        raise ValueError(f"period: {period} given; a number above 0 is needed")
    return period


def _refuse_spacing(spacing: tuple[Any, ...]) -> None:
    if spacing:
        raise TypeError(
            "spacing: given for a DataArray, whose coordinates say where its samples lie; "
            "coordinates= names others"
        )


def _refuse_labels(*are_given: bool) -> None:
    if any(are_given):
        raise TypeError("coordinates, time_unit: given for an array without labels")
