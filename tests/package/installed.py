# installed.py: installs what was built, and holds what was installed to it
#
# SPDX-License-Identifier: BSD-3-Clause

import os
import pathlib
import subprocess

import numpy as np
import rasterio
from rasterio.transform import Affine

SOURCE = pathlib.Path(__file__).parents[2]
BUILD = pathlib.Path(os.environ["GRIDGRAD_BUILD"])
BUILT_TOOL = os.environ["GRIDGRAD_TOOL"]
# One for each module of a format, and the one that needs none.
SUFFIXES = ("npy", "nc", "h5", "zarr", "tif")


def run(*command, **options):
    """Standard output of a command that must end well."""
    done = subprocess.run([*map(str, command)], capture_output=True, **options)
    assert done.returncode == 0, (command, done.stdout.decode(), done.stderr.decode())
    return done.stdout


def files_below(folder):
    """Paths of everything but folders, relative to the folder."""
    return {path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir()}


def install(prefix, **options):
    run("cmake", "--install", BUILD, "--strip", "--prefix", prefix, **options)


def write_source(path, suffix):
    """A field in the format from which files of the suffix are written."""
    if suffix == "tif":
        profile = {"driver": "GTiff", "width": 7, "height": 5, "count": 1, "dtype": "float32",
                   "crs": "EPSG:32632", "transform": Affine(30, 0, 0, 0, -30, 0)}  # fmt: skip
        with rasterio.open(path, "w", **profile) as raster:
            raster.write(np.arange(35, dtype=np.float32).reshape(1, 5, 7) ** 2)
    elif suffix == "npy":
        np.save(path, np.arange(35.0).reshape(5, 7) ** 2)
    else:
        path.write_bytes((SOURCE / "examples/data/coads_sst.nc").read_bytes())


def differentiate_twice(tool, suffix, folder, **options):
    """Bytes of samples that the tool has written to a file of the format and read again."""
    folder.mkdir(parents=True)
    if "user" in options:
        os.chown(folder, options["user"], options["group"])
    source = folder / f"source.{'nc' if suffix in ('h5', 'zarr') else suffix}"
    write_source(source, suffix)
    axis = {"npy": "1", "tif": "x"}.get(suffix, "COADSX")
    first = folder / f"first.{suffix}"
    run(tool, "grad", source, "-x", axis, "-o", first, "-q", **options)
    run(tool, "info", first, **options)
    return run(tool, "grad", first, "-x", axis, "-o", "-", "-q", **options)


def build_consumer(folder, prefix, **options):
    """Builds and runs the project of tests/consumer/ with the library of the prefix alone."""
    consumer = SOURCE / "tests/consumer"
    run(
        "cmake", "-S", consumer, "-B", folder, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}",
        f"-DCMAKE_CXX_COMPILER={os.environ['CXX']}", **options,
    )  # fmt: skip
    cache = (folder / "CMakeCache.txt").read_text()
    assert f"gridgrad_DIR:PATH={prefix}/" in cache
    run("cmake", "--build", folder, **options)
    assert b"refused: " in run(folder / "consumer", **options)
