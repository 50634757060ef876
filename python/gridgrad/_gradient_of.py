# _gradient_of.py: the gradient of a function that can be called
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from gridgrad import _native
from gridgrad._arguments import integer


@dataclass(frozen=True)
class ScaledStep:
    """Steps ``max(abs(x), scale) * eps**(1 / (accuracy + 1))``, ``eps = 2**-52``.

    ``scale`` is the size of the variables next to 0, in their units: one number, or one per
    variable.
    """

    scale: float | Sequence[float] | npt.NDArray[Any] = 1.0


class CallableGradient(NamedTuple):
    """What is known of a function at a point.

    ``value`` is ``f(x)``; ``gradient`` has one component per variable, and is a number where
    ``x`` is one; ``evaluations`` counts the points at which ``f`` was evaluated.
    """

    value: float
    gradient: Any
    evaluations: int


def gradient_of(
    f: Callable[[Any], Any],
    x: Any,
    accuracy: int = 2,
    step: float | npt.ArrayLike | ScaledStep | None = None,
    bounds: Any = None,
    *,
    method: Literal["difference", "complex"] = "difference",
    vectorized: bool = False,
) -> CallableGradient:
    """Estimate the gradient of a function at a point by evaluating it around that point.

    Each variable has a row of ``accuracy + 1`` points, ``x`` among them, which is exact for
    polynomials of degree ``accuracy``: central, or the most central one that stays within the
    bounds. The weights are exact for the distances that the points really have, and a constant
    has gradient 0. The error is of the order of ``eps**(accuracy / (accuracy + 1))``, 4e-11 to
    5e-16, times ``|f| / s + s**accuracy |d**(accuracy + 1) f|``, ``s = max(|x|, scale)``; it is
    not estimated.

    Parameters
    ----------
    f : callable
        ``f(point)`` returns a real number, ``point`` being a new array like ``x``, or a float
        where ``x`` is a number. What it raises passes through.
    x : array_like
        A number or one dimension; real, finite, within the bounds.
    accuracy : int, optional
        Order of the truncation error: even, 2 to 20. ``f`` is evaluated up to
        ``accuracy / 2`` steps away, next to a bound up to ``accuracy`` steps.
    step : number, array_like or ScaledStep, optional
        Distance between points in the units of ``x``: one number, or one per variable, above
        0; or a `ScaledStep`, by default of scale 1. Made representable.
    bounds : sequence of (lower, upper), or scipy.optimize.Bounds, optional
        One pair per variable; None where there is no bound. ``f`` is never evaluated outside.
        Where they are too near for ``accuracy`` steps, steps are shorter.
    method : {"difference", "complex"}, optional
        ``"complex"`` takes one complex step per variable instead: as exact as ``f`` itself, for
        an ``f`` that takes and returns complex numbers and is analytic (no ``abs``, no
        ``.real``, no comparisons). It takes no accuracy, step or bounds: points do not leave
        ``x`` along the real axis.
    vectorized : bool, optional
        Call ``f`` once, with all points in an array of shape ``(evaluations, x.size)``, or
        ``(evaluations,)`` where ``x`` is a number; it returns one value per point.

    Returns
    -------
    CallableGradient
        ``value, gradient, evaluations``. NaN and infinity from ``f`` make the components that
        meet them NaN or infinite. ``f`` is evaluated ``1 + accuracy * x.size`` times, or
        ``1 + x.size`` times by complex steps.

    Raises
    ------
    ValueError
        Before ``f`` is called, where ``x`` is not finite or outside its bounds, an option is
        outside its range, bounds are equal or hold fewer than ``accuracy + 1`` different
        numbers, or a step vanishes beside ``x``.
    TypeError
        Where ``x`` is not real, or ``f`` returns no number, or a real one for
        ``method="complex"``.

    Examples
    --------
    >>> import gridgrad
    >>> value, gradient, evaluations = gridgrad.gradient_of(lambda x: x[0] * x[1] ** 2, [2.0, 3.0])
    >>> value, gradient.round(8), evaluations
    (18.0, array([ 9., 12.]), 5)

    As the gradient that an optimizer asks for:

    >>> from scipy.optimize import minimize, rosen
    >>> found = minimize(rosen, [0.0, 0.5], jac=lambda x: gridgrad.gradient_of(rosen, x).gradient)
    >>> found.x.round(4)
    array([1., 1.])

    By complex steps, to the last digits:

    >>> import numpy as np
    >>> slope = gridgrad.gradient_of(np.exp, 1.0, method="complex").gradient
    >>> bool(abs(slope - np.e) <= 2 * np.spacing(np.e))
    True

    Source: Press, Teukolsky, Vetterling, Flannery, Numerical Recipes (2007), section 5.7 (steps);
    Fornberg, Math. Comp. 51 (1988) 699-706 (weights); Squire, Trapp, SIAM Review 40 (1998)
    110-112 (complex steps).
    """
    point = _point_of(x)
    variables = np.atleast_1d(point)
    if method == "complex":
        if accuracy != 2 or step is not None or bounds is not None:
            raise ValueError("method: 'complex' given, which takes no accuracy, step or bounds")
        steps = _native.ComplexSteps(variables)
        returned = _values_at(f, point.astype(complex), steps.nodes, vectorized)
        found = steps.combined(returned.view(float))
    elif method == "difference":
        ends = None if bounds is None else _ends_of(bounds, point)
        rows = _native.CallableRows(variables, integer("accuracy", accuracy), _steps_of(step), ends)
        found = rows.combined(_values_at(f, point, rows.nodes, vectorized))
    else:
        raise ValueError(f"method: {method!r} given; difference or complex is accepted")
    gradient: Any = found[1]
    return CallableGradient(found[0], gradient if point.ndim else gradient.item(), found[2])


