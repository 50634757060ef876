# test_field_page.py: what a person sees of a field in a browser
#
# SPDX-License-Identifier: BSD-3-Clause

import json
import math
import time

import numpy as np
import pytest
from pages import axis, borders_of, layer
from selenium.webdriver.common.keys import Keys

X = [0, 1, 2, 3, 5, 8, 13, 21]
Y = [-30, -20, -10, 0, 10, 20]
MISSING = (2, 3)


def samples_of(*shape):
    """Numbers of many digits, alike in no two places, with one that is missing."""
    samples = np.random.default_rng(7).normal(size=(*shape, len(Y), len(X))).astype(np.float32)
    samples[..., *MISSING] = np.nan
    return samples


def picture_of(*samples, **members):
    """A field of a layer per array, the second to both sides of zero."""
    scales = ["sequential", "diverging", "cyclic"]
    layers = [
        layer(f"layer_{i}", array, -1.5, 1.5, scale=scales[i % 3])
        for i, array in enumerate(samples)
    ]
    x, y = axis("x", X), axis("y", Y)
    return {"title": "a field", "x": x, "y": y, "layers": layers, **members}


def place_at(state, x, y, larger_is_up=True):
    """Where positions are on the canvas, by what the page says of its axes."""
    box = state["box"]
    right = (x - state["x"][0]) / (state["x"][1] - state["x"][0])
    up = (y - state["y"][0]) / (state["y"][1] - state["y"][0])
    down = 1 - up if larger_is_up else up
    return [box["left"] + right * box["width"], box["top"] + down * box["height"]]


def place_of_cell(page, row, column, **members):
    return place_at(page.state(), X[column], Y[row], **members)


def hover_cell(page, row, column, **members):
    page.hover(place_of_cell(page, row, column, **members))
    return page.reading()


def sample_in(text):
    """What a text of the page says: number and unit, or missing."""
    number, *unit = text.split()
    return (np.float32(np.nan), "") if number == "missing" else (np.float32(number), " ".join(unit))


def expected_colour(page, scale, range_of_colours, value):
    """That of colour_map.hpp: the range in equal parts, one for each colour of its map."""
    colours = json.loads(page.picture)["colours"][scale]
    low, high = range_of_colours
    part = math.floor((float(value) - low) / (high - low) * len(colours))
    return colours[min(max(part, 0), len(colours) - 1)]


@pytest.fixture
def open_field(open_page):
    def open_picture(picture, **window):
        page = open_page(picture, **window)
        page.picture = page.text("#picture")
        return page

    return open_picture


def test_pointing_reads_positions_and_all_layers(open_field):
    arrays = [samples_of(), samples_of() * 1e-20, samples_of() * 1e20]
    page = open_field(picture_of(*arrays))

    for row in range(len(Y)):
        for column in (0, 3, 7):
            reading = hover_cell(page, row, column)
            assert list(reading) == ["x in m", "y in m", "layer_0", "layer_1", "layer_2"]
            assert [float(reading["x in m"]), float(reading["y in m"])] == [X[column], Y[row]]
            for i, array in enumerate(arrays):
                value, unit = sample_in(reading[f"layer_{i}"])
                np.testing.assert_array_equal(value, array[row, column])
                assert unit == ("" if np.isnan(value) else "K")


def test_numbers_are_read_in_as_few_digits_as_tell_them_apart(open_field):
    texts = ["0.1", "1e-45", "3.4028235e+38", "16777216", "-0.33333334", "Infinity", "missing", "0"]
    array = np.zeros((len(Y), len(X)), dtype=np.float32)
    array[0] = [0.1, 1e-45, 3.4028235e38, 2**24, -1 / 3, np.inf, np.nan, -0.0]
    page = open_field(picture_of(array))

    for column, text in enumerate(texts):
        assert hover_cell(page, 0, column)["layer_0"].split()[0] == text


def test_nothing_is_read_beside_the_cells(open_field):
    page = open_field(picture_of(samples_of()))
    hover_cell(page, 1, 1)
    assert page.reading()

    page.hover([5, 5])

    assert page.reading() == {}


