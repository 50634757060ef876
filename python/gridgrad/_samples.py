# _samples.py: arrays of any library as NumPy's, and results as the caller's kind
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gridgrad._positions import in_place

Array = npt.NDArray[Any]


def _as_it_is(result: Any) -> Any:
    return result


@dataclass
class Samples:
    """A field as the library takes it, and how a result is given back.

    A result is made of the caller's kind, and of the type of the field where the library
    has another and no type was asked for.
    """

    values: Array
    mask: npt.NDArray[np.uint8] | None = None
    of_kind: Callable[[Array], Any] = _as_it_is
    of_type: Callable[[Any], Any] = _as_it_is


def kind_of(f: object) -> str:
    """The library that an object belongs to, by the first part of its module's name."""
    return type(f).__module__.partition(".")[0]


def is_tensor(f: object) -> bool:
    """Whether an object is a tensor, without an import of torch."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(f, torch.Tensor)


def is_series(f: object) -> bool:
    """Whether an object is a Series or a DataFrame, without an import of pandas."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(f, (pandas.Series, pandas.DataFrame))


def samples_of(f: Any) -> Samples:
    """A field from any array on the CPU, a list, a Series or a DataFrame.

    Raises TypeError where samples are not numbers, or lie elsewhere.
    """
    if isinstance(f, np.ma.MaskedArray):
        return _of_masked(f)
    if isinstance(f, np.ndarray):
        return _of_array(f)
    if is_series(f):
        return _of_pandas(f)
    if is_tensor(f):
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
    raise _not_numbers(array.dtype)


def _of_array(array: Array) -> Samples:
    if array.dtype.name == "bfloat16":
        # Exact in float32, in which the library would compute; rounded once.
        return Samples(array.astype(np.float32), of_type=lambda r: r.astype(array.dtype))
    return Samples(_checked(array))


def _of_masked(array: np.ma.MaskedArray[Any, Any]) -> Samples:
    mask = np.ma.getmaskarray(array)
    values = _checked(np.asarray(array.data))
    marks = mask.view(np.uint8) if mask.any() else None
    return Samples(values, marks, lambda r: np.ma.array(r, mask=np.isnan(r)))


def _of_pandas(f: Any) -> Samples:
    import pandas as pd

    values, mask = _with_gaps(f) if _has_own_numbers(f) else (f.to_numpy(), None)

    def of_kind(result: Array) -> Any:
        if result.shape != f.shape:
            return result
        if f.ndim == 1:
            return pd.Series(result, index=f.index, name=f.name)
        return pd.DataFrame(result, index=f.index, columns=f.columns)

    return Samples(_checked(values), mask, of_kind)


def _has_own_numbers(f: Any) -> bool:
    """Whether all numbers are of types of pandas' own, which have gaps beside NaN."""
    types = [f.dtype] if f.ndim == 1 else list(f.dtypes)
    return all(hasattr(dtype, "na_value") and dtype.kind in "iuf" for dtype in types)


def _with_gaps(f: Any) -> tuple[Array, npt.NDArray[np.uint8]]:
    # With gaps in place of their marks, whole numbers would become doubles.
    return f.fillna(0).to_numpy(), f.isna().to_numpy().view(np.uint8)


def _of_torch(tensor: Any) -> Samples:
    import torch

    from gridgrad._torch_call import is_differentiated

    if tensor.device.type != "cpu":
        raise _elsewhere(f"torch tensor on {tensor.device}", "gridgrad.torch.gradient")
    if is_differentiated(tensor):
        raise TypeError("f: a tensor that requires grad, or is transformed, given; give f.detach()")
    if tensor.layout != torch.strided or tensor.is_quantized:
        raise TypeError(f"f: a tensor of layout {tensor.layout} given; strided ones are accepted")
    plain = tensor.detach().resolve_conj().resolve_neg()
    if plain.dtype == torch.bfloat16:
        wide = plain.to(torch.float32).numpy()
        return Samples(wide, None, torch.from_numpy, lambda r: r.to(torch.bfloat16))
    if plain.dtype == torch.complex32:
        raise _not_numbers("complex32")
    return Samples(_checked(plain.numpy()), None, torch.from_numpy)


def _of_dlpack(f: Any) -> Samples:
    device, _ = f.__dlpack_device__()
    host = 1, 3  # kDLCPU, kDLCUDAHost
    if device not in host:
        raise _elsewhere(f"{kind_of(f)} array that is not on the CPU", "cupy.gradient")
    xp = f.__array_namespace__() if hasattr(f, "__array_namespace__") else None
    of_kind = _as_it_is if xp is None else xp.from_dlpack
    return Samples(_checked(np.from_dlpack(f)), None, of_kind)


def _elsewhere(what: str, instead: str) -> TypeError:
    return TypeError(f"f: a {what} given; arrays on the CPU are accepted, others by {instead}")


def _not_numbers(dtype: Any) -> TypeError:
    return TypeError(
        f"f: dtype {dtype} given; integers, float16, float32, float64, complex64 and "
        "complex128 are accepted"
    )
