# test_interrupted.py: signals at any moment, and what the next run finds
#
# SPDX-License-Identifier: BSD-3-Clause

import contextlib
import os
import random
import resource
import shutil
import signal
import subprocess
import time

import numpy as np
import pytest

import fields
import tool

DONE, FAILED, INTERRUPTED = 0, 1, 130
MOMENTS = 20
MOST_MOMENTS = 400
SEED = 8
ENDING = [signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGXCPU]


def write_input(place, suffix):
    """A field whose gradient takes long enough to be interrupted."""
    samples = np.random.default_rng(SEED).integers(0, 99, (4, 1 << 17)).astype("f4")
    if suffix == "npy":
        np.save(place / "in.npy", samples)
    else:
        fields.write_field(place / "in.nc", samples, y=np.arange(4.0), x=None)


def start(place, suffix, **settings):
    # The history has the options, and so the length of the output.
    command = [tool.EXECUTABLE, "grad", "-qO", f"in.{suffix}", "-o", f"out.{suffix}"]
    return subprocess.Popen(command, cwd=place, stderr=subprocess.PIPE, **settings)


def seconds_of_a_run(place, suffix):
    """The least of three: the first run waits for the disk."""
    times = []
    for _ in range(3):
        (place / f"out.{suffix}").unlink(missing_ok=True)
        begin = time.monotonic()
        assert start(place, suffix).wait(60) == DONE
        times.append(time.monotonic() - begin)
    return min(times)


def moments(seconds, hits):
    """Random moments of a run, with their numbers: MOMENTS, and more until one has hit."""
    draw = random.Random(SEED)
    for k in range(MOST_MOMENTS):
        if k >= MOMENTS and any(hits):
            return
        yield k, draw.uniform(0, seconds)


def names(place):
    return {path.name for path in place.iterdir()}


def require_absent_or_whole(place, suffix, expected):
    path = place / f"out.{suffix}"
    assert not path.exists() or len(path.read_bytes()) == len(expected)
    if suffix == "npy" and path.exists():
        assert path.read_bytes() == expected


@pytest.mark.parametrize("suffix", ["npy", "nc"])
def test_after_a_kill_at_any_moment_the_next_run_cleans_up(tmp_path, suffix):
    write_input(tmp_path, suffix)
    seconds = seconds_of_a_run(tmp_path, suffix)
    output = tmp_path / f"out.{suffix}"
    expected = output.read_bytes()
    left = []

    for _, wait in moments(seconds, left):
        output.unlink(missing_ok=True)
        process = start(tmp_path, suffix)
        time.sleep(wait)
        process.kill()
        process.communicate()
        require_absent_or_whole(tmp_path, suffix, expected)
        left.append(len(names(tmp_path) - {f"in.{suffix}", f"out.{suffix}"}))

        assert start(tmp_path, suffix).wait(60) == DONE
        assert names(tmp_path) == {f"in.{suffix}", f"out.{suffix}"}
        require_absent_or_whole(tmp_path, suffix, expected)
    assert any(left)


@pytest.mark.parametrize("suffix", ["npy", "nc"])
def test_a_signal_at_any_moment_leaves_nothing_half_written(tmp_path, suffix):
    write_input(tmp_path, suffix)
    seconds = seconds_of_a_run(tmp_path, suffix)
    output = tmp_path / f"out.{suffix}"
    expected = output.read_bytes()
    interrupted = []

    for k, wait in moments(seconds, interrupted):
        output.unlink(missing_ok=True)
        process = start(tmp_path, suffix)
        time.sleep(wait)
        number = ENDING[k % len(ENDING)]
        process.send_signal(number)
        message = process.communicate(timeout=60)[1]

        # Before main it is the system that ends the program.
        assert process.returncode in (DONE, INTERRUPTED, -number) and message == b""
        interrupted.append(process.returncode == INTERRUPTED)
        require_absent_or_whole(tmp_path, suffix, expected)
        assert names(tmp_path) <= {f"in.{suffix}", f"out.{suffix}"}
    assert any(interrupted)


