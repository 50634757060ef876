# test_dask.py: chunked arrays, lazily, to the bits of a call in memory
#
# SPDX-License-Identifier: BSD-3-Clause

import os
import pickle
import signal
import time
from array import array

import dask
import dask.array as da
import numpy as np
import pytest
from dask.core import get_dependencies
from distributed import Client, LocalCluster
from hypothesis import given, settings
from hypothesis import strategies as st

import gridgrad
import gridgrad.dask
from gridgrad import Antisymmetric, Constant, Neumann, Periodic

# Set by ./test.sh --all.
EVERY_CASE = "GRIDGRAD_EVERY_CASE" in os.environ
DTYPES = [np.float32, np.float64, np.int16, np.int64, np.complex128]
F = np.random.default_rng(7).standard_normal((12, 9, 10)).cumsum(0)
CHUNKED = da.from_array(F, chunks=(5, 4, (1, 1, 8)))
X = np.array([0.0, 1, 3, 4, 7, 8, 9, 12, 13, 15])


@pytest.fixture(autouse=True)
def in_this_thread():
    with dask.config.set(scheduler="synchronous"):
        yield


def assert_same_bits(results, expected):
    if isinstance(expected, str):
        assert results == expected
        return
    results, expected = (x if isinstance(x, tuple) else (x,) for x in (results, expected))
    assert len(results) == len(expected)
    for one, other in zip(dask.compute(*results), expected, strict=True):
        assert one.shape == other.shape
        assert one.dtype == other.dtype
        one, other = (np.ascontiguousarray(x).view(x.real.dtype) for x in (one, other))
        np.testing.assert_array_equal(np.isnan(one), np.isnan(other))
        assert one[~np.isnan(one)].tobytes() == other[~np.isnan(other)].tobytes()


def graph_of(arrays):
    return {key: task for array in arrays for key, task in dict(array.__dask_graph__()).items()}


def outcome(call, *arguments, **options):
    try:
        return call(*arguments, **options)
    except (ValueError, TypeError) as error:
        return f"{type(error).__name__}: {error}"


@st.composite
def fields(draw):
    shape = draw(st.lists(st.integers(7, 15), min_size=1, max_size=3))
    dtype = np.dtype(draw(st.sampled_from(DTYPES)))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    f = (100 * rng.standard_normal(shape)).astype(dtype)
    if dtype.kind == "c":
        f += 1j * rng.standard_normal(shape)
    if dtype.kind in "fc" and draw(st.booleans()):
        f[rng.random(shape) < 0.1] = np.nan
    cuts = [sorted(draw(st.sets(st.integers(1, n - 1)))) for n in shape]
    bounds = [[0, *at, n] for at, n in zip(cuts, shape, strict=True)]
    return f, da.from_array(f, chunks=tuple(tuple(np.diff(b).tolist()) for b in bounds))


@st.composite
def axis_rules(draw, extent):
    """A spacing, and what lies beyond the ends."""
    kind = draw(st.sampled_from(["number", "uniform", "integers", "irregular", "falling"]))
    rng = np.random.default_rng(extent)
    positions = {
        "number": 0.25,
        "uniform": np.linspace(0, 1, extent),
        "integers": np.arange(extent) ** 2,
        "irregular": rng.random(extent).cumsum(),
        "falling": -rng.random(extent).cumsum(),
    }
    periodic = "periodic" if kind == "number" else Periodic(1000)
    one_end = st.sampled_from(
        ["one-sided", "symmetric", "symmetric-half", "nearest", Antisymmetric(), Constant(2)]
    )
    ends = st.one_of(one_end, st.just(periodic), st.tuples(one_end, one_end), st.just(Neumann(3)))
    return positions[kind], draw(ends)


SCHEMES = {
    "accuracy": st.sampled_from([None, 2, 4, 6]),
    "edge_order": st.sampled_from([None, 1, 2, 3]),
    "missing": st.sampled_from([None, "none", "propagate", "adapt"]),
}
ONE_AXIS = {
    "derivative": st.integers(1, 3),
    "bias": st.sampled_from(["central", "forward", "backward"]),
}