def test_cells_have_the_colours_of_their_samples(open_field):
    arrays = [samples_of(), samples_of(), samples_of() * 2]
    page = open_field(picture_of(*arrays))

    for i, scale in enumerate(["sequential", "diverging", "cyclic"]):
        page.click(f"label.choice:nth-of-type({i + 1})")
        for row, column in [(0, 0), (0, 7), (5, 0), (5, 7), (3, 4)]:
            value = arrays[i][row, column]
            if scale == "cyclic":
                value = (value + 1.5) % 3 - 1.5
            expected = expected_colour(page, scale, (-1.5, 1.5), value)
            assert page.colour(place_of_cell(page, row, column)) == expected


def test_missing_cells_are_hatched(open_field):
    page = open_field(picture_of(samples_of()))

    seen = set(page.colours(place_of_cell(page, *MISSING), 20, 20))

    assert seen == set(json.loads(page.picture)["missing"])
    assert hover_cell(page, *MISSING)["layer_0"] == "missing"


def test_cells_end_at_their_borders(open_field):
    page = open_field(picture_of(samples_of()))
    half_of_a_pixel = 0.5 * (borders_of(X)[-1] - borders_of(X)[0]) / page.state()["box"]["width"]

    for column, border in enumerate(borders_of(X)[1:-1]):
        for side, expected in [(-3, X[column]), (3, X[column + 1])]:
            page.hover(place_at(page.state(), border + side * half_of_a_pixel, 0))
            assert float(page.reading()["x in m"]) == expected


@pytest.mark.parametrize("is_descending", [False, True])
@pytest.mark.parametrize("upwards", ["larger", "smaller"])
def test_rows_lie_where_the_axis_says(open_field, upwards, is_descending):
    array = samples_of()
    picture = picture_of(array[::-1] if is_descending else array)
    picture["y"] = axis("y", Y[::-1] if is_descending else Y, upwards=upwards)
    page = open_field(picture)
    box = page.state()["box"]

    page.hover([box["left"] + 3, box["top"] + 3])

    top = len(Y) - 1 if upwards == "larger" else 0
    assert float(page.reading()["y in m"]) == Y[top]
    assert sample_in(page.reading()["layer_0"])[0] == array[top, 0]


def test_the_wheel_zooms_about_the_pointer(open_field):
    page = open_field(picture_of(samples_of()))
    place = [round(length) for length in place_of_cell(page, 4, 6)]
    before = page.state()
    page.hover(place)
    reading = page.reading()

    page.turn_wheel(place, -240)

    after = page.state()
    assert page.reading() == reading
    for name in "xy":
        spans = [state[name][1] - state[name][0] for state in (before, after)]
        assert spans[1] == pytest.approx(spans[0] * math.exp(-240 / 400))
        assert after[name][0] > before[name][0] and after[name][1] < before[name][1]
    moved = place_at(after, *position_at(before, place))
    assert moved == pytest.approx(place, abs=1.0)  # the pointer's place is whole pixels


def position_at(state, place):
    box = state["box"]
    right = (place[0] - box["left"]) / box["width"]
    up = 1 - (place[1] - box["top"]) / box["height"]
    x, y = state["x"], state["y"]
    return x[0] + right * (x[1] - x[0]), y[0] + up * (y[1] - y[0])


def test_zooming_ends_at_two_cells_and_at_all(open_field):
    page = open_field(picture_of(samples_of()))
    place = place_of_cell(page, 2, 2)
    whole = page.state()["x"]

    for pixels in (-800, -800, -800):
        page.turn_wheel(place, pixels)
    inside = page.state()["x"]
    for pixels in (800, 800, 800):
        page.turn_wheel(place, pixels)

    assert inside[1] - inside[0] == pytest.approx(2)  # cells of one metre
    assert page.state()["x"] == whole == [-0.5, 25]


def test_dragging_moves_the_view_as_far_as_there_are_cells(open_field):
    page = open_field(picture_of(samples_of()))
    place = place_of_cell(page, 3, 5)
    page.turn_wheel(place, -400)
    before = page.state()
    pixels_per_metre = before["box"]["width"] / (before["x"][1] - before["x"][0])

    page.drag(place, [place[0] - 50, place[1]])
    after = page.state()
    for _ in range(5):
        page.drag(place, [place[0] + 200, place[1]])

    assert after["x"][0] - before["x"][0] == pytest.approx(50 / pixels_per_metre)
    assert page.state()["x"][0] == -0.5


