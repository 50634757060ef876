# _xarray_at.py: value and gradient of labelled arrays at locations
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import xarray as xr

from gridgrad._interpolant import Interpolant, Interpolation, Outside
from gridgrad._positions import TimeUnit
from gridgrad._samples import kind_of
from gridgrad._xarray_labels import (
    Along,
    Boundary,
    Request,
    along_dim,
    check,
    ends_of,
    labelled,
    listed,
    per_unit,
)


def at(
    obj: xr.DataArray,
    points: Mapping[Hashable, Any] | None = None,
    *,
    interpolation: Interpolation = "cubic",
    accuracy: int = 2,
    outside: Outside = "missing",
    missing: float | None = None,
    boundary: Boundary | None = None,
    time_unit: TimeUnit = "s",
    **points_by_dim: Any,
) -> xr.Dataset:
    """Interpolate a labelled array and its gradient at some locations.

    Parameters
    ----------
    obj : DataArray
        Samples, as `gridgrad.Interpolant` takes them; Dask arrays are computed. Dims without
        points are kept.
    points : mapping from dim to array_like, optional
        Coordinates of the locations, also by keyword: ``at(lat=..., lon=...)``. DataArrays
        broadcast by their dims, as for ``DataArray.interp``: one dim that all share is a
        track, dims of their own span a grid. Plain arrays of one dimension are a track along
        a new dim ``"points"``; a single one has the dim that it is for. Times for a dim of
        times.
    interpolation, accuracy, outside, missing : optional
        As for `gridgrad.Interpolant`.
    boundary, time_unit : optional
        As for `gradient`, boundaries by dim. Nothing is periodic by itself.

    Returns
    -------
    Dataset
        The value, under the name of the array, and components of the gradient along the dims
        that have points, named and labelled as by `gradient`; in float64 or complex128.

    Raises
    ------
    ValueError, TypeError, NotImplementedError
        As `gridgrad.Interpolant` and `gradient`.

    Examples
    --------
    A ship's track, across the meridian:

    >>> import numpy as np
    >>> import xarray as xr
    >>> import gridgrad.xarray
    >>> lon = xr.DataArray(np.arange(0, 360, 10.0), dims="lon", attrs={"units": "degrees_east"})
    >>> lat = xr.DataArray([0.0, 1.0, 2.0, 4.0], dims="lat", attrs={"units": "degrees_north"})
    >>> sst = (lat**2 + 0 * lon).assign_coords(lat=lat, lon=lon).rename("sst")
    >>> sst.attrs = {"units": "K"}
    >>> track = sst.gridgrad.at(lat=[1.5, 3], lon=[355, 362.5], boundary={"lon": "periodic"})
    >>> track.sst.values, track.dsst_dlat.values, track.dsst_dlat.units
    (array([2.25, 9.  ]), array([3., 6.]), 'K degrees_north-1')
    """
    if not isinstance(obj, xr.DataArray):
        raise TypeError(f"obj: a {type(obj).__name__} given; a DataArray is needed")
    given = dict[Hashable, Any](points or {}) | dict[Hashable, Any](points_by_dim)
    if not given:
        raise ValueError("points: none given; at least one dim has them, as lat=[50, 51]")
    f = obj.rename("f") if obj.name is None else obj
    request = Request(f, tuple(given), boundary, {}, time_unit, 1, {})
    check(request)
    # Whatever the order of the keywords, the same bits.
    given = {dim: given[dim] for dim in f.dims if dim in given}
    alongs = [along_dim(f, dim, request) for dim in given]
    tracks = _tracks(f, given)
    p = Interpolant(
        _with_components(f, given),
        *(along.positions for along in alongs),
        interpolation=interpolation,
        accuracy=accuracy,
        outside=outside,
        missing=missing,
        boundary={axis: ends_of(f, along, boundary) for axis, along in enumerate(alongs)},
    )
    located = zip(alongs, xr.broadcast(*tracks.values()), strict=True)
    numbers = tuple(_numbers(f, along, points.values) for along, points in located)
    value, gradient = p.derivatives(numbers, 0, 1)
    results = _results(f, alongs, value, gradient, tracks)
    return xr.Dataset(results, _coordinates(f, tracks))


