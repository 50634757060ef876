# test_program.py: one success per command, one test per exit code, and bad luck
#
# SPDX-License-Identifier: BSD-3-Clause

import os
import pathlib
import re
import shutil
import signal
import subprocess
import time

import numpy as np
import pytest

import tool

DONE, FAILED, USAGE, EXISTS, UNSUPPORTED, INTERRUPTED = 0, 1, 2, 3, 4, 130


def test_version_is_that_of_the_headers(tmp_path):
    header = pathlib.Path(__file__).parents[2] / "include" / "gridgrad" / "version.hpp"
    version = re.search(r'version = "(.*)"', header.read_text()).group(1)

    for option in ("-V", "--version"):
        assert tool.succeed(option, cwd=tmp_path).decode() == f"gridgrad {version}\n"


def test_info_describes_the_program(tmp_path):
    lines = tool.succeed("info", cwd=tmp_path).decode().splitlines()

    facts = dict(line.split(": ") for line in lines[1:])
    assert list(facts) == ["targets", "active target", "threads"]
    assert facts["active target"] in facts["targets"].split(", ")
    assert int(facts["threads"]) >= 1


def test_info_obeys_the_environment(tmp_path):
    environment = dict(os.environ, GRIDGRAD_NUM_THREADS="3")

    text = subprocess.run([tool.EXECUTABLE, "info"], env=environment, capture_output=True).stdout

    assert b"threads: 3\n" in text


def test_info_describes_arrays(tmp_path):
    np.save(tmp_path / "field.npy", np.zeros((2, 3), ">i2", order="F"))

    text = tool.succeed("info", "field.npy", cwd=tmp_path).decode()

    # The floor is 1/2 at worst and 1/sqrt(24) in the mean square for steps and spacing 1.
    floor = f"h = 1: worst 0.5, rms {24**-0.5:.3g}"
    assert text == (
        "format: .npy, dtype >i2, Fortran order\ntype: int16\nshape: 2 x 3\naxes: 0, 1\n"
        f"quantisation floor of the gradient, step 1:\n  0: {floor}\n  1: {floor}\n"
    )


def test_done_is_0_and_overwriting_is_asked_for(tmp_path):
    np.save(tmp_path / "field.npy", np.array([9.0, 6, 14, 21, 30]))
    (tmp_path / "out.npy").write_bytes(b"old")

    kept = tool.run("grad", "field.npy", "-o", "out.npy", cwd=tmp_path)
    assert (kept.returncode, (tmp_path / "out.npy").read_bytes()) == (EXISTS, b"old")
    replaced = tool.run("grad", "field.npy", "-o", "out.npy", "-O", cwd=tmp_path)

    assert replaced.returncode == DONE
    np.testing.assert_array_equal(np.load(tmp_path / "out.npy"), [-3, 2.5, 7.5, 8, 9])


def test_overwriting_through_a_link_replaces_what_it_leads_to(tmp_path):
    np.save(tmp_path / "field.npy", np.array([1.0, 2]))
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "out.npy").write_bytes(b"old")
    os.symlink("real/out.npy", tmp_path / "out.npy")

    tool.succeed("grad", "field.npy", "-o", "out.npy", "-O", cwd=tmp_path)

    assert (tmp_path / "out.npy").is_symlink()
    np.testing.assert_array_equal(np.load(tmp_path / "real" / "out.npy"), [1, 1])


def test_memory_order_of_one_component_is_kept(tmp_path):
    np.save(tmp_path / "field.npy", np.asfortranarray(np.arange(12.0).reshape(3, 4)))

    result = tool.array_of(tool.succeed("grad", "field.npy", "-x", "0", "-o", "-", cwd=tmp_path))

    assert result.flags.f_contiguous and not result.flags.c_contiguous
    np.testing.assert_array_equal(result, np.full((3, 4), 4.0))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_version_of_npy_is_read(tmp_path, number):
    with open(tmp_path / "field.npy", "wb") as file:
        np.lib.format.write_array(file, np.array([1.0, 2, 4]), version=(number, 0))

    assert tool.succeed("grad", "field.npy", cwd=tmp_path) == b"[1.  1.5 2. ]\n"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1,2,4\n", "[1.  1.5 2. ]"),
        ("1\n2\n4\n", "[1.  1.5 2. ]"),
        ("# t\n\n1;\t2; 4\r\n", "[1.  1.5 2. ]"),
        ("  1 2\t 4", "[1.  1.5 2. ]"),
        ("+1,2e0,4.0\n", "[1.  1.5 2. ]"),
        ("\ufeff1,nan,4\n", "[nan 1.5 nan]"),
        ("1 2\n3 5\n", "[[[2. 3.]\n  [2. 3.]]\n\n [[1. 1.]\n  [2. 2.]]]"),
    ],
)
def test_text_is_read(tmp_path, text, expected):
    (tmp_path / "field.txt").write_text(text, encoding="utf-8", newline="")

    assert tool.succeed("grad", "field.txt", cwd=tmp_path).decode() == expected + "\n"


