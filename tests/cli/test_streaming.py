# test_streaming.py: fields in parts give the bits of the whole, in the memory that was asked for
#
# SPDX-License-Identifier: BSD-3-Clause

import itertools
import json
import os
import pathlib
import pty
import re
import subprocess
import sys

import netCDF4
import numpy as np
import pytest

import tool
from fields import write_field
from share import EVERY_CASE, some

MIB = 1 << 20
BAD_ARGUMENT = 2
# The tool and the libraries of files, beside the samples.
MOST_BESIDE = 32 * MIB


def field(dtype="f8", shape=(40, 24, 18)):
    random = np.random.default_rng(11)
    if np.dtype(dtype).kind == "c":
        return (random.normal(size=shape) + 1j * random.normal(size=shape)).astype(dtype)
    return (100 * random.normal(size=shape)).astype(dtype)


def in_one(place, *arguments):
    """The bytes of a run that holds everything at once."""
    assert "1 tile of" in tool.succeed("grad", *arguments, "-o", "one.npy", "-O", "-n", cwd=place).decode()
    tool.succeed("grad", *arguments, "-o", "one.npy", "-O", cwd=place)
    return (place / "one.npy").read_bytes()


def least_memory(place, *arguments):
    """The memory of the smallest tile, which a refusal says."""
    process = tool.run("grad", *arguments, "-m", "1", "-O", cwd=place)
    assert process.returncode == BAD_ARGUMENT
    assert re.fullmatch(rb"gridgrad: memory: 1 bytes given; .*, needs \d+\n", process.stderr)
    return int(process.stderr.split()[-1])


def plan(place, *arguments):
    return json.loads(tool.succeed("grad", *arguments, "-n", "--json", cwd=place))


TYPES = ["f2", "f4", ">f8", "c8", "c16", "i1", "i4", "i8", "u2", "u8"]
# Multiples of the least memory: tiles of one row, of a few, and of most.
FACTORS = (1, 3, 20)


@pytest.mark.parametrize("dtype", some(TYPES, 1))
@pytest.mark.parametrize("order", ["C", "F"])
def test_npy_in_tiles_has_the_bits_of_the_whole(tmp_path, dtype, order):
    np.save(tmp_path / "f.npy", np.asarray(field(dtype), order=order))
    options = ["--accuracy", "4", "-s", "0.1"]
    for axis in ([] if order == "F" else ["all"]) + some("012", 3, TYPES.index(dtype)):
        arguments = ["f.npy", "-x", axis, *options]
        expected = in_one(tmp_path, *arguments)
        least = least_memory(tmp_path, *arguments, "-o", "tiles.npy")
        for factor in FACTORS:
            memory = factor * least
            tool.succeed("grad", *arguments, "-m", memory, "-o", "tiles.npy", "-O", cwd=tmp_path)
            assert (tmp_path / "tiles.npy").read_bytes() == expected
        streamed = tool.succeed("grad", *arguments, "-m", 10 * least, "-o", "-", cwd=tmp_path)
        assert streamed == expected


@pytest.mark.parametrize("rule", ["periodic@5", "symmetric", "neumann@2", "one-sided"])
@pytest.mark.parametrize("missing", ["none", "propagate", "adapt"])
def test_boundaries_and_gaps_are_those_of_the_whole(tmp_path, rule, missing):
    samples = field()
    samples[np.random.default_rng(5).random(samples.shape) < 0.1] = np.nan
    np.save(tmp_path / "f.npy", samples)
    arguments = ["f.npy", "-s", "0.1", "--accuracy", "6", "--missing", missing, "-b"]
    arguments += [",".join(f"{axis}={rule}" for axis in range(3))]
    expected = in_one(tmp_path, *arguments)

    least = least_memory(tmp_path, *arguments, "-o", "tiles.npy")
    for factor in FACTORS:
        memory = factor * least
        tool.succeed("grad", *arguments, "-m", memory, "-o", "tiles.npy", "-O", cwd=tmp_path)
        assert (tmp_path / "tiles.npy").read_bytes() == expected


def write_chunked(path, samples, chunks, **options):
    with netCDF4.Dataset(path, "w") as file:
        for axis, extent in zip("zyx", samples.shape):
            file.createDimension(axis, extent)
            file.createVariable(axis, "f8", (axis,))[:] = np.linspace(0, 1, extent) ** 2
        chunking = {"chunksizes": chunks} if chunks else {"contiguous": True}
        variable = file.createVariable("f", samples.dtype, ("z", "y", "x"), **chunking, **options)
        variable.set_auto_maskandscale(False)
        variable.units = "K"
        variable[:] = samples


