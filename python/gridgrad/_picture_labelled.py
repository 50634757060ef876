# _picture_labelled.py: DataArrays as pictures, with the names and units of their labels
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import xarray as xr

from gridgrad._picture import (
    NO_NAME,
    Cut,
    Picture,
    Quantity,
    axes_to_differentiate,
    cut_of,
    drawable,
)
from gridgrad._picture_side import Side, from_the_top, side_at, spaced_side, title_from
from gridgrad._samples import Array, samples_of
from gridgrad._xarray_labels import Along, Request, along_dim, text_of
from gridgrad._xarray_space import dim_of_axis, space_of
from gridgrad._xarray_units import is_degrees, per_length
from gridgrad.xarray import gradient

_DIRECTION = re.compile(r"(?i)(direction|aspect|azimuth|heading|bearing|phase)(?![a-z])")
_SIGNED = re.compile(
    "(?i)derivative|divergence|curl of|vorticity|laplacian|strain rate|rotation of"
)
_RADIANS = re.compile("rad|radians?")


@dataclass(frozen=True)
class _Labels:
    """A field that is cut, and the dims of its picture: upwards, to the right."""

    f: xr.DataArray
    dims: tuple[Hashable, ...]
    cut: Cut
    request: Request

    def along_sides(self, samples: Any) -> Array:
        """Samples of the cut in the order of the sides."""
        array = xr.DataArray(samples, dims=self.f.dims)
        held = [dim for dim in self.f.dims if dim not in self.dims]
        return np.asarray(array.squeeze(held, drop=True).transpose(*self.dims).values)


def picture_of_labelled(f: Any, axis: Any, at: Any, keywords: dict[str, Any]) -> Picture:
    """A field and its gradient. Raises ValueError, TypeError, AxisError."""
    labels = _labels_of(f, at, keywords["coordinates"], keywords["time_unit"])
    axes = axes_to_differentiate(axis, labels.cut)
    dims = [labels.f.dims[one] for one in axes]
    samples = drawable(samples_of(labels.f.values).values)
    components = list(gradient(labels.f, *dims, **keywords).data_vars.values())
    picture = _picture(labels, samples)
    parts = {}
    for dim, component in zip(dims, components, strict=True):
        number = labels.dims.index(dim)
        title = f"derivative along {picture.sides[number].title}"
        unit = text_of(component.attrs, "units")
        derivative = labels.along_sides(component.values)
        parts[number] = Quantity(title, unit, derivative, is_signed=True)
    common = _magnitude_unit(labels, dims, components, keywords["metric"])
    return replace(picture, components=dict(sorted(parts.items())), magnitude_unit=common)


def field_of_labelled(f: Any, at: Any, coordinates: Mapping[Hashable, Hashable]) -> Picture:
    """A field alone. Raises ValueError, TypeError, AxisError."""
    labels = _labels_of(f, at, coordinates, "s")
    return _picture(labels, drawable(samples_of(labels.f.values).values))


def _labels_of(f: Any, at: Any, coordinates: Any, time_unit: Any) -> _Labels:
    if not isinstance(f, xr.DataArray):
        raise TypeError(f"f: a {type(f).__name__} given; a picture shows one variable, as f['T']")
    f = f.rename(NO_NAME) if f.name is None else f
    cut = cut_of(f.dims, f.shape, at)
    f = f[cut.index].compute()
    dims = tuple(f.dims[axis] for axis in cut.drawn)
    if len(dims) == 2:
        is_upright = [dim in (dim_of_axis(f, "Y"), _height_of(f, dims)) for dim in dims]
        if dims[0] == dim_of_axis(f, "X") or is_upright == [False, True] or _runs_right(f, dims):
            dims = dims[::-1]
    return _Labels(f, dims, cut, Request(f, dims, None, coordinates or {}, time_unit, 1, {}))


def _runs_right(f: xr.DataArray, dims: tuple[Hashable, ...]) -> bool:
    """Whether the first dim is time, and the second is not to the east."""
    is_time = [dim in f.indexes and f.indexes[dim].dtype.kind in "mMO" for dim in dims]
    return is_time == [True, False] and dims[1] != dim_of_axis(f, "X")


def _height_of(f: xr.DataArray, dims: tuple[Hashable, ...]) -> Hashable | None:
    """The dim of heights or depths, which the CF rules know by "positive" too."""
    known = [dim for dim in dims if dim in f.coords and "positive" in f[dim].attrs]
    return known[0] if known else dim_of_axis(f, "Z")


