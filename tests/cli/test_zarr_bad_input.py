# test_zarr_bad_input.py: stores that are broken or need what is not there
#
# SPDX-License-Identifier: BSD-3-Clause

import json
import random
import shutil

import google_crc32c
import numcodecs
import numpy as np
import pytest
import zarr
from zarr import codecs

import tool
from share import fewer, some
from test_zarr import CHUNKS, SHAPE, samples, set_member


def write(place, version=3, **options):
    options = {"chunks": CHUNKS, "dtype": "f4", "zarr_format": version} | options
    store = zarr.create_array(place / "in.zarr", shape=SHAPE, **options)
    store[:] = samples()
    return place / "in.zarr"


def refusal(place, code, *arguments):
    """The one line that the tool says; it leaves nothing else."""
    process = tool.run("grad", "-q", "in.zarr", "-v", "in", *arguments, "-o", "out.npy", cwd=place)
    message = process.stderr.decode()
    assert process.returncode == code, message
    assert not any(path.name.startswith("out") for path in place.iterdir())
    assert message.count("\n") == 1 and message.startswith("gridgrad: ")
    return message


FILTERS = [numcodecs.Delta("f4"), numcodecs.FixedScaleOffset(0, 10, "f4"), numcodecs.Shuffle(4)]


@pytest.mark.parametrize("filter_", FILTERS, ids=lambda one: one.codec_id)
def test_filters_are_named(tmp_path, filter_):
    write(tmp_path, 2, filters=filter_)

    assert f"filter {filter_.codec_id} is not known" in refusal(tmp_path, 4)


@pytest.mark.parametrize("compressor", [numcodecs.BZ2(), numcodecs.LZMA(), numcodecs.LZ4()])
def test_compressors_are_named(tmp_path, compressor):
    write(tmp_path, 2, compressors=compressor)

    assert f"codec {compressor.codec_id} is not known" in refusal(tmp_path, 4)


@pytest.mark.filterwarnings("ignore")
def test_filters_that_change_nothing_are_no_obstacle(tmp_path):
    write(tmp_path, 2, filters=[numcodecs.FixedScaleOffset(0, 1, "f4"), numcodecs.Shuffle(1)])

    assert tool.succeed("grad", "-q", "in.zarr", "-o", "-", cwd=tmp_path)


EXTENSIONS = [
    ({"codecs": [{"name": "bytes"}, {"name": "pcodec"}]}, "codec pcodec"),
    ({"codecs": [{"name": "numcodecs.delta"}, {"name": "bytes"}]}, "codec numcodecs.delta"),
    ({"chunk_grid": {"name": "rectilinear", "configuration": {}}}, "chunk grid rectilinear"),
    ({"chunk_key_encoding": {"name": "fanout"}}, "chunk key encoding fanout"),
    ({"storage_transformers": [{"name": "cached"}]}, "storage transformer cached"),
    ({"offset": [1, 1, 1]}, "extension offset"),
]  # fmt: skip


@pytest.mark.parametrize("members, name", EXTENSIONS)
def test_extensions_are_named(tmp_path, members, name):
    set_member(write(tmp_path) / "zarr.json", **members)

    assert f"{name} is not known" in refusal(tmp_path, 4)


def test_nothing_is_sent_before_a_codec_is_refused(tmp_path):
    write(tmp_path, 2, compressors=numcodecs.BZ2())

    process = tool.run("grad", "-q", "in.zarr", "-v", "in", "-o", "-", cwd=tmp_path)

    assert process.returncode == 4
    assert process.stdout == b""


def test_what_need_not_be_understood_is_passed_over(tmp_path):
    set_member(write(tmp_path) / "zarr.json", note={"must_understand": False})

    assert tool.succeed("grad", "-q", "in.zarr", "-o", "-", cwd=tmp_path)


def test_other_arrays_of_a_store_can_be_read(tmp_path):
    root = zarr.create_group(tmp_path / "in.zarr", zarr_format=2)
    for name, compressor in (("bad", numcodecs.BZ2()), ("good", numcodecs.Zlib())):
        array = root.create_array(name, shape=SHAPE, dtype="f4", compressors=compressor)
        array[:] = samples()

    assert tool.succeed("grad", "-q", "in.zarr", "-v", "good", "-o", "-", cwd=tmp_path)
    assert tool.run("grad", "in.zarr", "-v", "bad", cwd=tmp_path).returncode == 4


