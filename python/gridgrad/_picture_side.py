# _picture_side.py: the sides of a picture: where samples lie along them, and what they are called
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

import numpy as np
from matplotlib.dates import date2num

from gridgrad._positions import distance, positions_of
from gridgrad._samples import Array
from gridgrad._xarray_units import is_degrees

Kind: TypeAlias = Literal["numbers", "dates", "degrees"]

_SECONDS = {"days": 86400.0, "hours": 3600.0, "minutes": 60.0, "s": 1.0}
_WORD = re.compile(r"(?<!\w)([A-Za-z_%°]+|\))(?:\^|\*\*)?(-?\d+)(?!\w)")
_DEGREE = r"\bdegrees?(?:_?(?:north|south|east|west|true|n|s|e|w|t))?"
_DEGREES = re.compile(rf"(?i){_DEGREE}(?![A-Za-z_])")
_PER_DEGREE = re.compile(rf"(?i)(.*?) ?{_DEGREE}-1")
_CELSIUS = re.compile(r"(?i)\bdeg(?:ree)?s?[ _]?c(?:elsius)?\b")


@dataclass(frozen=True)
class Side:
    """An axis of a field as a side of its picture.

    Positions have one dimension, or two where they vary along both sides. Where `is_reversed`
    they fall upwards, or to the right: rows of an image, depths.
    """

    title: str
    unit: str
    positions: Array
    kind: Kind = "numbers"
    is_reversed: bool = False
    bound: float = np.inf  # no cell goes beyond: latitudes end at 90

    @property
    def label(self) -> str:
        unit = shown_unit(self.unit)
        return f"{shown_text(self.title)} ({unit})" if unit else shown_text(self.title)

    @property
    def is_in_order(self) -> bool:
        steps = np.diff(self.positions)
        return self.positions.ndim > 1 or bool(np.all(steps > 0) or np.all(steps < 0))


def spaced_side(title: str, extent: int, spacing: Any = 1.0) -> Side:
    """A side without coordinates, with the first sample on the left."""
    step = distance(np.asarray(spacing))
    unit = "s" if np.asarray(spacing).dtype.kind == "m" else ""
    return Side(title, unit, np.arange(extent) * step, is_reversed=step < 0)


def from_the_top(side: Side) -> Side:
    """The side of an image: the first sample on top."""
    return replace(side, is_reversed=bool(side.positions[0] < side.positions[-1]))


def side_at(title: str, unit: str, coordinates: Any) -> Side:
    """A side with coordinates, which increase upwards and to the right."""
    given = np.asarray(positions_of(coordinates))
    if not np.isfinite(given).all():
        raise ValueError(f"coordinates: NaN, NaT or infinity given for {title}")
    if given.dtype.kind == "M":
        return Side(title, "", np.asarray(date2num(given)), "dates")  # type: ignore[no-untyped-call]
    if given.dtype.kind == "m":
        seconds = given / np.timedelta64(1, "s")
        span = float(np.ptp(seconds))
        name = next((one for one, length in _SECONDS.items() if span >= 2 * length), "s")
        return Side(title, name, seconds / _SECONDS[name])
    return Side(title, unit, given.astype(np.float64), "degrees" if is_degrees(unit) else "numbers")


def cells(positions: Array, bound: float) -> Array:
    """Where the cells around samples end, half way between them, along the last axis."""
    between = positions[..., 1:] / 2 + positions[..., :-1] / 2
    if positions.shape[-1] == 1:
        return np.concatenate([positions - 0.5, positions + 0.5], -1)
    first = 2 * positions[..., :1] - between[..., :1]
    last = 2 * positions[..., -1:] - between[..., -1:]
    inner = max(bound, float(np.abs(positions).max()))
    return np.concatenate([first, between, last], -1).clip(-inner, inner)


def shown_text(text: str) -> str:
    """A text that mathematics between dollars would take for its own."""
    return text.replace("$", r"\$")


def shown_unit(unit: str) -> str:
    """A unit as it is printed: powers raised, degrees by their sign."""
    for pattern, sign in (("degrees?_?n(?:orth)?", "°N"), ("degrees?_?e(?:ast)?", "°E")):
        if re.fullmatch(f"(?i){pattern}", unit):
            return sign
    per_degree = _PER_DEGREE.fullmatch(unit)
    if per_degree is not None:
        return f"{shown_unit(per_degree[1])} per degree".strip()
    text = _DEGREES.sub("°", _CELSIUS.sub("°C", shown_text(unit)))
    return _WORD.sub(r"\1$^{\2}$", text)


def title_from(attributes: Mapping[Any, Any], otherwise: str) -> str:
    """What a variable is called: for people first, else by the CF rules."""
    named = str(attributes.get("standard_name", "")).replace("_", " ")
    return str(attributes.get("long_name", "")) or named or otherwise
