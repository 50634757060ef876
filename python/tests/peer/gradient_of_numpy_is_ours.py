# gradient_of_numpy_is_ours.py: a pytest plugin that runs NumPy's own tests against ours
#
# SPDX-License-Identifier: BSD-3-Clause
"""pytest -p gradient_of_numpy_is_ours --pyargs numpy.lib.tests.test_function_base

The tests take the function by its name when they are collected, so it is replaced before.
"""

import numpy as np

import gridgrad.numpy

np.gradient = gridgrad.numpy.gradient
