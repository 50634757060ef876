#!/usr/bin/env bash
# tests/package/clean_root.sh: builds and uses gridgrad in systems that have nothing else
#
# SPDX-License-Identifier: BSD-3-Clause
#
# Two systems are made from this machine's own sources of apt, and are gone afterwards:
#   one with the packages of docs/install.md alone, where a user who is not root builds the
#   tool, installs it at home, uses it, and makes the packages;
#   one with a bare minimum, where apt installs these packages, they are used, and removed,
#   and where pip installs the wheel that this machine has built.
#
# Needs mmdebstrap, .venv (setup.sh), and root, or a user whom `mmdebstrap --mode=unshare` takes.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
in_root=tests/package/in_root
# Of this machine's environment nothing reaches the new systems.
clean='env --ignore-environment LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin'

section() { printf '\n== clean root: %s (%d s so far)\n\n' "$1" "$SECONDS"; }

# The distribution's own; others need keys that the new system lacks.
sources() {
  apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
    'Created-By: Packages' "Origin: $(dpkg-vendor --query Vendor)" | sort -u
}

# The command in docs/install.md that installs what building takes.
packages_to_build() {
  sed -n '/^sudo apt-get install/,/[^\\]$/p' docs/install.md |
    tr -d '\\' | xargs | sed 's/sudo apt-get install//; s/--[a-z-]*//g'
}

# clean_root packages hooks...: hooks run once a system with the packages stands.
clean_root() {
  local packages=$1 release
  shift
  release=$(. /etc/os-release && echo "$VERSION_CODENAME")
  apt-config dump --format '%f "%v";%n' Acquire::http::Proxy Acquire::https::Proxy \
    >"$work/proxies"
  sources | mmdebstrap --quiet --variant=apt --aptopt="$work/proxies" \
    --dpkgopt=force-unsafe-io --include="$packages" \
    "$@" "$release" /dev/null -
}

if [ -z "$(sources)" ]; then echo 'clean_root.sh: apt knows no packages; run apt-get update' >&2; exit 1; fi

# A raster for the tool, which writes GeoTIFF from GeoTIFF only.
mkdir "$work/fields"
cp examples/data/coads_sst.nc "$work/fields"
.venv/bin/python -W ignore - "$work/fields/heights.tif" <<'RASTER'
import sys
import numpy as np, rasterio
profile = {"driver": "GTiff", "width": 7, "height": 5, "count": 1, "dtype": "float32"}
with rasterio.open(sys.argv[1], "w", crs="EPSG:32632", **profile) as raster:
    raster.write(np.arange(35, dtype=np.float32).reshape(1, 5, 7) ** 2)
RASTER

section 'the wheel'
.venv/bin/python -m pip wheel --quiet --no-build-isolation --no-deps --wheel-dir "$work/wheels" .
.venv/bin/python -m pip download --quiet --only-binary :all: --dest "$work/wheels" 'numpy>=2'

section 'a user who is not root builds, installs and packs'
mkdir "$work/packages"
git ls-files -z | tar --null --files-from=- --create --file="$work/source.tar"
clean_root "$(packages_to_build | xargs | tr ' ' ,)" \
  --customize-hook='chroot "$1" useradd --create-home someone' \
  --customize-hook='mkdir "$1/home/someone/gridgrad"' \
  --customize-hook="tar-in $work/source.tar /home/someone/gridgrad" \
  --customize-hook="sync-in $work/fields /home/someone" \
  --customize-hook='chroot "$1" chown -R someone: /home/someone' \
  --customize-hook="chroot \"\$1\" $clean HOME=/home/someone runuser -u someone -- \
    bash /home/someone/gridgrad/$in_root/build.sh" \
  --customize-hook="sync-out /home/someone/gridgrad/build/package/packages $work/packages"

section 'what lintian says of the packages'
# Nothing is uploaded, so that no bug is closed.
lintian --allow-root --fail-on error,warning --suppress-tags initial-upload-closes-no-bugs \
  "$work"/packages/*.deb

section 'apt installs the packages, pip the wheel'
tar --create --file="$work/use.tar" -C "$work" packages wheels fields \
  -C "$PWD/tests" consumer -C "$PWD/$in_root" use.sh use_tool.sh use_wheel.py
clean_root ca-certificates \
  --customize-hook='mkdir "$1/trial"' \
  --customize-hook="tar-in $work/use.tar /trial" \
  --customize-hook="chroot \"\$1\" $clean HOME=/root bash /trial/use.sh"

section 'done'
