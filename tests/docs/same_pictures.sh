#!/usr/bin/env bash
# tests/docs/same_pictures.sh: the pictures of the documents are those that the tool draws
#
# SPDX-License-Identifier: BSD-3-Clause
#
# usage: same_pictures.sh PICTURES BIN     docs/pictures, and where the tool is
set -euo pipefail
pictures=$1
drawn=$(mktemp -d)
trap 'rm -rf "$drawn"' EXIT

PATH="$2:$PATH" "$pictures/draw.sh" "$drawn"
for picture in "$drawn"/*.svg; do
  name=$(basename "$picture")
  cmp "$picture" "$pictures/$name" || {
    echo "docs/pictures/$name is not what is drawn; docs/pictures/draw.sh docs/pictures, and look at it" >&2
    exit 1
  }
done
