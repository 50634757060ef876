# share.py: how many of many cases that differ little a run of the tests takes
#
# SPDX-License-Identifier: BSD-3-Clause

import os

# Set by ./test.sh --all.
EVERY_CASE = "GRIDGRAD_EVERY_CASE" in os.environ
# The sanitizers look at what code does, not at its numbers, and take several times as long.
SANITIZED = "GRIDGRAD_SANITIZED" in os.environ


def some(cases, step, first=0):
    """Every step-th of the cases, the first of them by number; in ./test.sh --all each of
    them, with the sanitizers a quarter of the others. At least one, if there are any."""
    cases = list(cases)
    if EVERY_CASE or not cases:
        return cases
    step *= 4 if SANITIZED else 1
    return cases[first % min(step, len(cases)) :: step]


def fewer(count, few, fewest=None):
    """How many random cases are drawn; with the sanitizers the fewest."""
    if EVERY_CASE:
        return count
    return fewest if SANITIZED and fewest is not None else few