ABSURD = [
    ({"shape": [-1, 13, 7]}, "has other than counts"),
    ({"shape": [1.5, 13, 7]}, "has other than counts"),
    ({"shape": [2**63, 13, 7]}, "has other than counts"),
    ({"shape": [2**40, 2**20, 2**20]}, "has more samples than a store can have"),
    ({"shape": [11, 13]}, "have other numbers of axes"),
    ({"shape": "all"}, "is not a list"),
    ({"chunks": [4, 0, 3]}, "has a 0"),
    ({"chunks": [2**62, 2**62, 2**62]}, "has more samples than a store can have"),
    ({"dtype": "float"}, "is no type of NumPy"),
    ({"fill_value": "many"}, "is not a number of float32"),
    ({"order": "K"}, "is neither C nor F"),
    ({"dimension_separator": ":"}, "is neither / nor ."),
    ({"compressor": {"level": 1}}, "has no id"),
]


@pytest.mark.parametrize("members, reason", ABSURD)
def test_absurd_metadata_of_version_2(tmp_path, members, reason):
    set_member(write(tmp_path, 2, compressors=None) / ".zarray", **members)

    assert reason in refusal(tmp_path, 1)


def grid(shape):
    return {"chunk_grid": {"name": "regular", "configuration": {"chunk_shape": shape}}}


def codec(name, **settings):
    return {"codecs": [{"name": name, "configuration": settings}, {"name": "bytes"}]}


def sharding(**members):
    settings = {
        "chunk_shape": [2, 5, 3],
        "codecs": [{"name": "bytes"}],
        "index_codecs": [{"name": "bytes"}],
    }
    return {"codecs": [{"name": "sharding_indexed", "configuration": settings | members}]}


ABSURD_3 = [
    (grid([4, 5]), "have other numbers of axes"),
    (grid([4, 5, 0]), "has a 0"),
    (grid([4, -5, 3]), "has other than counts"),
    ({"data_type": 4}, "has no name"),
    ({"fill_value": [1, 2]}, "is not a number of float32"),
    ({"dimension_names": ["a"]}, "do not fit 3 axes"),
    ({"dimension_names": ["a", "b", 3]}, "is no text"),
    ({"codecs": []}, "have none that makes bytes"),
    ({"codecs": "bytes"}, "is not a list"),
    ({"codecs": [{"name": "gzip"}, {"name": "bytes"}]}, "stands before bytes"),
    (codec("transpose", order=[0, 0, 1]), "each of 3 axes once"),
    (codec("bytes", endian="middle"), "little and big are accepted"),
    (sharding(chunk_shape=[3, 5, 3]), "do not divide shards"),
    (sharding(chunk_shape=[2, 5]), "do not divide shards"),
    (sharding(index_location="middle"), "neither start nor end"),
    ({"attributes": [1]}, "attributes are no JSON object"),
    ({"storage_transformers": 1}, "is not a list"),
]  # fmt: skip


@pytest.mark.parametrize("members, reason", ABSURD_3)
def test_absurd_metadata_of_version_3(tmp_path, members, reason):
    set_member(write(tmp_path) / "zarr.json", **members)

    assert reason in refusal(tmp_path, 1)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"zarr_format": 3', "\x00\xff", '"a"'])
def test_metadata_that_are_no_json(tmp_path, text):
    (write(tmp_path) / "zarr.json").write_text(text, encoding="latin-1")

    assert "zarr.json: not " in refusal(tmp_path, 1)


def test_metadata_that_nest_too_deeply(tmp_path):
    path = write(tmp_path) / "zarr.json"
    path.write_text('{"a": ' * 100_000 + "1" + "}" * 100_000)

    assert "nested more than 64 deep" in refusal(tmp_path, 1)


def test_other_versions(tmp_path):
    set_member(write(tmp_path) / "zarr.json", zarr_format=4)

    assert "zarr_format 4; 2 and 3 are read" in refusal(tmp_path, 4)


def test_groups_that_nest_too_deeply(tmp_path):
    write(tmp_path)
    shutil.rmtree(tmp_path / "in.zarr")
    zarr.create_group(tmp_path / "in.zarr")
    (tmp_path / "in.zarr" / "loop").symlink_to(tmp_path / "in.zarr")

    assert "groups are nested more than 32 deep" in refusal(tmp_path, 1)


@pytest.mark.parametrize("name", ["../other", "/etc", "a/../../b"])
def test_names_stay_in_the_store(tmp_path, name):
    root = zarr.create_group(tmp_path / "in.zarr")
    root.create_array("a", shape=(3,), dtype="f4")
    zarr.consolidate_metadata(tmp_path / "in.zarr")
    path = tmp_path / "in.zarr" / "zarr.json"
    described = json.loads(path.read_text())
    arrays = described["consolidated_metadata"]["metadata"]
    arrays[name] = arrays.pop("a")
    path.write_text(json.dumps(described))

    assert "leads out of the store" in refusal(tmp_path, 1)


