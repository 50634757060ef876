# test_metpy_examples.py: how far the documented examples of MetPy are from exact values
#
# SPDX-License-Identifier: BSD-3-Clause

import metpy.calc
import numpy as np
import pytest
from metpy.units import units
from pyproj import CRS

import metpy_examples
import metpy_formulas
from metpy_examples import EQUATORIAL_RADIUS, LATITUDES, LONGITUDES, PLACE, RAMP, radii

EPS = np.finfo(float).eps

EXACT = ["divergence_of_a_source", "gradient_of_parabolas", "laplacian_of_parabolas",
         "vorticity_of_a_shear"]  # fmt: skip

# The largest error over the largest exact value, and where it comes from.
INEXACT = {
    # Samples are far apart beside the waves of the field.
    "divergence_of_the_gallery": 0.14,
    "vorticity_of_the_gallery": 0.090,
    # tan(latitude) is a difference of scales that are 10 degrees apart.
    "divergence_of_ramps": 0.063,
    "vorticity_of_ramps": 0.043,
    # Spacings are distances on the ground and are scaled to the ground once more.
    "northward_gradient_of_a_ramp": 1.6e-3,
    # No term has tan(latitude).
    "laplacian_of_temperature": 0.99,
    # Spacings are chords of the parallel, along great circles.
    "eastward_derivative_of_temperature": 5.8e-5,
    # Samples are equally far apart in latitude, not on the ground.
    "northward_derivative_of_temperature": 9.5e-6,
    # pyproj differentiates for the scales.
    "eastward_gradient_of_a_ramp": 4.6e-12,
}


def relative_error(example):
    result, exact = getattr(metpy_examples, example)()
    assert result.shape == exact.shape
    return np.abs(result - exact).max() / np.abs(exact).max()


@pytest.mark.parametrize("example", EXACT)
def test_metpy_is_exact_where_fields_are_parabolas(example):
    """A derivative of three samples has five roundings, a sum of two of them one more."""
    samples = metpy_examples.parabolas()[0]
    assert relative_error(example) <= 16 * EPS * np.abs(samples).max()


@pytest.mark.parametrize("example", INEXACT)
def test_metpy_differs_by_as_much_as_listed(example):
    assert float(f"{relative_error(example):.1e}") == INEXACT[example]


@pytest.mark.parametrize("projection", ["+proj=latlon", "+proj=latlon +R=6371229"])
@pytest.mark.parametrize("name", ["divergence", "vorticity"])
def test_metpy_computes_its_formula(projection, name):
    dataset, _ = metpy_examples.gallery_winds()
    u, v = dataset.uwind.values, dataset.vwind.values
    longitude, latitude = dataset.lon.values, dataset.lat.values
    chart = metpy_formulas.chart_of_degrees(longitude, latitude, projection)

    result = getattr(metpy.calc, name)(
        u * units("m/s"), v * units("m/s"), longitude=longitude * units.degree,
        latitude=latitude * units.degree, crs=CRS(projection)).m  # fmt: skip

    expected = getattr(metpy_formulas, name)(u, v, chart)
    assert np.abs(result - expected).max() <= rounding_bound(u, v, chart)


def rounding_bound(u, v, chart):
    """Four terms, each of at most 16 roundings; positions are sums of spacings."""
    fastest = max(np.abs(u).max(), np.abs(v).max())
    return 64 * EPS * len(chart.y) * chart.parallel.max() ** 2 * fastest / spacing_of(chart)


def spacing_of(chart):
    return min(np.diff(chart.x).min(), np.diff(chart.y).min())


def test_the_laplacian_of_metpy_is_the_divergence_of_its_gradient():
    """What rounds in the gradient is differenced once more."""
    dataset, _ = metpy_examples.gallery_winds()
    field = dataset.uwind.values
    place = {"longitude": dataset.lon.values * units.degree,
             "latitude": dataset.lat.values * units.degree, "crs": PLACE["crs"]}  # fmt: skip
    chart = metpy_formulas.chart_of_degrees(dataset.lon.values, dataset.lat.values)

    result = metpy.calc.geospatial_laplacian(field * units.K, **place).m

    slopes = metpy_formulas.gradient(field, chart)
    # Weights of an edge are -3/2, 2 and -1/2 per spacing, of two directions.
    carried = 8 * chart.parallel.max() * rounding_bound(field, field, chart) / spacing_of(chart)
    bound = rounding_bound(*slopes, chart) + carried
    assert np.abs(result - metpy_formulas.laplacian(field, chart)).max() <= bound


def test_metpy_scales_meridians_twice():
    """The field is the latitude. What MetPy is off by is the scale of the meridian, 0.7 % at the
    equator and -0.3 % at the poles, but for the truncation of samples a degree apart."""
    latitude = np.arange(-80.0, 81)
    along = radii(np.radians(latitude))[1]
    field = np.tile(np.radians(latitude)[:, None], 4) * units.K
    place = PLACE | {"latitude": latitude * units.degree}

    off = metpy.calc.geospatial_gradient(field, **place)[1].m[:, 0] * along - 1

    scale_alone = EQUATORIAL_RADIUS / along - 1
    assert f"{off.max():.4f} {off.min():.4f}" == "0.0067 -0.0031"
    assert np.abs(off - scale_alone).max() < np.abs(off).max() / 1000


def test_the_scales_of_parallels_are_what_metpy_gets_wrong_in_ramps():
    """The exact turning of parallels in place of a difference leaves the error of meridians,
    which is none here: nothing changes along them."""
    chart = metpy_formulas.chart_of_degrees(LONGITUDES, LATITUDES)
    wind = RAMP * units("m/s")
    result = metpy.calc.divergence(wind, wind, **PLACE).m
    _, exact = metpy_examples.divergence_of_ramps()
    latitude = np.radians(LATITUDES)[:, None]

    turned = result + RAMP * (
        metpy_formulas.curving_x(chart) - np.tan(latitude) / radii(latitude)[0]
    )

    assert np.abs(turned - exact).max() < np.abs(result - exact).max() / 1e6
