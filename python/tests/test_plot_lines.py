# test_plot_lines.py: pictures of fields of one axis, as read back from what was drawn
#
# SPDX-License-Identifier: BSD-3-Clause

import numpy as np
import pandas as pd
from matplotlib.dates import date2num

import gridgrad
import gridgrad.plot
from pictures import caption_of, field, gradient, panels, png


def line_of(axes):
    return axes.lines[0].get_xdata(), axes.lines[0].get_ydata()


def gaps_of(axes):
    """Where the hatched ground lies, from and to."""
    paths = [path for one in axes.collections if one.get_hatch() for path in one.get_paths()]
    return [(path.vertices[:, 0].min(), path.vertices[:, 0].max()) for path in paths]


def test_a_line_is_above_and_its_derivative_below():
    t = np.array([0.0, 1, 2, 4, 5])

    figure = gradient(t**2, t, edge_order=2)

    above, below = panels(figure)
    np.testing.assert_array_equal(line_of(above), [t, t**2])
    np.testing.assert_array_equal(line_of(below), [t, 2 * t])
    assert above.get_shared_x_axes().joined(above, below)
    assert above.get_position().y0 > below.get_position().y0
    assert (above.get_title(), below.get_title()) == ("field", "derivative along axis 0")
    assert below.get_xlabel() == "axis 0" and above.get_xlim() == (-0.5, 5.5)


def test_samples_in_any_order_make_a_line_in_the_order_of_positions():
    t = np.array([-2.0, 1, -3, 4, 5])

    above, below = panels(gradient(t**2 + 5, t, edge_order=2))

    np.testing.assert_array_equal(line_of(above), [np.sort(t), np.sort(t) ** 2 + 5])
    slopes = gridgrad.gradient(t**2 + 5, t, edge_order=2)
    np.testing.assert_array_equal(line_of(below), [np.sort(t), slopes[np.argsort(t)]])


def test_lines_have_gaps_at_missing_samples():
    f = np.sin(np.arange(100) / 9)
    f[20:25], f[[60, 62]] = np.nan, np.nan

    figure = gradient(f)

    above, below = panels(figure)
    np.testing.assert_array_equal(line_of(above)[1], f)
    np.testing.assert_array_equal(line_of(below)[1], gridgrad.gradient(f))
    assert gaps_of(above) == [(19.5, 24.5), (59.5, 60.5), (61.5, 62.5)]
    alone = above.lines[1]
    np.testing.assert_array_equal(alone.get_data(), [[61], [f[61]]])
    assert caption_of(figure) == "hatched: missing"


def test_times_are_dates():
    times = pd.date_range("2026-01-01", periods=50, freq="h")
    f = np.cos(np.arange(50) / 5)

    figure = gradient(f, times)

    above, below = panels(figure)
    np.testing.assert_array_equal(line_of(above)[0], date2num(times))
    np.testing.assert_array_equal(line_of(below)[1], gridgrad.gradient(f, times))
    assert below.get_ylabel() == "s$^{-1}$"
    png(figure)
    labels = [text.get_text() for text in below.get_xticklabels()]
    assert "Jan-02" in labels


def test_durations_are_in_a_unit_that_fits():
    hours = np.arange(10) * np.timedelta64(1, "h")

    above, below = panels(gradient(np.arange(10.0), hours))

    np.testing.assert_array_equal(line_of(above)[0], np.arange(10))
    assert below.get_xlabel() == "axis 0 (hours)"


def test_long_lines_are_means_within_the_range_of_their_blocks():
    f = np.random.default_rng(5).random(12_000)
    f[:10], f[55] = np.nan, np.nan

    figure = gradient(f)

    above = panels(figure)[0]
    x, y = line_of(above)
    blocks = f.reshape(1200, 10)
    np.testing.assert_allclose(y[1:], np.nanmean(blocks[1:], axis=1), rtol=1e-15)
    assert np.isnan(y[0]) and gaps_of(above) == [(-0.5, 9.5)]
    np.testing.assert_array_equal(x, np.arange(1200) * 10 + 4.5)
    band = above.collections[0].get_paths()[0].vertices[:, 1]
    assert band.min() == np.nanmin(f) and band.max() == np.nanmax(f)
    expected = "each point is the mean of 10 samples; the band their range; hatched: missing"
    assert caption_of(figure) == expected


def test_lines_of_a_few_thousand_samples_are_drawn_whole():
    f = np.random.default_rng(6).random(4000)

    assert len(line_of(panels(field(f))[0])[1]) == 4000


def test_complex_lines_have_magnitudes_and_phases():
    x = np.linspace(-3, 3, 80)
    f = np.exp(-(x**2) + 4j * x)

    figure = gradient(f, x)

    derivative = gridgrad.gradient(f, x)
    drawn = [line_of(axes)[1] for axes in panels(figure)]
    expected = [np.abs(f), np.angle(f, deg=True), np.abs(derivative)]
    expected.append(np.angle(derivative, deg=True))
    for ours, right in zip(drawn, expected, strict=True):
        np.testing.assert_array_equal(ours, right)
    assert [axes.get_ylabel() for axes in panels(figure)] == ["", "°", "", "°"]


def test_an_axis_of_a_slice_is_a_line():
    f = np.random.default_rng(7).random((5, 6, 7))

    above, below = panels(gradient(f, 2.0, at={0: 1, 2: -2}))

    np.testing.assert_array_equal(line_of(above), [np.arange(6) * 2.0, f[1, :, 5]])
    np.testing.assert_array_equal(line_of(below)[1], gridgrad.gradient(f, 2.0, axis=1)[1, :, 5])


def test_a_field_alone_is_one_line():
    (only,) = panels(field(np.arange(5)))

    np.testing.assert_array_equal(line_of(only), [np.arange(5), np.arange(5)])
