# files.py: a gradient from file to file beside a copy of the same files
#
# SPDX-License-Identifier: BSD-3-Clause
"""python bench/files.py BUILD [MEBIBYTES]

BUILD: a folder with bin/gridgrad. Files of MEBIBYTES (512) are in the page cache; every way is
timed in turns with what it is held against, each followed by `sync -f` of what it wrote."""

import concurrent.futures
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import netCDF4
import numcodecs
import numpy as np
import zarr

TURNS = 5
STARTS = 50
MIB = 1 << 20


def field(mebibytes):
    """Smooth, so that it can be compressed, with noise in the last digits."""
    random = np.random.default_rng(1)
    shape = (mebibytes, 512, 512)
    x, y = np.linspace(0, 6, 512, dtype="f4"), np.linspace(0, 9, 512, dtype="f4")
    plane = np.sin(x)[:, None] * np.cos(y)
    samples = np.empty(shape, "f4")
    for k in range(mebibytes):
        samples[k] = plane * np.float32(1 + 0.01 * k)
        samples[k] += random.integers(0, 4, (512, 512), dtype="u1") * np.float32(2**-12)
    return samples


def write_netcdf(path, samples, **storage):
    with netCDF4.Dataset(path, "w") as file:
        for axis, extent in zip("zyx", samples.shape, strict=True):
            file.createDimension(axis, extent)
        variable = file.createVariable("f", "f4", tuple("zyx"), **storage)
        variable.set_auto_maskandscale(False)
        variable[:] = samples


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def shell(*commands):
    return lambda: subprocess.run(["bash", "-c", " && ".join(commands)], check=True)


def compare(name, ours, theirs, allowed):
    ours(), theirs()
    times = [(seconds(ours), seconds(theirs)) for _ in range(TURNS)]
    taken = statistics.median(time for time, _ in times)
    ratio = statistics.median(time / other for time, other in times)
    print(f"{name:<34} {taken:6.2f} s, {ratio:5.2f} times the copy ({allowed})", flush=True)


def recode_zarr(source, results, target):
    """Every chunk of a store decompressed, and the one of its result compressed, on as many
    threads as there are."""
    codec = numcodecs.Zstd(level=0)
    decoded = {
        path.relative_to(results): codec.decode(path.read_bytes())
        for path in results.rglob("*")
        if path.is_file() and path.name != "zarr.json"
    }

    def recode(item):
        path, result = item
        codec.decode((source / path).read_bytes())
        place = target / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(codec.encode(result))

    def work():
        shutil.rmtree(target, ignore_errors=True)
        with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            list(pool.map(recode, decoded.items()))
        subprocess.run(["sync", "-f", target], check=True)

    return work


def peak_mebibytes(command):
    program = pathlib.Path(__file__).parent.parent / "tests/cli/peak_memory.py"
    run = subprocess.run([sys.executable, program, *command], check=True, capture_output=True)
    return int(run.stdout) / MIB


def measure(tool, folder, mebibytes):
    samples = field(mebibytes)
    slabs = (4, 512, 512)
    np.save(folder / "f.npy", samples)
    write_netcdf(folder / "plain.nc", samples, contiguous=True)
    write_netcdf(folder / "deflated.nc", samples, zlib=True, complevel=1, chunksizes=slabs)
    store = zarr.create_array(
        folder / "f.zarr", shape=samples.shape, chunks=slabs, dtype="f4",
        dimension_names=["z", "y", "x"], compressors=zarr.codecs.ZstdCodec(level=0),
    )  # fmt: skip
    store[:] = samples
    del samples
    out, copy = folder / "out", folder / "copy"

    def grad(source, suffix, *options):
        target = f"{out}{suffix}"
        line = f"{tool} grad {folder / source} -x 0 -s 0.5 -q -O -o {target}"
        return shell(" ".join([line, *options]), f"sync -f {target}")

    sync = f"sync -f {copy}"
    exact = "cp --reflink=never --sparse=never"
    compare(".npy, axis 0", grad("f.npy", ".npy"),
            shell(f"{exact} {folder}/f.npy {copy}", sync), "at most 1.3")  # fmt: skip
    compare("netCDF-4", grad("plain.nc", ".nc"),
            shell(f"nccopy {folder}/plain.nc {copy}", sync), "at most 1.5")  # fmt: skip
    compare("netCDF-4, shuffle and deflate 1", grad("deflated.nc", ".nc"),
            shell(f"nccopy -s -d 1 {folder}/deflated.nc {copy}", sync), "at most 1.2")  # fmt: skip
    ours = grad("f.zarr", ".zarr")
    ours()
    results = pathlib.Path(f"{out}.zarr") / "df_dz"
    theirs = recode_zarr(folder / "f.zarr", results, folder / "copy.zarr")
    compare("Zarr, zstd", ours, theirs, "at most 1.2")
    for source, suffix in [("f.npy", ".npy"), ("deflated.nc", ".nc"), ("f.zarr", ".zarr")]:
        bound = mebibytes // 8
        command = [tool, "grad", folder / source, "-x", "0", "-q", "-O", "-m", f"{bound}MiB"]
        peak = peak_mebibytes([*command, "-o", f"{out}{suffix}"])
        print(f"memory, {source:<26} {peak:6.0f} MiB under -m {bound}MiB (at most {bound + 32})")


def measure_start(tool, folder):
    np.save(folder / "small.npy", np.arange(5.0))
    command = [tool, "grad", folder / "small.npy", "-o", "-"]
    times = [
        seconds(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))
        for _ in range(STARTS)
    ]
    print(f"{'start-up':<34} {1000 * statistics.median(times):6.1f} ms (at most 15)")


def main():
    tool = pathlib.Path(sys.argv[1]).resolve() / "bin/gridgrad"
    mebibytes = int(sys.argv[2]) if len(sys.argv) > 2 else 512
    with tempfile.TemporaryDirectory() as folder:
        measure_start(tool, pathlib.Path(folder))
        measure(tool, pathlib.Path(folder), mebibytes)


main()