@pytest.mark.parametrize("how", ["button", "double click", "key"])
def test_all_can_be_shown_again(open_field, how):
    page = open_field(picture_of(samples_of()))
    place = place_of_cell(page, 3, 5)
    before = page.image()
    page.turn_wheel(place, -240)
    page.hover([2, 2])
    assert page.image() != before

    if how == "button":
        page.click_button("Show all")
    elif how == "double click":
        page.double_click(place)
    else:
        page.press("0")

    assert page.image() == before


def test_arrow_keys_go_from_cell_to_cell(open_field):
    array = samples_of()
    page = open_field(picture_of(array))
    hover_cell(page, 1, 4)

    page.press(Keys.ARROW_RIGHT, Keys.ARROW_UP, Keys.ARROW_UP)

    assert [page.reading()[name] for name in ("x in m", "y in m")] == [str(X[5]), str(Y[3])]
    assert sample_in(page.reading()["layer_0"])[0] == array[3, 5]


def test_keys_zoom_about_the_cell(open_field):
    page = open_field(picture_of(samples_of()))
    reading = hover_cell(page, 4, 6)
    whole = page.state()["x"]

    page.press("+", "+")
    inside = page.state()["x"]
    page.press("-", "-", "-")

    assert inside[1] - inside[0] == pytest.approx((whole[1] - whole[0]) / 1.5**2)
    assert (X[6] - inside[0]) / (inside[1] - inside[0]) == pytest.approx(
        (X[6] - whole[0]) / (whole[1] - whole[0])
    )
    assert page.state()["x"] == whole and page.reading() == reading


def test_the_view_follows_the_arrow_keys(open_field):
    page = open_field(picture_of(samples_of()))
    page.turn_wheel(place_of_cell(page, 1, 1), -800)
    hover_cell(page, 1, 1)

    page.press(*[Keys.ARROW_RIGHT] * 20)

    low, high = page.state()["x"]
    assert page.reading()["x in m"] == str(X[-1])
    assert low < X[-1] < high


def test_sliders_walk_the_leading_axes_in_order(open_field):
    array = samples_of(3, 4)
    sliders = [
        {"name": "time", "labels": ["2001", "2002", "2003"]},
        {"name": "level", "labels": ["10 m", "20 m", "30 m", "40 m"]},
    ]
    page = open_field(picture_of(array, sliders=sliders))
    hover_cell(page, 5, 1)

    page.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, selector=".slider input")
    page.press(Keys.ARROW_RIGHT, selector=".slider ~ .slider input")

    labels = page.script(
        "return [...document.querySelectorAll('.slider output')].map((o) => o.value)"
    )
    assert labels == ["2003", "20 m"]
    assert page.state()["steps"] == [2, 1]
    assert sample_in(page.reading()["layer_0"])[0] == array[2, 1, 5, 1]
    expected = expected_colour(page, "sequential", (-1.5, 1.5), array[2, 1, 0, 0])
    assert page.colour(place_of_cell(page, 0, 0)) == expected


def test_sliders_walk_by_themselves(open_field):
    sliders = [{"name": "time", "labels": ["2001", "2002"]}]
    page = open_field(picture_of(samples_of(2), sliders=sliders))

    page.click_button("▶")
    end = time.monotonic() + 10
    while page.state()["steps"] == [0] and time.monotonic() < end:
        time.sleep(0.05)

    assert page.state()["steps"] == [1]
    page.click_button("❚❚")


def test_arrows_lie_over_any_layer_and_go_again(open_field):
    arrays = [samples_of(), np.full((len(Y), len(X)), 2.0), np.zeros((len(Y), len(X)))]
    picture = picture_of(*arrays, arrows={"x": 1, "y": 2})
    page = open_field(picture, ratio=2)
    before = page.image()

    page.click("#arrows")
    with_arrows = page.image()
    middle = place_of_cell(page, 3, 6)
    along = page.count([middle[0] - 6, middle[1] - 1], 24, 4, "#000000")
    page.click("#arrows")

    assert with_arrows != before
    assert along > 24  # they point to the right
    assert page.image() == before


