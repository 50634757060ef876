# test_zarr_output.py: stores that the tool writes, read by zarr-python and xarray
#
# SPDX-License-Identifier: BSD-3-Clause

import json

import netCDF4
import numpy as np
import pytest
import xarray
import zarr

import tool
from test_zarr import in_memory, labelled, samples, write_xarray


def grad(place, name, *arguments, output="out.zarr"):
    tool.succeed("grad", "-q", name, *arguments, "-o", output, cwd=place)
    return place / output


@pytest.mark.parametrize("version", [2, 3])
def test_components_have_the_bits_of_those_in_memory(tmp_path, version):
    write_xarray(labelled(), tmp_path / "in.zarr", version)
    np.save(tmp_path / "y.npy", labelled().y.values)
    np.save(tmp_path / "x.npy", labelled().x.values)
    expected = tool.array_of(in_memory(tmp_path, labelled().t.values, "-s", "y.npy,x.npy"))

    store = zarr.open_group(grad(tmp_path, "in.zarr", "-v", "t"), mode="r")

    np.testing.assert_array_equal(store["dt_dy"][:], expected[0])
    np.testing.assert_array_equal(store["dt_dx"][:], expected[1])
    assert store["dt_dy"].dtype == np.dtype("f4")


@pytest.mark.parametrize("kind", ["f2", "f4", "f8", "c8", "c16", "i2", ">f4"])
def test_results_of_every_type_are_stored(tmp_path, kind):
    field = samples(kind, (9, 8, 7))
    store = zarr.create_array(tmp_path / "in.zarr", shape=field.shape, chunks=(4, 3, 7), dtype=kind)
    store[:] = field
    expected = tool.array_of(in_memory(tmp_path, field))

    result = zarr.open_group(grad(tmp_path, "in.zarr", "-v", "in", "-x", "all"), mode="r")

    for axis in range(3):
        component = result[f"din_ddim_{axis}"]
        assert component.dtype == expected.dtype
        np.testing.assert_array_equal(component[:], expected[axis])


@pytest.mark.parametrize("memory", ["20kB", "40kB", "1MB"])
@pytest.mark.parametrize(
    "chunks, shards", [((3, 4, 5), None), ((2, 2, 2), (4, 8, 6)), ((12, 1, 1), None)]
)
def test_tiles_of_any_size_give_the_same_bits(tmp_path, chunks, shards, memory):
    field = samples("f8", (12, 11, 10))
    root = zarr.create_group(tmp_path / "in.zarr")
    root.create_array("t", shape=field.shape, chunks=chunks, shards=shards, dtype="f8",
                      dimension_names=("z", "y", "x"))[:] = field  # fmt: skip
    expected = tool.array_of(in_memory(tmp_path, field))

    result = zarr.open_group(grad(tmp_path, "in.zarr", "-v", "t", "-m", memory), mode="r")

    for axis, name in enumerate("zyx"):
        np.testing.assert_array_equal(result[f"dt_d{name}"][:], expected[axis])


@pytest.mark.parametrize("version", [2, 3])
def test_xarray_reads_labels_and_attributes(tmp_path, version):
    write_xarray(labelled(), tmp_path / "in.zarr", version)

    path = grad(tmp_path, "in.zarr", "-v", "t")

    assert json.loads((path / "zarr.json").read_text())["consolidated_metadata"]["kind"] == "inline"
    with xarray.open_zarr(path, consolidated=True) as result:
        assert result.dt_dy.dims == result.dt_dx.dims == ("y", "x")
        assert result.dt_dy.attrs["units"] == "K m-1"
        assert result.dt_dy.attrs["list"] == [1, 2]
        assert result.dt_dy.attrs["nested"] == {"a": [1.5, None]}
        assert result.dt_dy.attrs["on"] is True
        assert result.attrs["title"] == "Test"
        assert result.attrs["history"].endswith("\nbefore")
        for name in ("y", "x"):
            xarray.testing.assert_identical(result[name], labelled()[name])


@pytest.mark.parametrize("version", [2, 3])
def test_missing_samples_are_missing_to_xarray(tmp_path, version):
    dataset = labelled()
    dataset["t"] = dataset.t.where(dataset.t > 20)
    dataset["t"].encoding = {"_FillValue": -1.0}
    write_xarray(dataset, tmp_path / "in.zarr", version)

    with xarray.open_zarr(grad(tmp_path, "in.zarr", "-v", "t", "-x", "x")) as result:
        expected = np.gradient(dataset.t.values, axis=1)
        np.testing.assert_array_equal(result.dt_dx.values, expected)
        assert result.dt_dx.encoding["_FillValue"] == -1
        assert np.isnan(expected).any()


