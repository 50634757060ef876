# test_calculus.py: operators along several axes, beside compositions of gradient
#
# SPDX-License-Identifier: BSD-3-Clause

import inspect
import itertools
import pickle
import re
from concurrent.futures import ThreadPoolExecutor
from operator import is_ as operator_is

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gridgrad
from gridgrad import Constant, Ellipsoid, GridOperator, Metric, Neumann, Periodic, Sphere

RANDOM = np.random.default_rng(9)
SHAPE = 6, 7, 8
U = RANDOM.standard_normal((3, *SHAPE))
X = [np.cumsum(RANDOM.uniform(0.5, 2, extent)) for extent in SHAPE]
LAT, LON = np.linspace(-75, 75, 11), np.arange(0.0, 360, 20)
WIND = RANDOM.standard_normal((2, 11, 18))
TYPES = ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]
KINDS = [
    {},
    {"edge_order": 2},
    {"accuracy": 4},
    {"boundary": "symmetric"},
    {"boundary": {0: (Constant(2), Neumann(-1)), 2: Periodic(30)}},
    {"missing": "propagate"},
    {"missing": "adapt"},
]
VECTOR = [gridgrad.divergence, gridgrad.curl, gridgrad.jacobian, gridgrad.strain_rate]
VECTOR += [gridgrad.rotation]
SCALAR = [gridgrad.laplacian, gridgrad.hessian, gridgrad.magnitude]


def slope(f, axis, options, x=X):
    """One derivative, whose ends are those that `options` has along that axis."""
    own = dict(options)
    if isinstance(own.get("boundary"), dict):
        own["boundary"] = own["boundary"].get(axis)
    return gridgrad.derivative(f, x[axis], axis, **own)