def test_a_page_begins_with_the_first_panel(open_field):
    arrows = {"arrows": {"x": 0, "y": 1}, "panels": [{"layer": 1, "overlay": "arrows"}]}
    page = open_field(picture_of(samples_of(), samples_of(), **arrows))
    before = page.image()

    state = page.state()
    page.click("#arrows")

    assert [state["layer"], state["has_arrows"]] == [1, True]
    assert page.script("return document.querySelectorAll('.choice input')[1].checked")
    assert page.state()["has_arrows"] is False
    assert page.image() != before


def test_arrows_point_to_where_positions_are_larger(open_field):
    shape = (len(Y), len(X))
    picture = picture_of(samples_of(), np.zeros(shape), np.ones(shape), arrows={"x": 1, "y": 2})
    darkest = {}

    for upwards in ("larger", "smaller"):
        picture["y"]["upwards"] = upwards
        page = open_field(picture)
        page.click("#arrows")
        x, y = place_of_cell(page, 3, 6, larger_is_up=upwards == "larger")
        heads = [page.count([x - 10, y + side], 20, 10, "#000000") for side in (-12, 2)]
        darkest[upwards] = heads

    assert darkest["larger"][0] > darkest["larger"][1]
    assert darkest["smaller"][0] < darkest["smaller"][1]


def test_colours_reach_as_far_as_the_samples_on_request(open_field):
    array = samples_of() * 3
    picture = picture_of(array, array)
    page = open_field(picture)
    before = page.state()["range"]

    page.click("#extremes")
    ranges = [page.state()["range"]]
    page.click("label.choice:nth-of-type(2)")
    ranges.append(page.state()["range"])

    least, most = float(np.nanmin(array)), float(np.nanmax(array))
    reach = max(-least, most)
    assert before == {"low": -1.5, "high": 1.5}
    assert ranges == [{"low": least, "high": most}, {"low": -reach, "high": reach}]
    expected = expected_colour(page, "diverging", (-reach, reach), array[0, 0])
    assert page.colour(place_of_cell(page, 0, 0)) == expected


def test_colours_of_angles_reach_round_already(open_field):
    page = open_field(picture_of(samples_of(), samples_of(), samples_of() * 3))

    page.click("label.choice:nth-of-type(3)")

    assert page.script("return extremes.disabled")
    page.click("label.choice:nth-of-type(2)")
    assert not page.script("return extremes.disabled")


def test_a_map_to_scale_has_as_many_pixels_per_unit_both_ways(open_field):
    page = open_field(picture_of(samples_of(), is_to_scale=True), width=700)
    box = page.state()["box"]

    per_unit = [box["width"] / 25.5, box["height"] / 60]

    assert per_unit[0] == pytest.approx(per_unit[1], abs=1 / 25.5)  # a pixel of the width
    page.turn_wheel(place_of_cell(page, 3, 5), -4000)
    state = page.state()
    spans = [state[name][1] - state[name][0] for name in "xy"]
    assert spans[0] / spans[1] == pytest.approx(25.5 / 60)


def test_dates_are_read_as_dates(open_field):
    picture = picture_of(samples_of())
    seconds = [-62167219200, 0, 86400, 90000.5, 978307200, 978310860, 1e10, 1e11]
    texts = [
        "0000-01-01", "1970-01-01", "1970-01-02", "1970-01-02 01:00:00.500", "2001-01-01",
        "2001-01-01 01:01", "2286-11-20 17:46:40", "5138-11-16 09:46:40",
    ]  # fmt: skip
    picture["x"] = axis("time", seconds, values="dates", title="time")
    page = open_field(picture)
    page.hover(place_at(page.state(), seconds[0], 0))
    read = [page.reading()["time"]]

    for _ in seconds[1:]:
        page.press(Keys.ARROW_RIGHT)
        read.append(page.reading()["time"])

    assert read == texts


