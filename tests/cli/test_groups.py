# test_groups.py: variables of groups, in netCDF-4 files and HDF5 files
#
# SPDX-License-Identifier: BSD-3-Clause

import h5py
import netCDF4
import numpy as np
import pytest

import tool

X = np.array([0.0, 2, 4, 6])


def write_runs(path):
    """A field of the same name in two groups, one along the file's axis; what describes it
    stands near it, above it and by an absolute path."""
    with netCDF4.Dataset(path, "w") as file:
        file.title = "Runs"
        file.createDimension("x", 4)
        file.createDimension("edge", 2)
        file.createVariable("x", "f8", ("x",))[:] = X
        file["x"].units = "m"
        file["x"].bounds = "x_edges"
        file.createVariable("x_edges", "f8", ("x", "edge"))[:] = np.arange(8).reshape(4, 2)
        file.createVariable("place", "i4", ("x",))[:] = [1, 2, 3, 4]
        run = file.createGroup("run")
        run.model = "A"
        run.createVariable("crs", "i4", ()).grid_mapping_name = "mercator"
        wind = run.createGroup("wind")
        wind.height = np.float32(10)
        wind.createDimension("y", 3)
        wind.createVariable("y", "f4", ("y",))[:] = [0, 2, 4]
        wind.createVariable("place", "i4", ("y",))[:] = [7, 8, 9]
        speed = wind.createVariable("speed", "f8", ("y", "x"))
        speed[:] = np.arange(12.0).reshape(3, 4) ** 2
        speed.units = "m s-1"
        speed.coordinates = "place ../../place"
        speed.grid_mapping = "crs"
        other = file.createGroup("other")
        other.reason = "not used"
        other.createDimension("x", 5)
        other.createVariable("speed", "f4", ("x",))[:] = np.arange(5)
        other.createVariable("gust", "f4", ("x",))[:] = np.arange(5)


@pytest.fixture(params=["in.nc", "in.h5"])
def source(tmp_path, request):
    write_runs(tmp_path / request.param)
    return request.param


@pytest.mark.parametrize("result", ["out.nc", "out.h5"])
def test_the_output_keeps_groups_and_what_describes_the_field(tmp_path, source, result):
    tool.succeed("grad", "-q", source, "-v", "run/wind/speed", "-o", result, cwd=tmp_path)

    with netCDF4.Dataset(tmp_path / result) as file:
        wind = file["run/wind"]
        field = np.arange(12.0).reshape(3, 4) ** 2
        np.testing.assert_array_equal(wind["dspeed_dx"][:], np.gradient(field, 2.0, axis=1))
        np.testing.assert_array_equal(wind["dspeed_dy"][:], np.gradient(field, 2.0, axis=0))
        assert wind["dspeed_dx"].dimensions == ("y", "x")
        assert wind["dspeed_dx"].units == "m s-1 m-1"
        assert wind["dspeed_dx"].long_name == "derivative of speed with respect to x"
        assert wind["dspeed_dx"].coordinates == "place ../../place"
        assert set(file.variables) == {"x", "x_edges", "place"}
        assert set(file["run"].variables) == {"crs"}
        assert set(wind.variables) == {"y", "place", "dspeed_dx", "dspeed_dy"}
        assert set(file.groups) == {"run"}
        np.testing.assert_array_equal(file["place"][:], [1, 2, 3, 4])
        np.testing.assert_array_equal(wind["place"][:], [7, 8, 9])
        assert file["run"].model == "A" and wind.height == 10 and file.title == "Runs"
        assert file["run/crs"].grid_mapping_name == "mercator"


def test_a_path_after_the_file_chooses_the_variable(tmp_path, source):
    by_option = tool.succeed("grad", "-q", source, "-v", "run/wind/speed", "-o", "-", cwd=tmp_path)

    by_path = tool.succeed("grad", "-q", source + ":/run/wind/speed", "-o", "-", cwd=tmp_path)
    printed = tool.succeed("grad", "-q", source + ":/run/wind/speed", "-x", "x", cwd=tmp_path)
    assert by_path == by_option
    assert printed.startswith(b"run/wind/dspeed_dx:\n")


