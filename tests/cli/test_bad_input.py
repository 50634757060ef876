# test_bad_input.py: every refusal by its words, and that it has touched nothing
#
# SPDX-License-Identifier: BSD-3-Clause

import os

import netCDF4
import numpy as np
import pytest

import tool

FAILED, USAGE, EXISTS, UNSUPPORTED = 1, 2, 3, 4

ACCEPTED_DTYPES = "accepted: f2 f4 f8 c8 c16 i1 i2 i4 i8 u1 u2 u4 u8"
RUNNING_SUM = "coordinates are positions, and a running sum of increments gives them"
NUMBER_OR_COORDINATES = "a number, a variable of the input, or a .npy or text file is accepted"
TOO_FEW = "axis 0: field: 3 samples along axis 0; at least 4 are needed"
RULES = (
    "one-sided, periodic, symmetric, symmetric-half, antisymmetric, antisymmetric-half, "
    "nearest, constant, neumann"
)
COMMANDS = (
    "aspect, at, completion, curl, dir, div, grad, help, hess, info, jac, lap, mag, slope, stencil, strain, "
    "view"
)
NUMBERS = (
    "rows of numbers separated by commas, semicolons or blanks are accepted, "
    "and lines that begin with #"
)


@pytest.fixture
def place(tmp_path):
    """A field of 3 x 4 samples, and a file that must be left alone."""
    np.save(tmp_path / "field.npy", np.arange(12.0).reshape(3, 4))
    (tmp_path / "kept.npy").write_bytes(b"kept")
    return tmp_path


def assert_refused(place, arguments, code, message):
    before = tool.contents(place)

    process = tool.run(*arguments, cwd=place)

    assert process.stderr.decode() == f"gridgrad: {message}\n"
    assert process.returncode == code
    assert process.stdout == b""
    assert tool.contents(place) == before


def assert_grad_refused(place, arguments, code, message):
    assert_refused(place, ["grad", *arguments, "-o", "out.npy"], code, message)


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["-x", "2"], "axis: '2' given; the field has axes 0, 1"),
        (["-x", "-3"], "axis: '-3' given; the field has axes 0, 1"),
        (["-x", "lat"], "axis: 'lat' given; the field has axes 0, 1"),
        (["-x", ""], "axis: '' given; the field has axes 0, 1"),
        (["-x", "0,0"], "axis: 0 given twice; each axis may be asked for once"),
        (["-x", "1,-1"], "axis: 1 given twice; each axis may be asked for once"),
        (["-e", "21"], "edge_order: 21 given; 1 to 20 is needed"),
        (["-e", "0"], "edge_order: 0 given; 1 to 20 is needed"),
        (["-e", "two"], "--edge-order: 'two' given; 1 to 20 is needed"),
        (["-x", "0", "-e", "3"], TOO_FEW),
        (["--derivative", "7"], "derivative: 7 given; 1 to 6 is needed"),
        (
            ["--accuracy", "3"],
            "accuracy: 3 given; central differences need an even number from 2 to 20",
        ),
        (["--missing", "adapt:3"], "minimum: 3 given; 1 to 2 is needed"),
        (
            ["--missing", "some"],
            "--missing: 'some' given; none, propagate, adapt or adapt:MINIMUM is accepted",
        ),
        (["-b", "1"], "boundary: '1' given; AXIS=RULE is needed, as in 1=periodic"),
        (["-b", "2=nearest"], "axis: '2' given; the field has axes 0, 1"),
        (
            ["-x", "0", "-b", "1=nearest"],
            "boundary: axis 1 is not differentiated; the axes are 0",
        ),
        (["-b", "1=mirror"], f"boundary: 'mirror' given; accepted: {RULES}"),
        (
            ["-b", "1=symetric"],
            f"boundary: 'symetric' given; accepted: {RULES}; did you mean symmetric?",
        ),
        (
            ["-b", "1=constant"],
            "boundary: 'constant' given; a number is needed, as in constant@0",
        ),
        (["-b", "1=nearest@2"], "boundary: 'nearest@2' given; nearest takes no value"),
        (
            ["-b", "1=antisymmetric@top"],
            "boundary: 'antisymmetric@top' given; antisymmetric@zero or antisymmetric@end is accepted",
        ),
        (
            ["-b", "1=periodic:nearest"],
            "axis 1: boundary: periodic at one end only; the same period at both ends is needed",
        ),
        (
            ["-b", "1=periodic@2"],
            "axis 1: period: 2 given; more than 3, from the first to the last sample, is needed",
        ),
        (["-j", "0"], "--threads: '0' given; a number from 1 is needed"),
        (["-j", "-2"], "--threads: '-2' given; a number from 1 is needed"),
        (
            ["-s", "1,2,3"],
            "spacing: 3 given for 2 axes; one for all or one per axis is accepted",
        ),
        (
            ["-x", "0", "-s", "1,2"],
            "spacing: 2 given for 1 axis; one for all or one per axis is accepted",
        ),
        (["-s", "lat"], f"spacing: 'lat' given; {NUMBER_OR_COORDINATES}"),
        (["-s", ""], f"spacing: '' given; {NUMBER_OR_COORDINATES}"),
        (
            ["-s", "nan"],
            "axis 0: spacing: nan given; a finite number other than 0 is needed",
        ),
        (
            ["-s", "1,inf"],
            "axis 1: spacing: inf given; a finite number other than 0 is needed",
        ),
        (
            ["-v", "T"],
            "variable: given for an input that is one array and has no variables",
        ),
    ],
)
def test_arguments_are_refused(place, arguments, message):
    assert_grad_refused(place, ["field.npy", *arguments], USAGE, message)


