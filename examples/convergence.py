# examples/convergence.py: how the error of a derivative falls with the spacing, and where it stops
#
# SPDX-License-Identifier: BSD-3-Clause
"""python convergence.py convergence.nc: then `gridgrad view convergence.nc`

The largest error of the derivative of exp(sin x), periodic, over n samples 2 pi / n apart, for
accuracy 2, 4, 6 and 8. Errors and spacings are stored as logarithms, so the derivative of a curve
is the order that was reached: p until the error of the samples counts, then -1.
"""

import sys

import netCDF4
import numpy as np

import gridgrad

ACCURACIES = (2, 4, 6, 8)
# 16 to 1 million samples, two to each factor of 2.
COUNTS = np.unique(np.round(2 ** np.arange(4, 20.5, 0.5)).astype(int))


def largest_error(count, accuracy):
    x = np.arange(count) * (2 * np.pi / count)
    field = np.exp(np.sin(x))
    slope = gridgrad.gradient(field, 2 * np.pi / count, accuracy=accuracy, boundary="periodic")
    return np.abs(slope - np.cos(x) * field).max()


def main(path):
    with netCDF4.Dataset(path, "w", format="NETCDF3_CLASSIC") as file:
        file.createDimension("log_h", len(COUNTS))
        spacing = file.createVariable("log_h", "f8", ("log_h",))
        spacing.setncatts({"long_name": "log10 of the spacing h", "units": "1"})
        spacing[:] = np.log10(2 * np.pi / COUNTS[::-1])
        for accuracy in ACCURACIES:
            error = file.createVariable(f"accuracy_{accuracy}", "f8", ("log_h",))
            error.setncatts({"long_name": "log10 of the largest error", "units": "1"})
            error[:] = [np.log10(largest_error(count, accuracy)) for count in COUNTS[::-1]]


if __name__ == "__main__":
    main(*sys.argv[1:])
