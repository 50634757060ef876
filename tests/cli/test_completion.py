# test_completion.py: what bash, zsh and fish complete
#
# SPDX-License-Identifier: BSD-3-Clause

import shutil
import subprocess

import netCDF4
import numpy as np
import pytest

import help_pages
import shells
import tool

SHELLS = [shells.bash, shells.zsh, shells.fish]
USAGE = 2


@pytest.fixture
def place(tmp_path):
    (tmp_path / "data").mkdir()
    shutil.copy(help_pages.ROOT / "examples" / "data" / "coads_sst.nc", tmp_path / "sst.nc")
    np.save(tmp_path / "height.npy", np.zeros((3, 4)))
    return tmp_path


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    "line, completions",
    [
        ("gr", ["grad"]),
        ("s", ["slope", "stencil", "strain"]),
        ("qq", []),
        ("--v", ["--version"]),
        ("grad --me", ["--memory", "--metric"]),
        ("grad sst.nc --me", ["--memory", "--metric"]),
        ("-q grad --me", ["--memory", "--metric"]),
        ("info --me", []),
        ("grad --metric ", ["auto", "cartesian", "ellipsoid", "sphere"]),
        ("grad --metric s", ["sphere"]),
        ("grad --missing a", ["adapt"]),
        ("grad -z ", ["deflate", "none", "zstd"]),
        ("aspect --angle c", ["compass"]),
        ("help as", ["aspect"]),
        ("completion ", ["bash", "fish", "zsh"]),
        ("grad h", ["height.npy"]),
        ("grad -o h", ["height.npy"]),
        ("at -p h", ["height.npy"]),
        ("grad sst.nc -v ", ["SST"]),
        ("grad sst.nc --var S", ["SST"]),
        ("grad sst.nc -x T", ["TIME"]),
        ("grad height.npy -x ", ["0", "1"]),
    ],
)
def test_completions(place, shell, line, completions):
    assert sorted(shell(line, cwd=place)) == completions


@pytest.mark.parametrize("shell", SHELLS)
def test_a_word_may_follow_an_equals_sign(place, shell):
    assert [word.removeprefix("--metric=") for word in shell("grad --metric=s", cwd=place)] == ["sphere"]


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize(
    "line, expected",
    [
        ("gr", "grad "),
        ("grad --metric=s", "grad --metric=sphere "),
        ("grad he", "grad height.npy "),
        ("grad da", "grad data/"),
        ("grad sst.nc -x TIME,COADSX -v S", "grad sst.nc -x TIME,COADSX -v SST"),
        ("slope --uni", "slope --unit"),
    ],
)
def test_lines_are_completed_in_a_terminal(place, shell, line, expected):
    assert shells.typed(shell, line, cwd=place, sourced=True).rstrip(" =") == expected.rstrip(" =")


@pytest.mark.parametrize("shell", SHELLS)
def test_further_names_follow_a_comma(place, shell):
    found = shell("grad sst.nc -x TIME,CO", cwd=place)

    assert sorted(word.removeprefix("TIME,") for word in found) == ["COADSX", "COADSY"]


@pytest.mark.parametrize("shell", SHELLS)
def test_options_that_take_what_nobody_can_guess_complete_nothing(place, shell):
    for option in ("-j", "--accuracy", "--name"):
        assert shell(f"grad {option} ", cwd=place) == []


@pytest.mark.parametrize("shell", SHELLS)
def test_names_of_a_file_are_not_run(place, shell):
    with netCDF4.Dataset(place / "evil.nc", "w") as file:
        file.createDimension("x", 3)
        file.createVariable("a$(touch owned)", "f8", ("x",))[:] = 0
        file.createVariable("a`touch owned`", "f8", ("x",))[:] = 0

    shell("grad evil.nc -v ", cwd=place)

    assert not (place / "owned").exists()


@pytest.mark.parametrize("shell", SHELLS)
def test_files_that_are_no_input_complete_no_names(place, shell):
    (place / "broken.nc").write_bytes(b"CDF\x01")

    assert shell("grad broken.nc -v ", cwd=place) == []
    assert shell("grad missing.nc -v ", cwd=place) == []


def test_every_list_of_words_is_completed_as_it_is_checked(tmp_path):
    for command in help_pages.commands():
        for names in help_pages.options(command):
            name = max(names, key=len)
            refusal = tool.run(command, name, "no-such-word", cwd=tmp_path).stderr.decode()
            for word in shells.bash(f"{command} {name} ", cwd=tmp_path):
                if name != "--compression" and not (tmp_path / word).exists():
                    assert word in refusal


def test_scripts_are_valid(tmp_path):
    for shell in ("bash", "zsh", "fish"):
        path = tmp_path / shell
        path.write_text(shells.script(shell))
        subprocess.run([shell, "-n", path], check=True)


def test_other_shells_are_refused(tmp_path):
    process = tool.run("completion", "tcsh", cwd=tmp_path)

    assert process.returncode == USAGE
    assert process.stderr.decode() == "gridgrad: SHELL: 'tcsh' given; bash, zsh or fish is accepted\n"


def test_info_lists_names_alone(place):
    assert tool.succeed("info", "--list", "variables", "sst.nc", cwd=place) == b"SST\n"
    assert tool.succeed("info", "--list", "axes", "sst.nc", cwd=place).split() == [b"TIME", b"COADSY", b"COADSX"]
    assert tool.succeed("info", "--list", "axes", "height.npy", cwd=place) == b"0\n1\n"
    assert tool.succeed("info", "--list", "variables", "height.npy", cwd=place) == b""

    process = tool.run("info", "--list", "axes", "--json", "sst.nc", cwd=place)

    assert process.returncode == USAGE
    assert process.stderr.decode() == "gridgrad: --json: given with --list; one of the two is accepted\n"
