# _terrain.py: what is made of heights
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from gridgrad import _native
from gridgrad._arguments import number

TerrainResult: TypeAlias = Literal["slope", "aspect"]
Stencil: TypeAlias = Literal["scheme", "horn", "zevenbergen-thorne"]
SlopeUnit: TypeAlias = Literal["degrees", "percent", "ratio"]
AspectAngle: TypeAlias = Literal["compass", "trigonometric"]
FlatAspect: TypeAlias = Literal["missing", "zero"]


@dataclass(frozen=True)
class Terrain:
    """What is made of heights, for `GridOperator`; the words are those of `slope`, `aspect`."""

    result: TerrainResult = "slope"
    stencil: Stencil | None = None
    unit: SlopeUnit = "degrees"
    angle: AspectAngle = "compass"
    flat: FlatAspect = "missing"
    z_factor: float = 1.0

    def native(self) -> _native.Terrain:
        """That of the library, for the modules of gridgrad. Raises TypeError, ValueError."""
        return _native.Terrain(
            _word("result", self.result),
            "scheme" if self.stencil is None else _word("stencil", self.stencil),
            _word("unit", self.unit),
            _word("angle", self.angle),
            _word("flat", self.flat),
            number("z_factor", self.z_factor),
        )


def usual_axes(rank: int) -> tuple[int, ...]:
    """East and north of heights indexed [row, column]: the last axis and the one before."""
    return tuple(range(rank - 1, max(rank - 3, -1), -1))


def _word(name: str, given: str) -> str:
    if not isinstance(given, str):
        raise TypeError(f"{name}: {given!r} given; a word is needed")
    return given
