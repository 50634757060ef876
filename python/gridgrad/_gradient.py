# _gradient.py: gradients and derivatives of arrays
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from gridgrad import _native
from gridgrad._arguments import axes_of, axis_of_rank, thread_count
from gridgrad._boundary import (
    Boundary,
    Ends,
    axis_with_ends,
    check_values,
    ends_along,
    refuse_halo,
)
from gridgrad._positions import TimeUnit, spacing_per_axis
from gridgrad._results import Results
from gridgrad._samples import Samples, is_series, is_tensor, kind_of, samples_of
from gridgrad._scheme import Bias, Missing, SchemeOptions, scheme_of

if TYPE_CHECKING:
    from gridgrad._calculus_call import Keywords
    from gridgrad._metric import AnyMetric
    from gridgrad._series import Duplicates, Period


def gradient(
    f: Any,
    *spacing: Any,
    axis: int | Sequence[int] | None = None,
    edge_order: int | None = None,
    accuracy: int | None = None,
    boundary: Boundary | None = None,
    missing: Missing | None = None,
    metric: AnyMetric | None = None,
    dtype: npt.DTypeLike | None = None,
    out: Any = None,
    threads: int | None = None,
) -> Any:
    """Estimate the gradient of a sampled field, along all axes or some, in one pass.

    Second-order central differences inside and first-order one-sided differences at the
    ends, as ``numpy.gradient``, unless told otherwise. Rows take differences of samples
    before they multiply: the gradient of a finite constant is exactly 0 on every grid, and
    a large offset costs no digits.

    Parameters
    ----------
    f : array_like
        Samples of any rank and any strides; integers, float16, bfloat16, float32, float64,
        complex64 or complex128. Arrays of NumPy, masked ones included, of torch, of pandas,
        and of any library with DLPack on the CPU. A torch tensor that requires grad is
        differentiated by `gridgrad.torch.gradient`, a Dask array lazily by
        `gridgrad.dask.gradient`.
    *spacing : number or array_like, optional
        Nothing (1), one number for all axes, or for each axis a number or coordinates: one
        position per sample, in any order. Coordinates of two and more dimensions vary along
        other axes too and broadcast against `f`. Times (``datetime64``, ``timedelta64``)
        are differenced exactly; derivatives are per second.
    axis : int or sequence of int, optional
        The axes, in any order, none twice. All by default.
    edge_order : int, optional
        Order of the error at one-sided ends, 1 to 20. By default `accuracy` if that is
        given, else 1.
    accuracy : int, optional
        Order of the error inside, even, 2 to 20. 2 by default.
    boundary : rule, pair of rules, or mapping from axis to these, optional
        What lies beyond the ends, both or lower and upper: ``"one-sided"`` (default),
        ``"periodic"``, ``"symmetric"``, ``"symmetric-half"``, ``"antisymmetric"``,
        ``"antisymmetric-half"``, ``"nearest"``, or `Periodic`, `Antisymmetric`,
        `Constant`, `Neumann`.
    missing : {"none", "propagate", "adapt"} or Adapt, optional
        What becomes of results whose stencil contains a missing sample: NaN, or masked.
        ``"none"`` by default: NaN is data; ``"propagate"`` for masked arrays.
    metric : Sphere, Ellipsoid or Metric, optional
        What one unit of the coordinates measures, as for `divergence`: derivatives are per
        length then, and all axes of the metric are among `axis`. Nothing of its own by default.
    dtype : dtype, optional
        Type of the results, which are computed in it or in a wider one. By default that of
        `f`, float64 for integers.
    out : array or tuple of arrays, optional
        Where the results go: the shape of `f`, the type of the results, any strides.
    threads : int, optional
        At most so many. By default one for small fields, else ``GRIDGRAD_NUM_THREADS``, else
        the processors that the process may use. Results do not depend on it.

    Returns
    -------
    array or tuple of arrays
        Of the kind of `f` and in its memory order: an array for one axis, else a tuple with
        an array per axis, in the order of `axis`.

    Raises
    ------
    ValueError
        An option is out of its range, shapes do not fit, an axis has too few samples.
    AxisError
        An axis does not exist. It is a ValueError and an IndexError.
    TypeError
        Samples that are not numbers or not on the CPU, a wrong number of spacings.

    Examples
    --------
    The first call takes neighbours to be 1 apart, the second is given the positions:

    >>> import numpy as np
    >>> import gridgrad
    >>> t = np.array([-2.0, 1.0, -3.0, 4.0, 5.0])
    >>> gridgrad.gradient(t**2 + 5)
    array([-3. ,  2.5,  7.5,  8. ,  9. ])
    >>> gridgrad.gradient(t**2 + 5, t, edge_order=2)
    array([-4.,  2., -6.,  8., 10.])

    A field that closes on itself, to fourth order:

    >>> x = np.arange(24) * 15.0
    >>> wave = np.sin(np.radians(x))
    >>> slope = gridgrad.gradient(wave, x, accuracy=4, boundary=gridgrad.Periodic(360))
    >>> bool(np.abs(np.degrees(slope) - np.cos(np.radians(x))).max() < 2e-4)
    True
    """
    if metric is not None:
        keywords: Keywords = {"edge_order": edge_order, "accuracy": accuracy, "missing": missing}
        keywords |= {"boundary": boundary, "dtype": dtype, "out": out, "threads": threads}
        return _by_lengths(f, spacing, axes_of(axis, np.ndim(f)), keywords | {"metric": metric})
    if boundary is None and missing is None and dtype is None and threads is None:
        result = _native.gradient(f, spacing, axis, edge_order, accuracy, out)
        if result is not None:
            return result
    options: SchemeOptions = {"edge_order": edge_order, "accuracy": accuracy, "missing": missing}
    if _is_differentiable(f, *spacing):
        _refuse_beside_autograd(accuracy, boundary, missing, dtype, out)
        return _by_torch(f, spacing, axis, edge_order)
    if kind_of(f) == "dask":
        from gridgrad import dask

        _refuse_beside_dask(dtype, out)
        return dask.gradient(
            f,
            *spacing,
            axis=axis,
            edge_order=edge_order,
            accuracy=accuracy,
            boundary=boundary,
            missing=missing,
        )
    samples = samples_of(f)
    axes = axes_of(axis, samples.values.ndim)
    spacings = spacing_per_axis(spacing, axes)
    ends = ends_along(boundary, axes, samples.values.ndim)
    check_values(ends.values(), samples.values.dtype)
    rules = [(one, _rule(at, ends.get(one))) for one, at in zip(axes, spacings, strict=True)]
    results = computed(samples, rules, options, Results(len(axes), dtype, out), threads)
    return results[0] if len(axes) == 1 else tuple(results)


