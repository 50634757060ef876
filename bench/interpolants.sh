#!/usr/bin/env bash
# interpolants.sh: measures values and gradients at locations, beside Ceres and SciPy
#
# SPDX-License-Identifier: BSD-3-Clause
#
# bench/interpolants.sh
#
# Builds in build/interpolants, then prints a table of times and ratios taken in turns. Takes
# about five minutes, the build included; nothing else should run meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."

./setup.sh
build=build/interpolants
mkdir -p $build
exec 3>$build/log
show_log() { cat $build/log >&2; exit 1; }
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Release -DGRIDGRAD_BUILD_BENCH=ON \
  -DGRIDGRAD_BUILD_PYTHON=ON -DGRIDGRAD_BUILD_TESTS=OFF \
  -DPython_EXECUTABLE="$PWD/.venv/bin/python" >&3 2>&1 || show_log
cmake --build $build --target interpolant_bench gridgrad_python >&3 2>&1 || show_log
for file in python/gridgrad/*; do ln -sf "$PWD/$file" $build/python/gridgrad/; done

lscpu | grep -E '^(Model name|CPU\(s\)|L2 cache|L3 cache)' || true
$build/bin/interpolant_bench
PYTHONPATH=$PWD/$build/python .venv/bin/python bench/interpolants.py
