# metpy_examples.py: what MetPy documents by example, beside the values that analysis gives
#
# SPDX-License-Identifier: BSD-3-Clause
"""Examples of MetPy's gallery and of its own tests whose fields are given by a formula. Each
is a function that returns the result of MetPy and the exact value at every sample."""

import metpy.calc
import numpy as np
import xarray as xr
from metpy.cbook import example_data
from metpy.units import units
from pyproj import CRS

EQUATORIAL_RADIUS = 6378137.0
FLATTENING = 1 / 298.257223563


def radii(latitude):
    """Of curvature, of WGS84: across the meridian and along it."""
    eccentricity = FLATTENING * (2 - FLATTENING)
    beneath = 1 - eccentricity * np.sin(latitude) ** 2
    across = EQUATORIAL_RADIUS / np.sqrt(beneath)
    return across, across * (1 - eccentricity) / beneath


class Winds:
    """On the ellipsoid; `jacobian` are the derivatives of u and of v by longitude and by
    latitude, in radians."""

    def __init__(self, u, v, jacobian, latitude):
        self.u, self.v = u, v
        (self.u_east, self.u_north), (self.v_east, self.v_north) = jacobian
        self.across, self.along = radii(latitude)
        self.parallel = self.across * np.cos(latitude)
        self.curving = np.tan(latitude) / self.across

    def divergence(self):
        return self.u_east / self.parallel + self.v_north / self.along - self.v * self.curving

    def vorticity(self):
        return self.v_east / self.parallel - self.u_north / self.along + self.u * self.curving


def gallery_winds():
    """The winds of `example_data` are differences of one surface z(x, y), here with x and y in
    steps of a quarter, each of which is 10/23 degrees."""
    dataset = example_data()
    spacing = 6 / 24
    west, east = np.arange(24) * spacing - 3, np.arange(1, 25) * spacing - 3
    to_degrees = np.radians(10 / 23) / spacing
    x, y = np.meshgrid(east, west)
    u_east, u_north = (100 * (south - north) / to_degrees for south, north in zip(
        slopes_of_gallery(x, y), slopes_of_gallery(x, y + spacing), strict=True))  # fmt: skip
    x, y = np.meshgrid(west, east)
    v_east, v_north = (100 * (right - left) / to_degrees for left, right in zip(
        slopes_of_gallery(x, y), slopes_of_gallery(x + spacing, y), strict=True))  # fmt: skip
    jacobian = (u_east, u_north), (v_east, v_north)
    latitude = np.radians(dataset.lat.values)[:, None]
    return dataset, Winds(dataset.uwind.values, dataset.vwind.values, jacobian, latitude)


def slopes_of_gallery(x, y):
    """Of z = (1 - x/2 + x^5 + y^3) exp(-x^2 - y^2), by x and by y."""
    hill, factor = np.exp(-(x**2) - y**2), 1 - x / 2 + x**5 + y**3
    return (5 * x**4 - 0.5 - 2 * x * factor) * hill, (3 * y**2 - 2 * y * factor) * hill


def divergence_of_the_gallery():
    dataset, winds = gallery_winds()
    return metpy.calc.divergence(dataset.uwind, dataset.vwind).data.m, winds.divergence()


def vorticity_of_the_gallery():
    dataset, winds = gallery_winds()
    return metpy.calc.vorticity(dataset.uwind, dataset.vwind).data.m, winds.vorticity()


# The grid of MetPy's tests of geographic coordinates: u = v = 0, 1, 2, 3 on each parallel.
LONGITUDES, LATITUDES = np.array([-100, -90, -80, -70.0]), np.array([45, 55, 65.0])
RAMP = np.tile(np.arange(4.0), (3, 1))
PLACE = {"longitude": LONGITUDES * units.degree, "latitude": LATITUDES * units.degree,
         "crs": CRS("+proj=latlon")}  # fmt: skip


def ramp_winds():
    per_radian = np.full(RAMP.shape, 1 / np.radians(10))
    jacobian = ((per_radian, 0.0), (per_radian, 0.0))
    return Winds(RAMP, RAMP, jacobian, np.radians(LATITUDES)[:, None])


def divergence_of_ramps():
    wind = RAMP * units("m/s")
    return metpy.calc.divergence(wind, wind, **PLACE).m, ramp_winds().divergence()


