# xarray.py: gradients of labelled arrays
#
# SPDX-License-Identifier: BSD-3-Clause
"""Gradients by the names of dims: positions, units and titles come from the labels.

Importing this module makes its functions methods: ``sst.gridgrad.gradient("lat", "lon")``.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import wraps
from numbers import Real
from typing import Any, Literal, TypeAlias, TypeVar

import numpy as np
import xarray as xr

import gridgrad
from gridgrad._boundary import Constant, Ends, Neumann, Periodic, Rule
from gridgrad._samples import kind_of
from gridgrad._scheme import Bias, Missing

__all__ = ["derivative", "gradient"]

Labelled = TypeVar("Labelled", xr.DataArray, xr.Dataset)
Boundary: TypeAlias = Ends | Mapping[Hashable, Ends]
TimeUnit: TypeAlias = Literal["s", "ms", "us", "ns", "m", "h", "D", "W"]

_SECONDS = {"s": Fraction(1), "ms": Fraction("1e-3"), "us": Fraction("1e-6"),
            "ns": Fraction("1e-9"), "m": Fraction(60), "h": Fraction(3600),
            "D": Fraction(86400), "W": Fraction(604800)}  # fmt: skip
# In units of results, "m" is the metre.
_UNITS = {"m": "minute", "h": "hour", "D": "day", "W": "week"}
_PLURALS = {"days", "hours", "minutes", "seconds", "months", "years", "weeks"}
_ORDINALS = "", "second ", "third ", "fourth ", "fifth ", "sixth "
# Attributes whose words are names of variables.
_NAMING = "coordinates", "grid_mapping", "bounds", "climatology"
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


def gradient(
    obj: xr.DataArray | xr.Dataset,
    *dims: Hashable,
    edge_order: int | None = None,
    accuracy: int | None = None,
    boundary: Boundary | None = None,
    missing: Missing | None = None,
    coordinates: Mapping[Hashable, Hashable] | None = None,
    time_unit: TimeUnit = "s",
) -> xr.Dataset:
    """Estimate the gradient of labelled arrays, along all dims or some, in one pass.

    Parameters
    ----------
    obj : DataArray or Dataset
        Samples, as `gridgrad.gradient` takes them; Dask arrays stay lazy. Of a Dataset, the
        numeric variables that have all dims, those of `coordinates` too, are differentiated;
        what others name as bounds, grid mapping or coordinates is kept, the rest left out.
    *dims : hashable, optional
        All by default, of a Dataset those of each variable. Positions are the coordinate of
        the same name: numbers, or times (datetime64, timedelta64, cftime), which are
        differenced exactly.
    edge_order, accuracy, missing, boundary : optional
        As for `gridgrad.gradient`, boundaries by dim. The period of ``"periodic"`` is the
        attribute ``modulo`` of the coordinate, else 360 where its units are degrees.
        `Constant` and `Neumann` may carry a DataArray.
    coordinates : mapping from dim to name, optional
        Variables of `obj` that have the positions instead. With samples in memory they may
        vary along other dims of the field too, as depths that follow the ground do.
    time_unit : {"s", "ms", "us", "ns", "m", "h", "D", "W"}, optional
        Of times in results, periods and slopes. Others than seconds cost one more rounding.

    Returns
    -------
    Dataset
        Components ``d{name}_d{dim}``, or ``df_d{dim}``, with the dims and coordinates of the
        field. ``units`` and ``long_name`` are composed; attributes that are true of the
        field only, as ``standard_name``, are left out.

    Raises
    ------
    ValueError
        As `gridgrad.gradient`; a dim, coordinate or period is not known.
    TypeError
        As `gridgrad.gradient`; coordinates are neither numbers nor times.

    Examples
    --------
    >>> import xarray as xr
    >>> import gridgrad.xarray
    >>> depth = xr.DataArray([0.0, 10.0, 30.0], dims="depth", attrs={"units": "m"})
    >>> f = xr.DataArray([20.0, 18.0, 10.0], {"depth": depth}, name="T", attrs={"units": "K"})
    >>> slope = f.gridgrad.gradient("depth")["dT_ddepth"]
    >>> slope.values.round(3), slope.units, slope.long_name
    (array([-0.2  , -0.267, -0.4  ]), 'K m-1', 'derivative of T with respect to depth')
    """
    options = {"edge_order": edge_order, "accuracy": accuracy, "missing": missing}
    return _differentiated(_Request(obj, dims, boundary, coordinates or {}, time_unit, 1, options))


def derivative(
    obj: Labelled,
    dim: Hashable,
    *,
    derivative: int = 1,
    edge_order: int | None = None,
    accuracy: int | None = None,
    bias: Bias = "central",
    boundary: Boundary | None = None,
    missing: Missing | None = None,
    coordinates: Mapping[Hashable, Hashable] | None = None,
    time_unit: TimeUnit = "s",
) -> Labelled:
    """Estimate a derivative of labelled arrays along one dim.

    Parameters
    ----------
    obj, dim, boundary, coordinates, time_unit
        As for `gradient`.
    derivative, edge_order, accuracy, bias, missing : optional
        As for `gridgrad.derivative`.

    Returns
    -------
    DataArray or Dataset
        As `obj`: ``d{name}_d{dim}``, ``d2{name}_d{dim}2`` for the second derivative and so
        on, with labels like those of `gradient`.

    Examples
    --------
    >>> import pandas as pd
    >>> import xarray as xr
    >>> import gridgrad.xarray
    >>> time = pd.date_range("2026-01-01", periods=3, freq="12h")
    >>> f = xr.DataArray([0.0, 3.0, 12.0], {"time": time}, name="x", attrs={"units": "km"})
    >>> speed = f.gridgrad.derivative("time", edge_order=2, time_unit="D")
    >>> speed.name, speed.values.tolist(), speed.units
    ('dx_dtime', [0.0, 12.0, 24.0], 'km day-1')
    """
    options = dict[str, Any](
        derivative=derivative, edge_order=edge_order, accuracy=accuracy, bias=bias, missing=missing
    )
    request = _Request(obj, (dim,), boundary, coordinates or {}, time_unit, derivative, options)
    components = _differentiated(request)
    if isinstance(obj, xr.Dataset):
        return components
    (component,) = components.data_vars.values()
    return component


@xr.register_dataset_accessor("gridgrad")  # type: ignore[no-untyped-call]
@xr.register_dataarray_accessor("gridgrad")  # type: ignore[no-untyped-call]
class Accessor:
    """The functions of this module, as methods of what they take first."""

    def __init__(self, obj: Any) -> None:
        self._obj = obj

    @wraps(gradient)
    def gradient(self, *dims: Hashable, **options: Any) -> xr.Dataset:
        return gradient(self._obj, *dims, **options)

    @wraps(derivative)
    def derivative(self, dim: Hashable, **options: Any) -> Any:
        return derivative(self._obj, dim, **options)


@dataclass(frozen=True)
class _Request:
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
class _Along:
    """A dim of a field, as the variable of its positions describes it."""

    dim: Hashable
    positions: Any
    title: str
    unit: str  # empty where it is not known
    seconds: Fraction  # in the unit of times, else 1
    period: float | None


def _differentiated(request: _Request) -> xr.Dataset:
    _check(request)
    obj = request.obj
    if isinstance(obj, xr.DataArray):
        return xr.Dataset(_components(obj, request), obj.coords)
    kept = _describing(obj) | set(request.coordinates.values())
    components: dict[str, xr.Variable] = {}
    for f in _fields(obj, kept, request):
        components |= _components(f, request)
    return obj.drop_vars(obj.data_vars.keys() - kept).assign(components)


def _check(request: _Request) -> None:
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
        ("time_unit", [request.time_unit], _SECONDS),
    ):
        refused = [one for one in given if one not in accepted]
        if refused:
            raise ValueError(f"{argument}: {_listed(refused)} given; accepted: {_listed(accepted)}")
    if len(set(dims)) < len(dims):
        raise ValueError(f"dims: {_listed(dims)} given; each is accepted once")


def _describing(dataset: xr.Dataset) -> set[Hashable]:
    """Data variables that others name."""
    texts = [_text(one.attrs, naming) for one in dataset.variables.values() for naming in _NAMING]
    # "crs: x y" is the longer form of grid_mapping.
    words: set[Hashable] = {word.removesuffix(":") for text in texts for word in text.split()}
    return words.intersection(dataset.data_vars)


def _fields(dataset: xr.Dataset, kept: set[Hashable], request: _Request) -> list[xr.DataArray]:
    positions = [dataset.variables[name] for name in request.coordinates.values()]
    dims = set(request.dims).union(*(variable.dims for variable in positions))
    numeric = [f for f in dataset.data_vars.values() if f.dtype.kind in "iufc" and f.dims]
    fields = [f for f in numeric if f.name not in kept and dims <= set(f.dims)]
    if not fields:
        wanted, there = _listed(sorted(dims, key=str)), _listed(dataset.dims)
        raise ValueError(f"dims: no numeric variable has {wanted}; there are {there}")
    return fields


def _components(f: xr.DataArray, request: _Request) -> dict[str, xr.Variable]:
    f = f.rename("f") if f.name is None else f
    alongs = [_along(f, dim, request) for dim in request.dims or f.dims]
    pairs = zip(_computed(f, alongs, request), alongs, strict=True)
    return dict(_labelled(samples, f, along, request.order) for samples, along in pairs)


def _along(f: xr.DataArray, dim: Hashable, request: _Request) -> _Along:
    name = request.coordinates.get(dim, dim)
    variable = request.variables.get(name)
    if variable is None:
        there = _listed(one for one in f.dims if one in request.variables)
        raise ValueError(
            f"dim {dim!r} has no coordinate; {there} have one; assign_coords gives it one, "
            "coordinates= names another variable"
        )
    if dim not in variable.dims or not set(variable.dims) <= set(f.dims):
        raise ValueError(
            f"coordinates: {name!r} along {_listed(variable.dims)} given for {dim!r} of a field "
            f"along {_listed(f.dims)}"
        )
    positions = _positions(variable.data if variable.ndim == 1 else _against(f.dims, variable), dim)
    labels = dim, positions, _title(variable.attrs, name)
    if positions.dtype.kind in "mM":
        per: str = request.time_unit
        return _Along(*labels, _UNITS.get(per, per), _SECONDS[per], None)
    unit, since, _ = _text(variable.attrs, "units").partition(" since ")
    singular = unit[:-1] if since and unit in _PLURALS else unit
    return _Along(*labels, singular, Fraction(1), _period(variable.attrs))


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
    unit = _text(attributes, "units").lower()
    is_angle = re.fullmatch("degrees?(_?(e|w|east|west|true|t))?", unit)
    return 360.0 if is_angle else None


def _computed(f: xr.DataArray, alongs: list[_Along], request: _Request) -> list[Any]:
    # A derivative per second may leave float16 no digits for one per day.
    samples = f.data.astype(np.float32) if f.dtype == np.float16 else f.data
    at = [along.positions for along in alongs]
    ends = {f.get_axis_num(along.dim): _ends(f, along, request.boundary) for along in alongs}
    axes, options = [*ends], request.options
    if len(axes) == 1:
        components = [gridgrad.derivative(samples, *at, *axes, boundary=ends[axes[0]], **options)]
    else:
        components = gridgrad.gradient(samples, *at, axis=axes, boundary=ends, **options)
    pairs = zip(components, alongs, strict=True)
    scaled = [_per(component, along.seconds**request.order) for component, along in pairs]
    return [one.astype(f.dtype) for one in scaled] if f.dtype == np.float16 else scaled


def _per(component: Any, seconds: Fraction) -> Any:
    """A derivative per so many seconds, of one per second."""
    if seconds == 1:
        return component
    return component * float(seconds) if seconds > 1 else component / float(1 / seconds)


def _ends(f: xr.DataArray, along: _Along, boundary: Boundary | None) -> Ends:
    rules = boundary.get(along.dim) if isinstance(boundary, Mapping) else boundary
    if rules is None:
        return "one-sided"
    lower, upper = rules if isinstance(rules, tuple) else (rules, rules)
    return _rule(f, along, lower), _rule(f, along, upper)


def _rule(f: xr.DataArray, along: _Along, rule: Rule) -> Rule:
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


def _labelled(samples: Any, f: xr.DataArray, along: _Along, order: int) -> tuple[str, xr.Variable]:
    power = "" if order == 1 else str(order)
    title = f"{_ORDINALS[order - 1]}derivative of {_title(f.attrs, f.name)}"
    unit = _composed(_text(f.attrs, "units"), along.unit, order)
    attributes = {"long_name": f"{title} with respect to {along.title}"}
    attributes |= {"units": unit} if unit else {}
    attributes |= {name: value for name, value in f.attrs.items() if name not in _DROPPED}
    # The rest, scale and fill value among it, is how the field is packed.
    encoding = {key: f.encoding[key] for key in ("grid_mapping",) if key in f.encoding}
    name = f"d{power}{f.name}_d{along.dim}{power}"
    return name, xr.Variable(f.dims, samples, attributes, encoding)


def _composed(unit: str, per: str, order: int) -> str:
    """The unit of a derivative as the command line tool writes it; empty if not known."""
    if not unit or per in ("", "1"):
        return unit if per else ""
    inverse = f"{per}-{order}" if re.fullmatch("[A-Za-z_]+", per) else f"({per})-{order}"
    return inverse if unit == "1" else f"{unit} {inverse}"


def _title(attributes: Mapping[Any, Any], name: Hashable) -> str:
    return _text(attributes, "standard_name") or _text(attributes, "long_name") or str(name)


def _text(attributes: Mapping[Any, Any], name: str) -> str:
    return value if isinstance(value := attributes.get(name), str) else ""


def _listed(names: Iterable[Hashable]) -> str:
    return ", ".join(map(repr, names)) or "none"
