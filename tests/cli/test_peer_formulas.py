# test_peer_formulas.py: CDO and gdaldem compute what is written down as their formulas
#
# SPDX-License-Identifier: BSD-3-Clause
"""Results are compared to the bit: both sides do the same operations with the same libm."""

import itertools
import subprocess

import numpy as np
import pytest

from peer_formulas import (HORN, ZEVENBERGEN_THORNE, Terrain, Winds, cdo_divergence,
                           cdo_vorticity, gdaldem_aspect, gdaldem_slope)  # fmt: skip
from peer_programs import (CLIMATOLOGY, observed_winds, relief, run_cdo, run_gdaldem,
                           write_terrain, write_winds)  # fmt: skip

FORMULAS = {"uv2dv_cfd": cdo_divergence, "uv2vr_cfd": cdo_vorticity}
# Else its results are float32, whatever the winds are.
DOUBLE = ["-b", "F64"]
every_operator = pytest.mark.parametrize("operator", FORMULAS)
every_bound = pytest.mark.parametrize("bounds", range(4))

LATITUDES = {
    "descending": np.linspace(60, -60, 7),
    "irregular": np.array([-60.0, -40, -10, 0, 30, 61]),
    "with both poles": np.linspace(-90, 90, 13),
    "with the north pole": np.linspace(0, 90, 10),
    "with the south pole": np.linspace(-90, -45, 4),
}
LONGITUDES = {
    "a circle": np.arange(0, 360, 20.0),
    "a part": np.arange(-30, 30, 2.5),
    "irregular": np.array([0, 10, 30, 70, 100, 130, 200, 300.0]),
}
GRIDS = list(itertools.product(LATITUDES, LONGITUDES))


def random_winds(latitude, longitude, share_missing):
    """Each component lacks other samples, but equally many, which CDO asks for."""
    random = np.random.default_rng(7)
    fill = -9e33
    components = random.normal(scale=10, size=(2, len(latitude), len(longitude)))
    for component in components:
        chosen = random.permutation(component.size)[: int(share_missing * component.size)]
        component.flat[chosen] = fill
    return Winds(*components, latitude, longitude, fill)


def assert_same_bits(result, expected):
    """NaN is one number, and so is zero."""
    assert result.dtype == expected.dtype
    np.testing.assert_array_equal(result, expected)


@every_operator
@every_bound
def test_cdo_on_the_observed_winds(tmp_path, operator, bounds):
    expected = np.array([FORMULAS[operator](winds, bounds) for winds in observed_winds()])
    names = {"u": "UWND", "v": "VWND", "boundOpt": bounds}

    single = run_cdo(tmp_path, CLIMATOLOGY, operator, **names)
    double = run_cdo(tmp_path, CLIMATOLOGY, operator, **names, options=DOUBLE)

    assert_same_bits(single, expected.astype(np.float32))
    assert_same_bits(double, expected)


@every_operator
@every_bound
@pytest.mark.parametrize("latitude,longitude", GRIDS)
def test_cdo_on_synthetic_winds(tmp_path, operator, bounds, latitude, longitude):
    winds = random_winds(LATITUDES[latitude], LONGITUDES[longitude], share_missing=0.1)
    write_winds(tmp_path / "winds.nc", winds)

    result = run_cdo(tmp_path, tmp_path / "winds.nc", operator, boundOpt=bounds, options=DOUBLE)

    assert_same_bits(result, FORMULAS[operator](winds, bounds))


@every_operator
@pytest.mark.parametrize("longitude,bounds", [("a circle", 1), ("a part", 0)])
def test_cdo_joins_the_ends_of_a_circle_unasked(tmp_path, operator, longitude, bounds):
    winds = random_winds(LATITUDES["irregular"], LONGITUDES[longitude], share_missing=0)
    write_winds(tmp_path / "winds.nc", winds)

    result = run_cdo(tmp_path, tmp_path / "winds.nc", operator, options=DOUBLE)

    assert_same_bits(result, FORMULAS[operator](winds, bounds))


def test_the_first_row_of_cdo_takes_a_fill_value_for_wind(tmp_path):
    winds = random_winds(LATITUDES["irregular"], LONGITUDES["a circle"], share_missing=0)
    winds.eastward[0, 3] = winds.northward[3, 3] = winds.fill
    write_winds(tmp_path / "winds.nc", winds)

    result = run_cdo(tmp_path, tmp_path / "winds.nc", "uv2dv_cfd", boundOpt=3, options=DOUBLE)

    assert abs(result[0, 2]) > 1e24 and result[0, 4] == winds.fill


