# results.py: results of runs as arrays, and what they are made of
#
# SPDX-License-Identifier: BSD-3-Clause

import numpy as np

import tool


def random_field(shape, dtype="f8", seed=5):
    return np.random.default_rng(seed).standard_normal(shape).astype(dtype)


def gradients(place, field, *options):
    """The derivatives of an array along each of its axes, by the tool itself."""
    np.save(place / "scalar.npy", field)
    stacked = tool.succeed("grad", "scalar.npy", *options, "-o", "-", cwd=place)
    return tool.array_of(stacked).reshape(-1, *field.shape)


def result(place, *arguments):
    tool.succeed(*arguments, "-o", "out.npy", "-O", cwd=place)
    return np.load(place / "out.npy")


def equal_bits(given, expected):
    assert given.dtype == expected.dtype and given.shape == expected.shape
    assert given.tobytes() == expected.tobytes()


def least_memory(place, *arguments):
    process = tool.run(*arguments, "-m", "1", cwd=place)
    assert process.returncode == 2
    return int(process.stderr.split()[-1])
