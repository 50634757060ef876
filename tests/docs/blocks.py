# tests/docs/blocks.py: the fenced blocks of the documents, as files that can be run
#
# SPDX-License-Identifier: BSD-3-Clause
"""python blocks.py extract LANGUAGE FOLDER DOCUMENT...   writes blocks, prints their paths
python blocks.py program PROGRAM SOURCE                   compares output with the comments
python blocks.py console FILE BIN                         runs the lines that start with "$ "
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

SUFFIX = {"cpp": "cpp", "console": "txt"}


def extract(language, folder, *documents):
    """Writes only what has changed, so that configuring again builds nothing again."""
    for document in map(pathlib.Path, documents):
        blocks = re.findall(rf"^```{language}\n(.*?)^```", document.read_text(), re.M | re.S)
        for number, block in enumerate(blocks, 1):
            path = pathlib.Path(folder) / f"{document.stem.lower()}_{number}.{SUFFIX[language]}"
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_text() != block:
                path.write_text(block)
            print(path)


def fail_unless_equal(expected, printed):
    if expected != printed:
        sys.exit(f"the document says\n{expected}\nbut what runs prints\n{printed}")


def program(path, source):
    """Each line that prints ends in a comment that says what."""
    text = pathlib.Path(source).read_text()
    promised = re.findall(r"std::cout.*// (.*)$", text, re.M)
    if not promised:
        sys.exit(f"{source} promises no output")
    printed = subprocess.run([path], check=True, capture_output=True, text=True).stdout
    fail_unless_equal(promised, printed.splitlines())


def console(path, tools):
    """Commands run in one folder, in order; what follows each is its output."""
    steps = re.split(r"^\$ ", pathlib.Path(path).read_text(), flags=re.M)[1:]
    if not steps:
        sys.exit(f"{path} has no commands")
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}
    with tempfile.TemporaryDirectory() as folder:
        for step in steps:
            command, _, promised = step.partition("\n")
            run = ["bash", "-c", command]
            done = subprocess.run(
                run, check=True, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
            )
            fail_unless_equal(promised, done.stdout)


{"extract": extract, "program": program, "console": console}[sys.argv[1]](*sys.argv[2:])
