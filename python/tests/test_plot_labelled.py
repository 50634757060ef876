# test_plot_labelled.py: pictures of DataArrays, as read back from what was drawn
#
# SPDX-License-Identifier: BSD-3-Clause

import cftime
import numpy as np
import pytest
import xarray as xr
from matplotlib.figure import Figure

import gridgrad.plot
import gridgrad.xarray
from labelled_fields import ocean, refused, temperature
from pictures import arrows_of, bar_of, caption_of, field, gradient, mesh_of, panels, png


def components(f, *dims, **keywords):
    return [one.values for one in f.gridgrad.gradient(*dims, **keywords).data_vars.values()]


def test_names_and_units_are_those_of_the_labels():
    f = temperature().assign_attrs(long_name="air temperature")

    figure = gradient(f, at={"time": 3})

    left, right = panels(figure)
    assert (left.get_xlabel(), left.get_ylabel()) == ("longitude (°E)", "latitude (°N)")
    assert (left.get_title(), right.get_title()) == (
        "air temperature",
        "magnitude of the gradient",
    )
    assert bar_of(left).ax.get_ylabel() == "K"
    assert bar_of(right).ax.get_ylabel() == "K per degree"
    assert caption_of(figure) == "time = 2026-01-01 18:00:00"


def test_what_is_drawn_is_the_slice_and_its_gradient_to_the_bit():
    f = temperature()

    left, right = panels(gradient(f, at={"time": 3}, accuracy=4))

    d_lat, d_lon = components(f.isel(time=3), "lat", "lon", accuracy=4)
    np.testing.assert_array_equal(mesh_of(left).get_array(), f.values[3])
    np.testing.assert_array_equal(mesh_of(right).get_array(), np.hypot(d_lat, d_lon))
    arrows = arrows_of(right)
    np.testing.assert_array_equal(arrows.U, d_lon.ravel())
    np.testing.assert_array_equal(arrows.V, d_lat.ravel())
    np.testing.assert_array_equal(arrows.X, np.tile(f.lon, 6))
    np.testing.assert_array_equal(arrows.Y, np.repeat(f.lat, 7))


@pytest.mark.parametrize("order", [1, -1])
def test_north_is_up_and_east_is_right_whatever_the_order_of_dims(order):
    f = temperature().isel(time=0, lat=slice(None, None, order)).transpose("lon", "lat")

    left, right = panels(gradient(f))

    assert left.get_ylabel() == "latitude (°N)"
    assert left.get_ylim()[0] < left.get_ylim()[1] and left.get_xlim()[0] < left.get_xlim()[1]
    np.testing.assert_array_equal(mesh_of(left).get_array(), f.values.T)
    d_lat, d_lon = components(f, "lat", "lon")
    np.testing.assert_array_equal(mesh_of(right).get_array(), np.hypot(d_lat.T, d_lon.T))


def test_cells_end_at_the_poles():
    lat = xr.DataArray(np.linspace(-90, 90, 19), dims="lat", attrs={"units": "degrees_north"})
    f = xr.DataArray(np.ones((19, 5)), {"lat": lat}, ("lat", "x"))

    assert panels(field(f))[0].get_ylim() == (-90, 90)


def test_lengths_on_the_sphere_have_their_unit():
    f = temperature().isel(time=0)

    right = panels(gradient(f, metric="sphere", boundary={"lon": "periodic"}))[1]

    parts = components(f, "lat", "lon", metric="sphere", boundary={"lon": "periodic"})
    np.testing.assert_array_equal(mesh_of(right).get_array(), np.hypot(*parts))
    assert bar_of(right).ax.get_ylabel() == "K m$^{-1}$"


def test_dims_of_different_units_have_derivatives_of_their_own():
    f = temperature().isel(lat=0)

    figure = gradient(f, time_unit="h")

    titles = [axes.get_title() for axes in panels(figure)]
    assert titles == ["T", "derivative along time", "derivative along longitude"]
    d_time, d_lon = components(f, "time", "lon", time_unit="h")
    np.testing.assert_array_equal(mesh_of(panels(figure)[1]).get_array(), d_time)
    np.testing.assert_array_equal(mesh_of(panels(figure)[2]).get_array(), d_lon)
    assert bar_of(panels(figure)[1]).ax.get_ylabel() == "K hour$^{-1}$"
    png(figure)


def test_one_dim_is_a_derivative_along_it():
    f = temperature().isel(time=1)

    left, right = panels(gradient(f, axis="lat"))

    np.testing.assert_array_equal(mesh_of(right).get_array(), components(f, "lat")[0])
    assert right.get_title() == "derivative along latitude"
    assert bar_of(right).ax.get_ylabel() == "K per degree"


def test_depths_fall_upwards_and_time_goes_right():
    depth = xr.DataArray([0.0, 5, 20], dims="z", attrs={"units": "m", "positive": "down"})
    time = np.datetime64("2026-01-01") + np.arange(4) * np.timedelta64(1, "D")
    f = xr.DataArray(np.arange(12.0).reshape(4, 3), {"time": time, "z": depth}, ("time", "z"))

    axes = panels(field(f))[0]

    assert (axes.get_xlabel(), axes.get_ylabel()) == ("time", "z (m)")
    assert axes.get_ylim() == (27.5, -2.5)
    np.testing.assert_array_equal(mesh_of(axes).get_array(), f.values.T)


def test_positions_may_be_those_of_another_variable():
    temp, z = ocean()
    f = temp.assign_coords(z=z)

    figure = gradient(f, axis="s", coordinates={"s": "z"}, at={"time": 1, "y": 2})

    left, right = panels(figure)
    assert left.get_ylabel() == "depth (m)" and mesh_of(left).get_coordinates().shape == (7, 5, 2)
    drawn = mesh_of(right).get_array()
    np.testing.assert_allclose(drawn, 2, rtol=1e-12)
    png(figure)


