# test_info.py: the facts of gridgrad info for programs, beside those in words
#
# SPDX-License-Identifier: BSD-3-Clause

import json
import re

import h5py
import netCDF4
import numpy as np
import pytest
import zarr

import tool
from fields import write_field
from rasters import samples_of, write_raster


def facts(place, *arguments):
    return json.loads(tool.succeed("info", "--json", *arguments, cwd=place))


def words(place, *arguments):
    return tool.succeed("info", *arguments, cwd=place).decode()


def test_the_program(tmp_path):
    described = facts(tmp_path)

    assert list(described) == ["version", "targets", "active_target", "threads"]
    assert words(tmp_path) == (
        f"gridgrad {described['version']}\ntargets: {', '.join(described['targets'])}\n"
        f"active target: {described['active_target']}\nthreads: {described['threads']}\n"
    )


@pytest.mark.parametrize("dtype, order, name", [("<f8", "C", "float64"), (">c8", "F", "complex64")])
def test_arrays(tmp_path, dtype, order, name):
    np.save(tmp_path / "f.npy", np.zeros((2, 3), dtype, order=order))

    assert facts(tmp_path, "f.npy") == {
        "format": ".npy",
        "dtype": dtype,
        "order": {"C": "C", "F": "Fortran"}[order],
        "axes": [{"name": "0", "extent": 2}, {"name": "1", "extent": 3}],
        "variables": [{"type": name, "axes": ["0", "1"], "shape": [2, 3]}],
    }


def test_arrays_of_integers_have_a_floor(tmp_path):
    np.save(tmp_path / "f.npy", np.zeros(4, "i2"))

    (field,) = facts(tmp_path, "f.npy")["variables"]

    assert field["step"] == 1
    # 1/2 at worst and 1/sqrt(24) in the mean square for steps and spacing 1.
    (floor,) = field["floor"]
    assert floor == {"axis": "0", "spacing": 1, "worst": 0.5, "rms": pytest.approx(24**-0.5)}


@pytest.mark.parametrize("unit, ticks", [("s", 1), ("ns", 1e9)])
def test_arrays_of_times(tmp_path, unit, ticks):
    np.save(tmp_path / "t.npy", np.zeros(3, f"M8[{unit}]"))

    (field,) = facts(tmp_path, "t.npy")["variables"]

    assert field == {"ticks_per_second": ticks, "axes": ["0"], "shape": [3]}


def test_text(tmp_path):
    (tmp_path / "f.txt").write_text("1.5 2 3\n4 5 6\n")

    assert facts(tmp_path, "f.txt") == {
        "format": "text",
        "axes": [{"name": "0", "extent": 2}, {"name": "1", "extent": 3}],
        "variables": [{"type": "float64", "axes": ["0", "1"], "shape": [2, 3]}],
    }


def write_packed(path):
    with netCDF4.Dataset(path, "w") as file:
        file.createDimension("time", 3)
        file.createDimension("lat", 4)
        file.createVariable("lat", "f8", ("lat",))[:] = [0, 1, 3, 3.5]
        file["lat"].units = "degrees_north"
        packed = file.createVariable("t", "i2", ("time", "lat"), fill_value=-99, zlib=True, complevel=5,
                                     shuffle=True, chunksizes=(1, 4))  # fmt: skip
        packed.setncatts({"units": "K", "scale_factor": 0.25})
        file.createVariable("u", "f4", ("lat",), fill_value=np.nan)


def test_labelled_files(tmp_path):
    write_packed(tmp_path / "f.nc")

    assert facts(tmp_path, "f.nc") == {
        "format": "netCDF-4",
        "axes": [
            {"name": "time", "extent": 3, "kind": "time"},
            {"name": "lat", "extent": 4,
             "coordinates": {"units": "degrees_north", "first": 0, "last": 3.5}},
        ],
        "variables": [
            {
                "name": "t",
                "type": "int16",
                "axes": ["time", "lat"],
                "shape": [3, 4],
                "units": "K",
                "missing": -99,
                "chunks": [1, 4],
                "filters": [{"name": "shuffle", "level": 0}, {"name": "deflate", "level": 5}],
                "step": 0.25,
                "floor": [
                    {"axis": "time", "spacing": 1, "worst": 0.125, "rms": pytest.approx(0.25 / 24**0.5),
                     "units": "K"},
                    {"axis": "lat", "spacing": 0.5, "worst": 0.25, "rms": pytest.approx(0.5 / 24**0.5),
                     "units": "K degrees_north-1"},
                ],
            },
            {"name": "u", "type": "float32", "axes": ["lat"], "shape": [4], "missing": "NaN"},
        ],
    }  # fmt: skip


def write_axis(path, coordinates, **attributes):
    """A field along one axis of these coordinates."""
    with netCDF4.Dataset(path, "w") as file:
        file.createDimension("x", len(coordinates))
        file.createVariable("x", "f8", ("x",))[:] = coordinates
        file["x"].setncatts(attributes)
        file.createVariable("f", "f4", ("x",))


