# test_plot.py: pictures of arrays, as read back from what was drawn
#
# SPDX-License-Identifier: BSD-3-Clause

import subprocess
import sys

import numpy as np
import pytest
import torch

import gridgrad
import gridgrad.plot
from pictures import arrows_of, bar_of, caption_of, field, gradient, mesh_of, panels, png, waves


def test_the_field_is_drawn_to_the_bit_and_beside_it_the_magnitude():
    f = waves().astype(np.float32)
    down, right = gridgrad.gradient(f)

    left, beside = panels(gradient(f))

    assert mesh_of(left).get_array().dtype == np.float32
    np.testing.assert_array_equal(mesh_of(left).get_array(), f)
    np.testing.assert_array_equal(mesh_of(beside).get_array(), np.hypot(down, right))
    assert left.get_title() == "field" and beside.get_title() == "magnitude of the gradient"


def test_arrows_are_the_gradient_at_the_samples_where_they_stand():
    y, x = np.linspace(0, 3, 70), np.linspace(0, 5, 90)
    f = np.sin(y)[:, None] * np.cos(x)
    d_y, d_x = gridgrad.gradient(f, y, x, accuracy=4)

    arrows = arrows_of(panels(gradient(f, y, x, accuracy=4))[1])

    rows, columns = np.searchsorted(y, arrows.Y), np.searchsorted(x, arrows.X)
    np.testing.assert_array_equal(arrows.Y, y[rows])
    np.testing.assert_array_equal(arrows.X, x[columns])
    np.testing.assert_array_equal(arrows.U, d_x[rows, columns])
    np.testing.assert_array_equal(arrows.V, d_y[rows, columns])
    assert set(np.diff(np.unique(rows))) == {6} and set(np.diff(np.unique(columns))) == {5}
    assert len(np.unique(rows)) * len(np.unique(columns)) == arrows.N


def test_a_small_field_has_an_arrow_at_each_sample():
    arrows = arrows_of(panels(gradient(waves(10, 10)))[1])

    assert arrows.N == 100


def test_without_arrows_there_are_none():
    assert arrows_of(panels(gradient(waves(), arrows=False))[1]) is None


@pytest.mark.parametrize("scale", [1.0, 1e-13])
def test_arrows_point_uphill_on_the_page(scale):
    y, x = np.mgrid[0:8.0, 0:8.0]
    figure = gradient(scale * (x + 2 * y))
    png(figure)

    right = panels(figure)[1]
    heads = right.transData.transform([[3, 3], [4, 5]])
    uphill = np.degrees(np.arctan2(*(heads[1] - heads[0])[::-1]))

    np.testing.assert_allclose(arrows_of(right).angles, uphill, atol=1e-9)
    assert uphill < 0  # Row 0 is on top.


def test_arrows_stay_apart_on_irregular_coordinates():
    x = np.geomspace(1, 1000, 400)
    f = np.sin(x / 100) + np.cos(x / 90)[:, None]

    arrows = arrows_of(panels(gradient(f, x, x))[1])

    assert np.diff(np.unique(arrows.X)).min() >= 0.999 * (np.ptp(x) / 20)
    assert 15 <= len(np.unique(arrows.X)) <= 20


def test_arrays_without_coordinates_have_row_0_on_top():
    for figure in (field(waves(4, 6)), field(waves(4, 6), 1.0), gradient(waves(4, 6))):
        assert panels(figure)[0].get_xlim() == (-0.5, 5.5)
        assert panels(figure)[0].get_ylim() == (3.5, -0.5)


def test_rows_that_run_south_have_row_0_on_top_too():
    axes = panels(field(waves(4, 6), -5.0, 2.0))[0]

    assert axes.get_ylim() == (-17.5, 2.5) and axes.get_xlim() == (-1.0, 11.0)


@pytest.mark.parametrize("order", [1, -1])
def test_coordinates_increase_upwards_in_whichever_order_they_are_stored(order):
    y = np.array([0.0, 1, 2, 4])[::order]

    axes = panels(field(waves(4, 6), y, np.arange(6)))[0]

    corners = mesh_of(axes).get_coordinates()
    assert axes.get_ylim() == (-0.5, 5.0)
    np.testing.assert_array_equal(corners[:, 0, 1], [-0.5, 0.5, 1.5, 3, 5][::order])
    np.testing.assert_array_equal(mesh_of(axes).get_array(), waves(4, 6))