def _by_lengths(f: Any, spacing: tuple[Any, ...], axes: tuple[int, ...], keywords: Keywords) -> Any:
    from gridgrad._calculus_call import of_scalar

    components = of_scalar("gradient", f, spacing, keywords | {"axis": axes})
    return components[0] if len(components) == 1 else tuple(components)


def derivative(
    f: Any,
    spacing: Any = None,
    axis: int | None = None,
    *,
    derivative: int = 1,
    accuracy: int | None = None,
    edge_order: int | None = None,
    bias: Bias = "central",
    boundary: Ends | None = None,
    missing: Missing | None = None,
    dtype: npt.DTypeLike | None = None,
    out: Any = None,
    threads: int | None = None,
    duplicates: Duplicates = "raise",
    period: Period | None = None,
    time_unit: TimeUnit = "s",
) -> Any:
    """Estimate a derivative of a sampled field along one axis.

    Parameters
    ----------
    f : array_like
        As for `gradient`. A Series, and each column of a DataFrame, is a signal along its
        index unless a spacing or another axis is given.
    spacing : number or array_like, optional
        The distance between neighbours, 1 by default, or coordinates, as for `gradient`. Not
        given, the index of a Series or DataFrame has the positions: times, with or without a
        zone, and durations, which are differenced exactly; or numbers. It rises or falls.
    axis : int, optional
        The last by default, of a DataFrame the first.
    derivative : int, optional
        Its order, 1 to 6. 1 by default.
    accuracy, edge_order : int, optional
        As for `gradient`, but `edge_order` is `accuracy` where `derivative` is above 1.
    bias : {"central", "forward", "backward"}, optional
        The side of its sample that a stencil takes.
    boundary : rule or pair of rules, optional
        As for `gradient`.
    missing, dtype, out, threads : optional
        As for `gradient`; `out` not along an index.
    duplicates : {"raise", "first", "last", "mean"}, optional
        What counts, along an index, of neighbouring rows with one position: of their
        samples, without the missing ones, the first, the last or the mean. All have the
        derivative there. Refused by default.
    period : number or mapping from column to number, optional
        Along an index: samples are angles or counters that wrap, and take steps below half a
        period. Whole numbers are differenced exactly, up to 64 bits; others get multiples of
        the period, rounded to float64.
    time_unit : {"s", "ms", "us", "ns", "m", "h", "D", "W"}, optional
        Of times of an index in results, and in the period and the slope of a `boundary`.

    Returns
    -------
    array
        Of the kind of `f` and in its memory order. A Series or a DataFrame has the index, the
        name and the columns of `f`.

    Raises
    ------
    ValueError, AxisError, TypeError
        As `gradient`; the index has no positions, or turns back, or has one twice; a column
        is not of numbers.

    Examples
    --------
    >>> import numpy as np
    >>> import gridgrad
    >>> x = np.array([0.0, 1.0, 3.0, 4.0, 6.0])
    >>> gridgrad.derivative(x**2, x, derivative=2)
    array([2., 2., 2., 2., 2.])

    A log of a heading that passes north:

    >>> import pandas as pd
    >>> times = pd.to_datetime(["2026-01-01 00:00", "2026-01-01 00:01", "2026-01-01 00:03"])
    >>> heading = pd.Series([358, 1, 7], times)
    >>> gridgrad.derivative(heading, period=360, time_unit="m").tolist()
    [3.0, 3.0, 3.0]
    """
    options: SchemeOptions = {
        "derivative": derivative,
        "accuracy": accuracy,
        "edge_order": edge_order,
        "bias": bias,
        "missing": missing,
    }
    if is_series(f):
        axis = 0 if axis is None else axis
        if spacing is None and axis_of_rank(axis, f.ndim) == 0:
            from gridgrad import _series

            _refuse_beside_index(out)
            log = _series.Reading(duplicates, period, time_unit)
            return _series.along_index(f, log, options, boundary, dtype, threads)
    _refuse_without_index(duplicates != "raise", period is not None, time_unit != "s")
    spacing = 1.0 if spacing is None else spacing
    axis = -1 if axis is None else axis
    if _is_differentiable(f, spacing):
        usual = derivative == 1 and bias == "central"
        _refuse_beside_autograd(accuracy, boundary, missing, dtype, out, None if usual else bias)
        return _by_torch(f, (spacing,), axis, edge_order)
    if kind_of(f) == "dask":
        from gridgrad import dask

        _refuse_beside_dask(dtype, out)
        return dask.derivative(
            f,
            spacing,
            axis,
            boundary=boundary,
            **options,
        )
    samples = samples_of(f)
    only = axis_of_rank(axis, samples.values.ndim)
    if boundary is not None:
        check_values([boundary], samples.values.dtype)
    rules = [(only, _rule(spacing, boundary))]
    return computed(samples, rules, options, Results(1, dtype, out), threads)[0]


