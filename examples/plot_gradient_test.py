# examples/plot_gradient_test.py: the picture of docs/python.md is what the example draws
#
# SPDX-License-Identifier: BSD-3-Clause

import pathlib
import subprocess
import sys

import numpy as np
from matplotlib.image import imread

EXAMPLES = pathlib.Path(__file__).parent
KEPT = EXAMPLES.parent / "docs" / "pictures" / "plot_sst.png"


def drawn(path):
    command = [sys.executable, EXAMPLES / "plot_gradient.py", path]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert printed.startswith(f"drew {path}; the largest gradient is")
    return imread(path)


def test_the_kept_picture_is_what_the_example_draws(tmp_path):
    ours, kept = drawn(tmp_path / "sst.png"), imread(KEPT)

    # Other releases of matplotlib place texts, and smooth them, a little differently.
    assert np.allclose(ours.shape, kept.shape, atol=20)
    assert abs(ours.mean() - kept.mean()) < 0.02
    assert KEPT.stat().st_size < 150_000
