# test_debian.py: the packages that cpack makes, unpacked into an empty root
#
# SPDX-License-Identifier: BSD-3-Clause

import os
import pathlib
import re
import subprocess

import pytest

import installed

PACKAGES = ("gridgrad", "libgridgrad-dev")


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """The file of each package, by name."""
    folder = tmp_path_factory.mktemp("packages")
    installed.run("cpack", "--config", installed.BUILD / "CPackConfig.cmake", "-B", folder)
    files = {path.name.partition("_")[0]: path for path in folder.glob("*.deb")}
    assert files.keys() == set(PACKAGES)
    return files


@pytest.fixture(scope="module")
def roots(packages, tmp_path_factory):
    """What each package puts below /."""
    folder = tmp_path_factory.mktemp("roots")
    for name, file in packages.items():
        installed.run("dpkg-deb", "-x", file, folder / name)
    return {name: folder / name for name in packages}


@pytest.fixture(scope="module")
def root(packages, tmp_path_factory):
    """Both packages in one root."""
    folder = tmp_path_factory.mktemp("root")
    for file in packages.values():
        installed.run("dpkg-deb", "-x", file, folder)
    return folder


def field(file, name):
    return installed.run("dpkg-deb", "-f", file, name).decode().strip()


def own_files(name, root):
    """What a package installs, but for the documents that every package of Debian has."""
    documents = pathlib.Path("share/doc") / name
    every = {documents / file for file in ("copyright", "changelog.gz", "changelog.Debian.gz")}
    found = installed.files_below(root / "usr")
    assert every <= found
    return found - every


def test_packages_share_out_what_cmake_installs(roots, tmp_path):
    installed.install(tmp_path / "prefix")
    expected = {
        path.with_name(path.name + ".gz") if path.parts[:2] == ("share", "man") else path
        for path in installed.files_below(tmp_path / "prefix")
    }

    tool, library = (own_files(name, roots[name]) for name in PACKAGES)

    assert not tool & library
    assert tool | library == expected
    assert pathlib.Path("bin/gridgrad") in tool
    assert {path.parts[0] for path in library} == {"include", "lib"}
    headers = {path for path in expected if path.suffix == ".hpp"}
    assert headers == {path for path in library if path.suffix == ".hpp"}
    for header in headers:
        written = (installed.SOURCE / header).read_bytes()
        assert (roots["libgridgrad-dev"] / "usr" / header).read_bytes() == written


@pytest.mark.parametrize("name", PACKAGES)
def test_everyone_may_read_and_root_alone_may_write(packages, name):
    listing = installed.run("dpkg-deb", "-c", packages[name]).decode().splitlines()

    for line in listing:
        mode, owner, *_, path = line.split()
        program = path.startswith("./usr/bin/") and path != "./usr/bin/"
        executable = mode.startswith("d") or program
        assert mode[1:] == ("rwxr-xr-x" if executable else "rw-r--r--"), line
        assert owner == "root/root"


@pytest.mark.parametrize("name", PACKAGES)
def test_version_is_that_of_the_library(packages, name):
    header = (installed.SOURCE / "include/gridgrad/version.hpp").read_text()
    version = re.search(r'version = "(.*)"', header)[1]

    assert field(packages[name], "Version") == f"{version}-1"


def binaries(root):
    return [root / "usr/bin/gridgrad", *root.rglob("usr/lib/**/gridgrad_*.so")]


def linked_libraries(binary):
    """Paths of those that it names itself, but the loader."""
    names = re.findall(r"NEEDED.*\[(.*)\]", installed.run("readelf", "-d", binary).decode())
    paths = dict(re.findall(r"(\S+) => (/\S+)", installed.run("ldd", binary).decode()))
    return {paths[name] for name in names if name in paths}


def owner(path):
    """The package that a library is of; dpkg knows some by their path before /usr was merged."""
    for known in (path, path.removeprefix("/usr"), os.path.realpath(path)):
        done = subprocess.run(["dpkg", "-S", known], capture_output=True, text=True)
        if done.returncode == 0:
            return done.stdout.partition(":")[0]
    return path


def test_packages_of_the_linked_libraries_are_depended_on(packages, roots):
    depends = {entry.split()[0] for entry in field(packages["gridgrad"], "Depends").split(", ")}

    linked = set().union(*map(linked_libraries, binaries(roots["gridgrad"])))

    assert len(linked) > 5
    assert {owner(path) for path in linked} <= depends


def test_binaries_have_no_symbols_and_look_beside_themselves_alone(roots):
    for binary in binaries(roots["gridgrad"]):
        assert b".symtab" not in installed.run("readelf", "-SW", binary)
        dynamic = installed.run("readelf", "-d", binary).decode()
        for line in re.findall(r"R(?:UN)?PATH.*\[(.*)\]", dynamic):
            assert all(path.startswith("$ORIGIN/") for path in line.split(":")), binary


def test_what_the_cmake_package_asks_for_is_depended_on(packages):
    config = (installed.SOURCE / "cmake/gridgrad-config.cmake.in").read_text()
    asked = re.findall(r"find_dependency\((\w+)", config)

    depends = field(packages["libgridgrad-dev"], "Depends").split(", ")

    assert depends == [f"lib{name.lower()}-dev" for name in asked]


@pytest.mark.parametrize("suffix", installed.SUFFIXES)
def test_tool_computes_what_the_built_one_does(root, suffix, tmp_path):
    ours = installed.differentiate_twice(root / "usr/bin/gridgrad", suffix, tmp_path / "ours")

    assert ours == installed.differentiate_twice(installed.BUILT_TOOL, suffix, tmp_path / "built")


def test_library_is_found_and_linked(root, tmp_path):
    installed.build_consumer(tmp_path, root / "usr")


def test_no_file_names_the_folders_of_the_build(root):
    for path in installed.files_below(root):
        assert str(installed.SOURCE).encode() not in (root / path).read_bytes(), path


def test_documents_are_compressed_alike_each_time(root):
    """Neither a name nor a time stands in the header."""
    compressed = list((root / "usr/share").rglob("*.gz"))

    assert compressed
    for path in compressed:
        assert path.read_bytes()[3:8] == bytes(5), path
