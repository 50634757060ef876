# test_view_still.py: pixels, places and words of pictures, beside matplotlib
#
# SPDX-License-Identifier: BSD-3-Clause

import base64
import io
import os
import pathlib
import re
import shutil
import subprocess
import xml.etree.ElementTree

import matplotlib
import matplotlib.image
import numpy as np
import pytest
from shown import shown
from tool import EXECUTABLE, succeed

COADS = pathlib.Path(__file__).parents[2] / "examples/data/coads_sst.nc"
SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
MAPS = {"sequential": "viridis", "diverging": "RdBu_r", "cyclic": "twilight"}


def decoded(png):
    """Red, green, blue and opacity, of 255, of the rows from the top."""
    return np.rint(matplotlib.image.imread(io.BytesIO(png), format="png") * 255).astype(int)


def drawn(*arguments, cwd):
    succeed("view", *arguments, "-o", "still.svg", "-O", cwd=cwd)
    return xml.etree.ElementTree.parse(cwd / "still.svg").getroot()


def images(svg):
    prefix = "data:image/png;base64,"
    links = [image.get(LINK) for image in svg.iter(f"{SVG}image")]
    return [decoded(base64.b64decode(link.removeprefix(prefix))) for link in links]


def cells(pixels, count):
    """The cell of each pixel's centre where all cells are of one size."""
    return ((np.arange(pixels) + 0.5) * count / pixels).astype(int)


def expect_colours(image, samples, layer):
    """Ours are 255 anchored colours for its 256: one part beside, each within two."""
    colours = matplotlib.colormaps[MAPS[layer["scale"]]]
    parts = colours(np.linspace(0, 1, 256), bytes=True)[:, :3].astype(int)
    bound = np.abs(np.diff(parts, axis=0)).max() + 2
    fraction = (samples.astype(float) - layer["low"]) / (layer["high"] - layer["low"])
    rows = cells(image.shape[0], samples.shape[0])
    columns = cells(image.shape[1], samples.shape[1])
    expected = colours(fraction, bytes=True).astype(int)[np.ix_(rows, columns)][..., :3]
    missing = np.isnan(samples)[np.ix_(rows, columns)]
    assert np.array_equal(image[..., 3] == 0, missing)
    assert np.abs(image[..., :3] - expected)[~missing].max() <= bound


def fields():
    y, x = np.meshgrid(np.linspace(-1, 1, 30), np.linspace(-2, 2, 40), indexing="ij")
    holes = np.where(x**2 + y**2 < 0.1, np.nan, x * y)
    return {"sequential": np.exp(x + y), "diverging": holes, "cyclic": x + 1j * y}


@pytest.mark.parametrize("scale", MAPS)
def test_samples_have_the_colours_of_matplotlib(tmp_path, scale):
    np.save(tmp_path / "f.npy", fields()[scale])
    page = shown("f.npy", cwd=tmp_path)
    name = page.names()[-1]
    assert page.described(name)["scale"] == scale
    image, _ = images(drawn("f.npy", cwd=tmp_path))[-2:]  # then comes the bar
    expect_colours(image, page.layer(name)[0], page.described(name))


def test_north_is_on_top_and_land_is_missing(tmp_path):
    january = (COADS, "-v", "SST", "--at", "TIME=0")
    page = shown(*january, cwd=tmp_path)
    image, _ = images(drawn(*january, cwd=tmp_path))
    assert image.shape == (640, 1280, 4)
    expect_colours(image, page.layer("SST")[0][::-1], page.described("SST"))


def test_bar_has_all_colours_from_the_highest_down(tmp_path):
    np.save(tmp_path / "f.npy", fields()["sequential"])
    _, bar = images(drawn("f.npy", cwd=tmp_path))
    rows = len(bar)
    falling = 1 - (np.arange(rows)[:, np.newaxis] + 0.5) / rows
    assert rows > 2 * 255
    expect_colours(bar, falling, {"scale": "sequential", "low": 0, "high": 1})


def labels(svg, anchor):
    """Places of texts that end or have their middle there."""
    texts = [text for text in svg.iter(f"{SVG}text") if text.get("text-anchor") == anchor]
    return {text.text: (text.get("x"), text.get("y")) for text in texts}


