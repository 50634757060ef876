# pages.py: pictures of arrays, and the pages that the library makes of them
#
# SPDX-License-Identifier: BSD-3-Clause

import json
import math
import os
import subprocess

import numpy as np

PROGRAM = os.environ["GRIDGRAD_PAGE_OF_JSON"]


def page_of(picture):
    """The bytes of the page of a picture with members as in picture.hpp."""
    text = json.dumps(picture, allow_nan=False).encode()
    process = subprocess.run([PROGRAM], input=text, capture_output=True, timeout=60)
    assert process.returncode == 0, process.stderr.decode()
    return process.stdout


def listed(samples):
    """As JSON has them: NaN is null, infinity a text."""

    def one(value):
        if math.isnan(value):
            return None
        return value if math.isfinite(value) else str(value)

    return [one(value) for value in np.asarray(samples, dtype=np.float64).ravel().tolist()]


def axis(name, positions, **members):
    return {"name": name, "title": f"{name} in m", "positions": listed(positions), **members}


def layer(name, samples, low, high, **members):
    """Samples with an axis per slider before rows and columns."""
    samples = np.asarray(samples, dtype=np.float32)
    there = samples[np.isfinite(samples)]
    range_of_colours = {"low": low, "high": high}
    range_of_samples = {"least": float(there.min()), "most": float(there.max())}
    return {
        "name": name, "unit": "K", "samples": listed(samples),
        **range_of_colours, **range_of_samples, **members,
    }  # fmt: skip


def borders_of(positions):
    """Half-way between positions, and as far beyond the first and the last."""
    positions = np.asarray(positions, dtype=np.float64)
    half = np.diff(positions) / 2
    inner = positions[:-1] + half
    return np.concatenate([[positions[0] - half[0]], inner, [positions[-1] + half[-1]]])