def test_texts_are_shown_as_they_are(open_field):
    title = "</script><b>&\"'&amp;{{data}} ångström"
    picture = picture_of(samples_of(), title=title, captions=["<i>one</i>", "two -->"])
    picture["layers"][0]["unit"] = "<!--"
    page = open_field(picture)

    assert page.text("#title") == page.driver.title == title
    captions = page.script("return [...captions.children].map((one) => one.textContent)")
    assert captions == ["<i>one</i>", "two -->"]
    assert hover_cell(page, 0, 0)["layer_0"].endswith(" <!--")
    assert page.script("return document.querySelectorAll('b, i').length") == 0


def test_a_narrow_window_shows_all(open_field):
    page = open_field(picture_of(samples_of(), samples_of()), width=400)
    box = page.state()["box"]

    page.hover([box["left"] + 5, box["top"] + box["height"] - 5])

    assert page.script("return document.documentElement.scrollWidth") == 400
    assert page.script("return document.documentElement.scrollHeight") == 700
    assert box["width"] > 200
    assert page.reading()


def test_readings_stay_in_the_window_and_beside_their_cells(open_field):
    page = open_field(picture_of(samples_of(), samples_of()))

    for width, height in [(1000, 700), (400, 700), (400, 1200)]:
        page.resize(width, height)
        for row, column in [(0, 0), (0, 7), (5, 0), (5, 7), (3, 6)]:
            hover_cell(page, row, column)
            boxes = page.script("""
                return [reading, cursor].map((one) => one.getBoundingClientRect().toJSON());
            """)
            read, cell = boxes
            assert read["left"] >= 0 and read["right"] <= width
            assert read["top"] >= 0 and read["bottom"] <= height
            is_apart_across = read["left"] >= cell["right"] or read["right"] <= cell["left"]
            is_apart_down = read["top"] >= cell["bottom"] or read["bottom"] <= cell["top"]
            assert is_apart_across or is_apart_down


def test_a_page_follows_its_window(open_field):
    array = samples_of()
    page = open_field(picture_of(array), width=500)
    narrow = page.state()["box"]["width"]

    page.resize(1600, 900)

    assert page.state()["box"]["width"] > narrow + 1000
    expected = expected_colour(page, "sequential", (-1.5, 1.5), array[5, 7])
    assert page.colour(place_of_cell(page, 5, 7)) == expected


def test_fine_screens_get_all_their_pixels(open_field):
    array = samples_of()
    page = open_field(picture_of(array), ratio=2)

    assert page.script("return plot.width / plot.clientWidth") == 2
    for row, column in [(0, 0), (5, 7), (3, 4)]:
        expected = expected_colour(page, "sequential", (-1.5, 1.5), array[row, column])
        assert page.colour(place_of_cell(page, row, column)) == expected


def test_fingers_read_and_zoom(open_field):
    array = samples_of()
    page = open_field(picture_of(array))
    x, y = place_of_cell(page, 2, 5)
    before = page.state()["x"]

    page.touch("touchStart", [x, y])
    page.touch("touchEnd")
    read = page.reading()["layer_0"]
    page.touch("touchStart", [x - 20, y], [x + 20, y])
    page.touch("touchMove", [x - 40, y], [x + 40, y])
    page.touch("touchEnd")

    after = page.state()["x"]
    assert sample_in(read)[0] == array[2, 5]
    assert after[1] - after[0] == pytest.approx((before[1] - before[0]) / 2)


def test_the_picture_can_be_saved(open_field, tmp_path):
    page = open_field(picture_of(samples_of(), captions=["below"]))
    behaviour = {"behavior": "allow", "downloadPath": str(tmp_path)}
    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)

    page.click_button("Save PNG")

    saved = tmp_path / "a field.png"
    end = time.monotonic() + 10
    while not saved.exists() and time.monotonic() < end:
        time.sleep(0.05)
    header = saved.read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(header[16:20]) == page.script("return plot.width")


def test_a_page_can_ask_nobody(open_field):
    page = open_field(picture_of(samples_of()))

    outcome = page.driver.execute_async_script("""
        const done = arguments[0];
        fetch("https://example.org/").then(() => done("answered"), () => done("refused"));
    """)

    assert outcome == "refused"
    complaints = page.complaints()
    assert len(complaints) == 2 and all("Content Security Policy" in one for one in complaints)
