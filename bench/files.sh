#!/usr/bin/env bash
# files.sh: measures gradients from file to file beside copies of the same files
#
# SPDX-License-Identifier: BSD-3-Clause
#
# bench/files.sh [MEBIBYTES]
#
# Builds in build/files, then prints a table of times and ratios taken in turns, in files of
# MEBIBYTES (512). Takes about ten minutes, the build included; nothing else should run meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."

./setup.sh
build=build/files
mkdir -p $build
exec 3>$build/log
show_log() { cat $build/log >&2; exit 1; }
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Release -DGRIDGRAD_BUILD_TESTS=OFF >&3 2>&1 || show_log
cmake --build $build --target gridgrad_cli >&3 2>&1 || show_log

lscpu | grep -E '^(Model name|CPU\(s\)|L2 cache|L3 cache)' || true
df --output=fstype,avail -h "${TMPDIR:-/tmp}" | tail -1
.venv/bin/python bench/files.py $build "$@"
