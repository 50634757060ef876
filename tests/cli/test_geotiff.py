# test_geotiff.py: samples of rasters in every type, codec and layout
#
# SPDX-License-Identifier: BSD-3-Clause

import itertools
import zlib

import numpy as np
import pytest
import rasterio

import tool
from rasters import (assert_agree, assert_same_bits, of_array, of_npy, read_raster, samples_of,
                     write_raster)  # fmt: skip
from share import some

TYPES = ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8", "c8", "c16"]
CODECS = [("none", 1), ("packbits", 1), ("lzma", 1), ("deflate", 1), ("lzw", 1), ("zstd", 1),
          ("deflate", 2), ("lzw", 2), ("zstd", 2), ("deflate", 3), ("zstd", 3)]  # fmt: skip


def structure(path):
    """Codec, predictor and extents of blocks, as GDAL calls them."""
    with rasterio.open(path) as file:
        found = file.tags(ns="IMAGE_STRUCTURE")
        return (
            found.get("COMPRESSION", "NONE"),
            int(found.get("PREDICTOR", 1)),
            file.block_shapes[0],
        )


LAYOUTS = [shape | {"ENDIANNESS": order} | interleave for shape, order, interleave in itertools.product(
    [{"blockysize": 5}, {"tiled": True, "blockxsize": 32, "blockysize": 16}],
    ["LITTLE", "BIG"], [{}, {"interleave": "band"}, {"interleave": "pixel"}])]  # fmt: skip


def some_layouts(*case):
    """Of the twelve one with one band, one with three in planes or one with three in pixels,
    and in ./test.sh --all one of each; neighbouring cases have others."""
    number = zlib.crc32(repr(case).encode())
    chosen = [LAYOUTS[(3 * (number >> (2 * k)) + k) % len(LAYOUTS)] for k in range(3)]
    return some(chosen, 3, number >> 6)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("codec,predictor", CODECS)
def test_results_are_those_of_the_array_in_memory(tmp_path, kind, codec, predictor):
    if predictor not in {1, {"f": 3, "c": 1}.get(np.dtype(kind).kind, 2)}:
        pytest.skip("the predictor is for other types")
    profile = {"compress": codec} | ({"predictor": predictor} if predictor != 1 else {})
    for layout in some_layouts(kind, codec, predictor):
        bands = 3 if "interleave" in layout else 1
        write_raster(tmp_path / "in.tif", samples_of(kind, 3)[:bands], **profile, **layout)
        names = ",".join(f"band{k + 1}" for k in range(bands))

        tool.succeed("grad", "in.tif", "-q", "-v", names, "-o", "out.tif", "-O", cwd=tmp_path)

        results = read_raster(tmp_path / "out.tif")
        assert list(results) == [f"dband{k + 1}_d{axis}" for k in range(bands) for axis in "yx"]
        for name, result in results.items():
            assert_same_bits(result, of_npy(kind, 3)[int(name[5]) - 1]["yx".index(name[-1])])
        _, _, blocks = structure(tmp_path / "in.tif")
        wanted = 1 if predictor == 1 else 3
        assert structure(tmp_path / "out.tif") == (codec.upper(), wanted, blocks)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("bigtiff", ["YES", "NO"])
def test_every_layout_is_read_and_gdal_sees_the_same_place(tmp_path, layout, bigtiff):
    bands = 3 if "interleave" in layout else 1
    write_raster(tmp_path / "in.tif", samples_of("f4", 3)[:bands], BIGTIFF=bigtiff, nodata=-1e30,
                 compress="deflate", **layout)  # fmt: skip

    tool.succeed("grad", "in.tif", "-o", "out.tif", cwd=tmp_path)

    for name, result in read_raster(tmp_path / "out.tif").items():
        assert_same_bits(result, of_npy("f4", 3)[int(name[5]) - 1]["yx".index(name[-1])])
    assert_agree(tmp_path / "in.tif", tmp_path / "out.tif")
    is_big = (tmp_path / "out.tif").read_bytes()[2] == 43
    assert is_big == (bigtiff == "YES")


@pytest.mark.parametrize("layout", LAYOUTS[::2])
@pytest.mark.parametrize("codec", ["none", "deflate"])
def test_memory_changes_nothing(tmp_path, layout, codec):
    bands = 3 if "interleave" in layout else 1
    write_raster(tmp_path / "in.tif", samples_of("i2", 3)[:bands], compress=codec, **layout)
    arguments = ["grad", "in.tif", "-q", "-v", "band1", "-o", "out.tif", "-O", "-m"]
    least = int(tool.run(*arguments, "1", cwd=tmp_path).stderr.split()[-1])
    _, _, blocks = structure(tmp_path / "in.tif")

    for memory in (least, 2 * least, 50 * least):
        tool.succeed(*arguments, memory, cwd=tmp_path)

        results = read_raster(tmp_path / "out.tif")
        assert_same_bits(np.stack(list(results.values())), of_npy("i2", 3)[0])
        assert structure(tmp_path / "out.tif")[2] == blocks


def test_one_strip_without_compression_takes_no_more_memory_than_others(tmp_path):
    # 96 KiB, which libtiff and GDAL see as strips of 8 KiB.
    samples = np.arange(96 * 256, dtype="f4").reshape(1, 96, 256)
    write_raster(tmp_path / "in.tif", samples, blockysize=96)

    tool.succeed("grad", "in.tif", "-q", "-m", "150kB", "-o", "out.tif", cwd=tmp_path)

    expected = of_array(tmp_path, samples[0])
    assert_same_bits(np.stack(list(read_raster(tmp_path / "out.tif").values())), expected)
    assert_agree(tmp_path / "in.tif", tmp_path / "out.tif")