@settings(max_examples=80 if EVERY_CASE else 30, deadline=None, derandomize=True)
@given(st.data(), fields(), st.fixed_dictionaries(SCHEMES))
def test_gradients_have_the_bits_of_a_call_in_memory(data, field, scheme):
    f, chunked = field
    axes = data.draw(st.permutations(range(f.ndim)))[: data.draw(st.integers(1, f.ndim))]
    rules = [data.draw(axis_rules(f.shape[axis])) for axis in axes]
    options = scheme | {
        "axis": axes,
        "boundary": {a: r[1] for a, r in zip(axes, rules, strict=True)},
    }

    expected = outcome(gridgrad.gradient, f, *(r[0] for r in rules), **options)
    result = outcome(gridgrad.gradient, chunked, *(r[0] for r in rules), **options)

    assert_same_bits(result, expected)


@settings(max_examples=60 if EVERY_CASE else 30, deadline=None, derandomize=True)
@given(st.data(), fields(), st.fixed_dictionaries(SCHEMES | ONE_AXIS))
def test_derivatives_have_the_bits_of_a_call_in_memory(data, field, options):
    f, chunked = field
    axis = data.draw(st.integers(-f.ndim, f.ndim - 1))
    spacing, ends = data.draw(axis_rules(f.shape[axis]))
    options = options | {"boundary": ends}

    expected = outcome(gridgrad.derivative, f, spacing, axis, **options)
    result = outcome(gridgrad.dask.derivative, chunked, spacing, axis, **options)

    assert_same_bits(result, expected)


@pytest.mark.parametrize("accuracy", [2, 8])
def test_chunks_of_one_sample_are_enough(accuracy):
    chunked = CHUNKED.rechunk(1)

    assert_same_bits(
        gridgrad.gradient(chunked, accuracy=accuracy), gridgrad.gradient(F, accuracy=accuracy)
    )
    with pytest.raises(ValueError, match="Chunk size must be larger"):
        da.gradient(chunked)


def test_empty_chunks_and_empty_axes_work():
    chunked = da.from_array(F[:, :, 0]).rechunk(((0, 5, 0, 7, 0), (9,)))

    assert_same_bits(gridgrad.gradient(chunked), gridgrad.gradient(F[:, :, 0]))
    nothing = gridgrad.gradient(da.zeros((0, 6), chunks=3), axis=1)
    assert_same_bits(nothing, np.empty((0, 6)))


def test_no_axes_give_no_components():
    assert gridgrad.gradient(CHUNKED, axis=()) == ()
    assert gridgrad.gradient(da.array(3.0)) == ()


@pytest.mark.parametrize(
    "f", [F.astype(">f4"), np.asfortranarray(F), F[::-1, :, ::2], F.astype(np.float16)]
)
def test_blocks_may_lie_anyhow_in_memory(f):
    chunked = da.from_array(f, chunks=4, asarray=False)

    results = gridgrad.gradient(chunked)

    assert_same_bits(results, gridgrad.gradient(f))
    for lazy, computed in zip(results, dask.compute(*results), strict=True):
        assert lazy.chunks == chunked.chunks
        assert lazy.dtype == computed.dtype
        assert isinstance(lazy._meta, np.ndarray)


def test_coordinates_and_spacings_may_be_dask_arrays():
    x = da.from_array(X, chunks=3)

    assert_same_bits(gridgrad.gradient(CHUNKED, x, axis=2), gridgrad.gradient(F, X, axis=2))
    assert_same_bits(gridgrad.gradient(CHUNKED, x[1] - 0.5), gridgrad.gradient(F, 0.5))


def test_times_are_coordinates_too():
    times = np.datetime64("2026-01-01", "ns") + (X * 3600e9).astype("timedelta64[ns]")

    assert_same_bits(gridgrad.gradient(CHUNKED, times, axis=2), gridgrad.gradient(F, times, axis=2))


def test_coordinates_are_those_at_the_time_of_the_call():
    x = X.copy()
    result = gridgrad.gradient(CHUNKED, x, axis=2)
    x[:] = 0

    assert_same_bits(pickle.loads(pickle.dumps(result)), gridgrad.gradient(F, X, axis=2))


def count_tasks(arrays):
    # As they are written, and as they are run.
    return len(graph_of(arrays)), len(graph_of(dask.optimize(*arrays)))


