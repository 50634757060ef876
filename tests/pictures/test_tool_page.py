# test_tool_page.py: pages that the tool makes of a file, in a browser
#
# SPDX-License-Identifier: BSD-3-Clause

import os
import subprocess
from pathlib import Path

import netCDF4
import numpy as np
import pytest
from selenium.webdriver.common.keys import Keys

TOOL = os.environ["GRIDGRAD_TOOL"]
COADS = Path("/usr/share/ferret-vis/data/coads_climatology.cdf")
CELLS = [(0, 0), (30, 60), (45, 90), (60, 100), (89, 179)]


def run(*arguments, cwd):
    subprocess.run([TOOL, *map(str, arguments)], cwd=cwd, check=True, capture_output=True)


def samples_in(path, name):
    """As float32, NaN where missing, and the positions of the last two axes."""
    with netCDF4.Dataset(path) as file:
        variable = file[name]
        y, x = (file[axis][:].filled() for axis in variable.dimensions[-2:])
        return np.ma.filled(variable[:].astype(np.float32), np.nan), y, x


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A directory with pages of sea surface temperature and of its gradient."""
    directory = tmp_path_factory.mktemp("made")
    run("view", COADS, "-v", "SST", "-o", "sst.html", cwd=directory)
    run("grad", COADS, "-v", "SST", "-o", "gradient.nc", cwd=directory)
    run("view", "gradient.nc", "-o", "gradient.html", cwd=directory)
    return directory


def hover(page, x, y):
    state = page.state()
    box = state["box"]
    right = (x - state["x"][0]) / (state["x"][1] - state["x"][0])
    down = 1 - (y - state["y"][0]) / (state["y"][1] - state["y"][0])
    page.hover([box["left"] + right * box["width"], box["top"] + down * box["height"]])
    return list(page.reading().items())


def value_of(text):
    return np.float32(np.nan if text == "missing" else text.split()[0])


def test_a_field_of_a_file_reads_as_in_the_file(open_page, made):
    samples, latitude, longitude = samples_in(COADS, "SST")
    page = open_page(made / "sst.html")

    for step in (0, 7):
        for row, column in CELLS:
            (_, x), (_, y), (name, text) = hover(page, longitude[column], latitude[row])
            assert [float(x), float(y)] == [longitude[column], latitude[row]]
            assert name == "SST"
            np.testing.assert_array_equal(value_of(text), samples[step, row, column])
        page.press(*[Keys.ARROW_RIGHT] * 7, selector=".slider input")


def test_a_gradient_of_a_file_begins_as_arrows_over_its_magnitude(open_page, made):
    names = ("dSST_dCOADSX", "dSST_dCOADSY")
    components = {name: samples_in(made / "gradient.nc", name)[0] for name in names}
    _, latitude, longitude = samples_in(made / "gradient.nc", names[0])
    page = open_page(made / "gradient.html")
    state = page.state()

    for row, column in CELLS:
        reading = dict(hover(page, longitude[column], latitude[row]))
        x, y = (value_of(reading[name]) for name in names)
        np.testing.assert_array_equal(x, components[names[0]][0, row, column])
        np.testing.assert_array_equal(y, components[names[1]][0, row, column])
        length = np.hypot(np.float64(x), np.float64(y))
        # Rounded to float32 once or more, of components that were.
        np.testing.assert_allclose(value_of(reading["magnitude"]), length, rtol=2**-22)
    assert state["has_arrows"]
    assert page.script("return document.querySelector('.choice :checked + span').textContent") == (
        "magnitude"
    )


def test_a_page_of_a_file_zooms_about_the_pointer(open_page, made):
    _, latitude, longitude = samples_in(COADS, "SST")
    page = open_page(made / "sst.html")
    before = page.state()
    reading = hover(page, longitude[100], latitude[50])

    box = page.state()["box"]
    place = [
        box["left"] + box["width"] * (longitude[100] - before["x"][0]) / 360,
        box["top"] + box["height"] * (before["y"][1] - latitude[50]) / 180,
    ]
    page.turn_wheel(place, -480)

    after = page.state()
    assert list(page.reading().items()) == reading
    assert after["x"][1] - after["x"][0] == pytest.approx(360 * np.exp(-480 / 400))
    assert after["x"][0] < longitude[100] < after["x"][1]