def _point_of(x: Any) -> npt.NDArray[np.float64]:
    """Doubles of no or one dimension. Raises TypeError, ValueError."""
    point = np.asarray(x)
    if point.dtype.kind not in "biuf":
        raise TypeError(f"x: dtype {point.dtype} given; real numbers are needed")
    if point.ndim > 1:
        raise ValueError(f"x: shape {point.shape} given; a number or one dimension is accepted")
    return point.astype(np.float64)


def _steps_of(step: Any) -> tuple[bool, npt.NDArray[np.float64]]:
    """Whether these are scales, and the numbers."""
    is_scaled = step is None or isinstance(step, ScaledStep)
    given = (1.0 if step is None else step.scale) if is_scaled else step
    return is_scaled, _reals("scale" if is_scaled else "step", given)


def _ends_of(bounds: Any, point: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Lower and upper bounds in turns, infinite where there are none."""
    if hasattr(bounds, "lb") and hasattr(bounds, "ub"):
        pairs = np.empty((point.size, 2))
        try:
            pairs[:, 0], pairs[:, 1] = bounds.lb, bounds.ub
        except ValueError:
            raise ValueError(
                f"bounds: {np.size(bounds.lb)} and {np.size(bounds.ub)} given for "
                f"{point.size} variables"
            ) from None
        return pairs.ravel()
    if point.ndim == 0 and len(bounds) == 2 and np.ndim(bounds[0]) == 0:
        bounds = [bounds]
    ends: list[float] = []
    for pair in bounds:
        try:
            lower, upper = pair
        except (TypeError, ValueError):
            raise TypeError(
                f"bounds: {pair!r} given; a pair (lower, upper) is needed for each variable"
            ) from None
        ends += [-np.inf if lower is None else lower, np.inf if upper is None else upper]
    return _reals("bounds", ends)


def _reals(name: str, given: Any) -> npt.NDArray[np.float64]:
    """Real numbers in one dimension. Raises TypeError."""
    numbers = np.atleast_1d(np.asarray(given))
    if numbers.ndim > 1 or (numbers.size and numbers.dtype.kind not in "biuf"):
        raise TypeError(f"{name}: {given!r} given; real numbers are needed")
    return numbers.astype(np.float64)


def _values_at(
    f: Callable[[Any], Any],
    x: npt.NDArray[Any],
    nodes: Sequence[tuple[int, complex]],
    vectorized: bool,
) -> npt.NDArray[Any]:
    """The values of f at x and at each node, a point that differs in one variable."""
    if vectorized:
        points = np.tile(np.atleast_1d(x), (len(nodes) + 1, 1))
        for row, (variable, position) in enumerate(nodes, 1):
            points[row, variable] = position
        values = np.asarray(f(points if x.ndim else points[:, 0]))
        if values.shape != (len(points),):
            raise ValueError(
                f"f: shape {values.shape} returned for {len(points)} points; one value per point "
                "is needed"
            )
        if values.dtype.kind not in ("c" if x.dtype.kind == "c" else "biuf"):
            raise _wrong_type(values.dtype, x)
        return values.astype(x.dtype)
    number = _number_like(x)
    if x.ndim == 0:
        return np.array([number(f(at)) for at in (x.item(), *(node[1] for node in nodes))])
    values = np.empty(len(nodes) + 1, x.dtype)
    values[0] = number(f(x.copy()))
    for row, (variable, position) in enumerate(nodes, 1):
        point = x.copy()
        point[variable] = position
        values[row] = number(f(point))
    return values


def _number_like(x: npt.NDArray[Any]) -> Callable[[Any], Any]:
    """A check of what f returns: a number of the type of x, or an array that holds one."""
    is_complex = x.dtype.kind == "c"
    usual = complex if is_complex else float

    def number(returned: Any) -> Any:
        if isinstance(returned, usual):
            return returned
        array = np.asarray(returned)
        if array.size != 1:
            raise TypeError(f"f: shape {array.shape} returned; a number is needed")
        if array.dtype.kind not in ("c" if is_complex else "biuf"):
            raise _wrong_type(array.dtype, x)
        return array.item()

    return number


def _wrong_type(returned: np.dtype[Any], x: npt.NDArray[Any]) -> TypeError:
    kind = "complex" if x.dtype.kind == "c" else "real"
    return TypeError(f"f: {returned} returned; a {kind} number is needed")
