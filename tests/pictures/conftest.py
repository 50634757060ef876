# conftest.py: one browser for all tests of pages
#
# SPDX-License-Identifier: BSD-3-Clause

import browser
import pages
import pytest


@pytest.fixture(scope="session")
def driver():
    started = browser.start()
    yield started
    started.quit()


@pytest.fixture
def open_page(driver, tmp_path):
    """Opens a page, or that of a picture; nothing may leave it or be complained about."""
    opened = {}

    def open_picture(picture, width=1000, height=700, ratio=1):
        path = picture
        if isinstance(picture, dict):
            path = tmp_path / "page.html"
            path.write_bytes(pages.page_of(picture))
        metrics = {"width": width, "height": height, "deviceScaleFactor": ratio, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        opened[path.as_uri()] = browser.Page(driver, path)
        return opened[path.as_uri()]

    yield open_picture
    for page in opened.values():
        assert page.complaints() == []
        inside = (*opened, "data:", "blob:")
        assert [url for url in page.requests() if not url.startswith(inside)] == []
