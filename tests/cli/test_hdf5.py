# test_hdf5.py: HDF5 files in and out, beside .npy and read back by h5py and netCDF4
#
# SPDX-License-Identifier: BSD-3-Clause

import h5py
import netCDF4
import numpy as np
import pytest
import xarray

import tool
from share import EVERY_CASE, some

SHAPE = (6, 5, 7)
STORAGES = {
    "contiguous": {},
    "chunks": {"chunks": (2, 3, 7)},
    "gzip": {"chunks": (4, 5, 2), "compression": "gzip", "compression_opts": 5},
    "shuffled": {"chunks": (1, 5, 7), "compression": "gzip", "shuffle": True},
    "checked": {"chunks": (3, 2, 4), "fletcher32": True},
    "growing": {"chunks": (2, 2, 2), "maxshape": (None, None, None)},
}
DTYPES = ["f2", "f4", "f8", "c8", "c16", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]


def samples_of(dtype):
    random = np.random.default_rng(3)
    if np.dtype(dtype).kind in "iu":
        return random.integers(0, 100, SHAPE).astype(dtype)
    samples = random.normal(size=SHAPE)
    if np.dtype(dtype).kind == "c":
        samples = samples + 1j * random.normal(size=SHAPE)
    return samples.astype(dtype)


def in_memory(place, samples, *arguments):
    """What the tool makes of the samples as .npy."""
    np.save(place / "in_memory.npy", samples)
    return tool.array_of(tool.succeed("grad", "in_memory.npy", *arguments, "-o", "-", cwd=place))


def same_bits(one, other):
    return (
        one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    )


# Each type in three of the six, each of the six with types of every kind.
CASES = [
    (dtype, storage)
    for i, dtype in enumerate(DTYPES)
    for j, storage in enumerate(STORAGES)
    if EVERY_CASE or (i + j) % 2 == 0
]


@pytest.mark.parametrize("dtype, storage", some(CASES, 1))
def test_results_have_the_bits_of_npy_and_go_there_and_back(tmp_path, dtype, storage):
    samples = samples_of(dtype)
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file.create_dataset("run/field", data=samples, **STORAGES[storage])

    tool.succeed("grad", "-q", "in.h5:/run/field", "-x", "0,2", "-o", "out.h5", cwd=tmp_path)

    expected = in_memory(tmp_path, samples, "-x", "0,2")
    with h5py.File(tmp_path / "out.h5") as file:
        for k, name in enumerate(("dim_0", "dim_2")):
            dataset = file[f"run/dfield_d{name}"]
            assert same_bits(dataset[()], expected[k])
            assert dataset.chunks == STORAGES[storage].get("chunks")
            assert dataset.compression == STORAGES[storage].get("compression")
            assert dataset.shuffle == STORAGES[storage].get("shuffle", False)
            assert dataset.fletcher32 == STORAGES[storage].get("fletcher32", False)
            assert dataset.maxshape == STORAGES[storage].get("maxshape", SHAPE)


@pytest.mark.parametrize("memory", ["400KiB", "1MiB", "1GiB"])
@pytest.mark.parametrize("chunks", [None, (8, 50, 10), (3, 64, 20)])
def test_any_memory_gives_the_same_bits(tmp_path, memory, chunks):
    samples = np.random.default_rng(9).normal(size=(90, 64, 20)).astype("f4")
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file.create_dataset("f", data=samples, chunks=chunks, compression=chunks and "gzip")

    tool.succeed("grad", "-q", "in.h5", "-m", memory, "-o", "out.h5", cwd=tmp_path)

    expected = in_memory(tmp_path, samples)
    with h5py.File(tmp_path / "out.h5") as file:
        for axis in range(3):
            assert same_bits(file[f"df_ddim_{axis}"][()], expected[axis])


@pytest.mark.parametrize(
    "dtype", [">f2", ">f4", ">f8", ">c8", ">c16", ">i2", ">i4", ">i8", ">u2", ">u8"]
)
def test_the_other_byte_order_is_read(tmp_path, dtype):
    samples = samples_of(dtype)
    with h5py.File(tmp_path / "in.hdf5", "w") as file:
        file["field"] = samples

    output = tool.succeed("grad", "-q", "in.hdf5", "-v", "field", "-o", "-", cwd=tmp_path)

    assert same_bits(tool.array_of(output), in_memory(tmp_path, samples))