def test_integers_of_text_keep_their_digits(tmp_path):
    (tmp_path / "at.txt").write_text("1700000000000000000\n1700000000000000001\n1700000000000000003\n")
    (tmp_path / "field.txt").write_text("0\n2\n6\n")

    assert tool.succeed("grad", "field.txt", "-s", "at.txt", cwd=tmp_path) == b"[2. 2. 2.]\n"


def test_dates_give_derivatives_per_second(tmp_path):
    np.save(tmp_path / "at.npy", np.array(["2024-01-01", "2024-01-02", "2024-01-04"], "M8[D]"))
    (tmp_path / "field.txt").write_text("0\n86400\n259200\n")

    # 1/86400 and its product are rounded: each by 2^-53 of itself.
    output = tool.succeed("grad", "field.txt", "-s", "at.npy", "-o", "-", cwd=tmp_path)
    assert np.all(np.abs(tool.array_of(output) - 1) <= 4 * 2.0**-53)


def large_field(place):
    """128 MiB of result, which take long enough to be interrupted."""
    np.save(place / "field.npy", np.zeros((2, 4 << 20), "u1"))


def start_and_wait_for_part(place):
    process = subprocess.Popen(
        [tool.EXECUTABLE, "grad", "field.npy", "-o", "out.npy"], cwd=place, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while not list(place.glob("out.npy.part-*")):
        assert process.poll() is None and time.monotonic() < deadline
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_is_130_and_leaves_nothing(tmp_path, number):
    large_field(tmp_path)
    process = start_and_wait_for_part(tmp_path)

    process.send_signal(number)

    assert process.wait(60) == INTERRUPTED
    assert [path.name for path in tmp_path.iterdir()] == ["field.npy"]


def test_an_output_that_appears_meanwhile_is_kept(tmp_path):
    large_field(tmp_path)
    process = start_and_wait_for_part(tmp_path)

    (tmp_path / "out.npy").write_bytes(b"theirs")

    assert process.communicate(timeout=60)[1] == b"gridgrad: output: out.npy exists; -O replaces it\n"
    assert process.returncode == EXISTS
    assert tool.contents(tmp_path)["out.npy"] == b"theirs"
    assert not list(tmp_path.glob("*.part-*"))


@pytest.mark.parametrize("arguments", [["-o", "-"], []])
def test_a_full_device_is_an_error(tmp_path, arguments):
    np.save(tmp_path / "field.npy", np.ones(3))

    with open("/dev/full", "wb") as full:
        process = subprocess.run(
            [tool.EXECUTABLE, "grad", "field.npy", *arguments],
            cwd=tmp_path, stdout=full, stderr=subprocess.PIPE,
        )  # fmt: skip

    assert process.returncode == FAILED
    assert process.stderr == b"gridgrad: standard output: No space left on device\n"


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 1 MiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True
    )
    if not mounted or mounted.returncode != 0:
        pytest.skip("no right to mount")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_too_little_space_is_told_before_the_first_byte(tmp_path, small_disk):
    np.save(tmp_path / "field.npy", np.zeros((2, 1 << 20), "u1"))

    process = tool.run("grad", "field.npy", "-x", "1", "-o", "disk/out.npy", cwd=tmp_path)

    needed = (2 << 20) * 8 + 128
    message = f"output: {needed} bytes are needed, {1 << 20} are free in disk"
    assert process.stderr.decode() == f"gridgrad: {message}\n"
    assert process.returncode == FAILED
    assert list(small_disk.iterdir()) == []


def test_a_reader_that_left_is_no_error_to_talk_about(tmp_path):
    np.save(tmp_path / "field.npy", np.zeros(1 << 20))
    reading, writing = os.pipe()
    os.close(reading)

    process = subprocess.run(
        [tool.EXECUTABLE, "grad", "field.npy", "-o", "-"],
        cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(writing)

    assert process.returncode == -signal.SIGPIPE
    assert process.stderr == b""


def test_netcdf_is_loaded_only_when_it_is_met(tmp_path):
    needed = subprocess.run(["ldd", tool.EXECUTABLE], capture_output=True, text=True).stdout

    assert "libstdc++" in needed
    assert "netcdf" not in needed and "hdf5" not in needed


def test_without_the_module_netcdf_files_are_unsupported(tmp_path):
    copy = shutil.copy(tool.EXECUTABLE, tmp_path / "gridgrad")
    (tmp_path / "in.nc").write_bytes(b"CDF\x01")
    environment = {k: v for k, v in os.environ.items() if k != "LD_LIBRARY_PATH"}

    process = subprocess.run([copy, "grad", "in.nc"], cwd=tmp_path, env=environment, capture_output=True)

    assert process.returncode == UNSUPPORTED
    assert process.stderr.startswith(b"gridgrad: netCDF: gridgrad_netcdf.so: ")
    assert process.stderr.endswith(b"; install Debian's package libnetcdf-dev and build again\n")
