# test_calculus_labels.py: vector calculus of labelled files, on planes and on the Earth
#
# SPDX-License-Identifier: BSD-3-Clause

import json
import math

import netCDF4
import numpy as np
import pytest

import tool
from rasters import read_raster, samples_of, write_raster
from results import equal_bits, gradients, least_memory, random_field, result

RADIUS = 6371229.0


def write_earth(path, dtype="f8", count=(181, 360), **fields):
    """Fields of latitude and longitude, each a function of both in radians and a unit."""
    with netCDF4.Dataset(path, "w") as file:
        axes = (("lat", np.linspace(-60, 60, count[0]), "degrees_north"),
                ("lon", np.arange(count[1]) * (360 / count[1]), "degrees_east"))  # fmt: skip
        for axis, numbers, unit in axes:
            file.createDimension(axis, len(numbers))
            file.createVariable(axis, "f8", (axis,))[:] = numbers
            file[axis].units = unit
        lat, lon = np.meshgrid(*(np.radians(axis[1]) for axis in axes), indexing="ij")
        for name, (function, unit) in fields.items():
            file.createVariable(name, dtype, ("lat", "lon"))[:] = function(lat, lon) + 0 * lat
            if unit:
                file[name].units = unit


OMEGA = 7.25e-5
ROTATION = {
    "u": (lambda lat, lon: OMEGA * RADIUS * np.cos(lat), "m s-1"),
    "v": (lambda lat, lon: 0, "m s-1"),
    "t": (lambda lat, lon: np.sin(lat), "K"),
}
# Eighth-order rows on steps of at most 1 degree: the truncation error, (h^8 / 9) at the
# ends, is below rounding, which is that of 9 samples times weights of at most 200 over h.
TOLERANCE = 9 * 200 * 2.0**-53 / math.radians(120 / 180)


def test_solid_body_rotation_on_the_sphere(tmp_path):
    write_earth(tmp_path / "in.nc", **ROTATION)
    options = ("in.nc", "--metric", "sphere", "--accuracy", "8", "-b", "lon=periodic", "-O")

    for operator, names in (("div", "u,v"), ("curl", "u,v"), ("mag", "t"), ("lap", "t")):
        tool.succeed(operator, *options, "-v", names, "-o", f"{operator}.nc", cwd=tmp_path)

    latitude = np.radians(netCDF4.Dataset(tmp_path / "div.nc")["lat"][:].data)[:, None]
    expected = {
        "div_u_v": (0, OMEGA, "s-1"),
        "curl_u_v": (2 * OMEGA * np.sin(latitude), OMEGA, "s-1"),
        "mag_t": (np.cos(latitude) / RADIUS, 1 / RADIUS, "K m-1"),
    }
    for name, (numbers, size, unit) in expected.items():
        with netCDF4.Dataset(tmp_path / f"{name.split('_')[0]}.nc") as file:
            assert file[name].units == unit
            np.testing.assert_allclose(file[name][:].data - numbers, 0, atol=4 * TOLERANCE * size)
    with netCDF4.Dataset(tmp_path / "lap.nc") as file:
        assert file["lap_t"].units == "K m-2"
        # Second derivatives divide by h once more.
        bound = 4 * TOLERANCE / RADIUS**2 / math.radians(120 / 180)
        np.testing.assert_allclose(
            file["lap_t"][:].data + 2 * np.sin(latitude) / RADIUS**2, 0, atol=bound
        )


def test_the_radius_scales_the_sphere(tmp_path):
    write_earth(tmp_path / "in.nc", count=(9, 12), **ROTATION)
    arguments = ("mag", "in.nc", "-v", "t", "--metric", "sphere", "-q")
    near = result(tmp_path, *arguments, "--radius", RADIUS)

    equal_bits(result(tmp_path, *arguments), near)
    # A power of two changes no digit.
    equal_bits(result(tmp_path, *arguments, "--radius", RADIUS * 2), near / 2)


