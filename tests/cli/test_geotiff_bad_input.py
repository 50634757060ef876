# test_geotiff_bad_input.py: rasters that cannot be read: one line, and nothing written
#
# SPDX-License-Identifier: BSD-3-Clause

import os
import resource
import struct
import subprocess

import numpy as np
import pytest
import rasterio

import tool
from fields import write_field
from rasters import samples_of, write_raster
from share import some

RUN_TIME, UNSUPPORTED = 1, 4


def refused(place, *arguments):
    """Exit code and the one line of a run that must leave nothing behind."""
    process = tool.run("grad", *arguments, "-q", "-o", "out.tif", cwd=place)
    assert process.stdout == b"" and not (place / "out.tif").exists()
    line = process.stderr.decode()
    assert line.count("\n") == 1 and line.startswith("gridgrad: "), line
    return process.returncode, line.removeprefix("gridgrad: ").rstrip()


@pytest.mark.parametrize("profile,kind,reason", [
    ({"photometric": "palette"}, "u1",
     "samples are numbers of colours in a palette, which have no gradient"),
    ({"compress": "jpeg"}, "u1",
     "compression JPEG; deflate, LZW, PackBits, zstd, LZMA and none are read"),
    ({"nbits": 1}, "u1", "samples of 1 bits in sample format 1; integers of 8 to 64 bits, floating "
     "and complex numbers are read"),
    ({"nodata": -1}, "c8", "missing samples (GDAL_NODATA) among samples of complex64; integers, "
     "float32 and float64 may have some"),
])  # fmt: skip
def test_what_has_no_plain_samples_is_refused(tmp_path, profile, kind, reason):
    samples = np.ones((1, 20, 30), kind)
    write_raster(tmp_path / "in.tif", samples, **profile)

    assert refused(tmp_path, "in.tif") == (UNSUPPORTED, "in.tif: " + reason)


def test_a_mask_is_not_ignored(tmp_path):
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        with rasterio.open(tmp_path / "in.tif", "w", driver="GTiff", count=1, height=20, width=30,
                           dtype="float32", crs="EPSG:4326") as file:  # fmt: skip
            file.write(np.ones((1, 20, 30), "f4"))
            file.write_mask(np.eye(20, 30) > 0)

    assert refused(tmp_path, "in.tif") == (UNSUPPORTED,
        "in.tif: holds a mask, an image that says which samples are missing; it is not read, "
        "GDAL_NODATA is")  # fmt: skip


def test_geotiff_is_not_written_from_what_has_no_coordinate_system(tmp_path):
    write_field(tmp_path / "in.nc", np.ones((4, 5), "f4"), y=np.arange(4.0), x=np.arange(5.0))

    code, line = refused(tmp_path, "in.nc")

    assert code == UNSUPPORTED
    assert "GeoTIFF is written from GeoTIFF only" in line and line.endswith("netCDF-4")


def limit_memory():
    if "GRIDGRAD_SANITIZED" in os.environ:
        return
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))


def outcome(place):
    """Of a run on a file that may be wrong anywhere, with no more memory than it needs."""
    (place / "out.tif").unlink(missing_ok=True)
    command = [tool.EXECUTABLE, "grad", "bad.tif", "-q", "-j", "1", "-o", "out.tif"]
    process = subprocess.run(command, cwd=place, capture_output=True, timeout=60,
                             preexec_fn=limit_memory)  # fmt: skip
    text = process.stderr.decode(errors="replace")
    if process.returncode != 0:
        assert text.count("\n") == 1 and text.startswith("gridgrad: "), text
        assert not (place / "out.tif").exists()
    return process.returncode, text


PROFILES = {
    "strips": {"blockysize": 5},
    "tiles": {"tiled": True, "blockxsize": 16, "blockysize": 16, "compress": "deflate"},
    "big": {"BIGTIFF": "YES", "ENDIANNESS": "BIG", "compress": "lzw", "predictor": 3},
}


