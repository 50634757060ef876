# test_terrain.py: slope and aspect beside gdaldem, and in every kind of file
#
# SPDX-License-Identifier: BSD-3-Clause

import math

import netCDF4
import numpy as np
import pytest
import rasterio

from peer_formulas import GDALDEM_MISSING, Terrain
from peer_programs import relief, run_gdaldem, write_terrain
from tool import array_of, npy_bytes, run, succeed

ALGORITHMS = {"horn": "Horn", "zevenbergen-thorne": "ZevenbergenThorne"}
every_stencil = pytest.mark.parametrize("stencil", ALGORITHMS)
WORLD = relief()
UNIT_ROUNDOFF = np.finfo(np.float32).eps / 2


def with_holes(heights):
    holes = heights.copy()
    holes[np.random.default_rng(5).random(heights.shape) < 0.02] = -9999
    return holes


def result_of(place, kind, source, *options):
    """Of the tool, float32 as that of gdaldem; missing ones are NaN."""
    succeed(kind, source, "-o", "ours.tif", "--overwrite", *options, cwd=place)
    with rasterio.open(place / "ours.tif") as file:
        result = file.read(1)
        assert result.dtype == np.float32
        return result if file.nodata is None else np.where(result == file.nodata, np.nan, result)


def of_gdaldem(place, kind, source, *options):
    result = run_gdaldem(place, kind, source, *options)
    return np.where(result == GDALDEM_MISSING, np.nan, result)


def relative_error(roundings):
    return roundings * UNIT_ROUNDOFF / (1 - roundings * UNIT_ROUNDOFF)


def tangent_bound(terrain):
    """How far apart the two tangents may be, from the largest height M around cells of width w.

    gdaldem adds up 4 heights of each side with 3 roundings and rounds their difference, all over
    8 w: 4 u M / w. Beyond an edge stands 2 a - b, rounded, at most 3 times as large: 1 more. The
    tool rounds differences of at most 2 M over 2 w, their scale, a factor and both products, and
    2 sums: 7. The root of a sum of squares is at most the sum of both, and rounded: 1."""
    heights = np.abs(np.where(terrain.heights == terrain.nodata, 0, terrain.heights))
    rows, columns = heights.shape
    padded = np.pad(heights, 1, mode="edge").astype(float)
    nine = [padded[i : i + rows, j : j + columns] for i in range(3) for j in range(3)]
    largest = np.max(nine, axis=0) * (3 if terrain.compute_edges else 1)
    per_axis = relative_error(4 + 1 + 7 + 1) * largest
    return per_axis / terrain.cell_width + per_axis / terrain.cell_height


def compared(terrain):
    """Not the corners, where gdaldem takes the samples beside them for those beyond; without
    computed edges not the edges."""
    is_compared = np.ones(terrain.heights.shape, bool)
    if terrain.compute_edges:
        is_compared[[0, 0, -1, -1], [0, -1, 0, -1]] = False
    else:
        is_compared[[0, -1]] = is_compared[:, [0, -1]] = False
    return is_compared


def assert_missing(ours, theirs, terrain, stencil):
    """gdaldem looks at nine heights, whichever it reads."""
    is_compared = compared(terrain)
    assert not (np.isnan(ours) & ~np.isnan(theirs) & is_compared).any()
    if stencil == "horn" or terrain.nodata is None:
        assert np.array_equal(np.isnan(ours)[is_compared], np.isnan(theirs)[is_compared])


TERRAINS = {
    "inner cells": Terrain(WORLD, 2000.0, 3000.0),
    "edges": Terrain(WORLD, 2000.0, 3000.0, compute_edges=True),
    "holes": Terrain(with_holes(WORLD), 20000.0, 30000.0, -9999),
}


@every_stencil
@pytest.mark.parametrize("name", TERRAINS)
@pytest.mark.parametrize("unit", ["degrees", "percent"])
def test_slope_beside_gdaldem(tmp_path, stencil, name, unit):
    terrain = TERRAINS[name]
    write_terrain(tmp_path / "dem.tif", terrain, "EPSG:32633")
    edges = ["-compute_edges"] * terrain.compute_edges
    percent = ["-p"] * (unit == "percent")
    theirs = of_gdaldem(tmp_path, "slope", tmp_path / "dem.tif", "-alg", ALGORITHMS[stencil],
                        *edges, *percent)  # fmt: skip

    missing = ["--missing", "propagate"] * (terrain.nodata is not None)
    ours = result_of(tmp_path, "slope", "dem.tif", "--stencil", stencil, "--unit", unit, *missing)

    assert_missing(ours, theirs, terrain, stencil)
    # Arctangents grow no faster than tangents; each side rounds its result.
    scale = 100 if unit == "percent" else 180 / math.pi
    bound = scale * tangent_bound(terrain) + relative_error(4) * theirs
    assert (np.abs(ours - theirs) <= bound)[compared(terrain) & ~np.isnan(theirs)].all()
    # Most of the bound is room for what large heights lose in a difference.
    assert np.nanmedian(np.abs(ours - theirs) / theirs) < relative_error(2)


