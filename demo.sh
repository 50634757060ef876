#!/usr/bin/env bash
# demo.sh: sets up, builds, then computes and draws the gradient of sea surface temperature
#
# SPDX-License-Identifier: BSD-3-Clause
set -euo pipefail
cd "$(dirname "$0")"

show() { printf '$ %s\n' "$*"; "$@"; }

./setup.sh
cmake --preset release
cmake --build --preset release --target bin/gridgrad bin/example_worked_examples

printf '\n== worked examples: t^2 + 5 without and with its coordinates, then t^3\n\n'
show build/release/bin/example_worked_examples

printf '\n== the gradient of observed sea surface temperature, January and July\n\n'
mkdir -p build/demo
show build/release/bin/gridgrad grad examples/data/coads_sst.nc -v SST \
  -o build/demo/sst_gradient.nc -O
show .venv/bin/python examples/largest_gradient.py build/demo/sst_gradient.nc

printf '\n== field and gradient as a picture, and as a page to open in a browser\n\n'
for picture in build/demo/sst_gradient.svg build/demo/sst_gradient.html; do
  show build/release/bin/gridgrad grad examples/data/coads_sst.nc -v SST --metric sphere \
    -b COADSX=periodic --missing adapt --view "$picture" -O -q
done
