# _scheme.py: which derivative is estimated, and how accurately
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, TypedDict

from gridgrad import _native
from gridgrad._arguments import integer


@dataclass(frozen=True)
class Adapt:
    """Where the stencil of a row contains a missing sample, the best run takes its place.

    Of the runs of neighbouring samples that are there, contain the row's own and lie
    within the reach of the scheme: the one of the highest accuracy, then the most central,
    then the lower one. The result is missing where the own sample is, or where that
    accuracy is below ``minimum``.
    """

    minimum: int = 1


Bias: TypeAlias = Literal["central", "forward", "backward"]
Missing: TypeAlias = Literal["none", "propagate", "adapt"] | Adapt


class SchemeOptions(TypedDict, total=False):
    """The keywords that choose a scheme."""

    derivative: int
    accuracy: int | None
    edge_order: int | None
    bias: Bias
    missing: Missing | None


def scheme_of(options: SchemeOptions) -> _native.Scheme:
    """The scheme of these options. Raises TypeError, ValueError."""
    accuracy, edge_order = options.get("accuracy"), options.get("edge_order")
    bias = options.get("bias", "central")
    if not isinstance(bias, str):
        raise TypeError(f"bias: {bias!r} given; 'central', 'forward' or 'backward' is accepted")
    return _native.Scheme(
        integer("derivative", options.get("derivative", 1)),
        None if accuracy is None else integer("accuracy", accuracy),
        None if edge_order is None else integer("edge_order", edge_order),
        bias,
        *_missing(options.get("missing")),
    )


def _missing(rule: Missing | None) -> tuple[str, int | None]:
    """The name of a rule and, where it was given, the accuracy that it asks for."""
    if rule is None:
        return "none", None
    if isinstance(rule, Adapt):
        return "adapt", integer("minimum", rule.minimum)
    if isinstance(rule, str):
        return rule, None
    raise TypeError(
        f"missing: {rule!r} given; 'none', 'propagate', 'adapt' or Adapt(minimum) is accepted"
    )
