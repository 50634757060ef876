# test_output_places.py: names, links and directories that outputs are written to
#
# SPDX-License-Identifier: BSD-3-Clause

import os
import pathlib
import shutil
import subprocess
import tempfile

import numpy as np
import pytest

import test_netcdf
import tool

FAILED, USAGE = 1, 2


def write_field(place):
    np.save(place / "field.npy", np.array([9.0, 6, 14, 21, 30]))


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_an_output_that_is_the_input_by_another_name_is_refused(tmp_path, link):
    write_field(tmp_path)
    link(tmp_path / "field.npy", tmp_path / "out.npy")
    before = tool.contents(tmp_path)

    process = tool.run("grad", "field.npy", "-O", "-o", "out.npy", cwd=tmp_path)

    assert process.returncode == USAGE
    assert process.stderr == b"gridgrad: output: out.npy is the input; another file is needed\n"
    assert tool.contents(tmp_path) == before


def test_an_output_on_another_file_system(tmp_path):
    write_field(tmp_path)
    if not os.access("/dev/shm", os.W_OK) or os.stat("/dev/shm").st_dev == tmp_path.stat().st_dev:
        pytest.skip("no other file system that can be written")
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        other = pathlib.Path(name)
        os.symlink(other / "target.npy", tmp_path / "out.npy")
        (other / "target.npy").write_bytes(b"old")

        tool.succeed("grad", "field.npy", "-o", other / "out.npy", cwd=tmp_path)
        tool.succeed("grad", "field.npy", "-O", "-o", "out.npy", cwd=tmp_path)

        assert tool.contents(other)["out.npy"] == tool.contents(other)["target.npy"]
        np.testing.assert_array_equal(np.load(tmp_path / "out.npy"), [-3, 2.5, 7.5, 8, 9])
        assert set(os.listdir(other)) == {"out.npy", "target.npy"}


@pytest.mark.parametrize("name", ["données/結果 1.npy", "données/結果 1.nc"])
def test_names_may_have_any_characters(tmp_path, name):
    (tmp_path / "données").mkdir()
    source = name.replace("1", "0")
    if name.endswith(".npy"):
        np.save(tmp_path / source, np.ones(3))
    else:
        test_netcdf.write_climate(tmp_path / source)

    tool.succeed("grad", "-q", source, "-o", name, cwd=tmp_path)

    assert len(list((tmp_path / "données").iterdir())) == 2


def test_a_name_with_its_part_may_be_too_long(tmp_path):
    write_field(tmp_path)
    name = "n" * 250 + ".npy"

    process = tool.run("grad", "field.npy", "-o", name, cwd=tmp_path)

    assert process.returncode == FAILED
    assert process.stderr.startswith(b"gridgrad: " + name.encode())
    assert process.stderr.endswith(b": File name too long\n")


def test_a_directory_that_cannot_be_written(tmp_path):
    write_field(tmp_path)
    locked = tmp_path / "locked"
    locked.mkdir()
    is_mounted = (
        os.getuid() == 0
        and shutil.which("mount") is not None
        and (
            subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(locked)]).returncode
            == 0
        )
    )
    if os.getuid() == 0 and not is_mounted:
        pytest.skip("root may write everywhere, and has no right to mount")
    locked.chmod(0o555) if not is_mounted else None
    try:
        process = tool.run("grad", "field.npy", "-o", "locked/out.npy", cwd=tmp_path)
    finally:
        subprocess.run(["umount", str(locked)]) if is_mounted else locked.chmod(0o755)

    reason = "Read-only file system" if is_mounted else "Permission denied"
    assert process.returncode == FAILED
    assert process.stderr.decode() == f"gridgrad: output: directory locked: {reason}\n"