def write_labelled(path, **storage):
    """speed(y, x) in a group, along scales of the file: x is irregular, y has only a name."""
    with h5py.File(path, "w") as file:
        file.attrs["title"] = "a run"
        file["x"] = np.array([0, 1, 3, 4, 6.5, 7, 9])
        file["x"].attrs["units"] = "m"
        file["x"].make_scale("along")
        wind = file.create_group("run/wind")
        wind.attrs["anemometer"] = np.int32(7)
        speed = wind.create_dataset("speed", data=samples_of("f4")[0], **storage)
        speed.attrs["units"] = "m s-1"
        speed.attrs["levels"] = np.array([1.5, 2.5])
        speed.attrs["remark"] = np.bytes_("fixed")
        speed.attrs["names"] = ["Zürich", "Bern"]
        speed.dims[1].attach_scale(file["x"])
        speed.dims[0].label = "y"
        wind["direction"] = samples_of("f4")[1]
        file["label"] = "text"
        file["flags"] = np.array([True, False])
        file["record"] = np.zeros(3, [("a", "i4"), ("b", "f8")])
        file["nothing"] = h5py.Empty("f4")


def test_scales_are_coordinates_and_labels_are_names(tmp_path):
    write_labelled(tmp_path / "in.h5")

    described = tool.succeed("info", "in.h5", cwd=tmp_path).decode()

    assert "format: HDF5\n" in described
    assert "  x: 7 samples, coordinates in m, " in described
    assert "  float32 run/wind/speed(y, x) in m s-1\n" in described
    assert "  float32 run/wind/direction(dim_0, dim_1)\n" in described
    assert "label" not in described and "flags" not in described and "record" not in described


def test_gradients_use_the_scales(tmp_path):
    write_labelled(tmp_path / "in.h5")
    np.save(tmp_path / "x.npy", np.array([0, 1, 3, 4, 6.5, 7, 9]))

    tool.succeed("grad", "-q", "in.h5", "-v", "speed", "-o", "out.h5", cwd=tmp_path)

    speed = samples_of("f4")[0]
    with h5py.File(tmp_path / "out.h5") as file:
        wind = file["run/wind"]
        assert set(wind) == {"y", "dspeed_dy", "dspeed_dx"}
        assert same_bits(
            wind["dspeed_dx"][()], in_memory(tmp_path, speed, "-x", "1", "-s", "x.npy")
        )
        assert same_bits(wind["dspeed_dy"][()], in_memory(tmp_path, speed, "-x", "0"))
        np.testing.assert_array_equal(file["x"][()], np.load(tmp_path / "x.npy"))
        assert wind["dspeed_dx"].dims[1][0] == file["x"]
        assert wind["dspeed_dy"].dims[0][0] == wind["y"]


def test_attributes_are_carried_over(tmp_path):
    write_labelled(tmp_path / "in.h5")

    tool.succeed("grad", "-q", "in.h5", "-v", "speed", "-x", "x", "-o", "out.h5", cwd=tmp_path)

    with h5py.File(tmp_path / "out.h5") as file:
        attributes = dict(file["run/wind/dspeed_dx"].attrs)
        del attributes["DIMENSION_LIST"]
        np.testing.assert_array_equal(attributes.pop("levels"), [1.5, 2.5])
        assert list(attributes.pop("names")) == ["Zürich", "Bern"]
        assert attributes == {
            "long_name": "derivative of speed with respect to x",
            "units": "m s-1 m-1",
            "remark": "fixed",
        }
        assert file["run/wind"].attrs["anemometer"] == 7
        assert file.attrs["title"] == "a run"
        assert file.attrs["history"].endswith("Z: gridgrad grad -q in.h5 -v speed -x x -o out.h5")


def test_netcdf_opens_the_result_with_names(tmp_path):
    write_labelled(tmp_path / "in.h5")

    tool.succeed("grad", "-q", "in.h5", "-v", "speed", "-x", "x", "-o", "out.h5", cwd=tmp_path)

    with netCDF4.Dataset(tmp_path / "out.h5") as file:
        result = file["run/wind/dspeed_dx"]
        assert result.dimensions == ("y", "x")
        assert result.units == "m s-1 m-1"
        assert file.dimensions["x"].size == 7 and file["x"].units == "m"
        assert file["run/wind"].dimensions["y"].size == 5
        assert set(file["run/wind"].variables) == {"dspeed_dx"}
    with xarray.open_dataset(tmp_path / "out.h5", group="run/wind", engine="netcdf4") as dataset:
        assert dataset["dspeed_dx"].dims == ("y", "x")


