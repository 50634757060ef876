# test_savgol.py: smoothed rates of a log beside scipy.signal.savgol_filter
#
# SPDX-License-Identifier: BSD-3-Clause

import csv
import io

import numpy as np
import pytest
from scipy.signal import savgol_filter

from tool import succeed


@pytest.mark.parametrize("window, degree", [(5, 1), (5, 2), (9, 3), (21, 4)])
def test_windows_are_the_filters_of_savitzky_and_golay(tmp_path, window, degree):
    """At equally spaced stamps, the ends included: mode="interp" is the polynomial there, too."""
    samples = np.random.default_rng(5).standard_normal(60)
    lines = ["t,v"] + [f"{row * 0.25!r},{value!r}" for row, value in enumerate(samples.tolist())]
    (tmp_path / "log.csv").write_text("\n".join(lines) + "\n")
    words = ["grad", "log.csv", "-x", "t", "-v", "v", "--window", window, "--degree", degree]

    printed = succeed(*map(str, words), cwd=tmp_path).decode()

    rates = [float(row["dv_dt"]) for row in csv.DictReader(io.StringIO(printed))]
    expected = savgol_filter(samples, window, degree, deriv=1, delta=0.25, mode="interp")
    # SciPy solves for its weights, whose sum of magnitudes is below 100 per second here.
    np.testing.assert_allclose(rates, expected, rtol=0, atol=1e-10)
