# test_live_log.py: rates of a log row by row, beside a Differentiator, to the bit
#
# SPDX-License-Identifier: BSD-3-Clause

import os
import subprocess

import numpy as np
import pytest
import tool
from test_log import column, decimal, iso, random_log, table

DIFFERENTIATE = os.environ["GRIDGRAD_DIFFERENTIATE"]
SECOND = 10**9


def pushed(stamps, samples, *words):
    """The derivatives of a Differentiator as the program prints them."""
    kind = "nanoseconds" if isinstance(stamps[0], (int, np.integer)) else "seconds"
    lines = "".join(f"{stamp} {sample}\n" for stamp, sample in zip(stamps, samples))
    process = subprocess.run(
        [DIFFERENTIATE, kind, *map(str, words)],
        input=lines.encode(), capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    return process.stdout.decode().splitlines()


def cells(output):
    """The last cells of all rows but the header, as they stand."""
    return [line.rsplit(b",", 1)[1].decode() for line in output.splitlines()[1:]]


def same_numbers(printed, pushed):
    """Shortest digits of the same bits, in one notation or another."""
    as_numbers = [[float(text or "nan") for text in texts] for texts in (printed, pushed)]
    return np.array_equal(*as_numbers, equal_nan=True)


def live_log(seed, rows=400):
    """Stamps that repeat, go back or come after a gap, and samples that are missing."""
    stamps, samples = random_log(seed, rows)
    random = np.random.default_rng(seed)
    stamps = stamps.copy()
    stamps[rows // 2 :] += 3 * SECOND
    for row in random.integers(1, rows, 20):
        stamps[row] = stamps[row - 1] - random.integers(0, 2) * 1000
    for row in random.integers(0, rows, 20):
        samples[row] = "nan"
    return [int(stamp) for stamp in stamps], samples


METHODS = {
    "--causal": ["backward", 2],
    "--causal --accuracy 2": ["backward", 3],
    "--causal -e 7 --accuracy 4": ["backward", 8],
    "--causal --window 9": ["window", 9, 2, 0],
    "--causal --window 4 --degree 1": ["window", 4, 1, 0],
    "--causal --window 128 --degree 6": ["window", 128, 6, 0],
    "--causal --filter 0.05": ["filter", 0.05],
    "--causal --max-gap 0.5 --duplicates first": ["backward", 2, "gap=0.5"],
    "--causal --period 360deg": ["backward", 2, "period=360"],
    "--causal --period 2pi --window 5 --max-gap 1": ["window", 5, 2, 0, f"period={2 * np.pi!r}", "gap=1"],
}  # fmt: skip
# How stamps are written, and as what they are pushed.
FORMS = {
    "nanoseconds": (lambda stamps: stamps, lambda stamps: stamps, ["--time-unit", "ns"]),
    "dates": (iso, lambda stamps: stamps, []),
    "seconds of 19 digits": (decimal, lambda stamps: stamps, []),
    "seconds, said": (decimal, lambda stamps: stamps, ["--time-unit", "s"]),
    "float64": (
        lambda stamps: [repr(stamp / SECOND) for stamp in stamps],
        lambda stamps: [stamp / SECOND for stamp in stamps],
        [],
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("method", METHODS)
def test_causal_rates_are_those_of_a_differentiator(tmp_path, method, form):
    write, push, options = FORMS[form]
    stamps, samples = live_log(11)
    wrapped = [sample if sample == "nan" else str(float(sample) * 50 % 360) for sample in samples]
    log = table(write(stamps), wrapped, header="stamp,yaw")

    output = tool.succeed("grad", "-", "-x", "stamp", "-v", "yaw", *method.split(), *options,
                          cwd=tmp_path, stdin=log)  # fmt: skip

    assert same_numbers(cells(output), pushed(push(stamps), wrapped, *METHODS[method]))


def test_integers_beyond_float64_count_from_the_first(tmp_path):
    stamps, samples = live_log(12)
    since = [float(stamp - stamps[0]) for stamp in stamps]

    output = tool.succeed("grad", "-", "-x", "t", "-v", "v", "--causal", cwd=tmp_path,
                          stdin=table(stamps, samples, header="t,v"))  # fmt: skip

    assert same_numbers(cells(output), pushed(since, samples, "backward", 2))


@pytest.mark.parametrize("order", [1, 2, 5])
def test_causal_rates_are_the_last_rows_of_grad(tmp_path, order):
    stamps, samples = random_log(13, rows=40)
    rows = ["grad", "-", "-x", "stamp", "-v", "speed", "-e", order, "--time-unit", "ns"]
    for end in (10, 23, 40):
        log = table(stamps[:end], samples[:end], header="stamp,speed")

        whole = tool.succeed(*rows, cwd=tmp_path, stdin=log)
        causal = tool.succeed(*rows, "--causal", cwd=tmp_path, stdin=log)

        assert cells(causal)[-1] == cells(whole)[-1]


@pytest.mark.parametrize("options", ["--causal", "--window 9", "--window 5 --causal -O"])
def test_files_hold_what_is_printed(tmp_path, options):
    stamps, speed = random_log(14)
    (tmp_path / "log.csv").write_bytes(table(stamps, speed, speed[::-1], header="stamp,speed,back"))
    grad = ["grad", "log.csv", "-x", "stamp", "-v", "speed,back", *options.split()]

    printed = tool.succeed(*grad, cwd=tmp_path)
    tool.succeed(*grad, "-o", "rates.csv", cwd=tmp_path)
    tool.succeed(*grad, "-o", "rates.npy", cwd=tmp_path)

    assert (tmp_path / "rates.csv").read_bytes() == printed
    rates = np.load(tmp_path / "rates.npy")
    assert rates.shape == (300, 2)
    assert np.array_equal(rates[:, 1], column(printed, "dback_dstamp"), equal_nan=True)
    assert rates.tobytes() == tool.succeed(*grad, "-o", "-", cwd=tmp_path)[-rates.nbytes :]


@pytest.mark.parametrize("output", ["csv", "npy", "printed"])
def test_a_log_without_rows_has_no_rates(tmp_path, output):
    options = {"csv": ["-o", "out.csv"], "npy": ["-o", "out.npy"], "printed": []}[output]

    printed = tool.succeed("grad", "-", "-x", "t", "-v", "v", "--causal", *options, cwd=tmp_path,
                           stdin=b"t,v\n")  # fmt: skip

    if output == "npy":
        assert np.load(tmp_path / "out.npy").shape == (0, 1)
    else:
        written = (tmp_path / "out.csv").read_bytes() if output == "csv" else printed
        assert written == b"t,v,dv_dt\n"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_each_line_is_answered_before_the_next_is_sent(tmp_path, end):
    grad = ["grad", "-", "-x", "t", "-v", "v,w", "--causal"]
    lines = [b"t,v,w", b"0,1,5", b"1,3,", b"# a remark", b'2,7,"6"', b"2,8,7", b"4,9,8"]
    answers = [b"t,v,w,dv_dt,dw_dt", b"0,1,5,,", b"1,3,,2,", None, b'2,7,"6",4,0.5', b"2,8,7,,",
               b"4,9,8,1,1"]  # fmt: skip
    with subprocess.Popen([tool.EXECUTABLE, *grad], cwd=tmp_path, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as process:  # fmt: skip
        for line, answer in zip(lines, answers):
            process.stdin.write(line + end)
            if answer is not None:
                assert process.stdout.readline() == answer + end
        # A line is answered when its end is there, not before.
        process.stdin.write(b"5,1")
        process.stdin.write(b"1,9" + end)
        assert process.stdout.readline() == b"5,11,9,2,1" + end
        process.stdin.close()
        assert process.stdout.read() == b""
        notes = process.stderr.read()
    assert process.returncode == 0
    assert notes == (
        b"2 of 6 rows have no dv_dt: 1 before there were enough samples, "
        b"1 at a stamp that is not after the one before\n"
        b"3 of 6 rows have no dw_dt: 1 before there were enough samples, "
        b"1 at a stamp that is not after the one before, 1 at a missing sample\n"
    )


def test_a_window_is_answered_when_it_is_full(tmp_path):
    grad = ["grad", "-", "-x", "t", "-v", "v", "--window", "5"]
    with subprocess.Popen([tool.EXECUTABLE, *grad], cwd=tmp_path, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, bufsize=0) as process:  # fmt: skip
        process.stdin.write(b"t,v\n0,0\n1,2\n2,4\n3,6\n4,8\n5,10\n")
        printed = [process.stdout.readline() for _ in range(4)]
        for k in range(6, 20):
            process.stdin.write(b"%d,%d\n" % (k, 2 * k))
            printed.append(process.stdout.readline())
        process.stdin.close()
        printed += process.stdout.readlines()
    assert printed == [b"t,v,dv_dt\n"] + [b"%d,%d,2\n" % (k, 2 * k) for k in range(20)]


@pytest.mark.parametrize("options", ["--causal --window 9", "--window 9"])
def test_memory_does_not_grow_with_the_log(tmp_path, options):
    def resident_kilobytes(rows):
        path = tmp_path / "log.csv"
        path.write_text("t,v\n" + "".join(f"{k / 8},{k % 97}\n" for k in range(rows)))
        arguments = ["grad", path, "-x", "t", "-v", "v", "-q", *options.split()]
        # The address sanitizer holds back what is freed.
        asan = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=0"
        process = subprocess.Popen([tool.EXECUTABLE, *arguments], stdout=subprocess.DEVNULL,
                                   env={**os.environ, "ASAN_OPTIONS": asan})  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        return usage.ru_maxrss

    # The buffers of the file are full in both; the longer one has 8 MB more.
    assert resident_kilobytes(1_000_000) - resident_kilobytes(400_000) < 2_000


@pytest.mark.parametrize("window, degree", [(3, 1), (9, 2), (5, 4), (127, 3)])
def test_a_window_has_the_bits_of_a_differentiator_with_a_lag(tmp_path, window, degree):
    stamps, samples = random_log(15, rows=200)
    stamps = [int(stamp) for stamp in stamps]
    wrapped = [str(float(sample) * 50 % 360) for sample in samples]
    log = table(stamps, wrapped, header="t,yaw")
    half = window // 2

    def fit(lag, first, last):
        words = ["window", window, degree, lag, "period=360"]
        return pushed(stamps[first:last], wrapped[first:last], *words)

    output = tool.succeed("grad", "-", "-x", "t", "-v", "yaw", "--window", window, "--degree", degree,
                          "--time-unit", "ns", "--period", 360, cwd=tmp_path, stdin=log)  # fmt: skip

    expected = [fit(window - 1 - k, 0, window)[-1] for k in range(half)]
    expected += fit(half, 0, 200)[window - 1 :]
    expected += [fit(lag, 200 - window, 200)[-1] for lag in reversed(range(half))]
    assert same_numbers(cells(output), expected)


def test_second_derivatives_are_those_of_the_polynomial(tmp_path):
    t = [0, 1, 3, 4, 6, 9]
    log = table(t, [2 * x * x - 5 * x for x in t], header="t,v")
    grad = ["grad", "-", "-x", "t", "-v", "v", "--window", 5, "--derivative", 2]

    centred = column(tool.succeed(*grad, cwd=tmp_path, stdin=log), "d2v_dt2")
    causal = column(tool.succeed(*grad, "--causal", cwd=tmp_path, stdin=log), "d2v_dt2")

    # Five samples of at most 117, second weights of at most 1, and some 20 roundings each.
    bound = 5 * 117 * 20 * 2.0**-53
    np.testing.assert_allclose(centred, np.full(6, 4.0), rtol=0, atol=bound)
    np.testing.assert_allclose(causal[4:], [4, 4], rtol=0, atol=bound)
    assert np.all(np.isnan(causal[:4]))


def test_missing_samples_in_a_window(tmp_path):
    log = table(range(8), [0, 2, 4, "", 8, 10, 12, 14], header="t,v")
    grad = ["grad", "-", "-x", "t", "-v", "v", "--window", 3, "--degree", 1]

    process = tool.run(*grad, cwd=tmp_path, stdin=log)
    adapted = tool.run(*grad, "--missing", "adapt", cwd=tmp_path, stdin=log)

    assert cells(process.stdout) == ["2", "2", "", "", "", "2", "2", "2"]
    assert process.stderr == (
        b"1 of 8 samples for dv_dt missing; --missing adapt fits those there\n"
    )
    assert cells(adapted.stdout) == ["2", "2", "2", "", "2", "2", "2", "2"]
    assert adapted.stderr == b"1 of 8 samples for dv_dt missing\n"


@pytest.mark.parametrize("duplicates, sample", [("first", 2), ("last", 6), ("mean", 4)])
def test_duplicates_in_a_window(tmp_path, duplicates, sample):
    rows = b"t,v\n0,0\n1,2\n1,nan\n1,6\n2,8\n2,8\n3,12\n"
    grad = ["grad", "-", "-x", "t", "-v", "v", "--window", 3, "--duplicates", duplicates]

    output = tool.succeed(*grad, cwd=tmp_path, stdin=rows)

    # Parabolas through three samples of at most 12, weights of at most 2, some 20 roundings each.
    bound = 3 * 12 * 2 * 20 * 2.0**-53
    slopes = np.gradient([0.0, sample, 8.0, 12.0], edge_order=2)[[0, 1, 1, 1, 2, 2, 3]]
    np.testing.assert_allclose(column(output, "dv_dt"), slopes, rtol=0, atol=bound)


def test_windows_do_not_reach_across_gaps(tmp_path):
    t = [0, 1, 2, 3, 50, 51, 100, 101, 102]
    log = table(t, [2 * x + (x > 40) * 7 for x in t], header="t,v")

    process = tool.run("grad", "-", "-x", "t", "-v", "v", "--window", 3, "--degree", 1, "--max-gap", 5,
                       cwd=tmp_path, stdin=log)  # fmt: skip

    assert cells(process.stdout) == ["2", "2", "2", "2", "", "", "2", "2", "2"]
    assert process.stderr == b"2 of 9 samples between gaps that are less than a window\n"


def test_units_are_said_before_the_rows(tmp_path):
    said = tool.run("grad", "-", "-x", "t", "-v", "v", "--causal", "--time-unit", "ms", cwd=tmp_path,
                    stdin=b"t,v\n1000,1\n1500,2\n")  # fmt: skip

    assert said.stdout == b"t,v,dv_dt\n1000,1,\n1500,2,2\n"
    assert said.stderr == (
        b"dv_dt per second\n1 of 2 rows have no dv_dt: 1 before there were enough samples\n"
    )