def test_samples_in_any_order_are_drawn_in_the_order_of_their_positions():
    y, x = np.array([3.0, -1, 2]), np.array([0.0, 2, -1, 3])
    f = waves(3, 4)

    left, right = panels(gradient(f, y, x))

    order = np.ix_([1, 2, 0], [2, 0, 1, 3])
    d_y, d_x = gridgrad.gradient(f, y, x)
    np.testing.assert_array_equal(mesh_of(left).get_array(), f[order])
    np.testing.assert_array_equal(mesh_of(right).get_array(), np.hypot(d_y, d_x)[order])


def test_coordinates_that_vary_along_both_axes_are_drawn_where_they_are():
    depth = np.outer([1.0, 2, 4, 7, 11], np.linspace(1, 2, 6))

    left, right = panels(gradient(waves(5, 6), depth, np.arange(6.0)))

    corners = mesh_of(left).get_coordinates()
    assert corners.shape == (6, 7, 2)
    middles = corners[:-1, 1:-1, 1] + corners[1:, 1:-1, 1]
    assert np.all(np.diff(middles, axis=0) > 0) and np.ptp(middles[-1]) > 5
    d_0, d_1 = gridgrad.gradient(waves(5, 6), depth, np.arange(6.0))
    np.testing.assert_array_equal(mesh_of(right).get_array(), np.hypot(d_0, d_1))


def test_missing_samples_show_a_hatched_ground():
    f = waves()
    f[3, 4], f[5, 5] = np.nan, np.inf

    figure = gradient(f)

    left, right = panels(figure)
    np.testing.assert_array_equal(np.ma.getmaskarray(mesh_of(left).get_array()), ~np.isfinite(f))
    assert np.ma.getmaskarray(mesh_of(right).get_array()).sum() == 8
    assert left.patch.get_hatch() and right.patch.get_hatch()
    assert caption_of(figure) == "hatched: missing"
    assert caption_of(gradient(waves())) == ""


def test_masked_arrays_are_missing_where_they_are_masked():
    f = np.ma.masked_greater(np.arange(30).reshape(5, 6) % 8, 6)

    left, right = panels(gradient(f))

    drawn = mesh_of(left).get_array()
    np.testing.assert_array_equal(np.ma.getmaskarray(drawn), f.mask)
    np.testing.assert_array_equal(drawn.compressed(), f.compressed())
    slopes = [one.filled(np.nan) for one in gridgrad.gradient(f)]
    np.testing.assert_array_equal(mesh_of(right).get_array().filled(np.nan), np.hypot(*slopes))


def test_tensors_and_lists_are_drawn_as_arrays():
    f = waves()
    for one in (torch.from_numpy(f).requires_grad_(), f.tolist()):
        np.testing.assert_array_equal(mesh_of(panels(gradient(one))[0]).get_array(), f)


def test_limits_are_quantiles_and_the_bar_says_that_samples_lie_beyond():
    f = np.arange(1, 1002.0).reshape(7, 143)

    mesh = mesh_of(panels(field(f))[0])

    assert mesh.get_clim() == tuple(np.quantile(f, [0.02, 0.98]))
    assert mesh.get_cmap().name == "viridis" and mesh.colorbar.extend == "both"


def test_signed_samples_are_centred_on_zero():
    f = np.linspace(-1, 3, 500).reshape(20, 25)

    mesh = mesh_of(panels(field(f))[0])

    high = np.quantile(f, 0.98)
    assert mesh.get_cmap().name == "RdBu_r" and mesh.get_clim() == (-high, high)
    assert mesh.colorbar.extend == "max"


def test_derivatives_are_centred_on_zero_even_of_one_sign():
    right = panels(gradient(np.arange(12.0).reshape(3, 4) ** 2, axis=1))[1]

    mesh = mesh_of(right)
    assert mesh.get_cmap().name == "RdBu_r" and mesh.get_clim()[0] == -mesh.get_clim()[1]
    flat = mesh_of(panels(gradient(np.ones((3, 4)), axis=1))[1])
    assert flat.get_clim() == (-1, 1)


def test_few_samples_below_zero_do_not_halve_the_colours():
    mesh = mesh_of(panels(field(np.linspace(-2, 30, 500).reshape(20, 25)))[0])

    assert mesh.get_cmap().name == "viridis"