@every_stencil
@pytest.mark.parametrize("name", TERRAINS)
@pytest.mark.parametrize("angle", ["compass", "trigonometric"])
def test_aspect_beside_gdaldem(tmp_path, stencil, name, angle):
    """On square cells: gdaldem takes all for square."""
    terrain = TERRAINS[name]._replace(cell_height=TERRAINS[name].cell_width)
    write_terrain(tmp_path / "dem.tif", terrain, "EPSG:32633")
    options = ["-alg", ALGORITHMS[stencil]] + ["-compute_edges"] * terrain.compute_edges
    turned = ["-trigonometric"] * (angle == "trigonometric")
    theirs = of_gdaldem(tmp_path, "aspect", tmp_path / "dem.tif", *options, *turned)
    degrees = of_gdaldem(tmp_path, "slope", tmp_path / "dem.tif", *options)

    missing = ["--missing", "propagate"] * (terrain.nodata is not None)
    ours = result_of(tmp_path, "aspect", "dem.tif", "--stencil", stencil, "--angle", angle,
                     *missing)  # fmt: skip

    # What is shorter than its bound has no direction to speak of.
    bound = tangent_bound(terrain)
    tangents = np.tan(np.radians(degrees))
    is_compared = compared(terrain) & (tangents > 2 * bound)
    assert (~np.isnan(theirs))[is_compared].all() and (~np.isnan(ours))[is_compared].all()
    apart = np.abs(ours - theirs)
    apart = np.minimum(apart, 360 - apart)
    # The sine of the angle between two vectors is at most their distance over the length of one.
    with np.errstate(divide="ignore", invalid="ignore"):
        angles = np.degrees(np.arcsin(np.minimum(bound / tangents, 1)))
    assert (apart <= angles + 360 * relative_error(3))[is_compared].all()
    assert is_compared.sum() > 0.95 * (compared(terrain) & ~np.isnan(degrees)).sum()


@every_stencil
def test_degrees_by_one_scale_for_the_file_as_gdaldem_has_it(tmp_path, stencil):
    """A degree of 111120 m everywhere."""
    terrain = Terrain(WORLD, 2.0, 2.0)
    write_terrain(tmp_path / "dem.tif", terrain, "EPSG:4326")
    theirs = of_gdaldem(tmp_path, "slope", tmp_path / "dem.tif", "-alg", ALGORITHMS[stencil],
                        "-s", "111120")  # fmt: skip

    ours = result_of(tmp_path, "slope", "dem.tif", "--stencil", stencil, "--metric", "cartesian",
                     "--z-factor", 1 / 111120)  # fmt: skip

    bound = np.degrees(tangent_bound(terrain)) / 111120 + relative_error(6) * theirs
    assert (np.abs(ours - theirs) <= bound)[compared(terrain)].all()


def plane_in_degrees():
    """Rises by 1000 m per degree to the east, on cells of a degree from 60 N to 20 N."""
    heights = np.tile(1000 * np.arange(20, dtype=np.float32), (40, 1))
    return Terrain(heights, 1.0, 1.0)


def write_in_degrees(path, nodata=None):
    terrain = plane_in_degrees()
    transform = rasterio.Affine(1, 0, 10, 0, -1, 60)
    with rasterio.open(path, "w", driver="GTiff", count=1, height=40, width=20, crs="EPSG:4326",
                       dtype="float32", nodata=nodata, transform=transform) as file:  # fmt: skip
        file.write(terrain.heights, 1)


@every_stencil
def test_cells_in_degrees_have_the_width_of_their_row(tmp_path, stencil):
    write_in_degrees(tmp_path / "dem.tif")
    process = run("slope", "dem.tif", "--metric", "auto", "--stencil", stencil, "--unit", "percent",
                  "-o", "slope.tif", cwd=tmp_path)  # fmt: skip
    assert process.returncode == 0 and b"ellipsoid WGS 84" in process.stderr

    latitude = np.radians(59.5 - np.arange(40))
    f = 1 / 298.257223563
    normal = 6378137 / np.sqrt(1 - f * (2 - f) * np.sin(latitude) ** 2)
    expected = 100 * 1000 / (normal * np.cos(latitude) * math.pi / 180)
    with rasterio.open(tmp_path / "slope.tif") as file:
        result = file.read(1)
    assert np.allclose(result, expected[:, None], rtol=relative_error(10), atol=0)