@pytest.mark.parametrize("name", PROFILES)
def test_a_file_cut_short_is_refused_wherever_it_is_cut(tmp_path, name):
    write_raster(
        tmp_path / "in.tif", samples_of("f4"), nodata=-1, tags={"a": "b"}, **PROFILES[name]
    )
    whole = (tmp_path / "in.tif").read_bytes()
    for cut in [*range(8, 600, 37), *np.linspace(600, len(whole) - 1, 12).astype(int)]:
        (tmp_path / "bad.tif").write_bytes(whole[:cut])

        code, text = outcome(tmp_path)

        assert (code, text[:18]) == (RUN_TIME, "gridgrad: bad.tif:"), (cut, text)


def offset_of_directory(content):
    order = "<" if content[:2] == b"II" else ">"
    if content[2 if order == "<" else 3] == 42:
        return order, struct.unpack(order + "I", content[4:8])[0], 2
    return order, struct.unpack(order + "Q", content[8:16])[0], 8


@pytest.mark.parametrize("name", PROFILES)
def test_no_tag_makes_it_crash_or_take_all_memory(tmp_path, name):
    write_raster(
        tmp_path / "in.tif", samples_of("f4"), nodata=-1, tags={"a": "b"}, **PROFILES[name]
    )
    whole = (tmp_path / "in.tif").read_bytes()
    order, start, count_bytes = offset_of_directory(whole)
    entry = 12 if count_bytes == 2 else 20
    count = int.from_bytes(whole[start : start + count_bytes], "little" if order == "<" else "big")
    assert count >= 15
    codes = set()
    for tag in range(count):
        # Type, count, and the value or where it stands.
        for at in (2, 4, entry // 2 - 2 + 4 if entry == 12 else 12):
            for bytes_ in some((b"\xff\xff", b"\x00\x00", b"\x7f\xff"), 3, tag + at):
                bad = bytearray(whole)
                place = start + count_bytes + tag * entry + at
                bad[place : place + 2] = bytes_
                (tmp_path / "bad.tif").write_bytes(bad)
                codes.add(outcome(tmp_path)[0])
    assert codes <= {0, 1, 2, 4} and {0, 1, 4} <= codes


def test_compressed_bytes_that_are_wrong_are_refused(tmp_path):
    write_raster(tmp_path / "in.tif", samples_of("f4"), **PROFILES["tiles"])
    with rasterio.open(tmp_path / "in.tif") as file:
        start = int(file.get_tag_item("BLOCK_OFFSET_1_1", "TIFF", bidx=1))
    content = bytearray((tmp_path / "in.tif").read_bytes())
    content[start + 10 : start + 100] = b"\xff" * 90
    (tmp_path / "in.tif").write_bytes(content)

    code, line = refused(tmp_path, "in.tif")

    assert code == RUN_TIME
    assert line.startswith("in.tif: tile ") and "cannot be decompressed: " in line


def lying(width, height, rows, offset, size):
    """A classic file of one float32 strip whose tags say what they are told."""
    tags = [(256, 4, width), (257, 4, height), (258, 3, 32), (259, 3, 8), (262, 3, 1), (273, 4, offset),
            (277, 3, 1), (278, 4, rows), (279, 4, size), (339, 3, 3)]  # fmt: skip
    entries = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    return struct.pack("<2sHIH", b"II", 42, 8, len(tags)) + entries + bytes(4 + 64)


@pytest.mark.parametrize("tags,reason", [
    ((2**31, 2**31, 2**31, 140, 40), "is not a whole TIFF file: Cannot handle zero number of strips"),
    ((2**15, 2**15, 2**15, 140, 40), "strip or tile 0 cannot hold 4294967296 bytes in 40"),
    ((2**15, 2**15, 1, 140, 40), "more strips or tiles than the file has bytes"),
    ((0, 5, 5, 140, 40), None),
    ((5, 5, 0, 140, 40), None),
    ((5, 5, 5, 2**31, 40), "truncated: strip or tile 0 ends at byte 2147483688, the file has 198"),
])  # fmt: skip
def test_a_header_that_promises_too_much_is_refused(tmp_path, tags, reason):
    (tmp_path / "bad.tif").write_bytes(lying(*tags))

    code, text = outcome(tmp_path)

    assert code == RUN_TIME
    if reason:
        assert text == f"gridgrad: bad.tif: {reason}\n"
