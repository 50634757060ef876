# _xarray_labels.py: what the labels of arrays say of positions, boundaries and units
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Real
from typing import Any, TypeAlias

import numpy as np
import xarray as xr

from gridgrad._boundary import Constant, Ends, Neumann, Periodic, Rule
from gridgrad._positions import SECONDS, TimeUnit
from gridgrad._samples import kind_of

Boundary: TypeAlias = Ends | Mapping[Hashable, Ends]

# In units of results, "m" is the metre.
_UNITS = {"m": "minute", "h": "hour", "D": "day", "W": "week"}
_PLURALS = {"days", "hours", "minutes", "seconds", "months", "years", "weeks"}
_ORDINALS = "", "second ", "third ", "fourth ", "fifth ", "sixth "
# True of the field and not of its derivative, or written anew.
_DROPPED = set(
    [
        "standard_name",
        "long_name",
        "units",
        "scale_factor",
        "add_offset",
        "valid_min",
        "valid_max",
        "valid_range",
        "actual_range",
        "cell_methods",
        "flag_values",
        "flag_masks",
        "flag_meanings",
        "ancillary_variables",
        "_Unsigned",
        "_FillValue",
        "missing_value",
    ]
)


@dataclass(frozen=True)
class Request:
    obj: xr.DataArray | xr.Dataset
    dims: tuple[Hashable, ...]
    boundary: Boundary | None
    coordinates: Mapping[Hashable, Hashable]
    time_unit: TimeUnit
    order: int
    options: dict[str, Any]

    @property
    def variables(self) -> Mapping[Hashable, xr.Variable]:
        obj = self.obj
        return obj.coords.variables if isinstance(obj, xr.DataArray) else obj.variables


@dataclass(frozen=True)
class Along:
    """A dim of a field, as the variable of its positions describes it."""

    dim: Hashable
    positions: Any
    title: str
    unit: str  # empty where it is not known
    seconds: Fraction  # in the unit of times, else 1
    period: float | None


def check(request: Request) -> None:
    if not isinstance(request.obj, (xr.DataArray, xr.Dataset)):
        raise TypeError(
            f"obj: a {type(request.obj).__name__} given; a DataArray or a Dataset is needed"
        )
    there = tuple(request.obj.dims)
    dims = request.dims or there
    boundary = request.boundary if isinstance(request.boundary, Mapping) else {}
    for argument, given, accepted in (
        ("dims", dims, there),
        ("boundary", boundary, dims),
        ("coordinates", request.coordinates, dims),
        ("coordinates", request.coordinates.values(), request.variables),
        ("time_unit", [request.time_unit], SECONDS),
    ):
        refused = [one for one in given if one not in accepted]
        if refused:
            raise ValueError(f"{argument}: {listed(refused)} given; accepted: {listed(accepted)}")
    if len(set(dims)) < len(dims):
        raise ValueError(f"dims: {listed(dims)} given; each is accepted once")


def along_dim(f: xr.DataArray, dim: Hashable, request: Request) -> Along:
    name = request.coordinates.get(dim, dim)
    variable = request.variables.get(name)
    if variable is None:
        there = listed(one for one in f.dims if one in request.variables)
        raise ValueError(
            f"dim {dim!r} has no coordinate; {there} have one; assign_coords gives it one, "
            "coordinates= names another variable"
        )
    if dim not in variable.dims or not set(variable.dims) <= set(f.dims):
        raise ValueError(
            f"coordinates: {name!r} along {listed(variable.dims)} given for {dim!r} of a field "
            f"along {listed(f.dims)}"
        )
    positions = _positions(variable.data if variable.ndim == 1 else _against(f.dims, variable), dim)
    labels = dim, positions, _title(variable.attrs, name)
    if positions.dtype.kind in "mM":
        per: str = request.time_unit
        return Along(*labels, _UNITS.get(per, per), SECONDS[per], None)
    unit, since, _ = text_of(variable.attrs, "units").partition(" since ")
    singular = unit[:-1] if since and unit in _PLURALS else unit
    return Along(*labels, singular, Fraction(1), _period(variable.attrs))


def _against(dims: tuple[Hashable, ...], variable: xr.Variable) -> Any:
    """Samples that broadcast against those of a field with these dims."""
    samples = variable.transpose(*dims, missing_dims="ignore").data
    return samples[tuple(slice(None) if dim in variable.dims else None for dim in dims)]


def _positions(coordinates: Any, dim: Hashable) -> Any:
    if coordinates.dtype.kind in "iufmM" and not hasattr(coordinates.dtype, "tz"):
        return coordinates
    dates = np.asarray(coordinates)
    if dates.size and kind_of(dates.flat[0]) == "cftime":
        # Exact: these dates have whole microseconds.
        return (dates - dates.flat[0]).astype("timedelta64[us]")
    raise TypeError(
        f"dim {dim!r} has coordinates of {coordinates.dtype}; numbers or times, without a zone, "
        "are needed"
    )


