# fields.py: netCDF files of one variable
#
# SPDX-License-Identifier: BSD-3-Clause

import netCDF4
import numpy as np


def write_field(path, samples, name="f", **coordinates):
    """A variable in K along axes whose coordinates are numbers, or numbers and attributes,
    or None."""
    with netCDF4.Dataset(path, "w") as file:
        for (axis, given), extent in zip(coordinates.items(), samples.shape):
            file.createDimension(axis, extent)
            if given is None:
                continue
            numbers, attributes = given if isinstance(given, tuple) else (given, {})
            file.createVariable(axis, np.asarray(numbers).dtype, (axis,))[:] = numbers
            file[axis].setncatts(attributes)
        file.createVariable(name, samples.dtype, tuple(coordinates))[:] = samples
        file[name].units = "K"
