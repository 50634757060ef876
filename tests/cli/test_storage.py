# test_storage.py: chunks, compression and names of results
#
# SPDX-License-Identifier: BSD-3-Clause

import h5py
import netCDF4
import numpy as np
import pytest

import tool

USAGE, UNSUPPORTED = 2, 4


def samples():
    return np.random.default_rng(6).normal(size=(20, 30)).astype("f4")


def write_netcdf(path, kind="NETCDF4", **storage):
    with netCDF4.Dataset(path, "w", format=kind) as file:
        file.createDimension("lat", 20)
        file.createDimension("lon", 30)
        file.createVariable("t", "f4", ("lat", "lon"), **storage)[:] = samples()


def storage_of(path, name="dt_dlat"):
    """Chunks, and the filters that are on with their levels."""
    with netCDF4.Dataset(path) as file:
        chunks = file[name].chunking()
        filters = file[name].filters() or {}
        on = {
            k: v
            for k, v in filters.items()
            if v and k in ("zlib", "shuffle", "complevel", "fletcher32")
        }
    return chunks if chunks == "contiguous" else tuple(chunks), on


def grad(place, *arguments, output="out.nc"):
    return tool.run("grad", "-q", "in.nc", "-x", "lat", *arguments, "-o", output, cwd=place)


@pytest.mark.parametrize("output", ["out.nc", "out.h5"])
@pytest.mark.parametrize(
    "storage, chunks, filters",
    [
        ({}, "contiguous", {}),
        ({"chunksizes": (5, 30)}, (5, 30), {}),
        ({"chunksizes": (7, 11), "zlib": True, "complevel": 2, "shuffle": True}, (7, 11),
         {"zlib": True, "complevel": 2, "shuffle": True}),
        ({"chunksizes": (20, 1), "zlib": True, "complevel": 9, "shuffle": False, "fletcher32": True},
         (20, 1), {"zlib": True, "complevel": 9, "fletcher32": True}),
    ],
)  # fmt: skip
def test_results_are_stored_like_the_field(tmp_path, storage, chunks, filters, output):
    write_netcdf(tmp_path / "in.nc", **storage)

    assert grad(tmp_path, output=output).returncode == 0

    assert storage_of(tmp_path / output) == (chunks, filters)


@pytest.mark.parametrize("output", ["out.nc", "out.h5"])
@pytest.mark.parametrize(
    "options, chunks, filters",
    [
        (["-z", "deflate:7"], (5, 30), {"zlib": True, "complevel": 7, "shuffle": True}),
        (["-z", "deflate"], (5, 30), {"zlib": True, "complevel": 4, "shuffle": True}),
        (["-z", "none"], (5, 30), {}),
        (["--chunks", "lat=3"], (3, 30), {"zlib": True, "complevel": 2, "shuffle": True}),
        (["--chunks", "lon=100,lat=2"], (2, 30), {"zlib": True, "complevel": 2, "shuffle": True}),
        (["-z", "none", "--chunks", "lon=6"], (5, 6), {}),
    ],
)
def test_options_say_otherwise(tmp_path, options, chunks, filters, output):
    write_netcdf(tmp_path / "in.nc", chunksizes=(5, 30), zlib=True, complevel=2)

    assert grad(tmp_path, *options, output=output).returncode == 0

    assert storage_of(tmp_path / output) == (chunks, filters)
    with netCDF4.Dataset(tmp_path / output) as file:
        np.testing.assert_array_equal(file["dt_dlat"][:], np.gradient(samples(), axis=0))


def test_what_was_contiguous_is_cut_only_to_be_compressed(tmp_path):
    write_netcdf(tmp_path / "in.nc")

    assert grad(tmp_path, "-z", "deflate:1").returncode == 0

    assert storage_of(tmp_path / "out.nc") == (
        (20, 30),
        {"zlib": True, "complevel": 1, "shuffle": True},
    )


def test_classic_files_become_netcdf4_to_be_compressed(tmp_path):
    write_netcdf(tmp_path / "in.nc", kind="NETCDF3_CLASSIC")

    process = tool.run(
        "grad", "in.nc", "-v", "t", "-x", "lat", "-z", "deflate", "-o", "out.nc", cwd=tmp_path
    )

    assert process.returncode == 0
    assert "written as netCDF-4, classic model: netCDF-3 has no chunks" in process.stderr.decode()
    with netCDF4.Dataset(tmp_path / "out.nc") as file:
        assert file.data_model == "NETCDF4_CLASSIC"
    assert storage_of(tmp_path / "out.nc")[1]["zlib"]