@pytest.mark.parametrize(
    ("value", "limits"), [(5.0, (2.5, 7.5)), (0.0, (-0.5, 0.5)), (-5.0, (-7.5, -2.5))]
)
def test_a_constant_has_limits_around_it(value, limits):
    mesh = mesh_of(panels(field(np.full((3, 4), value)))[0])

    assert mesh.get_clim() == limits and mesh.colorbar.extend == "neither"


def test_angles_have_colours_that_close_on_themselves():
    f = np.linspace(0, 350, 36).reshape(6, 6)

    mesh = mesh_of(panels(field(f, period=360))[0])

    assert mesh.get_cmap().name == "twilight" and mesh.get_clim() == (0, 360)
    labels = [text.get_text() for text in mesh.colorbar.ax.get_yticklabels()]
    assert labels == ["0", "90", "180", "270", "360"]
    assert mesh_of(panels(field(f - 100, period=360))[0]).get_clim() == (-180, 180)


def test_one_axis_of_two_is_a_signed_derivative():
    f = waves()

    left, right = panels(gradient(f, 0.5, axis=0, boundary={0: "periodic"}))

    expected = gridgrad.gradient(f, 0.5, axis=0, boundary={0: "periodic"})
    np.testing.assert_array_equal(mesh_of(right).get_array(), expected)
    assert right.get_title() == "derivative along axis 0"
    assert mesh_of(right).get_cmap().name == "RdBu_r" and arrows_of(right) is None


def test_axes_of_different_units_have_derivatives_of_their_own():
    times = np.datetime64("2026-01-01") + np.arange(12) * np.timedelta64(1, "h")
    f = waves()

    figure = gradient(f, times, 2.0)

    titles = [axes.get_title() for axes in panels(figure)]
    assert titles == ["field", "derivative along axis 0", "derivative along axis 1"]
    assert bar_of(panels(figure)[1]).ax.get_ylabel() == "s$^{-1}$"
    for axes, expected in zip(panels(figure)[1:], gridgrad.gradient(f, times, 2.0), strict=True):
        np.testing.assert_array_equal(mesh_of(axes).get_array(), expected)
    png(figure)


def test_a_slice_is_that_of_the_field_and_axes_keep_their_numbers():
    f = np.random.default_rng(0).random((3, 8, 9))
    rules = {"boundary": {2: gridgrad.Periodic(9)}, "accuracy": 4}

    figure = gradient(f, at={0: -1}, **rules)

    d_1, d_2 = gridgrad.gradient(f, axis=(1, 2), **rules)
    np.testing.assert_array_equal(mesh_of(panels(figure)[0]).get_array(), f[2])
    drawn = mesh_of(panels(figure)[1]).get_array()
    np.testing.assert_array_equal(drawn, np.hypot(d_1[2], d_2[2]))
    assert panels(figure)[0].get_ylabel() == "axis 1" and "axis 0 at index 2" in caption_of(figure)


def test_a_slice_takes_coordinates_that_vary_with_it():
    f = np.random.default_rng(1).random((3, 5, 6))
    z = np.cumsum(np.random.default_rng(2).uniform(1, 2, (3, 5, 6)), axis=1)

    left, right = panels(gradient(f, z, axis=1, at={0: 1}))

    expected = gridgrad.gradient(f, z, axis=1)[1]
    np.testing.assert_array_equal(mesh_of(right).get_array(), expected)


def test_axes_of_one_sample_are_left_out():
    f = waves()

    left, right = panels(gradient(f[None, :, None, :]))

    np.testing.assert_array_equal(mesh_of(left).get_array(), f)
    assert (left.get_ylabel(), left.get_xlabel()) == ("axis 1", "axis 3")


def test_a_metric_makes_lengths():
    lat, lon = np.linspace(-60, 60, 13), np.arange(0, 360, 15.0)
    f = np.sin(np.radians(lat))[:, None] + np.cos(np.radians(lon))
    rules = {"metric": gridgrad.Sphere(), "boundary": {1: gridgrad.Periodic(360)}}

    north, east = gridgrad.gradient(f, lat, lon, **rules)

    drawn = mesh_of(panels(gradient(f, lat, lon, **rules))[1]).get_array()
    np.testing.assert_array_equal(drawn, np.hypot(north, east))


