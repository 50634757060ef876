#!/usr/bin/env bash
# examples/ships_track.sh: sea surface temperature and its gradient along a ship's track
#
# SPDX-License-Identifier: BSD-3-Clause
#
# Noon positions from Rio de Janeiro around the Cape of Good Hope to Durban in January. The
# file's longitudes run from 21 to 379 degrees east: those of the ship are of the same circle,
# and the cell between 379 and 381 = 21 is across the seam. Table Bay, where samples on land
# are near, has no result.
set -euo pipefail
cd "$(dirname "$0")"

gridgrad at data/coads_sst.nc -v SST --points - --pick TIME=0 -b COADSX=periodic <<'TRACK'
noon,lat,lon,remark
2024-01-05,-25.5,-36.25,"light wind, swell"
2024-01-07,-27.25,-29,
2024-01-10,-31.5,-15.75,
2024-01-13,-34.75,-1.5,
2024-01-16,-36,11.25,albatross
2024-01-18,-33.75,18,"Table Bay"
2024-01-20,-37.5,20.25,across the seam
2024-01-22,-37,27.5,Agulhas current
TRACK
