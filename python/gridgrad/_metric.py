# _metric.py: what one unit of the coordinates measures, on a plane or the Earth
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from gridgrad import _native
from gridgrad._arguments import axis_of_rank, integer, number
from gridgrad._positions import in_place


@dataclass(frozen=True)
class Sphere:
    """A sphere; the radius is in the unit that lengths shall have, metres by default."""

    radius: float = 6371229.0


@dataclass(frozen=True)
class Ellipsoid:
    """An ellipsoid of revolution, WGS84 by default; lengths are in metres."""

    semi_major_axis: float = 6378137.0
    inverse_flattening: float = 298.257223563


class Metric:
    """Lengths on a grid with orthogonal axes, made by one of the functions below.

    As ``metric=`` a `Sphere` or an `Ellipsoid` alone stands for ``Metric.on`` it, latitudes
    along the last axis but one and longitudes along the last. Immutable, picklable.

    Examples
    --------
    >>> import numpy as np
    >>> import gridgrad
    >>> earth = gridgrad.Metric.on(gridgrad.Sphere(), latitude=0, longitude=1)
    >>> lat, lon = np.linspace(-80, 80, 17), np.arange(0.0, 360, 10)
    >>> east = 20 * np.cos(np.radians(lat))[:, None] + 0 * lon
    >>> wind = east, np.zeros_like(east)
    >>> bool(np.all(gridgrad.divergence(wind, lon, lat, axis=(1, 0), metric=earth) == 0))
    True
    """

    def __init__(self, kind: str, *arguments: Any) -> None:
        self._kind, self._arguments = kind, arguments
        self._at = _native.Metric.at(*arguments) if kind == "at" else None

    def __reduce__(self) -> tuple[Any, ...]:
        return Metric, (self._kind, *self._arguments)

    def __repr__(self) -> str:
        return f"<gridgrad.Metric: {self._kind}>"

    @staticmethod
    def on(earth: Sphere | Ellipsoid, latitude: int = -2, longitude: int = -1) -> Metric:
        """Latitudes and longitudes, in degrees, along two axes; other axes are lengths.

        Raises TypeError, ValueError.
        """
        axes = integer("latitude", latitude), integer("longitude", longitude)
        if isinstance(earth, Sphere):
            return Metric("sphere", number("radius", earth.radius), axes)
        if not isinstance(earth, Ellipsoid):
            raise TypeError(f"earth: {earth!r} given; a Sphere or an Ellipsoid is needed")
        semi_major_axis = number("semi_major_axis", earth.semi_major_axis)
        flattening = number("inverse_flattening", earth.inverse_flattening)
        return Metric("ellipsoid", semi_major_axis, flattening, axes)

    @staticmethod
    def scaled(factors: Mapping[int, npt.ArrayLike]) -> Metric:
        """Orthogonal curvilinear axes.

        ``factors`` are, by axis, the lengths that one unit of its coordinates measures:
        positive, finite numbers or arrays that broadcast against the field. Axes without
        are lengths. Raises TypeError.
        """
        return Metric("scaled", _factors(factors))

    @staticmethod
    def mapped(factors: Mapping[int, npt.ArrayLike]) -> Metric:
        """The same from map factors, by which lengths are multiplied to give those on the map."""
        return Metric("mapped", _factors(factors))

    @staticmethod
    def at(
        latitudes: npt.ArrayLike, longitudes: npt.ArrayLike, sphere: Sphere | None = None
    ) -> Metric:
        """Samples, 1 apart along the last two axes, at latitudes and longitudes in degrees.

        Both have two dimensions. Lengths are by great circles between neighbours, and the axes
        are taken to be orthogonal: see `obliqueness`. Raises ValueError, TypeError.
        """
        radius = number("radius", (sphere or Sphere()).radius)
        return Metric("at", _real("latitudes", latitudes), _real("longitudes", longitudes), radius)

    @property
    def kind(self) -> str:
        """Which function made it: sphere, ellipsoid, scaled, mapped or at."""
        return self._kind

    @property
    def obliqueness(self) -> float:
        """The largest abs(cos) of the angle between the axes of `at`: 0 for other metrics."""
        return 0.0 if self._at is None else self._at.obliqueness

    def native(self, rank: int) -> _native.Metric:
        """That of fields of some rank, for the modules of gridgrad."""
        kind, arguments = self._kind, self._arguments
        if self._at is not None:
            return self._at
        if kind in ("scaled", "mapped"):
            (factors,) = arguments
            given = [(axis_of_rank(axis, rank), lengths) for axis, lengths in factors]
            return (
                _native.Metric.scaled(given) if kind == "scaled" else _native.Metric.mapped(given)
            )
        latitude, longitude = (axis_of_rank(axis, rank) for axis in arguments[-1])
        if kind == "sphere":
            return _native.Metric.on_sphere(arguments[0], (latitude, longitude))
        return _native.Metric.on_ellipsoid(arguments[0], arguments[1], (latitude, longitude))

    def usual_axes(self, rank: int) -> tuple[int, ...] | None:
        """East and north where the metric knows them: axes of operators by default."""
        if self._kind in ("scaled", "mapped"):
            return None
        latitude, longitude = (-2, -1) if self._kind == "at" else self._arguments[-1]
        return axis_of_rank(longitude, rank), axis_of_rank(latitude, rank)


AnyMetric: TypeAlias = Metric | Sphere | Ellipsoid


def metric_of(given: AnyMetric | None) -> Metric | None:
    """The metric that was given. Raises TypeError."""
    if given is None or isinstance(given, Metric):
        return given
    if isinstance(given, (Sphere, Ellipsoid)):
        return Metric.on(given)
    raise TypeError(f"metric: {given!r} given; a Metric, a Sphere or an Ellipsoid is accepted")


def _real(name: str, given: npt.ArrayLike) -> npt.NDArray[Any]:
    """A copy of real numbers. Raises TypeError, ValueError."""
    if np.ma.is_masked(given):
        raise ValueError(f"{name}: a masked one given; all are needed")
    array = np.array(given)
    if array.dtype.kind not in "iuf" or array.dtype.itemsize > 8:
        raise TypeError(f"{name}: dtype {array.dtype} given; real numbers are needed")
    return in_place(array)


def _factors(given: Mapping[int, npt.ArrayLike]) -> list[tuple[int, npt.NDArray[Any]]]:
    if not isinstance(given, Mapping):
        raise TypeError(f"factors: {type(given).__name__} given; a mapping from axis is needed")
    return [(integer("axis", axis), _real("factors", one)) for axis, one in given.items()]
