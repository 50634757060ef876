# test_docs.py: what docstrings and documents show is what happens
#
# SPDX-License-Identifier: BSD-3-Clause

import doctest
import importlib
import pathlib
import re

import numpy as np
import pytest

SOURCE = pathlib.Path(__file__).parents[2]
MODULES = sorted(
    "gridgrad." + path.stem
    for path in (SOURCE / "python/gridgrad").glob("*.py")
    if path.stem != "__init__"
)
DOCUMENTS = [SOURCE / "README.md", *sorted((SOURCE / "docs").glob("*.md"))]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_docstrings(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def _blocks(document):
    return re.findall(r"^```python\n(.*?)^```", document.read_text(), re.M | re.S)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_python_blocks_of_documents(document, tmp_path, monkeypatch):
    """A block with prompts is a doctest; one without must run."""
    (tmp_path / "sst.nc").symlink_to(SOURCE / "examples/data/coads_sst.nc")
    (tmp_path / "examples").symlink_to(SOURCE / "examples")
    monkeypatch.chdir(tmp_path)
    for number, block in enumerate(_blocks(document)):
        if not block.startswith(">>>"):
            exec(compile(block, f"{document.name}:{number}", "exec"), {})
            continue
        example = doctest.DocTestParser().get_doctest(block, {"np": np}, document.name, None, 0)
        assert doctest.DocTestRunner().run(example).failed == 0


def test_documents_have_python_blocks():
    assert sum(len(_blocks(document)) for document in DOCUMENTS) >= 6