def test_what_netcdf_wrote_is_read_the_same_through_both_libraries(tmp_path):
    """Unlimited axes, names without coordinates, variables named as a dimension."""
    with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
        for name, extent in (("time", None), ("lat", 4), ("n", 5)):
            file.createDimension(name, extent)
        file.createVariable("time", "i4", ("time",))[:] = [0, 1, 2]
        file["time"].units = "days since 2000-01-01"
        file.createVariable("lat", "f8", ("lat",))[:] = [0, 10, 30, 40]
        group = file.createGroup("deep").createGroup("er")
        field = group.createVariable("f", "f4", ("time", "lat", "n"), fill_value=np.float32(-9))
        field[:] = np.random.default_rng(2).normal(size=(3, 4, 5))
        field[1, 2, 3] = -9
        file.createVariable("n", "f4", ("lat", "n"))[:] = 0
    (tmp_path / "in.h5").write_bytes((tmp_path / "in.nc").read_bytes())

    tool.succeed("grad", "-q", "in.nc", "-v", "f", "-x", "lat,time,n", "-o", "nc.nc", cwd=tmp_path)
    tool.succeed("grad", "-q", "in.h5", "-v", "f", "-x", "lat,time,n", "-o", "h5.h5", cwd=tmp_path)
    tool.succeed("grad", "-q", "in.h5", "-v", "f", "-x", "lat,time,n", "-o", "h5.nc", cwd=tmp_path)
    tool.succeed("grad", "-q", "in.nc", "-v", "f", "-x", "lat,time,n", "-o", "nc.h5", cwd=tmp_path)

    described = tool.succeed("info", "in.h5", cwd=tmp_path).decode()
    assert "  time: 3 samples, coordinates in days since 2000-01-01, 2000-01-01 to 2000-01-03, time:" in described
    assert "  float32 n(lat, n)\n" not in described
    for name in ("h5.h5", "h5.nc", "nc.h5"):
        with netCDF4.Dataset(tmp_path / name) as file, netCDF4.Dataset(tmp_path / "nc.nc") as other:
            assert file.dimensions["time"].isunlimited()
            assert set(file.variables) == set(other.variables)
            for variable in ("df_dlat", "df_dtime", "df_dn"):
                ours, theirs = file["deep/er"][variable], other["deep/er"][variable]
                ours.set_auto_mask(False)
                theirs.set_auto_mask(False)
                assert ours.dimensions == theirs.dimensions
                assert same_bits(ours[:], theirs[:])
                assert ours.__dict__ == theirs.__dict__
                assert ours.chunking() == theirs.chunking()


def test_fill_values_are_missing_and_unwritten_chunks_hold_their_own(tmp_path):
    with h5py.File(tmp_path / "in.h5", "w") as file:
        marked = file.create_dataset("marked", data=np.float32([1, 2, -9, 4, 5, 7]))
        marked.attrs["_FillValue"] = np.float32(-9)
        absent = file.create_dataset("absent", (8,), "f4", chunks=(4,), fillvalue=3)
        absent[:4] = [0, 1, 2, 3]

    marked = tool.succeed("grad", "-q", "in.h5", "-v", "marked", "-o", "-", cwd=tmp_path)
    absent = tool.succeed("grad", "-q", "in.h5", "-v", "absent", "-o", "-", cwd=tmp_path)
    tool.succeed("grad", "-q", "in.h5", "-v", "marked", "-o", "out.h5", cwd=tmp_path)

    np.testing.assert_array_equal(tool.array_of(marked), np.float32([1, np.nan, 1, np.nan, 1.5, 2]))
    np.testing.assert_array_equal(tool.array_of(absent), np.float32([1, 1, 1, 0.5, 0, 0, 0, 0]))
    with h5py.File(tmp_path / "out.h5") as file:
        result = file["dmarked_ddim_0_6"]
        np.testing.assert_array_equal(result[()], np.float32([1, -9, 1, -9, 1.5, 2]))
        assert result.attrs["_FillValue"] == np.float32(-9)


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_missing_samples_of_every_floating_type_are_read_and_written(tmp_path, dtype):
    samples = np.array([1, 2, -9, 4, 5, 7], dtype)
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file["f"] = samples
        file["f"].attrs["_FillValue"] = samples[2]

    tool.succeed("grad", "-q", "in.h5", "--missing", "propagate", "-o", "out.h5", cwd=tmp_path)

    with h5py.File(tmp_path / "out.h5") as file:
        expected = np.array([1, -9, -9, -9, 1.5, 2], dtype)
        assert same_bits(file["df_ddim_0"][()], expected)


