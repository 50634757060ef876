# test_help.py: help in every form says the same, and what it shows runs
#
# SPDX-License-Identifier: BSD-3-Clause

import pathlib
import re
import subprocess

import netCDF4
import numpy as np
import pytest

import help_pages
import rasters
import shells
import tool

COMMANDS = help_pages.commands()
EXIT_CODES = (
    "Exit codes: 0 done, 1 run-time or I/O error, 2 wrong arguments, 3 output exists,\n"
    "4 unsupported format, filter or type, 130 interrupted.\n"
)
LATITUDES = np.linspace(-80.0, 80, 9)
LONGITUDES = np.arange(0.0, 360, 30)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_examples_and_exit_codes_on_lines_of_80_characters(command):
    text = help_pages.page(command)

    assert len(help_pages.examples(command)) >= 2
    assert text.endswith("\n\n" + EXIT_CODES)
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_the_option_prints_what_the_command_does(tmp_path, command, flag):
    assert tool.succeed(command, flag, cwd=tmp_path).decode() == help_pages.page(command)
    assert tool.succeed("help", command, cwd=tmp_path).decode() == help_pages.page(command)


def test_help_of_the_program_names_the_commands(tmp_path):
    text = tool.succeed("--help", cwd=tmp_path).decode()

    assert text == tool.succeed("help", cwd=tmp_path).decode()
    names = re.findall(r"^  (\w+)", help_pages.section(text, "Commands"), re.M)
    assert names == COMMANDS
    refusal = tool.run(cwd=tmp_path).stderr.decode()
    assert refusal == f"gridgrad: command: none given; accepted: {', '.join(sorted(COMMANDS))}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_help_is_known_and_every_other_is_not(tmp_path, command):
    for names in help_pages.options(command) + help_pages.global_options():
        for name in names:
            assert "not an option" not in tool.run(command, name, cwd=tmp_path).stderr.decode()

    assert "not an option" in tool.run(command, "--no-such", cwd=tmp_path).stderr.decode()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_form_has_the_options_of_help(tmp_path, command):
    own, common = help_pages.options(command), help_pages.global_options()

    assert help_pages.manual_options(command) == own + common
    assert help_pages.document_options(command) == own
    assert help_pages.document_options() == common
    long_names = sorted(name for names in own + common for name in names if name.startswith("--"))
    for shell in (shells.bash, shells.zsh, shells.fish):
        assert sorted(shell(f"{command} --", cwd=tmp_path)) == long_names


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_form_has_the_examples_of_help(command):
    document = help_pages.page(command, "markdown")
    manual = help_pages.manual_section(help_pages.manual(command), "EXAMPLES")

    for example in help_pages.examples(command):
        assert f"\n{example}\n" in document
        assert f" {example}\n" in manual


def test_every_form_has_the_commands_of_help(tmp_path):
    document = help_pages.page(form="markdown")
    assert re.findall(r"^## gridgrad (.*)", document, re.M) == COMMANDS
    assert re.findall(r"\(#gridgrad-(.*)\):", document) == COMMANDS
    manual = help_pages.manual_section(help_pages.manual(), "SEE ALSO")
    assert re.findall(r"gridgrad-(\w+)\(1\)", manual) == COMMANDS
    for shell in (shells.bash, shells.zsh, shells.fish):
        assert sorted(shell("", cwd=tmp_path)) == sorted(COMMANDS)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_manual_pages_have_their_sections_and_no_warnings(tmp_path, command):
    path = tmp_path / "page.1"
    path.write_text(help_pages.page(command, "man"))

    shown = subprocess.run(["man", "--warnings", "-l", path], capture_output=True, text=True)

    assert (shown.returncode, shown.stderr) == (0, "")
    titles = re.findall(r"^([A-Z][A-Z ]+)$", help_pages.manual(command), re.M)
    expected = "NAME SYNOPSIS DESCRIPTION OPTIONS EXAMPLES".split() + ["EXIT STATUS", "SEE ALSO"]
    assert titles == expected
    examples = help_pages.examples(command)
    assert all(len(line) <= 80 or line.strip() in examples for line in shown.stdout.splitlines())


def test_the_document_in_the_repository_is_what_the_tool_prints():
    path = help_pages.ROOT / "docs" / "cli.md"

    printed = help_pages.page(form="markdown")

    assert path.read_text() == printed, "build/dev/bin/gridgrad help --format markdown > docs/cli.md"
    prose = re.sub(r"^```.*?^```$", "", printed, flags=re.M | re.S)
    assert max(map(len, prose.splitlines())) <= 100


