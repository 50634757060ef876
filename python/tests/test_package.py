# test_package.py: what users get besides numbers: types, stubs, start-up, threads, forks
#
# SPDX-License-Identifier: BSD-3-Clause

import os
import pathlib
import re
import statistics
import subprocess
import sys
import threading

import numpy as np
import pytest

import gridgrad

PACKAGE = pathlib.Path(gridgrad.__file__).parent
SOURCE = pathlib.Path(__file__).parents[2]


def test_version_is_that_of_the_library():
    header = (SOURCE / "include/gridgrad/version.hpp").read_text()

    assert re.search(r'version = "(.*)"', header)[1] == gridgrad.__version__


def test_stub_is_what_the_module_has(tmp_path):
    stub = tmp_path / "_native.pyi"
    command = ["-m", "nanobind.stubgen", "-m", "gridgrad._native", "-o", str(stub)]
    subprocess.run([sys.executable, *command], check=True, capture_output=True)

    assert stub.read_text() == (SOURCE / "python/gridgrad/_native.pyi").read_text()
    assert (PACKAGE / "py.typed").exists()


def test_types_are_right():
    command = ["-m", "mypy", "--config-file", str(SOURCE / "pyproject.toml")]
    cache = ["--cache-dir", os.devnull]
    run = subprocess.run(
        [sys.executable, *command, *cache], cwd=SOURCE, capture_output=True, text=True
    )

    assert run.returncode == 0, run.stdout


def _milliseconds_to_import(name):
    code = f"import time; t = time.perf_counter(); import {name}; print(time.perf_counter() - t)"
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True) for _ in range(3)]
    return 1e3 * statistics.median(float(run.stdout) for run in runs)


def test_import_brings_in_nothing_that_is_not_needed():
    code = "import gridgrad, sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    modules = {name.partition(".")[0] for name in run.stdout.split()}

    assert not modules & {"torch", "xarray", "dask", "pandas", "matplotlib", "scipy"}
    beyond = _milliseconds_to_import("gridgrad") - _milliseconds_to_import("numpy")
    print(f"import: {beyond:.1f} ms beyond NumPy's own")


def test_other_threads_run_while_the_library_computes():
    f = np.ones((400, 400, 400), np.float32)
    out = tuple(np.empty_like(f) for _ in range(3))
    ticks = 0
    done = threading.Event()

    def compute():
        for _ in range(5):
            gridgrad.gradient(f, out=out, threads=1)
        done.set()

    worker = threading.Thread(target=compute)
    worker.start()
    while not done.wait(1e-3):
        ticks += 1
    worker.join()
    assert ticks > 10


def test_many_threads_compute_at_once():
    f = np.random.default_rng(0).random((90, 100, 110))
    expected = gridgrad.gradient(f)
    wrong = []

    def compute():
        for _ in range(20):
            for ours, right in zip(gridgrad.gradient(f), expected, strict=True):
                if not np.array_equal(ours, right):
                    wrong.append(1)

    threads = [threading.Thread(target=compute) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.parametrize("in_thread", [False, True])
def test_computes_in_a_child_after_fork(in_thread):
    code = """
import os, sys, threading, warnings
import numpy as np, gridgrad
warnings.simplefilter("ignore", DeprecationWarning)
f = np.random.default_rng(0).random((150, 160, 170))
expected = gridgrad.gradient(f, threads=2)
def fork():
    if os.fork() == 0:
        ours = gridgrad.gradient(f, threads=2)
        same = all(np.array_equal(a, b) for a, b in zip(ours, expected))
        os._exit(0 if same else 1)
    sys.stdout.write(str(os.waitstatus_to_exitcode(os.wait()[1])))
for _ in range(3):
    thread = threading.Thread(target=fork)
    thread.start()
    thread.join()
"""
    if not in_thread:
        code = code[: code.index("for _ in")] + "fork(); fork(); fork()"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)

    assert run.stdout == "000", run.stderr


def test_public_names_have_documents():
    for name in gridgrad.__all__:
        if name != "__version__":
            assert getattr(gridgrad, name).__doc__, name


def test_a_daemon_thread_may_compute_when_the_program_ends():
    code = """
import threading, time
import numpy as np, gridgrad
f = np.ones((300, 400))
def compute():
    while True:
        gridgrad.gradient(f)
threading.Thread(target=compute, daemon=True).start()
time.sleep(0.2)
"""
    for _ in range(3):
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert (run.returncode, run.stderr) == (0, "")
