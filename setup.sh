#!/usr/bin/env bash
# setup.sh: installs what building and testing gridgrad needs; does nothing the second time
#
# SPDX-License-Identifier: BSD-3-Clause
#
# Needs bash, apt (Debian 12 or later, Ubuntu 24.04 or later) and root or sudo. The packages
# are the Build-Depends of debian/control; what building and testing the Python package takes,
# as pyproject.toml lists it, goes to .venv.
set -euo pipefail
cd "$(dirname "$0")"

# As root nothing is put before the commands; containers seldom have sudo.
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# dpkg-checkbuilddeps is itself one of the packages that a bare system lacks.
packages_missing() {
  ! command -v dpkg-checkbuilddeps >/dev/null || ! dpkg-checkbuilddeps debian/control 2>/dev/null
}

install_packages() {
  echo "setup: installing the Build-Depends of debian/control"
  as_root apt-get update
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get build-dep -y --no-install-recommends .
}

python_packages() {
  /usr/bin/python3 -c '
import tomllib
project = tomllib.load(open("pyproject.toml", "rb"))
packages = project["project"]["optional-dependencies"]["test"]
print("\n".join(project["build-system"]["requires"] + packages))'
}

install_python() {
  echo "setup: making .venv from pyproject.toml"
  rm -rf .venv
  # The system's own interpreter: a version manager's python3 may lack venv.
  /usr/bin/python3 -m venv .venv
  python_packages | .venv/bin/python -m pip install --quiet --requirement /dev/stdin
  echo "$1" >.venv/stamp
}

if ! command -v apt-get >/dev/null; then
  echo "setup: no apt-get here; install what debian/control lists under Build-Depends" >&2
  exit 2
fi
if packages_missing; then install_packages; fi

stamp=$(cat <(python_packages) <(/usr/bin/python3 --version) <(pwd) | sha256sum)
if [ "$(cat .venv/stamp 2>/dev/null)" != "$stamp" ]; then install_python "$stamp"; fi