def _period(attributes: Mapping[Any, Any]) -> float | None:
    modulo = attributes.get("modulo")
    if isinstance(modulo, Real) and float(modulo) > 0:
        return float(modulo)
    unit = text_of(attributes, "units").lower()
    is_angle = re.fullmatch("degrees?(_?(e|w|east|west|true|t))?", unit)
    return 360.0 if is_angle else None


def per_unit(component: Any, seconds: Fraction) -> Any:
    """A derivative per so many seconds, of one per second."""
    if seconds == 1:
        return component
    return component * float(seconds) if seconds > 1 else component / float(1 / seconds)


def ends_of(f: xr.DataArray, along: Along, boundary: Boundary | None) -> Ends:
    rules = boundary.get(along.dim) if isinstance(boundary, Mapping) else boundary
    if rules is None:
        return "one-sided"
    lower, upper = rules if isinstance(rules, tuple) else (rules, rules)
    return _rule(f, along, lower), _rule(f, along, upper)


def _rule(f: xr.DataArray, along: Along, rule: Rule) -> Rule:
    """A rule as gridgrad takes it: periods in seconds, slopes per second, values in order."""
    if rule in ("periodic", Periodic()):
        if along.period is None:
            raise ValueError(
                f"boundary: the period of {along.dim!r} is not known; Periodic(period) says it"
            )
        return Periodic(along.period)
    if isinstance(rule, Periodic) and rule.period is not None:
        return Periodic(rule.period * float(along.seconds))
    if isinstance(rule, Constant):
        return Constant(_per_line(f, along.dim, rule.value))
    if isinstance(rule, Neumann):
        return Neumann(np.divide(_per_line(f, along.dim, rule.slope), float(along.seconds)))
    return rule


def _per_line(f: xr.DataArray, dim: Hashable, value: Any) -> Any:
    if not isinstance(value, xr.DataArray):
        return value
    dims = tuple(other for other in f.dims if other != dim)
    # Labels that differ would put values on other lines.
    xr.align(f.isel({dim: 0}, drop=True), value, join="exact")
    return np.broadcast_to(_against(dims, value.variable), [f.sizes[other] for other in dims])


def labelled(
    samples: Any, f: xr.DataArray, along: Along, order: int, dims: Sequence[Hashable]
) -> tuple[str, xr.Variable]:
    """A derivative by its name, its unit and title composed."""
    power = "" if order == 1 else str(order)
    title = f"{_ORDINALS[order - 1]}derivative of {_title(f.attrs, f.name)}"
    unit = _composed(text_of(f.attrs, "units"), along.unit, order)
    attributes = {"long_name": f"{title} with respect to {along.title}"}
    attributes |= {"units": unit} if unit else {}
    name = f"d{power}{f.name}_d{along.dim}{power}"
    return name, xr.Variable(dims, samples, attributes | kept_attributes(f), kept_encoding(f))


def kept_attributes(f: xr.DataArray) -> dict[Any, Any]:
    """Those that are true of what is made of the field, too."""
    return {name: value for name, value in f.attrs.items() if name not in _DROPPED}


def kept_encoding(f: xr.DataArray) -> dict[Any, Any]:
    """That of the field but for how it is packed: scale, fill value and the like."""
    return {key: f.encoding[key] for key in ("grid_mapping",) if key in f.encoding}


@dataclass(frozen=True)
class Title:
    """What a field is called, and its unit, empty if it is not known."""

    text: str
    unit: str


def title_of(f: xr.DataArray) -> Title:
    """The title of a field by its attributes."""
    return Title(_title(f.attrs, f.name), text_of(f.attrs, "units"))


def _composed(unit: str, per: str, order: int) -> str:
    """The unit of a derivative as the command line tool writes it; empty if not known."""
    if not unit or per in ("", "1"):
        return unit if per else ""
    inverse = f"{per}-{order}" if re.fullmatch("[A-Za-z_]+", per) else f"({per})-{order}"
    return inverse if unit == "1" else f"{unit} {inverse}"


def _title(attributes: Mapping[Any, Any], name: Hashable) -> str:
    return text_of(attributes, "standard_name") or text_of(attributes, "long_name") or str(name)


def text_of(attributes: Mapping[Any, Any], name: str) -> str:
    return value if isinstance(value := attributes.get(name), str) else ""


def listed(names: Iterable[Hashable]) -> str:
    return ", ".join(map(repr, names)) or "none"
