# test_xarray.py: gradients by the names of dims, beside those of plain arrays
#
# SPDX-License-Identifier: BSD-3-Clause

import inspect
import itertools
import pathlib

import cftime
import dask
import numpy as np
import pandas as pd
import pytest
import xarray as xr

import gridgrad
import gridgrad.xarray
from gridgrad import Antisymmetric, Constant, Neumann, Periodic
from labelled_fields import assert_same_bits, climate, line, ocean, refused, temperature

OBSERVED = pathlib.Path(__file__).parents[2] / "examples" / "data" / "coads_sst.nc"
U = 2.0**-53


def test_linear_fields_have_their_slopes():
    lat, lon = np.array([-30.0, -10, 20, 30]), np.array([0.5, 1, 3, 4, 8])
    samples = 2 * lat[:, None] - 8 * lon
    f = xr.DataArray(samples, {"lat": lat, "lon": lon}, ("lat", "lon"), "f")

    slopes = f.gridgrad.gradient("lon", "lat")

    assert list(slopes) == ["df_dlon", "df_dlat"]
    # Samples are exact; two terms, neither above the slope, with errors of 4 u.
    np.testing.assert_allclose(slopes["df_dlat"], 2, rtol=0, atol=4 * U * 2 * 2)
    np.testing.assert_allclose(slopes["df_dlon"], -8, rtol=0, atol=4 * U * 2 * 8)


@pytest.mark.parametrize("dtype", ["i1", "u2", "i8", "f2", "f4", "f8", "c8", "c16"])
def test_components_are_those_of_plain_arrays_bit_for_bit(dtype):
    f = temperature(dtype)
    lat, lon = f["lat"].values, f["lon"].values

    slopes = f.gridgrad.gradient("lon", "lat", accuracy=4, edge_order=2)

    d_lon, d_lat = gridgrad.gradient(f.values, lon, lat, axis=(2, 1), accuracy=4, edge_order=2)
    assert_same_bits(slopes["dT_dlon"], d_lon)
    assert_same_bits(slopes["dT_dlat"], d_lat)


def test_every_option_of_a_derivative_arrives():
    f = temperature()
    f[2, 3, 4] = np.nan
    for derivative, accuracy, bias, missing in itertools.product(
        (1, 2), (1, 2), ("forward", "backward"), ("none", "propagate", gridgrad.Adapt(1))
    ):
        options = {"derivative": derivative, "accuracy": accuracy, "bias": bias}
        options |= {"edge_order": 2, "missing": missing}

        ours = f.gridgrad.derivative("lat", **options)

        assert_same_bits(ours, gridgrad.derivative(f.values, f["lat"].values, 1, **options))


def test_without_dims_all_are_taken_in_their_order():
    assert list(temperature().gridgrad.gradient()) == ["dT_dtime", "dT_dlat", "dT_dlon"]
    assert list(xr.DataArray(1.0).gridgrad.gradient()) == []
    slopes = climate()[["P", "zonal"]].gridgrad.gradient()
    assert list(slopes) == ["dP_dlat", "dP_dlon", "dzonal_dlat"]


def test_functions_and_methods_are_one():
    f = temperature()
    functions = gridgrad.xarray.gradient(f, "lat"), gridgrad.xarray.derivative(f, "lat")

    xr.testing.assert_identical(functions[0], f.gridgrad.gradient("lat"))
    xr.testing.assert_identical(functions[1], f.gridgrad.derivative(dim="lat"))
    assert f.gridgrad.gradient.__doc__ == gridgrad.xarray.gradient.__doc__
    assert "time_unit" in inspect.signature(f.gridgrad.derivative).parameters


@pytest.mark.parametrize("edge_order", [1, 2])
@pytest.mark.parametrize("dim", ["lat", "lon"])
def test_derivatives_agree_with_those_of_xarray(dim, edge_order):
    f = temperature()

    ours = f.gridgrad.derivative(dim, edge_order=edge_order)

    # With gaps p, q and w = 1/p + 1/q, the magnitudes of weights add up to 3 w at most;
    # |f| <= m. NumPy's weights have 8 operations at most, differences of gaps within, and
    # their terms 3 more: 11 u 3 w m. Ours: 4 u times terms, whose differences of samples
    # are at most 2 m and whose weights add up to 2 w: 16 u w m.
    gaps = np.diff(f[dim].values)
    w = 1 / gaps[:-1] + 1 / gaps[1:]
    bound = 49 * U * np.concatenate([w[:1], w, w[-1:]]) * np.abs(f.values).max()
    error = np.abs(ours - f.differentiate(dim, edge_order=edge_order))
    assert (error.max([other for other in f.dims if other != dim]) <= bound).all()


