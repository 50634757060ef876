# examples/largest_gradient.py: where sea surface temperature changes fastest to the north
#
# SPDX-License-Identifier: BSD-3-Clause
"""python largest_gradient.py sst_gradient.nc: reads what `gridgrad grad` wrote."""

import math
import sys

import netCDF4
import numpy as np

# Mean radius of the Earth, (2a + b) / 3 of GRS 80: Moritz, J. Geodesy 74 (2000) 128-133.
RADIUS_KM = 6371.0088
KM_PER_DEGREE = RADIUS_KM * math.pi / 180

MONTHS = "January February March April May June July August September October November December"
HOURS_PER_MONTH = 365.2425 * 24 / 12


def place(latitude, longitude):
    east = (longitude + 180) % 360 - 180
    return f"{abs(latitude):g} {'N' if latitude > 0 else 'S'}, {abs(east):g} {'E' if east > 0 else 'W'}"


def main(path):
    with netCDF4.Dataset(path) as gradient:
        slope = np.ma.filled(gradient["dSST_dCOADSY"][:].astype(float), np.nan)
        month, row, column = np.unravel_index(np.nanargmax(abs(slope)), slope.shape)
        largest = slope[month, row, column] / KM_PER_DEGREE * 100
        where = place(gradient["COADSY"][row], gradient["COADSX"][column])
        when = MONTHS.split()[int(gradient["TIME"][month] / HOURS_PER_MONTH)]
        for name in ["dSST_dCOADSX", "dSST_dCOADSY"]:
            print(f"computed {name}{gradient[name].shape} in {gradient[name].units}")
        print(f"file     {path}")
        print(f"largest  meridional gradient: {largest:.2f} K per 100 km northwards at {where}, {when}")


main(*sys.argv[1:])
