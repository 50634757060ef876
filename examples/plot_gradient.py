# examples/plot_gradient.py: a picture of sea surface temperature and its gradient
#
# SPDX-License-Identifier: BSD-3-Clause
"""python plot_gradient.py [PICTURE]: draws January; PICTURE ends in .png, .svg or .pdf."""

import pathlib
import sys

import gridgrad.xarray
import xarray as xr

SST = pathlib.Path(__file__).parent / "data" / "coads_sst.nc"


def main(picture="sst_gradient.png"):
    sst = xr.open_dataset(SST, decode_times=False).SST
    around = {"metric": "sphere", "boundary": {"COADSX": "periodic"}}
    figure = sst.gridgrad.plot_gradient(at={"TIME": 0}, **around)
    figure.savefig(picture, dpi=110)
    largest = float(sst.isel(TIME=0).gridgrad.magnitude(**around).max())
    print(f"drew {picture}; the largest gradient is {largest * 1e5:.2f} K per 100 km")


main(*sys.argv[1:])
