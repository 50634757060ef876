# use.sh: root installs the packages, uses what they bring, and removes them
#
# SPDX-License-Identifier: BSD-3-Clause
set -euo pipefail
cd "$(dirname "$0")"
export DEBIAN_FRONTEND=noninteractive

install() { apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }

# The tool alone, with what its package depends on.
install ./packages/gridgrad_*.deb
mkdir tool
bash use_tool.sh tool "$PWD/fields"
gridgrad --version
if dpkg -l libhwy-dev 2>/dev/null | grep -q ^ii; then echo 'use.sh: the tool brings headers' >&2; exit 1; fi

# The library, beside a compiler and CMake.
install ./packages/libgridgrad-dev_*.deb g++ cmake make
cmake -S consumer -B build >/dev/null
cmake --build build >/dev/null
build/consumer

# The wheel links Highway and oneTBB, which came with the tool.
install python3-venv
python3 -m venv venv
venv/bin/python -m pip install --quiet --no-index --find-links wheels gridgrad
venv/bin/python use_wheel.py

# Nothing stays behind.
apt-get purge -y gridgrad libgridgrad-dev >/dev/null
left=$(find /usr /etc /var/lib -xdev -path '*gridgrad*' -not -path '/var/lib/dpkg/*')
if [ -n "$left" ]; then printf 'use.sh: purged, but left:\n%s\n' "$left" >&2; exit 1; fi
