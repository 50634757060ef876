# examples/ships_track_test.py: the ship's temperatures and gradients are Catmull and Rom's
#
# SPDX-License-Identifier: BSD-3-Clause

import csv
import pathlib
import subprocess

import netCDF4
import numpy as np

EXAMPLES = pathlib.Path(__file__).parent

# Powers of t times samples -1, 0, 1, 2 of a cell: Keys, IEEE Trans. ASSP 29 (1981).
CUBIC = np.array([[0, 2, 0, 0], [-1, 0, 1, 0], [2, -5, 4, -1], [-1, 3, -3, 1]]) / 2


def value_and_slopes(field, y, x):
    rows, columns = int(y // 1) + np.arange(-1, 3), (int(x // 1) + np.arange(-1, 3)) % 180
    (value_y, slope_y), (value_x, slope_x) = (
        ([1, t, t**2, t**3] @ CUBIC, [0, 1, 2 * t, 3 * t**2] @ CUBIC) for t in (y % 1, x % 1)
    )
    window = field[np.ix_(rows, columns)]
    return (
        value_y @ window @ value_x,
        slope_y @ window @ value_x / 2,
        value_y @ window @ slope_x / 2,
    )


def test_the_ships_temperatures_and_gradients_are_those_of_the_cubic():
    script = ["bash", EXAMPLES / "ships_track.sh"]
    printed = subprocess.run(script, check=True, capture_output=True, text=True).stdout
    with netCDF4.Dataset(EXAMPLES / "data" / "coads_sst.nc") as sst:
        january = np.ma.filled(sst["SST"][0].astype(float), np.nan)

    rows = list(csv.DictReader(printed.splitlines()))

    assert [row["remark"] for row in rows if not row["SST"]] == ["Table Bay"]
    for row in rows:
        y, x = (float(row["lat"]) + 89) / 2, (float(row["lon"]) - 21) / 2
        given = [float(row[name] or "nan") for name in ("SST", "dSST_dCOADSY", "dSST_dCOADSX")]
        # Two sums of 16 products of temperatures below 32, each of about 10 operations.
        np.testing.assert_allclose(
            given, value_and_slopes(january, y, x), rtol=0, atol=2 * 26 * 2.0**-53 * 32
        )