def test_ticks_stand_at_their_positions(tmp_path):
    """Along a map of 640 by 320 units from 20 to 380 degrees and -90 to 90."""
    svg = drawn(COADS, "-v", "SST", cwd=tmp_path)
    frame = next(svg.iter(f"{SVG}image"))
    left, top = float(frame.get("x")), float(frame.get("y"))
    unit = 0.005  # coordinates have two decimals
    below = labels(svg, "middle")
    for longitude in range(45, 361, 45):
        place = left + (longitude - 20) / 360 * 640
        assert float(below[str(longitude)][0]) == pytest.approx(place, abs=unit)
    beside = labels(svg, "end")
    to_baseline = float(beside["90"][1]) - top
    assert 0 < to_baseline < 11 / 2  # half the height of the letters
    for latitude in (60, 30, 0, -30, -60, -90):
        place = top + (90 - latitude) / 180 * 320 + to_baseline
        label = str(latitude).replace("-", "−")
        assert float(beside[label][1]) == pytest.approx(place, abs=2 * unit)


def numbers_of(path):
    return [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", path)]


def test_lines_stand_at_their_samples(tmp_path):
    samples = np.array([9.0, 6, 14, 21, 30])
    np.save(tmp_path / "f.npy", samples)
    svg = drawn("f.npy", cwd=tmp_path)
    paths = [path for path in svg.iter(f"{SVG}path") if path.get("stroke") == "#0072b2"]
    places = np.array(numbers_of(paths[0].get("d"))).reshape(-1, 2)
    steps = np.diff(places[:, 0])
    heights = (places[1, 1] - places[:, 1]) / (places[1, 1] - places[4, 1])
    unit = 0.005
    assert len(places) == 5
    assert np.ptp(steps) <= 4 * unit
    # Both ends of a fraction are rounded, of a height of 188 units.
    assert heights == pytest.approx((samples - 6) / 24, abs=4 * unit / 188)


def test_png_has_two_pixels_to_a_unit(tmp_path):
    svg = drawn(COADS, "-v", "SST", cwd=tmp_path)
    succeed("view", COADS, "-v", "SST", "-o", "still.png", cwd=tmp_path)
    image = decoded((tmp_path / "still.png").read_bytes())
    assert image.shape[:2] == (2 * int(svg.get("height")), 2 * int(svg.get("width")))
    # The map itself comes through, pixel by pixel, where nothing is drawn over it.
    frame = next(svg.iter(f"{SVG}image"))
    left, top = 2 * int(frame.get("x")), 2 * int(frame.get("y"))
    expected = images(svg)[0]
    found = image[top : top + 640, left : left + 1280, :3]
    there = expected[..., 3] == 255
    there[:2] = there[-2:] = there[:, :2] = there[:, -2:] = False  # the frame
    assert np.array_equal(found[there], expected[..., :3][there])


def test_png_without_its_module_is_refused(tmp_path):
    """A tool that was moved without its modules; SVG needs none."""
    shutil.copy(EXECUTABLE, tmp_path / "gridgrad")
    np.save(tmp_path / "f.npy", np.arange(12.0).reshape(3, 4))
    there = sorted(tmp_path.iterdir())
    elsewhere = {name: value for name, value in os.environ.items() if name != "LD_LIBRARY_PATH"}
    for line in (["view", "f.npy", "-o", "p.png"], ["grad", "f.npy", "--view", "p.png"]):
        process = subprocess.run(
            ["./gridgrad", *line], cwd=tmp_path, env=elsewhere, capture_output=True
        )
        assert process.returncode == 4
        assert process.stderr.decode().endswith(
            "install Debian's package librsvg2-dev and build again, or write a .svg or .html file\n"
        )
        assert sorted(tmp_path.iterdir()) == there
    subprocess.run(["./gridgrad", "view", "f.npy", "-o", "p.svg"], cwd=tmp_path, check=True)


def test_pictures_are_the_same_each_time(tmp_path):
    for suffix in ("svg", "png"):
        succeed("view", COADS, "-v", "SST", "-o", f"a.{suffix}", cwd=tmp_path)
        succeed("view", COADS, "-v", "SST", "-o", f"b.{suffix}", cwd=tmp_path)
        assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_words_of_a_file_are_no_markup(tmp_path):
    name = "a<b>&'c'"
    np.save(tmp_path / f"{name}.npy", np.arange(12.0).reshape(3, 4))
    svg = drawn(f"{name}.npy", cwd=tmp_path)
    assert f"{name}" in "".join(svg.itertext())