def test_a_pole_keeps_tiles_from_cutting_the_globe(tmp_path):
    with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
        for axis, numbers, unit in (("z", np.arange(20), "m"),
                                    ("lat", np.linspace(-90, 90, 19), "degrees_north"),
                                    ("lon", np.arange(0, 360, 10), "degrees_east")):  # fmt: skip
            file.createDimension(axis, len(numbers))
            file.createVariable(axis, "f8", (axis,))[:] = numbers
            file[axis].units = unit
        for seed, name in enumerate("uv"):
            file.createVariable(name, "f4", ("z", "lat", "lon"))[:] = random_field(
                (20, 19, 36), "f4", seed)  # fmt: skip
    arguments = ("curl", "in.nc", "-v", "u,v", "--metric", "sphere", "-b", "lon=periodic")
    expected = result(tmp_path, *arguments)
    assert np.isfinite(expected).all()

    least = least_memory(tmp_path, *arguments, "-o", "part.npy")
    equal_bits(result(tmp_path, *arguments, "-m", least), expected)
    plan = json.loads(
        tool.succeed(*arguments, "-m", least, "-n", "--json", cwd=tmp_path))  # fmt: skip
    assert plan["fields"][0]["tile"] == [1, 19, 36]


def test_metres_are_metres_in_capitals_too(tmp_path):
    with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
        for axis, numbers, unit in (("z", np.arange(5), "METERS"),
                                    ("lat", np.arange(6), "degrees_north"),
                                    ("lon", np.arange(7), "degrees_east")):  # fmt: skip
            file.createDimension(axis, len(numbers))
            file.createVariable(axis, "f8", (axis,))[:] = numbers
            file[axis].units = unit
        file.createVariable("t", "f4", ("z", "lat", "lon"))[:] = random_field((5, 6, 7), "f4", 1)
        file["t"].units = "KELVIN"
    tool.succeed("mag", "in.nc", "--metric", "sphere", "-o", "out.nc", cwd=tmp_path)
    with netCDF4.Dataset(tmp_path / "out.nc") as file:
        assert file["mag_t"].units == "K m-1"


def test_a_geographic_raster_lies_on_the_ellipsoid(tmp_path):
    write_raster(tmp_path / "in.tif", samples_of("f4", 2), descriptions=["u", "v"],
                 units=["m s-1", "m s-1"])  # fmt: skip

    process = tool.run("div", "in.tif", "-v", "u,v", "--metric", "auto", "-o", "out.tif",
                       cwd=tmp_path)  # fmt: skip
    given = result(tmp_path, "div", "in.tif", "-v", "u,v", "--metric", "ellipsoid")

    assert process.stderr == b"metric: ellipsoid WGS 84\n"
    equal_bits(read_raster(tmp_path / "out.tif")["div_u_v"], given)
    sphere = result(tmp_path, "div", "in.tif", "-v", "u,v", "--metric", "sphere")
    assert not np.array_equal(sphere, given)


def test_every_operator_on_the_earth_has_the_bits_of_any_memory(tmp_path):
    write_earth(tmp_path / "in.nc", "f4", (60, 90), **ROTATION)

    for operator, names in (("grad", "t"), ("div", "u,v"), ("curl", "u,v"), ("lap", "t"),
                            ("hess", "t"), ("jac", "u,v"), ("mag", "t"), ("dir", "t"),
                            ("strain", "u,v")):  # fmt: skip
        along = ("--along", "u,v") if operator == "dir" else ()
        arguments = (operator, "in.nc", "-v", names, "--metric", "ellipsoid", "-q", *along)
        expected = result(tmp_path, *arguments)
        least = least_memory(tmp_path, *arguments, "-o", "part.npy")
        equal_bits(result(tmp_path, *arguments, "-m", least), expected)


def test_names_titles_and_units(tmp_path):
    write_earth(tmp_path / "in.nc", count=(9, 12), **ROTATION)
    with netCDF4.Dataset(tmp_path / "in.nc", "a") as file:
        file["u"].standard_name = "eastward_wind"
        file["u"].setncatts({"level": "10 m", "only": "u", "coordinates": "height"})
        file["v"].setncatts({"level": "10 m", "long_name": "northward wind"})

    def labels(*arguments):
        tool.succeed(*arguments, "--metric", "sphere", "-o", "out.nc", "-O", cwd=tmp_path)
        with netCDF4.Dataset(tmp_path / "out.nc") as file:
            assert "history" in file.ncattrs() and file["lat"].units == "degrees_north"
            return {name: file[name].__dict__ for name in file.variables if "_" in name}

    both = "eastward_wind and northward wind"
    assert labels("div", "in.nc", "-v", "u,v") == {
        "div_u_v": {"long_name": f"divergence of {both}", "units": "s-1", "level": "10 m",
                    "coordinates": "height"}
    }
    strain = labels("strain", "in.nc", "-v", "u,v")
    assert list(strain) == ["strain_u_v_lon_lon", "strain_u_v_lon_lat", "strain_u_v_lat_lat",
                            "rotation_u_v_lon_lat"]  # fmt: skip
    jacobian = labels("jac", "in.nc", "-v", "u,v")
    assert list(jacobian) == ["jac_u_lon", "jac_u_lat", "jac_v_lon", "jac_v_lat"]
    assert jacobian["jac_u_lat"]["long_name"] == "derivative of eastward_wind per length along lat"
    assert labels("hess", "in.nc", "-v", "t")["hess_t_lat_lon"]["units"] == "K m-2"
    assert labels("grad", "in.nc", "-v", "t")["dt_dlat"]["units"] == "K m-1"
    advection = labels("dir", "in.nc", "--along", "u,v")
    assert advection == {"dir_t": {"long_name": f"derivative of t along {both}", "units": "K s-1"}}
    named = labels("curl", "in.nc", "-v", "u,v", "--name", "{op}_of_{var}")
    assert list(named) == ["curl_of_u_v"]


