# test_staggered.py: cells beside plain NumPy, exact weights and exact functions
#
# SPDX-License-Identifier: BSD-3-Clause

import pickle
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from gridgrad import Constant, Difference
from gridgrad.staggered import StaggeredAxis, StaggeredGrid, to_centres, to_faces

RNG = np.random.default_rng(3)
ROUNDOFF = {np.float32: 2.0**-24, np.float64: 2.0**-53}
CELLS = st.integers(2, 7)
STAGGERS = st.sampled_from(
    [("left", True), ("right", True), ("inner", False), ("outer", False), ("left", False)]
)


def exact_weights(nodes):
    """Weights of the first derivative at 0 on nodes that are fractions, by elimination."""
    n = len(nodes)
    rows = [[x**k for x in nodes] + [Fraction(int(k == 1))] for k in range(n)]
    for column in range(n):
        pivot = next(row for row in range(column, n) if rows[row][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [entry / rows[column][column] for entry in rows[column]]
        for row in range(n):
            if row != column:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [row[n] for row in rows]


def row_of(operator, i):
    rows = operator.rows()
    entries = slice(rows.starts[i], rows.starts[i + 1])
    return rows.columns[entries], rows.weights[entries]


@pytest.mark.parametrize("accuracy", [2, 4, 6, 8, 20])
def test_weights_of_equal_cells_are_the_exact_ones(accuracy):
    operator = to_faces(StaggeredAxis.spaced(41, 1.0), "inner", accuracy=accuracy)

    _, weights = row_of(operator, 20)

    exact = exact_weights([Fraction(2 * k + 1, 2) for k in range(-accuracy // 2, accuracy // 2)])
    # An integer and a scale, rounded once each, and their product.
    np.testing.assert_allclose(weights, [float(w) for w in exact], rtol=3 * 2.0**-53)


@given(st.integers(0, 2**32 - 1), st.sampled_from([2, 4, 6]), st.booleans())
@settings(max_examples=40, deadline=None)
def test_weights_of_irregular_cells_are_the_exact_ones_rounded(seed, accuracy, has_centres):
    rng = np.random.default_rng(seed)
    faces = np.cumsum(rng.uniform(0.5, 1.5, 14))
    share = rng.uniform(0.3, 0.7, 13)
    centres = faces[:-1] + share * np.diff(faces) if has_centres else None
    operator = to_centres(StaggeredAxis(faces, centres=centres), "outer", accuracy=accuracy)
    for i in range(13):
        columns, weights = row_of(operator, i)
        middle = (Fraction(faces[i]) + Fraction(faces[i + 1])) / 2
        place = Fraction(centres[i]) if has_centres else middle
        exact = exact_weights([Fraction(faces[j]) - place for j in columns])
        for weight, column, one in zip(weights, columns, exact, strict=True):
            if column == i:  # minus the sum of the others, which are rounded
                others = sum(abs(w) for w in exact)
                assert abs(Fraction(weight) - one) <= others * Fraction(2.0**-52)
            else:
                assert weight == float(one)


@given(CELLS, st.booleans(), hnp.arrays(np.float64, (3, 9), elements=st.floats(-1e6, 1e6)))
@settings(deadline=None)
def test_second_order_on_equal_cells_is_numpys_difference(cells, is_periodic, values):
    f = values[:, :cells]
    axis = StaggeredAxis.spaced(cells, 0.5, boundary="periodic" if is_periodic else None)
    if is_periodic:
        expected = (f - np.roll(f, 1, axis=1)) * 2
        np.testing.assert_array_equal(to_faces(axis, "left").apply(f), expected)
        expected = (np.roll(f, -1, axis=1) - f) * 2
        np.testing.assert_array_equal(to_faces(axis, "right").apply(f), expected)
        np.testing.assert_array_equal(to_centres(axis, "left").apply(f), expected)
    else:
        np.testing.assert_array_equal(to_faces(axis, "inner").apply(f), np.diff(f) * 2)
        faces = values[:, : cells + 1]
        np.testing.assert_array_equal(to_centres(axis, "outer").apply(faces), np.diff(faces) * 2)
        walls = StaggeredAxis.spaced(cells, 0.5, boundary=Constant(0))
        inner = values[:, : cells - 1]
        expected = np.diff(np.pad(inner, [(0, 0), (1, 1)])) * 2
        np.testing.assert_array_equal(to_centres(walls, "inner").apply(inner), expected)


def stretched(count):
    t = np.linspace(0, 1, count + 1)
    return t + 0.05 * np.sin(2 * np.pi * t)


@pytest.mark.parametrize("accuracy", [2, 4, 6])
@pytest.mark.parametrize("is_periodic", [False, True])
def test_errors_fall_at_the_order_promised(accuracy, is_periodic):
    largest = []
    counts = (128, 256) if accuracy == 2 else (64, 128)
    for count in counts:
        faces = stretched(count)
        centres = (faces[1:] + faces[:-1]) / 2
        boundary, kind = ("periodic", "left") if is_periodic else (None, "inner")
        operator = to_faces(StaggeredAxis(faces, boundary=boundary), kind, accuracy=accuracy)
        at = faces[:-1] if is_periodic else faces[1:-1]
        wave = 2 * np.pi
        error = operator.apply(np.sin(wave * centres)) - wave * np.cos(wave * at)
        largest.append(np.abs(error).max())

    # A fifth of an order is left for the next term of the error.
    assert np.log2(largest[0] / largest[1]) > accuracy - 0.2


def test_known_values_stand_on_the_end_faces():
    x = StaggeredAxis([0.0, 1, 3, 4], boundary=Constant(0))
    y = StaggeredAxis([0.0, 1, 3, 4], boundary=(Constant(0), Constant(16)))
    at_faces = np.array([0.0, 1, 9, 16])
    at_centres = np.array([0.25, 4, 12.25])  # t^2

    slopes = to_centres(y, "inner", accuracy=2).apply(at_faces[1:3])
    ends = to_faces(y, "outer", accuracy=2).apply(at_centres)

    assert x.cells == 3
    np.testing.assert_allclose(slopes, [1, 4, 7], rtol=2.0**-50)
    np.testing.assert_allclose(ends, [0, 2, 6, 8], rtol=2.0**-50, atol=2.0**-48)


def test_operators_and_axes_survive_pickling():
    axis = StaggeredAxis(stretched(9), boundary=(Constant(1), "one-sided"))
    operator = to_faces(axis, "left", accuracy=4)
    f = RNG.random((3, 9))

    copy = pickle.loads(pickle.dumps(operator))

    np.testing.assert_array_equal(copy.apply(f), operator.apply(f))
    assert isinstance(copy, Difference)
    assert repr(pickle.loads(pickle.dumps(axis))) == "<gridgrad.StaggeredAxis: 9 cells>"
    assert pickle.loads(pickle.dumps(StaggeredAxis.spaced(3))).cells == 3


def test_blocks_and_transposes_work_as_those_of_difference():
    operator = to_faces(StaggeredAxis(stretched(20)), "inner", accuracy=4)
    f, g = RNG.random(20), RNG.random(19)
    first, last = operator.support((5, 9))[0]

    part = operator.apply(f[first:last], rows=(5, 9), samples=[(first, last)])

    np.testing.assert_array_equal(part, operator.apply(f)[5:9])
    rows = operator.rows()
    terms = np.abs(rows.weights).sum() * np.abs(g).max()
    assert abs(operator.apply(f) @ g - f @ operator.apply_transposed(g)) < 60 * 2.0**-53 * terms


# The C grid, beside sums of NumPy's slices.


def grid_of(cells, staggers, rng):
    """Directions x, y, z of fields f[z, y, x], with irregular cells."""
    directions = []
    for d, (count, (faces, is_periodic)) in enumerate(zip(cells, staggers, strict=True)):
        places = np.cumsum(rng.uniform(0.5, 1.5, count + 1))
        axis = StaggeredAxis(places, boundary="periodic" if is_periodic else None)
        directions.append((len(cells) - 1 - d, axis, faces))
    return directions


def measures_of(grid, centres, rng):
    """Positive numbers at every place."""
    count = len(centres)
    edges = 1 if count == 2 else count

    def at(place, components):
        return [rng.uniform(0.5, 2, grid.shape(centres, place, d)) for d in range(components)]

    return {
        "distances": at("faces", count),
        "face_areas": at("faces", count),
        "volumes": at("centres", 1)[0],
        "edge_lengths": at("edges", edges),
        "dual_areas": at("edges", edges),
    }


GRIDS = st.one_of(
    st.tuples(st.lists(CELLS, min_size=n, max_size=n), st.lists(STAGGERS, min_size=n, max_size=n))
    for n in (2, 3)
)


@given(GRIDS, st.integers(0, 2**32 - 1), st.booleans(), st.sampled_from([np.float32, np.float64]))
@settings(deadline=None, max_examples=60)
def test_curls_of_gradients_and_divergences_of_curls_vanish(shape, seed, is_measured, dtype):
    rng = np.random.default_rng(seed)
    cells, staggers = shape
    centres = tuple(reversed(cells))
    directions = grid_of(cells, staggers, rng)
    grid = StaggeredGrid(*directions)
    if is_measured:
        grid = StaggeredGrid(*directions, **measures_of(grid, centres, rng))
    edges = 1 if len(cells) == 2 else 3
    f = rng.uniform(-1, 1, centres).astype(dtype)
    potential = [
        rng.uniform(-1, 1, grid.shape(centres, "edges", d)).astype(dtype) for d in range(edges)
    ]
    for field in (f, *potential):
        field[rng.random(field.shape) < 0.1] = np.nan

    curl = grid.curl_to_edges(grid.gradient(f))
    divergence = grid.divergence(grid.curl_to_faces(potential))

    # At most 12 terms of at most 1, each twice over lengths of at least 1/2 and times at
    # most 2 by 2, with 9 roundings each.
    bound = 9 * ROUNDOFF[dtype] * 12 * 4 * 4 * 1.01
    for result in (*curl, divergence):
        assert result.dtype == dtype
        assert np.all(np.isnan(result) | (np.abs(result) <= bound))


def test_a_plane_is_the_sums_of_numpys_slices():
    x, y = np.array([0.0, 1, 3, 4, 8]), np.array([0.0, 2, 3, 7])
    grid = StaggeredGrid((1, StaggeredAxis(x), "outer"), (0, StaggeredAxis(y), "outer"))
    u, v, c = RNG.random((3, 5)), RNG.random((4, 4)), RNG.random((4, 5))
    f = RNG.random((3, 4))
    d_x, d_y = np.diff(x), np.diff(y)[:, None]
    x_apart, y_apart = (x[2:] - x[:-2]) / 2, ((y[2:] - y[:-2]) / 2)[:, None]

    np.testing.assert_array_equal(
        grid.divergence([u, v]), np.diff(u, axis=1) / d_x + np.diff(v, axis=0) / d_y
    )
    g_x, g_y = grid.gradient(f)
    np.testing.assert_array_equal(g_x[:, 1:-1], np.diff(f, axis=1) / x_apart)
    np.testing.assert_array_equal(g_y[1:-1], np.diff(f, axis=0) / y_apart)
    assert not g_x[:, [0, -1]].any() and not g_y[[0, -1]].any()
    (curl,) = grid.curl_to_edges([u, v])
    np.testing.assert_array_equal(
        curl[1:-1, 1:-1],
        np.diff(v, axis=1)[1:-1] / x_apart - np.diff(u, axis=0)[:, 1:-1] / y_apart,
    )
    from_x, from_y = grid.curl_to_faces([c])
    np.testing.assert_array_equal(from_x, np.diff(c, axis=0) / d_y)
    np.testing.assert_array_equal(from_y, -np.diff(c, axis=1) / d_x)


def sphere(rows, columns, radius=1.0):
    """A grid of latitude and longitude between 60 south and north, measured exactly."""
    lat = np.radians(np.linspace(-60, 60, rows + 1))
    step = 2 * np.pi / columns
    middle = (lat[1:] + lat[:-1]) / 2
    wide = (rows, columns)
    lat_axis, lon_axis = (
        StaggeredAxis(lat),
        StaggeredAxis.spaced(columns, step, boundary="periodic"),
    )
    along_lat = radius * np.diff(lat)[:, None]
    grid = StaggeredGrid(
        (1, lon_axis, "left"),
        (0, lat_axis, "inner"),
        distances=[radius * step * np.cos(middle)[:, None], radius * np.diff(middle)[:, None]],
        face_areas=[along_lat, radius * step * np.cos(lat[1:-1])[:, None]],
        volumes=radius**2 * step * np.diff(np.sin(lat))[:, None],
        dual_areas=[radius**2 * step * np.diff(np.sin(middle))[:, None]],
    )
    return grid, lat, middle, wide


def test_solid_rotation_on_the_sphere_has_its_vorticity():
    errors = []
    for rows in (32, 64):
        grid, lat, middle, wide = sphere(rows, 2 * rows)
        u = np.broadcast_to(np.cos(middle)[:, None], wide)
        v = np.zeros(grid.shape(wide, "faces", 1))

        (vorticity,) = grid.curl_to_edges([u, v])
        divergence = grid.divergence([u, v])

        errors.append(np.abs(vorticity - 2 * np.sin(lat[1:-1])[:, None]).max())
        assert not divergence.any()
    assert np.log2(errors[0] / errors[1]) > 1.8


def test_what_flows_within_walls_adds_up_to_nothing():
    grid, _, _, wide = sphere(16, 32)
    flow = [RNG.random(grid.shape(wide, "faces", d)) for d in range(2)]

    divergence = grid.divergence(flow)

    _, lat, _, _ = sphere(16, 32)
    volumes = np.diff(np.sin(lat))[:, None] * (2 * np.pi / 32)
    terms = np.abs(divergence * volumes).sum() + 4 * sum(np.abs(one).sum() for one in flow)
    assert abs((divergence * volumes).sum()) < 600 * 2.0**-53 * terms


def test_results_go_where_they_are_asked_for():
    grid = StaggeredGrid(
        (1, StaggeredAxis.spaced(4), "inner"), (0, StaggeredAxis.spaced(3), "inner")
    )
    f = np.ma.masked_equal(np.arange(12).reshape(3, 4), 5)
    out = [np.empty((3, 3)), np.empty((2, 4))]

    results = grid.gradient(f, out=out, threads=2)

    assert results[0] is out[0] and results[1] is out[1]
    assert np.isnan(out[0][1, 0]) and out[0][0, 0] == 1


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: StaggeredAxis([1.0]), ValueError, "faces: 1 position given; one more than cells"),
        (lambda: StaggeredAxis.spaced(0), ValueError, "cells: 0 given; at least 1 is needed"),
        (
            lambda: StaggeredAxis.spaced(3, boundary="symmetric"),
            ValueError,
            "boundary: a mirror, a slope, nearest or a halo given",
        ),
        (
            lambda: to_faces(StaggeredAxis.spaced(3), "centre"),
            ValueError,
            "faces: 'centre' given; left, right, inner or outer is accepted",
        ),
        (
            lambda: to_faces(StaggeredAxis.spaced(3), "outer"),
            ValueError,
            "boundary: one-sided at an end where rows lie beyond the samples",
        ),
        (
            lambda: to_faces(StaggeredAxis.spaced(3), "inner", missing="adapt"),
            NotImplementedError,
            "missing: adapt given",
        ),
        (
            lambda: StaggeredGrid((-1, StaggeredAxis.spaced(3), "inner")),
            ValueError,
            "axis: -1 given; axes of a grid count from 0",
        ),
        (
            lambda: StaggeredGrid((0, StaggeredAxis.spaced(3), "inner")),
            ValueError,
            "directions: 1 given; 2 or 3 are needed",
        ),
    ],
)
def test_refusals_name_the_argument(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value).startswith(message)


def test_refusals_of_fields_name_them():
    cells = StaggeredAxis.spaced(3)
    grid = StaggeredGrid((1, cells, "inner"), (0, cells, "inner"))
    with pytest.raises(ValueError, match=r"^faces: 1 arrays given; 2 are needed$"):
        grid.divergence([np.zeros((3, 2))])
    with pytest.raises(ValueError, match=r"^faces\[1\]: shape \(3, 2\) given; \(2, 3\) is needed$"):
        grid.divergence([np.zeros((3, 2)), np.zeros((3, 2))])
    with pytest.raises(TypeError, match=r"^centres: dtype complex128 given; real numbers"):
        grid.gradient(np.zeros((3, 3), complex))
    with pytest.raises(ValueError, match=r"^out: a read-only array given"):
        grid.gradient(np.zeros((3, 3)), out=[np.broadcast_to(0.0, (3, 2))] * 2)
