#!/usr/bin/env bash
# coverage.sh: how many lines of each parser the kept corpus runs; fails below 85 %
#
# SPDX-License-Identifier: BSD-3-Clause
#
# Needs clang and llvm-cov (Debian's packages clang, libclang-rt-dev and llvm).
set -euo pipefail
cd "$(dirname "$0")/../.."
least=85
build=build/fuzz-coverage
cmake --preset fuzz -B "$build" -DGRIDGRAD_FUZZ_COVERAGE=ON >/dev/null
cmake --build "$build" --target fuzzers >/dev/null
find "$build" -name '*.gcda' -delete

# lines FUZZER PARSER: "Lines executed:93.10% of 58".
lines() {
  llvm-cov gcov -n "$build/tests/fuzz/CMakeFiles/fuzz_$1.dir/__/__/$2.gcda" 2>/dev/null |
    grep -A1 "^File .*/$2'$" | tail -1
}

status=0
for list in "$build"/tests/fuzz/*.parsers; do
  name=$(basename "$list" .parsers)
  "$build/bin/fuzz_$name" -runs=0 -close_fd_mask=1 "tests/fuzz/corpus/$name" 2>/dev/null
  while read -r parser; do
    line=$(lines "$name" "$parser")
    printf '%-10s %-34s %s\n' "$name" "$parser" "$line"
    share=${line#*:}
    if [ "${share%%.*}" -lt "$least" ]; then status=1; fi
  done <"$list"
done
exit "$status"