def test_the_path_is_left_out_of_the_name_in_a_directory(tmp_path, source):
    tool.succeed("grad", "-q", source + ":/other/gust", "-o", "out/", cwd=tmp_path)

    assert [path.name for path in (tmp_path / "out").iterdir()] == [source]
    with netCDF4.Dataset(tmp_path / "out" / source) as file:
        np.testing.assert_array_equal(file["other/dgust_dx"][:], np.ones(5, "f4"))


def test_the_path_is_the_variable_of_points_too(tmp_path, source):
    (tmp_path / "points.csv").write_text("x,y\n2,2\n")

    output = tool.succeed("at", "-q", source + ":/run/wind/speed", "-p", "points.csv",
                          "--interpolation", "linear", cwd=tmp_path)  # fmt: skip

    assert output.startswith(b"x,y,run/wind/speed,run/wind/dspeed_dy,run/wind/dspeed_dx\n2,2,25,")


def test_a_leaf_is_enough_where_one_variable_has_it(tmp_path, source):
    np.testing.assert_array_equal(
        tool.array_of(tool.succeed("grad", "-q", source, "-v", "gust", "-o", "-", cwd=tmp_path)),
        np.ones(5, "f4"),
    )

    process = tool.run("grad", "-q", source, "-v", "speed", cwd=tmp_path)

    assert process.returncode == 2
    paths = {"run/wind/speed", "other/speed"}
    message = process.stderr.decode()
    assert message.startswith("gridgrad: variable: 'speed' given; ")
    assert message.endswith(" have this name, and one of these is needed\n")
    assert all(path in message for path in paths)


def test_info_lists_paths_and_short_names_of_axes(tmp_path, source):
    described = tool.succeed("info", source, cwd=tmp_path).decode()

    assert "  run/wind/y: 3 samples, coordinates, " in described
    assert "  float64 run/wind/speed(y, x) in m s-1\n" in described
    assert "  float32 other/gust(x)\n" in described
    assert "place" not in described and "crs" not in described


def test_positions_are_looked_for_near_the_field(tmp_path, source):
    output = tool.succeed("grad", "-q", source, "-v", "run/wind/speed", "-x", "y", "-s", "place",
                          "-o", "-", cwd=tmp_path)  # fmt: skip

    field = np.arange(12.0).reshape(3, 4) ** 2
    np.testing.assert_array_equal(tool.array_of(output), np.gradient(field, axis=0))


def test_axes_that_share_a_leaf_have_their_paths(tmp_path):
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file["x"] = np.arange(3.0)
        file["a/b/x"] = np.arange(4.0)
        file["a/b/f"] = np.arange(12.0).reshape(3, 4)
        for axis, scale in enumerate(("x", "a/b/x")):
            file[scale].make_scale("x")
            file["a/b/f"].dims[axis].attach_scale(file[scale])

    by_path = tool.succeed("grad", "-q", "in.h5", "-x", "a/b/x", "-o", "-", cwd=tmp_path)
    tool.succeed("grad", "-q", "in.h5", "-x", "all", "-o", "out.nc", cwd=tmp_path)

    np.testing.assert_array_equal(tool.array_of(by_path), np.ones((3, 4)))
    with netCDF4.Dataset(tmp_path / "out.nc") as file:
        assert set(file["a/b"].variables) == {"x", "df_dx", "df_da_b_x"}


def test_an_unknown_axis_is_refused_with_the_short_names(tmp_path, source):
    process = tool.run("grad", "-q", source, "-v", "run/wind/speed", "-x", "z", cwd=tmp_path)

    assert process.stderr.decode() == ("gridgrad: axis: 'z' given; the field has axes y, x\n")
