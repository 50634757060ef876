#!/usr/bin/env bash
# calculus.sh: builds and runs what measures operators of vector calculus
#
# SPDX-License-Identifier: BSD-3-Clause
#
# bench/calculus.sh [part of the names of cases]
#
# Prints each operator beside a loop that reads and writes the same bytes, in turns, then how
# many times as long NumPy takes for the same in single derivatives. Takes about two minutes;
# nothing else should run meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."

./setup.sh
build=build/calculus
mkdir -p $build
exec 3>$build/log
show_log() { cat $build/log >&2; exit 1; }
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Release -DGRIDGRAD_BUILD_BENCH=ON \
  -DGRIDGRAD_BUILD_PYTHON=ON -DGRIDGRAD_BUILD_TESTS=OFF \
  -DPython_EXECUTABLE="$PWD/.venv/bin/python" >&3 2>&1 || show_log
cmake --build $build --target calculus_bench gridgrad_python >&3 2>&1 || show_log
for file in python/gridgrad/*; do ln -sf "$PWD/$file" $build/python/gridgrad/; done

lscpu | grep -E '^(Model name|CPU\(s\)|L2 cache|L3 cache)' || true
echo
$build/bin/calculus_bench "${1-}"
echo
PYTHONPATH=$PWD/$build/python .venv/bin/python bench/calculus.py
