# test_log_bad_input.py: every refusal of a log by its words
#
# SPDX-License-Identifier: BSD-3-Clause

import numpy as np
import pytest

import tool

FAILED, USAGE, EXISTS, UNSUPPORTED = 1, 2, 3, 4
INCREMENTS = (
    "; all are positive, like increments: coordinates are positions, and a running sum of "
    "increments gives them"
)
LOG = b"stamp,speed,yaw\n0,1,10\n1,2,20\n3,4,30\n"


@pytest.fixture
def place(tmp_path):
    (tmp_path / "log.csv").write_bytes(LOG)
    (tmp_path / "kept.csv").write_bytes(b"kept")
    return tmp_path


def assert_refused(place, arguments, code, message, stdin=b""):
    before = tool.contents(place)

    process = tool.run("grad", *arguments, cwd=place, stdin=stdin)

    assert process.stderr.decode() == f"gridgrad: {message}\n"
    assert process.returncode == code
    assert process.stdout == b""
    assert tool.contents(place) == before


def assert_log_refused(place, log, code, message, options=()):
    """Wherever results would go."""
    for output in ([], ["-o", "out.csv"], ["-o", "out.npy"]):
        arguments = ["-", "-x", "t", "-v", "v", *options, *output]
        assert_refused(place, arguments, code, message, stdin=log)


COLUMNS = "the columns are stamp, speed, yaw"


@pytest.mark.parametrize(
    "options, message",
    [
        ("-x stamp -v sped", f"variable: 'sped' given; {COLUMNS}; did you mean speed?"),
        ("-x time -v speed", f"axis: 'time' given; {COLUMNS}"),
        ("-x Stamp -v speed", f"axis: 'Stamp' given; {COLUMNS}; did you mean stamp?"),
        ("-x 0 -v speed", f"axis: '0' given; {COLUMNS}"),
        ("-v speed", "axis: none given; -x needs one column, of the stamps: stamp, speed, yaw"),
        (
            "-x stamp,yaw -v speed",
            "axis: stamp, yaw given; -x needs one column, of the stamps: stamp, speed, yaw",
        ),
        (
            "-x stamp",
            "variable: none given; -v needs columns to differentiate, some of stamp, speed, yaw",
        ),
        ("", "axis: none given; -x needs one column, of the stamps: stamp, speed, yaw"),
        ("-x stamp -v speed,speed", "variable: speed given twice"),
        ("-x stamp -v stamp", "variable: stamp is the axis; another column is needed"),
        ("-s 1", "spacing: given for a log, whose samples lie at its column -x"),
        ("-b 0=nearest", "boundary: given for a log, whose ends are one-sided"),
        ("-x stamp -v speed --derivative 7", "derivative: 7 given; 1 to 6 is needed"),
        (
            "-x stamp -v speed -e 3",
            "axis stamp: field: 3 samples along axis 0; at least 4 are needed",
        ),
    ],
)
def test_selections_are_refused(place, options, message):
    assert_refused(place, ["log.csv", *options.split()], USAGE, message)


@pytest.mark.parametrize("period", ["0", "-360", "0deg", "inf", "nan", "deg", "1turn", "yaw=0"])
def test_periods_are_refused(place, period):
    word = period.split("=")[-1]
    assert_refused(
        place,
        ["log.csv", "-x", "stamp", "-v", "yaw", f"--period={period}"],
        USAGE,
        f"period: '{word}' given; a positive number is needed, as 360deg, 2pi, 65536 or yaw=360",
    )


@pytest.mark.parametrize(
    "period, message",
    [
        ("yw=360", "'yw' given; -v has speed, yaw; did you mean yaw?"),
        ("yaw=360,yaw=2pi", "given twice for yaw"),
        ("yaw=360,360", "given twice for yaw"),
    ],
)
def test_columns_of_periods_are_refused(place, period, message):
    arguments = ["log.csv", "-x", "stamp", "-v", "speed,yaw", "--period", period]
    assert_refused(place, arguments, USAGE, f"period: {message}")


def test_a_period_that_is_no_turn_is_said(place):
    process = tool.run(
        "grad", "log.csv", "-x", "stamp", "-v", "yaw", "--period", "6.283", cwd=place
    )

    assert process.stderr == b"period 6.283 is not a whole turn, which is 2pi\n"
    assert process.returncode == 0


