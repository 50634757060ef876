# peak_memory.py: runs a command and prints the most memory it had, in bytes
#
# SPDX-License-Identifier: BSD-3-Clause
"""A program of its own, because a process is charged with what its parent had when it began."""

import os
import subprocess
import sys

process = subprocess.Popen(sys.argv[1:], stdout=sys.stderr)
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_maxrss * 1024)
sys.exit(os.waitstatus_to_exitcode(status))
