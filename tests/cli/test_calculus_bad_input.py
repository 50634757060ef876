# test_calculus_bad_input.py: what vector calculus refuses, by its words
#
# SPDX-License-Identifier: BSD-3-Clause

import netCDF4
import numpy as np
import pytest

import tool

USAGE = 2


def add_axis(file, name, numbers, **attributes):
    file.createDimension(name, len(numbers))
    file.createVariable(name, "f8", (name,))[:] = numbers
    file[name].setncatts(attributes)


def add(file, name, axes, units, dtype="f4"):
    shape = [len(file.dimensions[axis]) for axis in axes]
    file.createVariable(name, dtype, axes)[:] = np.arange(np.prod(shape)).reshape(shape)
    file[name].units = units


@pytest.fixture
def place(tmp_path):
    with netCDF4.Dataset(tmp_path / "earth.nc", "w") as file:
        add_axis(file, "lev", [1, 2, 3, 4, 5], units="hPa", positive="down")
        add_axis(file, "lat", np.linspace(-60, 60, 5), units="degrees_north")
        add_axis(file, "lon", np.arange(6) * 10.0, units="degrees_east")
        add_axis(file, "lon_u", np.arange(6) * 10.0 + 5, units="degrees_east")
        add(file, "u", ("lat", "lon"), "m s-1")
        add(file, "v", ("lat", "lon"), "m s-1")
        add(file, "w", ("lat", "lon"), "km h-1")
        add(file, "c", ("lat", "lon_u"), "m s-1")
        add(file, "t", ("lev", "lat", "lon"), "K")
    with netCDF4.Dataset(tmp_path / "plane.nc", "w") as file:
        add_axis(file, "y", [0, 1, 2, 3, 4], units="m")
        add_axis(file, "x", [0, 1, 2, 3, 4, 5], units="m")
        add_axis(file, "z", [0, 1, 2, 3, 4], units="km")
        for name in "uv":
            add(file, name, ("y", "x"), "m s-1")
        for name in "fgh":
            add(file, name, ("z", "y", "x"), "m s-1")
    with netCDF4.Dataset(tmp_path / "zonal.nc", "w") as file:
        add_axis(file, "lat", np.linspace(-60, 60, 5), units="degrees_north")
        add(file, "t", ("lat",), "K")
    np.save(tmp_path / "w.npy", np.zeros((2, 5, 6)))
    np.save(tmp_path / "line.npy", np.zeros(6))
    (tmp_path / "log.csv").write_text("stamp,u,v\n0,1,2\n1,2,3\n")
    return tmp_path


EARTH = ("earth.nc", "-v", "u,v", "--metric", "sphere")
AMONG = "both latitudes and longitudes in degrees are needed among the axes"
NONE = (
    "along lon, lat in degrees; sphere or ellipsoid makes lengths of them, cartesian takes "
    "them for lengths"
)


