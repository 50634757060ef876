# test_calculus_xarray.py: operators by the names of dims, with units, on the plane and the Earth
#
# SPDX-License-Identifier: BSD-3-Clause

import re

import numpy as np
import pytest

import gridgrad

xr = pytest.importorskip("xarray")
pytest.importorskip("gridgrad.xarray")

RANDOM = np.random.default_rng(5)
LAT = xr.DataArray(np.linspace(-60, 60, 9), dims="lat", attrs={"units": "degrees_north"})
LON = xr.DataArray(np.arange(0.0, 360, 30), dims="lon", attrs={"units": "degrees_east"})
TIME = xr.DataArray(np.arange(4) * np.timedelta64(6, "h"), dims="time")
Y = xr.DataArray(np.arange(6.0) * 2, dims="y", attrs={"units": "km", "axis": "Y"})
X = xr.DataArray(np.arange(7.0), dims="x", attrs={"units": "km", "axis": "X"})


def field(name, coords, unit=""):
    shape = [one.size for one in coords.values()]
    attrs = {"units": unit, "long_name": f"the {name}", "source": "noise"} if unit else {}
    return xr.DataArray(RANDOM.standard_normal(shape), coords, name=name, attrs=attrs)


EARTH = {"time": TIME, "lat": LAT, "lon": LON}
PLANE = {"y": Y, "x": X}
SST = field("sst", EARTH, "K")
WIND = xr.Dataset({"u": field("u", EARTH, "m s-1"), "v": field("v", EARTH, "m s-1")})
FLOW = xr.Dataset({"u": field("u", PLANE, "km/h"), "v": field("v", PLANE, "km/h")})
HEIGHT = field("h", PLANE, "km")


def test_scalars_on_the_plane():
    laplacian = HEIGHT.gridgrad.laplacian()
    np.testing.assert_array_equal(laplacian, gridgrad.laplacian(HEIGHT.values, Y.values, X.values))
    assert laplacian.name == "laplacian_h" and laplacian.dims == HEIGHT.dims
    assert laplacian.attrs == {
        "units": "km-1",
        "long_name": "Laplacian of the h",
        "source": "noise",
    }
    assert laplacian.x.identical(HEIGHT.x)

    slope = HEIGHT.gridgrad.magnitude("x", "y", accuracy=4)
    expected = gridgrad.magnitude(HEIGHT.values, X.values, Y.values, axis=(1, 0), accuracy=4)
    np.testing.assert_array_equal(slope, expected)
    assert (slope.units, slope.long_name) == ("1", "magnitude of the gradient of the h")


def test_hessians_are_named_by_dims():
    hessian = HEIGHT.gridgrad.hessian("x", "y")

    expected = gridgrad.hessian(HEIGHT.values, X.values, Y.values, axis=(1, 0))
    assert list(hessian) == ["d2h_dx2", "d2h_dx_dy", "d2h_dy2"]
    np.testing.assert_array_equal(hessian.d2h_dx_dy, expected[0, 1])
    np.testing.assert_array_equal(hessian.d2h_dy2, expected[1, 1])
    assert hessian.d2h_dx_dy.long_name == "second derivative of the h with respect to x and y"
    per_degree = SST.gridgrad.hessian("time", "lon")
    assert per_degree.d2sst_dtime_dlon.units == "K s-1 degrees_east-1"


def test_vectors_on_the_plane():
    divergence, curl = FLOW.gridgrad.divergence("u", "v"), FLOW.gridgrad.curl("u", "v")

    u, v = FLOW.u.values, FLOW.v.values
    expected = gridgrad.divergence([u, v], X.values, Y.values, axis=(1, 0))
    np.testing.assert_array_equal(divergence, expected)
    expected = gridgrad.curl([u, v], X.values, Y.values, axis=(1, 0))
    np.testing.assert_array_equal(curl, expected)
    assert (divergence.name, divergence.units) == ("divergence_u_v", "h-1")
    assert (curl.name, curl.long_name) == ("curl_u_v", "curl of the u, the v")
    turned = FLOW.assign(v=FLOW.v.transpose())
    assert turned.gridgrad.divergence("u", "v").equals(divergence)
    other = FLOW.gridgrad.divergence("v", "u", dims=("y", "x"))
    np.testing.assert_allclose(other, divergence, rtol=1e-14, atol=1e-14)


