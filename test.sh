#!/usr/bin/env bash
# test.sh: sets up, builds the preset dev and runs every test
#
# SPDX-License-Identifier: BSD-3-Clause
#
# ./test.sh --all also runs what takes minutes: the thread sanitizer.
set -euo pipefail
cd "$(dirname "$0")"

case "${1-}" in
  '' | --all) ;;
  *) echo "usage: ./test.sh [--all]" >&2; exit 2 ;;
esac

./setup.sh
cmake --workflow --preset dev
if [ "${1-}" = --all ]; then cmake --workflow --preset tsan; fi
