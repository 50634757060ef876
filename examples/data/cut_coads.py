# examples/data/cut_coads.py: cuts coads_sst.nc out of the COADS climatology
#
# SPDX-License-Identifier: BSD-3-Clause
"""python cut_coads.py coads_climatology.cdf coads_sst.nc: January and July of SST."""

import sys

import netCDF4

MONTHS = [0, 6]


def copy_variable(source, target, name):
    """Copies the stored numbers of a variable, of the kept months only."""
    variable = source[name]
    fill = getattr(variable, "_FillValue", None)
    copy = target.createVariable(name, variable.dtype, variable.dimensions, fill_value=fill)
    attributes = {key: variable.getncattr(key) for key in variable.ncattrs()}
    attributes.pop("_FillValue", None)
    copy.setncatts(attributes)
    copy[:] = variable[MONTHS] if variable.dimensions[0] == "TIME" else variable[:]


def main(source_path, target_path):
    with (
        netCDF4.Dataset(source_path) as source,
        netCDF4.Dataset(target_path, "w", format="NETCDF3_CLASSIC") as target,
    ):
        source.set_auto_maskandscale(False)
        target.set_auto_maskandscale(False)
        target.createDimension("TIME", None)
        target.createDimension("COADSY", source.dimensions["COADSY"].size)
        target.createDimension("COADSX", source.dimensions["COADSX"].size)
        target.history = f"cut_coads.py: January and July of SST\n{source.history}"
        for name in ["COADSX", "COADSY", "TIME", "SST"]:
            copy_variable(source, target, name)


main(*sys.argv[1:])
