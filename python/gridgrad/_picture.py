# _picture.py: what a picture shows, before anything is drawn
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

import numpy as np

from gridgrad._arguments import axis_of_rank, integer
from gridgrad._picture_side import Side
from gridgrad._results import new_result
from gridgrad._samples import Array

# What a field is called whose name is not known.
NO_NAME = "field"


@dataclass(frozen=True)
class Quantity:
    """Samples along the sides of a picture, NaN where they are missing, and what they are."""

    title: str
    unit: str
    samples: Array
    period: float | None = None  # of angles
    is_signed: bool = False  # drawn around zero whatever its samples are: derivatives


@dataclass(frozen=True)
class Picture:
    """A field of one or two sides, and its gradient.

    Components stand by the side that they are along. Their magnitude has `length` in the place
    of the units of the sides; there is none where these differ, which is None.
    """

    sides: tuple[Side, ...]
    field: Quantity
    slices: tuple[str, ...] = ()
    components: Mapping[int, Quantity] = dataclasses.field(default_factory=dict)
    magnitude_unit: str | None = None

    @property
    def has_magnitude(self) -> bool:
        return len(self.components) == 2 and self.magnitude_unit is not None

    def magnitude(self) -> Quantity:
        down, right = (_sizes(one.samples) for one in self.components.values())
        # In memory that the library recycles: fresh pages would take longer than the rest.
        lengths = np.hypot(down, right, out=new_result(down))
        return Quantity("magnitude of the gradient", self.magnitude_unit or "", lengths)


@dataclass(frozen=True)
class Cut:
    """The axes of a field that a picture shows, and where the others are held."""

    names: tuple[Hashable, ...]
    shape: tuple[int, ...]
    held: Mapping[int, int]

    @property
    def drawn(self) -> tuple[int, ...]:
        return tuple(
            axis for axis, extent in enumerate(self.shape) if axis not in self.held and extent > 1
        )

    @property
    def index(self) -> tuple[slice, ...]:
        """Keeps all axes, so that boundaries and metrics count them as the caller does."""
        chosen = [
            slice(self.held[k], self.held[k] + 1) if k in self.held else slice(None)
            for k in range(len(self.shape))
        ]
        return tuple(chosen)


def cut_of(names: Sequence[Hashable], shape: Sequence[int], at: Any) -> Cut:
    """Which axes are drawn. Raises ValueError, TypeError, AxisError."""
    if 0 in shape:
        raise ValueError(f"f: shape {tuple(shape)} given, without a sample; nothing to draw")
    if at is not None and not isinstance(at, Mapping):
        raise TypeError(f"at: {at!r} given; a mapping from axis to index is needed, as {{0: 3}}")
    held: dict[int, int] = {}
    for name, index in (at or {}).items():
        axis = axis_named("at", name, names)
        if axis in held:
            raise ValueError(f"at: {names[axis]!r} given twice")
        held[axis] = _index("at", index, names[axis], shape[axis])
    cut = Cut(tuple(names), tuple(shape), held)
    if len(cut.drawn) > 2:
        there = ", ".join(repr(names[axis]) for axis in cut.drawn)
        raise ValueError(
            f"at: {len(cut.drawn)} axes remain, {there}; a picture shows one or two: "
            f"at={{{names[cut.drawn[0]]!r}: 0}} holds one at an index"
        )
    if not cut.drawn:
        raise ValueError("f: a single sample given; nothing to draw")
    return cut


def axis_named(argument: str, given: Any, names: Sequence[Hashable]) -> int:
    """An axis by its name or number, counted from 0. Raises ValueError, TypeError, AxisError."""
    if given in names:
        return list(names).index(given)
    if isinstance(given, str):
        close = get_close_matches(given, [str(name) for name in names], 1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        there = ", ".join(map(repr, names))
        raise ValueError(f"{argument}: axis {given!r} given; accepted: {there}{hint}")
    return axis_of_rank(integer(argument, given), len(names))


def axes_to_differentiate(axis: Any, cut: Cut) -> tuple[int, ...]:
    """The axes that were asked for, or all that are drawn. Raises ValueError, TypeError."""
    if axis is None:
        return cut.drawn
    is_one = isinstance(axis, str) or not isinstance(axis, Sequence)
    axes = tuple(axis_named("axis", one, cut.names) for one in ([axis] if is_one else axis))
    if len(set(axes)) < len(axes) or not axes:
        raise ValueError(f"axis: {axis!r} given; one or two axes are needed, each once")
    for one in axes:
        if one in cut.held:
            raise ValueError(
                f"axis: {cut.names[one]!r} given, which at= holds at an index; a derivative is "
                "drawn along the axes of the picture"
            )
    return axes


def _index(argument: str, given: Any, name: Hashable, extent: int) -> int:
    index = integer(argument, given)
    if not -extent <= index < extent:
        raise ValueError(
            f"{argument}: index {index} given for axis {name!r}, which has {extent} samples"
        )
    return index % extent


def drawable(samples: Array) -> Array:
    """Samples with NaN where they are missing. Raises ValueError where all are."""
    if isinstance(samples, np.ma.MaskedArray):
        kept: Any = samples if samples.dtype.kind in "fc" else samples.astype(np.float64)
        samples = kept.filled(np.nan)
    if samples.dtype == np.float16:
        samples = samples.astype(np.float32)  # Exact; quantiles of float16 overflow.
    if not np.isfinite(samples).any():
        raise ValueError("f: all samples are missing or infinite; nothing to draw")
    return samples


def _sizes(samples: Array) -> Array:
    return np.abs(samples) if samples.dtype.kind == "c" else samples


def in_order(picture: Picture) -> Picture:
    """The picture with the positions of each side monotonic: samples in the order of space."""
    for number, side in enumerate(picture.sides):
        if side.is_in_order:
            continue
        order = np.argsort(side.positions, kind="stable")
        picture = replace(
            picture,
            sides=tuple(
                replace(one, positions=one.positions[order]) if one is side else one
                for one in picture.sides
            ),
            field=_taken(picture.field, order, number),
            components={k: _taken(one, order, number) for k, one in picture.components.items()},
        )
    return picture


def _taken(quantity: Quantity, order: Array, axis: int) -> Quantity:
    return replace(quantity, samples=np.take(quantity.samples, order, axis))
