# test_odd_shapes.py: no samples, too many axes, names with blanks, sizes that are not true
#
# SPDX-License-Identifier: BSD-3-Clause

import netCDF4
import numpy as np
import pytest

import tool

DONE, FAILED, USAGE, UNSUPPORTED = 0, 1, 2, 4


def header(shape, kind="<f8"):
    """A .npy file without samples that claims a shape."""
    text = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


def refused(place, name, *options):
    process = tool.run("grad", name, "-o", f"out.{name.split('.')[1]}", *options, cwd=place)
    assert list(place.glob("out*")) == []
    message = process.stderr.decode()
    assert message.count("\n") == 1
    return process.returncode, message.removeprefix("gridgrad: ").removesuffix("\n")


@pytest.mark.parametrize(
    "shape, reason",
    [
        ("(4294967296, 4294967296)", "malformed .npy header: the shape has more bytes than 63 bits count"),
        ("(0, 4294967296, 4294967296)", "malformed .npy header: the shape has more bytes than 63 bits count"),
        ("(1099511627776,)", "truncated: the shape needs 8796093022208 bytes of samples, the file has 0"),
        ("(99999999999999999999,)", "malformed .npy header at character 51: an extent beyond 64 bits"),
    ],
)
def test_sizes_of_npy_that_are_not_true(tmp_path, shape, reason):
    (tmp_path / "in.npy").write_bytes(header(shape))

    assert refused(tmp_path, "in.npy") == (FAILED, f"in.npy: {reason}")


def test_more_axes_than_32(tmp_path):
    (tmp_path / "in.npy").write_bytes(header("(" + "1, " * 33 + ")") + bytes(8))
    # HDF5, and so netCDF-4, ends at 32 itself.
    with netCDF4.Dataset(tmp_path / "in.nc", "w", format="NETCDF3_CLASSIC") as file:
        names = [f"d{k}" for k in range(33)]
        for name in names:
            file.createDimension(name, 1)
        file.createVariable("f", "f4", names)[:] = np.float32(1)

    assert refused(tmp_path, "in.npy") == (UNSUPPORTED, "in.npy: 33 axes; at most 32 are accepted")
    code, message = refused(tmp_path, "in.nc", "-v", "f", "-x", "d0")
    assert (code, message) == (UNSUPPORTED, "f: 33 axes; at most 32 are accepted")


@pytest.mark.parametrize("suffix", ["npy", "nc"])
def test_no_samples(tmp_path, suffix):
    samples = np.zeros((0, 3), "f4")
    if suffix == "npy":
        np.save(tmp_path / "in.npy", samples)
    else:
        with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
            file.createDimension("y", None)
            file.createDimension("x", 3)
            file.createVariable("f", "f4", ("y", "x"))
    options = ["-v", "f"] if suffix == "nc" else []
    axes = ["y", "x"] if suffix == "nc" else ["0", "1"]

    code, message = refused(tmp_path, f"in.{suffix}", *options, "-x", axes[0])

    assert code == USAGE and "0 samples" in message
    # Along the other axis there is nothing to refuse, and nothing to compute.
    tool.succeed("grad", f"in.{suffix}", *options, "-x", axes[1], "-o", f"out.{suffix}", cwd=tmp_path)


def test_names_of_dimensions_and_variables_with_blanks(tmp_path):
    samples = np.arange(12.0).reshape(3, 4) ** 2
    with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
        for name, extent in (("the rows", 3), ("the columns", 4)):
            file.createDimension(name, extent)
        file.createVariable("the field", "f8", ("the rows", "the columns"))[:] = samples

    output = tool.succeed(
        "grad", "-q", "in.nc", "-v", "the field", "-x", "the rows", "-o", "out.npy", cwd=tmp_path
    )
    assert output == b""
    tool.succeed("grad", "-q", "in.nc", "-v", "the field", "-x", "the rows", "-o", "out.nc", cwd=tmp_path)

    expected = np.gradient(samples, axis=0)
    np.testing.assert_array_equal(np.load(tmp_path / "out.npy"), expected)
    with netCDF4.Dataset(tmp_path / "out.nc") as file:
        results = [v for v in file.variables.values() if v.dimensions == ("the rows", "the columns")]
        assert any(np.array_equal(variable[:], expected) for variable in results)
