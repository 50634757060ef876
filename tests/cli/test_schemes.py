# test_schemes.py: derivatives, accuracies, boundaries and missing samples of the tool
#
# SPDX-License-Identifier: BSD-3-Clause

import pathlib

import netCDF4
import numpy as np
import pytest

import tool

OBSERVED = pathlib.Path(__file__).parents[2] / "examples" / "data" / "coads_sst.nc"


def test_stencil_prints_fractions_and_their_order(tmp_path):
    output = tool.succeed("stencil", "--derivative", 2, "--accuracy", 4, cwd=tmp_path)

    assert output.decode().splitlines() == [
        "offset  fraction  weight",
        "    -2     -1/12  -0.08333333333333333",
        "    -1       4/3  1.3333333333333333",
        "     0      -5/2  -2.5",
        "     1       4/3  1.3333333333333333",
        "     2     -1/12  -0.08333333333333333",
        "derivative 2, accuracy 4, error -1/90 h^4 f^(6)",
    ]


@pytest.mark.parametrize("arguments", [["--offsets=-3,-1,0,2"], ["--offsets", "-3,-1,0,2"]])
def test_stencil_takes_offsets(tmp_path, arguments):
    output = tool.succeed("stencil", *arguments, cwd=tmp_path).decode()

    assert [line.split()[:2] for line in output.splitlines()[1:-1]] == [
        ["-3", "1/15"], ["-1", "-1"], ["0", "5/6"], ["2", "1/10"],
    ]
    assert output.splitlines()[-1].startswith("derivative 1, accuracy 3,")


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--accuracy", "3"], "accuracy: 3 given; central differences need an even number from 2 to 20"),
        (["--bias", "up"], "--bias: 'up' given; central, forward or backward is accepted"),
        (["--offsets", "0,1", "--derivative", "2"], "offsets: 2 given; derivative 2 needs at least 3"),
        (
            ["--offsets", "0,1", "--accuracy", "1"],
            "offsets: given with an accuracy or a bias, which follow from them; one or the other is needed",
        ),
        (["--offsets", "0,a"], "--offsets: 'a' given; whole numbers are needed"),
    ],
)
def test_stencil_refuses(tmp_path, arguments, message):
    process = tool.run("stencil", *arguments, cwd=tmp_path)

    assert (process.returncode, process.stdout) == (2, b"")
    assert process.stderr.decode() == f"gridgrad: {message}\n"


def gradient(place, field, *arguments):
    np.save(place / "f.npy", field)
    return tool.array_of(tool.succeed("grad", "f.npy", *arguments, "-o", "-", cwd=place))


# NumPy's names of what lies beyond an array.
PADS = {
    "periodic": {"mode": "wrap"},
    "symmetric": {"mode": "reflect"},
    "symmetric-half": {"mode": "symmetric"},
    "antisymmetric@end": {"mode": "reflect", "reflect_type": "odd"},
    "antisymmetric-half@end": {"mode": "symmetric", "reflect_type": "odd"},
    "nearest": {"mode": "edge"},
    "constant@7": {"mode": "constant", "constant_values": 7},
}


@pytest.mark.parametrize("rule", PADS)
def test_boundaries_are_numpys_pads(tmp_path, rule):
    # Integers and spacing 1: differences and halves are exact.
    field = np.random.default_rng(1).integers(-50, 50, (6, 8)).astype("f8")
    for axis in (0, 1):
        width = [(0, 0), (0, 0)]
        width[axis] = (1, 1)
        padded = np.gradient(np.pad(field, width, **PADS[rule]), axis=axis)
        inside = [slice(None), slice(None)]
        inside[axis] = slice(1, -1)

        result = gradient(tmp_path, field, "-x", axis, "-b", f"{axis}={rule}")

        np.testing.assert_array_equal(result, padded[tuple(inside)])


def test_ends_may_differ(tmp_path):
    field = np.array([1.0, 4.0, 9.0, 16.0, 25.0])

    result = gradient(tmp_path, field, "-b", "0=neumann@2:constant@36")

    np.testing.assert_array_equal(result, [2, 4, 6, 8, 10])


def test_accuracy_holds_at_the_edges_too(tmp_path):
    x = np.arange(9.0)

    result = gradient(tmp_path, x**4, "--accuracy", 4)
    curvature = gradient(tmp_path, x**4, "--accuracy", 4, "--derivative", 2)

    # Terms of at most 8^4 times weights below 8, few roundings.
    bound = 16 * 2.0**-53 * 8 * 8.0**4
    np.testing.assert_allclose(result, 4 * x**3, rtol=0, atol=bound)
    np.testing.assert_allclose(curvature, 12 * x**2, rtol=0, atol=bound)


