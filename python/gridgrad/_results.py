# _results.py: the arrays that a call returns
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from typing import Any, cast

import numpy as np
import numpy.typing as npt

from gridgrad import _native
from gridgrad._arguments import floating_type
from gridgrad._samples import Array, Samples, is_tensor


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
        if values.dtype.kind in "iu":
            # Their differences are exact.
            return values
        return values.astype(np.result_type(values.dtype, self._dtype), copy=False)

    def refuse(self, instead: str) -> None:
        """Refuse memory and types of the caller's. Raises TypeError."""
        if self._given is not None or self._dtype is not None:
            raise TypeError(f"dtype, out: given with {instead}")

    def arrays_for(self, values: Array) -> list[Array]:
        """What the library writes to: the arrays that were given, or new ones."""
        computed = result_type(values.dtype)
        if self._given is None:
            return [new_result(values) for _ in range(self._count)]
        targets = [writable(array) for array in self._given]
        if self._dtype in (None, computed):
            return targets
        for k, target in enumerate(targets):
            _check_target(target, values, self._dtype)
            if any(np.may_share_memory(target, other) for other in targets[:k]):
                raise ValueError("out: two results given that overlap")
        return [new_result(values) for _ in range(self._count)]

    def returned(self, arrays: list[Array], samples: Samples) -> list[Any]:
        """The results as the caller wants them."""
        if self._given is None:
            if self._dtype is None:
                return [samples.of_type(samples.of_kind(array)) for array in arrays]
            return [samples.of_kind(array.astype(self._dtype, copy=False)) for array in arrays]
        for array, result in zip(self._given, arrays, strict=True):
            target = writable(array)
            if not np.may_share_memory(target, result):
                np.copyto(target, result.astype(target.dtype, copy=False))
            if is_tensor(array):
                tell_autograd(array)
        return list(self._given)


def _check_target(target: Array, values: Array, dtype: np.dtype[Any] | None) -> None:
    """Refuse what results cannot be copied to, before any is computed."""
    if target.shape != values.shape:
        raise ValueError(f"out: shape {target.shape} given; {values.shape} is needed")
    if target.dtype != dtype:
        raise TypeError(f"out: {target.dtype} given; {dtype} is needed")
    if not target.flags.writeable:
        raise ValueError("out: a read-only array given; it must be writable")
    if np.may_share_memory(target, values):
        raise ValueError("out: overlaps the field; results need memory of their own")


def writable(array: Any) -> Array:
    """An array of NumPy's over the caller's memory."""
    if isinstance(array, np.ma.MaskedArray):
        raise TypeError("out: a masked array given; give its data")
    if isinstance(array, np.ndarray):
        return array
    if is_tensor(array):
        return _over_tensor(array)
    if hasattr(array, "__dlpack__"):
        return np.from_dlpack(array)
    raise TypeError(f"out: {type(array).__name__} given; an array is needed")


def _over_tensor(tensor: Any) -> Array:
    is_plain = not (tensor.requires_grad or tensor.is_conj() or tensor.is_neg())
    if not is_plain or str(tensor.dtype) == "torch.bfloat16" or tensor.device.type != "cpu":
        raise TypeError(
            "out: a tensor that requires grad, is conjugated or negated, of bfloat16 or not on "
            "the CPU given; a plain one is needed"
        )
    return cast(Array, tensor.numpy())


def tell_autograd(tensor: Any) -> None:
    """Have a backward pass that has kept the tensor notice that it was written to."""
    import torch

    torch.autograd.graph.increment_version(tensor)