@pytest.mark.parametrize(
    "coordinates, attributes, said",
    [
        ([4512345.25, 5, -1e-3], {"units": "m"}, "coordinates in m, 4512345.25 to -0.001"),
        ([0.5], {}, "coordinates, 0.5"),
        (np.float32([0.1, 0.7]), {}, "coordinates, 0.1 to 0.7"),
        ([2.0**62, -1e17], {}, "coordinates, 4611686018427387904 to -100000000000000000"),
        ([1.0, np.nan], {"units": "m"}, "coordinates in m"),
        ([], {"units": "m"}, "coordinates in m"),
        ([0, 1, 31], {"units": "days since 2001-01-01"},
         "coordinates in days since 2001-01-01, 2001-01-01 to 2001-02-01"),
        ([0, 0.5], {"units": "days since 2001-01-01", "calendar": "noleap"},
         "coordinates in days since 2001-01-01, 0 to 0.5"),
        (np.float32([5 / 24, 1]), {"units": "days since 2001-01-01"},
         "coordinates in days since 2001-01-01, 2001-01-01 05:00:00 to 2001-01-02"),
        ([0, 1.5], {"units": "hours since 2001-01-01"},
         "coordinates in hours since 2001-01-01, 2001-01-01 to 2001-01-01 01:30:00"),
    ],
)  # fmt: skip
def test_first_and_last_coordinate(tmp_path, coordinates, attributes, said):
    write_axis(tmp_path / "f.nc", coordinates, **attributes)

    line = words(tmp_path, "f.nc").splitlines()[2]

    described = re.sub(", (time|record|one sample): differentiated only if asked for$", "", line)
    assert described == f"  x: {len(coordinates)} samples, {said}"


def test_damaged_coordinates_do_not_hide_the_rest(tmp_path):
    with h5py.File(tmp_path / "f.h5", "w") as file:
        x = file.create_dataset("x", data=np.arange(7.0), chunks=(7,), fletcher32=True)
        x.make_scale("x")
        file.create_dataset("f", data=np.zeros(7)).dims[0].attach_scale(x)
        place = x.id.get_chunk_info(0).byte_offset
    with open(tmp_path / "f.h5", "r+b") as file:
        file.seek(place)
        file.write(b"\1")

    assert "  x: 7 samples, coordinates\n" in words(tmp_path, "f.h5")
    assert "  float64 f(x)\n" in words(tmp_path, "f.h5")


def test_coordinates_that_are_not_read(tmp_path):
    with h5py.File(tmp_path / "f.h5", "w") as file:
        lzf = {"chunks": (3,), "compression": "lzf"}
        file.create_dataset("x", data=[1.0, 2, 3], **lzf).make_scale("x")
        file.create_dataset("f", data=[1.0, 4, 9]).dims[0].attach_scale(file["x"])

    assert "  x: 3 samples, coordinates\n" in words(tmp_path, "f.h5")


def write_groups(path):
    with h5py.File(path, "w") as file:
        file.create_dataset("run/speed", data=np.zeros((4, 6), "f4"), chunks=(2, 3))


def write_store(path):
    zarr.create_array(path, shape=(4, 6), chunks=(2, 3), dtype="f4", dimension_names=["y", "x"])


LABELLED = {
    "in.nc": lambda path: write_field(path, np.zeros((4, 6), "f4"), y=np.arange(4.0), x=None),
    "in.h5": write_groups,
    "in.tif": lambda path: write_raster(path, samples_of("f4", 2), nodata=-1),
    "in.zarr": write_store,
}


@pytest.mark.parametrize("name", LABELLED)
def test_words_and_facts_agree_in_every_format(tmp_path, name):
    LABELLED[name](tmp_path / name)

    text, described = words(tmp_path, name), facts(tmp_path, name)

    assert text.startswith(f"format: {described['format']}\naxes:\n")
    for axis in described["axes"]:
        coordinates = "coordinates" if "coordinates" in axis else "no coordinates"
        assert f"  {axis['name']}: {axis['extent']} samples, {coordinates}" in text
    assert len(described["variables"]) == text.partition("variables:")[2].count("float32")
    for field in described["variables"]:
        assert f"  {field['type']} {field['name']}({', '.join(field['axes'])})" in text
        # A field calls its axes as -x does: without their groups.
        extents = {axis["name"].rpartition("/")[2]: axis["extent"] for axis in described["axes"]}
        assert field["shape"] == [extents[axis] for axis in field["axes"]]
        if "chunks" in field:
            assert "in chunks of " + " x ".join(map(str, field["chunks"])) in text


def test_names_that_are_no_unicode_are_replaced(tmp_path):
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file[b"caf\xe9"] = np.zeros(3)

    (field,) = facts(tmp_path, "in.h5")["variables"]

    assert field["name"] == "caf\ufffd"


def test_a_file_that_is_not_there_is_one_line(tmp_path):
    process = tool.run("info", "--json", "none.nc", cwd=tmp_path)

    assert process.returncode == 1 and process.stdout == b""
    assert re.fullmatch(rb"gridgrad: none.nc: [^\n]+\n", process.stderr)