@contextlib.contextmanager
def waiting_run(place, **settings):
    """A run that has made its part file, and waits for points."""
    np.save(place / "field.npy", np.arange(20.0).reshape(4, 5))
    process = subprocess.Popen(
        [tool.EXECUTABLE, "at", "-q", "field.npy", "--points", "-", "-o", "out.csv"],
        cwd=place, stdin=subprocess.PIPE, stderr=subprocess.PIPE, **settings,
    )  # fmt: skip
    # A stream is read by the mebibyte.
    process.stdin.write(b"axis0,axis1\n" + b"1.25,1.5\n" * (1 << 17))
    process.stdin.flush()
    deadline = time.monotonic() + 20
    while not list(place.glob("out.csv.part-*")):
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.001)
    yield process
    if process.poll() is None:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", ENDING)
def test_signals_that_ask_to_end_are_130(tmp_path, number):
    with waiting_run(tmp_path) as process:
        process.send_signal(number)

        assert process.wait(60) == INTERRUPTED
        assert process.stderr.read() == b""
    assert names(tmp_path) == {"field.npy"}


@pytest.mark.parametrize("number", [signal.SIGPIPE, signal.SIGQUIT, signal.SIGABRT])
def test_others_end_the_program_as_ever(tmp_path, number):
    no_core = lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with waiting_run(tmp_path, preexec_fn=no_core) as process:
        process.send_signal(number)

        assert process.wait(60) == -number
        assert process.stderr.read() == b""
    assert names(tmp_path) == {"field.npy"}


def test_a_reader_of_messages_that_left_leaves_no_part_file(tmp_path):
    with waiting_run(tmp_path) as process:
        process.stderr.close()
        process.stdin.write(b"not,numbers\n")
        process.stdin.close()

        assert process.wait(60) == -signal.SIGPIPE
    assert names(tmp_path) == {"field.npy"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_what_a_background_job_is_told_to_ignore_is_ignored(tmp_path, number):
    with waiting_run(tmp_path, preexec_fn=lambda: signal.signal(number, signal.SIG_IGN)) as process:
        process.send_signal(number)
        process.stdin.close()

        assert process.wait(60) == DONE
    assert names(tmp_path) == {"field.npy", "out.csv"}


def test_a_live_run_of_the_same_output_is_left_alone(tmp_path):
    with waiting_run(tmp_path) as process:
        (tmp_path / "points.csv").write_text("axis0,axis1\n0,0\n")
        tool.succeed("at", "field.npy", "--points", "points.csv", "-o", "out.csv", cwd=tmp_path)
        assert len(list(tmp_path.glob("out.csv.part-*"))) == 1
        process.stdin.close()

        message = process.stderr.read()
        assert (
            process.wait(60) == 3
            and message == b"gridgrad: output: out.csv exists; -O replaces it\n"
        )
    assert names(tmp_path) == {"field.npy", "points.csv", "out.csv"}


def test_a_file_that_grows_beyond_its_limit_is_an_error(tmp_path):
    write_input(tmp_path, "npy")
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))

    process = start(tmp_path, "npy", preexec_fn=limit)

    message = process.communicate(timeout=60)[1].decode()
    assert process.returncode == FAILED
    assert message.startswith("gridgrad: out.npy.part-") and message.endswith(": File too large\n")
    assert names(tmp_path) == {"in.npy"}


def test_a_disk_that_fills_up(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True
    )
    if not mounted or mounted.returncode != 0:
        pytest.skip("no right to mount")
    try:
        np.save(tmp_path / "field.npy", np.arange(20.0).reshape(4, 5))
        points = b"axis0,axis1\n" + b"1.25,1.5\n" * 10000
        arguments = ["at", "field.npy", "--points", "-", "-o", "disk/out.csv"]
        process = tool.run(*arguments, cwd=tmp_path, stdin=points)

        message = process.stderr.decode()
        assert process.returncode == FAILED
        assert message.startswith("gridgrad: disk/out.csv.part-")
        assert message.endswith(": No space left on device\n") and message.count("\n") == 1
        assert names(disk) == set()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_fewer_threads_than_one_more_are_no_obstacle(tmp_path):
    np.save(tmp_path / "field.npy", np.array([1.0, 2]))
    user = 65534 if os.getuid() == 0 else None
    limit = lambda: resource.setrlimit(resource.RLIMIT_NPROC, (1, 1))

    process = subprocess.run(
        [tool.EXECUTABLE, "grad", "-j", "1", "-", "-o", "-"], user=user, preexec_fn=limit,
        input=(tmp_path / "field.npy").read_bytes(), capture_output=True,
    )  # fmt: skip

    np.testing.assert_array_equal(tool.array_of(process.stdout), [1, 1])