def test_axes_that_may_grow_are_in_chunks(tmp_path):
    with netCDF4.Dataset(tmp_path / "in.nc", "w", format="NETCDF3_CLASSIC") as file:
        file.createDimension("time", None)
        file.createDimension("lat", 4)
        file.createVariable("time", "f8", ("time",))[:] = [0, 1, 2]
        file.createVariable("t", "f4", ("time", "lat"))[:] = np.zeros((3, 4))

    tool.succeed("grad", "-q", "in.nc", "-v", "t", "-x", "lat", "-o", "out.h5", cwd=tmp_path)

    with h5py.File(tmp_path / "out.h5") as file:
        assert file["dt_dlat"].maxshape == (None, 4)
        assert file["dt_dlat"].chunks == (3, 4)
        assert file["time"].maxshape == (None,)


@pytest.mark.parametrize(
    "arguments, code, message",
    [
        (["-z", "zstd"], UNSUPPORTED,
         "compression: 'zstd' given; none, deflate:1 to deflate:9 can be written to netCDF"),
        (["-z", "deflate:12"], UNSUPPORTED,
         "compression: 'deflate:12' given; none, deflate:1 to deflate:9 can be written to netCDF"),
        (["-z", "deflate:x"], UNSUPPORTED,
         "compression: 'deflate:x' given; none, deflate:1 to deflate:9 can be written to netCDF"),
        (["--chunks", "lat"], USAGE,
         "chunks: 'lat' given; AXIS=SAMPLES is needed, as in lat=100"),
        (["--chunks", "lat=0"], USAGE,
         "chunks: 'lat=0' given; AXIS=SAMPLES is needed, as in lat=100"),
        (["--chunks", "lta=3"], USAGE,
         "chunks: 'lta' given; the axes are lat, lon; did you mean lat?"),
        (["--chunks", "lat=3,lat=4"], USAGE, "chunks: lat given twice"),
        (["--name", "{axis}", "-x", "lat,lat"], USAGE,
         "axis: lat given twice; each axis may be asked for once"),
        (["--name", "gradient", "-x", "lat,lon"], USAGE,
         "name: two results would be called gradient; {op}, {var} and {axis} tell them apart"),
        (["--name", "a/{var}"], USAGE,
         "name: 'a/{var}' given; a name without '/' is needed, in which {op}, {var}, {axis} and "
         "{order} stand for those of a result"),
        (["--name", "{vra}"], USAGE,
         "name: '{vra}' given; a name without '/' is needed, in which {op}, {var}, {axis} and "
         "{order} stand for those of a result"),
    ],
)  # fmt: skip
def test_options_that_cannot_be_obeyed_are_refused(tmp_path, arguments, code, message):
    write_netcdf(tmp_path / "in.nc")

    process = tool.run("grad", "-q", "in.nc", *arguments, "-o", "out.nc", cwd=tmp_path)

    assert process.stderr.decode() == f"gridgrad: {message}\n"
    assert process.returncode == code
    assert [path.name for path in tmp_path.iterdir()] == ["in.nc"]


@pytest.mark.parametrize(
    "arguments, argument",
    [
        (["in.nc", "-z", "none", "-o", "out.npy"], "compression"),
        (["in.nc", "--chunks", "lat=2"], "chunks"),
        (["in.nc", "--name", "g", "-o", "-"], "name"),
        (["in.npy", "--name", "g"], "name"),
        (["in.npy", "-z", "none", "-o", "out.npy"], "compression"),
    ],
)
def test_they_are_for_labelled_files(tmp_path, arguments, argument):
    write_netcdf(tmp_path / "in.nc")
    np.save(tmp_path / "in.npy", samples())

    process = tool.run("grad", "-q", *arguments, cwd=tmp_path)

    assert process.stderr.decode() == (
        f"gridgrad: {argument}: given for results that do not go to a labelled file, as .nc or .h5\n"
    )
    assert process.returncode == USAGE


@pytest.mark.parametrize(
    "template, arguments, names",
    [
        ("grad_{axis}", [], {"grad_lat", "grad_lon"}),
        ("{var}.{axis}.{order}", [], {"t.lat.1", "t.lon.1"}),
        ("D{order} {var} {axis}", ["--derivative", "2"], {"D2 t lat", "D2 t lon"}),
    ],
)
def test_names_follow_the_template(tmp_path, template, arguments, names):
    write_netcdf(tmp_path / "in.nc")

    tool.succeed(
        "grad", "-q", "in.nc", "--name", template, *arguments, "-o", "out.nc", cwd=tmp_path
    )

    with netCDF4.Dataset(tmp_path / "out.nc") as file:
        assert set(file.variables) == names


def test_a_result_does_not_take_the_name_of_a_coordinate(tmp_path):
    with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
        file.createDimension("lat", 3)
        file.createVariable("lat", "f8", ("lat",))[:] = [0, 1, 2]
        file.createVariable("t", "f4", ("lat",))[:] = [0, 1, 4]

    process = tool.run("grad", "-q", "in.nc", "--name", "{axis}", "-o", "out.nc", cwd=tmp_path)

    assert process.returncode == USAGE
    assert process.stderr.decode() == (
        "gridgrad: name: a result would be called lat, as a variable that is copied from the input\n"
    )
