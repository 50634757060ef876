# test_interpolant_xarray.py: labelled arrays at locations
#
# SPDX-License-Identifier: BSD-3-Clause

import cftime
import numpy as np
import pandas as pd
import pytest
import xarray as xr

import gridgrad.xarray
from gridgrad import Constant, Interpolant, Periodic
from labelled_fields import line, refused, temperature
from surfaces import EPS

HOUR = np.timedelta64(1, "h")


def _positions(f, *dims):
    return [f[dim].values for dim in dims]


def test_arrays_of_one_dim_are_a_track():
    f = temperature()[0]
    lats, lons = np.array([1.5, 2.0, 3.0]), np.array([2.0, 2.5, 4.0])

    track = f.gridgrad.at(lat=lats, lon=lons)

    value, gradient = Interpolant(f.values, *_positions(f, "lat", "lon")).value_and_gradient(
        (lats, lons)
    )
    assert list(track) == ["T", "dT_dlat", "dT_dlon"]
    assert track.T.dims == track.dT_dlat.dims == track.lat.dims == ("points",)
    np.testing.assert_array_equal(track["T"], value)
    np.testing.assert_array_equal(track.dT_dlat, gradient[:, 0])
    np.testing.assert_array_equal(track.dT_dlon, gradient[:, 1])
    np.testing.assert_array_equal(track.lon, lons)


def test_labels_are_those_of_gradient():
    f = temperature().assign_attrs(standard_name="air_temperature", long_name="T")

    at = f.gridgrad.at(lat=2.0, lon=[2.5], time=[f.time.values[1]], time_unit="D")
    gradient = f.gridgrad.gradient("time", "lat", "lon", time_unit="D")

    assert list(at) == ["T", *gradient]
    for name in gradient:
        assert at[name].attrs == gradient[name].attrs
    assert at["T"].attrs == f.attrs
    assert at.lat.attrs == f.lat.attrs and at.height == 2.0 and "zone" not in at.coords


def test_dims_that_points_share_are_tracks_and_others_span_grids():
    """As DataArray.interp, whose linear values these are to a rounding or two per corner."""
    f = temperature()[0]
    times = pd.date_range("2026-01-01", periods=3)
    lats = xr.DataArray([1.5, 2.0, 3.0], {"when": times}, attrs={"units": "degrees"})
    lons = xr.DataArray([2.0, 2.5, 4.0], {"when": times})

    track = f.gridgrad.at(lat=lats, lon=lons, interpolation="linear")
    grid = f.gridgrad.at({"lat": lats, "lon": lons.rename(when="east")}, interpolation="linear")

    for ours, theirs in (
        (track, f.interp(lat=lats, lon=lons)),
        (grid, f.interp(lat=lats, lon=lons.rename(when="east"))),
    ):
        assert ours["T"].dims == theirs.dims
        assert np.abs(ours["T"] - theirs).max() <= 16 * EPS * 100
    assert grid.dT_dlon.dims == ("when", "east")
    assert track.indexes["when"].equals(times)
    assert track.lat.attrs == lats.attrs and track.lon.attrs == f.lon.attrs


def test_a_single_array_has_the_dim_it_is_for():
    f = temperature()

    at = f.gridgrad.at(lat=[1.5, 2.0])

    assert at["T"].dims == at.dT_dlat.dims == ("time", "lat", "lon")
    assert at.indexes["lat"].tolist() == [1.5, 2.0] and at.time.equals(f.time)
    expected = Interpolant(f.values[2, :, 3], f.lat.values)
    np.testing.assert_array_equal(at["T"][2, :, 3], expected(np.array([1.5, 2.0])))


def test_dims_without_points_are_kept():
    f = temperature().transpose("lat", "time", "lon")

    at = f.gridgrad.at(lon=[2.0, 2.5, 4.0], lat=[1.5, 2.0, 3.0])

    assert at["T"].dims == at.dT_dlon.dims == ("points", "time")
    for time in range(5):
        expected = f.isel(time=time).gridgrad.at(lat=[1.5, 2.0, 3.0], lon=[2.0, 2.5, 4.0])
        np.testing.assert_array_equal(at.dT_dlat[:, time], expected.dT_dlat)


def test_scalars_give_scalars():
    f = temperature()[0]

    at = gridgrad.xarray.at(f, {"lat": 2.0, "lon": 3.0}, outside="extend")

    assert at["T"].shape == () and at.dT_dlat.shape == () and at.lat == 2.0
    assert float(at["T"]) == Interpolant(f.values, *_positions(f, "lat", "lon"))([2.0, 3.0])


