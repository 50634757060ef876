# test_printing.py: what the tool prints against str() of NumPy
#
# SPDX-License-Identifier: BSD-3-Clause
"""A field whose first of two planes is zero has the second as its gradient along axis 0, to the
bit and twice over: so any array can be printed."""

import netCDF4
import numpy as np
import pytest

import tool
from share import fewer, some

# The digits that NumPy shows of float16 and float32 changed with this version.
pytestmark = pytest.mark.skipif(
    np.lib.NumpyVersion(np.__version__) < "2.3.0", reason="NumPy 2.3 prints as the tool does"
)

MOST = {0: [], 1: [1400], 2: [60, 60], 3: [20, 20, 20]}
FEW = {0: [], 1: [14], 2: [8, 9], 3: [4, 4, 5]}


def random_reals(random, shape):
    """Numbers of every kind that changes the columns: few digits, wide ranges, no numbers."""
    samples = random.standard_normal(shape)
    with np.errstate(over="ignore", under="ignore"):
        samples = [
            lambda: samples,
            lambda: np.round(samples * 10 ** random.integers(0, 4)) / 2,
            lambda: samples * 10.0 ** random.integers(-12, 12, shape),
            lambda: samples * 10.0 ** random.integers(-320, 308),
            lambda: np.round(samples, random.integers(0, 6)),
            lambda: samples * 10.0 ** random.integers(-6, 7),
            lambda: np.full(shape, float(random.integers(-3, 3))),
        ][random.integers(0, 7)]()
    if random.random() < 0.3:
        others = random.choice([np.nan, np.inf, -np.inf, 0.0, -0.0])
        samples = np.where(random.random(shape) < 0.3, others, samples)
    return samples


def random_array(random, dtype):
    most = (MOST if random.random() < 0.2 else FEW)[random.integers(0, 4)]
    shape = tuple(random.integers(1, extent + 1) for extent in most)
    samples = random_reals(random, shape)
    if dtype[0] == "c":
        samples = samples + 1j * random_reals(random, shape)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        return np.asarray(samples).astype(dtype)


def planes(array):
    return np.stack([np.zeros_like(array), array])


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", "c8", "c16"])
def test_arrays_are_printed_as_numpy_prints_them(tmp_path, dtype):
    random = np.random.default_rng([20240612, len(dtype), ord(dtype[0])])
    for number in range(fewer(200, 50, 10)):
        array = random_array(random, dtype)

        output = tool.succeed("grad", "-", "-x", "0", cwd=tmp_path, stdin=tool.npy_bytes(planes(array)))

        expected = str(np.stack([array, array])) + "\n"
        assert output.decode() == expected, f"array {number}"


@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_variables_are_printed_after_their_names(tmp_path, dtype):
    random = np.random.default_rng([20240613, int(dtype[1])])
    arrays = [random_array(random, dtype) for _ in range(1000)]
    with netCDF4.Dataset(tmp_path / "in.nc", "w", format="NETCDF3_64BIT_DATA") as file:
        file.createDimension("x", 2)
        for extent in sorted({extent for array in arrays for extent in array.shape}):
            file.createDimension(f"n{extent}", extent)
        for number, array in enumerate(arrays):
            names = ("x", *(f"n{extent}" for extent in array.shape))
            file.createVariable(f"v{number}", dtype, names, fill_value=False)
            file[f"v{number}"].set_auto_mask(False)
            file[f"v{number}"][:] = planes(array)

    output = tool.succeed("grad", "-q", "in.nc", "-x", "x", cwd=tmp_path).decode()

    expected = (f"dv{k}_dx:\n{np.stack([array, array])}\n" for k, array in enumerate(arrays))
    assert output == "".join(expected)


def test_every_half_is_printed_as_numpy_prints_it(tmp_path):
    halves = np.arange(2**16, dtype="u2").view("f2")
    halves = halves[np.isfinite(halves)]
    # Rows of 496 make 992 samples: no more, or the middle would be left out.
    rows = halves.reshape(-1, 496)
    for row in some(rows, 4):
        output = tool.succeed("grad", "-", "-x", "0", cwd=tmp_path, stdin=tool.npy_bytes(planes(row)))

        assert output.decode() == str(np.stack([row, row])) + "\n"


def test_several_components_are_printed_stacked(tmp_path):
    field = np.array([[9.0, 6, 14], [21, 30, 0]])

    output = tool.succeed("grad", "-", cwd=tmp_path, stdin=tool.npy_bytes(field))

    assert output.decode() == str(np.stack(np.gradient(field))) + "\n"


def test_an_empty_result_is_printed(tmp_path):
    output = tool.succeed("grad", "-", "-x", "0", cwd=tmp_path, stdin=tool.npy_bytes(np.ones((3, 0))))

    assert output == b"[]\n"
