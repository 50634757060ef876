#!/usr/bin/env bash
# roof.sh: builds and runs what measures the speed of calls beside a copy of their bytes
#
# SPDX-License-Identifier: BSD-3-Clause
#
# bench/roof.sh [part of the names of cases]
#
# Prints the four fixed copies, what small calls and fresh results cost, then a line per
# case: leaf, GB/s of gridgrad and of the fastest copy, median and lower quartile of their
# ratio over 31 turns, target; unmet cases first, the worst ratio last. The same goes to
# build/bench/roof.json. Takes about five minutes; nothing else should run meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p build
cmake -S . -B build/bench -G Ninja -DCMAKE_BUILD_TYPE=Release -DGRIDGRAD_BUILD_BENCH=ON \
  -DGRIDGRAD_BUILD_TESTS=OFF >build/bench.log 2>&1 ||
  { cat build/bench.log >&2; exit 1; }
cmake --build build/bench --target roof_bench calls_bench >>build/bench.log 2>&1 ||
  { cat build/bench.log >&2; exit 1; }

lscpu | grep -E '^(Model name|CPU\(s\)|L2 cache|L3 cache)' || true
echo
build/bench/bin/calls_bench
echo
build/bench/bin/roof_bench "${1-}" build/bench/roof.json
