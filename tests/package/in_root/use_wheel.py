# use_wheel.py: the installed package computes, far from where it was built
#
# SPDX-License-Identifier: BSD-3-Clause

import pathlib
import sys

import numpy as np

import gridgrad
import gridgrad.numpy

assert pathlib.Path(gridgrad.__file__).is_relative_to(sys.prefix), gridgrad.__file__
field = np.arange(1e6).reshape(100, 100, 100) ** 2
for ours, numpys in zip(gridgrad.numpy.gradient(field), np.gradient(field), strict=True):
    assert np.array_equal(ours, numpys)
print(f"gridgrad {gridgrad.__version__} in Python {sys.version.split()[0]}, NumPy {np.__version__}")
