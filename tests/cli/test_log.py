# test_log.py: rates of the columns of a log, beside numpy.gradient of exact fractions
#
# SPDX-License-Identifier: BSD-3-Clause
"""NumPy's formulas are evaluated in fractions, of the digits that stand in the log, and rounded
once.

The bound. A row is sum w_j (f_j - f_base) of float64: three roundings per term (difference,
weight, product), one of their sum, one to seconds, one of NumPy's result, each relative to
T = sum |w_j| |f_j - f_base|, and one of each sample as it is read: u |f_j| |w_j|.
"""

import csv
import io
from fractions import Fraction

import numpy as np
import pytest

import tool

ROUNDINGS = 6
U = 2.0**-53
SECOND_ORDER = 1 + 2.0**-20


def table(*columns, header, end="\n"):
    rows = [header, *(",".join(map(str, row)) for row in zip(*columns))]
    return (end.join(rows) + end).encode()


def column(output, name):
    rows = csv.DictReader(io.StringIO(output.decode(), newline=""))
    return np.array([float(row[name] or "nan") for row in rows])


def exact(texts):
    return np.array([Fraction(text) for text in texts], dtype=object)


def bound(samples, stamps, edge_order):
    """Of each row; the rows at the ends of order 2 are those of their neighbours' samples."""
    f, x = samples, stamps
    bounds = []
    for i in range(len(f)):
        first = min(max(i - 1, 0), len(f) - 3)
        nodes = list(range(first, first + 3))
        if i in (0, len(f) - 1) and edge_order == 1:
            nodes = [0, 1] if i == 0 else [i - 1, i]
        total = Fraction(0)
        for j in nodes:
            others = [k for k in nodes if k != j]
            weight = sum(
                np.prod([x[i] - x[m] for m in others if m != k], initial=Fraction(1))
                for k in others
            ) / np.prod([x[j] - x[k] for k in others], initial=Fraction(1))
            total += abs(weight) * (ROUNDINGS * abs(f[j] - f[i]) + abs(f[j]) + abs(f[i]))
        bounds.append(float(total) * U * SECOND_ORDER)
    return np.array(bounds)


def random_log(seed, rows=300):
    random = np.random.default_rng(seed)
    gaps = random.integers(9_000_000, 11_000_000, rows)
    gaps[random.random(rows) < 0.1] *= 7  # dropped samples
    stamps = 1_700_000_000_123_456_789 + np.cumsum(gaps)
    return stamps, [f"{v:.6f}" for v in np.cumsum(random.normal(0, 0.1, rows)) + 20]


def iso(stamps):
    return [str(np.datetime64(int(stamp), "ns")) + "Z" for stamp in stamps]


def decimal(stamps):
    return [f"{stamp // 10**9}.{stamp % 10**9:09}" for stamp in map(int, stamps)]


FORMS = {
    "nanoseconds": (lambda stamps: stamps, ["--time-unit", "ns"]),
    "seconds": (decimal, []),
    "seconds, said": (decimal, ["--time-unit", "s"]),
    "dates": (iso, []),
}


@pytest.mark.parametrize("edge_order", [1, 2])
@pytest.mark.parametrize("form", FORMS)
def test_rates_are_those_of_numpy(tmp_path, form, edge_order):
    write, options = FORMS[form]
    stamps, speed = random_log(7)
    log = table(write(stamps), speed, header="stamp,speed")

    output = tool.succeed("grad", "-", "-x", "stamp", "-v", "speed", "-e", edge_order, *options,
                          cwd=tmp_path, stdin=log)  # fmt: skip

    seconds = np.array([Fraction(int(stamp), 10**9) for stamp in stamps], dtype=object)
    expected = np.gradient(exact(speed), seconds, edge_order=edge_order)
    error = np.abs(column(output, "dspeed_dstamp") - expected)
    assert np.all(error <= bound(exact(speed), seconds, edge_order))


