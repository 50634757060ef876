# _xarray_calculus.py: divergence, curl, Laplacian and their like of labelled arrays
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Any, TypedDict, TypeVar, Unpack, cast

import xarray as xr

import gridgrad
from gridgrad._calculus_call import takes_keywords
from gridgrad._scheme import Missing
from gridgrad._xarray_labels import (
    Boundary,
    Request,
    check,
    ends_of,
    kept_attributes,
    kept_encoding,
    listed,
    title_of,
)
from gridgrad._xarray_space import AnyMetric, Space, right_handed_dims, space_of
from gridgrad._xarray_units import common_unit, per_length

_Function = TypeVar("_Function", bound=Callable[..., Any])


class Keywords(TypedDict, total=False):
    """What all functions of this module take by name."""

    metric: AnyMetric | None
    edge_order: int | None
    accuracy: int | None
    boundary: Boundary | None
    missing: Missing | None
    coordinates: Mapping[Hashable, Hashable] | None


_takes_keywords: Callable[[_Function], _Function] = partial(takes_keywords, known=Keywords)


@_takes_keywords
def laplacian(obj: xr.DataArray, *dims: Hashable, **keywords: Unpack[Keywords]) -> xr.DataArray:
    """Compute the Laplacian of a labelled array, lazily of a Dask array.

    Parameters
    ----------
    obj : DataArray
        A scalar, as for `gradient`.
    *dims : hashable, optional
        The dims of space. All by default; with latitudes and longitudes those two. Their
        coordinates are in one unit.
    metric : {"cartesian", "sphere", "ellipsoid", "auto"}, Sphere, Ellipsoid or Metric, optional
        What one unit of the coordinates measures. ``"cartesian"`` by default: coordinates are
        lengths, and refused where they are in degrees. ``"sphere"``, of a radius of
        6371229 m, and ``"ellipsoid"``, WGS84, take a dim in degrees north and one in degrees
        east, by the CF rules; ``"auto"`` the sphere where there are such dims. Lengths are in
        metres then, and other dims are to be, too. A `Metric` counts the dims of `obj`.
    edge_order, accuracy, boundary, missing, coordinates : optional
        As for `gradient`; coordinates have one dimension.

    Returns
    -------
    DataArray
        Under the name ``laplacian_{name}``, with the dims and coordinates of `obj`; ``units``
        and ``long_name`` are composed.

    Raises
    ------
    ValueError, TypeError
        As `gradient` and `gridgrad.laplacian`; degrees without a metric, a metric without
        degrees, dims in several units.

    Examples
    --------
    >>> import numpy as np
    >>> import xarray as xr
    >>> import gridgrad.xarray
    >>> x = xr.DataArray(np.arange(5.0), dims="x", attrs={"units": "km"})
    >>> f = xr.DataArray(x**2, {"x": x}, name="T", attrs={"units": "K"})
    >>> second = f.gridgrad.laplacian()
    >>> second.name, second.values.tolist(), second.units
    ('laplacian_T', [2.0, 2.0, 2.0, 2.0, 2.0], 'K km-2')
    """
    f, space, request = _scalar(obj, dims, keywords)
    samples = gridgrad.laplacian(f.data, *space.positions, **_options(f, space, request))
    unit = per_length(title_of(f).unit, space.length(), 2)
    return _labelled(samples, f, f"laplacian_{f.name}", f"Laplacian of {title_of(f).text}", unit)


@_takes_keywords
def magnitude(obj: xr.DataArray, *dims: Hashable, **keywords: Unpack[Keywords]) -> xr.DataArray:
    """Compute the magnitude of the gradient of a labelled array, lazily of a Dask array.

    Parameters
    ----------
    obj, *dims, metric, ... : optional
        As for `laplacian`.

    Returns
    -------
    DataArray
        Under the name ``magnitude_{name}``, as from `laplacian`.

    Raises
    ------
    ValueError, TypeError
        As `laplacian`.

    Examples
    --------
    >>> import numpy as np
    >>> import xarray as xr
    >>> import gridgrad.xarray
    >>> at = {"y": np.arange(3.0), "x": np.arange(4.0)}
    >>> f = xr.DataArray(4 * at["y"][:, None] + 3 * at["x"], at, name="T")
    >>> f.gridgrad.magnitude("x", "y").values[0].tolist()
    [5.0, 5.0, 5.0, 5.0]
    """
    f, space, request = _scalar(obj, dims, keywords)
    samples = gridgrad.magnitude(f.data, *space.positions, **_options(f, space, request))
    title = f"magnitude of the gradient of {title_of(f).text}"
    unit = per_length(title_of(f).unit, space.length(), 1)
    return _labelled(samples, f, f"magnitude_{f.name}", title, unit)


