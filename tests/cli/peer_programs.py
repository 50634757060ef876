# peer_programs.py: runs CDO and gdaldem, on the observations that Debian's ferret-datasets has
#
# SPDX-License-Identifier: BSD-3-Clause

import pathlib
import subprocess

import netCDF4
import numpy as np
import rasterio

from peer_formulas import Winds

OBSERVATIONS = pathlib.Path("/usr/share/ferret-vis/data")
CLIMATOLOGY = OBSERVATIONS / "coads_climatology.cdf"


def observed_winds():
    """The winds over the sea of every month, 90 x 180; land is missing."""
    with netCDF4.Dataset(CLIMATOLOGY) as file:
        file.set_auto_mask(False)
        fill = float(file["UWND"]._FillValue)
        axes = file["COADSY"][:], file["COADSX"][:]
        months = zip(file["UWND"][:].astype(float), file["VWND"][:].astype(float))
        return [Winds(eastward, northward, *axes, fill) for eastward, northward in months]


def relief():
    """Heights in metres from north to south, float32, in cells of 2 degrees."""
    with netCDF4.Dataset(OBSERVATIONS / "etopo120.cdf") as file:
        return np.ascontiguousarray(file["ROSE"][:].filled()[::-1])


def write_winds(path, winds):
    """u and v in double, as netCDF."""
    with netCDF4.Dataset(path, "w", format="NETCDF3_CLASSIC") as file:
        for name, positions, units in [("lat", winds.latitude, "degrees_north"),
                                       ("lon", winds.longitude, "degrees_east")]:  # fmt: skip
            file.createDimension(name, len(positions))
            file.createVariable(name, "f8", (name,)).units = units
            file[name][:] = positions
        for name, samples in [("u", winds.eastward), ("v", winds.northward)]:
            file.createVariable(name, "f8", ("lat", "lon"), fill_value=winds.fill)[:] = samples


def run_cdo(place, source, operator, **parameters):
    """The variable that the operator makes of the file, as stored. What is called `options`
    are those of CDO."""
    options = parameters.pop("options", [])
    words = ",".join([operator, *(f"{key}={value}" for key, value in parameters.items())])
    subprocess.run(["cdo", "-s", "-O", *options, words, source, place / "of_cdo.nc"], check=True,
                   capture_output=True)  # fmt: skip
    with netCDF4.Dataset(place / "of_cdo.nc") as file:
        file.set_auto_mask(False)
        return file[{"uv2dv_cfd": "d", "uv2vr_cfd": "vo"}[operator]][:]


def write_terrain(path, terrain, crs=None):
    height, width = terrain.heights.shape
    transform = rasterio.Affine(terrain.cell_width, 0, 0, 0, -terrain.cell_height, 90)
    with rasterio.open(path, "w", driver="GTiff", count=1, height=height, width=width, crs=crs,
                       dtype=terrain.heights.dtype, nodata=terrain.nodata,
                       transform=transform) as file:  # fmt: skip
        file.write(terrain.heights, 1)


def run_gdaldem(place, kind, source, *options):
    subprocess.run(["gdaldem", kind, source, place / "of_gdaldem.tif", "-q", *options], check=True)
    with rasterio.open(place / "of_gdaldem.tif") as file:
        return file.read(1)
