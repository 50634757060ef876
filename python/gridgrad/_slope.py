# _slope.py: how steep a surface is, and where it faces
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from typing import Any, Unpack

from gridgrad._calculus_call import Keywords, of_scalar, takes_keywords
from gridgrad._terrain import AspectAngle, FlatAspect, SlopeUnit, Stencil, Terrain


@takes_keywords
def slope(
    heights: Any,
    *spacing: Any,
    stencil: Stencil | None = None,
    unit: SlopeUnit = "degrees",
    z_factor: float = 1.0,
    **keywords: Unpack[Keywords],
) -> Any:
    """Compute how steep a surface is, in one pass.

    Parameters
    ----------
    heights : array_like
        Real, of two axes or more.
    *spacing : number or array_like, optional
        As for `divergence`, in the order of `axis`: east, then north. Positions increase
        eastwards and northwards: of a raster whose rows run south coordinates of the rows
        decrease, or their spacing is below 0, as in ``slope(heights, 30, -30)``.
    axis : sequence of int, optional
        The axes to the east and to the north. By default the last and the one before it, of
        heights indexed [row, column]; with latitudes and longitudes those two.
    stencil : {"scheme", "horn", "zevenbergen-thorne"}, optional
        "scheme", the default: derivatives as `accuracy` and `edge_order` say. "horn" takes a
        mean of central differences of three rows, weighted 1, 2, 1; "zevenbergen-thorne"
        those of one row. Both are of accuracy 2.
    unit : {"degrees", "percent", "ratio"}, optional
        Degrees are 0 to 90; the ratio is that of rise and run.
    z_factor : float, optional
        Length of one unit of the heights in that of the axes: 0.3048 for feet above metres.
    metric, edge_order, accuracy, boundary, missing, dtype, threads : optional
        As for `divergence`. On the Earth each row of cells has its own width.
    out : array, optional
        Where the result goes.

    Returns
    -------
    array
        Of the kind of `heights`. Dask arrays stay lazy.

    Raises
    ------
    ValueError, AxisError, TypeError
        As `divergence`; other than two axes, complex heights, an accuracy that the stencil
        does not have.
    NotImplementedError
        As `divergence`; a tensor that requires grad; "horn" with a boundary of a value per line.

    Examples
    --------
    Falls by 3 in 5 to the east and by 4 in 5 to the south, where the rows run:

    >>> import numpy as np
    >>> import gridgrad
    >>> row, column = np.mgrid[0:2, 0:3]
    >>> gridgrad.slope(13.0 - 4 * row - 3 * column, 5, -5)
    array([[45., 45., 45.],
           [45., 45., 45.]])
    """
    terrain = Terrain("slope", stencil, unit=unit, z_factor=z_factor)
    return of_scalar(terrain, heights, spacing, keywords)[0]


@takes_keywords
def aspect(
    heights: Any,
    *spacing: Any,
    stencil: Stencil | None = None,
    angle: AspectAngle = "compass",
    flat: FlatAspect = "missing",
    **keywords: Unpack[Keywords],
) -> Any:
    """Compute the direction downhill, where a surface faces, in one pass.

    Parameters
    ----------
    heights, *spacing, axis, stencil, metric, out, ... : optional
        As for `slope`. Where rows run south and their spacing is not below 0, north and south
        are exchanged.
    angle : {"compass", "trigonometric"}, optional
        Clockwise from north, or counter-clockwise from east.
    flat : {"missing", "zero"}, optional
        What the aspect is where there is no slope: NaN, masked in a masked array, or 0.

    Returns
    -------
    array
        Degrees, ``0 <= aspect < 360`` (up to 360 in float16), of the kind of `heights`; missing
        at a pole, where no direction is north.

    Raises
    ------
    ValueError, AxisError, TypeError, NotImplementedError
        As `slope`.

    Examples
    --------
    >>> import numpy as np
    >>> import gridgrad
    >>> row, column = np.mgrid[0:2, 0:3]
    >>> gridgrad.aspect(13.0 - 4 * row - 4 * column, 5, -5)  # to the south-east
    array([[135., 135., 135.],
           [135., 135., 135.]])
    """
    terrain = Terrain("aspect", stencil, angle=angle, flat=flat)
    return of_scalar(terrain, heights, spacing, keywords)[0]