@_takes_keywords
def hessian(obj: xr.DataArray, *dims: Hashable, **keywords: Unpack[Keywords]) -> xr.Dataset:
    """Compute all second derivatives of a labelled array, lazily of a Dask array.

    Parameters
    ----------
    obj, *dims, metric, ... : optional
        As for `laplacian`, but units may differ, and be degrees: derivatives are per degree.

    Returns
    -------
    Dataset
        ``d2{name}_d{dim}2`` and, for pairs of dims in their order, ``d2{name}_d{dim}_d{other}``.

    Raises
    ------
    ValueError, TypeError
        As `laplacian`.

    Examples
    --------
    >>> import numpy as np
    >>> import xarray as xr
    >>> import gridgrad.xarray
    >>> at = {"y": np.arange(4.0), "x": np.arange(4.0)}
    >>> f = xr.DataArray(at["y"][:, None] * at["x"], at, name="T")
    >>> {name: float(one[0, 0]) for name, one in f.gridgrad.hessian().items()}
    {'d2T_dy2': 0.0, 'd2T_dy_dx': 1.0, 'd2T_dx2': 0.0}
    """
    f, space, request = _scalar(obj, dims, keywords, is_summed=False)
    whole = gridgrad.hessian(f.data, *space.positions, **_options(f, space, request))
    results = {}
    for i, one in enumerate(space.alongs):
        for j, other in enumerate(space.alongs[i:], i):
            unit = per_length(per_length(title_of(f).unit, one.unit, 1), other.unit, 1)
            below = f"d{one.dim}2" if i == j else f"d{one.dim}_d{other.dim}"
            by = one.title if i == j else f"{one.title} and {other.title}"
            title = f"second derivative of {title_of(f).text} with respect to {by}"
            name = f"d2{f.name}_{below}"
            results[name] = _labelled(whole[i, j], f, name, title, unit)
    return xr.Dataset(results)


@_takes_keywords
def divergence(
    obj: xr.Dataset,
    *components: Hashable,
    dims: Sequence[Hashable] | None = None,
    **keywords: Unpack[Keywords],
) -> xr.DataArray:
    """Compute the divergence of a vector, lazily of Dask arrays.

    Parameters
    ----------
    obj : Dataset
        Has the components, of the same dims and in one unit.
    *components : hashable
        Their names, one for each of `dims`.
    dims : sequence of hashable, optional
        The dims of space, in the order of the components. By default those which the CF rules
        know, by ``axis``, ``units`` or ``standard_name``, as x and y or longitude and
        latitude, and z for three components.
    metric, edge_order, accuracy, boundary, missing, coordinates : optional
        As for `laplacian`.

    Returns
    -------
    DataArray
        Under the name ``divergence_{component}_{component}``, with the dims and coordinates of
        the first component; ``units`` and ``long_name`` are composed.

    Raises
    ------
    ValueError, TypeError
        As `laplacian`; a component is not there, or has other dims or another unit.

    Examples
    --------
    >>> import numpy as np
    >>> import xarray as xr
    >>> import gridgrad.xarray
    >>> lat = xr.DataArray([-10.0, 0, 10], dims="lat", attrs={"units": "degrees_north"})
    >>> lon = xr.DataArray(np.arange(0.0, 360, 90), dims="lon", attrs={"units": "degrees_east"})
    >>> u = xr.DataArray(np.ones((3, 4)), {"lat": lat, "lon": lon}, attrs={"units": "m s-1"})
    >>> wind = xr.Dataset({"u": u, "v": 0 * u.assign_attrs(units="m s-1")})
    >>> div = wind.gridgrad.divergence("u", "v", metric="sphere", boundary={"lon": "periodic"})
    >>> div.name, bool((div == 0).all()), div.units
    ('divergence_u_v', True, 's-1')
    """
    (result,) = _of_vector("divergence", obj, components, dims, keywords)
    return result


@_takes_keywords
def curl(
    obj: xr.Dataset,
    *components: Hashable,
    dims: Sequence[Hashable] | None = None,
    **keywords: Unpack[Keywords],
) -> xr.DataArray | xr.Dataset:
    """Compute the curl of a vector, lazily of Dask arrays.

    Of two components it is d_0 u_1 - d_1 u_0, the vorticity of a wind.

    Parameters
    ----------
    obj, *components, dims, metric, ... : optional
        As for `divergence`; dims in right-handed order, east before north.

    Returns
    -------
    DataArray or Dataset
        Of two components a DataArray, ``curl_{component}_{component}``; of three a Dataset of
        ``curl_{dim}``.

    Raises
    ------
    ValueError, TypeError
        As `divergence`; dims known to be north and east, in that order.

    Examples
    --------
    >>> import numpy as np
    >>> import xarray as xr
    >>> import gridgrad.xarray
    >>> y = xr.DataArray(np.arange(3.0), dims="y", attrs={"axis": "Y", "units": "m"})
    >>> x = xr.DataArray(np.arange(4.0), dims="x", attrs={"axis": "X", "units": "m"})
    >>> at = {"y": y, "x": x}
    >>> wind = xr.Dataset({"u": (-y + 0 * x), "v": (0 * y + x)}, at)
    >>> turn = wind.gridgrad.curl("u", "v")
    >>> turn.name, turn.values[0].tolist()
    ('curl_u_v', [2.0, 2.0, 2.0, 2.0])
    """
    results = _of_vector("curl", obj, components, dims, keywords)
    return results[0] if len(results) == 1 else xr.merge(results)


