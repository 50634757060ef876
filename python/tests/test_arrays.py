# test_arrays.py: arrays of other libraries, in and out
#
# SPDX-License-Identifier: BSD-3-Clause

import datetime
import fractions
import re

import array_api_strict
import numpy as np
import pandas as pd
import pytest
import torch

import gridgrad
from gridgrad import gradient

F = np.random.default_rng(2).random((5, 6))


def test_lists_and_numbers():
    np.testing.assert_array_equal(gradient([1, 2, 4]), [1, 1.5, 2])
    np.testing.assert_array_equal(gradient([[1.0, 2.0]], axis=1), [[1, 1]])
    assert gradient(3.0) == ()


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.complex64, torch.int32])
def test_tensors_give_tensors(dtype):
    f = torch.from_numpy(F * 10).to(dtype)

    for ours, expected in zip(gradient(f.T, 0.5), gradient(f.numpy().T, 0.5), strict=True):
        assert isinstance(ours, torch.Tensor)
        np.testing.assert_array_equal(ours.numpy(), expected)


def test_tensors_of_bfloat16_are_rounded_once():
    f = torch.from_numpy(F).to(torch.bfloat16)

    ours = gradient(f, 0.1, axis=0)

    assert ours.dtype == torch.bfloat16
    assert torch.equal(ours, gradient(f.float(), 0.1, axis=0).to(torch.bfloat16))


def test_tensors_that_are_conjugated_lazily():
    f = torch.from_numpy(F + 2j * F).conj()

    np.testing.assert_array_equal(gradient(f, axis=0), np.conj(gradient(F + 2j * F, axis=0)))


def test_results_of_bfloat16_in_another_type():
    f = torch.from_numpy(F).to(torch.bfloat16)

    assert torch.equal(gradient(f, axis=0, dtype="f4"), gradient(f.float(), axis=0))


def test_results_in_a_tensor_that_autograd_has_kept_are_noticed():
    a = torch.ones(6, requires_grad=True, dtype=torch.float64)
    kept = a.exp()
    gradient(F[0], out=kept.detach())

    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        kept.sum().backward()
    with pytest.raises(TypeError, match="^out: a tensor that requires grad"):
        gradient(F[0], out=torch.ones(6, requires_grad=True))


def test_results_go_into_tensors():
    out = torch.empty(5, 6, dtype=torch.float64)

    assert gradient(torch.from_numpy(F), axis=1, out=out) is out
    np.testing.assert_array_equal(out.numpy(), gradient(F, axis=1))


def test_tensors_elsewhere_are_refused():
    message = (
        "f: a torch tensor on meta given; arrays on the CPU are accepted, others by "
        "gridgrad.torch.gradient"
    )
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        gradient(torch.empty(5, device="meta"))


def test_arrays_of_the_array_api_give_their_kind():
    f = array_api_strict.asarray(F)

    for ours, expected in zip(gradient(f), gradient(F), strict=True):
        assert type(ours) is type(f)
        np.testing.assert_array_equal(np.from_dlpack(ours), expected)


def test_series_keep_index_and_name():
    series = pd.Series([0.0, 1.0, 4.0], index=["a", "b", "c"], name="height")

    slope = gradient(series, 0.5)

    pd.testing.assert_series_equal(slope, pd.Series([2.0, 4, 6], ["a", "b", "c"], name="height"))


def test_series_with_gaps_of_pandas_own():
    series = pd.Series([0, 1, None, 9], dtype="Int64")

    np.testing.assert_array_equal(gradient(series, missing="propagate"), [1] + [np.nan] * 3)


def test_wide_whole_numbers_beside_gaps_of_pandas_own():
    series = pd.Series([2**62 + 1, 2**62 + 3, 2**62 + 5, None], dtype="Int64")

    np.testing.assert_array_equal(gradient(series), [2, 2, np.nan, np.nan])


