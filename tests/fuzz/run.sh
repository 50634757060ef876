#!/usr/bin/env bash
# run.sh: lets a fuzzer look for bad input, from a kept corpus, for GRIDGRAD_FUZZ_SECONDS
#
# SPDX-License-Identifier: BSD-3-Clause
#
# run.sh FUZZER CORPUS. What it finds stays in the current directory: NAME-crash-...
set -euo pipefail
fuzzer=$1 corpus=$2
new=$(mktemp -d)
stores=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$new" "$stores"' EXIT
TMPDIR=$stores "$fuzzer" -max_total_time="${GRIDGRAD_FUZZ_SECONDS:-10}" -max_len=4096 -timeout=20 \
  -rss_limit_mb=1024 -close_fd_mask=1 -print_final_stats=1 \
  -artifact_prefix="$(basename "$fuzzer")-" "$new" "$corpus"
