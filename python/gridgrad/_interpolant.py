# _interpolant.py: value, gradient and Hessian of a sampled field at a location
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from enum import IntEnum
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from gridgrad import _native
from gridgrad._arguments import axis_of_rank, integer, thread_count
from gridgrad._boundary import Boundary, Constant, Ends, Neumann, both, check_values, ends_along
from gridgrad._locations import Cells, axis_of_locations, locations_of
from gridgrad._samples import Samples, samples_of

Interpolation: TypeAlias = Literal["linear", "cubic", "spline"]
Outside: TypeAlias = Literal["missing", "extend", "clamp"]


class Status(IntEnum):
    """What became of a location.

    ``missing`` where a sample that counts is missing or the location is NaN, else whether it
    lies outside along some axis.
    """

    inside = 0
    outside = 1
    missing = 2


class LocationRows(NamedTuple):
    """The weights of the samples at each location, a matrix in compressed rows.

    ``scipy.sparse.csr_array((weights, columns, starts), shape=(n, f.size))`` times
    ``f.ravel()``. Rows of missing locations are empty.
    """

    starts: npt.NDArray[np.uintp]
    columns: npt.NDArray[np.uintp]
    weights: npt.NDArray[np.float64]


class Interpolant:
    """A sampled field between its samples: value, gradient and Hessian at any location.

    ======================  ===========  ==========================  =====================
    interpolation           samples      continuous                  order of value,
                            per axis                                 gradient, Hessian
    ======================  ===========  ==========================  =====================
    linear                  2            values                      2, 1
    cubic                   4            values, gradients           3, 2
    cubic, accuracy 4       6            values, gradients           4, 3
    spline                  all          values, gradients, Hessian  4, 3, 2
    ======================  ===========  ==========================  =====================

    The slopes of ``cubic`` are those of `gradient` with the same accuracy, ends included: at
    a sample both have the same gradient. The field is read at every call: changes in place
    are seen at once, those under a spline after `update`. A field that the library cannot
    view (bytes swapped or not aligned, a list) is copied, until `update`. Safe to call from
    many threads.

    Parameters
    ----------
    f : array_like
        Samples as for `gradient`, one axis per coordinates, at most 8; perhaps a last axis of
        components more: values are vectors then, gradients Jacobians. Masked samples and NaN
        are missing. Computed in float64 whatever their type. Both parts of complex samples
        are interpolated.
    *coordinates : number, array_like or Cells, optional
        For each axis positions that increase or decrease, times among them, a distance
        between neighbours (the first sample lies at 0), or `Cells`. One number alone is the
        distance along all axes, nothing is 1; there are no components then.
    interpolation : {"linear", "cubic", "spline"}, optional
        ``"cubic"`` by default.
    accuracy : {2, 4}, optional
        Of the slopes of ``"cubic"``. 2 by default.
    outside : {"missing", "extend", "clamp"}, optional
        What a location beyond the first or the last sample has: NaN (default), the linear
        continuation of the field from its border, or the value at the border. The gradient is
        that of these values. Axes that are periodic or symmetric have no outside there.
    missing : number, optional
        Stands for a missing sample, besides NaN and masks.
    boundary : optional
        As for `gradient`. A spline is not-a-knot at one-sided ends, clamped at
        ``"symmetric"`` and ``Neumann()`` ones, natural at
        ``Antisymmetric(level="end-value")``, or periodic.
    threads : int, optional
        As for `gradient`.

    Raises
    ------
    ValueError
        Shapes do not fit, an axis has too few samples, coordinates are not monotone, an option
        is out of its range.
    TypeError
        As `gradient`.
    NotImplementedError
        An end that the interpolation cannot have: a value or slope per line, a slope other
        than 0.

    Notes
    -----
    Points are an array of shape (..., rank), coordinates in the order of the axes, or a tuple
    with an array per axis, which broadcast, as for ``scipy.interpolate.interpn``. Results
    have shape (...), gradients (..., rank), Hessians (..., rank, rank), components before
    these; one location has a float and an array. For a field of one axis every number is a
    location, and derivatives have the shape of the points. Along times, locations are times,
    or seconds since the first sample; along durations, durations or seconds since zero.
    Gradients are per second along both.

    Examples
    --------
    >>> import numpy as np
    >>> import gridgrad
    >>> y, x = np.linspace(-2, 2, 41), np.linspace(-1, 3, 41)
    >>> cost = (y[:, None] - 0.5) ** 2 + (x - 1) ** 2
    >>> p = gridgrad.Interpolant(cost, y, x)
    >>> value, gradient = p.value_and_gradient([1.53, 0.25])
    >>> round(value, 6), gradient.round(6)
    (1.6234, array([ 2.06, -1.5 ]))
    >>> p([[1.53, 0.25], [0.5, 1.0], [9.0, 9.0]]).round(6)
    array([1.6234, 0.    ,    nan])

    A search needs bounds, or ``outside="extend"``, lest a step beyond the samples meet NaN:

    >>> from scipy.optimize import minimize
    >>> bounds = [(-2, 2), (-1, 3)]
    >>> minimize(p.value_and_gradient, [1.53, 0.25], jac=True, bounds=bounds).x.round(4)
    array([0.5, 1. ])
    """

    def __init__(
        self,
        f: Any,
        *coordinates: Any,
        interpolation: Interpolation = "cubic",
        accuracy: int = 2,
        outside: Outside = "missing",
        missing: float | None = None,
        boundary: Boundary | None = None,
        threads: int | None = None,
    ) -> None:
        self._f = f
        self._coordinates = deepcopy(coordinates)
        self._options: dict[str, Any] = {
            "interpolation": _name("interpolation", interpolation),
            "accuracy": integer("accuracy", accuracy),
            "outside": _name("outside", outside),
            "missing": _number(missing),
            "boundary": deepcopy(boundary),
            "threads": threads,
        }
        self._threads = thread_count(threads)
        self._build(samples_of(f))

    def _build(self, samples: Samples) -> None:
        values = samples.values
        given = self._coordinates or (1.0,)
        is_shared = len(given) == 1 and np.ndim(given[0]) == 0 and not isinstance(given[0], Cells)
        axes = given * values.ndim if is_shared else given
        ends = ends_along(self._options["boundary"], tuple(range(len(axes))), len(axes))
        check_values(ends.values(), values.dtype)
        is_complex = values.dtype.kind == "c"
        if is_complex and self._options["missing"] is not None:
            raise TypeError("missing: a number given for complex samples; a masked array is needed")
        parts = {}
        for part in ("real", "imag") if is_complex else ("real",):
            rules = {axis: _part(rule, part) for axis, rule in ends.items()}
            pairs = [axis_of_locations(one, rules.get(axis)) for axis, one in enumerate(axes)]
            parts[part] = self._native(
                getattr(values, part), samples.mask, [axis for axis, _ in pairs]
            )
        # Nothing is refused from here on: an update changes all or nothing.
        self._dtype = np.dtype(np.complex128 if is_complex else np.float64)
        self._values, self._parts = values, parts
        self._clocks = [clock for _, clock in pairs]
        self._components = values.shape[len(axes) :]
        is_usual = not is_complex and not self._components and not any(self._clocks)
        self._usual = parts["real"] if is_usual else None

    def _native(self, values: Any, mask: Any, axes: list[_native.Axis]) -> _native.Interpolant:
        names = "interpolation", "accuracy", "outside", "missing"
        options = {name: self._options[name] for name in names}
        return _native.Interpolant(values, mask, axes, **options, threads=self._threads)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (self._f, self._coordinates, self._options)

    def __repr__(self) -> str:
        shape = " x ".join(map(str, self._values.shape))
        return f"<gridgrad.Interpolant: {self._options['interpolation']}, {shape} samples>"

    def __call__(self, points: Any) -> Any:
        """Return the values at some locations."""
        if self._usual is not None:
            value = self._usual.value(points)
            if value is not None:
                return value
        return self._evaluated(points, 0)[0]

    def gradient(self, points: Any) -> Any:
        """Return the gradients at some locations."""
        if self._usual is not None:
            gradient = self._usual.gradient(points)
            if gradient is not None:
                return gradient
        return self._evaluated(points, 1)[0]

    def value_and_gradient(self, points: Any) -> tuple[Any, Any]:
        """Return values and gradients, as ``scipy.optimize.minimize(..., jac=True)`` asks."""
        if self._usual is not None:
            pair: Any = self._usual.value_and_gradient(points)
            if pair is not None:
                return pair  # type: ignore[no-any-return]
        value, gradient = self._evaluated(points, 0, 1)
        return value, gradient

    def hessian(self, points: Any) -> Any:
        """Return the Hessians at some locations."""
        if self._usual is not None:
            hessian = self._usual.hessian(points)
            if hessian is not None:
                return hessian
        return self._evaluated(points, 2)[0]

    def status(self, points: Any) -> Any:
        """Return what became of some locations, as numbers of `Status` in uint8."""
        locations = locations_of(points, self._clocks)
        status = np.zeros(locations.shape[:-1], np.uint8)
        for native in self._parts.values():
            one = np.empty_like(status)
            native.evaluate(locations, [None, None, None, one], self._threads)
            np.maximum(status, one, out=status)
        return Status(int(status)) if status.ndim == 0 else status

    def rows(self, points: Any, along: int | Sequence[int] = ()) -> LocationRows:
        """Return the weights of the samples in a partial derivative at some locations.

        ``along`` names the axes of the derivative, at most two, twice the same one perhaps;
        none is the value. Columns count the samples in C order, without components. Not of a
        spline, whose weights reach all samples: NotImplementedError.
        """
        locations = locations_of(points, self._clocks)
        rank = len(self._clocks)
        axes = [axis_of_rank(axis, rank) for axis in np.atleast_1d(along).tolist()]
        flat = locations.reshape(-1, locations.shape[-1] if locations.ndim else rank)
        parts: tuple[Any, ...] = self._parts["real"].rows(flat, axes)
        return LocationRows(*parts)

    def update(self) -> None:
        """Read the samples again: those of a spline, or of a field that was copied.

        Not while other threads call. A refused update changes nothing.
        """
        samples = samples_of(self._f)
        is_viewed = np.may_share_memory(samples.values, self._values)
        # The second of two parts may be refused when the first one is done.
        if is_viewed and len(self._parts) == 1:
            self._parts["real"].update(self._threads)
        else:
            self._build(samples)

    def derivatives(self, points: Any, *orders: int) -> list[npt.NDArray[Any]]:
        """Derivatives of some orders, for the modules of gridgrad; of one axis as of many."""
        locations = locations_of(points, self._clocks)
        rank = len(self._clocks)
        shape = locations.shape[:-1] + self._components
        results = {order: np.empty(shape + (rank,) * order, self._dtype) for order in orders}
        for part, native in self._parts.items():
            out = [getattr(results.get(order), part, None) for order in range(3)]
            native.evaluate(locations, out, self._threads)
        return list(results.values())

    def _evaluated(self, points: Any, *orders: int) -> list[Any]:
        """What the methods return."""
        results = self.derivatives(points, *orders)
        if len(self._clocks) == 1:
            shapes = [one.shape[: one.ndim - k] for one, k in zip(results, orders, strict=True)]
            results = [one.reshape(shape) for one, shape in zip(results, shapes, strict=True)]
        return [result.item() if result.ndim == 0 else result for result in results]


def _name(argument: str, given: Any) -> str:
    if isinstance(given, str):
        return given
    raise TypeError(f"{argument}: {given!r} given; a name is needed")


def _number(missing: Any) -> float | None:
    try:
        return None if missing is None else float(missing)
    except (TypeError, ValueError):
        raise TypeError(f"missing: {missing!r} given; a number is needed") from None


def _part(ends: Ends, part: str) -> Ends:
    """Ends of the real or the imaginary part of a field."""

    def of(rule: Any) -> Any:
        if isinstance(rule, Constant):
            return replace(rule, value=getattr(np.asarray(rule.value), part))
        if isinstance(rule, Neumann):
            return replace(rule, slope=getattr(np.asarray(rule.slope), part))
        return rule

    lower, upper = both(ends)
    return of(lower), of(upper)


def _rebuilt(f: Any, coordinates: tuple[Any, ...], options: dict[str, Any]) -> Interpolant:
    return Interpolant(f, *coordinates, **options)
