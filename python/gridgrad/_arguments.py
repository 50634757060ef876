# _arguments.py: arguments that are whole numbers, axes or types
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Sequence
from operator import index
from typing import Any

import numpy as np
import numpy.typing as npt

_LARGEST = 2**31 - 1


def integer(name: str, given: Any) -> int:
    """A whole number of any type. Raises TypeError, ValueError naming the argument."""
    try:
        number = index(given)
    except TypeError:
        raise TypeError(f"{name}: {given!r} given; an integer is needed") from None
    if not -_LARGEST <= number <= _LARGEST:
        raise ValueError(f"{name}: {number} given, which is out of range")
    return number


def number(name: str, given: Any) -> float:
    """A number of any type. Raises TypeError naming the argument."""
    try:
        return float(given)
    except (TypeError, ValueError):
        raise TypeError(f"{name}: {given!r} given; a number is needed") from None


def thread_count(threads: int | None) -> int:
    """How many threads a call may use: 0 leaves it to the library."""
    if threads is None:
        return 0
    count = integer("threads", threads)
    if count < 1:
        raise ValueError(f"threads: {count} given; at least 1 is needed")
    return count


def range_of(name: str, given: Any) -> tuple[int, int]:
    """The first of a range and the one after its last. Raises TypeError, ValueError."""
    try:
        first, last = given
    except (TypeError, ValueError):
        raise TypeError(f"{name}: {given!r} given; a pair of integers is needed") from None
    bounds = integer(name, first), integer(name, last)
    if min(bounds) < 0:
        raise ValueError(f"{name}: {bounds} given; numbers from 0 on are needed")
    return bounds


def axes_of(axis: int | Sequence[int] | None, rank: int) -> tuple[int, ...]:
    """The axes that are asked for, counted from 0. Raises AxisError, ValueError, TypeError."""
    if axis is None:
        return tuple(range(rank))
    try:
        return np.lib.array_utils.normalize_axis_tuple(axis, rank)
    except (TypeError, OverflowError):
        raise TypeError(
            f"axis: {axis!r} given; an integer or a sequence of integers is needed"
        ) from None


def axis_of_rank(axis: int, rank: int) -> int:
    """The one axis that is asked for, counted from 0. Raises AxisError, TypeError."""
    (only,) = np.lib.array_utils.normalize_axis_tuple(integer("axis", axis), rank)
    return only


def floating_type(dtype: npt.DTypeLike | None) -> np.dtype[Any] | None:
    """The type of results; None leaves it to the samples. Raises TypeError."""
    if dtype is None:
        return None
    try:
        given: Any = np.dtype(dtype)
        if given.char in "efdFD" and given.isnative:
            return given  # type: ignore[no-any-return]
    except (TypeError, ValueError):
        given = repr(dtype)
    raise TypeError(
        f"dtype: {given} given; float16, float32, float64, complex64 and complex128 are accepted"
    )