@pytest.mark.parametrize(
    "positions, message",
    [
        (
            np.array([1.0, 2.0]),
            f"coordinates: 2 positions given for 3 samples along axis 0; one per sample is needed; "
            f"{RUNNING_SUM}",
        ),
        (
            np.array([1.0, 2.0, 3.0, 4.0]),
            "coordinates: 4 positions given for 3 samples along axis 0; one per sample is needed",
        ),
        (
            np.ones((1, 3)),
            "coordinates: shape (1, 3) given for axis 0 of a field of shape (3, 4); positions "
            "broadcast from the last axis on, and have every sample of their own axis",
        ),
        (np.ones(3, "c8"), "coordinates: complex64 given; real numbers are needed"),
        (
            np.array([0.5, 0.25, 0.5]),
            f"coordinates: all positive and not monotone, like increments; {RUNNING_SUM}",
        ),
        (
            np.array([0.5, 0.5, 0.5]),
            f"coordinates: all positive and not monotone, like increments; {RUNNING_SUM}",
        ),
        (
            np.array([1.0, np.nan, 3.0]),
            "coordinates: position 1 is nan; finite positions are needed",
        ),
        (
            np.array([1, "NaT", 3], "M8[ns]"),
            "at.npy: position 1 is NaT; times are needed",
        ),
    ],
)
def test_coordinates_are_refused(place, positions, message):
    np.save(place / "at.npy", positions)

    arguments = ["field.npy", "-x", "0", "-s", "at.npy"]

    assert_grad_refused(place, arguments, USAGE, f"axis 0: {message}")


@pytest.mark.parametrize("count, edge_order", [(0, 1), (1, 1), (2, 2)])
def test_too_few_samples_are_refused(place, count, edge_order):
    np.save(place / "field.npy", np.zeros((4, count)))

    arguments = ["field.npy", "-x", "1", "-e", str(edge_order)]

    given = f"{count} sample{'' if count == 1 else 's'}"
    message = f"axis 1: field: {given} along axis 1; at least {edge_order + 1} are needed"
    assert_grad_refused(place, arguments, USAGE, message)


def test_a_single_number_is_refused(place):
    np.save(place / "field.npy", np.array(3.0))

    message = "axis: the field is a single number and has no axes"
    assert_grad_refused(place, ["field.npy"], USAGE, message)