def vorticity_of_ramps():
    wind = RAMP * units("m/s")
    return metpy.calc.vorticity(wind, wind, **PLACE).m, ramp_winds().vorticity()


def eastward_gradient_of_a_ramp():
    result = metpy.calc.geospatial_gradient(RAMP * units.K, **PLACE)[0].m
    winds = ramp_winds()
    return result, winds.u_east / winds.parallel


def northward_gradient_of_a_ramp():
    """The ramp turned: by latitude."""
    ramp = np.tile(np.arange(3.0)[:, None], 4) * units.K
    result = metpy.calc.geospatial_gradient(ramp, **PLACE)[1].m
    along = radii(np.radians(LATITUDES)[:, None])[1]
    return result, np.tile(1 / (np.radians(10) * along), 4)


def temperature():
    """The field on longitude and latitude of MetPy's tests, its lowest level; the step to the
    next sample is -50/47 K to the east and four times that to the north."""
    samples = np.linspace(300, 250, 3 * 4 * 4).reshape(3, 4, 4)[0]
    axes = {"lat": ("lat", np.linspace(30, 40, 4), {"units": "degrees_north"}),
            "lon": ("lon", np.linspace(260, 270, 4), {"units": "degrees_east"})}  # fmt: skip
    field = xr.DataArray(samples, axes, ("lat", "lon"), attrs={"units": "kelvin"})
    field = field.metpy.assign_crs(grid_mapping_name="latitude_longitude",
                                   semi_major_axis=EQUATORIAL_RADIUS,
                                   inverse_flattening=1 / FLATTENING)  # fmt: skip
    per_radian = -50 / 47 / np.radians(10 / 3)
    return field, per_radian, np.radians(field.lat.values)[:, None] * np.ones((1, 4))


def eastward_derivative_of_temperature():
    field, per_radian, latitude = temperature()
    exact = per_radian / (radii(latitude)[0] * np.cos(latitude))
    return metpy.calc.first_derivative(field, axis="lon").data.m, exact


def northward_derivative_of_temperature():
    field, per_radian, latitude = temperature()
    return (metpy.calc.first_derivative(field, axis="lat").data.m,
            4 * per_radian / radii(latitude)[1])  # fmt: skip


def laplacian_of_temperature():
    """d(parallel / along f') / (parallel along), f' by latitude; parallel' = -along sin."""
    field, per_radian, latitude = temperature()
    across, along = radii(latitude)
    eccentricity = FLATTENING * (2 - FLATTENING)
    stretching = 3 * eccentricity * np.sin(latitude) * np.cos(latitude)
    stretching = stretching / (1 - eccentricity * np.sin(latitude) ** 2)
    exact = 4 * per_radian * (-np.tan(latitude) / (across * along) - stretching / along**2)
    return metpy.calc.laplacian(field, axes=("lat", "lon")).data.m, exact


def parabolas():
    """MetPy's field of two parabolas on irregular axes, with their slopes and curvatures."""
    x, y = np.array([0, 2, 7.0]), np.array([1, 5, 11, 13.0])[:, None]
    samples = 0.5 * (x - 3) ** 2 + 0.25 * (y - 1.5) ** 2
    axes = y[:, 0], x
    ones = np.ones(samples.shape)
    return samples, axes, 0.5 * (y - 1.5) * ones, (x - 3) * ones


def gradient_of_parabolas():
    samples, axes, by_y, by_x = parabolas()
    result = metpy.calc.gradient(samples, coordinates=axes)
    return np.array([part.m for part in result]), np.array([by_y, by_x])


def laplacian_of_parabolas():
    samples, axes, _, _ = parabolas()
    return metpy.calc.laplacian(samples, coordinates=axes).m, np.full(samples.shape, 1.5)


def divergence_of_a_source():
    """u = x and v = y."""
    ramp = np.tile(np.arange(3.0), (3, 1)) * units("m/s")
    result = metpy.calc.divergence(ramp, ramp.T, dx=1 * units.m, dy=1 * units.m)
    return result.m, np.full((3, 3), 2.0)


def vorticity_of_a_shear():
    """u = v = x."""
    ramp = np.tile(np.arange(3.0), (3, 1)) * units("m/s")
    result = metpy.calc.vorticity(ramp, ramp, dx=1 * units.m, dy=1 * units.m)
    return result.m, np.ones((3, 3))