@pytest.mark.parametrize(
    "speed, length, expected",
    [("m s-1", "m", "s-1"), ("m/s", "metres", "s-1"), ("m s**-1", "km", "m s-1 km-1"),
     ("km.h^-1", "km", "h-1"), ("m", "m", "1"), ("1e-3 m", "m", "1e-3 m m-1"),
     (None, "m", None)],
)  # fmt: skip
def test_units_that_cancel_disappear(tmp_path, speed, length, expected):
    write_plane(tmp_path / "in.nc", units=(speed, speed), length=length)

    tool.succeed("div", "in.nc", "-v", "u,v", "-o", "out.nc", cwd=tmp_path)

    with netCDF4.Dataset(tmp_path / "out.nc") as file:
        assert file["div_u_v"].__dict__.get("units") == expected


def write_plane(path, units=("m s-1", "m s-1"), length="m", dtypes=("f4", "f4"), **attributes):
    """u and v on axes y and x, which say that they are."""
    with netCDF4.Dataset(path, "w") as file:
        for axis, extent in (("y", 9), ("x", 8)):
            file.createDimension(axis, extent)
            file.createVariable(axis, "f8", (axis,))[:] = 0.5 * np.arange(extent)
            file[axis].setncatts({"units": length, "axis": axis.upper()})
        for seed, (name, unit, dtype) in enumerate(zip("uv", units, dtypes)):
            file.createVariable(name, dtype, ("y", "x"), **attributes)
            file[name].set_auto_maskandscale(False)
            file[name][:] = np.round(100 * random_field((9, 8), seed=seed)).astype(dtype)
            if unit:
                file[name].units = unit


def test_components_are_east_and_north_unless_told(tmp_path):
    write_plane(tmp_path / "in.nc")
    by_convention = result(tmp_path, "curl", "in.nc", "-v", "u,v")

    equal_bits(result(tmp_path, "curl", "in.nc", "-v", "u,v", "-x", "x,y"), by_convention)
    equal_bits(result(tmp_path, "curl", "in.nc", "-v", "v,u", "-x", "y,x"), -by_convention)


def test_packed_and_missing_components(tmp_path):
    write_plane(tmp_path / "in.nc", dtypes=("i2", "f4"))
    with netCDF4.Dataset(tmp_path / "in.nc", "a") as file:
        file.set_auto_maskandscale(False)
        file["u"].setncatts({"scale_factor": 0.5, "add_offset": 3.0, "missing_value": np.int16(-9)})
        file["u"][4, 3] = -9
        u = np.where(file["u"][:] == -9, np.nan, file["u"][:] * 0.5 + 3)
        v = file["v"][:].astype("f8")
    d = [gradients(tmp_path, part, "-s", "0.5") for part in (u, v)]
    expected = d[0][1] + d[1][0]

    equal_bits(result(tmp_path, "div", "in.nc", "-v", "u,v"), expected)
    equal_bits(result(tmp_path, "div", "in.nc", "-v", "u,v", "-m",
                      least_memory(tmp_path, "div", "in.nc", "-v", "u,v", "-o", "p.npy")),
               expected)  # fmt: skip
    tool.succeed("div", "in.nc", "-v", "u,v", "-o", "out.nc", cwd=tmp_path)
    with netCDF4.Dataset(tmp_path / "out.nc") as file:
        assert "scale_factor" not in file["div_u_v"].ncattrs()
        np.testing.assert_array_equal(file["div_u_v"][:].mask, np.isnan(expected))


