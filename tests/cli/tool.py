# tool.py: runs the executable under test
#
# SPDX-License-Identifier: BSD-3-Clause

import io
import os
import resource
import signal
import subprocess

import numpy as np

EXECUTABLE = os.environ["GRIDGRAD_TOOL"]


def run(*arguments, cwd, stdin=b""):
    """The finished process; output and messages as bytes."""
    return subprocess.run(
        [EXECUTABLE, *map(str, arguments)], cwd=cwd, input=stdin, capture_output=True, timeout=120
    )


def succeed(*arguments, cwd, stdin=b""):
    """Standard output of a run that must end well."""
    process = run(*arguments, cwd=cwd, stdin=stdin)
    assert process.returncode == 0, process.stderr.decode()
    return process.stdout


def array_of(output):
    """The array in the bytes of a .npy file."""
    return np.load(io.BytesIO(output))


def npy_bytes(array):
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def contents(directory):
    """Names and bytes of the files of a directory: what a refused run must leave alone."""
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.is_file()}


def run_bounded(*arguments, cwd, file_bytes):
    """The finished process of a run that may write no longer files than this."""

    def bound():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))

    return subprocess.run(
        [EXECUTABLE, *map(str, arguments)], cwd=cwd, capture_output=True, timeout=120,
        preexec_fn=bound,
    )  # fmt: skip