@pytest.mark.parametrize("order, name", [(1, "dspeed_dstamp"), (2, "d2speed_dstamp2")])
def test_files_hold_what_is_printed(tmp_path, order, name):
    stamps, speed = random_log(1)
    (tmp_path / "log.csv").write_bytes(table(stamps, speed, speed[::-1], header="stamp,speed,back"))
    grad = ["grad", "log.csv", "-x", "stamp", "-v", "speed,back", "--derivative", order]

    printed = tool.succeed(*grad, cwd=tmp_path)
    tool.succeed(*grad, "-o", "rates.csv", cwd=tmp_path)
    tool.succeed(*grad, "-o", "rates.npy", "-j", 1, cwd=tmp_path)

    assert (tmp_path / "rates.csv").read_bytes() == printed
    rates = np.load(tmp_path / "rates.npy")
    assert rates.shape == (300, 2)
    assert np.array_equal(rates[:, 0], column(printed, name))
    assert rates.tobytes() == tool.succeed(*grad, "-o", "-", cwd=tmp_path)[-rates.nbytes :]


def test_stamps_differ_in_the_last_digit(tmp_path):
    log = b"stamp,count\n1700000000000000000,0\n1700000000000000001,2\n1700000000000000003,6\n"

    output = tool.succeed("grad", "-", "-x", "stamp", "-v", "count", cwd=tmp_path, stdin=log)

    assert column(output, "dcount_dstamp").tolist() == [2, 2, 2]


def test_dates_differ_in_the_last_digit(tmp_path):
    log = table(
        [f"2024-05-01T12:00:00.{k:09}" for k in (999999996, 999999997, 999999999)],
        [0, 2, 6],
        header="stamp,count",
    )

    output = tool.succeed("grad", "-", "-x", "stamp", "-v", "count", cwd=tmp_path, stdin=log)

    assert np.all(np.abs(column(output, "dcount_dstamp") - 2e9) <= 4 * U * 2e9)


def test_units_are_said(tmp_path):
    def said(log, *options):
        return tool.run("grad", "-", "-x", "t", "-v", "v", *options, cwd=tmp_path, stdin=log).stderr

    assert said(b"t,v\n1,1\n2,2\n") == b""
    assert said(b"t,v\n1,1\n2,2\n", "--time-unit", "ms") == b"dv_dt per second\n"
    assert said(b"t,v\n2024-05-01,1\n2024-05-02,2\n") == b"dv_dt per second\n"
    assert said(b"t,v\n1700000000000,1\n1700000000500,2\n") == (
        b"dv_dt per unit of t, which looks like ms since 1970; --time-unit ms gives "
        b"derivatives per second\n"
    )


@pytest.mark.parametrize("hole", ["", "nan", "NA"])
def test_missing_samples(tmp_path, hole):
    log = table([0, 1, 3, 4, 6], [0, 2, hole, 8, 12], header="t,v")
    grad = ["grad", "-", "-x", "t", "-v", "v"]

    process = tool.run(*grad, cwd=tmp_path, stdin=log)
    adapted = tool.run(*grad, "--missing", "adapt", cwd=tmp_path, stdin=log)

    assert process.stdout.endswith(f"\n0,0,2\n1,2,\n3,{hole},\n4,8,\n6,12,2\n".encode())
    assert process.stderr == (
        b"1 of 5 cells of v missing; --missing adapt differentiates around them\n"
    )
    assert adapted.stdout.endswith(f"\n0,0,2\n1,2,2\n3,{hole},\n4,8,2\n6,12,2\n".encode())
    assert adapted.stderr == b"1 of 5 cells of v missing\n"


@pytest.mark.parametrize("duplicates, sample", [("first", 2), ("last", 6), ("mean", 4)])
def test_duplicates(tmp_path, duplicates, sample):
    log = b"t,v\n0,0\n1,2\n1,4\n1,6\n3,9\n3,nan\n"

    output = tool.succeed("grad", "-", "-x", "t", "-v", "v", "--duplicates", duplicates,
                          cwd=tmp_path, stdin=log)  # fmt: skip

    rates = np.gradient([0.0, sample, 9.0], [0.0, 1.0, 3.0])
    assert output.count(b"\n") == 7
    np.testing.assert_allclose(
        column(output, "dv_dt"), rates[[0, 1, 1, 1, 2, 2]], rtol=ROUNDINGS * U, atol=8 * U
    )