@pytest.mark.parametrize(
    "options, message",
    [
        (
            "--duplicates most",
            "--duplicates: 'most' given; first, last, mean or refuse is accepted",
        ),
        ("--time-unit h", "--time-unit: 'h' given; s, ms, us or ns is accepted"),
    ],
)
def test_words_are_refused(place, options, message):
    arguments = ["log.csv", "-x", "stamp", "-v", "yaw", *options.split()]
    assert_refused(place, arguments, USAGE, message)


@pytest.mark.parametrize(
    "cells, message",
    [
        (["1", "2024-05-01"], "3: t: a date where line 2 has a number; one of the two throughout is needed"),
        (["2024-05-01", "", "1"], "4: t: a number where line 2 has a date; one of the two throughout is needed"),
        (["1", '""'], "3: t: '' given; every row needs a finite stamp"),
        (["1", "nan"], "3: t: 'nan' given; every row needs a finite stamp"),
        (["-inf"], "2: t: '-inf' given; every row needs a finite stamp"),
        (["2024-05-01", "NaT"], "3: t: 'NaT' given; every row needs a finite stamp"),
        (["1", "noon"], "3: t: 'noon' is neither a number nor a date, as 2001-01-31T12:00:00.5Z"),
        (["2024-02-30"], "2: t: '2024-02-30' is neither a number nor a date, as 2001-01-31T12:00:00.5Z"),
        (["1e999"], "2: t: '1e999' is neither a number nor a date, as 2001-01-31T12:00:00.5Z"),
    ],
)  # fmt: skip
def test_stamps_are_refused(place, cells, message):
    log = "t,v\n" + "".join(f"{cell},1\n" if cell else "\n" for cell in cells)

    assert_log_refused(place, log.encode(), FAILED, f"standard input:{message}")


def test_dates_have_their_unit(place):
    message = (
        "standard input:2: t: a date, and --time-unit is for numbers; derivatives along dates are "
        "per second without it"
    )
    assert_log_refused(place, b"t,v\n2024-05-01,1\n", FAILED, message, ["--time-unit", "ms"])


@pytest.mark.parametrize(
    "rows, message",
    [
        (b"1,x\n", "2: v: 'x' is not a number"),
        (b"1,2024-05-01\n", "2: v: '2024-05-01' is not a number"),
        (b"1,1\n2\n", "3: 1 cells where the first row has 2"),
        (b"1,1\n2,3,4\n", "3: 3 cells where the first row has 2"),
        (b'1,"1\n', "2: a quote that is not closed"),
        (b"1,18446744073709551615\n", "2: v: 18446744073709551615 is beyond 63 bits and a sign"),
        (b"1,9007199254740993\n2,\n", "3: v: 9007199254740993 is beyond 2^53, and the column has cells "
                                    "that are missing or not whole"),
        (b"1,0.5\n2,9007199254740993\n", "3: v: 9007199254740993 is beyond 2^53, and the column has "
                                       "cells that are missing or not whole"),
    ],
)  # fmt: skip
def test_cells_are_refused(place, rows, message):
    assert_log_refused(place, b"t,v\n" + rows, FAILED, f"standard input:{message}")


TURN = "not monotone: from line {} to line {} stamps turn; rows in the order of their stamps are needed"
REPEAT = "; --duplicates first, last or mean makes one sample of them"


