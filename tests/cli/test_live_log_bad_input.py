# test_live_log_bad_input.py: what row by row cannot be, before and while rows are written
#
# SPDX-License-Identifier: BSD-3-Clause

import numpy as np
import pytest
import tool
from test_log_bad_input import EXISTS, FAILED, LOG, USAGE, assert_refused


@pytest.fixture
def place(tmp_path):
    (tmp_path / "log.csv").write_bytes(LOG)
    (tmp_path / "kept.csv").write_bytes(b"kept")
    return tmp_path


NOT_FIRST = (
    "duplicates: given with --causal, where the first of rows with one stamp counts: the others are "
    "not known yet"
)
DERIVATIVE = (
    "derivative: {} given; with --causal the first is accepted, with --window of degree 2 and above "
    "the second, too"
)


@pytest.mark.parametrize(
    "options, message",
    [
        ("--causal --accuracy 8", "accuracy: 8 given; with --causal 1 to 7 is needed"),
        ("--causal -e 0", "edge-order: 0 given; with --causal 1 to 7 is needed"),
        ("--causal --derivative 2", DERIVATIVE.format(2)),
        ("--window 5 --degree 1 --derivative 2", DERIVATIVE.format(2)),
        ("--causal --window 5 --derivative 3", DERIVATIVE.format(3)),
        ("--causal --duplicates last", NOT_FIRST),
        ("--causal --duplicates mean", NOT_FIRST),
        ("--causal --missing adapt", "missing: given with --causal, where samples that are missing are "
                                     "passed over"),
        ("--causal --window 2", "window: 2 given; degree 2 needs 3 samples at least"),
        ("--window 5 --degree 5", "window: 5 given; degree 5 needs 6 samples at least"),
        ("--window -3", "window: -3 given; degree 2 needs 3 samples at least"),
        ("--window 8", "window: 8 given; around a sample an odd number is needed, before it (--causal) any"),
        ("--window 129", "window: 129 given; at most 127 samples are kept"),
        ("--causal --window 129", "window: 129 given; at most 128 samples are kept"),
        ("--window 9 --degree 7", "degree: 7 given; 1 to 6 is needed"),
        ("--window 9 --degree 0", "degree: 0 given; 1 to 6 is needed"),
        ("--window 9 --missing adapt:3", "missing: adapt:3 given; the order of --window is its degree, 2"),
        ("--degree 2", "degree: given without --window"),
        ("--window 9 --accuracy 2", "accuracy: given with --window, whose order is its degree"),
        ("--window 9 -e 2", "edge-order: given with --window, whose order is its degree"),
        ("--causal --filter 1 -e 2", "edge-order: given with --filter, which has none"),
        ("--causal --filter 1 --window 9", "filter: given with --window; one of the two is accepted"),
        ("--filter 1", "filter: given without --causal; a filter knows only what was before"),
        ("--causal --filter 0", "filter: 0 given; a positive number is needed"),
        ("--causal --filter nan", "filter: nan given; a positive number is needed"),
        ("--causal --max-gap -1", "max-gap: -1 given; a positive number is needed"),
        ("--max-gap 1", "max-gap: given without --causal or --window"),
        ("--causal --period 0", "period: '0' given; a positive number is needed, as 360deg, 2pi, 65536 or "
                                "yaw=360"),
        ("--causal -b 0=nearest", "boundary: given for a log, whose ends are one-sided"),
        ("--causal -x time", "axis: stamp, time given; -x needs one column, of the stamps: stamp, speed, yaw"),
        ("--causal -v roll", "variable: 'roll' given; the columns are stamp, speed, yaw"),
        ("--window x", "--window: 'x' given; a whole number is needed"),
        ("--causal --filter x", "--filter: 'x' given; a number is needed"),
    ],
)  # fmt: skip
def test_options_are_refused(place, options, message):
    for output in ([], ["-o", "out.csv"], ["-o", "out.npy"]):
        arguments = ["log.csv", "-x", "stamp", "-v", "yaw", *options.split(), *output]
        assert_refused(place, arguments, USAGE, message)


@pytest.mark.parametrize(
    "option", ["--causal", "--window=3", "--degree=2", "--filter=1", "--max-gap=1"]
)
def test_options_of_logs_are_refused_elsewhere(place, option):
    np.save(place / "field.npy", np.ones(3))
    name = option[2:].split("=")[0]
    message = f"{name}: given for an input that is not a table with a header"

    assert_refused(place, ["field.npy", option], USAGE, message)


def test_outputs_are_refused(place):
    grad = ["log.csv", "-x", "stamp", "-v", "yaw", "--causal", "-o"]
    assert_refused(place, [*grad, "kept.csv"], EXISTS, "output: kept.csv exists; -O replaces it")
    message = "output: log.csv is the input; another file is needed"
    assert_refused(place, [*grad, "log.csv", "-O"], USAGE, message)


