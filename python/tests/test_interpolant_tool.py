# test_interpolant_tool.py: the package beside the tool, on observed sea surface temperatures
#
# SPDX-License-Identifier: BSD-3-Clause

import os
import pathlib
import subprocess

import numpy as np
import pytest
import xarray as xr

import gridgrad.xarray

COADS = pathlib.Path(__file__).parents[2] / "examples/data/coads_sst.nc"
BIN = os.environ.get("GRIDGRAD_BIN")


def _track():
    """A ship from Rio de Janeiro to Durban, across the seam of the file at 380 degrees east."""
    share = np.linspace(0, 1, 200)
    return -25.5 - 12 * np.sin(np.pi * share), (-36.25 + 66 * share) % 360


@pytest.mark.skipif(BIN is None, reason="the tool was not built")
@pytest.mark.parametrize("interpolation, accuracy", [("linear", 2), ("cubic", 2), ("cubic", 4)])
def test_a_track_has_the_bits_of_the_tool(tmp_path, interpolation, accuracy):
    lats, lons = _track()
    np.save(tmp_path / "track.npy", np.stack([lats, lons], axis=-1))
    chosen = ["--interpolation", interpolation]
    if interpolation == "cubic":
        chosen += ["--accuracy", str(accuracy)]
    command = [pathlib.Path(BIN) / "gridgrad", "at", COADS, "-q", "-v", "SST", "--pick", "TIME=0"]
    subprocess.run(
        [*command, "-p", "track.npy", "-b", "COADSX=periodic", "-o", "at.npy", *chosen],
        cwd=tmp_path,
        check=True,
    )
    expected = np.load(tmp_path / "at.npy")[:, -3:]

    sst = xr.open_dataset(COADS, decode_times=False).SST[0]
    boundary = {"COADSX": gridgrad.Periodic(360)}
    track = sst.gridgrad.at(
        COADSY=lats, COADSX=lons, interpolation=interpolation, accuracy=accuracy, boundary=boundary
    )

    assert np.isfinite(expected).any() and np.isnan(expected).any()
    for k, name in enumerate(["SST", "dSST_dCOADSY", "dSST_dCOADSX"]):
        np.testing.assert_array_equal(track[name], expected[:, k])
