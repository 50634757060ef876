# test_prefix.py: cmake --install, into any prefix, by anyone
#
# SPDX-License-Identifier: BSD-3-Clause

import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile

import pytest

import installed


@pytest.fixture(scope="module")
def user():
    """What lets a command run as a user who is not root: nothing, where that is so anyway.
    Programs are then those of the system, because others may be root's own."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    identity["env"] = {"PATH": "/usr/bin:/bin"}
    script = installed.BUILD / "cmake_install.cmake"
    if subprocess.run(["test", "-r", script], **identity).returncode != 0:
        pytest.skip(f"user nobody may not read {script}")
    if shutil.which("cmake", path=identity["env"]["PATH"]) is None:
        pytest.skip("user nobody has no cmake")
    return identity


@pytest.fixture(scope="module")
def home(user):
    """A folder of that user; those of pytest are closed to others."""
    with tempfile.TemporaryDirectory() as folder:
        if user:
            os.chown(folder, user["user"], user["group"])
        yield pathlib.Path(folder)


@pytest.fixture(scope="module")
def prefix(user, home):
    """Installed, then moved. The build tree belongs to who builds: it takes the manifest."""
    manifest = installed.BUILD / "install_manifest.txt"
    manifest.touch()
    if user:
        os.chown(manifest, user["user"], user["group"])
    installed.install(home / "a prefix", **user)
    if user:
        os.chown(manifest, 0, 0)
    shutil.move(home / "a prefix", home / "moved")
    return home / "moved"


def test_nothing_is_installed_outside_the_prefix(prefix, home):
    manifest = (installed.BUILD / "install_manifest.txt").read_text().splitlines()

    below = {pathlib.Path(path).relative_to(home / "a prefix") for path in manifest}

    assert below == installed.files_below(prefix)


def test_only_folders_of_a_prefix_stand_in_it(prefix):
    assert {path.name for path in prefix.iterdir()} <= {"bin", "include", "lib", "lib64", "share"}


@pytest.mark.parametrize("suffix", installed.SUFFIXES)
def test_tool_computes_what_the_built_one_does(prefix, user, home, suffix, tmp_path):
    ours = installed.differentiate_twice(prefix / "bin/gridgrad", suffix, home / suffix, **user)

    assert ours == installed.differentiate_twice(installed.BUILT_TOOL, suffix, tmp_path / suffix)


def test_library_is_found_and_linked(prefix, user, home):
    installed.build_consumer(home / "consumer", prefix, **user)