def _request(obj: Any, dims: tuple[Hashable, ...], keywords: Keywords) -> Request:
    given = dict(keywords)
    boundary, coordinates = given.pop("boundary", None), given.pop("coordinates", None)
    given.pop("metric", None)
    return Request(obj, dims, cast(Any, boundary), cast(Any, coordinates) or {}, "s", 1, given)


def _scalar(
    obj: xr.DataArray, dims: tuple[Hashable, ...], keywords: Keywords, is_summed: bool = True
) -> tuple[xr.DataArray, Space, Request]:
    if not isinstance(obj, xr.DataArray):
        raise TypeError(f"obj: a {type(obj).__name__} given; a DataArray is needed")
    request = _request(obj, dims, keywords)
    check(request)
    f = obj.rename("f") if obj.name is None else obj
    space = space_of(f, request, keywords.get("metric"))
    if is_summed:
        space.refuse_degrees()
    return f, space, request


def _options(f: xr.DataArray, space: Space, request: Request) -> dict[str, Any]:
    axes = tuple(f.get_axis_num(along.dim) for along in space.alongs)
    ends = [ends_of(f, along, request.boundary) for along in space.alongs]
    boundary = dict(zip(axes, ends, strict=True))
    return request.options | {"axis": axes, "metric": space.metric, "boundary": boundary}


def _of_vector(
    calculus: str,
    obj: xr.Dataset,
    names: tuple[Hashable, ...],
    dims: Sequence[Hashable] | None,
    keywords: Keywords,
) -> list[xr.DataArray]:
    if not isinstance(obj, xr.Dataset):
        raise TypeError(f"obj: a {type(obj).__name__} given; a Dataset is needed")
    fields = _components(obj, names)
    order = right_handed_dims(fields[0], len(fields), dims, calculus)
    if len(order) != len(fields):
        raise ValueError(
            f"components: {listed(names)} given for dims {listed(order)}; one for each is needed"
        )
    request = _request(obj, order, keywords)
    check(request)
    space = space_of(fields[0], request, keywords.get("metric"))
    space.refuse_degrees()
    unit = common_unit("components", ((one.name, title_of(one).unit) for one in fields))
    function = gridgrad.divergence if calculus == "divergence" else gridgrad.curl
    options = _options(fields[0], space, request)
    results = function([one.data for one in fields], *space.positions, **options)
    unit = per_length(unit, space.length(), 1)
    title = f"{calculus} of {', '.join(title_of(one).text for one in fields)}"
    if not isinstance(results, tuple):
        name = "_".join(map(str, (calculus, *names)))
        return [_labelled(results, fields[0], name, title, unit, {})]
    return [
        _labelled(one, fields[0], f"curl_{dim}", f"{title}, along {dim}", unit, {})
        for one, dim in zip(results, order, strict=True)
    ]


def _components(obj: xr.Dataset, names: tuple[Hashable, ...]) -> list[xr.DataArray]:
    """The components of a vector, of the dims of the first in their order. Raises ValueError."""
    absent = [name for name in names if name not in obj.data_vars]
    if absent or not names:
        raise ValueError(f"components: {listed(absent)} given; accepted: {listed(obj.data_vars)}")
    fields = [obj[name] for name in names]
    for one in fields[1:]:
        if set(one.dims) != set(fields[0].dims):
            raise ValueError(
                f"components: {fields[0].name!r} along {listed(fields[0].dims)} and {one.name!r} "
                f"along {listed(one.dims)} given; the same dims are needed"
            )
    return [one.transpose(*fields[0].dims) for one in fields]


def _labelled(
    samples: Any,
    f: xr.DataArray,
    name: str,
    title: str,
    unit: str,
    others: dict[Any, Any] | None = None,
) -> xr.DataArray:
    attributes: dict[Any, Any] = {"long_name": title}
    attributes |= {"units": unit} if unit else {}
    attributes |= kept_attributes(f) if others is None else others
    variable = xr.Variable(f.dims, samples, attributes, kept_encoding(f))
    return xr.DataArray(variable, f.coords, name=name)
