#!/usr/bin/env bash
# examples/turning_log.sh: how fast a rover drives and turns, from its log
#
# SPDX-License-Identifier: BSD-3-Clause
#
# Stamps are nanoseconds since 1970. One message came twice, with another heading; two were
# lost; and in between the heading went through north, from 360 degrees to 0.
set -euo pipefail

gridgrad grad - -x stamp -v distance,heading --time-unit ns --period heading=360deg \
  --duplicates mean -e 2 <<'LOG'
stamp,distance,heading,state
1700000000000000000,0,340,"rolling, slowly"
1700000000500000001,0.25,346,
1700000001000000002,1,352.5,message 2
1700000001000000002,1,351.5,"message ""2"" again"
1700000002500000005,6.25,10,two lost
1700000003000000006,9,16,
LOG