@pytest.mark.parametrize("shape, chunks", [((24, 24, 24), 6), ((24, 24, 24), 12), ((96, 96), 8)])
def test_a_graph_has_fewer_tasks_than_that_of_dask(shape, chunks):
    f = da.zeros(shape, chunks=chunks)

    ours, theirs = count_tasks(gridgrad.gradient(f)), count_tasks(da.gradient(f))

    print(f"{f.npartitions} blocks of rank {f.ndim}: {ours} tasks, dask.array.gradient {theirs}")
    assert ours[0] < 0.75 * theirs[0]
    assert ours[1] < 0.75 * theirs[1]


def test_nothing_is_computed_before_it_is_asked_for():
    def never(block):
        raise AssertionError("computed")

    f = CHUNKED.map_blocks(never, meta=CHUNKED._meta)

    results = gridgrad.gradient(f, accuracy=4, boundary="nearest")
    with pytest.raises(AssertionError, match="computed"):
        results[0].compute()


def test_a_block_reads_its_neighbours_through_thin_slices_only():
    f = CHUNKED.rechunk((6, 9, 5))
    results = gridgrad.gradient(f, accuracy=4, axis=(0, 2))
    graph = graph_of(results)
    cuts = [key for key in graph if str(key[0]).startswith("halo")]

    slices = [one for cut in dask.get(graph, cuts) for one in cut.values()]
    whole_blocks = [
        sum(source[0] == f.name for source in get_dependencies(graph, key)) for key in graph
    ]

    assert len(cuts) == len(slices) == 2 * f.npartitions
    assert {one.shape for one in slices} == {(2, 9, 5), (2, 6, 9)}
    assert all(one.base is None for one in slices)
    assert max(whole_blocks) == 1
    assert len(graph_of([gridgrad.gradient(da.zeros((9, 9), chunks=9), axis=0)])) == 3


def test_equal_calls_have_equal_names_and_others_have_not():
    names = [
        gridgrad.gradient(CHUNKED, X, axis=2, boundary=Periodic(20)).name,
        gridgrad.gradient(CHUNKED, X.copy(), axis=-1, boundary=Periodic(20)).name,
        gridgrad.gradient(CHUNKED, X, axis=2, boundary=Periodic(21)).name,
        gridgrad.gradient(CHUNKED, X, axis=2, accuracy=4, boundary=Periodic(20)).name,
        gridgrad.gradient(CHUNKED + 1, X, axis=2, boundary=Periodic(20)).name,
        gridgrad.gradient(CHUNKED, 2 * X, axis=2, boundary=Periodic(40)).name,
        gridgrad.dask.derivative(CHUNKED, X, boundary=Periodic(20)).name,
    ]

    assert names[0] == names[1]
    assert len(set(names)) == len(names) - 1


def test_other_orders_of_axes_may_be_computed_together():
    one, two = (gridgrad.gradient(CHUNKED, axis=axes) for axes in [(0, 2), (2, 0)])
    expected = gridgrad.gradient(F, axis=(0, 2))

    assert_same_bits((*one, *two), (*expected, *expected[::-1]))
    assert not {x.name for x in one} & {x.name for x in two}


