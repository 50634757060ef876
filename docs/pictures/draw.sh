#!/usr/bin/env bash
# docs/pictures/draw.sh: draws the pictures of the documents
#
# SPDX-License-Identifier: BSD-3-Clause
#
# usage: docs/pictures/draw.sh FOLDER     with gridgrad on the PATH
#
# The relief is ETOPO5 of Debian's ferret-datasets, cut to the Andes by cdo.
set -euo pipefail
folder=$(realpath "$1")
root=$(realpath "$(dirname "$0")/../..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

gridgrad grad "$root/examples/data/coads_sst.nc" -v SST --metric sphere -b COADSX=periodic \
  --missing adapt --view "$folder/sst_gradient.svg" -O -q

cdo -s -f nc4 sellonlatbox,282,300,-28,-10 /usr/share/ferret-vis/data/etopo5.cdf andes.nc
gridgrad aspect andes.nc --metric sphere --view "$folder/slope_direction.svg" -O -q

# A vehicle that brakes twice, ten samples a second, one of them lost.
awk 'BEGIN {
  print "t,speed"
  for (k = 0; k < 240; ++k) {
    t = k / 10
    noise = ((k * k * k * 31 + k * k * 17) % 1009) / 1009 - 0.5
    speed = 14 - 5 / (1 + exp(-2 * (t - 6))) - 6 / (1 + exp(-1.2 * (t - 16))) + 0.08 * noise
    printf "%.1f,%s\n", t, k == 120 ? "" : sprintf("%.3f", speed)
  }
}' >speed.csv
gridgrad view speed.csv -x t -v speed -o "$folder/speed.svg" -O -q

# Two plane waves in a Gaussian beam.
"$root/.venv/bin/python" - <<'BEAM'
import numpy as np

y, x = np.mgrid[-2:2:161j, -3:3:241j]
np.save("beam.npy", np.exp(-((x / 1.8) ** 2) - y**2) * (np.exp(6j * x) + 0.6 * np.exp(9j * y)))
BEAM
gridgrad grad beam.npy -x 1 -s 0.025 --view "$folder/complex_beam.svg" -O -q
