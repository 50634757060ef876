# test_plot_calls.py: where pictures go, and calls that draw none
#
# SPDX-License-Identifier: BSD-3-Clause

import io
import xml.etree.ElementTree

import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.figure import Figure

import gridgrad
import gridgrad.plot
from labelled_fields import refused
from pictures import field, gradient, png, waves


def test_pictures_are_written_without_a_display():
    figure = gradient(waves())
    svg = io.BytesIO()
    figure.savefig(svg, format="svg")

    assert png(figure).startswith(b"\x89PNG\r\n\x1a\n")
    assert xml.etree.ElementTree.fromstring(svg.getvalue()).tag.endswith("svg")


def test_a_new_figure_is_pyplots_and_another_is_not():
    before = pyplot.get_fignums()

    gradient(waves())
    assert pyplot.get_fignums() == before
    figure = gridgrad.plot.gradient(waves())
    assert pyplot.gcf() is figure and isinstance(figure, Figure)
    pyplot.close(figure)


def test_a_part_of_a_figure_is_drawn_into():
    figure = Figure((8, 8), layout="constrained")
    top, bottom = figure.subfigures(2, 1)

    assert gridgrad.plot.gradient(waves(), figure=top) is figure
    gridgrad.plot.field(waves(), figure=bottom)
    assert len(figure.axes) == 3
    png(figure)


@pytest.mark.parametrize(
    ("f", "keywords", "kind", "message"),
    [
        (
            np.ones((0, 3)),
            {},
            ValueError,
            "f: shape (0, 3) given, without a sample; nothing to draw",
        ),
        (np.ones((1, 1)), {}, ValueError, "f: a single sample given; nothing to draw"),
        (np.float64(3), {}, ValueError, "f: a single sample given; nothing to draw"),
        (
            np.full((3, 3), np.nan),
            {},
            ValueError,
            "f: all samples are missing or infinite; nothing to draw",
        ),
        (
            np.ma.masked_all((3, 3)),
            {},
            ValueError,
            "f: all samples are missing or infinite; nothing to draw",
        ),
        (
            np.ones((3, 4, 5)),
            {},
            ValueError,
            "at: 3 axes remain, 0, 1, 2; a picture shows one or two: "
            "at={0: 0} holds one at an index",
        ),
        (
            np.ones((3, 4, 5)),
            {"at": {0: 3}},
            ValueError,
            "at: index 3 given for axis 0, which has 3 samples",
        ),
        (
            np.ones((3, 4)),
            {"at": 3},
            TypeError,
            "at: 3 given; a mapping from axis to index is needed, as {0: 3}",
        ),
        (np.ones((3, 4)), {"at": {0: 1.5}}, TypeError, "at: 1.5 given; an integer is needed"),
        (
            np.ones((3, 4)),
            {"at": {5: 1}},
            np.exceptions.AxisError,
            "axis 5 is out of bounds for array of dimension 2",
        ),
        (
            np.ones((3, 4)),
            {"axis": 2},
            np.exceptions.AxisError,
            "axis 2 is out of bounds for array of dimension 2",
        ),
        (np.ones((3, 4)), {"axis": "lat"}, ValueError, "axis: axis 'lat' given; accepted: 0, 1"),
        (
            np.ones((3, 4)),
            {"axis": (0, 0)},
            ValueError,
            "axis: (0, 0) given; one or two axes are needed, each once",
        ),
        (
            np.ones((3, 4, 5)),
            {"at": {0: 1}, "axis": 0},
            ValueError,
            "axis: 0 given, which at= holds at an index; a derivative is drawn along the axes of "
            "the picture",
        ),
        (
            np.ones((3, 4)),
            {"time_unit": "D"},
            TypeError,
            "coordinates, time_unit: given for an array without labels",
        ),
        (np.ones((3, 4)), {"accuracy": 3}, ValueError, None),
        (np.ones((3, 4), "M8[s]"), {}, TypeError, None),
    ],
)
def test_nothing_is_drawn_where_there_is_an_error(f, keywords, kind, message):
    figure = Figure()

    with refused(kind, message) if message else pytest.raises(kind):
        gridgrad.plot.gradient(f, figure=figure, **keywords)
    assert not figure.axes


def test_other_errors_of_arguments():
    with refused(TypeError, "figure: a str given; a Figure of matplotlib is needed"):
        gridgrad.plot.field(waves(), figure="a.png")
    with refused(ValueError, "period: 0.0 given; a number above 0 is needed"):
        gridgrad.plot.field(waves(), period=0)
    with refused(
        TypeError,
        "spacing: 3 given for 2 axes; one number for all axes, or one number "
        "or coordinates for each, are accepted",
    ):
        field(waves(), 1, 2, 3)
    with refused(ValueError, "coordinates: 5 given for axis 0, which has 12 samples"):
        field(waves(), np.arange(5), 1.0)
    with refused(ValueError, "coordinates: NaN, NaT or infinity given for axis 0"):
        field(waves(), np.full(12, np.nan), 1.0)
