# test_calculus_dask.py: operators on chunked arrays, lazily, to the bits of arrays in memory
#
# SPDX-License-Identifier: BSD-3-Clause

import pickle
import re

import numpy as np
import pytest

import gridgrad
from gridgrad import Constant, Metric, Periodic, Sphere

da = pytest.importorskip("dask.array")

FIELDS = np.random.default_rng(2).standard_normal((2, 13, 17))
LAT, LON = np.linspace(-60, 60, 13), np.arange(17) * 360 / 17
CHUNKS = [(13, 17), (4, 5), ((1, 2, 0, 10), (16, 1))]
KINDS = [
    {},
    {"accuracy": 6, "boundary": "symmetric"},
    {"missing": "propagate"},
    {"metric": Sphere(1.0), "boundary": {1: Periodic(360)}, "accuracy": 4},
]
VECTOR = [gridgrad.divergence, gridgrad.curl, gridgrad.jacobian, gridgrad.strain_rate]
VECTOR += [gridgrad.rotation]
SCALAR = [gridgrad.laplacian, gridgrad.hessian, gridgrad.magnitude]


def computed(array):
    assert isinstance(array, da.Array)
    return array.compute(scheduler="sync")


@pytest.mark.parametrize("options", KINDS, ids=str)
@pytest.mark.parametrize("chunks", CHUNKS, ids=str)
def test_results_have_the_bits_of_arrays_in_memory(chunks, options):
    fields = [da.from_array(f, chunks=chunks) for f in FIELDS]
    options = {"axis": (1, 0), **options}

    for operator in VECTOR:
        expected = operator(FIELDS, LON, LAT, **options)
        result = operator(fields, LON, LAT, **options)
        assert result.dtype == expected.dtype and result.shape == expected.shape
        np.testing.assert_array_equal(computed(result), expected)
    for operator in SCALAR:
        expected = operator(FIELDS[0], LON, LAT, **options)
        np.testing.assert_array_equal(computed(operator(fields[0], LON, LAT, **options)), expected)
    result = gridgrad.directional(fields[0], (2, fields[1]), LON, LAT, **options)
    expected = gridgrad.directional(FIELDS[0], (2, FIELDS[1]), LON, LAT, **options)
    np.testing.assert_array_equal(computed(result), expected)


def test_poles_have_their_parallels_in_one_chunk():
    f = da.from_array(np.stack([FIELDS[0]] * 3), chunks=(1, 4, 5))
    options = {"metric": Sphere(), "boundary": {2: Periodic(360)}}
    poles = np.linspace(-90, 90, 13)

    result = gridgrad.laplacian(f, LON, poles, **options)
    assert result.chunks == ((1, 1, 1), (13,), (17,))
    np.testing.assert_array_equal(
        computed(result), gridgrad.laplacian(f.compute(), LON, poles, **options)
    )


def test_gradients_per_length_and_components_in_memory():
    f = da.from_array(FIELDS[0], chunks=5)

    lazy = gridgrad.gradient(f, LAT, LON, metric=Sphere())
    eager = gridgrad.gradient(FIELDS[0], LAT, LON, metric=Sphere())
    for one, other in zip(lazy, eager, strict=True):
        np.testing.assert_array_equal(computed(one), other)
    mixed = gridgrad.divergence([FIELDS[0].astype("f4"), f])
    np.testing.assert_array_equal(
        computed(mixed), gridgrad.divergence([FIELDS[0].astype("f4"), FIELDS[0]])
    )


def test_graphs_can_travel_and_are_named_by_what_they_compute():
    f = da.from_array(FIELDS[0], chunks=5)
    metric = Metric.mapped({0: np.full((13, 1), 2.0)})

    result = gridgrad.laplacian(f, metric=metric)
    copy = pickle.loads(pickle.dumps(result))
    np.testing.assert_array_equal(computed(copy), computed(result))
    assert gridgrad.laplacian(f, metric=metric).name == result.name
    assert gridgrad.laplacian(f).name != result.name


def test_blocks_read_thin_slices_of_their_neighbours():
    f = da.zeros((40, 40), chunks=10)

    graph = dict(gridgrad.laplacian(f).dask)
    # Sixteen blocks, each with a cut for each neighbour.
    cuts = [key for key in graph if "halo" in key[0]]
    assert len(cuts) == 2 * 2 * 3 * 4


def test_refusals():
    f = da.from_array(FIELDS[0], chunks=5)
    for call, kind, message in [
        (
            lambda: gridgrad.laplacian(f, out=np.empty((13, 17))),
            TypeError,
            "dtype, out: given with Dask arrays; use their .astype() and .store()",
        ),
        (
            lambda: gridgrad.laplacian(f, boundary={0: Constant(np.zeros(17))}),
            ValueError,
            "boundary: a value per line given; one number is accepted with a Dask array; for "
            "others, call gridgrad with f.compute()",
        ),
        (
            lambda: gridgrad.laplacian(da.ma.masked_invalid(f)),
            TypeError,
            "f: masked chunks given; NaN in place of masked samples is accepted: "
            "dask.array.ma.filled(f, numpy.nan), with missing='propagate' or 'adapt'",
        ),
        (
            lambda: gridgrad.divergence([f, f[f > 9]]),
            ValueError,
            "components: shapes (13, 17) and (nan,) given; one shape is needed",
        ),
    ]:
        with pytest.raises(kind, match=f"^{re.escape(message)}$"):
            call()