def results(path):
    with netCDF4.Dataset(path) as file:
        file.set_auto_maskandscale(False)
        return {name: file[name][:].tobytes() for name in file.variables}


STORED = ["f4", "f8", "i2", "i4"]
CHUNKS = [None, (8, 24, 18), (4, 6, 18), (40, 5, 7), (1, 24, 18)]
FILLS = [None, 7]
# Each type in each of the chunks, and each of both with either fill.
CASES = [
    (dtype, chunks, fill)
    for (i, dtype), (j, chunks), (k, fill) in itertools.product(
        enumerate(STORED), enumerate(CHUNKS), enumerate(FILLS)
    )
    if EVERY_CASE or (i + j + k) % 2 == 0
]


@pytest.mark.parametrize("dtype, chunks, fill", some(CASES, 1))
def test_netcdf_in_tiles_has_the_bits_of_the_whole(tmp_path, dtype, chunks, fill):
    samples = field(dtype)
    if fill is not None:
        samples[np.random.default_rng(5).random(samples.shape) < 0.1] = fill
    options = {} if chunks is None else {"zlib": True}
    write_chunked(tmp_path / "f.nc", samples, chunks, fill_value=fill, **options)
    arguments = ["f.nc", "-v", "f", "--accuracy", "4", "--missing", "adapt"]
    tool.succeed("grad", *arguments, "-o", "one.nc", cwd=tmp_path)
    expected = results(tmp_path / "one.nc")
    assert set(expected) == {"z", "y", "x", "df_dz", "df_dy", "df_dx"}

    least = least_memory(tmp_path, *arguments, "-o", "tiles.nc")
    for factor in FACTORS:
        memory = factor * least
        tool.succeed("grad", *arguments, "-m", memory, "-o", "tiles.nc", "-O", cwd=tmp_path)
        assert results(tmp_path / "tiles.nc") == expected


def test_each_chunk_is_read_once_where_a_slab_fits(tmp_path):
    write_chunked(tmp_path / "f.nc", field("f4", (60, 40, 30)), (6, 10, 30), zlib=True)
    slab = 6 * 40 * 30 * 4

    enough = plan(tmp_path, "f.nc", "-v", "f", "-o", "out.nc", "-m", 30 * slab)
    little = plan(tmp_path, "f.nc", "-v", "f", "-o", "out.nc", "-m", 8 * slab)

    (once,) = enough["fields"]
    assert once["bytes_read"] == once["bytes_of_field"] == 60 * 40 * 30 * 4
    assert once["bytes_written"] == 3 * once["bytes_of_field"]
    assert once["tiles"] > 1 and once["tile"][1:] == [40, 30] and once["tile"][0] % 6 == 0
    assert once["chunks"] == [6, 10, 30] and once["peak_bytes"] <= enough["memory"] == 30 * slab
    (again,) = little["fields"]
    assert again["bytes_read"] > again["bytes_of_field"] and again["tile"][1] % 10 == 0
    assert list(tmp_path.iterdir()) == [tmp_path / "f.nc"]


def test_the_plan_is_said_in_words(tmp_path):
    np.save(tmp_path / "f.npy", field("f4", (100, 100)))

    text = tool.succeed("grad", "f.npy", "-o", "out.npy", "-m", "0.1MB", "-n", cwd=tmp_path)

    assert re.fullmatch(
        r"float32 100 x 100: \d+ tiles of \d+ x 100 samples each, 40 kB read \(1.00 times the "
        r"field\), 80 kB written, \d+ kB held at most\nmemory: 100 kB\n",
        text.decode(),
    )
    assert not (tmp_path / "out.npy").exists()


def test_standard_input_is_held_as_a_whole(tmp_path):
    array = field("f8", (100, 100))
    stdin = tool.npy_bytes(array)

    assert tool.succeed("grad", "-", "-o", "-", "-m", "1MB", cwd=tmp_path, stdin=stdin)
    process = tool.run("grad", "-", "-o", "-", "-m", "100kB", cwd=tmp_path, stdin=stdin)

    assert process.returncode == BAD_ARGUMENT and process.stdout == b""
    assert b"held in memory as a whole, which needs 240000 (" in process.stderr


@pytest.mark.parametrize("given", ["0x", "-3", "12 parsecs", ""])
def test_memory_that_is_no_size_is_refused(tmp_path, given):
    np.save(tmp_path / "f.npy", field())

    process = tool.run("grad", "f.npy", "-o", "out.npy", f"--memory={given}", cwd=tmp_path)

    assert process.returncode == BAD_ARGUMENT
    assert process.stderr.startswith(b"gridgrad: --memory: ") and process.stderr.count(b"\n") == 1


