# _picture_arrays.py: arrays as pictures
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from gridgrad._gradient import gradient
from gridgrad._picture import (
    NO_NAME,
    Cut,
    Picture,
    Quantity,
    axes_to_differentiate,
    cut_of,
    drawable,
)
from gridgrad._picture_side import Side, from_the_top, side_at, spaced_side
from gridgrad._positions import positions_of, spacing_per_axis
from gridgrad._samples import Array, is_tensor, kind_of, samples_of


def picture_of_array(
    f: Any, spacing: tuple[Any, ...], axis: Any, at: Any, keywords: dict[str, Any]
) -> Picture:
    """A field and its gradient. Raises ValueError, TypeError, AxisError."""
    cut = cut_of(range(np.ndim(f)), np.shape(f), at)
    axes = axes_to_differentiate(axis, cut)
    given = dict(zip(axes, spacing_per_axis(spacing, axes), strict=True))
    samples = _samples(f, cut)
    field = drawable(samples)
    at_cut = [_cut_coordinates(given[one], cut) for one in axes]
    results = gradient(samples, *at_cut, axis=axes, **keywords)
    components = [results] if len(axes) == 1 else results
    picture = _picture(field, cut, given)
    titles = [f"derivative along axis {one}" for one in axes]
    units = ["s-1" if _is_time(given[one]) else "" for one in axes]
    along = {
        cut.drawn.index(one): Quantity(title, unit, _placed(component, cut), is_signed=True)
        for one, title, unit, component in zip(axes, titles, units, components, strict=True)
    }
    unit = units[0] if len(set(units)) == 1 else None
    return replace(picture, components=dict(sorted(along.items())), magnitude_unit=unit)


def field_of_array(f: Any, spacing: tuple[Any, ...], at: Any) -> Picture:
    """A field alone. Raises ValueError, TypeError, AxisError."""
    cut = cut_of(range(np.ndim(f)), np.shape(f), at)
    given = dict(zip(cut.drawn, spacing_per_axis(spacing, cut.drawn), strict=True))
    return _picture(drawable(_samples(f, cut)), cut, given)


def _samples(f: Any, cut: Cut) -> Array:
    """The samples of a cut, of NumPy's kind, with the axes that are held."""
    if is_tensor(f):
        f = f.detach()
    if kind_of(f) == "dask":
        f = f[cut.index].compute()
        cut = replace(cut, held={})
    samples = samples_of(f)
    if samples.mask is None:
        return samples.values[cut.index]
    masked: Array = np.ma.array(samples.values, mask=samples.mask.view(np.bool_))
    return masked[cut.index]


def _cut_coordinates(spacing: Any, cut: Cut) -> Any:
    """Coordinates that vary along other axes too, at the indices that are held."""
    if np.ndim(spacing) < 2:
        return spacing
    coordinates = positions_of(spacing)
    if coordinates.ndim != len(cut.shape):
        return coordinates
    return coordinates[
        tuple(
            one if extent > 1 else slice(None)
            for one, extent in zip(cut.index, coordinates.shape, strict=True)
        )
    ]


def _picture(field: Array, cut: Cut, given: dict[int, Any]) -> Picture:
    sides = [_side(given.get(axis, 1.0), axis, cut) for axis in cut.drawn]
    if len(sides) == 2 and np.ndim(given.get(cut.drawn[0], 1.0)) == 0:
        sides[0] = from_the_top(sides[0])
    slices = tuple(f"axis {axis} at index {index}" for axis, index in cut.held.items())
    return Picture(tuple(sides), Quantity(NO_NAME, "", _placed(field, cut)), slices)


def _side(spacing: Any, axis: int, cut: Cut) -> Side:
    title, extent = f"axis {axis}", cut.shape[axis]
    if np.ndim(spacing) == 0:
        return spaced_side(title, extent, spacing)
    coordinates = _cut_coordinates(spacing, cut)
    if np.ndim(coordinates) == 1 and len(coordinates) != extent:
        raise ValueError(
            f"coordinates: {len(coordinates)} given for {title}, which has {extent} samples"
        )
    if np.ndim(coordinates) == len(cut.shape) > 1:
        coordinates = np.broadcast_to(positions_of(coordinates), _shape(cut))
    return side_at(title, "", _placed(coordinates, cut))


def _shape(cut: Cut) -> tuple[int, ...]:
    return tuple(1 if axis in cut.held else n for axis, n in enumerate(cut.shape))


def _placed(array: Any, cut: Cut) -> Array:
    """Samples along the axes that are drawn alone."""
    values = _filled(array)
    return values.reshape([cut.shape[axis] for axis in cut.drawn]) if values.ndim > 1 else values


def _filled(array: Any) -> Array:
    return array.filled(np.nan) if isinstance(array, np.ma.MaskedArray) else np.asarray(array)


def _is_time(spacing: Any) -> bool:
    return np.asarray(spacing).dtype.kind in "mM"
