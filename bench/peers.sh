#!/usr/bin/env bash
# peers.sh: builds the Python package and measures it beside NumPy, torch and others
#
# SPDX-License-Identifier: BSD-3-Clause
#
# bench/peers.sh [part of the names of cases]
#
# Makes build/peers with what the peers need, then runs bench/peers.py there: a table of
# ratios, peers.json and peers.png. Takes about ten minutes; nothing else should run
# meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."

./setup.sh
mkdir -p build/peers
exec 3>build/peers/log
show_log() { cat build/peers/log >&2; exit 1; }
if [ ! -x build/peers/venv/bin/python ]; then
  /usr/bin/python3 -m venv build/peers/venv
  # What the tests use is seen here too.
  site=(build/peers/venv/lib/python*/site-packages)
  echo "$PWD"/.venv/lib/python*/site-packages >"${site[0]}/tests.pth"
fi
build/peers/venv/bin/python -m pip install --quiet findiff jax numba scipy matplotlib >&3 2>&1 || show_log
cmake -S . -B build/peers -G Ninja -DCMAKE_BUILD_TYPE=Release -DGRIDGRAD_BUILD_PYTHON=ON \
  -DGRIDGRAD_BUILD_CLI=OFF -DGRIDGRAD_BUILD_TESTS=OFF \
  -DPython_EXECUTABLE="$PWD/.venv/bin/python" >&3 2>&1 || show_log
cmake --build build/peers --target gridgrad_python >&3 2>&1 || show_log
for file in python/gridgrad/*; do ln -sf "$PWD/$file" build/peers/python/gridgrad/; done

lscpu | grep -E '^(Model name|CPU\(s\)|L2 cache|L3 cache)' || true
PYTHONPATH=$PWD/build/peers/python build/peers/venv/bin/python bench/peers.py \
  --output build/peers "${1-}"
