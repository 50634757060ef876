# test_terrain.py: slopes and aspects, beside those that NumPy makes of its gradients
#
# SPDX-License-Identifier: BSD-3-Clause

import copy
import itertools
import pickle
import re

import numpy as np
import pytest

import gridgrad
from gridgrad import Adapt, Constant, Ellipsoid, GridOperator, Metric, Periodic, Sphere, Terrain

RANDOM = np.random.default_rng(14)
# Whole numbers, whose sums are exact; steps of powers of two, whose reciprocals are.
HEIGHTS = RANDOM.integers(-900, 900, (11, 13)).astype(float)
EAST, NORTH = 0.5, -2.0
X, Y = np.cumsum(RANDOM.uniform(0.5, 2, 13)), -np.cumsum(RANDOM.uniform(0.5, 2, 11))
LAT, LON = np.linspace(75, -75, 11), np.arange(13) * 27.0
U = 2.0**-53
# Between an aspect and the `directions` of the same two slopes. Ours: two units of an angle up
# to 90, and a rounded sum below 512. NumPy's: an arctangent within a unit, a rounded factor and
# product, 4 U of up to 180, and a rounded sum.
ROUNDED = (2 * 128 + 512 + 4 * 180 + 512) * U
STENCILS = [None, "horn", "zevenbergen-thorne"]
FUNCTIONS = [gridgrad.slope, gridgrad.aspect]
OPTIONS = [
    {},
    {"edge_order": 2},
    {"accuracy": 4},
    {"boundary": "nearest"},
    {"boundary": {0: (Constant(2), "symmetric"), 1: Periodic(30)}},
    {"missing": "propagate"},
    {"missing": "adapt"},
    {"missing": Adapt(2)},
]