@pytest.mark.parametrize(
    "array, dtype",
    [
        (np.ones(3, bool), "|b1"),
        (np.array(["a", "bc"]), "<U2"),
        (np.array([1, None]), "|O"),
        (np.ones(3, "g"), np.dtype("g").str),
    ],
)
def test_types_that_are_no_numbers_are_refused(place, array, dtype):
    np.save(place / "field.npy", array, allow_pickle=True)

    message = f"field.npy: dtype {dtype} given; {ACCEPTED_DTYPES}"
    assert_grad_refused(place, ["field.npy"], UNSUPPORTED, message)


def test_records_are_refused(place):
    np.save(place / "field.npy", np.zeros(3, [("a", "f4")]))

    message = f"field.npy: a dtype of records given; {ACCEPTED_DTYPES}"
    assert_grad_refused(place, ["field.npy"], UNSUPPORTED, message)


def test_times_are_no_field(place):
    np.save(place / "field.npy", np.array([1, 2, 3], "M8[ns]"))

    message = (
        "field.npy: dtype <M8[ns] holds times; they are accepted as coordinates, not as a field"
    )
    assert_grad_refused(place, ["field.npy"], UNSUPPORTED, message)


@pytest.mark.parametrize(
    "length, message",
    [
        (0, "is not a .npy file: it does not begin with \\x93NUMPY"),
        (7, "is not a .npy file: it does not begin with \\x93NUMPY"),
        (40, "truncated: the header is shorter than the 118 bytes it announces"),
        (128, "truncated: the shape needs 96 bytes of samples, the file has 0"),
        (223, "truncated: the shape needs 96 bytes of samples, the file has 95"),
    ],
)
def test_truncated_npy_is_refused(place, length, message):
    whole = (place / "field.npy").read_bytes()
    assert len(whole) == 224
    (place / "field.npy").write_bytes(whole[:length])

    assert_grad_refused(place, ["field.npy"], FAILED, f"field.npy: {message}")


def test_truncated_standard_input_is_refused(place):
    whole = (place / "field.npy").read_bytes()

    process = tool.run("grad", "-", "-o", "out.npy", cwd=place, stdin=whole[:-3])

    message = "standard input: truncated: 96 bytes of samples expected, 93 read"
    assert process.stderr.decode() == f"gridgrad: {message}\n"
    assert process.returncode == FAILED
    assert not (place / "out.npy").exists()


@pytest.mark.parametrize(
    "text, message",
    [
        (b"1,2,3\n4,x5,6\n", f":2:3: 'x5' is not a number; {NUMBERS}"),
        (b"lat lon\n1 2\n", f":1:1: 'lat' is not a number; {NUMBERS}"),
        (b"1,,2\n", f":1:3: '' is not a number; {NUMBERS}"),
        (b"1;2,5\n", f":1:3: '2,5' is not a number; {NUMBERS}"),
        (b"1 2\n\n3 1e999\n", ":3:3: '1e999' is outside the range of float64"),
        (b"# a\n1,2\n3\n", ":3: 1 numbers where the rows above have 2"),
        (b"# a\n\n", ": holds no number"),
    ],
)
def test_text_that_is_no_table_of_numbers_is_refused(place, text, message):
    (place / "field.csv").write_bytes(text)

    assert_grad_refused(place, ["field.csv"], FAILED, f"field.csv{message}")


def test_unknown_formats_are_refused(place):
    (place / "field.gif").write_bytes(b"GIF89a")

    message = (
        "field.gif: unknown format; accepted: .npy, netCDF, HDF5, GeoTIFF, Zarr, and text named "
        ".csv .txt .dat .tsv"
    )
    assert_grad_refused(place, ["field.gif"], UNSUPPORTED, message)


def test_missing_and_unreadable_inputs_are_refused(place):
    assert_grad_refused(place, ["none.npy"], FAILED, "none.npy: No such file or directory")
    message = (
        "..: a directory without zarr.json, .zgroup, .zarray or .zmetadata, so that it is no Zarr store"
    )
    assert_grad_refused(place, [".."], UNSUPPORTED, message)


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_inputs_without_permission_are_refused(place):
    (place / "field.npy").chmod(0)

    process = tool.run("grad", "field.npy", cwd=place)

    assert process.stderr == b"gridgrad: field.npy: Permission denied\n"


