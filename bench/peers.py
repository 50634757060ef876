# peers.py: gridgrad beside NumPy, torch, numba and others, in turns
#
# SPDX-License-Identifier: BSD-3-Clause
"""Times the same calls of several libraries on the same arrays, in turns in one run.

bench/peers.sh builds what this needs. Every thread count has a process of its own, whose
results are compared before anything is timed.
"""

import argparse
import functools
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

import numpy as np

TURNS = 15
TURNS_OF_LARGE = 7
SECONDS_PER_TURN = 0.02


@dataclass(frozen=True)
class Case:
    """A call: which axes of which field, and how often faster than whom it is to be."""

    name: str
    shape: tuple[int, ...]
    dtype: str = "f4"
    axis: int | None = None
    irregular: bool = False
    backward: bool = False
    targets: tuple[tuple[str, float, float], ...] = ()  # peer, on 1 and on 2 threads


LARGE = (128, 512, 512)  # 128 MiB of float32
CASES = [
    Case("16 samples", (16,), "f8"),
    Case("1,000 samples", (1000,), "f8", targets=(("numpy", 6, 6),)),
    Case("100,000 samples", (100_000,), "f8"),
    Case("256 x 256", (256, 256), targets=(("numpy", 10, 10), ("torch", 10, 10))),
    Case("2 MiB, axis 1", (512, 1024), axis=1),
    Case("128 MiB, axis 0", LARGE, axis=0, targets=(("numpy", 6, 10),)),
    Case("128 MiB, axis 1", LARGE, axis=1, targets=(("numpy", 6, 10),)),
    Case("128 MiB, axis 2", LARGE, axis=2, targets=(("numpy", 6, 10),)),
    Case("128 MiB float64, axis 0", (64, 512, 512), "f8", 0, targets=(("numpy", 6, 10),)),
    Case("128 MiB irregular, axis 0", LARGE, axis=0, irregular=True),
    Case("128 MiB irregular, axis 2", LARGE, axis=2, irregular=True),
    Case("128 MiB, all axes", LARGE, targets=(("numpy", 8, 14), ("torch", 5, 5))),
    Case("128 MiB, all axes, backward", LARGE, backward=True, targets=(("torch", 4, 4),)),
    Case("1 GiB, axis 0", (256, 1024, 1024), axis=0, targets=(("numpy", 6, 10),)),
]


def coordinates(case):
    """For each axis that is asked for, or nothing."""
    if not case.irregular:
        return ()
    steps = np.random.default_rng(1).random(case.shape[case.axis]) + 0.5
    return (np.cumsum(steps).astype(case.dtype),)


def as_list(components):
    return list(components) if isinstance(components, (list, tuple)) else [components]


# What each library is asked: a function without arguments that returns the components.


def numpy_call(case, f):
    return functools.partial(np.gradient, f, *coordinates(case), axis=case.axis)


def gridgrad_call(case, f):
    import gridgrad

    return functools.partial(gridgrad.gradient, f, *coordinates(case), axis=case.axis)


def gridgrad_into_call(case, f):
    import gridgrad

    out = tuple(np.empty_like(f) for _ in range(f.ndim if case.axis is None else 1))
    call = functools.partial(gridgrad.gradient, f, *coordinates(case), axis=case.axis)
    return lambda: call(out=out)


def gridgrad_numpy_call(case, f):
    import gridgrad.numpy

    return functools.partial(gridgrad.numpy.gradient, f, *coordinates(case), axis=case.axis)


def _of_tensors(function, case, f):
    import torch

    tensor = torch.from_numpy(f)
    options = {} if case.axis is None else {"dim": case.axis}
    if case.irregular:
        options["spacing"] = tuple(map(torch.from_numpy, coordinates(case)))
    if not case.backward:
        return lambda: [part.numpy() for part in function(tensor, **options)]
    weights = [torch.full_like(tensor, 0.5) for _ in range(f.ndim)]

    def forward_and_backward():
        leaf = tensor.detach().requires_grad_()
        torch.autograd.backward(function(leaf, **options), weights)
        return [leaf.grad.numpy()]

    return forward_and_backward


def torch_call(case, f):
    import torch

    return _of_tensors(torch.gradient, case, f)


def gridgrad_torch_call(case, f):
    import gridgrad.torch

    return _of_tensors(gridgrad.torch.gradient, case, f)


