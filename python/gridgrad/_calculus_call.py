# _calculus_call.py: from the arguments of an operator to its results
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from importlib import import_module
from inspect import Parameter, signature
from typing import Any, Literal, TypeAlias, TypedDict, TypeVar, cast

import numpy as np
import numpy.typing as npt

from gridgrad._boundary import Boundary, refuse_halo
from gridgrad._grid_operator import Calculus, GridOperator, leading, results_of
from gridgrad._metric import AnyMetric
from gridgrad._results import Results, new_result, result_type, tell_autograd, writable
from gridgrad._samples import is_series, is_tensor, kind_of, samples_of
from gridgrad._scheme import Missing
from gridgrad._terrain import Terrain

# What [j, i] of a matrix is beside [i, j].
Symmetry: TypeAlias = Literal["none", "symmetric", "antisymmetric"]

_Function = TypeVar("_Function", bound=Callable[..., Any])


class Keywords(TypedDict, total=False):
    """What all operators take by name."""

    axis: int | Sequence[int] | None
    metric: AnyMetric | None
    edge_order: int | None
    accuracy: int | None
    boundary: Boundary | None
    missing: Missing | None
    dtype: npt.DTypeLike | None
    out: Any
    threads: int | None


def takes_keywords(function: _Function, known: type = Keywords) -> _Function:
    """Show the keywords in the signature, and refuse others in Python's words."""
    own = [one for one in signature(function).parameters.values() if one.kind != one.VAR_KEYWORD]
    named = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
        for name, annotation in known.__annotations__.items()
    ]
    accepted = {one.name for one in own + named}

    @wraps(function)
    def checked(*arguments: Any, **keywords: Any) -> Any:
        for name in keywords.keys() - accepted:
            raise TypeError(f"{function.__name__}() got an unexpected keyword argument {name!r}")
        return function(*arguments, **keywords)

    checked.__signature__ = signature(function).replace(parameters=own + named)  # type: ignore[attr-defined]
    return cast(_Function, checked)


def of_scalar(
    calculus: Calculus | Terrain, f: Any, spacing: tuple[Any, ...], keywords: Keywords
) -> Any:
    """The results for a scalar field."""
    return _computed(calculus, [_array(f)], spacing, keywords)


def of_vector(calculus: Calculus, given: Any, spacing: tuple[Any, ...], keywords: Keywords) -> Any:
    """The results for the components of a vector."""
    return _computed(calculus, components_of(given), spacing, keywords)


def along_direction(f: Any, direction: Any, spacing: tuple[Any, ...], keywords: Keywords) -> Any:
    """The derivative of a scalar field along a direction."""
    field = _array(f)
    is_sequence = isinstance(direction, (list, tuple))
    parts: list[Any] = list(direction) if is_sequence else components_of(direction)
    fields = [field, *(_broadcast(one, field) for one in parts)]
    return _computed("directional", fields, spacing, keywords)[0]


def is_vector(f: Any) -> bool:
    """Whether a field is a list or tuple of arrays."""
    is_list = isinstance(f, (list, tuple))
    return is_list and any(hasattr(one, "shape") and np.ndim(one) > 0 for one in f)


def components_of(given: Any) -> list[Any]:
    """A vector as a list of its components. Raises TypeError, ValueError."""
    is_sequence = isinstance(given, (list, tuple)) or getattr(given, "shape", ()) != ()
    if is_series(given) or kind_of(given) == "xarray" or not is_sequence:
        raise TypeError(
            f"components: {type(given).__name__} given; a sequence of arrays, or an array whose "
            "first axis counts them, is needed"
        )
    return [_array(one) for one in given]


def matrix(
    calculus: Calculus,
    fields: list[Any],
    spacing: tuple[Any, ...],
    keywords: Keywords,
    symmetry: Symmetry,
) -> Any:
    """Results with two indices, all of them, as one array."""
    operator = _operator(calculus, fields, spacing, keywords)
    out = keywords.get("out")
    places = [operator.axes_of_result(k) for k in range(operator.result_count)]
    if not _is_plain(fields):
        given = None if out is None else (out,) * len(places)
        results = Results(len(places), keywords.get("dtype"), given)
        parts = results_of(operator, fields, results)
        return _stacked(dict(zip(places, parts, strict=True)), len(operator.axes), symmetry)
    samples = [samples_of(field) for field in fields]
    whole = writable(out) if out is not None else _new_matrix(operator, samples, keywords)
    _check_shape(whole, (len(operator.axes),) * 2 + operator.result_shape)
    targets = tuple(whole[place] for place in places)
    results = Results(len(places), keywords.get("dtype"), targets)
    results_of(operator, fields, results, threads=keywords.get("threads"))
    _fill(whole, symmetry)
    if out is None:
        result = leading(samples).of_kind(whole)
        return result if keywords.get("dtype") else leading(samples).of_type(result)
    if is_tensor(out):
        tell_autograd(out)
    return out


def _computed(
    calculus: Calculus | Terrain, fields: list[Any], spacing: tuple[Any, ...], keywords: Keywords
) -> list[Any]:
    operator = _operator(calculus, fields, spacing, keywords)
    results = Results(operator.result_count, keywords.get("dtype"), keywords.get("out"))
    return results_of(operator, fields, results, threads=keywords.get("threads"))


