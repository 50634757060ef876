#!/usr/bin/env bash
# coverage.sh: how many lines of each parser the kept corpus runs; fails below 85 %
#
# SPDX-License-Identifier: BSD-3-Clause
#
# Needs clang and its llvm-cov and llvm-profdata.
set -euo pipefail
cd "$(dirname "$0")/../.."
least=85
build=build/fuzz-coverage
cmake --preset fuzz -B "$build" -DGRIDGRAD_FUZZ_COVERAGE=ON >/dev/null
cmake --build "$build" --target fuzzers >/dev/null

status=0
for list in "$build"/tests/fuzz/*.parsers; do
  name=$(basename "$list" .parsers)
  fuzzer=$build/bin/fuzz_$name
  LLVM_PROFILE_FILE=$build/$name.profraw \
    "$fuzzer" -runs=0 -close_fd_mask=1 "tests/fuzz/corpus/$name" 2>/dev/null
  llvm-profdata merge -o "$build/$name.profdata" "$build/$name.profraw"
  mapfile -t parsers <"$list"
  llvm-cov export "$fuzzer" -instr-profile="$build/$name.profdata" -summary-only \
    "${parsers[@]}" | python3 -c '
import json, os, sys
name, least, build = sys.argv[1:]
status = 0
for file in json.load(sys.stdin)["data"][0]["files"]:
    lines = file["summary"]["lines"]
    share = 100 * lines["covered"] / lines["count"]
    print(f"{name:10} {share:5.1f} % of {lines[\"count\"]:4} lines  {os.path.relpath(file[\"filename\"])}")
    status |= share < float(least)
sys.exit(status)' "$name" "$least" "$build" || status=1
done
exit "$status"