def numba_call(case, f):
    """The loop that people write: one line of a three-dimensional field at a time."""
    if case.irregular or case.axis is None:
        return None
    import numba

    @numba.njit(parallel=True, fastmath=False)
    def loop(values, out):
        outer, extent, inner = values.shape
        for i in numba.prange(outer * (extent - 2)):
            k, j = i // (extent - 2), i % (extent - 2) + 1
            for m in range(inner):
                out[k, j, m] = (values[k, j + 1, m] - values[k, j - 1, m]) * values.dtype.type(0.5)
        for k in numba.prange(outer):
            for m in range(inner):
                out[k, 0, m] = values[k, 1, m] - values[k, 0, m]
                out[k, extent - 1, m] = values[k, extent - 1, m] - values[k, extent - 2, m]

    outer = int(np.prod(f.shape[: case.axis]))
    flat = f.reshape(outer, f.shape[case.axis], -1)

    def call():
        out = np.empty_like(flat)
        loop(flat, out)
        return out.reshape(f.shape)

    return call


def findiff_call(case, f):
    if case.irregular or case.axis is None:
        return None
    from findiff import Diff

    difference = Diff(case.axis, 1.0)
    return lambda: difference(f, acc=2)


def scipy_call(case, f):
    if case.irregular or case.axis is None:
        return None
    from scipy import ndimage

    return functools.partial(ndimage.correlate1d, f, [-0.5, 0, 0.5], axis=case.axis)


def jax_call(case, f):
    if case.backward or f.dtype != np.float32:
        return None
    import jax

    given = jax.numpy.asarray(f)
    places = [jax.numpy.asarray(x) for x in coordinates(case)]
    compiled = jax.jit(lambda values: jax.numpy.gradient(values, *places, axis=case.axis))
    return lambda: jax.block_until_ready(compiled(given))


CALLS = {
    "gridgrad": gridgrad_call,
    "gridgrad out=": gridgrad_into_call,
    "gridgrad.numpy": gridgrad_numpy_call,
    "gridgrad.torch": gridgrad_torch_call,
    "numpy": numpy_call,
    "torch": torch_call,
    "numba": numba_call,
    "findiff": findiff_call,
    "scipy": scipy_call,
    "jax": jax_call,
}
OF_TENSORS = ("gridgrad.torch", "torch")
# Of other order or with other values at the ends: only the inside is compared.
OTHER_ENDS = ("findiff", "scipy")


def calls_of(case, f):
    """The calls of all libraries that are there and have the case, checked."""
    names = OF_TENSORS if case.backward else CALLS
    calls = {}
    for name in names:
        try:
            call = CALLS[name](case, f)
        except ImportError:
            continue
        if call is not None:
            calls[name] = call
    expected = as_list(calls["torch" if case.backward else "numpy"]())
    for name, call in calls.items():
        inside = (slice(1, -1),) * f.ndim if name in OTHER_ENDS else ...
        for ours, theirs in zip(as_list(call()), expected, strict=True):
            np.testing.assert_allclose(
                np.asarray(ours)[inside], theirs[inside], rtol=1e-4, atol=1e-4, err_msg=name
            )
    return calls


def seconds_of(call, count):
    start = time.perf_counter()
    for _ in range(count):
        call()
    return (time.perf_counter() - start) / count


def measured(case):
    """Seconds of each library, turn by turn, and of the first call of ours."""
    f = np.random.default_rng(0).random(case.shape).astype(case.dtype)
    first = None if case.backward else seconds_of(gridgrad_call(case, f), 1)
    calls = calls_of(case, f)
    counts = {
        name: max(1, int(SECONDS_PER_TURN / max(seconds_of(call, 1), 1e-7)))
        for name, call in calls.items()
    }
    turns = {name: [] for name in calls}
    for _ in range(TURNS_OF_LARGE if f.nbytes > 1 << 24 else TURNS):
        for name, call in calls.items():
            turns[name].append(seconds_of(call, counts[name]))
    return {"first": first, "turns": turns}


def measure(pattern):
    import torch

    torch.set_num_threads(int(os.environ["GRIDGRAD_NUM_THREADS"]))
    results = {case.name: measured(case) for case in CASES if pattern in case.name}
    if pattern in "dask":
        results["dask"] = measured_dask()
    json.dump(results, sys.stdout)


