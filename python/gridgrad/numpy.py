# numpy.py: numpy.gradient, to the bit
#
# SPDX-License-Identifier: BSD-3-Clause
"""A drop-in for ``numpy.gradient``: the same results to the bit, the same errors, sooner.

``from gridgrad.numpy import gradient`` is the change of one import. What is out of the
ordinary (objects, dates, masked arrays, arrays of other libraries, wrong arguments) is
computed or refused by ``numpy.gradient`` itself; docs/python.md lists the few places where
the results differ, and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import index
from typing import Any

import numpy as np
import numpy.typing as npt

from gridgrad import _native

__all__ = ["gradient"]

# Held here: a program may put this module's function in the place of NumPy's.
_gradient_of_numpy: Any = np.gradient


def gradient(
    f: npt.ArrayLike,
    *varargs: Any,
    axis: int | Sequence[int] | None = None,
    edge_order: int = 1,
) -> Any:
    """Return the gradient of an n-dimensional array, as ``numpy.gradient`` does.

    Second-order central differences inside and one-sided differences at the ends, by
    NumPy's own formulas in NumPy's own types. Prefer `gridgrad.gradient` in new programs:
    these formulas lose digits on irregular coordinates.

    Parameters
    ----------
    f : array_like
        The samples.
    *varargs : number or array_like, optional
        One spacing for all axes, or for each axis a spacing or coordinates.
    axis : int or tuple of int, optional
        The axes; all by default.
    edge_order : {1, 2}, optional
        Order of the differences at the ends. 1 by default.

    Returns
    -------
    ndarray or tuple of ndarray
        An array for one axis, else a tuple with an array for each.

    Raises
    ------
    ValueError, TypeError, AxisError
        As ``numpy.gradient``; ValueError also for an `edge_order` below 1 or between 1 and
        2, which NumPy takes for 2, and for masked coordinates, whose mask it ignores.

    Examples
    --------
    >>> import numpy as np
    >>> from gridgrad.numpy import gradient
    >>> gradient(np.array([1.0, 2.0, 4.0, 7.0, 11.0, 16.0]), 2.0)
    array([0.5 , 0.75, 1.25, 1.75, 2.25, 2.5 ])
    """
    result = _native.numpy_gradient(f, varargs, axis, edge_order)
    if result is None:
        # The same call, spelled otherwise, has the same result.
        given = f, axis, edge_order
        plain = _plain_field(f), _plain_axis(axis), _plain_order(edge_order)
        if any(one is not other for one, other in zip(plain, given, strict=True)):
            f = plain[0]
            result = _native.numpy_gradient(f, varargs, *plain[1:])
    if result is not None:
        return result
    _check_edge_order(edge_order)
    spacings = [_positions(spacing) for spacing in varargs]
    try:
        return _gradient_of_numpy(_rebased(f), *spacings, axis=axis, edge_order=edge_order)
    except IndexError as error:
        if isinstance(error, np.exceptions.AxisError):
            raise
        # Coordinates of an axis without two samples, which have no first distance.
        raise ValueError(
            "Shape of array too small to calculate a numerical gradient, "
            "at least (edge_order + 1) elements are required."
        ) from None


# Each is the argument itself where it is spelled so already.


def _plain_field(f: Any) -> Any:
    """A list as an array."""
    return np.asarray(f) if isinstance(f, (list, tuple)) else f


def _plain_axis(axis: Any) -> Any:
    """An axis or axes as Python's integers, where they are whole numbers."""
    if type(axis) is tuple and all(type(one) is int for one in axis):
        return axis
    try:
        return tuple(map(index, axis)) if isinstance(axis, (list, tuple)) else index(axis)
    except TypeError:
        return axis


def _plain_order(edge_order: Any) -> Any:
    """1 or 2, where it equals one of them."""
    is_number = isinstance(edge_order, (int, float, np.number, np.bool_))
    is_spelled_otherwise = type(edge_order) is not int and is_number
    return int(edge_order) if is_spelled_otherwise and edge_order in (1, 2) else edge_order


def _check_edge_order(edge_order: Any) -> None:
    """Refuse what NumPy takes for 2; what it refuses is left to it."""
    is_number = isinstance(edge_order, (int, float, np.number, np.bool_))
    if is_number and edge_order < 2 and edge_order != 1:
        raise ValueError(f"edge_order: {edge_order!r} given; 1 or 2 is needed")


def _positions(spacing: Any) -> Any:
    """Coordinates in a form that NumPy computes rightly with."""
    if not isinstance(spacing, (np.ndarray, list, tuple)):
        return spacing
    if np.ma.is_masked(spacing):
        raise ValueError("coordinates: a masked one given; every sample needs a position")
    positions = np.asanyarray(spacing)
    # The difference of two truths is whether they differ.
    return positions.astype(np.float64) if positions.dtype == np.bool_ else positions


def _rebased(f: Any) -> Any:
    """Dates as durations since one of them.

    NumPy weighs the ticks since 1970, which are too many for its products.
    """
    if type(f) is not np.ndarray or f.dtype.kind != "M":
        return f
    ticks = f[~np.isnat(f)].view(np.int64)
    if ticks.size == 0:
        return f
    low, high = int(ticks.min()), int(ticks.max())
    # The middle of a span so long that its durations have no room in the products either.
    since = low if high - low < 2**61 else (low + high) // 2
    return f - np.int64(since).view(f.dtype)