def _with_components(f: xr.DataArray, given: Mapping[Hashable, Any]) -> Any:
    """Samples along the dims that have points, and the other dims as one of components."""
    kept = [dim for dim in f.dims if dim not in given]
    samples = np.asarray(f.transpose(*given, *kept).data)
    return samples.reshape([f.sizes[dim] for dim in given] + [-1] * bool(kept))


def _tracks(f: xr.DataArray, given: Mapping[Hashable, Any]) -> dict[Hashable, xr.DataArray]:
    """Points by dim, those that were plain arrays with a dim."""
    shapes = {dim: np.shape(one) for dim, one in given.items() if not isinstance(one, xr.DataArray)}
    plain = {dim: shape for dim, shape in shapes.items() if shape}
    if any(len(shape) > 1 for shape in plain.values()) or len(set(plain.values())) > 1:
        raise ValueError(
            f"points: plain arrays of shapes {listed(plain.values())} given; those of a track have "
            "one dimension and the same length, DataArrays have dims"
        )
    new = next(iter(plain)) if len(plain) == 1 else "points"
    tracks = {
        dim: xr.DataArray(np.asarray(one), dims=[new] * len(shapes[dim])) if dim in shapes else one
        for dim, one in given.items()
    }
    aligned = xr.align(*tracks.values(), join="exact")
    clash = {dim for one in aligned for dim in one.dims} & (set(f.dims) - set(given))
    if clash:
        raise ValueError(
            f"points: dims {listed(sorted(clash, key=str))} given, which the array has too; give "
            "points for them, or rename"
        )
    return dict(zip(given, aligned, strict=True))


def _numbers(f: xr.DataArray, along: Along, points: Any) -> Any:
    """Points as `Interpolant` takes them along a dim."""
    if along.positions.dtype.kind not in "mM":
        return points
    if points.dtype.kind in "US":
        return points.astype("M8")  # In the unit of its digits: nanoseconds end in 2262.
    if points.dtype.kind in "iufb":
        raise TypeError(f"points: numbers given for {along.dim!r}, which has times")
    first = f[along.dim].values[0]
    if kind_of(first) == "cftime" and points.dtype == object:
        # As positions, since the first.
        return (points - first).astype("m8[us]")
    return points


def _results(
    f: xr.DataArray,
    alongs: list[Along],
    value: Any,
    gradient: Any,
    tracks: Mapping[Hashable, xr.DataArray],
) -> dict[Hashable, xr.Variable]:
    located = xr.broadcast(*tracks.values())[0]
    kept = [dim for dim in f.dims if dim not in tracks]
    dims = [*located.dims, *kept]
    shape = [*located.shape, *(f.sizes[dim] for dim in kept)]
    order: list[Hashable] = []
    for dim in f.dims:
        order += [dim] if dim in kept else [one for one in located.dims if one not in order]
    variables: dict[Hashable, xr.Variable] = {
        f.name: xr.Variable(dims, value.reshape(shape), f.attrs)
    }
    for axis, along in enumerate(alongs):
        component = per_unit(gradient[..., axis], along.seconds).reshape(shape)
        name, variable = labelled(component, f, along, 1, dims)
        variables[name] = variable
    return {name: variable.transpose(*order) for name, variable in variables.items()}


def _coordinates(
    f: xr.DataArray, tracks: Mapping[Hashable, xr.DataArray]
) -> dict[Hashable, xr.Variable]:
    """Those of the points, and of the dims that are kept."""
    coordinates = {
        name: one.variable for name, one in f.coords.items() if not set(one.dims) & set(tracks)
    }
    for track in tracks.values():
        coordinates |= {name: one.variable for name, one in track.coords.items()}
    for dim, track in tracks.items():
        coordinates[dim] = xr.Variable(track.dims, track.values, track.attrs or f[dim].attrs)
    return coordinates
