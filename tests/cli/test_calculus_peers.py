# test_calculus_peers.py: divergence and vorticity beside those of CDO
#
# SPDX-License-Identifier: BSD-3-Clause
"""CDO's formulas are those of a sphere of radius 6371220 m, in double, rounded to float32."""

import netCDF4
import numpy as np
import pytest

from peer_formulas import CDO_RADIUS
from peer_programs import CLIMATOLOGY, run_cdo
from tool import succeed

OPERATORS = {"uv2dv_cfd": ("div", "div_UWND_VWND"), "uv2vr_cfd": ("curl", "curl_UWND_VWND")}
# Which of CDO's boundary options: whether longitudes are a circle, and the rows and columns
# with results.
OPTIONS = {
    0: (False, (slice(1, -1), slice(1, -1))),
    1: (True, (slice(1, -1), slice(None))),
    2: (False, (slice(None), slice(1, -1))),
    3: (True, (slice(None), slice(None))),
}
ROUNDINGS = 10  # of a term: see bound()


def with_holes(samples):
    return np.where(np.abs(samples) > 1e30, np.nan, samples.astype(float))


def of_gridgrad(place, operator, is_circle):
    """The tool's result on the observed winds of all months."""
    command, name = OPERATORS[operator]
    circle = ["-b", "COADSX=periodic"] if is_circle else []
    succeed(command, CLIMATOLOGY, "-v", "UWND,VWND", "--metric", "sphere", "--radius",
            CDO_RADIUS, *circle, "-o", "of_gridgrad.nc", cwd=place)  # fmt: skip
    with netCDF4.Dataset(place / "of_gridgrad.nc") as file:
        file.set_auto_mask(False)
        return with_holes(file[name][:])


def terms(operator, is_circle):
    """Magnitudes of what is added up: both derivatives and the sample with the tangent."""
    with netCDF4.Dataset(CLIMATOLOGY) as file:
        file.set_auto_mask(False)
        u, v = (with_holes(file[name][:]) for name in ("UWND", "VWND"))
        latitude = np.radians(file["COADSY"][:])[:, None]
        degrees = float(file["COADSX"][1] - file["COADSX"][0])
    along_y, along_x, own = (v, u, v) if operator == "uv2dv_cfd" else (u, v, u)
    y = np.gradient(along_y, float(latitude[1, 0] - latitude[0, 0]) * CDO_RADIUS, axis=1)
    spacing = np.radians(degrees) * CDO_RADIUS * np.cos(latitude)
    wide = np.concatenate([along_x[..., -1:], along_x, along_x[..., :1]], axis=2)
    x = np.gradient(wide, axis=2)[..., 1:-1] if is_circle else np.gradient(along_x, axis=2)
    return [np.abs(y), np.abs(x / spacing), np.abs(own * np.tan(latitude) / CDO_RADIUS)]


def bound(operator, is_circle):
    """A term of ours is rounded in weight, difference, product, scale, product with it, factor
    and product with it, then in two sums; CDO's once, and what it makes of degrees a little."""
    return ROUNDINGS * 2.0**-24 * sum(terms(operator, is_circle))


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("option", OPTIONS)
def test_observed_winds(tmp_path, operator, option):
    is_circle, inside = OPTIONS[option]
    names = {"u": "UWND", "v": "VWND", "boundOpt": option}
    expected = with_holes(run_cdo(tmp_path, CLIMATOLOGY, operator, **names))[:, *inside]
    result = of_gridgrad(tmp_path, operator, is_circle)[:, *inside]
    np.testing.assert_array_equal(np.isnan(result), np.isnan(expected))
    there = ~np.isnan(expected)
    assert there.sum() > 50_000
    allowed = bound(operator, is_circle)[:, *inside]
    assert np.all(np.abs(result - expected)[there] <= allowed[there])
