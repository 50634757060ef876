# test_at_bad_input.py: every refusal of the command at by its words
#
# SPDX-License-Identifier: BSD-3-Clause

import numpy as np
import pytest

import tool
from fields import write_field

FAILED, USAGE, EXISTS, UNSUPPORTED = 1, 2, 3, 4


@pytest.fixture
def place(tmp_path):
    """A field of 4 x 6 samples as an array and along time and lat, points, and a file that
    must be left alone."""
    field = np.arange(24.0).reshape(4, 6)
    np.save(tmp_path / "f.npy", field)
    write_field(tmp_path / "f.nc", field[:2], time=(np.arange(2.0), {"units": "months since 2001-01-01"}),
                latitude=(np.arange(6.0), {"units": "degrees_north"}))  # fmt: skip
    (tmp_path / "p.csv").write_text("axis0,axis1\n1,2\n")
    (tmp_path / "kept.csv").write_bytes(b"kept")
    return tmp_path


def assert_refused(place, arguments, code, message, stdin=b""):
    before = tool.contents(place)

    process = tool.run("at", "-q", *arguments, cwd=place, stdin=stdin)

    assert process.stderr.decode() == f"gridgrad: {message}\n"
    assert process.returncode == code
    assert process.stdout == b""
    assert tool.contents(place) == before


def assert_points_refused(place, points, code, message):
    """However they come, and wherever results would go."""
    for output in ([], ["-o", "out.csv"], ["-o", "out.npy"]):
        assert_refused(place, ["f.npy", "-p", "-", *output], code, message, stdin=points)


@pytest.mark.parametrize(
    "points, message",
    [
        (b"axis0,axis_1\n1,2\n", "no column is named axis1; the columns are axis0, axis_1; did you mean axis_1?; "
                             "--pick axis1=0 takes the first sample along this axis"),
        (b"lat,lon\n1,2\n", "no column is named axis0; the columns are lat, lon; --pick axis0=0 takes "
                            "the first sample along this axis"),
        (b"axis0,axis1,axis1\n1,2,3\n", "axis1, axis1 are all columns of axis axis1; one is needed"),
        (b"Axis0,AXIS0,axis1\n1,2,3\n", "Axis0, AXIS0 are all columns of axis axis0; one is needed"),
        (b"1,2,3\n", "3 columns without names in standard input; those of axis0, axis1 in this order "
                     "are needed, or a header"),
    ],
)  # fmt: skip
def test_columns_are_refused(place, points, message):
    assert_points_refused(place, points, USAGE, f"points: {message}")


@pytest.mark.parametrize(
    "points, message",
    [
        (b"", ": has no row; a header that names the axes axis0, axis1 is needed"),
        (b"# none\n\n", ": has no row; a header that names the axes axis0, axis1 is needed"),
        (b"axis0,axis1\n1,2\n1,x2\n", ":3: axis1: 'x2' is not a number"),
        (b"axis1,axis0\r\n\r\n1,\"2,5\"\r\n", ":3: axis0: '2,5' is not a number"),
        (b"1,2\n2001-01-01,2\n", ":2: axis0: '2001-01-01' is not a number"),
        (b"axis0,axis1\n1,1e999\n", ":2: axis1: '1e999' is not a number"),
        (b"axis0,axis1\n1,2\n1\n", ":3: 1 cells where the first row has 2"),
        (b"axis0,axis1\n1,2,3\n", ":2: 3 cells where the first row has 2"),
        (b"axis0,axis1\n1,\"2\n", ":2: a quote that is not closed"),
        (b"axis0,axis1\n" + 70_000 * b"1,2\n" + b"x,1\n", ":70002: axis0: 'x' is not a number"),
    ],
)  # fmt: skip
def test_rows_are_refused_by_line_and_column(place, points, message):
    if len(points) < 1000:
        assert_points_refused(place, points, FAILED, f"standard input{message}")
    else:
        arguments = ["f.npy", "-p", "-", "-o", "out.csv"]
        assert_refused(place, arguments, FAILED, f"standard input{message}", stdin=points)


