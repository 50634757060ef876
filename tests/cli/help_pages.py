# help_pages.py: commands, options and examples, read back from each form of help
#
# SPDX-License-Identifier: BSD-3-Clause

import functools
import pathlib
import re
import subprocess

import tool

ROOT = pathlib.Path(__file__).parents[2]


@functools.cache
def page(command="", form="text"):
    """What help prints of a command, "" for the program."""
    words = ["help", *([command] if command else []), "--format", form]
    return tool.succeed(*words, cwd=ROOT).decode()


def commands():
    return page(form="names").split()


def section(text, title):
    """What is indented below a title of plain help."""
    found = re.search(rf"^{title}:\n((?:  .*\n)+)", text, re.M)
    return found.group(1) if found else ""


def titles_of(start, text):
    """The names of each option that a line begins with, behind `start`."""
    names = r"(-[\w-]+(?:, -[\w-]+)*)"
    return [frozenset(title.split(", ")) for title in re.findall(start + names, text, re.M)]


def options(command=""):
    """Of a command without those of every command; each with its short name, if any."""
    return titles_of("^  ", section(page(command), "Options"))


def global_options():
    return titles_of("^  ", section(page(), "Options of every command"))


def examples(command=""):
    """The lines, without what is said of them."""
    lines = section(page(command), "Examples").splitlines()
    return [re.split(r" {2,}", line.strip())[0] for line in lines if line.strip()[0] != "#"]


def manual(command=""):
    """The page as man shows it, unjustified and on endless lines."""
    roff = page(command, "man")
    shown = subprocess.run(
        ["groff", "-man", "-Tascii", "-P-cbou", "-rLL=500n", "-ww"],
        input=roff, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert shown.stderr == ""
    return shown.stdout


def manual_section(text, title):
    found = re.search(rf"^{title}\n(.*?)(?=^\S|\Z)", text, re.M | re.S)
    return found.group(1) if found else ""


def manual_options(command=""):
    return titles_of(r"^ {7}", manual_section(manual(command), "OPTIONS"))


def document_options(command=""):
    """Those of a section of docs/cli.md."""
    text = page(form="markdown")
    head = rf"^## gridgrad {command}\n(.*?)(?=^## )" if command else r"\A(.*?)^## "
    body = re.search(head, text, re.M | re.S).group(1)
    return titles_of(r"^\* `", body)
