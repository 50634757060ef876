# test_geotiff_labels.py: what a raster says of its samples, in and out
#
# SPDX-License-Identifier: BSD-3-Clause

import struct

import netCDF4
import numpy as np
import pytest
import rasterio
from rasterio.transform import Affine

import tool
from rasters import (NORTH_UP, SHAPE, assert_agree, assert_same_bits, of_array, of_npy,
                     positions, read_raster, samples_of, write_raster)  # fmt: skip

UTM = Affine(30, 0, 500_000, 0, -30, 5_000_000)


def grad(place, *arguments, output="out.tif"):
    tool.succeed("grad", "in.tif", "-q", *arguments, "-o", output, "-O", cwd=place)
    return place / output


def stored(path):
    """Samples and attributes of the variables of a netCDF file."""
    with netCDF4.Dataset(path) as file:
        file.set_auto_maskandscale(False)
        return {name: (np.array(variable[:]), variable.__dict__)
                for name, variable in file.variables.items()}  # fmt: skip


@pytest.mark.parametrize("kind", ["Area", "Point"])
def test_positions_are_those_of_the_centres_of_pixels(tmp_path, kind):
    write_raster(tmp_path / "in.tif", samples_of("f4"), tags={"AREA_OR_POINT": kind})

    labels = stored(grad(tmp_path, output="out.nc"))

    for name, expected in zip("yx", positions()):
        assert_same_bits(labels[name][0], expected)
    assert_agree(tmp_path / "in.tif", grad(tmp_path))


def test_a_transform_that_is_not_rotated_gives_positions(tmp_path):
    # South up: the only such transform that GDAL writes as a matrix.
    south_up = Affine(0.25, 0, 10, 0, 0.5, 50)
    write_raster(tmp_path / "in.tif", samples_of("f4"), transform=south_up)
    with rasterio.open(tmp_path / "in.tif") as file:
        assert file.transform.e > 0

    results = read_raster(grad(tmp_path))

    expected = of_array(tmp_path, samples_of("f4")[0], south_up)
    assert_same_bits(np.stack(list(results.values())), expected)
    assert_agree(tmp_path / "in.tif", tmp_path / "out.tif")


def test_a_rotated_transform_needs_a_spacing_and_is_kept(tmp_path):
    rotated = Affine(10, 3, 5e5, 2, -10, 5e6)
    write_raster(tmp_path / "in.tif", samples_of("f4"), transform=rotated, crs="EPSG:32632")

    process = tool.run("grad", "in.tif", "-q", "-o", "out.tif", cwd=tmp_path)

    assert process.returncode == 2
    assert process.stderr.decode() == (
        "gridgrad: spacing: axis y of band1 has no coordinates of its own, and yc, xc vary along "
        "several axes; a spacing or coordinates are needed (-s)\n")  # fmt: skip
    assert_agree(tmp_path / "in.tif", grad(tmp_path, "-s", "10,10"))
    labels = stored(grad(tmp_path, "-s", "10,10", output="out.nc"))
    rows, columns = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]] + 0.5
    x, y = rotated @ (columns, rows)
    # Of both sums, a few roundings of numbers below 2^23.
    np.testing.assert_allclose(labels["xc"][0], x, rtol=0, atol=4 * np.spacing(2.0**23))
    np.testing.assert_allclose(labels["yc"][0], y, rtol=0, atol=4 * np.spacing(2.0**23))


def test_a_raster_that_lies_nowhere_has_spacing_one(tmp_path):
    write_raster(tmp_path / "in.tif", samples_of("f8"), transform=None, crs=None)

    process = tool.run("grad", "in.tif", "-o", "out.tif", cwd=tmp_path)

    assert process.stderr.decode() == (
        "y has no coordinates; spacing 1\n"
        "x has no coordinates; spacing 1\n")  # fmt: skip
    results = read_raster(tmp_path / "out.tif")
    for axis, name in enumerate("yx"):
        np.testing.assert_array_equal(results[f"dband1_d{name}"],
                                      np.gradient(samples_of("f8")[0], axis=axis))  # fmt: skip
    assert_agree(tmp_path / "in.tif", tmp_path / "out.tif")


