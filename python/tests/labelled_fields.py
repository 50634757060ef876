# labelled_fields.py: labelled arrays and datasets for tests
#
# SPDX-License-Identifier: BSD-3-Clause

import re

import numpy as np
import pandas as pd
import pytest
import xarray as xr


def refused(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


def assert_same_bits(ours, expected):
    ours, expected = np.asarray(ours), np.asarray(expected)
    assert ours.dtype == expected.dtype
    np.testing.assert_array_equal(ours, expected)
    np.testing.assert_array_equal(np.signbit(ours.real), np.signbit(expected.real))


def line(samples, coordinate, dim="x", **attributes):
    return xr.DataArray(samples, {dim: coordinate}, [dim], "f", attributes)


def temperature(dtype="f8"):
    """T(time, lat, lon) at irregular positions, gaps of 0.5 to 2."""
    random = np.random.default_rng(3)
    samples = random.uniform(0, 100, (5, 6, 7)).astype(dtype)
    lat, lon = (np.cumsum(random.uniform(0.5, 2, count)) for count in (6, 7))
    labels = {
        "time": pd.date_range("2026-01-01", periods=5, freq="6h"),
        "lat": ("lat", lat, {"units": "degrees_north"}),
        "lon": ("lon", lon, {"units": "degrees_east"}),
        "height": 2.0,
        "zone": ("lat", list("abcdef")),
    }
    return xr.DataArray(samples, labels, ("time", "lat", "lon"), "T", {"units": "K"})


def climate():
    """A Dataset with everything that files carry around."""
    f = temperature().assign_attrs(grid_mapping="crs: lat lon")
    f["lat"].attrs["bounds"] = "lat_bounds"
    dataset = xr.Dataset({"T": f, "P": f["lat"] * f["lon"], "count": f.astype(int)})
    dataset["zonal"] = f.mean(["time", "lon"])
    dataset["flag"] = f > 50
    dataset["name"] = "lat", list("ghijkl")
    dataset["lat_bounds"] = ("lat", "two"), np.zeros((6, 2))
    dataset["crs"] = 0
    return dataset.assign_attrs(title="Test", history="by hand")


def ocean():
    """temp(time, s, y, x), of slopes 1 and 2 in depths that depend on s, y, x."""
    random = np.random.default_rng(11)
    depth = -np.cumsum(random.uniform(0.5, 2, (6, 3, 4)), axis=0)
    z = xr.DataArray(depth, {"s": np.arange(6.0)}, ("s", "y", "x"))
    z.attrs = {"units": "m", "long_name": "depth"}
    temp = (10 + xr.DataArray([1.0, 2.0], dims="time") * z).transpose("time", "s", "y", "x")
    temp.attrs = {"units": "K"}
    return temp.rename("temp"), z
