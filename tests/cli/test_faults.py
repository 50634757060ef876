# test_faults.py: all of an output or nothing, whatever fails
#
# SPDX-License-Identifier: BSD-3-Clause

import errno
import os
import re
import shutil
import subprocess

import h5py
import numpy as np
import pytest
import rasterio
import zarr

import rasters
import test_netcdf
import tool
from share import some

DONE, FAILED = 0, 1
SHIM = os.environ["GRIDGRAD_FAULT_SHIM"]


def write_npy(path):
    np.save(path, np.arange(6.0) ** 2)


def npy_facts(path):
    return path.read_bytes()


def netcdf_facts(path):
    """Samples and attributes but the history, which has the time of the run."""
    samples, attributes = test_netcdf.stored(path)
    attributes[""].pop("history")
    return repr(
        (attributes, {name: (values.dtype, values.tolist()) for name, values in samples.items()})
    )


def write_netcdf3(path):
    test_netcdf.write_climate(path, "NETCDF3_64BIT_OFFSET")


def write_hdf5(path):
    """Numbers alone: HDF5 1.10 crashes where it cannot copy text."""
    test_netcdf.write_climate(path)
    with h5py.File(path, "a") as file:
        del file["crs"]


def write_geotiff(path):
    rasters.write_raster(path, rasters.samples_of("f4"), compress="deflate")


def geotiff_facts(path):
    """Bands and what is said of them but the history."""
    with rasterio.open(path) as file:
        tags = file.tags()
        tags.pop("history")
        bands = [(file.tags(k), file.read(k).tobytes()) for k in file.indexes]
        return repr((file.profile, tags, file.descriptions, file.units, bands))


def write_zarr(path):
    """A field in chunks, some of which come in parts, and its coordinates."""
    store = zarr.create_group(path)
    for name, shape, axes in [("y", (7,), ["y"]), ("x", (9,), ["x"]), ("v", (7, 9), ["y", "x"])]:
        array = store.create_array(name, shape=shape, chunks=[min(4, n) for n in shape], dtype="f8",
                                   dimension_names=axes)  # fmt: skip
        array[...] = np.arange(np.prod(shape)).reshape(shape) ** 2


def zarr_facts(path):
    """Arrays and attributes but the history."""
    store = zarr.open_group(path, mode="r")
    attributes = dict(store.attrs)
    attributes.pop("history")
    arrays = {name: (array.metadata.to_dict(), array[...].tobytes())
              for name, array in sorted(store.arrays())}  # fmt: skip
    return repr((attributes, arrays))