@pytest.mark.parametrize("crs,unit_y,unit_x,name_x", [
    ("EPSG:4326", "degrees_north", "degrees_east", "longitude"),
    ("EPSG:32632", "metre", "metre", "projection_x_coordinate"),
    ("EPSG:2263", "US_survey_foot", "US_survey_foot", "projection_x_coordinate"),
])  # fmt: skip
def test_units_are_those_of_the_coordinate_system(tmp_path, crs, unit_y, unit_x, name_x):
    write_raster(tmp_path / "in.tif", samples_of("f4"), crs=crs, units=("m",),
                 descriptions=["elevation"])  # fmt: skip

    labels = stored(grad(tmp_path, output="out.nc"))

    assert labels["y"][1]["units"] == unit_y and labels["x"][1]["units"] == unit_x
    assert labels["x"][1]["standard_name"] == name_x
    assert labels["delevation_dy"][1]["units"] == f"m {unit_y}-1"
    with rasterio.open(grad(tmp_path)) as file:
        assert file.units == (f"m {unit_y}-1", f"m {unit_x}-1")


@pytest.mark.parametrize("kind,nodata", [("i2", -32768), ("u1", 255), ("u2", 0), ("i4", -2147483648),
                                         ("f4", np.finfo("f4").min), ("f4", np.nan),
                                         ("f8", -9999.5), ("f8", np.finfo("f8").min),
                                         ("f4", -9999.9)])  # fmt: skip
def test_nodata_is_missing_and_kept_as_it_is(tmp_path, kind, nodata):
    samples = samples_of(kind).copy()
    samples[samples == nodata] = 1
    samples[0, 3:5, 7] = samples[0, 20, 30] = nodata
    write_raster(tmp_path / "in.tif", samples, nodata=nodata)

    results = np.stack(list(read_raster(grad(tmp_path)).values()))

    wide = samples[0] if np.dtype(kind).kind == "f" else samples[0].astype("f8")
    holes = samples[0] == np.dtype(kind).type(nodata)
    expected = of_array(tmp_path, np.where(holes, wide.dtype.type(np.nan), wide))
    expected[np.isnan(expected)] = nodata
    assert np.isnan(nodata) or (expected == np.dtype(expected.dtype).type(nodata)).sum() >= 3
    # The sign and the bits of a NaN are nobody's.
    np.testing.assert_array_equal(results, expected)
    assert_agree(tmp_path / "in.tif", tmp_path / "out.tif")


def test_nodata_that_no_sample_can_have_changes_nothing(tmp_path):
    write_raster(tmp_path / "in.tif", samples_of("u1"), nodata=123)
    content = (tmp_path / "in.tif").read_bytes()
    tag = struct.pack("<HHI", 42113, 2, 4)
    assert tag + b"123\0" in content
    (tmp_path / "in.tif").write_bytes(content.replace(tag + b"123\0", tag + b"300\0"))

    results = read_raster(grad(tmp_path))

    assert_same_bits(np.stack(list(results.values())), of_npy("u1")[0])


def test_scale_and_offset_unpack(tmp_path):
    packed = samples_of("i2")
    write_raster(tmp_path / "in.tif", packed, scales=(0.125,), offsets=(273.0,))

    results = read_raster(grad(tmp_path))

    # The factor is a power of two, so that the order of operations does not show.
    assert_same_bits(np.stack(list(results.values())), of_npy("i2")[0] * 0.125)
    with rasterio.open(tmp_path / "out.tif") as file:
        assert file.scales == (1, 1) and file.offsets == (0, 0)


def test_bands_have_their_own_names_units_and_scales(tmp_path):
    samples = samples_of("f4", 4)
    write_raster(tmp_path / "in.tif", samples, descriptions=["u", "u", "wind speed", "x"],
                 units=["m s-1", "", "K", "1"], scales=(1, 1, 0.5, 1), offsets=(0,) * 4)  # fmt: skip

    results = read_raster(grad(tmp_path, "-x", "x"))

    assert list(results) == ["du_dx", "dband2_dx", "dband3_dx", "dband4_dx"]
    expected = [of_npy("f4", 4)[k][1] for k in range(4)]
    for k, result in enumerate(results.values()):
        assert_same_bits(result, expected[k] * np.float32(0.5 if k == 2 else 1))
    with rasterio.open(tmp_path / "out.tif") as file:
        units = ("m s-1 degrees_east-1", None, "K degrees_east-1", "degrees_east-1")
        assert file.units == units
        assert file.tags(3)["long_name"] == "derivative of wind speed with respect to longitude"


def test_a_description_takes_no_other_band_its_name(tmp_path):
    samples = samples_of("f4", 3)
    write_raster(tmp_path / "in.tif", samples, descriptions=["band2", "", "band3"])

    for band in range(3):
        tool.succeed("grad", "in.tif", "-v", f"band{band + 1}", "-o", "out.tif", "-O", cwd=tmp_path)

        for result, expected in zip(
            read_raster(tmp_path / "out.tif").values(), of_npy("f4", 3)[band]
        ):
            assert_same_bits(result, expected)


