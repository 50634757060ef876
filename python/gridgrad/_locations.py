# _locations.py: axes that locations are found along, and locations as the library takes them
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gridgrad import _native
from gridgrad._boundary import Ends, refuse_halo, with_ends
from gridgrad._positions import TICKS, axis_of, in_place, positions_of, ticks_of

# In NumPy's units. Years and months of durations are mean ones, a number alone is in seconds.
ATTOSECONDS = {unit: 10**18 // int(ticks) for unit, ticks in TICKS.items()} | {
    unit: seconds * 10**18
    for unit, seconds in {
        "generic": 1,
        "s": 1,
        "m": 60,
        "h": 3600,
        "D": 86_400,
        "W": 7 * 86_400,
        "M": 31_556_952 // 12,
        "Y": 31_556_952,
    }.items()
}


@dataclass(frozen=True)
class Cells:
    """The centres of cells of equal size, as of a map: the first cell begins at ``origin``.

    The first sample lies at ``origin + size / 2``.
    """

    origin: float
    size: float


@dataclass(frozen=True)
class Clock:
    """How an axis of times counts: ticks since ``start``."""

    start: np.datetime64 | np.timedelta64
    tick: np.timedelta64
    per_second: float

    def locations(self, points: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """Ticks of times, or of seconds since the start."""
        if points.dtype.kind == self.start.dtype.kind:
            return self._since_start(points)
        return numbers_of(points).astype(np.float64) * self.per_second

    def _since_start(self, times: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        # NumPy's own difference wraps silently where its unit is too fine for one of both.
        counts, unit = _counts(times)
        starts, start_unit = _counts(np.asarray(self.start))
        _, tick = _counts(np.asarray(self.tick))
        common = math.gcd(unit, start_unit, tick)
        scale, per_tick = unit // common, tick // common
        start = int(starts) * (start_unit // common)
        is_missing = np.isnat(times)
        known = np.where(is_missing, 0, counts)
        furthest = max(-int(known.min(initial=0)), int(known.max(initial=0)))
        if max(furthest * scale + abs(start), scale, per_tick) >= 2**63:
            known = known.astype(object)
        ticks = np.asarray((known * scale - start) / per_tick, np.float64)
        return np.where(is_missing, np.nan, ticks)


def _counts(times: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int64], int]:
    """Times in units of so many attoseconds."""
    unit, count = np.datetime_data(times.dtype)
    if times.dtype.kind == "M" and unit in ("Y", "M"):
        return _counts(times.astype("M8[D]"))
    return in_place(times).view(np.int64), count * ATTOSECONDS[unit]


def axis_of_locations(coordinates: Any, ends: Ends | None) -> tuple[_native.Axis, Clock | None]:
    """The axis that a distance, cells or coordinates describe, and how it counts times."""
    refuse_halo(ends)
    if isinstance(coordinates, Cells):
        return with_ends(_of_cells(coordinates), 1.0, ends), None
    times = None if np.ndim(coordinates) == 0 else positions_of(coordinates)
    if times is None or times.dtype.kind not in "mM" or times.ndim != 1 or times.size == 0:
        return with_ends(*axis_of(coordinates), ends), None
    ticks, per_second = ticks_of(times)
    clock = _clock(times, per_second)
    if times.dtype.kind == "M":
        # Numbers since 1970 would have no room for the last digits.
        if abs(int(ticks[-1]) - int(ticks[0])) >= 2**63:
            raise ValueError("coordinates: times that are 2^63 ticks or more apart given")
        ticks = ticks - ticks[0]
    return with_ends(_native.Axis.at(ticks).per(per_second), per_second, ends), clock


def _of_cells(cells: Cells) -> _native.Axis:
    try:
        origin, size = float(cells.origin), float(cells.size)
    except (TypeError, ValueError):
        raise TypeError(f"coordinates: {cells!r} given; two numbers are needed") from None
    return _native.Axis.cells(origin, size)


def _clock(times: npt.NDArray[Any], per_second: float) -> Clock:
    unit, count = np.datetime_data(times.dtype)
    tick: Any = np.array(1, f"m8[{count}{unit}]" if unit in TICKS else "m8[s]")
    return Clock(times[0] if times.dtype.kind == "M" else np.timedelta64(0, "s"), tick, per_second)


def numbers_of(points: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Real numbers where the library can view them. Raises TypeError."""
    if points.dtype.kind in "iuf" and points.dtype.itemsize <= 8:
        return in_place(points)
    try:
        if points.dtype.kind in "fO":
            return points.astype(np.float64)
    except (TypeError, ValueError):
        pass
    raise TypeError(f"points: dtype {points.dtype} given; real numbers are needed")


def _along(points: Any, clock: Clock | None) -> npt.NDArray[Any]:
    """Locations along one axis, NaN where they are masked."""
    given = np.asanyarray(points)
    if clock is not None:
        if given.dtype == object:
            given = positions_of(given)
        located: npt.NDArray[Any] = clock.locations(np.asarray(given))
    else:
        located = numbers_of(np.asarray(given))
    if not np.ma.is_masked(given):
        return located
    return np.where(np.ma.getmaskarray(given), np.nan, located)


def locations_of(points: Any, clocks: Sequence[Clock | None]) -> npt.NDArray[Any]:
    """Locations of shape (..., rank), for an axis per clock.

    From an array of that shape; a tuple of an array per axis; any array for one axis.
    """
    rank = len(clocks)
    if isinstance(points, tuple):
        if len(points) != rank:
            raise ValueError(
                f"points: a tuple of {len(points)} given for {rank} axes; it has one array per axis"
            )
        return _joined([_along(*pair) for pair in zip(points, clocks, strict=True)])
    given = np.asanyarray(points)
    if rank == 1:
        return _along(given, clocks[0])[..., np.newaxis]
    if clocks.count(None) == rank or given.shape[-1:] != (rank,):
        return _along(given, None)
    return _joined([_along(given[..., axis], clock) for axis, clock in enumerate(clocks)])


def _joined(parts: list[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    return np.stack(np.broadcast_arrays(*parts), axis=-1)