@pytest.mark.parametrize(
    "stamps, message",
    [
        ("0 1 3 2", TURN.format(4, 5)),
        ("1 3 3 2", TURN.format(4, 5) + INCREMENTS),
        ("0.1 0.2 0.15", TURN.format(3, 4) + INCREMENTS),
        ("3 2 5", TURN.format(3, 4) + INCREMENTS),
        ("2024-05-02 2024-05-01 2024-05-03", TURN.format(3, 4)),
        ("0 1 1 2", "a stamp that repeats the one before, in lines 3 and 4" + REPEAT),
        ("0 0 1 1 2 2 2", "4 stamps that repeat the one before, in lines 2 and 3, 4 and 5, 6 and 7, ..."
         + REPEAT),
        ("0.1 0.1 0.1", "2 stamps that repeat the one before, in lines 2 and 3, 3 and 4" + REPEAT
         + INCREMENTS),
        ("1700000000 1700000001 1700000002000", "another time unit from line 3 to line 4, a power of "
         "1000 apart; one unit throughout is needed"),
        ("1700000000000000000 1700000000001", "another time unit from line 2 to line 3, a power of "
         "1000 apart; one unit throughout is needed"),
        ("", "field: 0 samples along axis 0; at least 2 are needed"),
        ("5", "field: 1 sample along axis 0; at least 2 are needed"),
    ],
)  # fmt: skip
def test_orders_of_stamps_are_refused(place, stamps, message):
    log = "t,v\n" + "".join(f"{stamp},1\n" for stamp in stamps.split())

    assert_log_refused(place, log.encode(), USAGE, f"axis t: {message}")


def test_one_sample_after_duplicates_is_refused(place):
    message = "axis t: field: 1 sample along axis 0; at least 2 are needed"
    assert_log_refused(place, b"t,v\n5,1\n5,2\n", USAGE, message, ["--duplicates", "mean"])


def test_integers_beyond_their_bits_are_refused(place):
    big = 2**62
    message = "period: with whole periods added, samples are beyond the 64 bits of an integer"
    log = f"t,v\n1,{big}\n2,{2 * big - 1}\n3,{big // 2}\n".encode()
    assert_log_refused(place, log, USAGE, message, ["--period", str(2 * big - 1)])
    message = (
        f"column v: {big} is beyond 2^53; means, and periods that are not whole, are of float64"
    )
    assert_log_refused(place, f"t,v\n1,{big}\n2,1\n".encode(), USAGE, message, ["--period", "0.5"])


@pytest.mark.parametrize(
    "log, message",
    [
        (b"", "has no row; a header that names the columns is needed"),
        (b"# nothing\n\n", "has no row; a header that names the columns is needed"),
    ],
)
def test_empty_inputs_are_refused(place, log, message):
    assert_log_refused(place, log, FAILED, f"standard input: {message}")


@pytest.mark.parametrize(
    "log, message",
    [
        (b"1,2\n", "variable: the first row of standard input holds numbers; a header that names "
                   "the columns is needed"),
        (b"t,t,v\n1,2,3\n", "axis: several columns are named t; another name is needed"),
        (b"t,v,v\n1,2,3\n", "variable: several columns are named v; another name is needed"),
        (b"t,v,dv_dt\n1,2,3\n", "standard input: column dv_dt is there already, and a result has this "
                                "name; another name is needed"),
        (tool.npy_bytes(np.ones(3)), "variable: given for an input that is one array and has no variables"),
    ],
)  # fmt: skip
def test_headers_are_refused(place, log, message):
    assert_log_refused(place, log, USAGE, message)


@pytest.mark.parametrize("option", ["--period=1", "--duplicates=mean", "--time-unit=s"])
def test_options_of_logs_are_refused_elsewhere(place, option):
    np.save(place / "field.npy", np.ones(3))
    message = "given for an input that is not a table with a header"

    name = option[2:].split("=")[0]
    assert_refused(place, ["field.npy", option], USAGE, f"{name}: {message}")


def test_outputs_are_refused(place):
    grad = ["log.csv", "-x", "stamp", "-v", "yaw", "-o"]
    assert_refused(place, [*grad, "kept.csv"], EXISTS, "output: kept.csv exists; -O replaces it")
    message = "output: log.csv is the input; another file is needed"
    assert_refused(place, [*grad, "log.csv", "-O"], USAGE, message)
    message = "output: out.nc given; .csv, .npy and - are accepted"
    assert_refused(place, [*grad, "out.nc"], UNSUPPORTED, message)
    process = tool.run("grad", *grad, "none/out.csv", cwd=place)
    assert process.returncode == FAILED and b"none" in process.stderr


@pytest.mark.parametrize("options, name", [(["-m", "1MB"], "memory"), (["-n"], "dry-run")])
def test_options_of_parts_are_refused(place, options, name):
    message = f"{name}: given for a log, which is read as a table or row by row"

    assert_refused(place, ["log.csv", "-x", "stamp", "-v", "yaw", *options], USAGE, message)
