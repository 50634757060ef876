# tests/docs/links.py: every link of the documents to a file or a heading leads to one
#
# SPDX-License-Identifier: BSD-3-Clause
"""python links.py DOCUMENT...   prints the links that lead nowhere"""

import pathlib
import re
import sys


def without_blocks(text):
    return re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)


def anchors(path):
    """As GitHub makes them: lower case, blanks to hyphens, punctuation left out."""
    headings = re.findall(r"^#+ (.*)$", without_blocks(path.read_text()), re.M)
    plain = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower() for heading in headings]
    return {re.sub(r"[^\w\- ]", "", heading).strip().replace(" ", "-") for heading in plain}


def broken(document):
    for link in re.findall(r"\]\(([^)\s]+)\)", without_blocks(document.read_text())):
        if re.match(r"\w+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = document.parent / name if name else document
        if not target.exists():
            yield f"{document}: {link}: no such file"
        elif anchor and anchor not in anchors(target):
            yield f"{document}: {link}: no such heading"


found = [line for path in sys.argv[1:] for line in broken(pathlib.Path(path))]
sys.exit("\n".join(found) if found else 0)