def test_missing_samples_spread_or_are_avoided(tmp_path):
    field = np.array([1.0, 3, 5, np.nan, 9, 11])

    def of(rule):
        return gradient(tmp_path, field, "--missing", rule)

    # As in NumPy, a value at the gap itself, from both its neighbours.
    np.testing.assert_array_equal(of("none"), [2, 2, np.nan, 2, np.nan, 2])
    np.testing.assert_array_equal(of("propagate"), [2, 2, np.nan, np.nan, np.nan, 2])
    np.testing.assert_array_equal(of("adapt"), [2, 2, 2, np.nan, 2, 2])
    np.testing.assert_array_equal(of("adapt:2"), [np.nan, 2, np.nan, np.nan, np.nan, np.nan])


def run_chosen(valid, i, accuracy):
    """The samples that the documented rule takes for a first derivative at i, or None."""
    radius, reach, n = accuracy // 2, accuracy, len(valid)
    if not valid[i]:
        return None
    if all(valid[(i + k) % n] for k in range(-radius, radius + 1)):
        return radius, radius
    runs = []
    for below in range(reach + 1):
        for above in range(reach + 1):
            order = below + above
            there = all(valid[(i + k) % n] for k in range(-below, above + 1))
            if there and 1 <= order <= accuracy:
                runs.append((-order, abs(below - above), -below, (below, above)))
    return min(runs)[-1] if runs else None


@pytest.mark.parametrize("accuracy", [2, 4])
def test_observed_temperatures_gain_samples_next_to_land(tmp_path, accuracy):
    with netCDF4.Dataset(OBSERVED) as file:
        ocean = ~np.ma.getmaskarray(file["SST"][0])
        temperature = file["SST"][0].filled(np.nan).astype("f8")

    def slope(rule):
        output = tmp_path / f"{rule}.nc"
        tool.succeed(
            "grad", OBSERVED, "-v", "SST", "-x", "COADSX", "-b", "COADSX=periodic",
            "--accuracy", accuracy, "--missing", rule, "-o", output, cwd=tmp_path,
        )
        with netCDF4.Dataset(output) as file:
            return file["dSST_dCOADSX"][0].filled(np.nan)

    adapted, propagated = slope("adapt"), slope("propagate")

    runs = [[run_chosen(line, i, accuracy) for i in range(len(line))] for line in ocean]
    is_run = np.array([[run is not None for run in line] for line in runs])
    is_whole = np.array([[run == (accuracy // 2,) * 2 for run in line] for line in runs])
    is_expected = np.array([
        [all(line[(i + k) % len(line)] for k in range(-accuracy // 2, accuracy // 2 + 1)) for i in range(len(line))]
        for line in ocean
    ])
    np.testing.assert_array_equal(~np.isnan(propagated), is_expected)
    np.testing.assert_array_equal(~np.isnan(adapted), is_run)
    assert (is_run & ~is_whole).sum() > 400
    np.testing.assert_array_equal(adapted[is_expected], propagated[is_expected])
    # Every value is that of the polynomial through the samples of its run, spacing 2.
    for line, row in enumerate(runs):
        for i, run in enumerate(row):
            if run is None:
                continue
            offsets = np.arange(-run[0], run[1] + 1)
            samples = temperature[line, (i + offsets) % len(row)]
            fitted = np.polynomial.Polynomial.fit(offsets, samples - samples[run[0]], len(offsets) - 1)
            # float32 samples of at most 40 K, weights below 5 over spacing 2.
            assert abs(adapted[line, i] - fitted.deriv()(0) / 2) < 2.0**-24 * 40 * 5 * 16


def test_longitudes_that_close_are_offered_a_period(tmp_path):
    process = tool.run("grad", OBSERVED, "-v", "SST", "-x", "COADSX", "-o", "g.nc", cwd=tmp_path)

    assert process.stderr.decode() == (
        "COADSX closes on itself; -b COADSX=periodic differentiates across the seam\n"
    )


def test_higher_derivatives_are_named_and_have_units(tmp_path):
    tool.succeed(
        "grad", "-q", OBSERVED, "-v", "SST", "-x", "COADSY", "--derivative", 2, "-o", "g.nc", cwd=tmp_path
    )

    with netCDF4.Dataset(tmp_path / "g.nc") as file:
        curvature = file["d2SST_dCOADSY2"]
        assert curvature.units.endswith("degrees_north-2")
        assert curvature.long_name.startswith("second derivative of ")