def test_the_mean_of_angles_is_on_their_circle(tmp_path):
    log = b"t,yaw\n0,350\n1,358\n1,2\n2,10\n"

    output = tool.succeed("grad", "-", "-x", "t", "-v", "yaw", "--duplicates", "mean", "--period",
                          "360deg", cwd=tmp_path, stdin=log)  # fmt: skip

    assert column(output, "dyaw_dt").tolist() == [10, 10, 10, 10]


@pytest.mark.parametrize(
    "period, turn", [("2pi", 2 * np.pi), ("360deg", 360), ("yaw=2pirad", 2 * np.pi)]
)
@pytest.mark.parametrize("way", [5.0, -5.0])
def test_turning_has_no_spike(tmp_path, way, period, turn):
    stamps = np.cumsum(np.random.default_rng(3).uniform(0.005, 0.1, 1300))
    rate = way * turn / (2 * np.pi)
    yaw = np.remainder(rate * stamps + turn / 2, turn) - turn / 2
    assert np.sum(np.abs(np.diff(yaw)) > turn / 2) >= 50
    log = table(stamps.tolist(), yaw.tolist(), np.ones(1300), header="t,yaw,other")

    output = tool.succeed("grad", "-", "-x", "t", "-v", "yaw,other", "--period", period, "-e", 2,
                          cwd=tmp_path, stdin=log)  # fmt: skip

    # The angle is rounded before and after it is wrapped and when it is unwrapped: 3 u of the
    # whole way, in two samples, over the least distance; slopes at the ends weigh it 4 times.
    allowed = 4 * 2 * 3 * U * np.abs(rate * stamps[-1]) / np.diff(stamps).min()
    assert np.all(np.abs(column(output, "dyaw_dt") - rate) <= allowed)
    assert np.all(column(output, "dother_dt") == 0)


@pytest.mark.parametrize("bits", [8, 16, 32])
@pytest.mark.parametrize("step", [3, -3])
def test_counters_roll_over_exactly(tmp_path, bits, step):
    counts = (2 ** (bits - 1) + step * (2 ** (bits - 3)) * np.arange(40, dtype=object)) % 2**bits
    log = table(range(40), counts, header="t,ticks")

    output = tool.succeed("grad", "-", "-x", "t", "-v", "ticks", "--period", 2**bits, cwd=tmp_path,
                          stdin=log)  # fmt: skip

    assert np.all(column(output, "dticks_dt") == step * 2 ** (bits - 3))


def test_half_a_period_goes_up(tmp_path):
    for samples in (["0", "180", "0"], ["0.0", "180", "0"]):
        log = table(range(3), samples, header="t,yaw")

        output = tool.succeed("grad", "-", "-x", "t", "-v", "yaw", "--period", "360", cwd=tmp_path,
                              stdin=log)  # fmt: skip

        assert column(output, "dyaw_dt").tolist() == [180, 180, 180]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_are_carried_byte_for_byte(tmp_path, separator, end):
    cells = [
        ['"who, or ""what"""', " stamp", "v ", "w"],
        ['"a\nb; c,d\te"', "+0", " 1.50", "x"],
        ['""', '"1"', '"2.5"', "  "],
        ["Ada", "2e0 ", "4", ""],
    ]
    rows = [separator.join(row) for row in cells]

    output = tool.succeed("grad", "-", "-x", "stamp", "-v", "v", cwd=tmp_path,
                          stdin=end.join(rows).encode())  # fmt: skip

    results = ["dv_dstamp", "1", "1.25", "1.5"]
    expected = [row + separator + result for row, result in zip(rows, results)]
    assert output == "".join(row + end for row in expected).encode()


def test_results_with_separators_in_their_names_are_quoted(tmp_path):
    output = tool.succeed("grad", "-", "-x", "t", "-v", 'a "b"', cwd=tmp_path,
                          stdin=b't,"a ""b"""\n0,1\n1,2\n')  # fmt: skip

    assert output.splitlines()[0] == b't,"a ""b""","da ""b""_dt"'