CHAINS = {
    "raw": [],
    "gzip": [codecs.GzipCodec()],
    "zstd": [codecs.ZstdCodec()],
    "blosc": [codecs.BloscCodec(cname="lz4")],
    "checked": [codecs.ZstdCodec(), codecs.Crc32cCodec()],
}


def chunk_of(place):
    return place / "in.zarr" / "c" / "1" / "2" / "0"


@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize("change", ["empty", "half", "longer", "other"])
def test_broken_chunks_are_named(tmp_path, chain, change):
    write(tmp_path, compressors=CHAINS[chain])
    path = chunk_of(tmp_path)
    whole = path.read_bytes()
    changed = {
        "empty": b"",
        "half": whole[: len(whole) // 2],
        "longer": whole + whole[:9],
        "other": b"\x00" * 99,
    }
    path.write_bytes(changed[change])

    assert "in.zarr/c/1/2/0: corrupt chunk" in refusal(tmp_path, 1)


@pytest.mark.parametrize("chain", ["gzip", "checked"])
def test_every_flipped_byte_is_seen_where_there_is_a_checksum(tmp_path, chain):
    write(tmp_path, compressors=CHAINS[chain])
    path = chunk_of(tmp_path)
    whole = path.read_bytes()
    # The time stamp and the system in the header of gzip mean nothing.
    ignored = range(3, 10) if chain == "gzip" else ()
    places = [at for at in range(0, len(whole), 7) if at not in ignored]
    for at in some(places, 3):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])

        refusal(tmp_path, 1)


@pytest.mark.parametrize("chain", ["gzip", "zstd", "blosc"])
def test_chunks_of_another_size_are_refused(tmp_path, chain):
    write(tmp_path, compressors=CHAINS[chain])
    other = zarr.create_array(tmp_path / "other.zarr", shape=(999,), chunks=(999,), dtype="f4",
                              compressors=CHAINS[chain])  # fmt: skip
    other[:] = 1
    shutil.copy(tmp_path / "other.zarr" / "c" / "0", chunk_of(tmp_path))

    assert "longer than a chunk is" in refusal(tmp_path, 1)
    set_member(tmp_path / "in.zarr" / "zarr.json", **grid([400, 500, 300]))


def test_enormous_chunks_are_not_allocated(tmp_path):
    """A few bytes cannot become 8 exabytes, whatever the metadata say."""
    for chain in CHAINS:
        path = write(tmp_path, compressors=CHAINS[chain])
        shutil.copy(chunk_of(tmp_path), path / "c" / "0" / "0" / "0")
        set_member(path / "zarr.json", **grid([2**30, 2**20, 2**8]))

        assert "corrupt chunk" in refusal(tmp_path, 1)
        shutil.rmtree(path)


def test_broken_shards_are_named(tmp_path):
    path = write(tmp_path, shards=(8, 10, 6)) / "c" / "0" / "0" / "0"
    whole = path.read_bytes()
    index = 16 * 8 + 4  # of 2 x 2 x 2 chunks, and the checksum
    offsets = np.frombuffer(whole[-index:-4], "u8").copy()
    offsets[0] = len(whole) - 3
    checked = offsets.tobytes()
    checksum = google_crc32c.value(checked).to_bytes(4, "little")
    cases = {
        whole[:9]: "do not hold the index of 8 chunks",
        whole[:-2] + b"xx": "the checksum is not that of the bytes",
        whole[:-index] + checked + checksum: "the chunk lies beyond its end",
    }
    for broken, reason in cases.items():
        path.write_bytes(broken)

        message = refusal(tmp_path, 1)
        assert "in.zarr/c/0/0/0" in message and reason in message


def test_a_chunk_that_is_a_directory(tmp_path):
    write(tmp_path)
    chunk_of(tmp_path).unlink()
    chunk_of(tmp_path).mkdir()

    assert "is not a regular file" in refusal(tmp_path, 1)


def test_directories_without_metadata_are_no_stores(tmp_path):
    (tmp_path / "in.zarr").mkdir()

    assert "no Zarr store" in refusal(tmp_path, 4)


@pytest.mark.parametrize("version", [2, 3])
def test_changed_metadata_never_crash(tmp_path, version):
    """The tool ends by itself, whatever bytes of the metadata are others."""
    path = write(tmp_path, version) / ("zarr.json" if version == 3 else ".zarray")
    whole = path.read_bytes()
    dice = random.Random(11)
    for _ in range(fewer(150, 50)):
        changed = bytearray(whole)
        for _ in range(dice.randint(1, 4)):
            changed[dice.randrange(len(changed))] = dice.choice(b'0123456789-[]{}",:eNx/\x00\xff')
        path.write_bytes(bytes(changed))

        process = tool.run("grad", "-q", "in.zarr", "-v", "in", "-o", "-", cwd=tmp_path)

        assert process.returncode in (0, 1, 2, 4), process.stderr