def _rule(spacing: Any, ends: Ends | None) -> _native.Axis:
    refuse_halo(ends)
    return axis_with_ends(spacing, ends)


def computed(
    samples: Samples,
    rules: list[tuple[int, _native.Axis]],
    options: SchemeOptions,
    results: Results,
    threads: int | None,
) -> list[Any]:
    if samples.mask is not None and options.get("missing") is None:
        options["missing"] = "propagate"
    scheme = scheme_of(options)
    count = thread_count(threads)
    values = results.widened(samples.values)
    arrays = results.arrays_for(values)
    _native.gradient_into(values, samples.mask, rules, arrays, scheme, count)
    return results.returned(arrays, samples)


def _is_differentiable(*arrays: Any) -> bool:
    tensors = [array for array in arrays if is_tensor(array)]
    if not tensors:
        return False
    from gridgrad._torch_call import is_differentiated

    return any(map(is_differentiated, tensors))


def _refuse_beside_autograd(*options: Any) -> None:
    if any(option is not None for option in options):
        raise TypeError(
            "derivative, accuracy, bias, boundary, missing, dtype, out: given for a tensor that "
            "requires grad; torch differentiates the default scheme alone: give f.detach()"
        )


def _refuse_beside_index(out: Any) -> None:
    if out is not None:
        raise TypeError("out: given for a Series or DataFrame along its index, whose result is new")


def _refuse_without_index(*are_given: bool) -> None:
    if any(are_given):
        raise TypeError(
            "duplicates, period, time_unit: given for what is no Series or DataFrame, or beside a "
            "spacing or another axis; they are for positions from an index"
        )


def _refuse_beside_dask(*options: Any) -> None:
    if any(option is not None for option in options):
        raise TypeError("dtype, out: given for a Dask array; use its .astype() and .store()")


def _by_torch(
    f: Any, spacing: tuple[Any, ...], axis: int | Sequence[int] | None, edge_order: int | None
) -> Any:
    from gridgrad import torch

    axes = axes_of(axis, f.ndim)
    given = spacing_per_axis(spacing, axes)
    components = torch.gradient_along(f, axes, given, 1 if edge_order is None else edge_order)
    return components[0] if len(axes) == 1 else tuple(components)