def test_cdo_refuses_components_that_lack_unequally_many(tmp_path):
    winds = random_winds(LATITUDES["irregular"], LONGITUDES["a circle"], share_missing=0)
    winds.eastward[2, 3] = winds.fill
    write_winds(tmp_path / "winds.nc", winds)

    with pytest.raises(subprocess.CalledProcessError) as refusal:
        run_cdo(tmp_path, tmp_path / "winds.nc", "uv2dv_cfd")

    assert b"different number of missing values" in refusal.value.stderr


ALGORITHMS = {"Horn": HORN, "ZevenbergenThorne": ZEVENBERGEN_THORNE}
SLOPES = {(): {}, ("-p",): {"percent": True}, ("-s", "111120"): {"scale": 111120}}
ASPECTS = {(): {}, ("-trigonometric",): {"trigonometric": True},
           ("-zero_for_flat",): {"zero_for_flat": True}}  # fmt: skip
KINDS = [("slope", words) for words in SLOPES] + [("aspect", words) for words in ASPECTS]
KINDS_OF_MISSING = [("slope", ()), ("aspect", ()), ("aspect", ("-zero_for_flat",))]


def expected_of(kind, words, terrain, algorithm):
    if kind == "slope":
        return gdaldem_slope(terrain, algorithm, **SLOPES[words])
    return gdaldem_aspect(terrain, algorithm, **ASPECTS[words])


def with_holes(heights, missing):
    """One in twenty, and runs of them at the edges and in a corner."""
    holes = heights.copy()
    holes[np.random.default_rng(5).random(heights.shape) < 0.05] = missing
    holes[0, 3:6] = holes[5:7, 0] = holes[-2:, -3:] = missing
    return holes


def terraced(heights):
    """Much of it is flat."""
    return np.round(heights / 2000) * 2000


WORLD = relief()
# Asia and the seas south of it.
RELIEF = WORLD[20:60, 20:60]
NEAR_MISSING = np.float32(-9999.003)
HEIGHTS = {
    "the world": (WORLD, None),
    "holes": (with_holes(RELIEF, -9999), -9999),
    "holes that are nearly the number": (with_holes(RELIEF, NEAR_MISSING), -9999),
    "holes that are NaN": (with_holes(RELIEF, np.nan), np.nan),
    "NaN as data": (with_holes(RELIEF, np.nan), None),
    "land alone": (np.where(RELIEF < 0, np.float32(-1e34), RELIEF), -1e34),
    "terraces": (terraced(RELIEF), None),
    "double": (RELIEF.astype(float) * np.pi, None),
    "short integers": (with_holes(np.round(RELIEF / 30).astype("i2"), -33), -33),
    "bytes": ((RELIEF / 50 + 128).astype("u1"), 128),
    "long integers": (np.round(RELIEF).astype("i4") * 20011, None),
    "two rows and columns": (RELIEF[:2, :2], None),
    "three rows": (RELIEF[:3, :5], None),
}
CELLS = {"EPSG:32633": (2000.0, 3000.0), "EPSG:4326": (2.0, 2.0)}
TERRAINS = [("the world", "EPSG:4326"), *((heights, "EPSG:32633") for heights in HEIGHTS)]


@pytest.mark.parametrize("heights,crs", TERRAINS)
@pytest.mark.parametrize("name", ALGORITHMS)
@pytest.mark.parametrize("compute_edges", [False, True])
def test_gdaldem_on_the_relief_of_the_earth(tmp_path, heights, crs, name, compute_edges):
    samples, nodata = HEIGHTS[heights]
    terrain = Terrain(samples, *CELLS[crs], nodata, compute_edges)
    write_terrain(tmp_path / "terrain.tif", terrain, crs)
    common = ["-alg", name] + ["-compute_edges"] * compute_edges

    for kind, words in KINDS if heights == "the world" else KINDS_OF_MISSING:
        result = run_gdaldem(tmp_path, kind, tmp_path / "terrain.tif", *common, *words)

        assert_same_bits(result, expected_of(kind, words, terrain, ALGORITHMS[name]))


def test_the_aspect_of_gdaldem_knows_no_size_of_cells(tmp_path):
    """The plane falls by 1 in 1 to the south and to the east, so that 135 degrees are right;
    counted by cells it falls by 3 to 1."""
    rows, columns = np.mgrid[0:5, 0:5]
    terrain = Terrain(-(3000.0 * rows + 1000.0 * columns), 1000.0, 3000.0)
    write_terrain(tmp_path / "terrain.tif", terrain)

    result = run_gdaldem(tmp_path, "aspect", tmp_path / "terrain.tif")

    assert result[2, 2] == np.float32(90 + np.degrees(np.arctan(3)))
