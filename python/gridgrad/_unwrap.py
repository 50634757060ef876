# _unwrap.py: signals that wrap, as angles and counters do, without their jumps
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from gridgrad._samples import Array

# Whole numbers of 64 bits differ by less.
_LONGEST = 2**64


def checked_period(period: Any) -> float:
    """The period, an int where it is whole. Raises TypeError, ValueError."""
    try:
        number = float(period)
    except (TypeError, ValueError):
        raise TypeError(f"period: {period!r} given; a number is needed") from None
    if not 0 < number < np.inf:
        raise ValueError(f"period: {period!r} given; a finite number above 0 is needed")
    return int(period) if number.is_integer() else number


def unwrapped(values: Array, is_there: npt.NDArray[np.bool_], period: float) -> Array:
    """Samples less the jumps of a signal that wraps, which takes steps below half a period.

    Whole numbers with a whole period become exact numbers since the first sample. Others
    get multiples of the period, rounded to float64. Samples that are missing or not finite
    stay as they are; the step across them is one step.
    """
    if values.dtype.kind == "c":
        raise TypeError(f"period: {period!r} given for samples of {values.dtype}; real ones wrap")
    if values.dtype.kind in "iu" and isinstance(period, int):
        return _of_whole(values, is_there, period)
    samples = values.astype(np.float64)
    taken = is_there & np.isfinite(samples)
    known = samples[taken]
    if known.size:
        turns = np.rint(np.diff(known) / period)
        known[1:] -= np.cumsum(turns) * period
        samples[taken] = known
    return samples


def _of_whole(values: Array, is_there: npt.NDArray[np.bool_], period: int) -> Array:
    if period > _LONGEST:
        raise ValueError(f"period: {period} given for whole numbers; at most 2**64 is accepted")
    phases = _phases(values[is_there], period)
    # Of 64 bits and modulo 2**64, to which a period of 2**64 is 0.
    turn = np.uint64(period % _LONGEST)
    ahead = np.diff(phases) + np.where(phases[1:] < phases[:-1], turn, np.uint64(0))
    is_back = ahead > np.uint64((period - 1) // 2)
    steps = np.where(is_back, ahead - turn, ahead).view(np.int64)
    if steps.size and np.abs(np.cumsum(steps.astype(np.float64))).max() >= 2.0**63:
        raise ValueError("f: whole numbers given that pass 2**63 without their wraps")
    samples = np.zeros(len(values), np.int64)
    samples[is_there] = np.append(0, np.cumsum(steps))[: len(phases)]
    return samples


def _phases(values: Array, period: int) -> npt.NDArray[np.uint64]:
    """Whole numbers modulo the period."""
    if values.dtype.kind == "u":
        wide = values.astype(np.uint64)
        return wide if period == _LONGEST else wide % np.uint64(period)
    signed = values.astype(np.int64)
    if period < 2**63:
        return np.asarray(signed % np.int64(period)).view(np.uint64)
    bits = signed.view(np.uint64)
    return np.where(signed < 0, bits + np.uint64(period % _LONGEST), bits)