def test_periods_come_from_labels_where_they_are_asked_for():
    longitude = np.arange(0, 360, 10.0)
    f = line(np.cos(np.radians(longitude)), longitude)
    f["x"].attrs["units"] = "degrees_east"

    plain = f.gridgrad.at(x=[355.0, 361.0])
    periodic = f.gridgrad.at(x=[355.0, 361.0, -5.0], boundary="periodic")

    assert plain["f"].isnull().all()
    assert periodic["f"].notnull().all()
    assert abs(periodic["f"][0] - periodic["f"][2]) <= 4 * EPS
    explicit = f.gridgrad.at(x=[361.0], boundary={"x": Periodic(360)})
    assert explicit["f"][0] == periodic["f"][1]


@pytest.mark.parametrize(
    "noon",
    [
        np.datetime64("2026-01-01T15"),
        pd.Timestamp("2026-01-01T15"),
        "2026-01-01T15",
        xr.DataArray(np.datetime64("2026-01-01T15", "ns")),
        [np.datetime64("2026-01-01T15")],
    ],
)
def test_times(noon):
    time = pd.date_range("2026-01-01", periods=5, freq="6h")
    f = line(np.arange(5.0), time, "time")

    at = f.gridgrad.at(time=noon, time_unit="h")

    assert np.abs(at["f"] - 2.5) <= 8 * EPS and np.abs(at.df_dtime - 1 / 6) <= 8 * EPS


def test_dates_in_words_have_no_last_year():
    """2^64 nanoseconds after 2000 are 2584-07-23."""
    time = pd.date_range("2000-01-01", periods=8).astype("M8[ns]")
    f = xr.DataArray(np.arange(8.0), {"time": time}, name="f")

    found = f.gridgrad.at(time=["2000-01-03T12", "2584-07-23", "NaT"]).f.values

    assert found[0] == 2.5 and np.isnan(found[1:]).all()


def test_dates_of_cftime():
    time = xr.date_range("2026-02-27", periods=5, calendar="noleap", use_cftime=True)
    f = line(np.arange(5.0), time, "time")

    at = f.gridgrad.at(time=[cftime.DatetimeNoLeap(2026, 3, 1, 12)], time_unit="D")

    assert abs(at["f"][0] - 2.5) <= 8 * EPS and abs(at.df_dtime[0] - 1) <= 8 * EPS


def test_complex_dask_and_missing_samples():
    f = temperature()[0]
    points = {"lat": [1.5, 2.0], "lon": [2.0, 2.5]}
    expected = f.gridgrad.at(points)["T"]

    lazily = f.chunk(lat=2).gridgrad.at(points)["T"]
    turned = (1j * f).rename("T").gridgrad.at(points)["T"]
    gone = f.where(f.lat < 1.0, -1).gridgrad.at(points, missing=-1)["T"]

    assert lazily.equals(expected)
    np.testing.assert_array_equal(turned.values, 1j * expected.values)
    assert gone.isnull().any()


@pytest.mark.parametrize(
    "kind, message, call",
    [
        (
            TypeError,
            "obj: a Dataset given; a DataArray is needed",
            lambda f: f.to_dataset().gridgrad.at(lat=1.0),
        ),
        (
            ValueError,
            "points: none given; at least one dim has them, as lat=[50, 51]",
            lambda f: f.gridgrad.at(),
        ),
        (
            ValueError,
            "dims: 'depth' given; accepted: 'time', 'lat', 'lon'",
            lambda f: f.gridgrad.at(depth=3.0),
        ),
        (
            ValueError,
            "points: plain arrays of shapes (2,), (3,) given; those of a track have one dimension "
            "and the same length, DataArrays have dims",
            lambda f: f.gridgrad.at(lat=[1, 2], lon=[1, 2, 3]),
        ),
        (
            ValueError,
            "points: dims 'time' given, which the array has too; give points for them, or rename",
            lambda f: f.gridgrad.at(lat=f.time.astype(float), lon=2.0),
        ),
        (
            TypeError,
            "points: numbers given for 'time', which has times",
            lambda f: f.gridgrad.at(time=[3.0]),
        ),
        (
            ValueError,
            "boundary: 'time' given; accepted: 'lat'",
            lambda f: f.gridgrad.at(lat=2.0, boundary={"time": "nearest"}),
        ),
        (
            NotImplementedError,
            "boundary: one number per line given along axis 0; an interpolant takes one for all "
            "lines",
            lambda f: f.gridgrad.at(lat=2.0, boundary=Constant(f[:, 0].drop_vars(["lat", "zone"]))),
        ),
    ],
)
def test_refusals(kind, message, call):
    with refused(kind, message):
        call(temperature())
