# build.sh: what docs/install.md says for a machine where apt is somebody else's
#
# SPDX-License-Identifier: BSD-3-Clause
set -euo pipefail
cd "$(dirname "$0")/../../.."
if [ "$(id -u)" = 0 ]; then echo 'build.sh: root is not to run this' >&2; exit 1; fi

cmake --workflow --preset package

cmake --install build/package --prefix "$HOME/.local" >/dev/null
trial=$(mktemp -d)
PATH="$HOME/.local/bin:$PATH" bash tests/package/in_root/use_tool.sh "$trial" \
  "$HOME"
cmake -G Ninja -S tests/consumer -B "$trial/consumer" -DCMAKE_PREFIX_PATH="$HOME/.local"
cmake --build "$trial/consumer"
"$trial/consumer/consumer"

mkdir build/package/packages
cp build/package/*.deb build/package/packages
