# _xarray_units.py: units of results that sum over dims
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

import re
from collections.abc import Iterable

_FACTOR = re.compile(r"([A-Za-z_%]+)(?:(?:\^|\*\*)?([+-]?\d+))?")


def per_length(unit: str, length: str, order: int) -> str:
    """A unit divided by one of length so many times; empty if one of them is not known."""
    if not unit or not length:
        return ""
    powers = _powers(unit)
    below = _powers(length)
    if powers is None or below is None:
        return f"{unit} ({length})-{order}"
    for name, power in below.items():
        powers[name] = powers.get(name, 0) - order * power
    factors = [f"{name}{power if power != 1 else ''}" for name, power in powers.items() if power]
    return " ".join(factors) or "1"


def is_degrees(unit: str) -> bool:
    """Whether a coordinate counts degrees, of latitude, of longitude or of others."""
    directions = "n|s|e|w|north|south|east|west|true|t"
    return re.fullmatch(f"degrees?(_?({directions}))?|arc_degrees?", unit.lower()) is not None


def common_unit(argument: str, units: Iterable[tuple[object, str]]) -> str:
    """The one unit that all have; empty if that of any is not known. Raises ValueError."""
    named = list(units)
    known = [(name, unit) for name, unit in named if unit]
    for name, unit in known:
        if unit != known[0][1]:
            raise ValueError(
                f"{argument}: {known[0][0]!r} in {known[0][1]!r} and {name!r} in {unit!r} given; "
                "one unit is needed"
            )
    return known[0][1] if known and len(known) == len(named) else ""


def _powers(unit: str) -> dict[str, int] | None:
    """The power of each factor; None where the unit is written otherwise."""
    if unit == "1":
        return {}
    powers: dict[str, int] = {}
    above, *below = unit.split("/")
    for sign, part in [(1, above), *((-1, one) for one in below)]:
        words = re.split(r"[ .]+", part.strip())
        for word in words if part.strip() != "1" else []:
            match = _FACTOR.fullmatch(word)
            if match is None:
                return None
            name, power = match[1], int(match[2] or 1)
            powers[name] = powers.get(name, 0) + sign * power
    return powers