def test_large_fields_are_means_of_blocks_and_say_so():
    f = np.random.default_rng(3).random((3001, 21))
    f[:6] = np.nan
    f[7, 0] = np.nan

    rows = {"boundary": {1: "periodic"}}
    spacing = 1.0, 100.0
    figure = gradient(f, *spacing, **rows)

    drawn = mesh_of(panels(figure)[0]).get_array().filled(np.nan)
    assert drawn.shape == (1001, 7) and np.isnan(drawn[:2]).all()
    whole = f[6:3000].reshape(998, 3, 7, 3)
    np.testing.assert_allclose(drawn[2:1000], np.nanmean(whole, axis=(1, 3)), rtol=1e-15)
    np.testing.assert_allclose(drawn[1000], f[3000].reshape(7, 3).mean(1), rtol=1e-15)
    assert caption_of(figure).startswith("each pixel is the mean of 3 x 3 samples")
    d_0, d_1 = gridgrad.gradient(f, *spacing, **rows)
    magnitude = np.hypot(d_0, d_1)[9:3000].reshape(997, 3, 7, 3)
    drawn = mesh_of(panels(figure)[1]).get_array()[3:1000]
    np.testing.assert_allclose(drawn, magnitude.mean((1, 3)), rtol=1e-15)
    assert panels(figure)[0].get_ylim() == (3000.5, -0.5)
    arrows = arrows_of(panels(figure)[1])
    row, column = int(arrows.Y[20]), int(arrows.X[20] / 100)
    block = slice(row - 1, row + 2), slice(column - 1, column + 2)
    np.testing.assert_allclose(arrows.U[20], d_1[block].mean(), rtol=1e-13)
    np.testing.assert_allclose(arrows.V[20], d_0[block].mean(), rtol=1e-13)


def test_fields_that_are_not_to_scale_are_reduced_along_their_long_axis_alone():
    f = np.random.default_rng(4).random((5000, 3))

    figure = gradient(f)

    assert mesh_of(panels(figure)[0]).get_array().shape == (1000, 3)
    assert caption_of(figure) == "each pixel is the mean of 5 x 1 samples"
    png(figure)


def test_a_gradient_that_is_missing_everywhere_is_a_hatched_ground():
    f = np.where(np.add.outer(range(6), range(6)) % 2, 1.0, np.nan)

    figure = gradient(f, missing="propagate")

    assert np.ma.getmaskarray(mesh_of(panels(figure)[1]).get_array()).all()
    assert arrows_of(panels(figure)[1]) is None
    png(figure)


def test_means_of_angles_do_not_pass_through_the_other_side():
    f = np.full((4, 3000), 350.0)
    f[:, ::3] = 20.0

    mesh = mesh_of(panels(field(f, period=360))[0])

    assert mesh.get_array().shape == (4, 1000)
    turned = np.exp(1j * np.radians([350.0, 350, 20])).sum()
    np.testing.assert_allclose(mesh.get_array(), np.degrees(np.angle(turned)) % 360)


def test_complex_fields_have_a_magnitude_and_a_phase():
    y, x = np.linspace(-1, 1, 30), np.linspace(-2, 2, 40)
    f = np.exp(-(x**2) - y[:, None] ** 2 + 5j * x)
    f[0, 0] = 0

    size, phase, slope = panels(gradient(f, y, x))

    np.testing.assert_array_equal(mesh_of(size).get_array(), np.abs(f))
    drawn = mesh_of(phase).get_array()
    assert drawn.mask[0, 0] and drawn.mask.sum() == 1
    np.testing.assert_array_equal(drawn.compressed(), np.angle(f, deg=True).ravel()[1:])
    assert mesh_of(phase).get_cmap().name == "twilight"
    assert mesh_of(phase).get_clim() == (-180, 180)
    parts = np.abs(gridgrad.gradient(f, y, x))
    np.testing.assert_array_equal(mesh_of(slope).get_array(), np.hypot(*parts))
    assert arrows_of(slope) is None and bar_of(phase).ax.get_ylabel() == "°"


def test_without_matplotlib_the_error_says_what_to_install():
    code = "import sys; sys.modules['matplotlib'] = None; import gridgrad.plot"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    expected = 'ImportError: gridgrad.plot needs matplotlib: pip install "gridgrad[plot]"'
    assert run.stderr.splitlines()[-1] == expected
