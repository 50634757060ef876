# test_wheel.py: what pip builds and installs is the package, and nothing else
#
# SPDX-License-Identifier: BSD-3-Clause

import pathlib
import subprocess
import sys
import tarfile
import zipfile

import pytest

SOURCE = pathlib.Path(__file__).parents[2]
MODULES = {path.name for path in (SOURCE / "python/gridgrad").iterdir() if path.is_file()}

PROGRAM = """
import sys
import numpy as np
import gridgrad, gridgrad.numpy, gridgrad.staggered
assert gridgrad.__file__.startswith(sys.prefix), gridgrad.__file__
f = np.arange(1e6).reshape(100, 100, 100) ** 2
for ours, numpys in zip(gridgrad.numpy.gradient(f), np.gradient(f), strict=True):
    assert np.array_equal(ours, numpys)
print(gridgrad.__version__)
"""


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sdist")
    code = f"from scikit_build_core.build import build_sdist; build_sdist({str(folder)!r})"
    subprocess.run([sys.executable, "-c", code], cwd=SOURCE, check=True, capture_output=True)
    (archive,) = folder.glob("gridgrad-*.tar.gz")
    return archive


@pytest.fixture(scope="module")
def wheel(sdist, tmp_path_factory):
    """Built from the source distribution, which has to hold all that building reads."""
    folder = tmp_path_factory.mktemp("wheel")
    build = f"--config-settings=build-dir={folder / 'build'}"
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-build-isolation", "--no-deps"]
    subprocess.run([*pip, build, "--wheel-dir", str(folder), str(sdist)], check=True)
    (archive,) = folder.glob("gridgrad-*.whl")
    return archive


def test_wheel_holds_the_package_alone(wheel):
    names = [pathlib.PurePath(name) for name in zipfile.ZipFile(wheel).namelist()]

    assert {name.parts[0].partition("-")[0] for name in names} == {"gridgrad"}
    package = {name.name for name in names if name.parts[0] == "gridgrad"}
    (native,) = (name for name in package if name.endswith(".so"))
    assert native.startswith("_native.")
    assert package - {native} == MODULES
    metadata = {name.name for name in names if name.parts[0] != "gridgrad"}
    assert metadata == {"METADATA", "WHEEL", "RECORD", "LICENSE"}


def test_metadata_says_what_the_project_does(wheel):
    files = zipfile.ZipFile(wheel)
    (name,) = (name for name in files.namelist() if name.endswith("METADATA"))
    metadata = files.read(name).decode()

    assert "License-Expression: BSD-3-Clause" in metadata
    assert (SOURCE / "README.md").read_text() in metadata
    for extra in ("torch", "xarray", "dask", "plot"):
        assert f"Provides-Extra: {extra}" in metadata


def test_installed_wheel_computes_in_an_environment_of_its_own(wheel, tmp_path):
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / "bin/python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(wheel)], check=True)

    run = subprocess.run(
        [python, "-I", "-c", PROGRAM], cwd=tmp_path, check=True, capture_output=True, text=True
    )

    assert wheel.name.startswith(f"gridgrad-{run.stdout.strip()}-")


def test_extension_finds_its_libraries_without_the_build(wheel, tmp_path):
    """It has no search path, which would name folders of this machine."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    (native,) = tmp_path.glob("gridgrad/_native.*.so")

    dynamic = subprocess.run(
        ["readelf", "-d", native], check=True, capture_output=True, text=True
    ).stdout

    assert "RPATH" not in dynamic and "RUNPATH" not in dynamic
    assert "libtbb.so.12" in dynamic and "libhwy.so.1" in dynamic


def test_source_distribution_leaves_out_what_is_not_source(sdist):
    with tarfile.open(sdist) as archive:
        names = [pathlib.PurePath(name) for name in archive.getnames()]

    tops = {name.parts[1] for name in names if len(name.parts) > 1}
    assert {"CMakeLists.txt", "LICENSE", "README.md", "include", "src", "cmake"} <= tops
    assert not tops & {"build", ".venv", ".ci", ".git"}
