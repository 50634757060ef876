# shown.py: what a picture shows, read back from the page that the tool writes
#
# SPDX-License-Identifier: BSD-3-Clause

import base64
import json
import re
import zlib
from dataclasses import dataclass

import numpy as np
from tool import run


def joined_bytes(planes, dtype):
    """Numbers whose first bytes come first, then all second bytes and so on."""
    size = np.dtype(dtype).itemsize
    return np.frombuffer(planes, np.uint8).reshape(size, -1).T.copy().view(dtype).ravel()


@dataclass
class Shown:
    """A page: its description, and its numbers in the order in which they stand there."""

    header: dict
    numbers: list
    notes: str

    def names(self):
        return [layer["name"] for layer in self.header["layers"]]

    def layer(self, name):
        """The samples of a layer: step, row, column."""
        index = self.names().index(name)
        rows = len(self.header["y"]["positions"])
        columns = len(self.header["x"]["positions"])
        return joined_bytes(self.numbers[index], self.header["layers"][index]["type"]).reshape(-1, rows, columns)

    def described(self, name):
        return self.header["layers"][self.names().index(name)]

    def line(self, index):
        """Positions are line 0, then come the samples of all lines."""
        return joined_bytes(self.numbers[index], np.float64)


def read_page(path, notes=""):
    text = path.read_text()
    [header] = re.findall(r'<script type="application/json" id="picture">(.*?)</script>', text)
    packed = re.findall(r'<script type="text/plain" class="numbers">(.*?)</script>', text)
    numbers = [zlib.decompress(base64.b64decode(one)) for one in packed]
    return Shown(json.loads(header), numbers, notes)


def shown(*arguments, cwd, stdin=b""):
    """What `gridgrad view ARGUMENTS` puts into a page."""
    process = run("view", *arguments, "-o", "shown.html", "-O", cwd=cwd, stdin=stdin)
    assert process.returncode == 0, process.stderr.decode()
    return read_page(cwd / "shown.html", process.stderr.decode())
