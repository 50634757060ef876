# surfaces.py: fields to interpolate, and locations in them
#
# SPDX-License-Identifier: BSD-3-Clause

import re

import numpy as np
import pytest

EPS = np.finfo(float).eps


def refused(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


def positions(random, count, gaps=(0.5, 2)):
    return random.uniform(-5, 5) + np.cumsum(random.uniform(*gaps, count))


def within(random, axes, count):
    return np.stack([random.uniform(x[0], x[-1], count) for x in axes], axis=-1)


def bump(count=41):
    """A cost surface with its minimum at (0.5, 1)."""
    y, x = np.linspace(-2, 2, count), np.linspace(-1, 3, count)
    return (y[:, None] - 0.5) ** 2 + (x - 1) ** 2, y, x