def test_directions_have_colours_that_close_on_themselves():
    f = temperature().isel(time=0) * 3.5
    f = f.assign_attrs(units="degrees", standard_name="wind_from_direction")

    mesh = mesh_of(panels(field(f))[0])

    assert mesh.get_cmap().name == "twilight" and mesh.get_clim() == (0, 360)
    assert mesh.axes.get_title() == "wind from direction"
    other = f.assign_attrs(standard_name="solar_zenith_angle")
    assert mesh_of(panels(field(other))[0]).get_cmap().name == "viridis"


def test_time_goes_right_but_beside_the_east():
    f = temperature()

    assert panels(field(f, at={"lon": 0}))[0].get_xlabel() == "time"
    assert panels(field(f, at={"lat": 0}))[0].get_xlabel() == "longitude (°E)"
    assert panels(field(f.isel(lat=0).drop_vars("lon")))[0].get_xlabel() == "time"


def test_derivatives_that_were_computed_before_are_signed():
    slope = temperature().gridgrad.gradient("lat")["dT_dlat"].isel(time=0)

    mesh = mesh_of(panels(field(abs(slope).assign_attrs(slope.attrs)))[0])

    assert mesh.get_cmap().name == "RdBu_r" and mesh.colorbar.ax.get_ylabel() == "K per degree"


def test_lines_have_labels_too():
    f = temperature().isel(lat=1, lon=2)

    above, below = panels(gradient(f, time_unit="D"))

    np.testing.assert_array_equal(below.lines[0].get_ydata(), components(f, time_unit="D")[0])
    assert (above.get_ylabel(), below.get_ylabel()) == ("K", "K day$^{-1}$")
    assert below.get_xlabel() == "time"


def test_dates_of_other_calendars_are_counted_from_the_first():
    dates = [cftime.Datetime360Day(2026, 2, day) for day in (1, 11, 30)]
    f = xr.DataArray([0.0, 1.0, 3.0], {"time": dates}, ("time",), "f")

    below = panels(gradient(f, time_unit="D"))[1]

    np.testing.assert_array_equal(below.lines[0].get_xdata(), [0, 10, 29])
    assert below.get_xlabel() == "time since 2026-02-01 00:00:00 (days)"


def test_lazy_samples_are_computed_where_they_are_drawn():
    f = temperature()

    left, _ = panels(gradient(f.chunk(time=1), at={"time": 2}))

    np.testing.assert_array_equal(mesh_of(left).get_array(), f.values[2])
    (line,) = panels(field(f.chunk(time=1).data, at={0: 2, 1: 0}))
    np.testing.assert_array_equal(line.lines[0].get_ydata(), f.values[2, 0])


def test_dims_without_coordinates_are_counted_from_the_top():
    f = xr.DataArray(np.arange(12.0).reshape(3, 4), dims=("row", "column"))

    axes = panels(field(f))[0]

    assert axes.get_ylim() == (2.5, -0.5) and axes.get_ylabel() == "row"


def test_the_accessor_draws_the_same():
    f = temperature()
    options = {"at": {"time": 0}, "metric": "sphere"}

    figure = f.gridgrad.plot_gradient("lat", "lon", figure=Figure(), **options)

    for ours, expected in zip(panels(figure), panels(gradient(f, **options)), strict=True):
        drawn = mesh_of(ours).get_array()
        np.testing.assert_array_equal(drawn, mesh_of(expected).get_array())


def test_dollars_are_no_mathematics():
    f = temperature().isel(time=0).assign_attrs(long_name="prices in $, or $_2", units="$")

    figure = gradient(f)

    assert panels(figure)[0].get_title() == r"prices in \$, or \$_2"
    png(figure)


@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        (
            {},
            "at: 3 axes remain, 'time', 'lat', 'lon'; a picture shows one or two: "
            "at={'time': 0} holds one at an index",
        ),
        (
            {"at": {"tme": 0}},
            "at: axis 'tme' given; accepted: 'time', 'lat', 'lon'; did you mean 'time'?",
        ),
        ({"at": {"time": 5}}, "at: index 5 given for axis 'time', which has 5 samples"),
        ({"at": {"time": -6}}, "at: index -6 given for axis 'time', which has 5 samples"),
        ({"at": {"time": 0, 0: 1}}, "at: 'time' given twice"),
        (
            {"at": {"time": 0}, "axis": "latt"},
            "axis: axis 'latt' given; accepted: 'time', 'lat', 'lon'; did you mean 'lat'?",
        ),
        (
            {"at": {"time": 0}, "axis": ("lat", "time")},
            "axis: 'time' given, which at= holds at an index; a derivative is drawn along the "
            "axes of the picture",
        ),
    ],
)
def test_nothing_is_drawn_where_there_is_an_error(keywords, message):
    figure = Figure()

    with refused(ValueError, message):
        gridgrad.plot.gradient(temperature(), figure=figure, **keywords)
    assert not figure.axes


def test_other_errors_of_labelled_arrays():
    f = temperature()

    with refused(TypeError, "f: a Dataset given; a picture shows one variable, as f['T']"):
        gradient(f.to_dataset())
    with refused(
        TypeError,
        "spacing: given for a DataArray, whose coordinates say where its samples lie; "
        "coordinates= names others",
    ):
        gradient(f, 1.0)
    with pytest.raises(ValueError, match="dim 'x' has no coordinate"):
        gradient(xr.DataArray(np.ones((3, 4)), dims=("y", "x"), coords={"y": [0.0, 1, 2]}))
    with refused(ValueError, "f: all samples are missing or infinite; nothing to draw"):
        gradient(f.where(f > 1000), at={"time": 0})