def test_names_of_results_are_refused_where_a_table_has_them(place):
    message = "points: column value is there already, and a result has this name; another name is needed"
    points = b"axis0,axis1,value\n1,2,3\n"

    assert_refused(place, ["f.npy", "-p", "-"], USAGE, message, stdin=points)
    array = tool.succeed("at", "f.npy", "-p", "-", "-o", "-", cwd=place, stdin=points)

    np.testing.assert_array_equal(tool.array_of(array), [[8, 6, 1]])


@pytest.mark.parametrize(
    "points, message",
    [
        (np.zeros((3, 3)), "shape (3, 3) given; (n, 2) is needed, a column for each of axis0, axis1"),
        (np.zeros(2), "shape (2) given; (n, 2) is needed, a column for each of axis0, axis1"),
        (np.zeros((1, 2), "c8"), "dtype <c8 given; real numbers are needed, and dates are accepted in CSV"),
        (np.zeros((1, 2), "M8[s]"), "dtype <M8[s] given; real numbers are needed, and dates are accepted in CSV"),
    ],
)  # fmt: skip
def test_arrays_of_points_are_refused(place, points, message):
    np.save(place / "p.npy", points)

    assert_refused(place, ["f.npy", "-p", "p.npy", "-o", "out.npy"], USAGE, f"points: {message}")


PICKED = "4 samples, counted from 0, or from -1 backwards"


@pytest.mark.parametrize(
    "arguments, code, message",
    [
        (["--pick", "0"], USAGE, "pick: '0' given; AXIS=SAMPLE is needed, as in 0=0"),
        (["--pick", "0=4"], USAGE, f"pick: '0=4' given; 0 has {PICKED}"),
        (["--pick", "axis0=-5"], USAGE, f"pick: 'axis0=-5' given; 0 has {PICKED}"),
        (["--pick", "0=x"], USAGE, f"pick: '0=x' given; 0 has {PICKED}"),
        (["--pick", "0=1,axis0=2"], USAGE, "pick: 0 given twice; one sample is taken"),
        (["--pick", "lat=1"], USAGE, "axis: 'lat' given; the field has axes 0, 1"),
        (["--pick", "0=1,1=2"], USAGE,
         "axis: one sample is taken along every axis; points lie along one at least"),
        (["--accuracy", "3"], USAGE, "accuracy: 3 given; 2 or 4 is accepted"),
        (["--accuracy", "2", "--interpolation", "linear"], USAGE,
         "accuracy: given; only --interpolation cubic has slopes of an accuracy"),
        (["--accuracy", "4"], USAGE,
         "axis 0: field: 4 samples; at least 6 are needed; --pick 0=0 takes the first sample, and "
         "--interpolation linear needs 2"),
        (["--interpolation", "cubik"], USAGE,
         "--interpolation: 'cubik' given; linear, cubic or spline is accepted; did you mean cubic?"),
        (["--outside", "never"], USAGE, "--outside: 'never' given; missing, extend or clamp is accepted"),
        (["--fill", "x"], USAGE, "--fill: 'x' given; a number is needed"),
        (["-v", "T"], USAGE,
         "variable: given for an input that is one array and has no variables"),
        (["-b", "1=neumann@2"], UNSUPPORTED,
         "axis 1: boundary: slope 2 given; an interpolant takes the slope 0"),
        (["-s", "0.5@x"], USAGE, "spacing: '0.5@x' given; a number, a variable of the input, or a .npy "
                                 "or text file is accepted"),
        (["-s", "1@nan"], USAGE, "axis 0: first: nan given; a finite number is needed"),
        (["-o", "out.nc"], UNSUPPORTED, "output: out.nc given; .csv, .npy and - are accepted"),
        (["-o", "kept.csv"], EXISTS, "output: kept.csv exists; -O replaces it"),
        (["-o", "p.csv", "-O"], USAGE, "output: p.csv is the input; another file is needed"),
        (["-o", "none/out.csv"], FAILED, "output: directory none: No such file or directory"),
    ],
)  # fmt: skip
def test_arguments_are_refused(place, arguments, code, message):
    assert_refused(place, ["f.npy", "-p", "p.csv", *arguments], code, message)