def refused(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


@pytest.mark.parametrize("options", KINDS, ids=str)
def test_vector_operators_have_the_bits_of_compositions(options):
    d = [[slope(u, axis, options) for axis in range(3)] for u in U]
    curl = [d[2][1] - d[1][2], d[0][2] - d[2][0], d[1][0] - d[0][1]]

    np.testing.assert_array_equal(
        gridgrad.divergence(U, *X, **options), (d[0][0] + d[1][1]) + d[2][2]
    )
    np.testing.assert_array_equal(gridgrad.curl(list(U), *X, **options), curl)
    np.testing.assert_array_equal(gridgrad.jacobian(U, *X, **options), d)
    for name, sign in ("strain_rate", 1), ("rotation", -1):
        whole = getattr(gridgrad, name)(U, *X, **options)
        assert whole.shape == (3, 3, *SHAPE) and whole.flags.c_contiguous
        for i, j in itertools.combinations(range(3), 2):
            half = 0.5 * d[i][j] + 0.5 * d[j][i] if sign > 0 else 0.5 * d[j][i] - 0.5 * d[i][j]
            np.testing.assert_array_equal(whole[i, j], half)
            np.testing.assert_array_equal(whole[j, i], sign * half)
        for i in range(3):
            np.testing.assert_array_equal(whole[i, i], d[i][i] if sign > 0 else 0 * d[i][i] * 0)


@pytest.mark.parametrize("options", [one for one in KINDS if "missing" not in one], ids=str)
def test_scalar_operators_have_the_bits_of_compositions(options):
    f = U[0]
    d = [slope(f, axis, options) for axis in range(3)]
    second = [slope(f, axis, options | {"derivative": 2}) for axis in range(3)]

    np.testing.assert_array_equal(
        gridgrad.laplacian(f, *X, **options), (second[0] + second[1]) + second[2]
    )
    np.testing.assert_array_equal(
        gridgrad.magnitude(f, *X, **options),
        np.sqrt((d[0] * d[0] + d[1] * d[1]) + d[2] * d[2]),
    )
    np.testing.assert_array_equal(
        gridgrad.directional(f, U, *X, **options), (d[0] * U[0] + d[1] * U[1]) + d[2] * U[2]
    )
    hessian = gridgrad.hessian(f, *X, **options)
    for i in range(3):
        np.testing.assert_array_equal(hessian[i, i], second[i])
        for j in range(i):
            np.testing.assert_array_equal(hessian[i, j], hessian[j, i])


def test_vectors_have_a_laplacian_of_each_component():
    results = gridgrad.laplacian(list(U), *X)

    assert isinstance(results, tuple)
    for u, result in zip(U, results, strict=True):
        np.testing.assert_array_equal(result, gridgrad.laplacian(u, *X))
    # An array alone is a scalar, and so are nested lists.
    assert gridgrad.laplacian(U, axis=(1, 2, 3)).shape == U.shape
    assert gridgrad.laplacian(U[0, :4, :4, 0].tolist()).shape == (4, 4)


def test_axes_are_in_the_order_of_components():
    u, v = U[:2]

    np.testing.assert_array_equal(
        gridgrad.divergence([u, v], X[2], X[1], axis=(-1, -2)),
        gridgrad.derivative(u, X[2], 2) + gridgrad.derivative(v, X[1], 1),
    )
    np.testing.assert_array_equal(
        gridgrad.curl([u, v], 0.5, axis=(2, 1)),
        gridgrad.derivative(v, 0.5, 2) - gridgrad.derivative(u, 0.5, 1),
    )
    np.testing.assert_array_equal(gridgrad.divergence(U, 2), gridgrad.divergence(U, 2, 2, 2))


@pytest.mark.parametrize("dtype", TYPES)
def test_results_have_the_type_of_a_derivative(dtype):
    samples = np.abs(U * 50).astype(dtype)
    expected = np.dtype(dtype) if np.dtype(dtype).kind in "fc" else np.dtype("f8")

    d = [gridgrad.derivative(one, axis=axis) for axis, one in enumerate(samples)]
    for operator in VECTOR:
        results = operator(list(samples))
        assert all(one.dtype == expected for one in results), operator
    for operator in SCALAR:
        if not (operator is gridgrad.magnitude and expected.kind == "c"):
            assert operator(samples[0]).dtype == expected, operator
    if expected != np.float16:
        np.testing.assert_array_equal(gridgrad.divergence(samples), (d[0] + d[1]) + d[2])


def test_components_of_several_types_have_the_one_of_their_sum():
    single = U[0].astype("f4")

    result = gridgrad.divergence([single, U[1], U[2]])

    assert result.dtype == np.float64
    np.testing.assert_array_equal(result, gridgrad.divergence([single.astype("f8"), U[1], U[2]]))


@pytest.mark.parametrize("operator", VECTOR + SCALAR, ids=lambda one: one.__name__)
@pytest.mark.parametrize("dtype", [None, "f4"])
def test_writes_into_given_memory(operator, dtype):
    fields = U if operator in VECTOR else U[0]
    expected = operator(fields, *X, dtype=dtype)
    if isinstance(expected, tuple):
        out = tuple(np.empty_like(one) for one in expected)
    else:
        # Every second sample of something larger.
        wide = np.full((*expected.shape[:-1], 2 * expected.shape[-1]), 7, expected.dtype)
        out = wide[..., ::2]

    result = operator(fields, *X, dtype=dtype, out=out)
    assert result is out or all(map(operator_is, result, out))
    np.testing.assert_array_equal(out, expected)
    assert isinstance(out, tuple) or (wide[..., 1::2] == 7).all()
    assert np.asarray(out).dtype == (dtype or "f8")


@pytest.mark.parametrize("operator", VECTOR + SCALAR, ids=lambda one: one.__name__)
def test_does_not_depend_on_threads_or_memory_order(operator):
    fields = U if operator in VECTOR else U[0]
    other = [np.asfortranarray(u)[:, ::-1][:, ::-1] for u in U]

    whole = operator(fields, *X, threads=1)
    np.testing.assert_array_equal(operator(fields, *X, threads=3), whole)
    np.testing.assert_array_equal(operator(other if operator in VECTOR else other[0], *X), whole)


def test_masks_are_those_of_every_component():
    masked = np.ma.array(U[0], mask=False)
    masked[2, 3, 3] = np.ma.masked
    filled = masked.filled(np.nan)

    result = gridgrad.divergence([U[1], masked, U[2]])
    assert isinstance(result, np.ma.MaskedArray)
    expected = gridgrad.divergence([U[1], filled, U[2]], missing="propagate")
    np.testing.assert_array_equal(result.filled(np.nan), expected)
    adapted = gridgrad.jacobian([U[1], masked, U[2]], missing="adapt")
    assert adapted.mask[1].sum() < result.mask.sum() * 3


def test_a_metric_of_ones_changes_nothing():
    ones = Metric.scaled({axis: np.ones(SHAPE) for axis in range(3)})

    for operator in VECTOR:
        np.testing.assert_array_equal(operator(U, *X, metric=ones), operator(U, *X))
    for operator in SCALAR:
        np.testing.assert_array_equal(operator(U[0], *X, metric=ones), operator(U[0], *X))
    for one, other in zip(
        gridgrad.gradient(U[0], *X, metric=ones), gridgrad.gradient(U[0], *X), strict=True
    ):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("earth", [Sphere(2.0), Ellipsoid()], ids=str)
def test_latitudes_and_longitudes_are_where_they_are_said_to_be(earth):
    options = {"accuracy": 4, "metric": earth}
    usual = gridgrad.divergence(WIND, LON, LAT, boundary={1: Periodic(360)}, **options)

    turned = [np.moveaxis(one, 0, 1)[:, None] for one in WIND]
    options["metric"] = Metric.on(earth, latitude=2, longitude=0)
    result = gridgrad.divergence(turned, LON, LAT, boundary={0: Periodic(360)}, **options)
    np.testing.assert_array_equal(np.moveaxis(result[:, 0], 0, 1), usual)


def errors_on_the_sphere(parallels):
    """Of the vorticity of a solid body, and of the Laplacian of a harmonic, poles included."""
    lat, lon = np.linspace(-90, 90, parallels), np.linspace(0, 360, 2 * parallels - 2, False)
    phi, east = np.meshgrid(np.radians(lat), np.radians(lon), indexing="ij")
    options = {"accuracy": 4, "metric": Sphere(1.0), "boundary": {1: Periodic(360)}}
    body = [np.cos(phi), 0 * phi]
    assert np.all(gridgrad.divergence(body, lon, lat, **options) == 0)
    vorticity = gridgrad.curl(body, lon, lat, **options)
    harmonic = np.cos(phi) * np.sin(phi) * np.cos(east)
    laplacian = gridgrad.laplacian(harmonic, lon, lat, **options)
    return np.array(
        [np.abs(vorticity - 2 * np.sin(phi)).max(), np.abs(laplacian + 6 * harmonic).max()]
    )


def test_solid_bodies_and_harmonics_on_the_sphere():
    orders = np.log2(errors_on_the_sphere(61) / errors_on_the_sphere(121))

    # The fourth, less one for the Laplacian next to a pole: the cosine is as small as the step.
    assert orders[0] > 3.9 and orders[1] > 2.9, orders


def test_the_gradient_on_a_sphere_is_per_length():
    f = np.sin(np.radians(LAT))[:, None] + 0 * LON

    north, east = gridgrad.gradient(f, LAT, LON, metric=Sphere(2.0), accuracy=8)
    per_degree = gridgrad.derivative(f, LAT, 0, accuracy=8)
    # One rounding of the factor, one of the product, on either side.
    eps = np.finfo(float).eps
    np.testing.assert_allclose(north, per_degree / np.radians(2.0), rtol=3 * eps)
    assert np.all(east == 0)
    other = gridgrad.gradient(f, LON, LAT, axis=(1, 0), metric=Sphere(2.0), accuracy=8)
    np.testing.assert_array_equal(other[0], east)
    np.testing.assert_array_equal(other[1], north)


def test_positions_of_two_dimensions():
    errors = []
    for step in 4, 2:
        places = np.arange(-60.0, 61, step), np.arange(0.0, 90, step)
        lat, lon = np.meshgrid(*places, indexing="ij")
        metric = Metric.at(lat, lon, Sphere(1.0))
        assert metric.obliqueness < 100 * np.finfo(float).eps
        north, east = gridgrad.gradient(np.sin(np.radians(lat)), metric=metric, edge_order=2)
        errors.append(np.abs(north - np.cos(np.radians(lat))).max())
        assert np.all(east == 0)

    # Half the distance between the neighbours is a length of second order.
    assert np.log2(errors[0] / errors[1]) > 1.9
    assert np.array_equal(
        gridgrad.divergence([lon, lat], metric=metric),
        gridgrad.divergence([lon, lat], axis=(1, 0), metric=metric),
    )


def test_map_factors_are_reciprocal_scale_factors():
    m = RANDOM.uniform(0.5, 2, (2, 11, 18))
    scaled = Metric.scaled({-1: 1 / m[0], -2: 1 / m[1]})
    mapped = Metric.mapped({-1: m[0], -2: m[1]})

    np.testing.assert_allclose(
        gridgrad.divergence(WIND, axis=(1, 0), metric=mapped),
        gridgrad.divergence(WIND, axis=(1, 0), metric=scaled),
        rtol=1e-12,
        atol=1e-12,
    )


def test_results_are_of_the_kind_of_the_components():
    torch = pytest.importorskip("torch")
    tensors = [torch.from_numpy(u) for u in U]

    result = gridgrad.divergence(tensors, *X)
    assert isinstance(result, torch.Tensor)
    np.testing.assert_array_equal(result, gridgrad.divergence(U, *X))
    whole = gridgrad.jacobian(torch.from_numpy(U).to(torch.bfloat16))
    assert whole.dtype == torch.bfloat16 and whole.shape == (3, 3, *SHAPE)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_operators_of_random_calls(data):
    rank = data.draw(st.integers(2, 3))
    shape = tuple(data.draw(st.integers(5, 9)) for _ in range(rank))
    axes = tuple(data.draw(st.permutations(range(rank))))[: data.draw(st.integers(2, rank))]
    axes = tuple(axis - rank * data.draw(st.booleans()) for axis in axes)
    random = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    dtype = data.draw(st.sampled_from(["f4", "f8", "c16", "i4", "i8"]))
    fields = [(random.standard_normal(shape) * 100).astype(dtype) for _ in axes]
    spacing = [np.cumsum(random.uniform(0.5, 2, shape[axis])) for axis in axes]
    options = data.draw(st.sampled_from([{}, {"accuracy": 4}, {"boundary": "nearest"}]))

    parts = [
        gridgrad.derivative(f, x, axis, **options)
        for f, x, axis in zip(fields, spacing, axes, strict=True)
    ]
    divergence = gridgrad.divergence(fields, *spacing, axis=axes, **options)
    np.testing.assert_array_equal(divergence, sum(parts[1:], parts[0]))
    jacobian = gridgrad.jacobian(fields, *spacing, axis=axes, **options)
    strain = gridgrad.strain_rate(fields, *spacing, axis=axes, **options)
    turned = gridgrad.rotation(fields, *spacing, axis=axes, **options)
    # Each half is rounded, and their difference: four roundings of numbers of this size.
    size = np.abs(jacobian).max() * np.finfo(jacobian.dtype).eps
    assert np.abs(jacobian - (strain - turned)).max() <= 4 * size


class TestGridOperator:
    @pytest.mark.parametrize("options", KINDS, ids=str)
    def test_blocks_have_the_bits_of_the_whole(self, options):
        operator = GridOperator("curl", SHAPE, *X, **options)
        whole = operator.apply(U)
        for rows in [[(1, 4), (0, 3), (2, 6)], [(0, 1), (6, 7), (0, 8)]]:
            samples = [operator.support(axis, one) for axis, one in enumerate(rows)]
            block = U
            for axis, ranges in enumerate(samples):
                parts = [block.take(range(*one), axis + 1) for one in ranges]
                block = np.concatenate(parts, axis + 1)

            part = operator.apply(list(block), rows=rows, samples=samples)
            inside = tuple(slice(*one) for one in rows)
            np.testing.assert_array_equal(part, [one[inside] for one in whole])

    def test_describes_itself(self):
        operator = GridOperator("hessian", (4, 5, 6), axis=(2, 0))

        assert (operator.field_count, operator.result_count) == (1, 3)
        assert [operator.axes_of_result(k) for k in range(3)] == [(0, 0), (0, 1), (1, 1)]
        assert (operator.shape, operator.result_shape) == ((4, 5, 6), (4, 5, 6))
        assert operator.axes == (2, 0) and operator.calculus == "hessian"
        assert repr(operator) == "<gridgrad.GridOperator: hessian of shape (4, 5, 6)>"
        assert GridOperator("laplacian", (9,), boundary="halo").result_shape == (7,)

    def test_halos_stop_short(self):
        operator = GridOperator("divergence", SHAPE, *X, boundary={1: "halo"})

        np.testing.assert_array_equal(operator.apply(U), gridgrad.divergence(U, *X)[:, 1:-1])

    def test_poles_need_all_parallels(self):
        poles = GridOperator("laplacian", (7, 8), LON[:8], np.linspace(-90, 90, 7), metric=Sphere())
        none = GridOperator("laplacian", (7, 8), LON[:8], np.linspace(-80, 80, 7), metric=Sphere())

        assert not poles.may_cut(0) and not poles.may_cut(1)
        assert none.may_cut(0) and none.may_cut(1)
        with pytest.raises(NotImplementedError, match="^transposed: a pole among the samples"):
            poles.transposed()

    @pytest.mark.parametrize("metric", [None, Sphere(1.0)])
    @pytest.mark.parametrize("calculus", ["gradient", "divergence", "curl", "laplacian", "hessian"])
    def test_transpose_is_the_adjoint(self, calculus, metric):
        operator = GridOperator(calculus, (11, 18), LON, LAT, axis=(1, 0), metric=metric)
        turned = operator.transposed()
        f = RANDOM.standard_normal((operator.field_count, 11, 18))
        g = RANDOM.standard_normal((operator.result_count, 11, 18))

        left = (np.reshape(operator.apply(list(f)), g.shape) * g).sum()
        right = (np.reshape(turned.apply(list(g)), f.shape) * f).sum()
        # 200 samples of a few summands each; metric factors below 4, second derivatives more.
        assert abs(left - right) <= 200 * 60 * np.finfo(float).eps * max(1, abs(left))
        assert (turned.field_count, turned.result_count) == (len(g), len(f))
        assert "transposed" in repr(turned)

    @pytest.mark.parametrize(
        "metric",
        [
            None,
            Ellipsoid(),
            Metric.mapped({0: 2.0, 1: np.ones((11, 1))}),
            Metric.at(*np.meshgrid(LAT, LON, indexing="ij")),
        ],
        ids=str,
    )
    def test_survives_pickling(self, metric):
        options = {"axis": (1, 0), "metric": metric, "boundary": {0: Constant(2)}}
        spacing = () if metric is not None and repr(metric).endswith(": at>") else (LON, LAT)
        operator = GridOperator("divergence", (11, 18), *spacing, **options)
        copy = pickle.loads(pickle.dumps(operator))

        np.testing.assert_array_equal(copy.apply(list(WIND)), operator.apply(list(WIND)))
        turned = pickle.loads(pickle.dumps(operator.transposed()))
        np.testing.assert_array_equal(turned.apply(WIND[0]), operator.transposed().apply(WIND[0]))

    def test_is_used_by_many_threads_at_once(self):
        operator = GridOperator("magnitude", SHAPE, *X)
        expected = operator.apply(U[0])
        with ThreadPoolExecutor(8) as pool:
            results = list(pool.map(lambda _: operator.apply(U[0]), range(200)))

        assert all(np.array_equal(result, expected) for result in results)


def test_signatures_show_the_keywords():
    for operator in [*VECTOR, *SCALAR, gridgrad.directional]:
        names = list(inspect.signature(operator).parameters)
        assert names[-9:] == [
            "axis",
            "metric",
            "edge_order",
            "accuracy",
            "boundary",
            "missing",
            "dtype",
            "out",
            "threads",
        ]


Z = np.zeros((4, 5))
REFUSALS = [
    (
        lambda: gridgrad.divergence([Z]),
        ValueError,
        "components: 1 given for 2 axes; one for each is needed",
    ),
    (
        lambda: gridgrad.divergence([]),
        ValueError,
        "components: none given; one for each axis is needed",
    ),
    (
        lambda: gridgrad.divergence(3),
        TypeError,
        "components: int given; a sequence of arrays, or an array whose first axis counts them, "
        "is needed",
    ),
    (
        lambda: gridgrad.divergence([Z, Z[1:]]),
        ValueError,
        "components: shapes (4, 5) and (3, 5) given; one shape is needed",
    ),
    (
        lambda: gridgrad.divergence([Z, Z], axis=(0, 0)),
        ValueError,
        "repeated axis",
    ),
    (
        lambda: gridgrad.divergence([Z, Z], axis=(0, 2)),
        np.exceptions.AxisError,
        "axis 2 is out of bounds for array of dimension 2",
    ),
    (
        lambda: gridgrad.divergence([Z, Z], 1, 2, 3),
        TypeError,
        "spacing: 3 given for 2 axes; one number for all axes, or one number or coordinates for "
        "each, are accepted",
    ),
    (
        lambda: gridgrad.divergence([Z, Z], Z, Z),
        NotImplementedError,
        "spacing: coordinates of 2 dimensions given along axis 0; one is accepted, and Metric.at "
        "or Metric.scaled where lengths vary along other axes",
    ),
    (
        lambda: gridgrad.divergence([Z > 0, Z > 0]),
        TypeError,
        "f: dtype bool given; integers, float16, float32, float64, complex64 and complex128 are "
        "accepted",
    ),
    (
        lambda: gridgrad.divergence([Z, Z], boundary="halo"),
        ValueError,
        "boundary: 'halo' given; it is for blocks, which Difference is applied to",
    ),
    (
        lambda: gridgrad.divergence([Z, Z], out=np.zeros((2, 2))),
        ValueError,
        "out: shape (2, 2) given; (4, 5) is needed",
    ),
    (
        lambda: gridgrad.curl([Z, Z], out=(Z, Z)),
        ValueError,
        "out: 2 arrays given for 1 components",
    ),
    (lambda: gridgrad.curl([Z[0]]), ValueError, "axis: 1 given; a curl has 2 or 3"),
    (lambda: gridgrad.rotation([Z[0]]), ValueError, "axis: 1 given; a rotation needs 2 at least"),
    (
        lambda: gridgrad.curl([Z, Z], LAT[:4], LON[:5], axis=(0, 1), metric=Sphere()),
        ValueError,
        "axis: (0, 1) given; a curl needs east, north[, up], and components in that order",
    ),
    (
        lambda: gridgrad.laplacian(Z, axis=()),
        ValueError,
        "axis: none given; one at least is needed",
    ),
    (
        lambda: gridgrad.laplacian(Z, acuracy=4),
        TypeError,
        "laplacian() got an unexpected keyword argument 'acuracy'",
    ),
    (
        lambda: gridgrad.laplacian(Z, missing="adapt", dtype=int),
        TypeError,
        "dtype: int64 given; float16, float32, float64, complex64 and complex128 are accepted",
    ),
    (
        lambda: gridgrad.hessian(Z, out=Z),
        ValueError,
        "out: shape (4, 5) given; (2, 2, 4, 5) is needed",
    ),
    (
        lambda: gridgrad.directional(Z, (1, 2, 3)),
        ValueError,
        "direction: 3 given for 2 axes; one for each is needed",
    ),
    (
        lambda: gridgrad.divergence([Z, Z], metric="sphere"),
        TypeError,
        "metric: 'sphere' given; a Metric, a Sphere or an Ellipsoid is accepted",
    ),
    (
        lambda: gridgrad.divergence([Z, Z], metric=Sphere("a")),
        TypeError,
        "radius: 'a' given; a number is needed",
    ),
    (
        lambda: gridgrad.divergence([Z, Z], LON[:5], LAT[:4], metric=Sphere(-1)),
        ValueError,
        "radius: -1 given; a length from 1e-15 to 1e18 is needed",
    ),
    (
        lambda: gridgrad.divergence([Z, Z], metric=Sphere()),
        ValueError,
        "latitude: no positions along axis 0 given; positions in degrees are needed",
    ),
    (
        lambda: gridgrad.divergence([Z, Z], LON[:5], [80, 85, 90, 95], metric=Ellipsoid()),
        ValueError,
        "latitude: 95 along axis 0 given; degrees from -90 to 90 are needed",
    ),
    (
        lambda: gridgrad.laplacian([Z, Z], LON[:5], LAT[:4], metric=Sphere()),
        NotImplementedError,
        "metric: given for the Laplacian of a vector; it is there for lengths alone",
    ),
    (
        lambda: Metric.on("earth"),
        TypeError,
        "earth: 'earth' given; a Sphere or an Ellipsoid is needed",
    ),
    (
        lambda: Metric.scaled([1, 2]),
        TypeError,
        "factors: list given; a mapping from axis is needed",
    ),
    (
        lambda: Metric.scaled({0: "a"}),
        TypeError,
        "factors: dtype <U1 given; real numbers are needed",
    ),
    (
        lambda: Metric.at(Z + 91, Z),
        ValueError,
        "latitudes: 91 at (0, 0); degrees from -90 to 90 are needed",
    ),
    (
        lambda: GridOperator("divergenc", (4, 5)),
        ValueError,
        "calculus: 'divergenc' given; accepted: gradient, magnitude, directional, divergence, "
        "curl, laplacian, vector_laplacian, hessian, jacobian, strain_rate, rotation",
    ),
    (
        lambda: GridOperator("laplacian", (4, -5)),
        ValueError,
        "shape: (4, -5) given; numbers of samples are needed",
    ),
    (
        lambda: GridOperator("divergence", (4, 5)).apply([Z]),
        ValueError,
        "fields: 1 given; 2 are needed",
    ),
    (
        lambda: GridOperator("laplacian", (4, 5)).support(0, (2, 5)),
        ValueError,
        "rows: 2 to 5 given; within 0 to 4 is needed",
    ),
]


@pytest.mark.parametrize("call, kind, message", REFUSALS, ids=[case[2][:40] for case in REFUSALS])
def test_refuses(call, kind, message):
    with refused(kind, message):
        call()


def test_nothing_is_written_by_a_call_that_is_refused():
    out = np.full((2, 2, 4, 5), 7.0)

    with pytest.raises(ValueError):
        gridgrad.hessian(Z, out=out, accuracy=3)
    with pytest.raises(ValueError):
        gridgrad.jacobian([Z, Z], out=out, boundary="wall")
    assert (out == 7).all()