def test_gaps_of_a_power_of_two_give_the_bits_of_xarray():
    f = temperature().assign_coords(lat=np.arange(6) * 0.25)

    assert_same_bits(f.gridgrad.derivative("lat"), f.differentiate("lat"))


@pytest.mark.parametrize("kind", ["M8[ns]", "M8[us]", "M8[ms]", "M8[s]", "m8[ns]", "m8[s]"])
def test_derivatives_along_times_are_per_second(kind):
    hours = np.datetime64("2026-02-27") + np.arange(96).astype("m8[h]")
    time = hours - hours[0] if kind[0] == "m" else hours
    f = line(np.arange(96) * 3600 * 4.0, time.astype(kind), "time", units="m")

    speed = f.gridgrad.derivative("time")

    # Equal gaps: one scale, rounded, and one product.
    np.testing.assert_allclose(speed, 4, rtol=2 * U)
    assert speed.units == "m s-1"


def test_stamps_one_nanosecond_apart_are_differenced_exactly():
    """As doubles they would lie 256 apart."""
    stamps = 1_770_000_000_000_000_001 + np.arange(5)
    f = line(3.0 * np.arange(5), stamps.astype("M8[ns]"), "time")

    assert (f.gridgrad.derivative("time") == 3e9).all()
    assert (f.gridgrad.derivative("time", time_unit="ns") == 3).all()
    assert (f.assign_coords(time=stamps).gridgrad.derivative("time") == 3).all()


@pytest.mark.parametrize(
    "unit, factor, name",
    [("W", 604800, "week"), ("D", 86400, "day"), ("h", 3600, "hour"), ("m", 60, "minute"),
     ("s", 1, "s"), ("ms", 1e3, "ms"), ("us", 1e6, "us"), ("ns", 1e9, "ns")],
)  # fmt: skip
@pytest.mark.parametrize("order", [1, 2])
def test_another_time_unit_is_one_more_operation(unit, factor, name, order):
    f = temperature("f4")

    ours = f.gridgrad.derivative("time", derivative=order, time_unit=unit)

    per_second = gridgrad.derivative(f.values, f["time"].values, 0, derivative=order)
    operation = np.divide if unit in ("ms", "us", "ns") else np.multiply
    assert_same_bits(ours, operation(per_second, np.float32(factor**order)))
    assert ours.units == f"K {name}-{order}"


def test_half_precision_keeps_its_digits_on_the_way_to_days():
    day = pd.date_range("2026-01-01", periods=6)
    f = line(np.array([0, 1, 3, 2, 5, 4], "f2") / 8, day, "time")

    # Sixteenths, which float32 keeps when it divides by 86400 and multiplies again.
    ours = f.gridgrad.derivative("time", time_unit="D")

    assert_same_bits(ours, gridgrad.gradient(f.values))


@pytest.mark.parametrize("calendar", ["noleap", "360_day", "standard"])
def test_dates_of_any_calendar_are_times(calendar):
    time = xr.date_range("2100-02-26", periods=6, freq="2D", calendar=calendar, use_cftime=True)
    assert isinstance(time[0], cftime.datetime)
    ticks = [time[0] + k * np.timedelta64(1, "us").item() for k in range(6)]

    per_day = line(np.arange(6) * 4.0, time).gridgrad.derivative("x", time_unit="D")
    per_second = line(np.arange(6.0), ticks).gridgrad.derivative("x")

    assert (per_day == 2).all()
    assert (per_second == 1e6).all()


