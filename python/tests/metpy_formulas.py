# metpy_formulas.py: what MetPy 1.7 computes of winds and fields, as NumPy
#
# SPDX-License-Identifier: BSD-3-Clause
"""Its first derivative is NumPy's of second order, edges included, of positions or of sums of
spacings. A map enters by two factors at every sample, `parallel` along x and `meridional` along
y, whose own derivatives are taken the same way, along the other axis."""

from typing import NamedTuple

import numpy as np
from pyproj import CRS, Proj


class Map(NamedTuple):
    """Positions on the map, in metres, and what a metre on it is on the ground: 1 / factor."""

    x: np.ndarray
    y: np.ndarray
    parallel: np.ndarray
    meridional: np.ndarray


def along_x(samples, chart):
    return np.gradient(samples, chart.x, axis=-1, edge_order=2)


def along_y(samples, chart):
    return np.gradient(samples, chart.y, axis=-2, edge_order=2)


def gradient(field, chart):
    return chart.parallel * along_x(field, chart), chart.meridional * along_y(field, chart)


def divergence(u, v, chart):
    east, north = gradient(u, chart)[0], gradient(v, chart)[1]
    return east - v * curving_x(chart) + north - u * curving_y(chart)


def vorticity(u, v, chart):
    east, north = gradient(v, chart)[0], gradient(u, chart)[1]
    return east + u * curving_x(chart) - north - v * curving_y(chart)


def laplacian(field, chart):
    """geospatial_laplacian: every other sample enters, and at the edges twice one-sided."""
    return divergence(*gradient(field, chart), chart)


def curving_x(chart):
    """How fast lines along x turn, per metre."""
    return chart.meridional / chart.parallel * along_y(chart.parallel, chart)


def curving_y(chart):
    return chart.parallel / chart.meridional * along_x(chart.meridional, chart)


def chart_of_degrees(longitude, latitude, projection="+proj=latlon"):
    """Distances along the equator and along a meridian, WGS84 unless the projection has other
    radii. Those along the meridian are distances on the ground already, and are scaled again."""
    geod = CRS(projection).get_geod()
    x = geod.a * np.radians(longitude)
    still = np.zeros(len(latitude) - 1)
    spacings = geod.inv(still, latitude[:-1], still, latitude[1:])[2]
    y = np.concatenate([[0], np.cumsum(spacings * np.sign(np.diff(latitude)))])
    scales = Proj(projection).get_factors(*np.meshgrid(longitude, latitude))
    return Map(x, y, scales.parallel_scale, scales.meridional_scale)
