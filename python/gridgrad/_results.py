# _results.py: the arrays that a call returns
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from gridgrad import _native
from gridgrad._arguments import floating_type
from gridgrad._samples import Array, kind_of


def result_type(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """Type of the derivative of samples of `dtype`."""
    return np.dtype(np.float64) if dtype.kind in "iu" else dtype


def new_result(values: Array) -> Array:
    """An array for a derivative, in memory that the library recycles."""
    return cast(Array, _native.new_result(values))


class Results:
    """How many results a call has, of which type, and where they go."""

    def __init__(self, count: int, dtype: npt.DTypeLike | None, out: Any) -> None:
        self._count = count
        self._dtype = floating_type(dtype)
        self._given = out if out is None or isinstance(out, (tuple, list)) else (out,)
        if self._given is not None and len(self._given) != count:
            raise ValueError(f"out: {len(self._given)} arrays given for {count} components")

    def widened(self, values: Array) -> Array:
        """The samples in the type in which they are computed."""
        if self._dtype is None:
            return values
        if values.dtype.kind == "c" and self._dtype.kind != "c":
            raise TypeError(f"dtype: {self._dtype} given for complex samples")
        computing = np.result_type(result_type(values.dtype), self._dtype)
        exact = values.dtype.kind in "iu" and computing == np.float64
        return values if exact else values.astype(computing, copy=False)

    def arrays_for(self, values: Array) -> list[Array]:
        """What the library writes to: the arrays that were given, or new ones."""
        computed = result_type(values.dtype)
        if self._given is not None and self._dtype in (None, computed):
            return [_writable(array) for array in self._given]
        return [new_result(values) for _ in range(self._count)]

    def returned(self, arrays: list[Array], kind: Callable[[Array], Any]) -> list[Any]:
        """The results as the caller wants them."""
        narrowed = [a if self._dtype is None else a.astype(self._dtype, copy=False) for a in arrays]
        if self._given is None:
            return [kind(array) for array in narrowed]
        for array, result in zip(self._given, narrowed, strict=True):
            target = _writable(array)
            if target is not result and not np.shares_memory(target, result):
                np.copyto(target, result, casting="no")
        return list(self._given)


def _writable(array: Any) -> Array:
    """An array of NumPy's over the caller's memory."""
    if isinstance(array, np.ndarray):
        return array
    if kind_of(array) == "torch":
        return array.detach().numpy()  # type: ignore[no-any-return]
    if hasattr(array, "__dlpack__"):
        return np.from_dlpack(array)
    raise TypeError(f"out: {type(array).__name__} given; an array is needed")