def test_a_vector_of_three_components():
    z = xr.DataArray(np.arange(4.0), dims="z", attrs={"units": "km", "axis": "Z"})
    space = {"z": z, **PLANE}
    flow = xr.Dataset({name: field(name, space, "km s-1") for name in "uvw"})

    curl = flow.gridgrad.curl("u", "v", "w")
    arrays = [flow[name].values for name in "uvw"]
    expected = gridgrad.curl(arrays, X.values, Y.values, z.values, axis=(2, 1, 0))
    assert list(curl) == ["curl_x", "curl_y", "curl_z"] and curl.curl_z.units == "s-1"
    for one, other in zip(curl.values(), expected, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    "metric, earth",
    [
        ("sphere", gridgrad.Sphere()),
        ("ellipsoid", gridgrad.Ellipsoid()),
        ("auto", gridgrad.Sphere()),
        (gridgrad.Sphere(1e6), gridgrad.Sphere(1e6)),
    ],
    ids=str,
)
def test_on_the_earth(metric, earth):
    boundary = {"lon": "periodic"}
    options = {"metric": earth, "boundary": {2: gridgrad.Periodic(360)}}
    lon, lat = LON.values, LAT.values

    vorticity = WIND.gridgrad.curl("u", "v", metric=metric, boundary=boundary)
    expected = gridgrad.curl([WIND.u.values, WIND.v.values], lon, lat, **options)
    np.testing.assert_array_equal(vorticity, expected)
    assert vorticity.units == "s-1"
    laplacian = SST.gridgrad.laplacian(metric=metric, boundary=boundary)
    np.testing.assert_array_equal(laplacian, gridgrad.laplacian(SST.values, lon, lat, **options))
    assert laplacian.units == "K m-2"
    gradient = SST.gridgrad.gradient("lat", "lon", metric=metric, boundary=boundary)
    north, east = gridgrad.gradient(SST.values, lat, lon, axis=(1, 2), **options)
    np.testing.assert_array_equal(gradient.dsst_dlat, north)
    np.testing.assert_array_equal(gradient.dsst_dlon, east)
    assert gradient.dsst_dlat.attrs["units"] == "K m-1"
    title = "derivative of the sst with respect to distance along lat"
    assert gradient.dsst_dlat.long_name == title


def test_auto_is_the_plane_where_there_are_no_degrees():
    assert HEIGHT.gridgrad.laplacian(metric="auto").identical(HEIGHT.gridgrad.laplacian())
    plain = HEIGHT.gridgrad.gradient("x", "y", metric="auto")
    assert plain.identical(HEIGHT.gridgrad.gradient("x", "y"))


def test_latitudes_and_longitudes_of_two_dimensions():
    lon, lat = np.meshgrid(np.arange(8.0), np.arange(40.0, 46))
    f = xr.DataArray(lat * lon, dims=("j", "i"), name="f", attrs={"units": "K"})
    metric = gridgrad.Metric.at(lat, lon)

    laplacian = f.gridgrad.laplacian("i", "j", metric=metric)
    np.testing.assert_array_equal(laplacian, gridgrad.laplacian(f.values, metric=metric))
    assert laplacian.units == "K m-2"