def test_periods_and_slopes_along_times_count_in_the_time_unit():
    hour = np.arange(24)
    tide = np.sin(2 * np.pi * hour / 24)
    for kind in ("M8[ns]", "M8[s]"):
        time = (np.datetime64("2026-01-01") + hour.astype("m8[h]")).astype(kind)
        f = line(tide, time, "time")

        periodic = f.gridgrad.derivative("time", boundary=Periodic(24), time_unit="h")
        ends = f.gridgrad.derivative("time", boundary=Neumann(3600), time_unit="h")

        # Beyond the difference, which both round: a scale, a product, the unit.
        expected = (np.roll(tide, -1) - np.roll(tide, 1)) / 2
        np.testing.assert_allclose(periodic, expected, rtol=3 * U * (1 + 2 * U), atol=0)
        assert ends[0] == ends[-1] == 3600


@pytest.mark.parametrize("month", [0, 1])
def test_observed_temperatures_are_differentiated_across_the_seam_if_asked(month):
    # Their year is 0, which cftime does not decode.
    sst = xr.open_dataset(OBSERVED, decode_times=False)["SST"][month]
    f = sst.values

    slope = sst.gridgrad.derivative("COADSX", boundary={"COADSX": "periodic"})

    # Longitudes are 2 apart: differences are rounded once, quarters exact.
    quarter, half = np.float32(0.25), np.float32(0.5)
    assert_same_bits(slope, (np.roll(f, -1, axis=1) - np.roll(f, 1, axis=1)) * quarter)
    assert np.isfinite(slope[:, [0, -1]]).any()
    assert slope.units == "Deg C degrees_east-1"
    assert_same_bits(sst.gridgrad.derivative("COADSX")[:, 0], (f[:, 1] - f[:, 0]) * half)


@pytest.mark.parametrize("units", ["degrees_east", "degree_E", "degreesE", "degrees", "Degree"])
def test_a_wave_around_the_globe_has_its_slope(units):
    lon = np.arange(0, 360, 5.0)
    f = line(np.sin(2 * np.radians(lon)), ("x", lon, {"units": units}))

    slope = f.gridgrad.gradient("x", accuracy=4, boundary="periodic")["df_dx"]

    # h^4 / 30 times the fifth derivative, which the rounding is far below.
    bound = np.radians(5) ** 4 / 30 * 2**5
    error = np.abs(np.degrees(slope.values) - 2 * np.cos(2 * np.radians(lon))).max()
    assert 0.9 * bound < error < bound


@pytest.mark.parametrize("ends", ["periodic", Periodic(), Periodic(24), ("periodic", "periodic")])
def test_the_period_may_be_an_attribute(ends):
    hour = ("hour", np.arange(24.0), {"modulo": np.int32(24), "units": "degrees"})
    f = line(np.arange(24.0) ** 2, hour, "hour")

    ours = f.gridgrad.derivative("hour", boundary=ends)

    assert_same_bits(ours, gridgrad.derivative(f.values, boundary=Periodic(24)))


def test_ends_may_differ_and_carry_labelled_values():
    f = temperature().transpose("lon", "time", "lat")
    value, slope = f.isel(lon=0, drop=True) + 1, xr.DataArray(np.arange(6.0), dims="lat")

    ours = f.gridgrad.derivative("lon", boundary=(Constant(value.T), Neumann(slope)))

    slopes = np.broadcast_to(slope.values, (5, 6))
    ends = Constant(value.values), Neumann(slopes)
    assert_same_bits(ours, gridgrad.derivative(f.values, f["lon"].values, 0, boundary=ends))
    np.testing.assert_array_equal(ours[-1], slopes)


def test_values_with_other_labels_are_refused():
    f = xr.DataArray(np.ones((2, 3)), {"y": [0.0, 1.0], "x": [0.0, 1, 2]}, ("y", "x"))
    value = xr.DataArray([5.0, 6.0], {"y": [1.0, 0.0]}, ("y",))

    with pytest.raises(ValueError, match="'y'"):
        f.gridgrad.derivative("x", boundary=Constant(value))


@pytest.mark.parametrize("units", ["degree_Celsius", "degrees_north", "degC", "m"])
def test_only_angles_around_have_a_period(units):
    f = line(np.arange(4.0), ("x", np.arange(4.0), {"units": units}))

    with pytest.raises(ValueError, match="^boundary: the period of 'x' is not known"):
        f.gridgrad.derivative("x", boundary="periodic")


