# tests/docs/blocks.py: the fenced blocks of the documents, as files that can be run
#
# SPDX-License-Identifier: BSD-3-Clause
"""python blocks.py extract LANGUAGE FOLDER DOCUMENT...   writes blocks, prints their paths
python blocks.py program PROGRAM SOURCE                   compares output with the comments
python blocks.py console FILE BIN                         runs the lines that start with "$ "
python blocks.py clone DOCUMENT BUILD                     runs a document from top to bottom
python blocks.py clone DOCUMENT                           the same, and its sh blocks, in a clone

A command goes on in the lines that start with "> ". It finds examples/ of the source in its folder.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

SUFFIX = {"cpp": "cpp", "console": "txt"}
SOURCE = pathlib.Path(__file__).resolve().parents[2]


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


def run_steps(text, folder, environment):
    """Commands run in one folder, in order; what follows each is its output."""
    steps = re.split(r"^\$ ", text, flags=re.M)[1:]
    if not steps:
        sys.exit("a console block has no commands")
    for step in steps:
        parts = re.fullmatch(r"([^\n]*\n)((?:>[^\n]*\n)*)(.*)", step, re.S)
        first, continued, promised = parts.groups()
        command = first + re.sub(r"^> ?", "", continued, flags=re.M)
        run = ["bash", "-c", command]
        done = subprocess.run(
            run, check=True, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
        )
        fail_unless_equal(promised, done.stdout)


def console(path, tools):
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "examples").symlink_to(SOURCE / "examples")
        run_steps(pathlib.Path(path).read_text(), folder, environment)


def like_a_clone(folder, build):
    """What a clone has, with what `build` has built in place of what the document builds."""
    for entry in SOURCE.iterdir():
        if entry.name not in {"build", ".git"}:
            (folder / entry.name).symlink_to(entry)
    (folder / "build").mkdir()
    (folder / "build" / "use").symlink_to(build)
    (folder / "env").symlink_to(SOURCE / ".venv")


def clone(document, build=None):
    """A block after "`path`:" is that file. sh blocks set up and build: a clone is needed."""
    text = pathlib.Path(document).read_text()
    blocks = re.findall(r"(?:^`([\w./-]+)`:\n\n)?^```(\w+)\n(.*?)^```", text, re.M | re.S)
    with tempfile.TemporaryDirectory() as home:
        folder = pathlib.Path(home) / "gridgrad"
        if build is None:
            subprocess.run(["git", "clone", "-q", SOURCE, folder], check=True)
        else:
            folder.mkdir()
            like_a_clone(folder, build)
        tools = f"{folder}/build/use/bin"
        environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}
        if build is not None:
            environment["PYTHONPATH"] = f"{build}/python"
        for path, language, block in blocks:
            if path:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_text(block)
            elif language == "console":
                run_steps(block, folder, environment)
            elif language == "sh" and build is None:
                subprocess.run(
                    ["bash", "-ec", block], check=True, cwd=folder, stdout=sys.stderr.buffer
                )


modes = {"extract": extract, "program": program, "console": console, "clone": clone}
modes[sys.argv[1]](*sys.argv[2:])