@pytest.mark.parametrize(
    "arguments, message",
    [
        (("div", "earth.nc", "--metric", "sphere"),
         "variable: none given; div needs the components of a vector, as -v u,v"),
        (("div", *EARTH, "-x", "lon"),
         "axis: 1 axis given for 2 components; one for each is needed"),
        (("curl", "plane.nc", "-v", "u", "-x", "x"),
         "axis: 1 axis given; curl has 2 or 3"),
        (("div", "earth.nc", "-v", "u,c", "--metric", "sphere"),
         "variable: c has axes lat, lon_u; those of u, lat, lon, are needed"),
        (("div", "earth.nc", "-v", "u,w", "--metric", "sphere"),
         "units: mixed units: the derivative of u along lon is in s-1, of w along lat in km h-1 "
         "m-1; div adds them up"),
        (("jac", "earth.nc", "-v", "u,w", "--metric", "sphere"),
         "units: mixed units: the derivative of u along lon is in s-1, of w along lon in km h-1 "
         "m-1; jac adds them up"),
        (("mag", "earth.nc", "-v", "t", "--metric", "sphere"),
         "units: mixed units: the derivative of t along lev is in K hPa-1, of t along lat in K "
         "m-1; mag adds them up, and -x chooses axes"),
        (("div", "plane.nc", "-v", "f,g,h", "-x", "x,y,z"),
         "units: mixed units: the derivative of f along x is in s-1, of h along z in m s-1 km-1; "
         "div adds them up"),
        (("div", "plane.nc", "-v", "u,v"),
         "axis: none given, and y, x (u) are not recognised as X (longitude), Y (latitude); -x "
         "gives the axis of each component, in their order"),
        (("div", "earth.nc", "-v", "u,v"), f"metric: none given for div {NONE}"),
        (("jac", "earth.nc", "-v", "u,v"), f"metric: none given for jac {NONE}"),
        (("mag", "earth.nc", "-v", "u", "-x", "lon,lat"), f"metric: none given for mag {NONE}"),
        (("dir", "earth.nc", "-v", "u", "--along", "1,2"), f"metric: none given for dir {NONE}"),
        (("lap", "plane.nc", "-v", "u", "--metric", "sphere"),
         f"metric: sphere given for u along y, x; {AMONG}"),
        (("grad", "zonal.nc", "-v", "t", "--metric", "ellipsoid"),
         f"metric: ellipsoid given for t along lat; {AMONG}"),
        (("grad", "earth.nc", "-v", "u", "-x", "lon", "--metric", "sphere"),
         f"metric: sphere given for u along lon; {AMONG}"),
        (("grad", "earth.nc", "-v", "u", "--derivative", "2", "--metric", "sphere"),
         "derivative: 2 given with a metric; of the second derivatives there are lap and hess"),
        (("mag", "earth.nc", "-v", "u", "--metric", "sphere", "-s", "1"),
         f"metric: sphere given for u along lat, lon; {AMONG}"),
        (("mag", "earth.nc", "-v", "u", "--metric", "globe"),
         "--metric: 'globe' given; cartesian, sphere, ellipsoid or auto is accepted"),
        (("mag", "earth.nc", "-v", "u", "--metric", "ellipsoid", "--radius", "6e6"),
         "radius: given without a sphere; --metric sphere has one"),
        (("mag", "earth.nc", "-v", "u", "--metric", "sphere", "--radius", "-1"),
         "--radius: '-1' given; a number above 0 is needed"),
        (("curl", "earth.nc", "-v", "v,u", "-x", "lat,lon", "--metric", "sphere"),
         "axis: latitude before longitude given for a curl on the Earth, which would have the "
         "other sign; east, north, up is the order of -x, and of -v"),
        (("dir", "earth.nc", "-v", "u", "--metric", "sphere"),
         "--along: none given; a number or a variable per axis is needed"),
        (("dir", "earth.nc", "-v", "u", "--along", "1,v", "--metric", "sphere"),
         "along: numbers and variables given; either is accepted"),
        (("dir", "earth.nc", "-v", "u", "--along", "1,2", "-x", "lat", "--metric", "sphere"),
         "axis: 1 axis given for 2 components; one for each is needed"),
        (("dir", "earth.nc", "-v", "u", "--along", "u,up", "--metric", "sphere"),
         "variable: 'up' given; the input has u, v, w, c, t; did you mean u?"),
        (("dir", "w.npy", "--along", "1,2"),
         "along: 2 numbers given for 3 axes; one for each is needed"),
        (("dir", "w.npy", "--along", "u,v,w"),
         "along: 'u' given; an array has no variables, and numbers are needed"),
        (("div", "w.npy", "-x", "0"),
         "w.npy: 2 components given for 1 axis; one for each is needed"),
        (("div", "line.npy"),
         "line.npy: 1 axis; div takes components stacked on a first axis, before those that "
         "they vary along"),
        (("div", "w.npy", "-v", "u,v"),
         "variable: given for an input that is one array and has no variables"),
        (("lap", "w.npy", "--metric", "sphere"),
         "metric: sphere given for an array without labels; latitudes and longitudes in degrees "
         "are needed"),
        (("lap", "w.npy"), "axis 0: field: 2 samples along axis 0; at least 4 are needed"),
        (("div", "log.csv", "-x", "stamp", "-v", "u,v"),
         "INPUT: a log given; div takes fields, and of logs there is grad"),
        (("grad", "log.csv", "-x", "stamp", "-v", "u", "--metric", "sphere"),
         "metric: given for a log"),
        (("div", *EARTH, "--name", "{i}"),
         "name: '{i}' given; a name without '/' is needed, in which {op}, {var}, {axis} and "
         "{order} stand for those of a result"),
        (("jac", *EARTH, "--name", "{op}"),
         "name: two results would be called jac; {op}, {var} and {axis} tell them apart"),
        (("lapl", "w.npy"),
         "command: 'lapl' given; accepted: aspect, at, completion, curl, dir, div, grad, help, hess, info, jac, lap, "
         "mag, slope, stencil, strain, view; did you mean lap?"),
    ],
)  # fmt: skip
def test_refusals_name_what_is_wrong(place, arguments, message):
    before = tool.contents(place)

    process = tool.run(*arguments, "-q", "-o", "out.nc" if "nc" in arguments[1] else "out.npy",
                       cwd=place)  # fmt: skip

    assert process.stderr.decode() == f"gridgrad: {message}\n"
    assert process.returncode == USAGE and process.stdout == b""
    assert tool.contents(place) == before


def test_positions_that_vary_are_refused_by_all_but_the_gradient(place):
    with netCDF4.Dataset(place / "plane.nc", "a") as file:
        add(file, "depth", ("y", "x"), "m")

    process = tool.run("lap", "plane.nc", "-v", "u", "-x", "x", "-s", "depth", cwd=place)

    assert process.stderr.decode() == (
        "gridgrad: spacing: positions of axis x vary along other axes; lap needs one position "
        "for each sample of the axis\n"
    )


def test_a_cartesian_metric_takes_degrees_for_lengths(place):
    output = tool.succeed("mag", "earth.nc", "-v", "u", "--metric", "cartesian", "-o", "-",
                          cwd=place)  # fmt: skip

    assert tool.array_of(output).shape == (5, 6)