# Name of the input and of the output, what writes the one, what must agree of the other.
FORMATS = {
    "npy": ("in.npy", "out.npy", write_npy, npy_facts),
    "netcdf3": ("in.nc", "out.nc", write_netcdf3, netcdf_facts),
    "netcdf4": ("in.nc", "out.nc", test_netcdf.write_climate, netcdf_facts),
    "hdf5": ("in.h5", "out.h5", write_hdf5, netcdf_facts),
    "geotiff": ("in.tif", "out.tif", write_geotiff, geotiff_facts),
    "zarr": ("in.zarr", "out.zarr", write_zarr, zarr_facts),
}
READS = ("read", "pread")
READ_ERRORS = [errno.EIO, errno.EINTR]
WRITES = ("write", "pwrite")
WRITE_ERRORS = [errno.ENOSPC, errno.EIO, errno.EINTR, "short"]
# netCDF-C 4.9 and HDF5 1.10 crash when they cannot write, once more, the 48 bytes that HDF5
# begins with while it closes a file; all else is on the disk before.
CRASHING = {"netcdf4": 1, "hdf5": 1}
# Bytes that a library leaves out: libtiff, so that its tags begin at an even one.
LEFT_OUT = {"geotiff": 1}


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def files_of(path):
    """Bytes by path of a file, or of the files of a store."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return {str(file): file.read_bytes() for file in sorted(files)}


class Run:
    """The gradient of one file with calls that fail, in a directory of its own."""

    def __init__(self, place, kind):
        self.place, self.kind = place, kind
        self.input, self.output, write, self.facts = FORMATS[kind]
        self.log = place.parent / (place.name + ".log")
        write(place / self.input)
        assert self.start().returncode == DONE
        self.expected = self.facts(place / self.output)
        self.calls = self.logged()
        self.files = files_of(place / self.output)

    def start(self, *options, **faults):
        remove(self.place / self.output)
        return self.again(*options, **faults)

    def again(self, *options, **faults):
        """Over what is there."""
        self.log.unlink(missing_ok=True)
        settings = {f"FAULT_{name.upper()}": str(value) for name, value in faults.items()}
        # The sanitizers' library wants to be the first that is loaded.
        environment = dict(os.environ, LD_PRELOAD=SHIM, FAULT_PLACE=str(self.place.resolve()),
                           FAULT_LOG=str(self.log), ASAN_OPTIONS="verify_asan_link_order=0:detect_leaks=0",
                           **settings)  # fmt: skip
        return subprocess.run(
            [tool.EXECUTABLE, "grad", "-q", self.input, "-o", self.output, *options],
            cwd=self.place, env=environment, capture_output=True, timeout=60,
        )  # fmt: skip

    def logged(self):
        lines = [line.split(maxsplit=3) for line in self.log.read_text().splitlines()]
        return [(call, int(offset), int(count), path) for call, offset, count, path in lines]

    def crashing(self, call):
        last = [name for name, *_ in self.calls if name in WRITES][-1]
        return CRASHING.get(self.kind, 0) if call == last else 0

    def count(self, call):
        return sum(name == call for name, *_ in self.calls)

    def is_whole(self):
        path = self.place / self.output
        return files_of(path) == self.files or self.facts(path) == self.expected

    def require_all_or_nothing(self, process):
        """Of a run that has ended: what it left, what it said and how it ended agree."""
        present = {path.name for path in self.place.iterdir()}
        message = process.stderr.decode()
        assert present <= {self.input, self.output}, (present, message)
        assert self.output not in present or self.is_whole(), message
        if process.returncode == DONE:
            assert self.output in present and message == ""
            return
        assert process.returncode == FAILED, message
        assert message.startswith("gridgrad: ") and message.count("\n") == 1
        assert message.endswith("\n") and len(message) > len("gridgrad: \n")


@pytest.fixture
def place(tmp_path):
    directory = tmp_path / "place"
    directory.mkdir()
    return directory


@pytest.mark.parametrize("kind", FORMATS)
def test_every_byte_of_the_output_is_counted(place, kind):
    run = Run(place, kind)

    counted = {path: bytearray(len(content)) for path, content in run.files.items()}
    lengths = dict.fromkeys(counted, 0)
    for call, offset, count, path in run.calls:
        final = re.sub(r"\.part-\d+", "", path)
        if final not in counted:
            continue
        if call in WRITES:
            counted[final][offset : offset + count] = b"\1" * count
        if call == "ftruncate":
            lengths[final] = max(lengths[final], offset)
    # What is not written is what a file was made longer by, or what a library left out
    # between what it wrote.
    for path, content in run.files.items():
        gaps = [at for at, is_counted in enumerate(counted[path]) if not is_counted]
        assert all(content[at] == 0 for at in gaps)
        assert kind in ("hdf5", *LEFT_OUT) or all(at < lengths[path] for at in gaps)
        assert len(gaps) < len(content) / 10
        assert kind in ("netcdf4", "hdf5") or len(gaps) <= LEFT_OUT.get(kind, 0)


def share_of(errors, error, count):
    """Which of so many calls fail with one of the errors: each fails with one at least."""
    return some(range(1, count + 1), len(errors), errors.index(error))


@pytest.mark.parametrize("error", READ_ERRORS)
@pytest.mark.parametrize("kind", FORMATS)
def test_a_read_that_fails(place, kind, error):
    run = Run(place, kind)

    for call in READS:
        for number in share_of(READ_ERRORS, error, run.count(call)):
            process = run.start(call=call, number=number, error=error)
            run.require_all_or_nothing(process)


@pytest.mark.parametrize("error", WRITE_ERRORS)
@pytest.mark.parametrize("kind", FORMATS)
def test_a_write_that_fails(place, kind, error):
    run = Run(place, kind)

    for call in WRITES:
        for number in share_of(WRITE_ERRORS, error, run.count(call) - run.crashing(call)):
            process = run.start(call=call, number=number, error=error)
            run.require_all_or_nothing(process)
            if error in (errno.ENOSPC, errno.EIO):
                assert process.returncode == FAILED
            if error == "short" or (error == errno.EINTR and kind == "npy"):
                assert process.returncode == DONE


@pytest.mark.parametrize("call", ["fsync", "syncfs", "renameat2", "rename", "ftruncate"])
@pytest.mark.parametrize("kind", FORMATS)
def test_a_sync_or_rename_that_fails(place, kind, call):
    if call == "rename" and kind == "zarr":
        pytest.skip("directories are replaced by other calls, see below")
    run = Run(place, kind)
    options = ["-O"] if call == "rename" else []

    numbers = 1 if call == "rename" else run.count(call)
    assert numbers > 0 or call == "ftruncate" or (call == "syncfs") == (kind != "zarr")
    for number in range(1, numbers + 1):
        process = run.start(*options, call=call, number=number, error=errno.EIO)
        run.require_all_or_nothing(process)
        assert (
            process.returncode == FAILED
            and b"Input/output error" in process.stderr
            or (call == "ftruncate")
        )


@pytest.mark.parametrize("number", [1, 2])
def test_a_store_that_cannot_be_replaced(place, number):
    """The first call finds the name taken, the second exchanges the directories."""
    run = Run(place, "zarr")
    write_zarr(place / "old.zarr")
    old = list(files_of(place / "old.zarr").values())

    remove(place / "out.zarr")
    (place / "old.zarr").rename(place / "out.zarr")
    process = run.again("-O", call="renameat2", number=number, error=errno.EIO)

    assert process.returncode == FAILED and b"Input/output error" in process.stderr
    assert list(files_of(place / "out.zarr").values()) == old
    assert {path.name for path in place.iterdir()} == {"in.zarr", "out.zarr"}


def test_short_reads_are_continued(place):
    run = Run(place, "npy")

    for number in range(1, run.count("pread") + 1):
        process = run.start(call="pread", number=number, error="short")
        run.require_all_or_nothing(process)
        assert process.returncode == DONE


@pytest.mark.parametrize("kind", FORMATS)
def test_a_disk_that_is_full_at_any_byte(place, kind):
    run = Run(place, kind)
    writes = [count for call, _, count, _ in run.calls if "write" in call]
    written = sum(writes[: len(writes) - CRASHING.get(kind, 0)])

    # Every byte of .npy; libraries write kilobytes, of which a prime step meets all sorts.
    rooms = range(0, written, 1 if kind == "npy" else max(1, written // 97))
    for room in some(rooms, 5):
        process = run.start(room=room)
        run.require_all_or_nothing(process)
        assert process.returncode == FAILED and b": No space left on device" in process.stderr
    assert run.start(room=sum(writes)).returncode == DONE


@pytest.mark.parametrize("kind", ["npy", "zarr"])
def test_a_file_system_that_cannot_rename_without_replacing(place, kind):
    run = Run(place, kind)

    process = run.start(call="renameat2", number=0, error=errno.EINVAL)

    run.require_all_or_nothing(process)
    assert process.returncode == DONE