def _operator(
    calculus: Calculus | Terrain, fields: list[Any], spacing: tuple[Any, ...], keywords: Keywords
) -> GridOperator:
    """The operator that serves the fields, once they fit each other and it."""
    if not fields:
        raise ValueError("components: none given; one for each axis is needed")
    shapes = list(dict.fromkeys(tuple(field.shape) for field in fields))
    if len(shapes) > 1:
        raise ValueError(f"components: shapes {_listed(shapes)} given; one shape is needed")
    _refuse_halos(keywords.get("boundary"))
    missing = keywords.get("missing")
    if missing is None and any(map(_has_gaps, fields)):
        missing = "propagate"
    operator = GridOperator(
        calculus,
        shapes[0],
        *spacing,
        axis=keywords.get("axis"),
        metric=keywords.get("metric"),
        edge_order=keywords.get("edge_order"),
        accuracy=keywords.get("accuracy"),
        boundary=keywords.get("boundary"),
        missing=missing,
    )
    if len(fields) != operator.field_count:
        beside = 1 if calculus == "directional" else 0
        name = "direction" if beside else "components"
        raise ValueError(
            f"{name}: {len(fields) - beside} given for {len(operator.axes)} axes; one for each is "
            "needed"
        )
    return operator


def _listed(shapes: list[tuple[int, ...]]) -> str:
    return " and ".join(map(str, shapes))


def _refuse_halos(boundary: Boundary | None) -> None:
    if isinstance(boundary, Mapping):
        for ends in boundary.values():
            refuse_halo(ends)
    else:
        refuse_halo(boundary)


def _has_gaps(field: Any) -> bool:
    if isinstance(field, np.ma.MaskedArray):
        return bool(np.ma.is_masked(field))
    return is_series(field) and samples_of(field).mask is not None


def _is_plain(fields: list[Any]) -> bool:
    """Whether results are written to memory: not lazily, and not followed by torch."""
    if any(kind_of(field) == "dask" for field in fields):
        return False
    tensors = [field for field in fields if is_tensor(field)]
    if not tensors:
        return True
    from gridgrad._torch_call import is_differentiated

    return not any(map(is_differentiated, tensors))


def _new_matrix(operator: GridOperator, samples: list[Any], keywords: Keywords) -> Any:
    types = [result_type(one.values.dtype) for one in samples]
    dtype = np.dtype(keywords.get("dtype") or np.result_type(*types))
    shape = (len(operator.axes),) * 2 + operator.result_shape
    return new_result(np.broadcast_to(np.zeros((), dtype), shape))


def _check_shape(whole: Any, needed: tuple[int, ...]) -> None:
    if whole.shape != needed:
        raise ValueError(f"out: shape {whole.shape} given; {needed} is needed")


def _fill(whole: Any, symmetry: Symmetry) -> None:
    """The other half of a matrix."""
    for i in range(len(whole)):
        if symmetry == "antisymmetric":
            whole[i, i] = 0
        for j in range(i + 1, len(whole)):
            if symmetry == "symmetric":
                whole[j, i] = whole[i, j]
            elif symmetry == "antisymmetric":
                np.negative(whole[i, j], out=whole[j, i])


def _stacked(parts: dict[tuple[int, ...], Any], count: int, symmetry: Symmetry) -> Any:
    """A matrix of tensors or of Dask arrays."""
    one = next(iter(parts.values()))
    library: Any = import_module("torch" if is_tensor(one) else "dask.array")

    def entry(i: int, j: int) -> Any:
        if (i, j) in parts:
            return parts[i, j]
        if symmetry == "antisymmetric":
            return -parts[j, i] if i != j else one * 0
        return parts[j, i]

    rows = [[entry(i, j) for j in range(count)] for i in range(count)]
    return library.stack([library.stack(row) for row in rows])


def _array(given: Any) -> Any:
    """Lists as arrays, which have a shape."""
    return given if hasattr(given, "shape") else np.asarray(given)


def _broadcast(given: Any, field: Any) -> Any:
    """A number or an array as one of the shape of the field, without memory of its own."""
    if is_tensor(field):
        import torch

        known = given if is_tensor(given) else torch.from_numpy(np.asarray(given))
        has_digits = field.is_floating_point() or field.is_complex()
        is_weak = isinstance(given, (int, float)) and has_digits
        return (known.to(field.dtype) if is_weak else known).expand(field.shape)
    if kind_of(field) == "dask" or kind_of(given) == "dask":
        chunked: Any = import_module("dask.array")
        return chunked.broadcast_to(given, field.shape)
    if isinstance(given, np.ma.MaskedArray):
        mask = np.broadcast_to(np.ma.getmaskarray(given), field.shape)
        return np.ma.array(np.broadcast_to(given.data, field.shape), mask=mask)
    is_number = isinstance(given, (int, float, complex))
    dtype = np.result_type(samples_of(field).values.dtype, given) if is_number else None
    return np.broadcast_to(np.asarray(given, dtype), field.shape)
