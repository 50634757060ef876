# xarray.py: gradients of labelled arrays
#
# SPDX-License-Identifier: BSD-3-Clause
"""Gradients by the names of dims: positions, units and titles come from the labels.

Importing this module makes its functions methods: ``sst.gridgrad.gradient("lat", "lon")``.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import xarray as xr

import gridgrad
from gridgrad._positions import TimeUnit
from gridgrad._scheme import Bias, Missing
from gridgrad._xarray_at import at
from gridgrad._xarray_calculus import curl, divergence, hessian, laplacian, magnitude
from gridgrad._xarray_labels import (
    Boundary,
    Request,
    along_dim,
    check,
    ends_of,
    labelled,
    listed,
    per_unit,
    text_of,
)
from gridgrad._xarray_space import AnyMetric, Space, space_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "at",
    "curl",
    "derivative",
    "divergence",
    "gradient",
    "hessian",
    "laplacian",
    "magnitude",
]

Labelled = TypeVar("Labelled", xr.DataArray, xr.Dataset)

# Attributes whose words are names of variables.
_NAMING = "coordinates", "grid_mapping", "bounds", "climatology"


def gradient(
    obj: xr.DataArray | xr.Dataset,
    *dims: Hashable,
    edge_order: int | None = None,
    accuracy: int | None = None,
    boundary: Boundary | None = None,
    missing: Missing | None = None,
    metric: AnyMetric | None = None,
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
    metric : optional
        As for `laplacian`: components are per metre along latitudes and longitudes.
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
    options: dict[str, Any] = {"edge_order": edge_order, "accuracy": accuracy}
    options["missing"] = missing
    options |= {} if metric in (None, "cartesian") else {"metric": metric}
    return _differentiated(Request(obj, dims, boundary, coordinates or {}, time_unit, 1, options))


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
    request = Request(obj, (dim,), boundary, coordinates or {}, time_unit, derivative, options)
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

    @wraps(at)
    def at(self, points: Mapping[Hashable, Any] | None = None, **options: Any) -> xr.Dataset:
        return at(self._obj, points, **options)

    @wraps(laplacian)
    def laplacian(self, *dims: Hashable, **options: Any) -> xr.DataArray:
        return laplacian(self._obj, *dims, **options)

    @wraps(magnitude)
    def magnitude(self, *dims: Hashable, **options: Any) -> xr.DataArray:
        return magnitude(self._obj, *dims, **options)

    @wraps(hessian)
    def hessian(self, *dims: Hashable, **options: Any) -> xr.Dataset:
        return hessian(self._obj, *dims, **options)

    @wraps(divergence)
    def divergence(self, *components: Hashable, **options: Any) -> xr.DataArray:
        return divergence(self._obj, *components, **options)

    @wraps(curl)
    def curl(self, *components: Hashable, **options: Any) -> xr.DataArray | xr.Dataset:
        return curl(self._obj, *components, **options)

    def plot_gradient(self, *dims: Hashable, **options: Any) -> Figure:
        """Draw the array and its gradient along all dims or some: `gridgrad.plot.gradient`."""
        from gridgrad import plot

        return plot.gradient(self._obj, axis=dims or None, **options)


def _differentiated(request: Request) -> xr.Dataset:
    check(request)
    obj = request.obj
    if isinstance(obj, xr.DataArray):
        return xr.Dataset(_components(obj, request), obj.coords)
    kept = _describing(obj) | set(request.coordinates.values())
    components: dict[str, xr.Variable] = {}
    for f in _fields(obj, kept, request):
        components |= _components(f, request)
    return obj.drop_vars(obj.data_vars.keys() - kept).assign(components)


def _describing(dataset: xr.Dataset) -> set[Hashable]:
    """Data variables that others name."""
    texts = [text_of(one.attrs, naming) for one in dataset.variables.values() for naming in _NAMING]
    # "crs: x y" is the longer form of grid_mapping.
    words: set[Hashable] = {word.removesuffix(":") for text in texts for word in text.split()}
    return words.intersection(dataset.data_vars)


def _fields(dataset: xr.Dataset, kept: set[Hashable], request: Request) -> list[xr.DataArray]:
    positions = [dataset.variables[name] for name in request.coordinates.values()]
    dims = set(request.dims).union(*(variable.dims for variable in positions))
    numeric = [f for f in dataset.data_vars.values() if f.dtype.kind in "iufc" and f.dims]
    fields = [f for f in numeric if f.name not in kept and dims <= set(f.dims)]
    if not fields:
        wanted, there = listed(sorted(dims, key=str)), listed(dataset.dims)
        raise ValueError(f"dims: no numeric variable has {wanted}; there are {there}")
    return fields


def _components(f: xr.DataArray, request: Request) -> dict[str, xr.Variable]:
    f = f.rename("f") if f.name is None else f
    if "metric" in request.options:
        wanted = replace(request, dims=request.dims or tuple(f.dims))
        space = space_of(f, wanted, request.options["metric"])
    else:
        space = Space([along_dim(f, dim, request) for dim in request.dims or f.dims], None)
    pairs = zip(_computed(f, space, request), space.alongs, strict=True)
    return dict(labelled(samples, f, along, request.order, f.dims) for samples, along in pairs)


def _computed(f: xr.DataArray, space: Space, request: Request) -> list[Any]:
    # A derivative per second may leave float16 no digits for one per day.
    samples = f.data.astype(np.float32) if f.dtype == np.float16 else f.data
    at, alongs = space.positions, space.alongs
    ends = {f.get_axis_num(along.dim): ends_of(f, along, request.boundary) for along in alongs}
    axes, options = [*ends], dict(request.options)
    if space.metric is not None or "metric" in options:
        options["metric"] = space.metric
    if len(axes) == 1 and "metric" not in options:
        components = [gridgrad.derivative(samples, *at, *axes, boundary=ends[axes[0]], **options)]
    else:
        components = gridgrad.gradient(samples, *at, axis=axes, boundary=ends, **options)
        components = components if len(axes) != 1 else [components]
    pairs = zip(components, alongs, strict=True)
    scaled = [per_unit(component, along.seconds**request.order) for component, along in pairs]
    return [one.astype(f.dtype) for one in scaled] if f.dtype == np.float16 else scaled
