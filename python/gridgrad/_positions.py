# _positions.py: where samples lie along their axes
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from gridgrad import _native

TimeUnit: TypeAlias = Literal["s", "ms", "us", "ns", "m", "h", "D", "W"]

SECONDS = {"s": Fraction(1), "ms": Fraction("1e-3"), "us": Fraction("1e-6"),
           "ns": Fraction("1e-9"), "m": Fraction(60), "h": Fraction(3600),
           "D": Fraction(86400), "W": Fraction(604800)}  # fmt: skip
# Ticks in a second of NumPy's units that are shorter than one.
TICKS = {"ms": 1e3, "us": 1e6, "ns": 1e9, "ps": 1e12, "fs": 1e15, "as": 1e18}


def in_place(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The array as the library can view it, or a copy of it where its bytes lie otherwise."""
    plain = np.asarray(array)
    whole = all(stride % plain.itemsize == 0 for stride in plain.strides)
    if plain.dtype.isnative and plain.flags.aligned and whole:
        return plain
    return plain.astype(plain.dtype.newbyteorder("="), order="K", copy=True)


def ticks_of(times: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int64], float]:
    """Ticks of times or of durations, and how many of them a second has."""
    if np.isnat(times).any():
        raise ValueError("coordinates: a time that is NaT given; every sample needs a position")
    unit = np.datetime_data(times.dtype)[0]
    if unit not in TICKS:
        return times.astype(f"{times.dtype.char}8[s]").view(np.int64), 1.0
    count = np.datetime_data(times.dtype)[1]
    return in_place(times).view(np.int64), TICKS[unit] / count


def _axis_at(coordinates: npt.NDArray[Any]) -> tuple[_native.Axis, float]:
    if coordinates.dtype.kind in "mM":
        ticks, per_second = ticks_of(coordinates)
        return _native.Axis.at(ticks).per(per_second), per_second
    return _native.Axis.at(in_place(coordinates)), 1.0


def relative_positions(coordinates: Any) -> npt.NDArray[np.float64]:
    """Positions since the first, in float64, times in seconds."""
    given = positions_of(coordinates)
    ticks, per_second = ticks_of(given) if given.dtype.kind in "mM" else (given, 1.0)
    if ticks.dtype.kind not in "iu":
        return ticks.astype(np.float64) - np.float64(ticks[0])
    return np.array([int(tick) - int(ticks[0]) for tick in ticks], np.float64) / per_second


def positions_of(coordinates: Any) -> npt.NDArray[Any]:
    """An array of numbers or times. Raises TypeError, ValueError."""
    given: npt.NDArray[Any] = np.asanyarray(coordinates)
    if np.ma.is_masked(given):
        raise ValueError("coordinates: a masked one given; every sample needs a position")
    if given.dtype == object and given.size:
        given = _of_objects(given)
    if given.dtype.kind in "iufmM" and given.dtype.itemsize <= 8:
        return given
    raise TypeError(
        f"coordinates: dtype {given.dtype} given; integers, float16, float32, "
        "float64, datetime64 and timedelta64 are accepted"
    )


def _of_objects(given: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Dates of Python's as times, fractions and the like as numbers."""
    is_date = all(isinstance(one, date) and not getattr(one, "tzinfo", None) for one in given.flat)
    try:
        known: npt.NDArray[Any] = given.astype("M8[us]" if is_date else np.float64)
    except (TypeError, ValueError):
        return given
    return known


def distance(number: npt.NDArray[Any]) -> float:
    """The distance between neighbours that a number of any type is. Raises TypeError."""
    if number.dtype.kind == "m":
        return float(number / np.timedelta64(1, "s"))
    try:
        if number.dtype.kind in "biufO":
            return float(number[()])
    except (TypeError, ValueError):
        pass
    raise TypeError(f"spacing: {number[()]!r} given; a real number or coordinates are accepted")


def axis_of(spacing: Any) -> tuple[_native.Axis, float]:
    """An axis with that distance between neighbours, or at those coordinates.

    Derivatives are per second along times. The number is how many units of the coordinates
    make one of those: ticks in a second, else 1.
    """
    if np.ndim(spacing) == 0:
        return _native.Axis.spaced(distance(np.asarray(spacing))), 1.0
    return _axis_at(positions_of(spacing))


def spacing_per_axis(spacing: tuple[Any, ...], axes: tuple[int, ...]) -> tuple[Any, ...]:
    """One spacing for each axis, as numpy.gradient takes them."""
    if not spacing:
        return (1.0,) * len(axes)
    if len(spacing) == 1 and np.ndim(spacing[0]) == 0:
        return spacing * len(axes)
    if len(spacing) != len(axes):
        raise TypeError(
            f"spacing: {len(spacing)} given for {len(axes)} axes; one number for all axes, or "
            "one number or coordinates for each, are accepted"
        )
    return spacing
