# _xarray_space.py: which dims are space, and what their coordinates measure
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import xarray as xr

from gridgrad._metric import Ellipsoid, Metric, Sphere
from gridgrad._xarray_labels import Along, Request, along_dim, listed, text_of
from gridgrad._xarray_units import common_unit, is_degrees

AnyMetric: TypeAlias = (
    Literal["cartesian", "sphere", "ellipsoid", "auto"] | Metric | Sphere | Ellipsoid
)

_NAMES = ("cartesian", "sphere", "ellipsoid", "auto")
_NORTH = {"degrees_north", "degree_north", "degree_n", "degrees_n", "degreen", "degreesn"}
_EAST = {"degrees_east", "degree_east", "degree_e", "degrees_e", "degreee", "degreese"}
_STANDARD_NAMES = {
    "X": {"longitude", "grid_longitude", "projection_x_coordinate"},
    "Y": {"latitude", "grid_latitude", "projection_y_coordinate"},
    "Z": {"height", "altitude", "depth", "air_pressure"},
}


@dataclass(frozen=True)
class Space:
    """The dims of space, and the metric that arrays take, None where coordinates are lengths."""

    alongs: list[Along]
    metric: Metric | None

    @property
    def positions(self) -> list[Any]:
        return [along.positions for along in self.alongs]

    def length(self) -> str:
        """The unit of all dims; empty if that of any is not known. Raises ValueError."""
        return common_unit("dims", ((along.dim, along.unit) for along in self.alongs))

    def refuse_degrees(self) -> None:
        """Refuse sums over dims in degrees, or in several units. Raises ValueError."""
        angles = [along.dim for along in self.alongs if is_degrees(along.unit)]
        if angles:
            raise ValueError(
                f"metric: none given, and {listed(angles)} in degrees; 'sphere' or 'ellipsoid' "
                "makes them lengths"
            )
        self.length()


def space_of(f: xr.DataArray, request: Request, given: AnyMetric | None) -> Space:
    """The dims that were asked for, or all that are space. Raises ValueError, TypeError."""
    north = _dim_in(f, request, _NORTH)
    east = _dim_in(f, request, _EAST)
    metric = _metric(f, given, north, east)
    dims = request.dims or ((east, north) if metric and north and east else tuple(f.dims))
    if _has_own_places(metric):
        return Space([_unplaced(dim, f.sizes[dim]) for dim in dims], metric)
    alongs = [along_dim(f, dim, request) for dim in dims]
    if metric is None:
        return Space(alongs, None)
    for dim in (north, east) if _is_geographic(metric) else ():
        if dim not in dims:
            raise ValueError(
                f"metric: given for dims {listed(dims)}; {dim!r} is needed among them, as lengths "
                "depend on it"
            )
    measured = (north, east) if _is_geographic(metric) else dims
    return Space([_in_metres(one) if one.dim in measured else one for one in alongs], metric)


def right_handed_dims(
    f: xr.DataArray, count: int, dims: Sequence[Hashable] | None, calculus: str
) -> tuple[Hashable, ...]:
    """The dims that were given, or x, y and z of the CF rules. Raises ValueError."""
    known = {axis: dim_of_axis(f, axis) for axis in "XYZ"}
    if dims is not None:
        given = (dims,) if isinstance(dims, str) else tuple(dims)
        if calculus == "curl" and given == (known["Y"], known["X"]):
            raise ValueError(
                f"dims: {listed(given)} given; a curl needs x before y, and components in that "
                "order"
            )
        return given
    found = [known[axis] for axis in "XYZ"[:count]]
    if None in found or count > len(found):
        raise ValueError(
            f"dims: not given, and which of {listed(f.dims)} are x and y is not known from their "
            "attributes; dims=('x', 'y') says it"
        )
    return tuple(found)


def _metric(
    f: xr.DataArray, given: AnyMetric | None, north: Hashable | None, east: Hashable | None
) -> Metric | None:
    if given is None or isinstance(given, Metric):
        return given
    if isinstance(given, str) and given not in _NAMES:
        raise ValueError(f"metric: {given!r} given; accepted: {listed(_NAMES)}")
    is_there = north is not None and east is not None
    if given == "cartesian" or (given == "auto" and not is_there):
        return None
    earth: Any = given
    if isinstance(given, str):
        earth = Ellipsoid() if given == "ellipsoid" else Sphere()
    if not is_there:
        raise ValueError(
            f"metric: {given!r} given, but no two dims of {listed(f.dims)} have coordinates in "
            "degrees_north and degrees_east"
        )
    return Metric.on(earth, f.get_axis_num(north), f.get_axis_num(east))


def _is_geographic(metric: Metric) -> bool:
    return metric.kind in ("sphere", "ellipsoid")


def _has_own_places(metric: Metric | None) -> bool:
    return metric is not None and metric.kind == "at"


def _attributes(f: xr.DataArray, dim: Hashable) -> Mapping[Any, Any]:
    return f[dim].attrs if dim in f.coords else {}


def _dim_in(f: xr.DataArray, request: Request, units: set[str]) -> Hashable | None:
    for dim in f.dims:
        variable = request.variables.get(request.coordinates.get(dim, dim))
        if variable is not None and text_of(variable.attrs, "units").lower() in units:
            return dim
    return None


def dim_of_axis(f: xr.DataArray, axis: str) -> Hashable | None:
    """The dim that the CF rules know as x, y or z."""
    units = {"X": _EAST, "Y": _NORTH}.get(axis, set())
    for dim in f.dims:
        attributes = _attributes(f, dim)
        if text_of(attributes, "axis") == axis or text_of(attributes, "units").lower() in units:
            return dim
        if text_of(attributes, "standard_name") in _STANDARD_NAMES[axis]:
            return dim
    return None


def _in_metres(along: Along) -> Along:
    return replace(along, unit="m", title=f"distance along {along.title}")


def _unplaced(dim: Hashable, extent: int) -> Along:
    """A dim whose samples have places of their own, 1 apart along it."""
    return Along(dim, 1.0, f"distance along {dim}", "m", Fraction(1), float(extent))