def write_labelled(path, names, dimensions=("lat", "lon")):
    """Smooth fields on a grid of the globe, or of lengths."""
    sizes = {"time": 2, "lat": LATITUDES, "lon": LONGITUDES, "x": 6, "y": 5, "z": 4}
    units = {"lat": "degrees_north", "lon": "degrees_east", "time": "days since 2000-01-01"}
    with netCDF4.Dataset(path, "w") as file:
        for name in dimensions:
            numbers = np.arange(sizes[name]) if isinstance(sizes[name], int) else sizes[name]
            file.createDimension(name, len(numbers))
            variable = file.createVariable(name, "f8", (name,))
            variable[:] = numbers
            variable.units = units.get(name, "m")
        for name in names:
            variable = file.createVariable(name, "f8", dimensions)
            variable[:] = np.sin(np.arange(variable.size)).reshape(variable.shape)
            variable.units = "m s-1"


def write_group(path):
    with netCDF4.Dataset(path, "w") as file:
        file.createDimension("x", 5)
        file.createVariable("/wind/speed", "f4", ("x",))[:] = np.arange(5) ** 2


def write_log(path):
    rows = [f"{k / 2},{k * k},{(10 * k) % 360}" for k in range(40)]
    path.write_text("\n".join(["stamp,speed,yaw", *rows]) + "\n")


def save(*shape):
    return lambda path: np.save(path, np.sin(np.arange(np.prod(shape))).reshape(shape))


# What an example may read, and how it is made.
FILES = {
    "values.csv": lambda path: path.write_text("9,6,14,21,30\n"),
    "height.npy": save(12, 10),
    "t.npy": save(8, 9),
    "lat.npy": lambda path: np.save(path, np.arange(8.0) ** 2),
    "flow.npy": save(2, 6, 7),
    "cost.npy": save(50, 60),
    "path.npy": lambda path: np.save(path, np.array([[-9.0, -9], [-8.5, -8.25]])),
    "log.csv": write_log,
    "track.csv": lambda path: path.write_text("lat,lon\n12.5,40\n-3,300.25\n"),
    "wind.nc": lambda path: write_labelled(path, ["u", "v"]),
    "air.nc": lambda path: write_labelled(path, ["t", "u", "v"]),
    "box.nc": lambda path: write_labelled(path, ["u", "v", "w"], ("z", "y", "x")),
    "t.nc": lambda path: write_labelled(path, ["t"]),
    "gradient.nc": lambda path: write_labelled(path, ["dSST_dlat", "dSST_dlon"]),
    "plane.nc": lambda path: write_labelled(path, ["t"], ("y", "x")),
    "run.h5": write_group,
    "dem.tif": lambda path: rasters.write_raster(path, rasters.samples_of("f4"), crs="EPSG:32633"),
    **{name: lambda path: write_labelled(path, ["SST"], ("time", "lat", "lon"))
       for name in ("sst.nc", "a.nc", "b.nc", "c.nc")},
}  # fmt: skip


def written_by(example):
    """The files that an example leaves."""
    return re.findall(r"(?:-o|>) ([^-\s]\S*)", example)


@pytest.mark.parametrize(
    "example", [example for command in ["", *COMMANDS] for example in help_pages.examples(command)]
)
def test_examples_run(tmp_path, example):
    outputs = written_by(example)
    for name, make in FILES.items():
        if name not in outputs and re.search(rf"(?<![\w.]){re.escape(name)}\b", example):
            make(tmp_path / name)

    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", example], cwd=tmp_path, env=shells.ENVIRONMENT, capture_output=True
    )

    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout or outputs
    for output in outputs:
        path = tmp_path / output
        assert path.stat().st_size > 0
        if path.is_dir():
            assert any(path.iterdir())


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    """Where the tool and what belongs to it are installed."""
    folder = tmp_path_factory.mktemp("prefix")
    build = pathlib.Path(tool.EXECUTABLE).parents[1]
    command = ["cmake", "--install", build / "cli", "--prefix", folder]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def test_manual_pages_are_installed(prefix):
    pages = {path.name: path.read_text() for path in (prefix / "share" / "man" / "man1").iterdir()}

    assert pages.pop("gridgrad.1") == help_pages.page(form="man")
    assert pages == {f"gridgrad-{command}.1": help_pages.page(command, "man") for command in COMMANDS}
    shown = subprocess.run(
        ["man", "-M", prefix / "share" / "man", "gridgrad-grad"], check=True, capture_output=True, text=True
    )
    assert "estimate the gradient of a field" in shown.stdout


def test_completion_is_installed_where_shells_look(prefix):
    share = prefix / "share"

    assert (share / "bash-completion/completions/gridgrad").read_text() == shells.script("bash")
    for folder in ("site-functions", "vendor-completions"):
        assert (share / "zsh" / folder / "_gridgrad").read_text() == shells.script("zsh")
    assert (share / "fish/vendor_completions.d/gridgrad.fish").read_text() == shells.script("fish")