def test_rasters_keep_where_they_lie(tmp_path):
    write_in_degrees(tmp_path / "dem.tif", nodata=-32768)
    succeed("aspect", "dem.tif", "--metric", "ellipsoid", "-o", "aspect.tif", cwd=tmp_path)

    with rasterio.open(tmp_path / "dem.tif") as dem, rasterio.open(tmp_path / "aspect.tif") as file:
        assert file.crs == dem.crs and file.transform == dem.transform
        assert file.nodata == dem.nodata
        assert np.array_equal(file.read(1), np.full((40, 20), 270, np.float32))


def write_relief(path, scale=None):
    with netCDF4.Dataset(path, "w") as file:
        for name, positions, units in [("lat", np.arange(-10, 10, 0.5), "degrees_north"),
                                       ("lon", np.arange(0, 15, 0.5), "degrees_east")]:  # fmt: skip
            file.createDimension(name, len(positions))
            file.createVariable(name, "f8", (name,)).units = units
            file[name][:] = positions
        heights = np.random.default_rng(3).integers(0, 4000, (40, 30)) / 4
        kind = "f8" if scale is None else "i2"
        variable = file.createVariable("topo", kind, ("lat", "lon"))
        variable.units = "m"
        if scale is not None:
            variable.scale_factor = scale
        variable[:] = heights


def test_labels_say_what_the_angle_is(tmp_path):
    write_relief(tmp_path / "topo.nc")
    for command, unit in [(["slope"], "degree"), (["slope", "--unit", "percent"], "%"),
                          (["slope", "--unit", "ratio"], "1"), (["aspect"], "degree")]:  # fmt: skip
        succeed(*command, "topo.nc", "--metric", "sphere", "-o", "out.nc", "--overwrite",
                cwd=tmp_path)  # fmt: skip
        with netCDF4.Dataset(tmp_path / "out.nc") as file:
            result = file[f"{command[0]}_topo"]
            assert result.units == unit
            assert result.long_name == f"{command[0]} of topo"


def test_packed_heights_are_unpacked_before_angles_are_taken(tmp_path):
    write_relief(tmp_path / "plain.nc")
    write_relief(tmp_path / "packed.nc", scale=0.25)
    results = []
    for name in ["plain", "packed"]:
        succeed("slope", f"{name}.nc", "--metric", "sphere", "-o", f"{name}_slope.nc", cwd=tmp_path)
        with netCDF4.Dataset(tmp_path / f"{name}_slope.nc") as file:
            results.append(file["slope_topo"][:])
    np.testing.assert_array_equal(*results)


def test_arrays_have_columns_eastwards(tmp_path):
    rows, columns = np.mgrid[0:4, 0:5]
    heights = -30.0 * columns + 40.0 * rows
    (tmp_path / "height.npy").write_bytes(npy_bytes(heights))

    slope = array_of(succeed("slope", "height.npy", "-s", "50,-50", "--unit", "ratio", "-o", "-",
                             cwd=tmp_path))  # fmt: skip
    aspect = array_of(succeed("aspect", "height.npy", "-s", "50,-50", "-o", "-", cwd=tmp_path))

    assert np.allclose(slope, 1, rtol=relative_error(1), atol=0)
    # Downhill are 3 to the east and 4 to the north.
    facing = math.degrees(math.atan(3 / 4))
    assert np.allclose(aspect, facing, rtol=relative_error(1), atol=0)


REFUSED = {
    ("slope", "dem.tif"): "metric: none given for slope along",
    ("aspect", "dem.tif"): "metric: none given for aspect along",
    ("slope", "dem.tif", "-x", "y,x", "--metric", "sphere"): "axis: north before east given; "
    "slope has 2: east, north",
    ("slope", "dem.tif", "--metric", "sphere", "--z-factor", "0"): "--z-factor: '0' given",
    ("slope", "dem.tif", "--stencil", "sobel"): "--stencil: 'sobel' given; scheme, horn or "
    "zevenbergen-thorne is accepted",
    ("slope", "dem.tif", "--metric", "sphere", "--stencil", "horn", "--accuracy", "4"): "accuracy: "
    "4 given; that of the stencil named is 2",
    ("slope", "line.npy"): "axis: 1 axis given; slope has 2: east, north",
}


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_refused(tmp_path, words):
    write_in_degrees(tmp_path / "dem.tif")
    (tmp_path / "line.npy").write_bytes(npy_bytes(np.arange(5.0)))

    process = run(*words, "-o", "out" + words[1][-4:], cwd=tmp_path)

    assert process.returncode == 2
    assert REFUSED[words] in process.stderr.decode()
    assert not (tmp_path / ("out" + words[1][-4:])).exists()
