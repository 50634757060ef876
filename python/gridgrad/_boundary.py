# _boundary.py: what lies beyond the ends of an axis
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from gridgrad import _native
from gridgrad._arguments import axis_of_rank
from gridgrad._positions import axis_of, in_place


@dataclass(frozen=True)
class Periodic:
    """The axis closes on itself after ``period``, in the unit of its coordinates.

    In seconds along times.

    The period is longer than the distance between the first and the last sample, since
    the first is not stored twice. An axis with a spacing may leave it out: it is
    ``extent * abs(spacing)`` then.
    """

    period: float | None = None


@dataclass(frozen=True)
class Antisymmetric:
    """The field is mirrored and turned about zero or the value of the end sample.

    ``mirror`` is where the mirror stands: on the end sample (``"sample"``), or half the
    end spacing beyond it (``"half-point"``).
    """

    mirror: Literal["sample", "half-point"] = "sample"
    level: Literal["zero", "end-value"] = "zero"


@dataclass(frozen=True)
class Constant:
    """Beyond the end the field has a known value, at the continued spacing.

    ``value`` is a number, or an array with one number per line: the shape of the field
    less the axis.
    """

    value: complex | npt.NDArray[Any] = 0.0


@dataclass(frozen=True)
class Neumann:
    """The first derivative at the end sample is known.

    ``slope`` is a number, or an array with one number per line.
    """

    slope: complex | npt.NDArray[Any] = 0.0


Rule: TypeAlias = str | Periodic | Antisymmetric | Constant | Neumann
Ends: TypeAlias = Rule | tuple[Rule, Rule]
Boundary: TypeAlias = Ends | Mapping[int, Ends]


def _known(rule: Rule, value: complex | npt.NDArray[Any]) -> Any:
    known = np.asarray(value)
    is_number = known.dtype.kind in "biufc" and known.dtype.itemsize <= 16
    if not is_number or np.ma.is_masked(value):
        raise TypeError(f"boundary: {rule!r} given; a number, or one per line, is needed")
    if known.dtype.kind in "iu" and np.any(np.abs(known.astype(np.float64)) > 2.0**53):
        raise ValueError(f"boundary: {rule!r} given; integers up to 2^53 are accepted")
    return in_place(known) if known.ndim else complex(known)


def _period(rule: Periodic) -> float:
    try:
        return float(rule.period)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise TypeError(f"boundary: {rule!r} given; a number is needed") from None


def named(rule: Rule, units: float = 1.0) -> tuple[str, Any]:
    """The name that the library has for a rule, and what it takes besides.

    So many units of the coordinates make one of a period.
    """
    if isinstance(rule, str):
        return rule, None
    if isinstance(rule, Periodic):
        return "periodic", None if rule.period is None else units * _period(rule)
    if isinstance(rule, Antisymmetric):
        if rule.mirror not in ("sample", "half-point"):
            raise ValueError(f"mirror: {rule.mirror!r} given; 'sample' or 'half-point' is accepted")
        if rule.level not in ("zero", "end-value"):
            raise ValueError(f"level: {rule.level!r} given; 'zero' or 'end-value' is accepted")
        half = "-half" if rule.mirror == "half-point" else ""
        return "antisymmetric" + half, rule.level
    if isinstance(rule, Constant):
        return "constant", _known(rule, rule.value)
    if isinstance(rule, Neumann):
        return "neumann", _known(rule, rule.slope)
    raise TypeError(
        f"boundary: {rule!r} given; a name, a pair of names for the lower and the upper end, "
        "or Periodic, Antisymmetric, Constant or Neumann is accepted"
    )


def both(ends: Ends) -> tuple[Rule, Rule]:
    """The rules of the lower and the upper end. Raises ValueError."""
    if not isinstance(ends, tuple):
        return ends, ends
    if len(ends) != 2:
        raise ValueError(
            f"boundary: {len(ends)} rules given; one for both ends, or one for the lower and one "
            "for the upper are accepted"
        )
    return ends


def axis_with_ends(spacing: Any, ends: Ends | None) -> _native.Axis:
    """The axis that a spacing and what lies beyond its ends describe."""
    return with_ends(*axis_of(spacing), ends)


def with_ends(axis: _native.Axis, units: float, ends: Ends | None) -> _native.Axis:
    """The same axis with other ends; so many units of its coordinates make one of a period."""
    if ends is None:
        return axis
    lower, upper = both(ends)
    return axis.with_ends(*named(lower, units), *named(upper, units))


def refuse_halo(ends: Ends | None) -> None:
    """Refuse an end whose neighbours are in the field already."""
    if ends is not None and any(isinstance(rule, str) and rule == "halo" for rule in both(ends)):
        raise ValueError("boundary: 'halo' given; it is for blocks, which Difference is applied to")


def end_values(ends: Ends | None) -> tuple[Any, Any]:
    """What is known at the lower and the upper end: None where nothing is."""
    if ends is None:
        return None, None
    lower, upper = both(ends)
    carries_value = Constant, Neumann
    return (
        named(lower)[1] if isinstance(lower, carries_value) else None,
        named(upper)[1] if isinstance(upper, carries_value) else None,
    )


def check_values(ends: Iterable[Ends], dtype: np.dtype[Any]) -> None:
    """Refuse imaginary parts for real fields, which have no room for them."""
    values = [value for one in ends for value in end_values(one) if value is not None]
    if dtype.kind != "c" and any(np.any(np.imag(value) != 0) for value in values):
        raise ValueError(f"boundary: a complex value given for a field of {dtype}")


def ends_along(boundary: Boundary | None, axes: tuple[int, ...], rank: int) -> dict[int, Ends]:
    """The ends of each axis that has any but one-sided ones."""
    if boundary is None:
        return {}
    if not isinstance(boundary, Mapping):
        return dict.fromkeys(axes, boundary)
    ends = {}
    for axis, rule in boundary.items():
        index = axis_of_rank(axis, rank)
        if index not in axes:
            raise ValueError(
                f"boundary: axis {axis} given, which is not differentiated; axes {axes} are"
            )
        ends[index] = rule
    return ends
