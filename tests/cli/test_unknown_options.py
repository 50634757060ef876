# test_unknown_options.py: what is said of options, words and commands that there are not
#
# SPDX-License-Identifier: BSD-3-Clause

import shutil

import numpy as np
import pytest

import help_pages
import tool

USAGE = 2


def refusal(arguments, place):
    """The one line on standard error of a run that must be refused."""
    process = tool.run(*arguments, cwd=place)
    assert (process.returncode, process.stdout) == (USAGE, b"")
    message = process.stderr.decode()
    assert message.startswith("gridgrad: ") and message.count("\n") == 1
    return message.removeprefix("gridgrad: ").rstrip("\n")


@pytest.fixture
def place(tmp_path):
    np.save(tmp_path / "f.npy", np.zeros((4, 5)))
    shutil.copy(help_pages.ROOT / "examples" / "data" / "coads_sst.nc", tmp_path / "sst.nc")
    return tmp_path


@pytest.mark.parametrize(
    "line, message",
    [
        ("grad f.npy --acuracy 4", "--acuracy: not an option of grad; did you mean --accuracy?"),
        ("grad --acuracy=4 f.npy", "--acuracy: not an option of grad; did you mean --accuracy?"),
        ("grad --acuracy", "--acuracy: not an option of grad; did you mean --accuracy?"),
        ("grad f.npy -accuracy 4", "-accuracy: not an option of grad; did you mean --accuracy?"),
        ("grad f.npy --acc 4", "--acc: not an option of grad; did you mean --accuracy?"),
        ("grad f.npy --Metric sphere", "--Metric: not an option of grad; did you mean --metric?"),
        ("at f.npy --point p.csv", "--point: not an option of at; did you mean --points?"),
        ("grad f.npy --quite", "--quite: not an option of grad; did you mean --quiet?"),
        ("--quite grad f.npy", "--quite: not an option of grad; did you mean --quiet?"),
        ("--quite", "--quite: not an option of gridgrad; did you mean --quiet?"),
        ("grad f.npy --stencil horn", "--stencil: not an option of grad; slope, aspect have it"),
        ("grad f.npy -p p.csv", "-p: not an option of grad; at has it"),
        ("grad f.npy --stencl horn", "--stencl: not an option of grad; did you mean --stencil of slope?"),
        ("grad f.npy --xyzzy", "--xyzzy: not an option of grad; gridgrad grad --help lists them"),
        ("grad f.npy -Q", "-Q: not an option of grad; gridgrad grad --help lists them"),
        ("grad f.npy -n=x", "-: not an option of grad; gridgrad grad --help lists them"),
        ("--bias forward stencil", "--bias: given before the command; it follows stencil"),
    ],
)
def test_unknown_options(place, line, message):
    assert refusal(line.split(), place) == message


@pytest.mark.parametrize("command", help_pages.commands())
def test_every_option_is_found_by_one_wrong_letter(place, command):
    for names in help_pages.options(command):
        for name in names:
            if name.startswith("--"):
                message = refusal([command, name + "x"], place)
                assert message == f"{name}x: not an option of {command}; did you mean {name}?"


@pytest.mark.parametrize(
    "line, message",
    [
        ("gard f.npy", "did you mean grad?"),
        ("help gard", "did you mean grad?"),
        ("completion bsh", "SHELL: 'bsh' given; bash, zsh or fish is accepted; did you mean bash?"),
        ("grad f.npy --metric spere",
         "--metric: 'spere' given; cartesian, sphere, ellipsoid or auto is accepted; did you mean sphere?"),
        ("grad f.npy --missing adpat",
         "--missing: 'adpat' given; none, propagate, adapt or adapt:MINIMUM is accepted; did you mean adapt?"),
        ("grad f.npy --missing adpat:2",
         "--missing: 'adpat:2' given; none, propagate, adapt or adapt:MINIMUM is accepted; did you mean adapt?"),
        ("grad sst.nc -b COADSX=peroidic", "did you mean periodic?"),
        ("grad sst.nc -b COADX=periodic",
         "axis: 'COADX' given; the field has axes TIME, COADSY, COADSX; did you mean COADSX?"),
        ("grad sst.nc -x COADSZ", "did you mean COADSY?"),
        ("grad sst.nc -v SSS", "variable: 'SSS' given; the input has SST; did you mean SST?"),
        ("grad sst.nc -x COADSX -s COADSZ",
         "spacing: 'COADSZ' given; a number, a variable of the input, or a .npy or text file is accepted; "
         "did you mean COADSX?"),
        ("grad sst.nc --chunks COADSZ=3 -o out.nc", "did you mean COADSY?"),
        ("dir sst.nc -x COADSY,COADSX --along SSS,SST --metric sphere", "did you mean SST?"),
        ("slope f.npy --unit percnt", "did you mean percent?"),
    ],
)  # fmt: skip
def test_words_that_are_nearly_right(place, line, message):
    assert refusal(["-q", *line.split()], place).endswith(message)
    assert not (place / "out.nc").exists()


def test_names_of_compressions_that_are_nearly_right(place):
    process = tool.run("grad", "sst.nc", "-z", "defalte", "-o", "out.nc", cwd=place)

    assert process.stderr.decode().endswith("can be written to netCDF; did you mean deflate?\n")


@pytest.mark.parametrize(
    "line, message",
    [
        ("info f.npy g.npy", "'g.npy' given; gridgrad info takes [OPTIONS] [INPUT]"),
        ("stencil 2", "'2' given; gridgrad stencil takes [OPTIONS]"),
        ("help grad div", "'div' given; gridgrad help takes [OPTIONS] [COMMAND]"),
        ("completion", "SHELL: none given; bash, zsh or fish is needed"),
        ("grad f.npy --accuracy", "--accuracy: none given; ORDER is needed"),
        ("grad f.npy --metric", "--metric: none given; cartesian, sphere, ellipsoid or auto is needed"),
        ("grad f.npy -e 1 -e 2", "--edge-order: given twice; once is accepted"),
        ("grad f.npy --json", "--json: given without --dry-run, which it needs"),
    ],
)
def test_words_too_many_or_too_few(place, line, message):
    assert refusal(line.split(), place) == message