@pytest.mark.parametrize(
    "output, code, message",
    [
        ("no/out.npy", FAILED, "directory no: No such file or directory"),
        ("kept.npy/out.npy", FAILED, "kept.npy is not a directory"),
        ("kept.npy", EXISTS, "kept.npy exists; -O replaces it"),
        ("field.npy", USAGE, "field.npy is the input; another file is needed"),
        ("./field.npy", USAGE, "./field.npy is the input; another file is needed"),
        (
            "out.gif",
            UNSUPPORTED,
            "out.gif given; .npy, .nc, .nc4, .cdf, .h5, .hdf5, .hdf, .he5, .tif, .tiff, .zarr and - are accepted",
        ),
        ("out.tif", USAGE, "out.tif given; an input without named axes is written as .npy"),
        ("out.nc", USAGE, "out.nc given; an input without named axes is written as .npy"),
    ],
)
def test_outputs_are_refused(place, output, code, message):
    arguments = ["grad", "field.npy", "-o", output]

    assert_refused(place, arguments, code, f"output: {message}")


def test_the_input_is_not_replaced_under_another_name(place):
    os.link(place / "field.npy", place / "hard.npy")
    os.symlink("field.npy", place / "soft.npy")

    for name in ("hard.npy", "soft.npy"):
        message = f"output: {name} is the input; another file is needed"
        assert_refused(place, ["grad", "field.npy", "-o", name, "-O"], USAGE, message)


def test_devices_are_not_replaced(place):
    os.mkfifo(place / "pipe.npy")

    message = "output: pipe.npy is not a regular file and cannot be replaced"
    assert_refused(place, ["grad", "field.npy", "-o", "pipe.npy", "-O"], USAGE, message)


@pytest.mark.parametrize(
    "arguments, message",
    [
        ([], f"command: none given; accepted: {COMMANDS}"),
        (
            ["gradd", "field.npy"],
            f"command: 'gradd' given; accepted: {COMMANDS}; did you mean grad?",
        ),
        (
            ["gard", "field.npy"],
            f"command: 'gard' given; accepted: {COMMANDS}; did you mean grad?",
        ),
        (["fly"], f"command: 'fly' given; accepted: {COMMANDS}"),
        (["grad"], "INPUT: none given; a file is needed, or - for .npy on standard input"),
    ],
)
def test_commands_are_refused(place, arguments, message):
    assert_refused(place, arguments, USAGE, message)


def labelled(path):
    """sst on 3 times, 4 latitudes and 5 longitudes, and a count."""
    with netCDF4.Dataset(path, "w") as file:
        for name, extent in (("time", 3), ("lat", 4), ("lon", 5)):
            file.createDimension(name, extent)
            file.createVariable(name, "f8", (name,))[:] = np.arange(extent)
        file["time"].units = "days since 2000-01-01"
        file.createVariable("sst", "f4", ("time", "lat", "lon"))[:] = 1
        file.createVariable("count", "i4", ("lat",))[:] = 1
        file.createVariable("mask", "S1", ("lat",))


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["-v", "SSTT"], "variable: 'SSTT' given; the input has sst, count; did you mean sst?"),
        (["-v", "mask"], "variable: mask does not hold numbers; the input has sst, count"),
        (["-v", "sst,sst"], "variable: sst given twice"),
        (
            ["-v", "sst", "-x", "lati"],
            "axis: 'lati' given; the field has axes time, lat, lon; did you mean lat?",
        ),
        (
            ["-x", "depth"],
            "axis: 'depth' given; the field has axes time, lat, lon",
        ),
        (
            ["-v", "count", "-x", "lon"],
            "axis: 'lon' given; the field has axes lat",
        ),
        (
            ["-v", "sst", "-s", "lon"],
            "axis lat: coordinates: 5 positions given for 4 samples along axis 1; one per sample is needed",
        ),
        (
            ["-v", "sst", "-s", "sst"],
            "axis lat: coordinates of the line at (0, 0, 0): all positive and not monotone, "
            f"like increments; {RUNNING_SUM}",
        ),
        (
            ["-v", "sst", "-s", "1,2,3"],
            "spacing: 3 given for 2 axes; one for all or one per axis is accepted",
        ),
        (
            ["-v", "sst,count", "-o", "out.npy"],
            "variable: 2 variables for one .npy array; -v chooses one",
        ),
    ],
)
def test_names_in_netcdf_files_are_refused(place, arguments, message):
    labelled(place / "field.nc")

    output = [] if "-o" in arguments else ["-o", "out.nc"]

    command = ["grad", "-q", "field.nc", *arguments, *output]
    assert_refused(place, command, USAGE, message)