def test_results_are_read_again_by_their_names(tmp_path):
    write_raster(tmp_path / "in.tif", samples_of("f8"), descriptions=["h"])
    grad(tmp_path)

    tool.succeed("grad", "out.tif", "-v", "dh_dx", "-x", "x", "-o", "second.tif", cwd=tmp_path)

    assert list(read_raster(tmp_path / "second.tif")) == ["ddh_dx_dx"]


def test_what_was_said_of_the_file_is_kept_and_the_history_grows(tmp_path):
    tags = {"history": "made & <kept>", "TIFFTAG_COPYRIGHT": "nobody", "source": 'a "drone"',
            "TIFFTAG_SOFTWARE": "other"}  # fmt: skip
    write_raster(tmp_path / "in.tif", samples_of("f4"), tags=tags)
    with rasterio.open(tmp_path / "in.tif", "r+") as file:
        file.update_tags(ns="SURVEY", flight="7 & 8")
        file.update_tags(1, STATISTICS_MEAN="3", instrument="lidar")

    grad(tmp_path)

    with rasterio.open(tmp_path / "out.tif") as file:
        found = file.tags()
        assert found["TIFFTAG_COPYRIGHT"] == "nobody" and found["source"] == 'a "drone"'
        assert found["TIFFTAG_SOFTWARE"].startswith("gridgrad ")
        first, before = found["history"].split("\n")
        assert first.endswith("gridgrad grad in.tif -q -o out.tif -O") and before == "made & <kept>"
        assert file.tags(ns="SURVEY") == {"flight": "7 & 8"}
        assert file.tags(1)["instrument"] == "lidar" and "STATISTICS_MEAN" not in file.tags(1)


def test_overviews_are_not_taken_for_the_image(tmp_path):
    write_raster(tmp_path / "in.tif", samples_of("f4"), tiled=True, blockxsize=16, blockysize=16)
    with rasterio.open(tmp_path / "in.tif", "r+") as file:
        file.build_overviews([2, 4])

    results = read_raster(grad(tmp_path))

    assert_same_bits(np.stack(list(results.values())), of_npy("f4")[0])
    assert_agree(tmp_path / "in.tif", tmp_path / "out.tif")


@pytest.mark.parametrize("nodata", [None, -7])
def test_tiles_that_were_never_written_hold_nodata_or_zero(tmp_path, nodata):
    profile = {"driver": "GTiff", "width": 64, "height": 64, "count": 1, "dtype": "float32",
               "nodata": nodata, "transform": UTM, "crs": "EPSG:32632", "tiled": True,
               "blockxsize": 16, "blockysize": 16, "compress": "lzw", "sparse_ok": True}  # fmt: skip
    with rasterio.open(tmp_path / "in.tif", "w", **profile) as file:
        file.write(np.ones((1, 16, 16), "f4"), window=rasterio.windows.Window(16, 16, 16, 16))
    samples = np.full((64, 64), 0 if nodata is None else np.nan, "f4")
    samples[16:32, 16:32] = 1

    results = np.stack(list(read_raster(grad(tmp_path)).values()))

    expected = of_array(tmp_path, samples, UTM)
    expected[np.isnan(expected)] = nodata
    np.testing.assert_array_equal(results, expected)


def test_arrays_and_netcdf_are_written_from_geotiff(tmp_path):
    write_raster(tmp_path / "in.tif", samples_of("f4"), descriptions=["h"], compress="lzw",
                 predictor=3, tiled=True, blockxsize=16, blockysize=16)  # fmt: skip

    array = np.load(grad(tmp_path, output="out.npy"))
    labels = stored(grad(tmp_path, output="out.nc"))

    assert_same_bits(array, of_npy("f4")[0])
    for k, name in enumerate(("dh_dy", "dh_dx")):
        assert_same_bits(labels[name][0], of_npy("f4")[0][k])


def test_the_content_and_not_the_suffix_says_what_a_file_is(tmp_path):
    write_raster(tmp_path / "in.tif", samples_of("f4"))
    (tmp_path / "in.tif").rename(tmp_path / "in.npy")

    tool.succeed("grad", "in.npy", "-o", "out.tiff", cwd=tmp_path)

    assert_same_bits(np.stack(list(read_raster(tmp_path / "out.tiff").values())), of_npy("f4")[0])


def test_info_names_bands_and_axes(tmp_path):
    write_raster(tmp_path / "in.tif", samples_of("i2"), descriptions=["h"], units=["m"],
                 nodata=-32768, transform=NORTH_UP)  # fmt: skip

    text = tool.succeed("info", "in.tif", cwd=tmp_path).decode()

    assert text.startswith(
        "format: GeoTIFF\naxes:\n  y: 37 samples, coordinates in degrees_north, "
    )
    assert "  int16 h(y, x) in m, missing -32768\n" in text
