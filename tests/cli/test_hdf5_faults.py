# test_hdf5_faults.py: HDF5 files that are damaged, or need what is not installed
#
# SPDX-License-Identifier: BSD-3-Clause

import h5py
import numpy as np
import pytest

import tool
from share import fewer

FAILED, USAGE, UNSUPPORTED = 1, 2, 4


def write(path, samples=None, **storage):
    samples = np.random.default_rng(1).normal(size=(40, 50)) if samples is None else samples
    with h5py.File(path, "w") as file:
        file.create_dataset("f", data=samples, **storage)


def assert_one_line(process):
    lines = process.stderr.decode(errors="replace").splitlines()
    assert len(lines) == 1 and lines[0].startswith("gridgrad: "), lines


def test_a_filter_that_is_not_installed_is_named_before_anything_is_read(tmp_path):
    write(tmp_path / "in.h5", compression="lzf")

    process = tool.run("grad", "-q", "in.h5", "-v", "f", "-o", "out.h5", cwd=tmp_path)

    assert process.returncode == UNSUPPORTED
    assert process.stderr.decode() == (
        "gridgrad: f: compressed with HDF5 filter 32000 (lzf), which is not installed; "
        "the Python package h5py brings it, and HDF5_PLUGIN_PATH says where it is\n"
    )
    assert process.stdout == b""
    assert [path.name for path in tmp_path.iterdir()] == ["in.h5"]


def test_a_file_cut_off_anywhere_is_an_error(tmp_path):
    write(tmp_path / "whole.h5", chunks=(8, 8), compression="gzip")
    whole = (tmp_path / "whole.h5").read_bytes()
    for size in (9, 100, 600, len(whole) // 2, len(whole) - 1):
        (tmp_path / "in.h5").write_bytes(whole[:size])

        process = tool.run("grad", "-q", "in.h5", "-v", "f", "-o", "out.h5", cwd=tmp_path)

        assert process.returncode == FAILED
        assert_one_line(process)
        assert not (tmp_path / "out.h5").exists()


@pytest.mark.parametrize("storage", [{"fletcher32": True}, {"compression": "gzip"}])
def test_damaged_chunks_are_an_error_and_not_numbers(tmp_path, storage):
    write(tmp_path / "in.h5", chunks=(40, 50), **storage)
    with h5py.File(tmp_path / "in.h5") as file:
        chunk = file["f"].id.get_chunk_info(0)
    damaged = bytearray((tmp_path / "in.h5").read_bytes())
    for at in range(chunk.byte_offset, chunk.byte_offset + chunk.size, 101):
        damaged[at] ^= 0xFF
    (tmp_path / "in.h5").write_bytes(damaged)

    process = tool.run("grad", "-q", "in.h5", "-v", "f", "-o", "out.h5", cwd=tmp_path)

    assert process.returncode == FAILED
    assert_one_line(process)
    assert process.stderr.startswith(b"gridgrad: f: ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.h5"]


def test_bytes_overwritten_anywhere_in_the_metadata_crash_nothing(tmp_path):
    """Either the file is refused in one line, or the damage did not matter. Texts are of
    fixed length: HDF5 1.10 does not survive a reference into a heap that is not there."""
    with h5py.File(tmp_path / "whole.h5", "w") as file:
        file["x"] = np.arange(6.0)
        file["x"].make_scale("x")
        file.create_dataset("run/f", data=np.zeros((5, 6), "f4"), chunks=(2, 6))
        file["run/f"].attrs["units"] = np.bytes_("K")
    whole = (tmp_path / "whole.h5").read_bytes()
    random = np.random.default_rng(8)
    for _ in range(fewer(150, 50)):
        damaged = bytearray(whole)
        for at in random.integers(8, len(whole), 3):
            damaged[at] = random.integers(0, 256)
        (tmp_path / "in.h5").write_bytes(damaged)

        process = tool.run("grad", "-q", "in.h5", "-v", "f", cwd=tmp_path)

        assert process.returncode in (0, FAILED, USAGE, UNSUPPORTED), process
        if process.returncode != 0:
            assert_one_line(process)


@pytest.mark.parametrize("output", ["out.h5", "out.nc"])
@pytest.mark.parametrize("kib", [1, 4, 64, 1000, 1563, 1570, 3126, 3130])
def test_a_full_disk_leaves_nothing(tmp_path, output, kib):
    """A bound on the size of files stands in for the disk: at its head, at the first samples
    of both results, at the names of their axes."""
    write(tmp_path / "in.h5", np.random.default_rng(1).normal(size=(400, 500)))

    process = tool.run_bounded("grad", "-q", "in.h5", "-v", "f", "-o", output, cwd=tmp_path,
                               file_bytes=kib << 10)  # fmt: skip

    assert process.returncode == FAILED
    assert_one_line(process)
    assert [path.name for path in tmp_path.iterdir()] == ["in.h5"]


@pytest.mark.parametrize(
    "path, message",
    [
        ("in.h5:/run/spead", "variable: '/run/spead' given; the input has run/speed, run/wind/v; "
         "did you mean run/speed?"),
        ("in.h5:/v", "variable: '/v' given; the input has run/speed, run/wind/v; "
         "did you mean run/wind/v?"),
        ("none.h5:/v", "none.h5:/v: No such file or directory"),
    ],
)  # fmt: skip
def test_paths_that_lead_nowhere_are_refused(tmp_path, path, message):
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file["run/speed"] = np.zeros(3)
        file["run/wind/v"] = np.zeros(3)

    process = tool.run("grad", "-q", path, cwd=tmp_path)

    assert process.stderr.decode() == f"gridgrad: {message}\n"
    assert process.returncode in (FAILED, USAGE)
