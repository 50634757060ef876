# interpolants.py: gridgrad.Interpolant beside SciPy's RegularGridInterpolator
#
# SPDX-License-Identifier: BSD-3-Clause
"""Times values and gradients at the same points, in turns; run by bench/interpolants.sh."""

import statistics
import time

import numpy as np
from scipy.interpolate import RegularGridInterpolator

import gridgrad

TURNS = 15
SIDE = 256
POINTS = 2000
CALLS = 20000


def seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def beside(call, peer):
    """Median seconds of a call, and how often longer the peer takes."""
    times = [(seconds(call), seconds(peer)) for _ in range(TURNS)]
    return statistics.median(t[0] for t in times), statistics.median(t[1] / t[0] for t in times)


def print_row(what, text, target, is_met):
    print(f"{what:<46} {text}, target {target}{'' if is_met else '  unmet'}")


def many_points(f, points):
    x = np.arange(float(SIDE))
    peer = RegularGridInterpolator((x, x), f, method="cubic")
    ours = gridgrad.Interpolant(f, x, x, interpolation="spline", threads=1)

    def of_peer():
        return peer(points), *(peer(points, nu=nu) for nu in ((1, 0), (0, 1)))

    value, gradient = ours.value_and_gradient(points)
    for mine, its in zip((value, *gradient.T), of_peer(), strict=True):
        # SciPy's default solver stops at a relative residual of 1e-6.
        assert np.allclose(mine, its, atol=1e-3)
    for interpolation in ("spline", "cubic"):
        ours = gridgrad.Interpolant(f, x, x, interpolation=interpolation, threads=1)
        taken, ratio = beside(lambda ours=ours: ours.value_and_gradient(points), of_peer)
        text = f"{1e9 * taken / POINTS:7.1f} ns  {ratio:6.0f} times SciPy's speed"
        print_row(f"{POINTS} points from Python, {interpolation}", text, 20, ratio >= 20)


def one_point(f):
    ours = gridgrad.Interpolant(f)
    point = np.array([100.3, 57.8])

    def calls():
        for _ in range(CALLS):
            ours.value_and_gradient(point)

    taken = statistics.median(seconds(calls) for _ in range(TURNS)) / CALLS
    print_row("one point from Python", f"{1e6 * taken:7.2f} us", 2, taken <= 2e-6)


def main():
    random = np.random.default_rng(1)
    f = random.random((SIDE, SIDE))
    many_points(f, random.uniform(0, SIDE - 1, (POINTS, 2)))
    one_point(f)


if __name__ == "__main__":
    main()
