# use_tool.sh FOLDER FIELDS: the tool on PATH reads and writes every format
#
# SPDX-License-Identifier: BSD-3-Clause
set -euo pipefail
cd "$1"
field=$2/coads_sst.nc

printf '%s\n' 9 6 14 21 30 >values.txt
[ "$(gridgrad grad values.txt)" = '[-3.   2.5  7.5  8.   9. ]' ]
gridgrad info "$field" | grep -q 'float32 SST(TIME, COADSY, COADSX)'

for suffix in npy nc h5 zarr; do
  gridgrad grad "$field" -v SST -x COADSX -q -o "first.$suffix"
  gridgrad info "first.$suffix" | sed -n 1p
done
# The same numbers, whatever the format has kept them in.
for suffix in nc h5 zarr; do
  gridgrad grad "first.$suffix" -x COADSX -q -o - >"second_$suffix.npy"
done
cmp second_nc.npy second_h5.npy
cmp second_nc.npy second_zarr.npy

gridgrad view first.nc --at TIME=0 -o picture.svg
gridgrad view first.nc --at TIME=0 -o picture.png
file_type=$(head --bytes=4 picture.png | tail --bytes=3)
[ "$file_type" = PNG ]

gridgrad grad "$2/heights.tif" -x x -q -o slope.tif
gridgrad info slope.tif | sed -n 1p
