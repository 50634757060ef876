# test_line_page.py: what a person sees of lines in a browser
#
# SPDX-License-Identifier: BSD-3-Clause

import math

import numpy as np
import pytest
from pages import axis, listed
from selenium.webdriver.common.keys import Keys

COLOURS = ["#0072b2", "#d55e00", "#009e73"]


def picture_of(positions, *panels, **members):
    """A panel per dict of lines by name."""
    described = [
        {
            "title": f"panel {i}",
            "lines": [{"name": name, "samples": listed(line)} for name, line in lines.items()],
        }
        for i, lines in enumerate(panels)
    ]
    return {"title": "lines", "x": axis("t", positions), "panels": described, **members}


def some_lines():
    t = np.linspace(0, 10, 101)
    u, v = np.sin(t), 10 + np.cos(t)
    u[40] = np.nan
    return t, u, v


def place_at(page, position, panel=0, share=0.5):
    state = page.state()
    box = state["boxes"][panel]
    low, high = state["x"]
    right = box["left"] + (position - low) / (high - low) * box["width"]
    return [right, box["top"] + share * box["height"]]


def drawn(page, panel, colour):
    """How many pixels of a panel have nearly the colour of a line."""
    box = page.state()["boxes"][panel]
    place = [box["left"], box["top"]]
    return page.count(place, int(box["width"]), int(box["height"]), colour)


def as_read(value):
    return "missing" if math.isnan(value) else float(f"{value:.12g}")


def read_numbers(page):
    return [text if text == "missing" else float(text) for text in page.reading().values()]


def test_pointing_reads_the_nearest_samples_of_all_lines(open_page):
    t, u, v = some_lines()
    page = open_page(picture_of(t, {"u": u, "v": v}, {"du": v}))

    for i in (0, 17, 40, 100):
        page.hover(place_at(page, t[i] - 0.01 if i else 0.01, panel=1))
        assert list(page.reading()) == ["t in m", "u", "v", "du"]
        assert read_numbers(page) == [as_read(value) for value in (t[i], u[i], v[i], v[i])]


def test_lines_can_be_hidden_and_the_rest_fills_the_panel(open_page):
    t, u, v = some_lines()
    page = open_page(picture_of(t, {"u": u, "v": v}, {"du": v}))
    before = page.state()
    assert drawn(page, 0, COLOURS[0]) > 50 and drawn(page, 0, COLOURS[1]) > 50

    page.click("#line-1")

    after = page.state()
    page.hover(place_at(page, t[3]))
    assert list(page.reading()) == ["t in m", "u", "du"]
    assert drawn(page, 0, COLOURS[1]) == 0
    assert before["y"][0][1] > 11 and after["y"][0][1] < 1.2
    assert after["y"][1] == before["y"][1]


def test_the_wheel_zooms_along_the_axis_about_the_pointer(open_page):
    t, u, v = some_lines()
    page = open_page(picture_of(t, {"u": u}, {"du": v}))
    place = [round(length) for length in place_at(page, t[17])]
    page.hover(place)
    reading = page.reading()
    before = page.state()["x"]

    page.turn_wheel(place, -800)

    after = page.state()["x"]
    assert page.reading() == reading
    assert after[1] - after[0] == pytest.approx((before[1] - before[0]) * math.exp(-2))
    assert place_at(page, t[17])[0] == pytest.approx(place[0], abs=8)  # a pixel, magnified


def test_panels_are_as_high_as_what_is_seen_of_them(open_page):
    t = np.linspace(0, 10, 101)
    page = open_page(picture_of(t, {"u": t**2}))

    for _ in range(3):
        page.turn_wheel(place_at(page, 0.02), -400)

    low, high = page.state()["x"]
    seen = (t[(t >= low) & (t <= high)]) ** 2
    margin = 0.05 * (seen.max() - seen.min())
    assert page.state()["y"][0] == pytest.approx([seen.min() - margin, seen.max() + margin])


def test_views_can_be_moved_and_left_again(open_page):
    t, u, v = some_lines()
    page = open_page(picture_of(t, {"u": u}))
    place = place_at(page, 5)
    page.turn_wheel(place, -400)
    before = page.state()

    page.drag(place, [place[0] - 100, place[1]])
    after = page.state()
    page.double_click(place)

    per_pixel = (before["x"][1] - before["x"][0]) / before["boxes"][0]["width"]
    assert after["x"][0] - before["x"][0] == pytest.approx(100 * per_pixel)
    assert page.state()["x"] == [0, 10]


def test_arrow_keys_go_from_sample_to_sample(open_page):
    t, u, v = some_lines()
    page = open_page(picture_of(t, {"u": u}))
    page.hover(place_at(page, t[38]))

    page.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    gap = read_numbers(page)
    page.press(Keys.ARROW_RIGHT)

    assert gap == [as_read(t[40]), "missing"]
    assert read_numbers(page) == [as_read(t[41]), as_read(u[41])]


def test_positions_may_descend(open_page):
    t, u, v = some_lines()
    page = open_page(picture_of(t[::-1], {"u": u[::-1]}))

    page.hover(place_at(page, t[90]))

    assert read_numbers(page) == [as_read(t[90]), as_read(u[90])]


def test_a_missing_sample_parts_a_line(open_page):
    t = np.arange(11.0)
    u = np.zeros(11)
    u[5] = np.nan
    page = open_page(picture_of(t, {"u": u}))
    box = page.state()["boxes"][0]
    middle = box["top"] + box["height"] / 2

    def is_drawn(position):
        x = place_at(page, position)[0]
        return page.count([x, middle - 4], 1, 8, COLOURS[0]) > 0

    assert is_drawn(3.5) and is_drawn(6.5)
    assert not is_drawn(4.5) and not is_drawn(5.5)


def test_a_sample_without_neighbours_is_a_dot(open_page):
    u = np.full(301, np.nan)
    u[150] = 1
    page = open_page(picture_of(np.arange(301.0), {"u": u}))

    assert drawn(page, 0, COLOURS[0]) > 5


def test_every_spike_is_drawn_where_samples_share_pixels(open_page):
    t = np.arange(90_000.0)
    u = np.zeros(t.size)
    spikes = [1234, 44_444, 77_777]
    u[spikes] = 1
    page = open_page(picture_of(t, {"u": u}))

    for spike in spikes:
        place = place_at(page, spike, share=0.3)
        assert page.count([place[0] - 2, place[1]], 5, 1, COLOURS[0]) > 0


def test_long_lines_keep_their_extremes_and_say_so(open_page):
    t = np.arange(300_000.0)
    u = np.zeros(t.size)
    u[123_456], u[234_567] = 5, -3
    page = open_page(picture_of(t, {"u": u}))
    caption = page.text("#captions")
    y = page.state()["y"][0]

    for _ in range(12):
        page.turn_wheel(place_at(page, 123_456), -400)
    page.hover(place_at(page, 123_456))

    kept = int(caption.split()[0])
    assert 10 < kept <= 100_000
    assert caption.endswith("of 300000 samples are drawn: the least and the greatest of every 10")
    assert y == pytest.approx([-3 - 0.4, 5 + 0.4])
    assert read_numbers(page) == [123_456, 5]


def test_dates_are_read_as_dates(open_page):
    t = 978307200 + 3600.0 * np.arange(48)
    picture = picture_of(t, {"u": np.arange(48.0)})
    picture["x"]["values"] = "dates"
    page = open_page(picture)

    page.hover(place_at(page, t[30]))

    assert page.reading() == {"t in m": "2001-01-02 06:00", "u": "30"}