def test_a_mapping_gives_each_dim_its_ends():
    f = temperature()
    f[2, 3, 4] = np.nan
    ends = {"lat": ("nearest", Antisymmetric()), "lon": Periodic(30)}

    ours = f.gridgrad.gradient("lat", "lon", "time", boundary=ends, missing="propagate")

    spacing = (f[dim].values for dim in ("lat", "lon", "time"))
    options = {"boundary": {1: ends["lat"], 2: ends["lon"]}, "missing": "propagate"}
    expected = gridgrad.gradient(f.values, *spacing, axis=(1, 2, 0), **options)
    for component, plain in zip(ours.values(), expected, strict=True):
        assert_same_bits(component, plain)


def test_of_a_dataset_the_variables_that_have_the_dims_are_differentiated():
    dataset = climate()

    slopes = dataset.gridgrad.gradient("lat", "lon")
    second = dataset.gridgrad.derivative("lat", derivative=2)

    described = {"lat_bounds", "crs"}
    components = {f"d{name}_d{dim}" for name in ("T", "P", "count") for dim in ("lat", "lon")}
    assert set(slopes.data_vars) == described | components
    names = {f"d2{name}_dlat2" for name in ("T", "P", "count", "zonal")}
    assert set(second.data_vars) == described | names
    assert set(slopes.coords) == set(dataset.coords)
    assert slopes.attrs == dataset.attrs
    xr.testing.assert_identical(slopes["lat_bounds"], dataset["lat_bounds"])
    one = dataset["count"].gridgrad.derivative("lon")
    xr.testing.assert_identical(slopes["dcount_dlon"], one)


@pytest.mark.parametrize("dims", [("s", "y", "x"), ("x", "s", "y")])
def test_positions_may_vary_along_other_dims(dims):
    temp, z = ocean()
    f = temp.assign_coords(z_rho=z.transpose(*dims))

    slope = f.gridgrad.derivative("s", coordinates={"s": "z_rho"})

    assert_same_bits(slope, gridgrad.derivative(f.values, z.values, 1))
    # Two terms of at most 2, errors 4 u; samples below 16 are wrong by 16 u, four of them
    # at weights of at most 2.
    bound = (4 * 2 * 2 + 4 * 2 * 16) * U
    np.testing.assert_allclose(slope[0], 1, rtol=0, atol=bound)
    np.testing.assert_allclose(slope[1], 2, rtol=0, atol=bound)
    assert (slope.name, slope.units) == ("dtemp_ds", "K m-1")
    assert slope.long_name == "derivative of temp with respect to depth"


def test_positions_need_not_have_every_dim_of_the_field():
    temp, z = ocean()
    profile, section = z.isel(y=0, x=0, drop=True), z.isel(y=0, drop=True)
    f = temp.assign_coords(profile=profile, section=section.T)

    by_profile = f.gridgrad.derivative("s", coordinates={"s": "profile"})
    by_section = f.gridgrad.derivative("s", coordinates={"s": "section"})

    assert_same_bits(by_profile, gridgrad.derivative(f.values, profile.values, 1))
    assert_same_bits(by_section, gridgrad.derivative(f.values, section.values[:, None, :], 1))


def test_of_a_dataset_variables_may_be_positions():
    temp, z = ocean()
    dataset = xr.Dataset({"temp": temp, "z_rho": z, "stretching": ("s", np.arange(6.0))})

    slopes = dataset.gridgrad.gradient("s", coordinates={"s": "z_rho"})

    assert list(slopes) == ["z_rho", "dtemp_ds"]
    assert_same_bits(slopes["dtemp_ds"], gridgrad.derivative(temp.values, z.values, 1))


def never(*_, **__):
    raise AssertionError("computed before it was asked for")