def _picture(labels: _Labels, samples: Array) -> Picture:
    f = labels.f
    sides = [_side(labels, dim) for dim in labels.dims]
    has_positions = [labels.request.coordinates.get(dim, dim) in f.coords for dim in labels.dims]
    if len(sides) == 2:
        sides[1] = replace(sides[1], is_reversed=False)
        sides[0] = sides[0] if has_positions[0] else from_the_top(sides[0])
    field = Quantity(
        title_from(f.attrs, str(f.name)),
        text_of(f.attrs, "units"),
        labels.along_sides(samples),
        _period(f),
        any(_SIGNED.search(name) for name in _names(f)),
    )
    slices = tuple(_slice(labels, axis, index) for axis, index in labels.cut.held.items())
    return Picture(tuple(sides), field, slices)


def _side(labels: _Labels, dim: Hashable) -> Side:
    f, request = labels.f, labels.request
    name = request.coordinates.get(dim, dim)
    if name == dim and dim not in f.coords:
        return spaced_side(str(dim), f.sizes[dim])
    along = along_dim(f, dim, request)
    attributes = request.variables[name].attrs
    unit = text_of(attributes, "units")
    side = side_at(_title(attributes, name), unit, _positions(labels, along))
    first = request.variables[name].values.flat[0]
    if np.asarray(first).dtype == object:
        # Dates of cftime, as time since the first.
        side = replace(side, title=f"{side.title} since {first}")
    bound = 90.0 if _is_north(unit) else np.inf
    return replace(side, bound=bound, is_reversed=_grows_downwards(attributes, side))


def _grows_downwards(attributes: Mapping[Any, Any], side: Side) -> bool:
    """Whether a coordinate is a depth or a pressure."""
    positive = text_of(attributes, "positive").lower()
    if positive:
        return positive == "down"
    return side.title.lower() == "depth" or side.unit in ("hPa", "millibar")


def _positions(labels: _Labels, along: Along) -> Array:
    if np.ndim(along.positions) < 2:
        return np.asarray(along.positions)
    return labels.along_sides(np.broadcast_to(along.positions, labels.f.shape))


def _title(attributes: Mapping[Any, Any], name: Hashable) -> str:
    unit = text_of(attributes, "units").lower()
    is_east = is_degrees(unit) and re.search("e(ast)?$", unit) is not None
    known = "latitude" if _is_north(unit) else "longitude" if is_east and "_" in unit else str(name)
    return title_from(attributes, known)


def _is_north(unit: str) -> bool:
    return re.fullmatch("(?i)degrees?_?n(orth)?", unit) is not None


def _period(f: xr.DataArray) -> float | None:
    """What a field wraps by, if its labels say that it is a direction or a phase."""
    if not any(_DIRECTION.search(name) for name in _names(f)):
        return None
    unit = text_of(f.attrs, "units")
    return 360.0 if is_degrees(unit) else 2 * np.pi if _RADIANS.fullmatch(unit) else None


def _names(f: xr.DataArray) -> tuple[str, ...]:
    return str(f.name), text_of(f.attrs, "long_name"), text_of(f.attrs, "standard_name")


def _slice(labels: _Labels, axis: int, index: int) -> str:
    dim = labels.f.dims[axis]
    if dim not in labels.f.coords:
        return f"{dim} at index {index}"
    value = labels.f[dim].values[0]
    if isinstance(value, np.datetime64):
        return f"{dim} = {np.datetime_as_string(value, unit='s').replace('T', ' ')}"
    unit = text_of(labels.f[dim].attrs, "units").partition(" since ")[0]
    shown = f"{value:g}" if np.asarray(value).dtype.kind in "iuf" else str(value)
    return f"{dim} = {shown} {unit}".rstrip()


def _magnitude_unit(
    labels: _Labels, dims: list[Hashable], components: list[Any], metric: Any
) -> str | None:
    """The unit that components have in common; empty if not known, None if there is none."""
    request = replace(labels.request, dims=tuple(dims))
    if metric in (None, "cartesian"):
        alongs = [along_dim(labels.f, dim, request) for dim in dims]
    else:
        alongs = space_of(labels.f, request, metric).alongs
    units = [along.unit for along in alongs]
    known = {unit for unit in units if unit}
    if len(known) <= 1:
        return text_of(components[0].attrs, "units") if known and all(units) else ""
    if all(is_degrees(unit) for unit in units):
        return per_length(text_of(labels.f.attrs, "units"), "degree", 1)
    return None
