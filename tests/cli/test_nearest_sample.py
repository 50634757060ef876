# test_nearest_sample.py: samples chosen by coordinate, beside xarray's sel
#
# SPDX-License-Identifier: BSD-3-Clause

import numpy as np
import pytest
import xarray

import tool
from fields import write_field
from shown import shown

DEPTHS = [0.0, 5, 12, 40, 100, 250.5]
TIMES = np.array([0, 31, 59.5, 90, 120, 151])


def write(path, depths, **time):
    """A field that says which sample is which."""
    samples = np.arange(6.0)[:, None, None] * 10 + np.arange(6.0)[:, None] + np.zeros(3)
    time = {"units": "days since 2001-01-01", "standard_name": "time"} | time
    write_field(path, samples, time=(TIMES, time), depth=(depths, {"units": "m"}),
                x=np.arange(3.0))  # fmt: skip


def value_at(place, *picks):
    output = tool.succeed("at", "f.nc", "-p", "-", "-q", "--pick", ",".join(picks),
                          "--interpolation", "linear", cwd=place, stdin=b"x\n1\n")  # fmt: skip
    return float(output.decode().splitlines()[1].split(",")[1])


@pytest.mark.parametrize("depths", [DEPTHS, DEPTHS[::-1]], ids=["down", "up"])
@pytest.mark.parametrize("depth", [-2.4, 0, 2.4, 2.5, 2.6, 8.5, 26, 99.9, 175, 176, 300])
def test_nearest_coordinate_is_that_of_xarray(tmp_path, depths, depth):
    write(tmp_path / "f.nc", depths)
    with xarray.open_dataset(tmp_path / "f.nc") as file:
        expected = float(file.f.sel(depth=depth, method="nearest")[0, 1])

    assert value_at(tmp_path, "time=0", f"depth=@{depth}") == expected


@pytest.mark.parametrize(
    "date",
    [
        "2000-12-20",
        "2001-01-01",
        "2001-01-17",
        "2001-03-01 06:00",
        "2001-05-01T00:00:00Z",
        "2001-06-14",
    ],
)
def test_nearest_date_is_that_of_xarray(tmp_path, date):
    write(tmp_path / "f.nc", DEPTHS)
    with xarray.open_dataset(tmp_path / "f.nc") as file:
        instant = np.datetime64(date.removesuffix("Z"))
        expected = float(file.f.sel(time=instant, method="nearest")[0, 1])

    assert value_at(tmp_path, f"time=@{date}", "depth=0") == expected


def test_times_are_chosen_by_their_numbers_too(tmp_path):
    write(tmp_path / "f.nc", DEPTHS, calendar="noleap")

    assert value_at(tmp_path, "time=@60", "depth=-1") == 25
    assert value_at(tmp_path, "time=@2001-03-01", "depth=-1") == 25


def test_what_is_taken_is_said(tmp_path):
    write(tmp_path / "f.nc", DEPTHS)
    process = tool.run("at", "f.nc", "-p", "-", "--pick", "time=@2001-04-02,depth=@90",
                       "--interpolation", "linear", cwd=tmp_path, stdin=b"x\n1\n")  # fmt: skip

    notes = process.stderr.decode().splitlines()

    assert "time: sample 3, at 2001-04-01, is the nearest and taken" in notes
    assert "depth: sample 4, at 100, is the nearest and taken" in notes


def test_a_picture_shows_the_nearest_sample(tmp_path):
    write(tmp_path / "f.nc", DEPTHS)

    page = shown("f.nc", "-x", "x,depth", "--at", "time=@2001-04-10", cwd=tmp_path)

    assert page.header["title"] == "f, time = 2001-04-01"
    assert set(page.layer("f").ravel()) == {30, 31, 32, 33, 34, 35}


def test_a_picture_of_an_array_has_the_positions_that_are_given(tmp_path):
    np.save(tmp_path / "f.npy", np.arange(5.0)[:, None, None] + np.zeros((1, 3, 4)))

    page = shown("f.npy", "-s", "0.5,1,1", "--at", "0=@1.6", cwd=tmp_path)

    assert set(page.layer("value").ravel()) == {3}


@pytest.mark.parametrize(
    "pick, reason",
    [
        ("depth=@", "depth needs a number, as @0.5"),
        ("depth=@deep", "depth needs a number, as @0.5"),
        ("depth=@nan", "depth needs a number, as @0.5"),
        ("depth=@2001-01-01", "depth needs a number, as @0.5"),
        ("depth=@325.8", "depth has samples from 0 to 250.5"),
        ("depth=@-75.3", "depth has samples from 0 to 250.5"),
        ("time=@summer", "time needs a number or a date of its calendar, as @2001-01-31"),
        ("time=@2001-02-29", "time needs a number or a date of its calendar, as @2001-01-31"),
        ("time=@2002-01-01", "time has samples from 2001-01-01 to 2001-06-01"),
        ("depth=@1e400", "depth needs a number, as @0.5"),
    ],
)
def test_what_names_no_sample_is_refused(tmp_path, pick, reason):
    write(tmp_path / "f.nc", DEPTHS)

    for command in (["at", "-p", "-", "--pick"], ["view", "-o", "out.svg", "--at"]):
        process = tool.run(command[0], "f.nc", *command[1:], pick, cwd=tmp_path, stdin=b"x\n1\n")

        option = command[-1].lstrip("-")
        assert process.returncode == 2
        assert (
            process.stderr.decode().splitlines()[-1]
            == f"gridgrad: {option}: '{pick}' given; {reason}"
        )
    assert not (tmp_path / "out.svg").exists()


def test_axes_without_coordinates_are_counted(tmp_path):
    np.save(tmp_path / "f.npy", np.zeros((3, 4, 5)))

    process = tool.run("view", "f.npy", "--at", "0=@1", "-o", "out.svg", cwd=tmp_path)

    assert process.returncode == 2
    assert process.stderr.decode() == (
        "gridgrad: at: '0=@1' given; 0 has no coordinates; its samples are counted from 0\n"
    )