def test_scalars_and_empty_axes_are_described_and_left_alone(tmp_path):
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file["scalar"] = 3.5
        file["empty"] = np.zeros((0, 4))
        file["f"] = np.arange(4.0)

    described = tool.succeed("info", "in.h5", cwd=tmp_path).decode()
    refused = tool.run("grad", "in.h5", "-v", "empty", "-x", "0", cwd=tmp_path)

    assert "  float64 scalar()\n" in described
    assert (
        "  float64 empty(dim_0_0, dim_1)\n" in described
        or "  float64 empty(dim_0, dim_1)\n" in described
    )
    assert refused.returncode == 2
    assert refused.stderr.decode().startswith("gridgrad: axis dim_0")


def test_an_empty_axis_beside_the_differentiated_one_gives_an_empty_result(tmp_path):
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file["empty"] = np.zeros((0, 4), "f4")

    tool.succeed("grad", "-q", "in.h5", "-v", "empty", "-x", "1", "-o", "out.h5", cwd=tmp_path)

    with h5py.File(tmp_path / "out.h5") as file:
        assert file["dempty_ddim_1"].shape == (0, 4)
        assert file["dempty_ddim_1"].dtype == np.float32


def test_fields_of_32_axes_are_differentiated(tmp_path):
    samples = np.random.default_rng(4).normal(size=(1,) * 30 + (3, 4))
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file["f"] = samples

    tool.succeed("grad", "-q", "in.h5", "-x", "31", "-o", "out.h5", cwd=tmp_path)

    expected = in_memory(tmp_path, samples.reshape(3, 4), "-x", "1")
    with h5py.File(tmp_path / "out.h5") as file:
        assert same_bits(file["df_ddim_31"][()].reshape(3, 4), expected)


def test_names_may_have_blanks_and_letters_of_any_alphabet(tmp_path):
    place = tmp_path / "Ordner mit Häuschen"
    place.mkdir()
    with h5py.File(place / "größe.h5", "w") as file:
        file["höhe über Grund"] = np.array([0.0, 1, 4])
        file["höhe über Grund"].make_scale("")
        file["wind speed/im mittel"] = np.array([1.0, 2, 5])
        file["wind speed/im mittel"].dims[0].attach_scale(file["höhe über Grund"])

    tool.succeed("grad", "-q", "größe.h5", "-x", "höhe über Grund", "-o", "out.h5", cwd=place)
    tool.succeed("grad", "-q", "größe.h5:/wind speed/im mittel", "-o", "out.nc", cwd=place)

    name = "dim mittel_dhöhe über Grund"
    for path in ("out.h5", "out.nc"):
        with netCDF4.Dataset(place / path) as file:
            np.testing.assert_array_equal(file["wind speed"][name][:], [1, 1, 1])
            assert file["wind speed"][name].dimensions == ("höhe über Grund",)


def test_links_are_followed_once_and_lead_to_their_dataset(tmp_path):
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file["data/speed"] = np.arange(5.0) ** 2
        file["zz_hard"] = file["data"]
        file["soft"] = h5py.SoftLink("/data/speed")
        file["data/around"] = file["/"]
        file["round"] = h5py.SoftLink("/round")
        file["lost"] = h5py.SoftLink("/nowhere")
        file["beyond"] = h5py.ExternalLink("other.h5", "/speed")
        file["behind"] = h5py.SoftLink("/beyond")
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["speed"] = np.zeros(5)

    described = tool.succeed("info", "in.h5", cwd=tmp_path).decode()

    assert described.count("(dim_0)") == 1
    expected = tool.succeed("grad", "-q", "in.h5:/data/speed", cwd=tmp_path)
    for path in ("soft", "zz_hard/speed", "data/around/data/speed"):
        assert tool.succeed("grad", "-q", f"in.h5:/{path}", cwd=tmp_path) == expected
    for path in ("round", "lost", "beyond", "behind"):
        assert tool.run("grad", f"in.h5:/{path}", cwd=tmp_path).returncode == 2


