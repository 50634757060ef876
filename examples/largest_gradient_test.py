# examples/largest_gradient_test.py: the superlative of the demo is NumPy's too
#
# SPDX-License-Identifier: BSD-3-Clause

import math
import os
import pathlib
import subprocess
import sys

import netCDF4
import numpy as np

EXAMPLES = pathlib.Path(__file__).parent
SST = EXAMPLES / "data" / "coads_sst.nc"


def numpys_largest():
    """K per 100 km, latitude and longitude where NumPy's meridional gradient is largest."""
    with netCDF4.Dataset(SST) as sst:
        latitude, longitude = sst["COADSY"][:], sst["COADSX"][:]
        field = np.ma.filled(sst["SST"][:].astype(float), np.nan)
    slope = np.gradient(field, latitude, axis=1)
    month, row, column = np.unravel_index(np.nanargmax(abs(slope)), slope.shape)
    value = slope[month, row, column] / (6371.0088 * math.pi / 180) * 100
    return value, latitude[row], longitude[column]


def test_the_largest_meridional_gradient_is_where_numpy_finds_it(tmp_path):
    tool = pathlib.Path(os.environ["GRIDGRAD_BIN"]) / "gridgrad"
    output = tmp_path / "gradient.nc"
    subprocess.run([tool, "grad", SST, "-v", "SST", "-o", output], check=True)

    command = [sys.executable, EXAMPLES / "largest_gradient.py", output]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout

    value, latitude, longitude = numpys_largest()
    assert f"gradient: {value:.2f} K per 100 km" in printed
    assert f"at {latitude:g} N, {360 - longitude:g} W, January" in printed