def peak_memory(place, *arguments):
    """The most memory that a run had, in bytes."""
    program = pathlib.Path(__file__).parent / "peak_memory.py"
    command = [sys.executable, program, tool.EXECUTABLE, *map(str, arguments)]
    return int(subprocess.run(command, cwd=place, check=True, capture_output=True).stdout)


def large_npy(path, mebibytes):
    """Samples from a counter, written block by block."""
    rows, columns = mebibytes, MIB // 4
    with open(path, "wb") as file:
        header = {"descr": "<f4", "fortran_order": False, "shape": (rows, columns)}
        np.lib.format.write_array_header_1_0(file, header)
        for row in range(rows):
            file.write(generated(row * columns + np.arange(columns)).tobytes())
    return rows, columns


def generated(counter):
    """The sample of a place, as a hash of its number."""
    mixed = counter.astype("u8") * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    return (mixed >> np.uint64(40)).astype("f4") / np.float32(1 << 20)


# Set to 6144 for ./test.sh --all.
LARGE = int(os.environ.get("GRIDGRAD_LARGE_MEBIBYTES", "512"))


plain_memory = pytest.mark.skipif(
    "GRIDGRAD_SANITIZED" in os.environ, reason="the sanitizers take memory of their own"
)


@plain_memory
def test_a_large_npy_stays_within_its_memory(tmp_path):
    rows, columns = large_npy(tmp_path / "f.npy", LARGE)
    memory = min(256, LARGE // 8) * MIB

    peak = peak_memory(tmp_path, "grad", "f.npy", "-x", "0", "-m", memory, "-o", "out.npy")

    assert peak <= memory + MOST_BESIDE
    result = np.load(tmp_path / "out.npy", mmap_mode="r")
    assert result.shape == (rows, columns) and result.dtype == "f4"
    random = np.random.default_rng(3)
    for i, j in zip(random.integers(1, rows - 1, 1000), random.integers(0, columns, 1000)):
        above, below = generated(np.array([(i + 1) * columns + j, (i - 1) * columns + j]))
        assert result[i, j] == (above - below) * np.float32(0.5)


@plain_memory
def test_a_large_compressed_netcdf_stays_within_its_memory(tmp_path):
    planes = LARGE // 3
    shape = (planes, 512, 512)
    with netCDF4.Dataset(tmp_path / "f.nc", "w") as file:
        for axis, extent in zip("zyx", shape):
            file.createDimension(axis, extent)
        chunks = (4, 512, 512)
        variable = file.createVariable("f", "f4", tuple("zyx"), zlib=True, complevel=1, chunksizes=chunks)
        for z in range(planes):
            variable[z] = generated(z * 97 + np.arange(512 * 512) // 64).reshape(512, 512)
    memory = min(256, LARGE // 8) * MIB

    peak = peak_memory(tmp_path, "grad", "f.nc", "-x", "z", "-q", "-m", memory, "-o", "out.nc")

    assert peak <= memory + MOST_BESIDE
    with netCDF4.Dataset(tmp_path / "out.nc") as file:
        for z in np.random.default_rng(3).integers(1, planes - 1, 20):
            above, below = (generated((z + k) * 97 + np.arange(512 * 512) // 64) for k in (1, -1))
            expected = (above - below) * np.float32(0.5)
            assert np.array_equal(file["df_dz"][z].ravel(), expected)


def test_progress_is_a_line_that_goes_away(tmp_path):
    np.save(tmp_path / "f.npy", field())
    arguments = ["grad", "f.npy", "-o", "out.npy", "-O", "-m", "1MB"]

    always = tool.run(*arguments, "--progress", "always", cwd=tmp_path).stderr.decode()

    assert re.search(r"\r100 % of 415 kB, \S+ [kMGT]?B/s, 0 s left\x1b\[K\r\x1b\[K$", always)
    assert tool.run(*arguments, cwd=tmp_path).stderr == b""
    assert tool.run(*arguments, "--progress", "never", cwd=tmp_path).stderr == b""


def test_progress_waits_for_a_second(tmp_path):
    write_field(tmp_path / "f.nc", field(), z=None, y=None, x=None)
    terminal, standard_error = pty.openpty()

    process = subprocess.run(
        [tool.EXECUTABLE, "grad", "f.nc", "-q", "-o", "out.nc"], cwd=tmp_path, stderr=standard_error
    )

    os.close(standard_error)
    assert process.returncode == 0
    with pytest.raises(OSError):
        os.read(terminal, 1)