def test_two_squares_need_not_share_their_axes(tmp_path):
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file["a"] = np.zeros((4, 4))
        file["b"] = np.zeros((5, 4))
        file["c"] = np.zeros((4, 6))

    described = tool.succeed("info", "in.h5", cwd=tmp_path).decode()

    assert "float64 a(dim_0, dim_1)\n" in described
    assert "float64 b(dim_0_5, dim_1)\n" in described
    assert "float64 c(dim_0, dim_1_6)\n" in described


def test_a_line_called_like_a_label_holds_its_coordinates(tmp_path):
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file["depth"] = np.array([0.0, 1, 3])
        file["t"] = np.array([0.0, 2, 6])
        file["t"].dims[0].label = "depth"

    output = tool.succeed("grad", "-q", "in.h5:/t", "-o", "-", cwd=tmp_path)

    np.testing.assert_array_equal(tool.array_of(output), [2, 2, 2])


def test_a_scale_of_another_length_is_not_taken(tmp_path):
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file["x"] = np.arange(3.0)
        file["x"].make_scale("x")
        file["f"] = np.arange(5.0)
        file["f"].dims[0].attach_scale(file["x"])

    described = tool.succeed("info", "in.h5", cwd=tmp_path).decode()

    assert "float64 f(dim_0)\n" in described


def test_a_user_block_before_the_file_is_passed_over(tmp_path):
    with h5py.File(tmp_path / "in.h5", "w", userblock_size=2048) as file:
        file["f"] = np.arange(5.0)
    with open(tmp_path / "in.h5", "r+b") as file:
        file.write(b"#!/bin/sh\n")

    output = tool.succeed("grad", "-q", "in.h5:/f", "-o", "-", cwd=tmp_path)

    np.testing.assert_array_equal(tool.array_of(output), np.ones(5))


def test_copied_variables_of_any_type_stay_as_they_are(tmp_path):
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file["f"] = np.arange(3.0)
        file["f"].attrs["coordinates"] = "station kind"
        file["f"].attrs["grid_mapping"] = "crs"
        file["station"] = np.array([b"one", b"two", b"six"])
        file["kind"] = np.array([True, False, True])
        file["crs"] = "a map"
        file["crs"].attrs["grid_mapping_name"] = "mercator"

    tool.succeed("grad", "-q", "in.h5:/f", "-o", "out.h5", cwd=tmp_path)
    crossed = tool.run("grad", "in.h5:/f", "-o", "out.nc", cwd=tmp_path)

    with h5py.File(tmp_path / "out.h5") as file:
        assert list(file["station"][()]) == [b"one", b"two", b"six"]
        assert list(file["kind"][()]) == [True, False, True]
        assert file["crs"][()] == b"a map"
    assert crossed.returncode == 0
    assert "station does not hold numbers and is left out" in crossed.stderr.decode()
    with netCDF4.Dataset(tmp_path / "out.nc") as file:
        assert file["crs"].grid_mapping_name == "mercator"
        assert set(file.variables) == {"crs", "df_ddim_0"}


@pytest.mark.parametrize("output, format", [("out.h5", "HDF5"), ("out.nc", "netCDF")])
def test_filters_that_are_for_other_types_are_left_out_and_said(tmp_path, output, format):
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file.create_dataset("f", data=np.arange(40).reshape(8, 5), chunks=(4, 5), scaleoffset=0)

    process = tool.run("grad", "in.h5", "-v", "f", "-o", output, cwd=tmp_path)

    assert process.returncode == 0
    note = f"f: scaleoffset cannot be written to {format}; it is left out\n"
    assert note in process.stderr.decode()
    with h5py.File(tmp_path / output) as file:
        np.testing.assert_array_equal(file["df_ddim_0"][()], np.full((8, 5), 5.0))
        assert file["df_ddim_0"].chunks == (4, 5)


@pytest.mark.parametrize("dtype", ["c8", "c16", "f2"])
def test_netcdf_has_no_type_for_some_results(tmp_path, dtype):
    with h5py.File(tmp_path / "in.h5", "w") as file:
        file["f"] = np.arange(3).astype(dtype)

    process = tool.run("grad", "-q", "in.h5", "-o", "out.nc", cwd=tmp_path)

    assert process.returncode == 4
    assert process.stderr.decode() == (
        "gridgrad: df_ddim_0: netCDF has neither complex nor 16-bit floating numbers; "
        ".h5 and .npy have\n"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.h5"]