@pytest.mark.parametrize("chunks", [(5, 6, 7), (2, 1, 3), (1, (1, 4, 1), (2, 5))])
def test_dask_arrays_stay_lazy_and_have_the_same_bits(chunks):
    dataset = climate()
    dataset["T"][2, 3, 4] = np.nan
    options = {"accuracy": 4, "edge_order": 2, "missing": "adapt"}
    options["boundary"] = {"lon": Periodic(30)}
    lazy = dataset.chunk(dict(zip(("time", "lat", "lon"), chunks, strict=True)))

    with dask.config.set(scheduler=never):
        slopes = lazy.gridgrad.gradient("lat", "lon", **options)
        second = lazy["T"].gridgrad.derivative("time", derivative=2, time_unit="h")

    assert second.chunks == slopes["dT_dlon"].chunks == lazy["T"].chunks
    expected = dataset.gridgrad.gradient("lat", "lon", **options)
    xr.testing.assert_identical(slopes.compute(), expected)
    expected = dataset["T"].gridgrad.derivative("time", derivative=2, time_unit="h")
    xr.testing.assert_identical(second.compute(), expected)


def test_positions_in_dask_arrays_are_taken_too():
    temp, z = ocean()
    profile = z.isel(y=0, x=0, drop=True)
    f = temp.assign_coords(z_rho=z.chunk(s=2), profile=profile.chunk(s=2))

    varying = f.gridgrad.derivative("s", coordinates={"s": "z_rho"})
    same = f.chunk(s=2).gridgrad.derivative("s", coordinates={"s": "profile"})

    assert_same_bits(varying, gridgrad.derivative(f.values, z.values, 1))
    assert_same_bits(same, gridgrad.derivative(f.values, profile.values, 1))


PERIODIC = "boundary: the period of 'time' is not known; Periodic(period) says it"


@pytest.mark.parametrize(
    "dim, options, message",
    [
        ("x", {}, "dims: 'x' given; accepted: 'time', 'lat', 'lon'"),
        ("lat", {"boundary": {"lon": "nearest"}}, "boundary: 'lon' given; accepted: 'lat'"),
        ("lat", {"coordinates": {"lon": "x"}}, "coordinates: 'lon' given; accepted: 'lat'"),
        ("lat", {"coordinates": {"lat": "x"}},
         "coordinates: 'x' given; accepted: 'time', 'lat', 'lon', 'height', 'zone'"),
        ("lat", {"coordinates": {"lat": "lon"}},
         "coordinates: 'lon' along 'lon' given for 'lat' of a field along 'time', 'lat', 'lon'"),
        ("time", {"time_unit": "month"},
         "time_unit: 'month' given; accepted: 's', 'ms', 'us', 'ns', 'm', 'h', 'D', 'W'"),
        ("time", {"boundary": "periodic"}, PERIODIC),
        ("time", {"boundary": {"time": (Periodic(), Periodic())}}, PERIODIC),
        ("lat", {"derivative": 7}, "derivative: 7 given; 1 to 6 is needed"),
    ],
)  # fmt: skip
def test_values_that_are_refused(dim, options, message):
    with refused(ValueError, message):
        temperature().gridgrad.derivative(dim, **options)


def test_a_dim_is_accepted_once():
    with refused(ValueError, "dims: 'lat', 'lat' given; each is accepted once"):
        temperature().gridgrad.gradient("lat", "lat")


def test_a_dim_needs_a_coordinate():
    f = temperature().drop_vars("lat")
    message = (
        "dim 'lat' has no coordinate; 'time', 'lon' have one; assign_coords gives it one, "
        "coordinates= names another variable"
    )

    for obj in (f, xr.Dataset({"T": f})):
        with refused(ValueError, message):
            obj.gridgrad.gradient()
        with refused(ValueError, message):
            obj.gridgrad.derivative("lat")


@pytest.mark.parametrize(
    "coordinate, dtype",
    [(list("abc"), "<U1"), ([True, False, None], "object"),
     (pd.date_range("2026-01-01", periods=3, tz="UTC", unit="s"), "datetime64[s, UTC]")],
)  # fmt: skip
def test_positions_need_numbers_or_times(coordinate, dtype):
    message = f"dim 'x' has coordinates of {dtype}; numbers or times, without a zone, are needed"

    with refused(TypeError, message):
        line(np.zeros(3), coordinate).gridgrad.derivative("x")


def test_a_dataset_needs_a_variable_that_has_the_dims():
    dataset = climate()[["flag", "name", "zonal"]]

    message = "dims: no numeric variable has 'lat', 'lon'; there are 'time', 'lat', 'lon'"
    with refused(ValueError, message):
        dataset.gridgrad.gradient("lon", "lat")
