# test_many_inputs.py: several files in one command, each on its own
#
# SPDX-License-Identifier: BSD-3-Clause

import netCDF4
import numpy as np
import pytest

import tool
from fields import write_field

FAILED, USAGE, EXISTS = 1, 2, 3


@pytest.fixture
def place(tmp_path):
    for k, name in enumerate("abc"):
        write_field(tmp_path / f"{name}.nc", np.arange(5.0) * k, x=np.arange(5.0) / 2)
    np.save(tmp_path / "d.npy", np.arange(6.0) ** 2)
    np.save(tmp_path / "e.npy", np.arange(3.0))
    (tmp_path / "e.txt").write_text("1 2 4\n")
    (tmp_path / "log.csv").write_text("t,speed\n0,1\n2,5\n")
    return tmp_path


def test_each_input_gets_a_file_of_its_name(place):
    tool.succeed("grad", "a.nc", "b.nc", "d.npy", "e.txt", "-o", "new/out/", cwd=place)

    assert sorted(path.name for path in (place / "new/out").iterdir()) == ["a.nc", "b.nc", "d.npy", "e.npy"]
    with netCDF4.Dataset(place / "new/out/b.nc") as file:
        assert file["df_dx"][:].tolist() == [2.0] * 5
    assert np.load(place / "new/out/d.npy").tolist() == np.gradient(np.arange(6.0) ** 2).tolist()
    assert np.load(place / "new/out/e.npy").tolist() == [1, 1.5, 2]


def test_logs_stay_tables(place):
    (place / "out").mkdir()

    tool.succeed("grad", "log.csv", "-x", "t", "-v", "speed", "-o", "out", cwd=place)

    assert (place / "out/log.csv").read_text() == "t,speed,dspeed_dt\n0,1,2\n2,5,2\n"


def test_one_failure_does_not_lose_the_rest(place):
    (place / "b.nc").write_bytes((place / "b.nc").read_bytes()[:200])

    process = tool.run("grad", "a.nc", "b.nc", "none.nc", "c.nc", "-v", "f", "-o", "out/", cwd=place)

    assert process.returncode == FAILED
    lines = process.stderr.decode().splitlines()
    assert [line.split(":")[1] for line in lines[:2]] == [" b.nc", " none.nc"] and len(lines) == 3
    assert lines[2] == "2 of 4 files done"
    assert sorted(path.name for path in (place / "out").iterdir()) == ["a.nc", "c.nc"]


def test_what_exists_is_kept(place):
    tool.succeed("grad", "a.nc", "-v", "f", "-o", "out/", cwd=place)
    before = (place / "out/a.nc").read_bytes()

    one = tool.run("grad", "a.nc", "-v", "f", "-o", "out/", cwd=place)
    both = tool.run("grad", "a.nc", "b.nc", "-v", "f", "-o", "out/", cwd=place)

    assert one.returncode == EXISTS and both.returncode == FAILED
    assert both.stderr == b"gridgrad: output: out/a.nc exists; -O replaces it\n1 of 2 files done\n"
    assert (place / "out/a.nc").read_bytes() == before and (place / "out/b.nc").exists()


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["a.nc", "b.nc"], "output: nothing given for 2 inputs; a directory is needed, as out/"),
        (["a.nc", "b.nc", "-o", "x.nc"], "output: x.nc given for 2 inputs; a directory is needed, as out/"),
        (["a.nc", "./a.nc", "-o", "x/"], "INPUT: the results of two files would be called x/a.nc"),
        (["e.txt", "e.npy", "-o", "x/"], "INPUT: the results of two files would be called x/e.npy"),
        (["a.nc", "-", "-o", "x/"], "output: a directory given for standard input, which has no name"),
        (["a.nc", "-o", "d.npy/"], "output: directory d.npy/: Not a directory"),
    ],
)
def test_refusals_come_before_anything_is_written(place, arguments, message):
    before = tool.contents(place)

    process = tool.run("grad", *arguments, cwd=place)

    assert process.returncode in (FAILED, USAGE)
    assert process.stderr.decode() == f"gridgrad: {message}\n"
    assert tool.contents(place) == before and not (place / "x").exists()


def test_a_directory_is_not_its_own_output(place):
    process = tool.run("grad", "a.nc", "-o", "./", "-O", cwd=place)

    assert process.returncode == USAGE
    assert b"is the input; another file is needed" in process.stderr


def test_a_plan_makes_no_directory(place):
    text = tool.succeed("grad", "a.nc", "b.nc", "-o", "out/", "-n", cwd=place)

    assert text.count(b"1 tile of 5 samples") == 2 and not (place / "out").exists()
