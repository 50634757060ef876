# _samples.py: arrays of any library as NumPy's, and results as the caller's kind
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gridgrad._positions import in_place

Array = npt.NDArray[Any]


def _as_it_is(result: Array) -> Any:
    return result


@dataclass
class Samples:
    """A field as the library takes it, and how a result is given back."""

    values: Array
    mask: npt.NDArray[np.uint8] | None = None
    returned: Callable[[Array], Any] = _as_it_is


def kind_of(f: object) -> str:
    """The library that an object belongs to, by the first part of its module's name."""
    return type(f).__module__.partition(".")[0]


def samples_of(f: Any) -> Samples:
    """A field from any array on the CPU, a list, a Series or a DataFrame.

    Raises TypeError where samples are not numbers, or lie elsewhere.
    """
    if isinstance(f, np.ma.MaskedArray):
        return _of_masked(f)
    if isinstance(f, np.ndarray):
        return _of_array(f)
    if kind_of(f) == "pandas":
        return _of_pandas(f)
    if kind_of(f) == "torch":
        return _of_torch(f)
    if kind_of(f) == "xarray":
        raise TypeError(
            f"f: an xarray.{type(f).__name__} given; import gridgrad.xarray and call "
            "its .gridgrad.gradient(...), or give its .values"
        )
    if hasattr(f, "__dlpack_device__"):
        return _of_dlpack(f)
    return _of_array(np.asarray(f))


def _checked(array: Array) -> Array:
    is_number = array.dtype.kind in "iuf" and array.dtype.itemsize <= 8
    if is_number or array.dtype in (np.complex64, np.complex128):
        return in_place(array)
    raise TypeError(
        f"f: dtype {array.dtype} given; integers, float16, float32, float64, complex64 and "
        "complex128 are accepted"
    )


def _of_array(array: Array) -> Samples:
    if array.dtype.name == "bfloat16":
        # Exact in float32, in which the library would compute; rounded once.
        return Samples(array.astype(np.float32), None, lambda result: result.astype(array.dtype))
    return Samples(_checked(np.asarray(array)))


def _of_masked(array: np.ma.MaskedArray[Any, Any]) -> Samples:
    mask = np.ma.getmaskarray(array).view(np.uint8)
    return Samples(_checked(np.asarray(array.data)), mask, np.ma.masked_invalid)


def _of_pandas(f: Any) -> Samples:
    values = f.to_numpy()
    if values.dtype == object:
        values = f.to_numpy(dtype=np.float64, na_value=np.nan)

    def returned(result: Array) -> Any:
        if f.ndim == 1:
            return type(f)(result, index=f.index, name=f.name)
        return type(f)(result, index=f.index, columns=f.columns)

    return Samples(_checked(values), None, returned)


def _of_torch(tensor: Any) -> Samples:
    import torch

    if tensor.device.type != "cpu":
        raise _elsewhere(f"torch tensor on {tensor.device}", "gridgrad.torch.gradient")
    if tensor.requires_grad and torch.is_grad_enabled():
        raise TypeError("f: a tensor that requires grad given; give f.detach()")
    plain = tensor.detach().resolve_conj().resolve_neg()
    if plain.dtype == torch.bfloat16:
        return Samples(
            plain.to(torch.float32).numpy(), None, lambda r: torch.from_numpy(r).to(plain.dtype)
        )
    return Samples(_checked(plain.numpy()), None, torch.from_numpy)


def _of_dlpack(f: Any) -> Samples:
    device, _ = f.__dlpack_device__()
    host = 1, 3  # kDLCPU, kDLCUDAHost
    if device not in host:
        raise _elsewhere(f"{kind_of(f)} array that is not on the CPU", "cupy.gradient")
    xp = f.__array_namespace__() if hasattr(f, "__array_namespace__") else None
    returned = _as_it_is if xp is None else xp.from_dlpack
    return Samples(_checked(np.from_dlpack(f)), None, returned)


def _elsewhere(what: str, instead: str) -> TypeError:
    return TypeError(f"f: a {what} given; arrays on the CPU are accepted, others by {instead}")
