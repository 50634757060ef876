# _picture_colours.py: which colours the samples of a panel have
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from gridgrad._picture import Quantity
from gridgrad._samples import Array

Extend: TypeAlias = Literal["neither", "both", "min", "max"]

_SEQUENTIAL, _DIVERGING, _CYCLIC = "viridis", "RdBu_r", "twilight"
# Few samples far out would leave the others one colour.
_QUANTILES = 0.02, 0.98
# The smaller side over the greater, at least, of samples on both sides of zero: below, half of
# the colours would be spent on few samples, as those of sea water below 0 degrees.
_SIGNED = 0.125


@dataclass(frozen=True)
class Colours:
    """A colour map, the samples at its two ends, and at which of them there are samples beyond."""

    name: str
    low: float
    high: float
    extend: Extend = "neither"


def colours_of(quantity: Quantity) -> Colours:
    """Viridis; for signed samples a map centred on zero; for angles one that closes on itself."""
    finite = quantity.samples[np.isfinite(quantity.samples)]
    if quantity.period is not None:
        return _of_angles(finite, quantity.period)
    if not finite.size:
        return Colours(_SEQUENTIAL, 0.0, 1.0)
    low, high = (float(one) for one in np.quantile(finite.astype(np.float64), _QUANTILES))
    if low == high:
        low, high = float(finite.min()), float(finite.max())
    if quantity.is_signed or min(-low, high) > _SIGNED * max(-low, high):
        name, high = _DIVERGING, max(-low, high) or 1.0
        low = -high
    else:
        name = _SEQUENTIAL
        if low == high:
            # A constant, in the middle of colours that are its own.
            low, high = low - (abs(low) or 1.0) / 2, high + (abs(high) or 1.0) / 2
    return Colours(name, low, high, _extend(finite, low, high))


def wrapped(samples: Array, period: float) -> Array:
    """Angles within the limits of their colours."""
    low, high = _limits(samples[np.isfinite(samples)], period)
    is_beyond = (samples < low) | (samples > high)
    return np.where(is_beyond, low + np.mod(samples - low, period), samples)


def _of_angles(finite: Array, period: float) -> Colours:
    return Colours(_CYCLIC, *_limits(finite, period))


def _limits(finite: Array, period: float) -> tuple[float, float]:
    """From zero, or around it where an angle is below."""
    is_signed = bool(finite.size) and float(finite.min()) < 0
    return (-period / 2, period / 2) if is_signed else (0.0, period)


def _extend(finite: Array, low: float, high: float) -> Extend:
    below, above = bool(finite.min() < low), bool(finite.max() > high)
    if below and above:
        return "both"
    return "min" if below else "max" if above else "neither"
