# browser.py: a browser without a display, and what a person does to a page in it
#
# SPDX-License-Identifier: BSD-3-Clause

import json
import shutil

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def start():
    """A driver; fails where Debian's chromium or chromium-driver is not installed."""
    programs = {name: shutil.which(name) for name in ("chromium", "chromedriver")}
    missing = [name for name, path in programs.items() if path is None]
    assert not missing, f"not installed: {missing}; see debian/control"
    options = webdriver.ChromeOptions()
    options.binary_location = programs["chromium"]
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(executable_path=programs["chromedriver"])
    return webdriver.Chrome(options=options, service=service)


class Page:
    """A page that is open. Places are in CSS pixels from the corner of its canvas."""

    def __init__(self, driver, path):
        self.driver = driver
        driver.get(path.as_uri())
        WebDriverWait(driver, 20).until(lambda _: self.script("return !!window.gridgrad"))
        self.settle()

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def settle(self):
        """Waits until everything that has changed is drawn."""
        frames = "requestAnimationFrame(() => requestAnimationFrame(() => done()))"
        self.driver.execute_async_script(f"const done = arguments[0]; {frames};")

    def element(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.script("return document.querySelector(arguments[0]).textContent", selector)

    def state(self):
        return self.script("return window.gridgrad.state()")

    def reading(self):
        """What stands beside the pointer, by name, in order; nothing where it is hidden."""
        return dict(
            self.script("""
                const reading = document.getElementById("reading");
                if (reading.offsetParent === null) return [];
                const texts = (row) => [...row.children].map((part) => part.textContent);
                return [...reading.children].map(texts);
            """)
        )

    def corner(self):
        box = self.script("const box = plot.getBoundingClientRect(); return [box.left, box.top]")
        return box

    def in_window(self, place):
        return [round(start + offset) for start, offset in zip(self.corner(), place, strict=True)]

    def actions(self):
        return ActionChains(self.driver, duration=0)

    def hover(self, place):
        actions = self.actions()
        actions.w3c_actions.pointer_action.move_to_location(*self.in_window(place))
        actions.perform()
        self.settle()

    def turn_wheel(self, place, pixels):
        origin = ScrollOrigin.from_viewport(*self.in_window(place))
        self.actions().scroll_from_origin(origin, 0, pixels).perform()
        self.settle()

    def drag(self, start, end):
        actions = self.actions()
        pointer = actions.w3c_actions.pointer_action
        pointer.move_to_location(*self.in_window(start))
        pointer.pointer_down()
        pointer.move_to_location(*self.in_window(end))
        pointer.pointer_up()
        actions.perform()
        self.settle()

    def double_click(self, place):
        actions = self.actions()
        actions.w3c_actions.pointer_action.move_to_location(*self.in_window(place))
        actions.double_click().perform()
        self.settle()

    def click(self, selector):
        self.element(selector).click()
        self.settle()

    def click_button(self, text):
        buttons = self.driver.find_elements(By.TAG_NAME, "button")
        next(button for button in buttons if button.text == text).click()
        self.settle()

    def press(self, *keys, selector="#plot"):
        self.element(selector).send_keys(*keys)
        self.settle()

    def touch(self, kind, *places):
        points = [dict(zip("xy", self.in_window(place), strict=True)) for place in places]
        touch = {"type": kind, "touchPoints": points}
        self.driver.execute_cdp_cmd("Input.dispatchTouchEvent", touch)
        self.settle()

    def resize(self, width, height, ratio=1):
        metrics = {"width": width, "height": height, "deviceScaleFactor": ratio, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.settle()

    def colour(self, place):
        """Of a pixel of the screen, as the page has drawn it."""
        return self.colours(place, 1, 1)[0]

    def colours(self, place, width, height):
        """Those of a rectangle, row by row: "#1f77b4"."""
        values = self.script(
            """
            const [[x, y], width, height] = arguments;
            const [left, top] = [x, y].map((length) => Math.floor(length * devicePixelRatio));
            const copy = new OffscreenCanvas(width, height).getContext("2d");
            copy.drawImage(plot, -left, -top);
            return [...copy.getImageData(0, 0, width, height).data];
            """,
            place, width, height,
        )  # fmt: skip
        return [f"#{bytes(values[i : i + 3]).hex()}" for i in range(0, len(values), 4)]

    def count(self, place, width, height, colour):
        """Pixels of a rectangle that have nearly a colour: lines blend with the ground."""
        return self.script(
            """
            const [[x, y], width, height, colour] = arguments;
            const copy = new OffscreenCanvas(width, height).getContext("2d");
            const [left, top] = [x, y].map((length) => Math.floor(length * devicePixelRatio));
            copy.drawImage(plot, -left, -top);
            const bytes = copy.getImageData(0, 0, width, height).data;
            const wanted = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));
            let count = 0;
            for (let i = 0; i < bytes.length; i += 4) {
              count += wanted.every((channel, k) => Math.abs(bytes[i + k] - channel) < 64);
            }
            return count;
            """,
            place, width, height, colour,
        )  # fmt: skip

    def image(self):
        return self.script("return plot.toDataURL()")

    def complaints(self):
        """What the browser's console says since it was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """Addresses that were asked for since they were last asked for."""
        events = [json.loads(entry["message"]) for entry in self.driver.get_log("performance")]
        sent = [event["message"] for event in events]
        return [
            event["params"]["request"]["url"]
            for event in sent
            if event["method"] == "Network.requestWillBeSent"
        ]