def test_coordinates_are_in_a_graph_once():
    x = np.arange(1e6) ** 1.5
    f = da.zeros(x.size, chunks=x.size // 100)

    graph = gridgrad.gradient(f, x).__dask_graph__()

    assert x.nbytes < len(pickle.dumps(graph)) < 1.1 * x.nbytes
    assert sum(len(pickle.dumps(task)) for task in dict(graph).values()) < 1.1 * x.nbytes


MASKED = (
    "TypeError: f: masked chunks given; NaN in place of masked samples is accepted: "
    "dask.array.ma.filled(f, numpy.nan), with missing='propagate' or 'adapt'"
)
INSTEAD = "with a Dask array; for others, call gridgrad with f.compute()"
REFUSED = [
    (
        (CHUNKED[CHUNKED > 0],),
        {},
        "ValueError: f: chunks of unknown sizes given; call f.compute_chunk_sizes() before",
    ),
    ((da.ma.masked_less(CHUNKED, 0),), {}, MASKED),
    (
        (CHUNKED, np.ones((9, 10)), 1),
        {"axis": (1, 2)},
        f"ValueError: coordinates: 2 dimensions given; one is accepted {INSTEAD}",
    ),
    (
        (CHUNKED,),
        {"axis": 0, "boundary": ("nearest", Constant(np.ones((9, 10))))},
        f"ValueError: boundary: a value per line given; one number is accepted {INSTEAD}",
    ),
]


@pytest.mark.parametrize("arguments, options, message", REFUSED)
def test_refuses_what_blocks_cannot_take(arguments, options, message):
    assert outcome(gridgrad.gradient, *arguments, **options) == message


@pytest.mark.parametrize(
    "arguments, options",
    [
        ((CHUNKED, X), {"axis": 0}),
        ((CHUNKED, 1, 2), {}),
        ((CHUNKED, 1e-320), {}),
        ((CHUNKED,), {"axis": 3}),
        ((CHUNKED,), {"axis": (0, 0)}),
        ((CHUNKED,), {"accuracy": 3}),
        ((CHUNKED,), {"missing": "skip"}),
        ((CHUNKED,), {"boundary": "halo"}),
        ((CHUNKED[:, :1],), {}),
        ((CHUNKED > 0,), {}),
    ],
)
def test_refuses_at_the_call_what_a_call_in_memory_does(arguments, options):
    f, *spacing = arguments

    refusal = outcome(gridgrad.gradient, f, *spacing, **options)

    assert isinstance(refusal, str)
    assert refusal == outcome(gridgrad.gradient, f.compute(), *spacing, **options)


def test_refuses_what_is_no_dask_array_of_numpy_arrays():
    f = CHUNKED + 0
    f._meta = array("d")

    refusal = outcome(gridgrad.dask.gradient, F)
    assert refusal == "TypeError: f: ndarray given; a Dask array is needed"
    refusal = outcome(gridgrad.dask.derivative, f)
    assert refusal == "TypeError: f: chunks of array given; arrays of NumPy are needed"


def test_refuses_masked_blocks_that_were_announced_as_plain():
    f = CHUNKED.map_blocks(np.ma.masked_less, 0, meta=CHUNKED._meta)

    assert outcome(gridgrad.gradient(f, axis=0).compute) == MASKED


@pytest.fixture
def workers(request):
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    options |= getattr(request, "param", {})
    with LocalCluster(processes=True, **options) as cluster, Client(cluster) as client:
        yield client


def slowly(block):
    time.sleep(0.02)
    return block


def count_results(dask_scheduler):
    return sum(task.state == "memory" for task in dask_scheduler.tasks.values())


def test_worker_processes_give_the_same_bits(workers):
    options = {"accuracy": 4, "boundary": {2: Periodic(20)}, "missing": "adapt"}
    f = np.where(F > 2, np.nan, F)
    chunked = da.from_array(f, chunks=4)

    results = gridgrad.gradient(chunked, 1, 2, X, **options)

    with dask.config.set(scheduler=workers):
        assert_same_bits(results, gridgrad.gradient(f, 1, 2, X, **options))


def test_a_worker_that_dies_changes_nothing(workers):
    f = np.random.default_rng(0).standard_normal((60, 40, 40))
    source = da.from_array(f, chunks=(5, 20, 10)).map_blocks(slowly, meta=f[:0, :0, :0])
    futures = workers.compute(gridgrad.gradient(source, accuracy=4))
    while workers.run_on_scheduler(count_results) < 20:
        time.sleep(0.02)
    assert not any(future.done() for future in futures)

    os.kill(next(iter(workers.run(os.getpid).values())), signal.SIGKILL)

    assert_same_bits(tuple(workers.gather(futures)), gridgrad.gradient(f, accuracy=4))


def ramp(block_info=None):
    at = [np.arange(*bounds, dtype=np.float32) for bounds in block_info[None]["array-location"]]
    return at[0][:, None, None] + 2 * at[1][:, None] + 4 * at[2]


@pytest.mark.parametrize("workers", [{"memory_limit": "400MiB"}], indirect=True)
def test_a_field_of_more_than_the_memory_of_all_workers_is_differentiated(workers):
    chunks = ((4,) * (25 if EVERY_CASE else 13), (1024,) * 2, (512,) * 4)
    f = da.map_blocks(ramp, chunks=chunks, dtype=np.float32, meta=np.empty((0, 0, 0), np.float32))
    assert f.nbytes > 2 * (400 << 20)
    processes = workers.run(os.getpid)

    extremes = [[one.min(), one.max()] for one in gridgrad.gradient(f)]

    assert workers.gather(workers.compute(extremes)) == [[1, 1], [2, 2], [4, 4]]
    assert workers.run(os.getpid) == processes
