# test_wheel.py: what pip installs is the package
#
# SPDX-License-Identifier: BSD-3-Clause

import pathlib
import subprocess
import sys

SOURCE = pathlib.Path(__file__).parents[2]

PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
import numpy as np
import gridgrad, gridgrad.dask, gridgrad.numpy, gridgrad.staggered, gridgrad.torch, gridgrad.xarray
assert gridgrad.__file__.startswith(sys.argv[1]), gridgrad.__file__
f = np.arange(1e6).reshape(100, 100, 100) ** 2
for ours, numpys in zip(gridgrad.numpy.gradient(f), np.gradient(f), strict=True):
    assert np.array_equal(ours, numpys)
"""


def test_installs_what_pip_builds_and_it_computes(tmp_path):
    target = tmp_path / "site"
    build = [
        "--no-build-isolation",
        "--no-deps",
        f"--config-settings=build-dir={tmp_path / 'build'}",
    ]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", *build, "--target", str(target)]
    subprocess.run([*pip, str(SOURCE)], check=True)

    subprocess.run([sys.executable, "-I", "-c", PROGRAM, str(target)], check=True)

    installed = {path.name for path in (target / "gridgrad").iterdir()}
    assert {"__init__.py", "_native.pyi", "py.typed"} <= installed
    (metadata,) = target.glob("gridgrad-*.dist-info/METADATA")
    assert "License-Expression: BSD-3-Clause" in metadata.read_text()
