# rasters.py: GeoTIFF files made and read back by rasterio, and their results in memory
#
# SPDX-License-Identifier: BSD-3-Clause

import functools
import json
import pathlib
import subprocess
import tempfile
import warnings

import numpy as np
import rasterio
from rasterio.transform import Affine

import tool

# Neither a multiple of the tiles nor of the strips.
SHAPE = (37, 53)
NORTH_UP = Affine(0.25, 0, 10, 0, -0.5, 50)


def samples_of(kind, bands=1):
    """Random bytes of the type; floating numbers are halves, so that none is NaN."""
    random = np.random.default_rng(3)
    if np.dtype(kind).kind in "iu":
        return np.frombuffer(random.bytes(bands * SHAPE[0] * SHAPE[1] * np.dtype(kind).itemsize),
                             kind).reshape(bands, *SHAPE)  # fmt: skip
    halves = random.integers(-1000, 1000, (bands, *SHAPE, 2)) / 2
    if np.dtype(kind).kind == "c":
        return (halves[..., 0] + 1j * halves[..., 1]).astype(kind)
    return halves[..., 0].astype(kind)


def write_raster(path, samples, *, descriptions=None, units=None, scales=None, offsets=None,
                 tags=None, **profile):  # fmt: skip
    """Bands of one file; what `profile` does not say is as rasterio has it."""
    bands, height, width = samples.shape
    profile = {"crs": "EPSG:4326", "transform": NORTH_UP} | profile
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        with rasterio.open(path, "w", driver="GTiff", count=bands, height=height, width=width,
                           dtype=samples.dtype, **profile) as file:  # fmt: skip
            file.write(samples)
            for band, text in enumerate(descriptions or [], 1):
                file.set_band_description(band, text)
            if units:
                file.units = units
            if scales:
                file.scales = scales
                file.offsets = offsets
            file.update_tags(**(tags or {}))


def read_raster(path):
    """Samples by description."""
    with rasterio.open(path) as file:
        return dict(zip(file.descriptions, file.read()))


def gdalinfo(path):
    return json.loads(subprocess.run(["gdalinfo", "-json", path], check=True,
                                     stdout=subprocess.PIPE).stdout)  # fmt: skip


def positions(transform=NORTH_UP, shape=SHAPE):
    """y and x of the centres of pixels, each rounded once."""
    exact = [np.longdouble(transform.f), np.longdouble(transform.e), np.longdouble(transform.c),
             np.longdouble(transform.a)]  # fmt: skip
    rows = np.arange(shape[0], dtype=np.longdouble) + 0.5
    columns = np.arange(shape[1], dtype=np.longdouble) + 0.5
    return (exact[0] + exact[1] * rows).astype("f8"), (exact[2] + exact[3] * columns).astype("f8")


@functools.cache
def of_npy(kind, bands=1):
    """The two components that the same samples have as arrays in memory, for each band."""
    with tempfile.TemporaryDirectory() as folder:
        return [of_array(pathlib.Path(folder), band) for band in samples_of(kind, bands)]


def of_array(place, samples, transform=NORTH_UP):
    np.save(place / "field.npy", samples)
    for name, numbers in zip("yx", positions(transform, samples.shape)):
        np.save(place / f"{name}.npy", numbers)
    return tool.array_of(
        tool.succeed("grad", "field.npy", "-s", "y.npy,x.npy", "-o", "-", cwd=place)
    )


def assert_same_bits(result, expected):
    assert result.dtype == expected.dtype
    assert result.tobytes() == expected.tobytes()


def assert_agree(one, other):
    """What is to go to the output as it is."""
    first, second = gdalinfo(one), gdalinfo(other)
    for key in ("size", "coordinateSystem", "geoTransform", "cornerCoordinates"):
        assert first.get(key) == second.get(key), key
    for band in second["bands"]:
        assert band["block"] == first["bands"][0]["block"]
        assert repr(band.get("noDataValue")) == repr(first["bands"][0].get("noDataValue"))
    kinds = [info["metadata"].get("", {}).get("AREA_OR_POINT") for info in (first, second)]
    assert kinds[0] == kinds[1]