@pytest.mark.parametrize("version", [2, 3])
def test_what_is_copied_is_copied_whole(tmp_path, version):
    dataset = labelled()
    dataset = dataset.assign_coords(
        place=("x", ["a", "bb", "c", "d", "e"]),
        word=("x", np.array(["long", "ä", "", "d", "e"], object)),
        code=("x", np.array([b"a", b"bb", b"c", b"d", b"e"])),
        grid=(("y", "x"), np.asfortranarray(samples("i2", (6, 5)) > 50)),
        area=(("y", "x"), samples("f8", (6, 5))),
        on=("y", [True] * 6),
    )
    dataset["crs"] = ((), 0, {"grid_mapping_name": "latitude_longitude", "semi_major_axis": 6.4e6})
    dataset["t"].attrs["grid_mapping"] = "crs"
    chunks = {"chunks": (3, 2)} | ({"shards": (6, 4)} if version == 3 else {})
    write_xarray(
        dataset,
        tmp_path / "in.zarr",
        version,
        encoding={"area": chunks, "grid": {"chunks": (4, 2)}},
    )

    with xarray.open_zarr(grad(tmp_path, "in.zarr", "-v", "t")) as result:
        for name in ("place", "word", "code", "grid", "area", "on", "crs"):
            np.testing.assert_array_equal(result[name].values, dataset[name].values)
            assert result[name].attrs == dataset[name].attrs


def write_netcdf(path, kind="NETCDF4", **options):
    with netCDF4.Dataset(path, "w", format=kind) as file:
        file.title = "Test"
        for name, extent in (("time", None), ("y", 6), ("x", 5)):
            file.createDimension(name, extent)
        file.createVariable("time", "f8", ("time",))[:] = [0, 1, 2]
        file["time"].setncatts({"units": "days since 2001-01-01", "calendar": "standard"})
        file.createVariable("y", "f8", ("y",))[:] = np.arange(6) * 2.0
        file["y"].setncatts({"units": "m", "valid_range": np.array([0.0, 99])})
        file.createVariable("crs", "S1", ())
        file["crs"].setncatts({"grid_mapping_name": "latitude_longitude", "axis": np.float32(0.5)})
        t = file.createVariable("t", "f4", ("time", "y", "x"), fill_value=np.float32(-1), **options)
        t.setncatts({"units": "K", "grid_mapping": "crs", "levels": np.int16([1, 2])})
        t[:] = np.ma.masked_equal(samples("f4", (3, 6, 5)), 7)


@pytest.mark.parametrize("kind", ["NETCDF3_CLASSIC", "NETCDF4", "NETCDF4_CLASSIC"])
def test_netcdf_becomes_zarr(tmp_path, kind):
    write_netcdf(tmp_path / "in.nc", kind)
    one = xarray.open_dataset(grad(tmp_path, "in.nc", "-v", "t", output="out.nc"))

    other = xarray.open_zarr(grad(tmp_path, "in.nc", "-v", "t"))

    assert set(one.variables) == set(other.variables)
    for name in ("dt_dy", "dt_dx", "y", "time"):
        np.testing.assert_array_equal(one[name].values, other[name].values)
        assert one[name].dims == other[name].dims
        for attribute, value in one[name].attrs.items():
            np.testing.assert_array_equal(other[name].attrs[attribute], value)
    assert other.crs.attrs == {"grid_mapping_name": "latitude_longitude", "axis": 0.5}
    assert other.attrs["title"] == "Test"


@pytest.mark.parametrize("version", [2, 3])
def test_zarr_becomes_netcdf(tmp_path, version):
    dataset = labelled().assign_coords(area=(("y", "x"), samples("f8", (6, 5))))
    dataset["t"] = dataset.t.where(dataset.t > 20)
    write_xarray(dataset, tmp_path / "in.zarr", version)
    one = xarray.open_zarr(grad(tmp_path, "in.zarr", "-v", "t"))

    other = xarray.open_dataset(grad(tmp_path, "in.zarr", "-v", "t", output="out.nc"))

    assert set(one.variables) == set(other.variables)
    for name in one.variables:
        np.testing.assert_array_equal(one[name].values, other[name].values)
    assert other.dt_dy.attrs["units"] == "K m-1"
    assert json.loads(other.dt_dy.attrs["nested"]) == {"a": [1.5, None]}


def test_stores_are_replaced_only_if_asked_for(tmp_path):
    write_xarray(labelled(), tmp_path / "in.zarr", 3)
    path = grad(tmp_path, "in.zarr", "-v", "t", "-x", "x")
    before = (path / "zarr.json").read_bytes()

    refused = tool.run("grad", "-q", "in.zarr", "-v", "t", "-o", "out.zarr", cwd=tmp_path)

    assert refused.returncode == 3
    assert (path / "zarr.json").read_bytes() == before
    grad(tmp_path, "in.zarr", "-v", "t", "-x", "y", "-O")
    assert set(zarr.open_group(path, mode="r").array_keys()) == {"dt_dy", "x", "y"}
    assert {entry.name for entry in tmp_path.iterdir()} == {"in.zarr", "out.zarr"}


def test_the_input_is_never_the_output(tmp_path):
    write_xarray(labelled(), tmp_path / "in.zarr", 3)

    refused = tool.run("grad", "-q", "in.zarr", "-v", "t", "-O", "-o", "in.zarr", cwd=tmp_path)

    assert refused.returncode == 2
    assert b"is the input" in refused.stderr


def test_nothing_is_left_of_a_run_that_fails(tmp_path):
    write_xarray(labelled(), tmp_path / "in.zarr", 3)
    (tmp_path / "in.zarr" / "t" / "c" / "0" / "0").write_bytes(b"x")

    failed = tool.run("grad", "-q", "in.zarr", "-v", "t", "-o", "out.zarr", cwd=tmp_path)

    assert failed.returncode == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["in.zarr"]
