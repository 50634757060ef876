# examples/convergence_test.py: errors are within the formula of docs/accuracy.md, orders are p
#
# SPDX-License-Identifier: BSD-3-Clause

import math
import pathlib
import subprocess
import sys

import netCDF4
import numpy as np
import pytest

EXAMPLES = pathlib.Path(__file__).parent

# What the samples are off by: positions below 8 by 2^-51 times slopes below 1.5, sin and exp by
# an ulp each of values below 4.
SAMPLE_ERROR = 1.5 * 2.0**-51 + 2 * 2.0**-51


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    path = tmp_path_factory.mktemp("convergence") / "errors.nc"
    subprocess.run([sys.executable, EXAMPLES / "convergence.py", path], check=True)
    orders = path.with_name("orders.nc")
    subprocess.run(["gridgrad", "grad", path, "-q", "-o", orders], check=True)
    return netCDF4.Dataset(path), netCDF4.Dataset(orders)


def largest_derivative(order):
    """Of exp(sin x), by its Fourier series, whose coefficients fall faster than any power."""
    count = 4096
    series = np.fft.rfft(np.exp(np.sin(np.arange(count) * 2 * np.pi / count)))
    return abs(np.fft.irfft(series[:32] * (1j * np.arange(32)) ** order, count)).max()


def terms_of_the_error(h, p):
    """Truncation and samples: docs/accuracy.md, "The spacing that is best"."""
    constant = math.factorial(p // 2) ** 2 / math.factorial(p + 1)
    weights = sum(1 / k for k in range(1, p // 2 + 1))
    return constant * largest_derivative(p + 1) * h**p, weights * SAMPLE_ERROR / h


@pytest.mark.parametrize("p", [2, 4, 6, 8])
def test_errors_are_within_the_formula_and_near_it(results, p):
    errors, _ = results
    h, error = 10 ** errors["log_h"][:], 10 ** errors[f"accuracy_{p}"][:]

    truncation, samples = terms_of_the_error(h, p)

    # 1e-5: between the 4096 points there may be a larger derivative.
    assert (error <= truncation * (1 + 1e-5) + samples).all()
    resolved = (h < 0.1) & (truncation > 10 * samples)
    assert resolved.sum() > 3 and (error[resolved] > 0.8 * truncation[resolved]).all()


@pytest.mark.parametrize("p", [2, 4, 6, 8])
def test_slopes_of_the_curves_are_the_orders(results, p):
    errors, orders = results
    h, order = 10 ** errors["log_h"][:], orders[f"daccuracy_{p}_dlog_h"][:]

    truncation, samples = terms_of_the_error(h, p)

    resolved = (h < 0.1) & (truncation > 100 * samples)
    assert resolved.sum() > 2
    np.testing.assert_allclose(order[resolved], p, atol=0.15)


def test_axes_and_curves_say_what_they_are(results):
    errors, _ = results

    assert errors["log_h"].long_name == "log10 of the spacing h"
    assert errors["accuracy_8"].long_name == "log10 of the largest error"
    assert {errors[name].units for name in errors.variables} == {"1"}


def test_the_picture_has_the_curves_and_their_derivatives(results, tmp_path):
    errors, _ = results
    command = ["gridgrad", "view", errors.filepath(), "-q", "-o", tmp_path / "convergence.svg"]
    subprocess.run(command, check=True)

    words = (tmp_path / "convergence.svg").read_text()

    kept = (EXAMPLES.parent / "docs" / "pictures" / "convergence.svg").read_text()
    names = [name for p in (2, 4, 6, 8) for name in (f"accuracy_{p}", f"daccuracy_{p}_dlog_h")]
    for name in ["log10 of the spacing h", "log10 of the largest error", *names]:
        assert f">{name}" in words and f">{name}" in kept


def test_the_least_errors_are_those_of_the_page(results):
    errors, _ = results
    page = (EXAMPLES.parent / "docs" / "accuracy.md").read_text()
    table = page.partition("| accuracy | least error | at h |\n| --- | --- | --- |\n")[2]

    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[:4]]

    assert [row[0] for row in rows] == ["2", "4", "6", "8"]
    for p, least, at in rows:
        error = errors[f"accuracy_{p}"][:]
        # Rounding errors depend on sin and exp of the C library.
        assert 0.5 < float(least) / 10 ** error.min() < 2
        assert 0.3 < float(at) / 10 ** errors["log_h"][error.argmin()] < 3