@pytest.mark.parametrize(
    "log, message",
    [
        (b"", "standard input: has no row; a header that names the columns is needed"),
        (b"t,v,dv_dt\n1,1,1\n", "standard input: column dv_dt is there already, and a result has this "
                                "name; another name is needed"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["--causal", "--window=3"])
def test_headers_are_refused(place, method, log, message):
    code = FAILED if log == b"" else USAGE
    assert_refused(place, ["-", "-x", "t", "-v", "v", method], code, message, stdin=log)


STAMPS = "; one of the two throughout is needed"


@pytest.mark.parametrize(
    "row, message",
    [
        (b"x,1", "t: 'x' is neither a number nor a date, as 2001-01-31T12:00:00.5Z"),
        (b"nan,1", "t: 'nan' given; every row needs a finite stamp"),
        (b"inf,1", "t: 'inf' given; every row needs a finite stamp"),
        (b",1", "t: '' given; every row needs a finite stamp"),
        (b"2024-05-01,1", "t: a date where line 2 has a number" + STAMPS),
        (b"4,x", "v: 'x' is not a number"),
        (b"4,9007199254740993", "v: 9007199254740993 is beyond 2^53; row by row numbers are float64"),
        (b"4,99999999999999999999", "v: 99999999999999999999 is beyond 2^53; row by row numbers are "
                                    "float64"),
        (b"4", "1 cells where the first row has 2"),
        (b'4,"1', "a quote that is not closed"),
    ],
)  # fmt: skip
def test_rows_before_a_bad_one_are_answered(place, row, message):
    log = b"t,v\n0,0\n1,2\n2,4\n3,6\n" + row + b"\n5,10\n"
    message = f"standard input:6: {message}"
    answers = {
        "--causal": b"t,v,dv_dt\n0,0,\n1,2,2\n2,4,2\n3,6,2\n",
        "--window=3 --degree=1": b"t,v,dv_dt\n0,0,2\n1,2,2\n",
    }
    for method, answer in answers.items():
        grad = ["grad", "-", "-x", "t", "-v", "v", *method.split()]

        process = tool.run(*grad, cwd=place, stdin=log)

        assert process.stdout == answer
        assert process.stderr.decode() == f"gridgrad: {message}\n"
        assert process.returncode == FAILED
        for output in ("out.csv", "out.npy"):
            assert_refused(place, [*grad[1:], "-o", output], FAILED, message, stdin=log)


@pytest.mark.parametrize(
    "rows, line, message",
    [
        (b"0,0\n2,2\n1,3\n", 4, "a stamp before that of the row before; rising stamps are needed"),
        (b"0,0\n2,2\n2,3\n", 4, "a stamp that repeats the one before; --duplicates first, last or mean "
                                "makes one sample of them"),
    ],
)  # fmt: skip
def test_stamps_out_of_order_are_refused_in_windows(place, rows, line, message):
    grad = ["-", "-x", "t", "-v", "v", "--window", "3"]
    assert_refused(
        place, grad, FAILED, f"standard input:{line}: t: {message}", stdin=b"t,v\n" + rows
    )


@pytest.mark.parametrize("rows", [b"", b"0,0\n", b"0,0\n1,1\n1,2\n"])
def test_logs_shorter_than_a_window_are_refused(place, rows):
    grad = ["-", "-x", "t", "-v", "v", "--window", "3", "--duplicates", "first"]
    message = "axis t: fewer than the 3 samples of --window"
    assert_refused(place, grad, USAGE, message, stdin=b"t,v\n" + rows)
    message += " between gaps"
    assert_refused(place, [*grad, "--max-gap", "9"], USAGE, message, stdin=b"t,v\n" + rows)


@pytest.mark.parametrize(
    "rows, options, message",
    [
        (b"0,0\n10000000000,1\n", ["--time-unit", "s"], "'10000000000' is beyond 63 bits of nanoseconds, "
                                                       "which are 292 years"),
        (b"1e9,0\n1e10,1\n", ["--time-unit", "s"], "'1e10' is beyond 63 bits of nanoseconds, which are 292 "
                                                "years"),
        (b"2001-01-31,0\n2300-01-01,1\n", [], "'2300-01-01' is beyond 63 bits of nanoseconds, which are 292 "
                                             "years"),
        (b"1700000000000000001,0\n1700000000000000000.5,1\n", [],
         "'1700000000000000000.5' is no integer within 2^53 of the first stamp; --time-unit keeps more "
         "digits"),
        (b"9223372036854775807,0\n-9223372036854775807,1\n", [],
         "'-9223372036854775807' is no integer within 2^53 of the first stamp; --time-unit keeps more "
         "digits"),
    ],
)  # fmt: skip
def test_stamps_beyond_their_bits_are_refused(place, rows, options, message):
    process = tool.run("grad", "-", "-x", "t", "-v", "v", "--causal", "-q", *options, cwd=place,
                       stdin=b"t,v\n" + rows)  # fmt: skip

    assert process.returncode == FAILED
    assert process.stderr.decode() == f"gridgrad: standard input:3: t: {message}\n"
    assert process.stdout.splitlines()[-1].endswith(b",0,")