@pytest.mark.parametrize(
    "arguments, message",
    [
        (
            ["-x", "lat", "-s", "turned"],
            "axis lat: spacing: turned has axes lon, lat; positions of sst need some of time, lat, lon, "
            "in that order",
        ),
        (
            ["-x", "time", "-s", "depth"],
            "axis time: coordinates: shape (4, 5) given for axis 0 of a field of shape (3, 4, 5); "
            "positions broadcast from the last axis on, and have every sample of their own axis",
        ),
    ],
)
def test_positions_that_vary_along_other_axes_are_refused(place, arguments, message):
    labelled(place / "field.nc")
    with netCDF4.Dataset(place / "field.nc", "a") as file:
        file.createVariable("turned", "f8", ("lon", "lat"))[:] = 1
        file.createVariable("depth", "f8", ("lat", "lon"))[:] = 1

    command = ["grad", "-q", "field.nc", "-v", "sst", *arguments, "-o", "out.nc"]
    assert_refused(place, command, USAGE, message)


def test_two_dimensional_coordinates_are_never_given_spacing_one(place):
    with netCDF4.Dataset(place / "field.nc", "w") as file:
        file.createDimension("y", 3)
        file.createDimension("x", 4)
        for name in ("lat", "lon"):
            file.createVariable(name, "f8", ("y", "x"))[:] = 1
        file.createVariable("t", "f4", ("y", "x"))[:] = 1
        file["t"].coordinates = "lon lat"

    message = (
        "spacing: axis y of t has no coordinates of its own, and lon, lat vary along several "
        "axes; a spacing or coordinates are needed (-s)"
    )
    command = ["grad", "field.nc", "-v", "t", "-o", "out.nc"]
    assert_refused(place, command, USAGE, message)
    tool.succeed(*command, "-s", "1000", cwd=place)


def test_integers_that_float64_cannot_hold_beside_missing_ones_are_refused(place):
    with netCDF4.Dataset(place / "field.nc", "w") as file:
        file.createDimension("x", 3)
        file.createVariable("x", "f8", ("x",))[:] = [0, 1, 2]
        count = file.createVariable("count", "i8", ("x",), fill_value=-1)
        count.set_auto_mask(False)
        count[:] = [1, 2**53 + 1, -1]

    message = (
        f"count: holds both missing samples and {2**53 + 1}; beyond 2^53 float64 has no room "
        "for it beside NaN"
    )
    command = ["grad", "field.nc", "-v", "count", "-o", "out.nc"]
    assert_refused(place, command, UNSUPPORTED, message)


def test_truncated_netcdf_is_refused(place):
    with netCDF4.Dataset(place / "field.nc", "w", format="NETCDF3_CLASSIC") as file:
        file.createDimension("x", 1000)
        file.createVariable("t", "f8", ("x",))[:] = 1
    whole = (place / "field.nc").read_bytes()
    (place / "field.nc").write_bytes(whole[:5000])

    message = "field.nc: truncated: its variables need 8000 bytes, the file has 5000"
    command = ["grad", "field.nc", "-o", "out.nc"]
    assert_refused(place, command, FAILED, message)


def test_addresses_are_not_taken_for_files(place):
    labelled(place / "a#mode=zarr.nc")

    message = "a#mode=zarr.nc: only local files without '#' in the name"
    command = ["grad", "a#mode=zarr.nc", "-o", "out.nc"]
    assert_refused(place, command, UNSUPPORTED, message)