def measured_dask():
    import dask
    import dask.array as da

    import gridgrad.dask

    dask.config.set(scheduler="threads", num_workers=int(os.environ["GRIDGRAD_NUM_THREADS"]))
    field = da.from_array(
        np.random.default_rng(0).random(LARGE).astype("f4"), chunks=(64, 128, 256)
    )
    calls = {
        "gridgrad.dask": lambda: dask.compute(*gridgrad.dask.gradient(field)),
        "dask": lambda: dask.compute(*da.gradient(field)),
    }
    np.testing.assert_allclose(calls["gridgrad.dask"]()[1], calls["dask"]()[1], rtol=1e-6)
    turns = {name: [] for name in calls}
    for _ in range(7):
        for name, call in calls.items():
            turns[name].append(seconds_of(call, 1))
    return {"first": None, "turns": turns}


def ratio(turns, peer, ours):
    """How many times longer the peer takes: the median over turns."""
    return statistics.median(a / b for a, b in zip(turns[peer], turns[ours], strict=True))


def rows_of(results):
    """Lines of the table: case, threads, peer, ours, ratio and target."""
    targets = {case.name: {peer: goals for peer, *goals in case.targets} for case in CASES}
    targets["dask"] = {"dask": (3, 3)}
    for threads, cases in results.items():
        for name, case in cases.items():
            turns = case["turns"]
            for peer in turns:
                if peer.startswith("gridgrad"):
                    continue
                ours = f"gridgrad.{peer}" if peer == "dask" else "gridgrad"
                ours = "gridgrad.torch" if ours not in turns else ours
                goals = targets[name].get(peer)
                goal = None if goals is None else goals[int(threads) - 1]
                yield name, int(threads), peer, ours, ratio(turns, peer, ours), goal


def report(results):
    print(f"{'case':<30}{'threads':>8}  {'peer':<10}{'ours':<15}{'peer/ours':>10}{'target':>8}")
    unmet_first = sorted(rows_of(results), key=lambda row: row[5] is None or row[4] >= row[5])
    for name, threads, peer, ours, times, goal in unmet_first:
        mark = "" if goal is None else f"{goal:>8g}{'' if times >= goal else '  unmet'}"
        print(f"{name:<30}{threads:>8}  {peer:<10}{ours:<15}{times:>10.2f}{mark}")
    print("\nfirst call and steady state of gridgrad, its drop-in over it, microseconds")
    for threads, cases in results.items():
        for name, case in cases.items():
            if case["first"] is None:
                continue
            turns = case["turns"]
            steady = {key: 1e6 * statistics.median(turns[key]) for key in turns}
            share = ratio(turns, "gridgrad", "gridgrad.numpy")
            print(
                f"{name:<30}{threads:>8}  first {1e6 * case['first']:>12.1f}  fresh "
                f"{steady['gridgrad']:>12.2f}  out= {steady['gridgrad out=']:>12.2f}  "
                f"numpy {share:.2f}"
            )


def plot(results, path):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names = [case.name for case in CASES if not case.backward and case.name in results["1"]]
    figure, panels = pyplot.subplots(1, 2, figsize=(13, 6), sharey=True, layout="constrained")
    for panel, (threads, cases) in zip(panels, results.items(), strict=True):
        for peer, mark in zip(
            ["numpy", "torch", "numba", "findiff", "scipy", "jax"], "osd^vx", strict=True
        ):
            there = [k for k, name in enumerate(names) if peer in cases[name]["turns"]]
            times = [ratio(cases[names[k]]["turns"], peer, "gridgrad") for k in there]
            panel.scatter(times, there, marker=mark, label=peer, s=45)
        panel.axvline(1, color="grey", linewidth=1)
        panel.set_xscale("log")
        panel.set_yticks(range(len(names)), names)
        panel.grid(axis="x", alpha=0.3)
        panel.set_title(f"{threads} thread{'s' if threads != '1' else ''}")
        panel.set_xlabel("times as long as gridgrad.gradient")
    panels[0].invert_yaxis()
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(labels))
    figure.savefig(path, dpi=110)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pattern", nargs="?", default="", help="part of the names of cases")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("."))
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        return measure(arguments.pattern)
    results = {}
    for threads in ("1", "2"):
        limits = ("GRIDGRAD_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS")
        run = subprocess.run(
            [sys.executable, __file__, "--measure", arguments.pattern],
            env={**os.environ, **dict.fromkeys(limits, threads)},
            stdout=subprocess.PIPE,
            check=True,
        )
        results[threads] = json.loads(run.stdout)
    (arguments.output / "peers.json").write_text(json.dumps(results))
    report(results)
    if not arguments.pattern:
        plot(results, arguments.output / "peers.png")
    return None


if __name__ == "__main__":
    main()