def test_a_magnitude_of_packed_samples_is_not_negative(tmp_path):
    write_plane(tmp_path / "in.nc", dtypes=("i2", "i2"))
    with netCDF4.Dataset(tmp_path / "in.nc", "a") as file:
        file["u"].scale_factor = -0.25
        u = file["u"][:].data
    first = gradients(tmp_path, u * -4, "-s", "0.5")

    equal_bits(result(tmp_path, "mag", "in.nc", "-v", "u"),
               0.25 * np.sqrt(first[0] ** 2 + first[1] ** 2))  # fmt: skip


def test_every_format_holds_the_same_numbers(tmp_path):
    write_plane(tmp_path / "in.nc")
    expected = result(tmp_path, "div", "in.nc", "-v", "u,v")

    for suffix in ("nc", "h5", "zarr"):
        tool.succeed("div", "in.nc", "-v", "u,v", "-o", f"out.{suffix}", cwd=tmp_path)
        equal_bits(result(tmp_path, "grad", f"out.{suffix}", "-v", "div_u_v", "-x", "x"),
                   gradients(tmp_path, expected, "-x", "1", "-s", "0.5")[0])  # fmt: skip
    printed = tool.succeed("div", "in.nc", "-v", "u,v", cwd=tmp_path).decode()
    assert printed.startswith("div_u_v:\n[[")


def test_a_direction_of_variables_leaves_them_out(tmp_path):
    write_earth(tmp_path / "in.nc", count=(9, 12), **ROTATION)

    process = tool.run("dir", "in.nc", "--along", "u,v", "--metric", "sphere", "-b",
                       "lon=periodic", "-o", "out.nc", cwd=tmp_path)  # fmt: skip

    assert process.stderr == b"variables t chosen; -v chooses others\n"
    with netCDF4.Dataset(tmp_path / "out.nc") as file:
        assert [name for name in file.variables if name.startswith("dir")] == ["dir_t"]


def test_numbers_of_a_direction_may_have_units(tmp_path):
    write_plane(tmp_path / "in.nc")
    arguments = ("dir", "in.nc", "-v", "u", "--along", "2,1", "-o", "out.nc", "-O")

    for length, expected in (("m", "s-1"), ("hPa", None)):
        with netCDF4.Dataset(tmp_path / "in.nc", "a") as file:
            file["x"].units = length
        tool.succeed(*arguments, cwd=tmp_path)
        with netCDF4.Dataset(tmp_path / "out.nc") as file:
            assert file["dir_u"].__dict__.get("units") == expected


def test_several_inputs_go_to_a_directory(tmp_path):
    for name in ("a.nc", "b.nc"):
        write_plane(tmp_path / name)

    tool.succeed("div", "a.nc", "b.nc", "-v", "u,v", "-o", "out/", cwd=tmp_path)

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.nc", "b.nc"]


def test_the_plan_counts_all_operands(tmp_path):
    write_plane(tmp_path / "in.nc")

    plan = json.loads(
        tool.succeed("curl", "in.nc", "-v", "u,v", "-n", "--json", cwd=tmp_path))  # fmt: skip

    (field,) = plan["fields"]
    assert field["variable"] == "u, v" and field["operands"] == 2
    assert field["bytes_read"] == 2 * 9 * 8 * 4 and field["bytes_written"] == 9 * 8 * 4


def test_what_the_metric_is_and_could_be_is_said(tmp_path):
    write_earth(tmp_path / "in.nc", count=(9, 12), **ROTATION)
    options = ("in.nc", "-v", "t", "-b", "lon=periodic", "-o", "out.nc", "-O")

    def said(*arguments):
        return tool.run(*arguments, *options, cwd=tmp_path).stderr.decode()

    assert said("mag", "--metric", "auto") == "metric: sphere of radius 6371229 m\n"
    assert said("mag", "--metric", "sphere") == ""
    assert said("grad") == (
        "derivatives along lat, lon are per degree; --metric sphere makes them per metre\n"
    )
    assert said("grad", "--metric", "cartesian") == ""
    write_plane(tmp_path / "plane.nc")
    process = tool.run("mag", "plane.nc", "-v", "u", "--metric", "auto", "-n", cwd=tmp_path)
    assert process.stderr == b"metric: cartesian; no latitudes and longitudes in degrees\n"
