# test_calculus_metpy.py: beside MetPy on the example data of its documents
#
# SPDX-License-Identifier: BSD-3-Clause
"""The gallery of MetPy shows its functions on ``metpy.cbook.example_data()``: winds made of
neighbouring values of a function in closed form, and a temperature that falls by a degree per
degree of latitude, from 30 to 40 degrees north. All have derivatives in closed form on WGS84,
which is MetPy's Earth there, too."""

import warnings

import numpy as np
import pytest

import gridgrad
from gridgrad import Ellipsoid

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    metpy = pytest.importorskip("metpy.calc")
    cbook = pytest.importorskip("metpy.cbook")

pytestmark = pytest.mark.filterwarnings("ignore")

DATA = cbook.example_data()
U, V, T = DATA.uwind, DATA.vwind, DATA.temperature
LAT, LON = DATA.lat.values, DATA.lon.values
AXIS = 6378137.0
SQUARED = 1 / 298.257223563 * (2 - 1 / 298.257223563)  # of the eccentricity
PHI = np.radians(LAT)[:, None]
REST = 1 - SQUARED * np.sin(PHI) ** 2
MERIDIAN = AXIS * (1 - SQUARED) / REST**1.5  # radii of curvature
NORMAL = AXIS / np.sqrt(REST)


def exact():
    """What the examples are in closed form."""
    # Samples are 0.25 apart in the function's variables, and there are 23 steps in 10 degrees.
    y, x = np.meshgrid(-3 + 0.25 * np.arange(25), -3 + 0.25 * np.arange(25), indexing="ij")
    bell = np.exp(-(x**2) - y**2)
    z = (1 - x / 2 + x**5 + y**3) * bell
    per_radian = 100 * 0.25 * 2.3 * 180 / np.pi
    by_x = per_radian * ((5 * x**4 - 0.5) * bell - 2 * x * z)
    by_y = per_radian * (3 * y**2 * bell - 2 * y * z)
    u_east, u_north = -np.diff(by_x[:, 1:], axis=0), -np.diff(by_y[:, 1:], axis=0)
    v_east, v_north = np.diff(by_x[1:], axis=1), np.diff(by_y[1:], axis=1)
    turn, parallel = np.tan(PHI) / NORMAL, NORMAL * np.cos(PHI)
    falls = -180 / np.pi
    change = 3 * SQUARED * np.sin(PHI) * np.cos(PHI) * MERIDIAN / REST
    return {
        "divergence": u_east / parallel + v_north / MERIDIAN - turn * V.values,
        "vorticity": v_east / parallel - u_north / MERIDIAN + turn * U.values,
        "gradient": falls / MERIDIAN + 0 * T.values,
        "laplacian": falls * (-turn / MERIDIAN - change / MERIDIAN**3) + 0 * T.values,
    }


def of_metpy():
    results = {
        "divergence": metpy.divergence(U, V),
        "vorticity": metpy.vorticity(U, V),
        "gradient": metpy.geospatial_gradient(T)[1],
        "laplacian": metpy.geospatial_laplacian(T),
    }
    return {name: numbers(one) for name, one in results.items()}


def numbers(result):
    """Of a DataArray of quantities, or of a quantity."""
    return (result if hasattr(result, "magnitude") else result.data).magnitude


def of_gridgrad(**options):
    wind, options = [U.values, V.values], {"metric": Ellipsoid(), **options}
    return {
        "divergence": gridgrad.divergence(wind, LON, LAT, **options),
        "vorticity": gridgrad.curl(wind, LON, LAT, **options),
        "gradient": gridgrad.gradient(T.values, LAT, LON, **options)[0],
        "laplacian": gridgrad.laplacian(T.values, LON, LAT, **options),
    }


EXACT, METPY = exact(), of_metpy()
SAME_ORDER, EIGHTH_ORDER = of_gridgrad(edge_order=2), of_gridgrad(accuracy=8)

# Where inside the field MetPy is furthest from the closed form: the place, the closed form,
# MetPy, gridgrad at the same order and at the eighth. All four examples differ.
DIFFERING = [
    ("divergence", (8, 15), "-4.8884e-05", "-3.2753e-05", "-3.2633e-05", "-4.8591e-05"),
    ("vorticity", (10, 9), "-7.4229e-04", "-6.7087e-04", "-6.6999e-04", "-7.4105e-04"),
    ("gradient", (1, 1), "-9.0204e-06", "-9.0578e-06", "-9.0204e-06", "-9.0204e-06"),
    ("laplacian", (17, 1), "1.0922e-12", "1.1127e-12", "1.0922e-12", "1.0922e-12"),
]


@pytest.mark.parametrize("example", DIFFERING, ids=[one[0] for one in DIFFERING])
def test_documented_examples_and_the_closed_form(example):
    name, place, *values = example
    results = EXACT, METPY, SAME_ORDER, EIGHTH_ORDER
    assert [f"{one[name][place]:.4e}" for one in results] == values
    inside = slice(1, -1), slice(1, -1)
    error = [np.abs(one[name] - EXACT[name])[inside].max() for one in (METPY, EIGHTH_ORDER)]
    assert error[1] < error[0] / 10


def test_slopes_to_the_north_are_exact():
    """MetPy's are scaled twice, as test_metpy_examples.py says."""
    # A linear field: half an ulp of 15 for each of two samples and of 40 for each latitude,
    # over 20/23 of a degree, beside the roundings of factor and product.
    ulps = (15 + 40) * np.finfo(float).eps / (20 / 23) + 2 * np.finfo(float).eps
    np.testing.assert_allclose(SAME_ORDER["gradient"][1:-1], EXACT["gradient"][1:-1], rtol=ulps)
    assert np.all(METPY["gradient"] / EXACT["gradient"] > 1.0025)


def test_lengths_that_are_given_give_the_same():
    quantity = pytest.importorskip("metpy.units").units.Quantity
    u, v, t = U.values, V.values, T.values
    dx, dy = quantity(2000.0, "m"), quantity(3000.0, "m")
    given = {"dx": dx, "dy": dy}
    wind = [quantity(u, "m/s"), quantity(v, "m/s")]
    ours = {"axis": (1, 0), "edge_order": 2}

    # Samples below 100, differences over 4 km, four roundings.
    bound = 8 * 100 * np.finfo(float).eps / 2000
    for theirs, mine in [
        (metpy.divergence(*wind, **given), gridgrad.divergence([u, v], 2e3, 3e3, **ours)),
        (metpy.vorticity(*wind, **given), gridgrad.curl([u, v], 2e3, 3e3, **ours)),
    ]:
        assert np.abs(numbers(theirs) - mine).max() <= bound
    # Three samples at the ends, as MetPy has for second derivatives.
    laplacian = metpy.laplacian(quantity(t, "K"), deltas=(dy, dx))
    mine = gridgrad.laplacian(t, 3e3, 2e3, edge_order=1)
    assert np.abs(numbers(laplacian) - mine).max() <= bound / 500