def test_chunks_stay_lazy():
    da = pytest.importorskip("dask.array")
    lazy = WIND.chunk({"time": 1, "lat": 4, "lon": 5})

    result = lazy.gridgrad.divergence("u", "v", metric="sphere")
    assert isinstance(result.data, da.Array)
    assert result.compute(scheduler="sync").identical(
        WIND.gridgrad.divergence("u", "v", metric="sphere")
    )
    hessian = lazy.u.gridgrad.hessian("lat", "lon")
    assert isinstance(hessian.d2u_dlat2.data, da.Array)


MIXED = xr.Dataset({"u": FLOW.u, "v": FLOW.v.assign_attrs(units="m s-1")})
PLAIN = xr.Dataset({"u": (("a", "b"), np.zeros((4, 4))), "v": (("a", "b"), np.zeros((4, 4)))})
REFUSALS = [
    (
        lambda: SST.gridgrad.magnitude("lat", "lon"),
        "metric: none given, and 'lat', 'lon' in degrees; 'sphere' or 'ellipsoid' makes them "
        "lengths",
    ),
    (
        lambda: WIND.gridgrad.divergence("u", "v"),
        "metric: none given, and 'lon', 'lat' in degrees; 'sphere' or 'ellipsoid' makes them "
        "lengths",
    ),
    (
        lambda: HEIGHT.gridgrad.laplacian(metric="sphere"),
        "metric: 'sphere' given, but no two dims of 'y', 'x' have coordinates in degrees_north "
        "and degrees_east",
    ),
    (
        lambda: HEIGHT.gridgrad.laplacian(metric="globe"),
        "metric: 'globe' given; accepted: 'cartesian', 'sphere', 'ellipsoid', 'auto'",
    ),
    (
        lambda: SST.gridgrad.gradient("lon", metric="sphere"),
        "metric: given for dims 'lon'; 'lat' is needed among them, as lengths depend on it",
    ),
    (
        lambda: SST.isel(lat=0).gridgrad.magnitude("time", "lon"),
        "metric: none given, and 'lon' in degrees; 'sphere' or 'ellipsoid' makes them lengths",
    ),
    (
        lambda: HEIGHT.assign_coords(x=X.assign_attrs(units="m")).gridgrad.laplacian(),
        "dims: 'y' in 'km' and 'x' in 'm' given; one unit is needed",
    ),
    (
        lambda: MIXED.gridgrad.divergence("u", "v"),
        "components: 'u' in 'km/h' and 'v' in 'm s-1' given; one unit is needed",
    ),
    (
        lambda: PLAIN.gridgrad.curl("u", "v"),
        "dims: not given, and which of 'a', 'b' are x and y is not known from their attributes; "
        "dims=('x', 'y') says it",
    ),
    (
        lambda: FLOW.gridgrad.curl("v", "u", dims=("y", "x")),
        "dims: 'y', 'x' given; a curl needs x before y, and components in that order",
    ),
    (
        lambda: FLOW.gridgrad.divergence("u", "w"),
        "components: 'w' given; accepted: 'u', 'v'",
    ),
    (
        lambda: FLOW.gridgrad.divergence("u", "v", dims=("x",)),
        "components: 'u', 'v' given for dims 'x'; one for each is needed",
    ),
    (
        lambda: FLOW.assign(v=FLOW.v.isel(y=0)).gridgrad.divergence("u", "v"),
        "components: 'u' along 'y', 'x' and 'v' along 'x' given; the same dims are needed",
    ),
]


@pytest.mark.parametrize("call, message", REFUSALS, ids=[case[1][:50] for case in REFUSALS])
def test_refuses(call, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        call()


def test_refuses_other_objects_and_keywords():
    with pytest.raises(TypeError, match="^obj: a Dataset given; a DataArray is needed$"):
        FLOW.gridgrad.laplacian()
    with pytest.raises(TypeError, match="^obj: a DataArray given; a Dataset is needed$"):
        HEIGHT.gridgrad.divergence("u", "v")
    with pytest.raises(TypeError, match="unexpected keyword argument 'acuracy'$"):
        HEIGHT.gridgrad.laplacian(acuracy=4)
