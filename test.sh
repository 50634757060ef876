#!/usr/bin/env bash
# test.sh: sets up, builds the preset dev and runs every test
#
# SPDX-License-Identifier: BSD-3-Clause
#
# Where clang is installed the fuzzers of the parsers run for ten seconds each.
#
# ./test.sh --all also runs what takes minutes: ten times as many random calls beside NumPy
# and torch, every case of which one run takes every n-th, files of 6 GB and more, a minute of
# each fuzzer, how much of the parsers their corpus reaches, what pip installs, what installs
# into systems that have nothing else, getting started in a clean clone, and the thread
# sanitizer.
set -euo pipefail
cd "$(dirname "$0")"

case "${1-}" in
  '' | --all) ;;
  *) echo "usage: ./test.sh [--all]" >&2; exit 2 ;;
esac

if [ "${1-}" = --all ]; then
  export GRIDGRAD_CASES=200000 GRIDGRAD_EVERY_CASE=1 GRIDGRAD_FUZZ_SECONDS=60
  export GRIDGRAD_LARGE_MEBIBYTES=6144
fi
./setup.sh
cmake --workflow --preset dev
if command -v clang++ >/dev/null; then
  cmake --workflow --preset fuzz
else
  echo 'test: the fuzzers are skipped, for want of clang' >&2
fi
if [ "${1-}" = --all ]; then
  if command -v clang++ >/dev/null && command -v llvm-cov >/dev/null; then tests/fuzz/coverage.sh; fi
  .venv/bin/python -m pytest -q python/tests/test_wheel.py
  tests/package/clean_root.sh
  .venv/bin/python tests/docs/blocks.py clone docs/getting_started.md
  cmake --workflow --preset tsan
fi