@pytest.mark.parametrize("kind", ["str", "boolean"])
def test_series_that_are_not_numbers_are_refused(kind):
    with pytest.raises(TypeError, match="^f: dtype"):
        gradient(pd.Series([1, 0, 1], dtype=kind))


def test_frames_keep_index_and_columns():
    frame = pd.DataFrame({"u": [0.0, 1.0, 4.0], "v": [1, 2, 3]})

    down = gradient(frame, axis=0)

    pd.testing.assert_frame_equal(down, pd.DataFrame({"u": [1.0, 2, 3], "v": [1.0, 1, 1]}))
    assert [type(part) for part in gradient(frame)] == [pd.DataFrame] * 2


def test_coordinates_are_any_array_like():
    x = [0.0, 1, 3, 4, 8]
    expected = gradient(F, x, axis=0)

    for given in (pd.Series(x), torch.tensor(x, dtype=torch.float64), tuple(x)):
        np.testing.assert_array_equal(gradient(F, given, axis=0), expected)
    times = pd.date_range("2024-01-01", periods=5, freq="D")
    np.testing.assert_array_equal(gradient(F, times, axis=0), gradient(F, 86400, axis=0))


def test_coordinates_are_dates_and_fractions():
    days = [datetime.date(2024, 1, day) for day in range(1, 6)]
    np.testing.assert_array_equal(gradient(F, days, axis=0), gradient(F, 86400, axis=0))
    halves = [fractions.Fraction(k, 2) for k in range(5)]
    np.testing.assert_array_equal(gradient(F, halves, axis=0), gradient(F, 0.5, axis=0))


def test_infinite_results_of_masked_arrays_are_not_masked():
    f = np.ma.array([1e308, -1e308, 1e308, 0, 1], mask=[0, 0, 0, 0, 1])

    slope = gradient(f)

    assert slope[0] == -np.inf and slope.mask.tolist() == [False, False, False, True, True]
    assert gradient(np.ma.array([1.0, 2, 4]), missing="none").tolist() == [1, 1.5, 2]


def test_masked_coordinates_are_refused():
    with pytest.raises(ValueError, match="^coordinates: a masked one given"):
        gradient(F, np.ma.array(np.arange(5.0), mask=[0, 1, 0, 0, 0]), axis=0)


def test_bytes_that_lie_otherwise_are_copied():
    expected = gradient(F, 0.5, axis=1)
    record = np.zeros((5, 6), [("flag", "u1"), ("value", "f8")])
    record["value"] = F

    np.testing.assert_array_equal(gradient(F.astype(">f8"), 0.5, axis=1), expected)
    np.testing.assert_array_equal(gradient(record["value"], 0.5, axis=1), expected)


def test_subclasses_of_arrays_give_plain_arrays(tmp_path):
    np.save(tmp_path / "f.npy", F)
    mapped = np.load(tmp_path / "f.npy", mmap_mode="r")

    ours = gradient(mapped, axis=0)

    assert type(ours) is np.ndarray
    np.testing.assert_array_equal(ours, gradient(F, axis=0))


@pytest.mark.parametrize("f", [np.array(["a"]), np.array([None]), np.zeros(3, np.longdouble)])
def test_samples_that_are_not_numbers_are_refused(f):
    with pytest.raises(TypeError, match="^f: dtype .* given; integers, float16"):
        gradient(f)


def test_labelled_arrays_are_sent_to_their_module():
    xarray = pytest.importorskip("xarray")

    with pytest.raises(TypeError, match="^f: an xarray.DataArray given; import gridgrad.xarray"):
        gradient(xarray.DataArray(F))


def test_large_results_are_of_memory_that_is_recycled():
    gridgrad.release_memory()
    assert gridgrad.recycled_memory() == 0

    gradient(np.ones((1024, 1024)), axis=0)  # and away with it

    assert gridgrad.recycled_memory() >= 8 << 20
    gridgrad.recycle_at_most(0)
    assert gridgrad.recycled_memory() == 0
    gridgrad.recycle_at_most(1 << 30)