def test_positions_that_turn_are_refused(place):
    (place / "x.csv").write_text("0\n2\n1\n3\n4\n5\n")

    message = (
        "axis 1: coordinates: positions 1 and 2 are 2 and 1; increasing or decreasing positions are needed "
        "to find a location"
    )
    assert_refused(place, ["f.npy", "-p", "p.csv", "-s", "1,x.csv"], USAGE, message)


def test_streams_are_read_once(place):
    message = "points: - given for the input too; standard input is read once"
    assert_refused(place, ["-", "-p", "-"], USAGE, message)


def test_points_must_be_given_and_there(place):
    assert_refused(place, ["f.npy"], USAGE, "--points: none given; a table of locations is needed, or -")
    assert_refused(place, ["f.npy", "-p", "none.csv"], FAILED, "none.csv: No such file or directory")


NC = ["f.nc", "-v", "f", "-p", "-"]


def test_axes_that_the_points_do_not_name_are_refused(place):
    message = (
        "axis time: field: 2 samples; at least 4 are needed; --pick time=0 takes the first sample, "
        "and --interpolation linear needs 2"
    )
    assert_refused(place, NC, USAGE, message, stdin=b"lat\n1\n")
    message = (
        "points: no column is named time (nor date, datetime); the columns are lat; "
        "--pick time=0 takes the first sample along this axis"
    )
    assert_refused(place, [*NC, "--interpolation", "linear"], USAGE, message, stdin=b"lat\n1\n")


def test_columns_that_nearly_name_an_axis_are_suggested(place):
    message = (
        "points: no column is named latitude (nor lat); the columns are lattitude; did you mean "
        "lattitude?; --pick latitude=0 takes the first sample along this axis"
    )
    assert_refused(place, [*NC, "--pick", "time=0"], USAGE, message, stdin=b"lattitude\n1\n")


def test_tables_for_named_axes_need_a_header(place):
    message = (
        "points: the first row of standard input holds numbers; a header that names the axes "
        "latitude is needed"
    )
    assert_refused(place, [*NC, "--pick", "time=0"], USAGE, message, stdin=b"1\n")


def test_dates_are_refused_where_units_have_no_fixed_length(place):
    message = (
        "standard input:2: date: '2001-01-05' is not a number; axis time does not say what dates "
        "are in its units"
    )
    arguments = [*NC, "--interpolation", "linear"]
    assert_refused(place, arguments, FAILED, message, stdin=b"date,lat\n2001-01-05,1\n")


@pytest.mark.parametrize("date", ["2001-02-29", "2001-1-32", "2001-01-01T25:00", "2001-01-01 later", "1 May"])
def test_dates_that_are_none_are_refused(place, date):
    write_field(place / "t.nc", np.arange(4.0), time=(np.arange(4.0), {"units": "days since 2001-01-01"}))

    message = f"standard input:2: time: '{date}' is not a number or a date of the calendar, as 2001-01-31T12:00"
    arguments = ["t.nc", "-v", "f", "-p", "-"]
    assert_refused(place, arguments, FAILED, message, stdin=f"time\n{date}\n".encode())


def test_splines_of_fields_with_gaps_are_refused(place):
    field = np.ones((4, 6))
    field[1, 2] = np.nan
    np.save(place / "f.npy", field)

    message = (
        "field: sample (1, 2) is missing or not finite; a spline needs all samples, linear and "
        "cubic interpolation do not"
    )
    assert_refused(place, ["f.npy", "-p", "p.csv", "--interpolation", "spline"], USAGE, message)