def refused(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


def across(d, axis):
    """Horn's mean of three differences; at an edge the own one."""
    d = np.moveaxis(d, axis, 0)
    mean = d.copy()
    mean[1:-1] = (d[:-2] + 2 * d[1:-1] + d[2:]) / 4
    return np.moveaxis(mean, 0, axis)


def slopes(heights, stencil, *spacing):
    """NumPy's, east and north."""
    east, north = np.gradient(heights, *(spacing or (EAST, NORTH)), axis=(1, 0))
    return (across(east, 0), across(north, 1)) if stencil == "horn" else (east, north)


def directions(second, first):
    return np.degrees(np.arctan2(second, first)) % 360


def turned_between(one, other):
    """Degrees from one direction to another, or from one slope to another."""
    apart = np.abs(one - other)
    return np.minimum(apart, 360 - apart)


@pytest.mark.parametrize("stencil", STENCILS)
@pytest.mark.parametrize("unit, factor", [("ratio", 1), ("percent", 100)])
def test_slopes_of_whole_numbers_are_numpys_to_the_bit(stencil, unit, factor):
    east, north = (factor * one for one in slopes(HEIGHTS, stencil))

    result = gridgrad.slope(HEIGHTS, EAST, NORTH, stencil=stencil, unit=unit)
    np.testing.assert_array_equal(result, np.sqrt(east * east + north * north))


@pytest.mark.parametrize("stencil", STENCILS)
@pytest.mark.parametrize("scale", [1e-6, 1, 1e6])
def test_degrees_are_the_arctangent_of_the_ratio(stencil, scale):
    east, north = (scale * one for one in slopes(HEIGHTS, stencil))

    result = gridgrad.slope(HEIGHTS, EAST, NORTH, stencil=stencil, z_factor=scale)
    expected = np.degrees(np.arctan(np.sqrt(east * east + north * north)))
    # Ours is within a unit in the last place, 2 U of it; so is NumPy's arctangent, and its
    # factor and the product are rounded.
    np.testing.assert_allclose(result, expected, rtol=(2 + 2 + 1 + 1) * U, atol=0)


@pytest.mark.parametrize("stencil", STENCILS)
def test_aspects_are_those_of_numpy(stencil):
    east, north = slopes(HEIGHTS, stencil)
    is_flat = (east == 0) & (north == 0)

    for angle, second, first in ("compass", -east, -north), ("trigonometric", -north, -east):
        result = gridgrad.aspect(HEIGHTS, EAST, NORTH, stencil=stencil, angle=angle)
        np.testing.assert_array_equal(np.isnan(result), is_flat)
        apart = turned_between(result, directions(second, first))
        assert apart[~is_flat].max() <= ROUNDED
        assert result[~is_flat].min() >= 0 and result[~is_flat].max() < 360


def test_irregular_cells():
    east, north = slopes(HEIGHTS, None, X, Y)

    result = gridgrad.slope(HEIGHTS, X, Y, unit="percent")
    # Weights are rounded once here; in NumPy they are made of gaps, with 6 roundings, of
    # heights below 900 at gaps above 0.5. Three products are summed; then come a factor,
    # squares, their sum and a root.
    tangent = np.hypot(east, north)
    error = 20 * U * (tangent + 6 * 900 / 0.5)
    assert np.all(np.abs(result - 100 * tangent) <= 100 * error)
    apart = turned_between(gridgrad.aspect(HEIGHTS, X, Y), directions(-east, -north))
    assert np.all(apart <= np.degrees(2 * error / tangent) + ROUNDED)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_ratios_are_magnitudes_to_the_bit(options):
    holes = HEIGHTS.copy()
    holes[3, 4] = np.nan
    heights = holes if "missing" in options else HEIGHTS

    np.testing.assert_array_equal(
        gridgrad.slope(heights, X, Y, unit="ratio", **options),
        gridgrad.magnitude(heights, X, Y, axis=(1, 0), **options),
    )


@pytest.mark.parametrize("earth", [Sphere(), Ellipsoid(), Metric.on(Sphere(2), 0, 1)], ids=str)
def test_on_the_earth_each_row_has_its_own_width(earth):
    options = {"metric": earth, "boundary": {1: Periodic(360)}}

    ratio = gridgrad.slope(HEIGHTS, LON, LAT, unit="ratio", **options)
    np.testing.assert_array_equal(ratio, gridgrad.magnitude(HEIGHTS, LON, LAT, **options))
    north, east = gridgrad.gradient(HEIGHTS, LAT, LON, **options)
    aspect = gridgrad.aspect(HEIGHTS, LON, LAT, **options)
    assert turned_between(aspect, directions(-east, -north)).max() <= ROUNDED


def test_poles():
    lat, lon = np.linspace(-90, 90, 19), np.arange(0, 360, 10.0)
    heights = np.cos(np.radians(lat))[:, None] + 0 * lon[:36]
    options = {"metric": Sphere(1.0), "boundary": {1: Periodic(360)}}

    aspect = gridgrad.aspect(heights, lon, lat, **options)
    assert np.isnan(aspect[[0, -1]]).all()
    # Downhill is to the nearer pole.
    assert (aspect[1:9] == 180).all() and (aspect[10:-1] == 0).all()
    assert not np.isnan(gridgrad.slope(heights, lon, lat, **options)).any()


@pytest.mark.parametrize("stencil", STENCILS)
def test_directions(stencil):
    row, column = np.mgrid[0:4, 0:5] * 1.0
    # Downhill, of rasters whose rows run south.
    towards = {"north": row, "east": -column, "south": -row, "west": column}
    compass = {"north": 0, "east": 90, "south": 180, "west": 270}
    trigonometric = {"north": 90, "east": 0, "south": 270, "west": 180}

    for word, heights in towards.items():
        for angle, expected in ("compass", compass), ("trigonometric", trigonometric):
            result = gridgrad.aspect(heights, 30, -30, stencil=stencil, angle=angle)
            assert (result == expected[word]).all()
        steepness = gridgrad.slope(heights, 1, -1, stencil=stencil)
        assert (steepness == 45).all()
    southern = gridgrad.aspect(row, 30, stencil=stencil)
    assert (southern == 180).all(), "rows run north unless their spacing is below 0"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_last_axis_is_east(function):
    expected = function(HEIGHTS, EAST, NORTH)

    np.testing.assert_array_equal(function(HEIGHTS, EAST, NORTH, axis=(1, 0)), expected)
    np.testing.assert_array_equal(function(HEIGHTS.T, EAST, NORTH, axis=(0, 1)).T, expected)
    np.testing.assert_array_equal(function(HEIGHTS[::-1], EAST, -NORTH)[::-1], expected)
    many = np.stack([HEIGHTS, 2 * HEIGHTS])
    np.testing.assert_array_equal(function(many, EAST, NORTH)[0], expected)
    ones = Metric.scaled({0: np.ones(HEIGHTS.shape)})
    np.testing.assert_array_equal(function(HEIGHTS, EAST, NORTH, metric=ones), expected)
    np.testing.assert_array_equal(function(HEIGHTS.tolist(), EAST, NORTH), expected)


def test_flat_surfaces_face_nowhere():
    flat = np.full((4, 5), 1e8 / 3)

    assert (gridgrad.slope(flat, stencil="horn") == 0).all()
    assert np.isnan(gridgrad.aspect(flat)).all()
    assert (gridgrad.aspect(flat, flat="zero") == 0).all()
    masked = gridgrad.aspect(np.ma.array(flat, mask=False))
    assert isinstance(masked, np.ma.MaskedArray) and masked.mask.all()


def test_heights_may_have_a_unit_of_their_own():
    feet = gridgrad.slope(HEIGHTS, EAST, NORTH, z_factor=0.25)

    np.testing.assert_array_equal(feet, gridgrad.slope(HEIGHTS / 4, EAST, NORTH))


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("dtype", ["i1", "i2", "i4", "i8", "u2", "f2", "f4", "f8"])
def test_results_have_the_type_of_a_derivative(function, dtype):
    heights = (HEIGHTS / 10).astype(dtype)
    expected = np.dtype(dtype) if np.dtype(dtype).kind == "f" else np.dtype("f8")

    result = function(heights, EAST, NORTH)
    assert result.dtype == expected
    wide = function(heights.astype("f8"), EAST, NORTH)
    # Five roundings to the narrow type before the angle, which is no more sensitive, and one
    # of it; an aspect is of up to 360 degrees, half a turn to either side.
    unit = np.finfo(expected).eps / 2
    np.testing.assert_array_equal(np.isnan(result), np.isnan(wide))
    assert np.nanmax(turned_between(result.astype("f8"), wide)) <= (6 * 90 + 512) * unit


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("stencil", STENCILS)
@pytest.mark.parametrize("dtype", [None, "f4"])
def test_writes_into_given_memory(function, stencil, dtype):
    expected = function(HEIGHTS, EAST, NORTH, stencil=stencil, dtype=dtype)
    wide = np.full((11, 26), 7, dtype or "f8")
    out = wide[:, ::2]

    assert function(HEIGHTS, EAST, NORTH, stencil=stencil, dtype=dtype, out=out) is out
    np.testing.assert_array_equal(out, expected)
    assert expected.dtype == out.dtype and (wide[:, 1::2] == 7).all()


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("stencil", STENCILS)
def test_missing_heights(function, stencil):
    masked = np.ma.array(HEIGHTS, mask=False)
    masked[5, 6] = np.ma.masked
    filled = masked.filled(np.nan)

    result = function(masked, EAST, NORTH, stencil=stencil)
    assert isinstance(result, np.ma.MaskedArray)
    is_near = np.zeros(HEIGHTS.shape, bool)
    for row, column in itertools.product((4, 5, 6), (5, 6, 7)):
        is_near[row, column] = stencil == "horn" or row == 5 or column == 6
    complete = function(HEIGHTS, EAST, NORTH, stencil=stencil)
    np.testing.assert_array_equal(result.mask, is_near | np.isnan(complete))
    np.testing.assert_array_equal(result.data[~is_near], complete[~is_near])
    np.testing.assert_array_equal(
        function(filled, EAST, NORTH, stencil=stencil, missing="propagate"), result.filled(np.nan)
    )
    adapted = gridgrad.slope(masked, EAST, NORTH, stencil=stencil, missing="adapt")
    assert adapted.mask.sum() == 1 and adapted.mask[5, 6]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_does_not_depend_on_threads_or_memory_order(function):
    heights = RANDOM.standard_normal((70, 300))
    expected = function(heights, 0.1, -0.3, stencil="horn", threads=1)

    other = np.asfortranarray(heights)
    np.testing.assert_array_equal(function(other, 0.1, -0.3, stencil="horn", threads=3), expected)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("stencil", STENCILS)
def test_dask_arrays_stay_lazy(function, stencil):
    da = pytest.importorskip("dask.array")
    lazy = da.from_array(HEIGHTS, chunks=(4, 5))

    result = function(lazy, EAST, NORTH, stencil=stencil)
    assert isinstance(result, da.Array) and result.chunks == lazy.chunks
    np.testing.assert_array_equal(
        result.compute(scheduler="synchronous"), function(HEIGHTS, EAST, NORTH, stencil=stencil)
    )
    other = gridgrad.slope(lazy, EAST, NORTH, stencil=stencil, unit="ratio")
    assert other.name != gridgrad.slope(lazy, EAST, NORTH, stencil=stencil).name


@pytest.mark.parametrize("function", FUNCTIONS)
def test_tensors(function):
    torch = pytest.importorskip("torch")
    tensor = torch.from_numpy(HEIGHTS.copy())

    result = function(tensor, EAST, NORTH)
    assert isinstance(result, torch.Tensor)
    np.testing.assert_array_equal(result.numpy(), function(HEIGHTS, EAST, NORTH))
    tensor.requires_grad_()
    message = (
        f"heights: a tensor that requires grad given; {function.__name__} is not differentiated, "
        "give heights.detach()"
    )
    with refused(NotImplementedError, message):
        function(tensor, EAST, NORTH)
    with torch.no_grad():
        np.testing.assert_array_equal(function(tensor, EAST, NORTH).numpy(), result.numpy())


@pytest.mark.parametrize("stencil", STENCILS)
def test_operators_are_built_once(stencil):
    terrain = Terrain("aspect", stencil, angle="trigonometric", flat="zero")
    operator = GridOperator(terrain, HEIGHTS.shape, EAST, NORTH)
    words = {"stencil": stencil, "angle": "trigonometric", "flat": "zero"}
    whole = gridgrad.aspect(HEIGHTS, EAST, NORTH, **words)

    assert (operator.field_count, operator.result_count) == (1, 1)
    assert operator.calculus == "aspect" and operator.axes == (1, 0)
    assert repr(operator) == "<gridgrad.GridOperator: aspect of shape (11, 13)>"
    for one in operator, pickle.loads(pickle.dumps(operator)), copy.deepcopy(operator):
        np.testing.assert_array_equal(one.apply(HEIGHTS), whole)
    rows = [(3, 6), (0, 4)]
    samples = [operator.support(axis, one) for axis, one in enumerate(rows)]
    (top, bottom), (left, right) = samples[0][0], samples[1][0]
    part = operator.apply(HEIGHTS[top:bottom, left:right], rows=rows, samples=samples)
    np.testing.assert_array_equal(part, whole[3:6, 0:4])
    halo = GridOperator(terrain, HEIGHTS.shape, EAST, NORTH, boundary="halo")
    np.testing.assert_array_equal(halo.apply(HEIGHTS), whole[1:-1, 1:-1])
    message = "transposed: an operator that is not linear in one field given"
    with refused(NotImplementedError, message):
        operator.transposed()


REFUSALS = [
    (
        lambda: gridgrad.slope(HEIGHTS, stencil="hron"),
        ValueError,
        "stencil: 'hron' given; scheme, horn or zevenbergen-thorne is accepted",
    ),
    (
        lambda: gridgrad.slope(HEIGHTS, stencil=3),
        TypeError,
        "stencil: 3 given; a word is needed",
    ),
    (
        lambda: gridgrad.slope(HEIGHTS, unit="radians"),
        ValueError,
        "unit: 'radians' given; degrees, percent or ratio is accepted",
    ),
    (
        lambda: gridgrad.slope(HEIGHTS, unit=None),
        TypeError,
        "unit: None given; a word is needed",
    ),
    (
        lambda: gridgrad.aspect(HEIGHTS, angle="north"),
        ValueError,
        "angle: 'north' given; compass or trigonometric is accepted",
    ),
    (
        lambda: gridgrad.aspect(HEIGHTS, flat=0),
        TypeError,
        "flat: 0 given; a word is needed",
    ),
    (
        lambda: gridgrad.aspect(HEIGHTS, flat="nan"),
        ValueError,
        "flat: 'nan' given; missing or zero is accepted",
    ),
    (
        lambda: GridOperator(Terrain("steepness"), (4, 5)),
        ValueError,
        "result: 'steepness' given; slope or aspect is accepted",
    ),
    (
        lambda: gridgrad.slope(HEIGHTS, z_factor=0),
        ValueError,
        "z_factor: 0 given; a finite number above 0 is needed",
    ),
    (
        lambda: gridgrad.slope(HEIGHTS, z_factor="feet"),
        TypeError,
        "z_factor: 'feet' given; a number is needed",
    ),
    (
        lambda: gridgrad.aspect(HEIGHTS, z_factor=2),
        TypeError,
        "aspect() got an unexpected keyword argument 'z_factor'",
    ),
    (
        lambda: gridgrad.slope(HEIGHTS[0]),
        ValueError,
        "axis: 1 given; a surface has 2: east, north",
    ),
    (
        lambda: gridgrad.slope(1.0),
        ValueError,
        "axis: 0 given; a surface has 2: east, north",
    ),
    (
        lambda: gridgrad.aspect(HEIGHTS[None], axis=(2, 1, 0)),
        ValueError,
        "axis: 3 given; a surface has 2: east, north",
    ),
    (
        lambda: gridgrad.aspect(HEIGHTS, LAT, LON, axis=(0, 1), metric=Sphere()),
        ValueError,
        "axis: (0, 1) given; a surface has east, then north",
    ),
    (
        lambda: gridgrad.slope(HEIGHTS, 1, 2, 3),
        TypeError,
        "spacing: 3 given for 2 axes; one number for all axes, or one number or coordinates for "
        "each, are accepted",
    ),
    (
        lambda: gridgrad.slope(HEIGHTS, stencil="horn", accuracy=4),
        ValueError,
        "accuracy: 4 given; that of the stencil named is 2",
    ),
    (
        lambda: gridgrad.slope(HEIGHTS + 1j),
        TypeError,
        "field: complex128 given; real heights are needed",
    ),
    (
        lambda: gridgrad.slope(HEIGHTS, out=np.zeros((2, 2))),
        ValueError,
        "out: shape (2, 2) given; (11, 13) is needed",
    ),
    (
        lambda: gridgrad.slope(HEIGHTS, boundary="halo"),
        ValueError,
        "boundary: 'halo' given; it is for blocks, which Difference is applied to",
    ),
    (
        lambda: gridgrad.slope(
            HEIGHTS, stencil="horn", boundary={1: (Constant(np.arange(11.0)), Constant(0))}
        ),
        NotImplementedError,
        "boundary: a number per line given; Horn's stencil needs one for all lines",
    ),
    (
        lambda: gridgrad.slope(HEIGHTS, metric="sphere"),
        TypeError,
        "metric: 'sphere' given; a Metric, a Sphere or an Ellipsoid is accepted",
    ),
]


@pytest.mark.parametrize("call, kind, message", REFUSALS, ids=[case[2][:40] for case in REFUSALS])
def test_refuses(call, kind, message):
    with refused(kind, message):
        call()


def test_nothing_is_written_by_a_call_that_is_refused():
    out = np.full(HEIGHTS.shape, 7.0)

    with pytest.raises(ValueError):
        gridgrad.slope(HEIGHTS, out=out, accuracy=3)
    with pytest.raises(TypeError):
        gridgrad.aspect(HEIGHTS + 1j, out=out)
    assert (out == 7).all()
