# logs.py: rows per second of gridgrad grad on a log, and how soon a line of a pipe is answered
#
# SPDX-License-Identifier: BSD-3-Clause
"""python bench/logs.py BUILD

BUILD: a folder with bin/gridgrad and bin/parse_log (cmake -DGRIDGRAD_BUILD_BENCH=ON). Each way
to differentiate a log is timed in turns with reading its rows and numbers alone."""

import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

ROWS = 1_000_000
TURNS = 11
LINES = 20_000
WAYS = ["", "--window 9", "--causal", "--causal --window 9", "--causal --filter 0.1"]


def write_log(path):
    """Two columns of numbers at stamps of about 100 Hz, and one of words."""
    draw = random.Random(1)
    stamp, speed, yaw = 1_700_000_000_000_000_000, 20.0, 0.0
    with path.open("w") as file:
        file.write("stamp,speed,yaw,state\n")
        for _ in range(ROWS):
            stamp += draw.randrange(9_000_000, 11_000_000)
            speed += draw.gauss(0, 0.1)
            yaw = (yaw + draw.gauss(0, 1)) % 360
            file.write(f"{stamp},{speed:.6f},{yaw:.4f},ok\n")


def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def measure_rows(build, log):
    options = ["-x", "stamp", "-v", "speed,yaw", "--period", "yaw=360", "--time-unit", "ns", "-q"]
    reading = [build / "bin/parse_log", log, "3"]
    for way in WAYS:
        grad = [build / "bin/gridgrad", "grad", log, *options, *way.split()]
        times = [(seconds(grad), seconds(reading)) for _ in range(TURNS)]
        taken = statistics.median(ours for ours, _ in times)
        share = statistics.median(alone / ours for ours, alone in times)
        print(f"{way or 'the whole table':<24} {ROWS / taken / 1e6:5.2f} million rows/s, "
              f"{share:.2f} of the speed of reading alone")  # fmt: skip


def measure_answers(build):
    """From the write of a line to the end of the read of its answer."""
    for way in WAYS[2:]:
        grad = [build / "bin/gridgrad", "grad", "-", "-x", "t", "-v", "v", "-q", *way.split()]
        with subprocess.Popen(
            grad, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        ) as process:
            process.stdin.write(b"t,v\n")
            process.stdout.readline()
            times = []
            for k in range(LINES):
                line = b"%d.5,%d\n" % (k, k * k % 1000)
                start = time.perf_counter()
                process.stdin.write(line)
                process.stdout.readline()
                times.append(time.perf_counter() - start)
            process.stdin.close()
        times.sort()
        print(f"{way:<24} answered after {1e6 * times[LINES // 2]:.0f} us, 99 of 100 within "
              f"{1e6 * times[LINES * 99 // 100]:.0f} us, all {1e6 * times[-1]:.0f} us")  # fmt: skip


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder) / "log.csv"
        write_log(log)
        measure_rows(build, log)
    measure_answers(build)


main()
