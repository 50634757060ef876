# test_zarr.py: Zarr stores of other writers, every way that they write them
#
# SPDX-License-Identifier: BSD-3-Clause

import itertools
import json
import shutil

import numcodecs
import numpy as np
import pytest
import xarray
import zarr
from zarr import codecs

import tool

SHAPE = (11, 13, 7)
CHUNKS = (4, 5, 3)
TYPES = ["f2", "f4", "f8", "c8", "c16", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", ">f2", ">f4",
         ">f8", ">c16", ">i8", ">u2"]  # fmt: skip


def samples(kind="f4", shape=SHAPE):
    random = np.random.default_rng(7)
    values = random.integers(0, 100, shape)
    if np.dtype(kind).kind == "c":
        values = values + 1j * random.integers(0, 100, shape)
    return values.astype(kind)


def in_memory(place, field, *arguments):
    """What the tool makes of the same samples as one array."""
    np.save(place / "field.npy", field.astype(field.dtype.newbyteorder("=")))
    return tool.succeed("grad", "-q", "field.npy", "-x", "all", *arguments, "-o", "-", cwd=place)


def from_store(place, name="in.zarr", variable="in"):
    return tool.succeed("grad", "-q", name, "-v", variable, "-x", "all", "-o", "-", cwd=place)


def require_same_bits(place, field):
    assert from_store(place) == in_memory(place, field)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("kind", TYPES)
def test_types_and_orders_of_version_2(tmp_path, kind, order):
    field = samples(kind)
    store = zarr.create_array(tmp_path / "in.zarr", shape=SHAPE, chunks=CHUNKS, dtype=kind,
                              order=order, zarr_format=2, compressors=None)  # fmt: skip
    store[:] = field

    require_same_bits(tmp_path, field)


@pytest.mark.parametrize("kind", TYPES)
def test_types_of_version_3(tmp_path, kind):
    field = samples(kind)
    endian = "big" if kind.startswith(">") else "little"
    store = zarr.create_array(tmp_path / "in.zarr", shape=SHAPE, chunks=CHUNKS, dtype=kind,
                              serializer=codecs.BytesCodec(endian=endian))  # fmt: skip
    store[:] = field

    require_same_bits(tmp_path, field)


BLOSC = itertools.product(("blosclz", "lz4", "lz4hc", "zlib", "zstd"), (0, 1, 2))
COMPRESSORS = [
    numcodecs.Zlib(1),
    numcodecs.GZip(6),
    numcodecs.Zstd(3),
    numcodecs.Zstd(1, checksum=True),
    *(numcodecs.Blosc(inner, 5, shuffle) for inner, shuffle in BLOSC),
]


@pytest.mark.parametrize("compressor", COMPRESSORS, ids=repr)
def test_compressors_of_version_2(tmp_path, compressor):
    store = zarr.create_array(tmp_path / "in.zarr", shape=SHAPE, chunks=CHUNKS, dtype="f4",
                              zarr_format=2, compressors=compressor)  # fmt: skip
    store[:] = samples()

    require_same_bits(tmp_path, samples())


CHAINS = {
    "none": [],
    "gzip": [codecs.GzipCodec(level=1)],
    "zstd": [codecs.ZstdCodec(level=0, checksum=True)],
    "crc32c": [codecs.Crc32cCodec()],
    "zstd, crc32c": [codecs.ZstdCodec(), codecs.Crc32cCodec()],
    "two": [codecs.GzipCodec(level=9), codecs.ZstdCodec()],
    "blosc": [codecs.BloscCodec(cname="zstd", shuffle="bitshuffle")],
}
SHARDS = (8, 10, 6)
ORDERS = {"C": [], "transposed": [codecs.TransposeCodec(order=(2, 0, 1))]}


@pytest.mark.parametrize("shards", [None, SHARDS])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("chain", CHAINS)
def test_codecs_of_version_3(tmp_path, chain, order, shards):
    store = zarr.create_array(tmp_path / "in.zarr", shape=SHAPE, chunks=CHUNKS, shards=shards,
                              dtype="f4", filters=ORDERS[order], compressors=CHAINS[chain])  # fmt: skip
    store[:] = samples()

    require_same_bits(tmp_path, samples())


def sharded(place, codec):
    """An array whose only codec is `codec`; zarr-python's own functions choose others."""
    store = zarr.create_array(
        place / "in.zarr", shape=SHAPE, chunks=SHARDS, dtype="f4", fill_value=3
    )
    path = place / "in.zarr" / "zarr.json"
    described = json.loads(path.read_text())
    described["codecs"] = [step.to_dict() for step in codec]
    path.write_text(json.dumps(described))
    return zarr.open_array(store.store, mode="r+")


SHARDINGS = {
    "index first": [codecs.ShardingCodec(chunk_shape=CHUNKS, index_location="start")],
    "index unchecked": [
        codecs.ShardingCodec(chunk_shape=CHUNKS, index_codecs=[codecs.BytesCodec()])
    ],
    "index of other bytes": [
        codecs.ShardingCodec(
            chunk_shape=CHUNKS,
            codecs=[codecs.BytesCodec(endian="big"), codecs.GzipCodec()],
            index_codecs=[codecs.BytesCodec(endian="big"), codecs.Crc32cCodec()],
        )
    ],
    "transposed shards": [
        codecs.TransposeCodec(order=(1, 2, 0)),
        codecs.ShardingCodec(chunk_shape=(2, 2, 2), codecs=[codecs.TransposeCodec(order=(2, 1, 0)),
                                                            codecs.BytesCodec(endian="little")]),
    ],
    "compressed shards": [codecs.ShardingCodec(chunk_shape=CHUNKS), codecs.GzipCodec()],
    "shards in shards": [
        codecs.ShardingCodec(
            chunk_shape=CHUNKS, codecs=[codecs.ShardingCodec(chunk_shape=(2, 5, 1))]
        )
    ],
}  # fmt: skip


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", SHARDINGS)
def test_shards_of_every_kind(tmp_path, name):
    field = samples()
    field[:8, 5:10] = 3  # chunks that are not there
    sharded(tmp_path, SHARDINGS[name])[:] = field

    require_same_bits(tmp_path, field)


SHAPES = [
    ((1,), (1,)),
    ((5,), (9,)),
    ((6, 1), (4, 1)),
    ((3, 4, 2, 5, 3), (2, 3, 2, 1, 2)),
    ((40, 3), (7, 3)),
]


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("shape, chunks", SHAPES)
def test_ranks_and_chunks_that_do_not_divide(tmp_path, shape, chunks, version):
    field = samples("f8", shape)
    # An axis of one sample has no gradient.
    axes = ",".join(str(axis) for axis, extent in enumerate(shape) if extent > 1)
    store = zarr.create_array(tmp_path / "in.zarr", shape=shape, chunks=chunks, dtype="f8",
                              zarr_format=version)  # fmt: skip
    store[:] = field
    np.save(tmp_path / "field.npy", field)

    lines = [
        tool.run("grad", "-q", name, "-x", axes or "0", "-o", "-", cwd=tmp_path)
        for name in ("in.zarr", "field.npy")
    ]

    assert lines[0].stdout == lines[1].stdout
    assert lines[0].returncode == lines[1].returncode == (0 if axes else 2)


KEYS = [
    (2, {"name": "v2", "separator": "."}),
    (2, {"name": "v2", "separator": "/"}),
    *(
        (3, {"name": name, "separator": mark})
        for name, mark in itertools.product(("default", "v2"), "./")
    ),
]


@pytest.mark.parametrize("version, keys", KEYS)
def test_chunks_have_names_of_every_kind(tmp_path, version, keys):
    store = zarr.create_array(tmp_path / "in.zarr", shape=SHAPE, chunks=CHUNKS, dtype="f4",
                              zarr_format=version, chunk_key_encoding=keys)  # fmt: skip
    store[:] = samples()

    require_same_bits(tmp_path, samples())


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize(
    "kind, fill", [("f4", -1.5), ("f4", np.nan), ("f8", np.inf), ("f8", -np.inf), ("i8", -(2**62) - 1),
                   ("u8", 2**64 - 1), ("f2", np.nan), ("c8", 1 + 2j), ("c16", complex(np.nan, 1))]
)  # fmt: skip
def test_chunks_that_are_missing_are_fill_values(tmp_path, kind, fill, version):
    store = zarr.create_array(tmp_path / "in.zarr", shape=SHAPE, chunks=CHUNKS, dtype=kind,
                              fill_value=fill, zarr_format=version)  # fmt: skip
    store[:4] = samples(kind)[:4]
    expected = store[:]
    assert not np.array_equal(expected, samples(kind))

    require_same_bits(tmp_path, expected)


def set_member(path, **members):
    described = json.loads(path.read_text())
    described.update(members)
    path.write_text(json.dumps(described))


@pytest.mark.parametrize("text, bits", [("0x7fc00000", 0x7FC00000), ("0x40490fdb", 0x40490FDB)])
def test_fill_values_are_bits_too(tmp_path, text, bits):
    zarr.create_array(tmp_path / "in.zarr", shape=(4, 3), chunks=(2, 2), dtype="f4")
    set_member(tmp_path / "in.zarr" / "zarr.json", fill_value=text)

    require_same_bits(tmp_path, np.full((4, 3), bits, "u4").view("f4"))


def test_null_is_zero(tmp_path):
    store = zarr.create_array(
        tmp_path / "in.zarr", shape=(4, 3), chunks=(2, 3), dtype="i4", zarr_format=2
    )
    store[:2] = samples("i4", (2, 3))
    set_member(tmp_path / "in.zarr" / ".zarray", fill_value=None)

    require_same_bits(tmp_path, np.concatenate([samples("i4", (2, 3)), np.zeros((2, 3), "i4")]))


def labelled(kind="f4"):
    """Along axes that have coordinates, with samples that are missing."""
    field = samples(kind, (6, 5))
    return xarray.Dataset(
        {
            "t": (
                ("y", "x"),
                field,
                {"units": "K", "list": [1, 2], "nested": {"a": [1.5, None]}, "on": True},
            )
        },
        coords={
            "y": ("y", np.arange(6) * 2.0, {"units": "m"}),
            "x": ("x", np.arange(5, dtype="f4")),
        },
        attrs={"title": "Test", "history": "before"},
    )


def write_xarray(dataset, path, version, **options):
    dataset.to_zarr(path, zarr_format=version, **options)


@pytest.mark.parametrize("consolidated", [True, False])
@pytest.mark.parametrize("version", [2, 3])
def test_coordinates_are_those_that_xarray_wrote(tmp_path, version, consolidated):
    write_xarray(labelled(), tmp_path / "in.zarr", version, consolidated=consolidated)
    np.save(tmp_path / "y.npy", labelled().y.values)
    np.save(tmp_path / "x.npy", labelled().x.values)
    expected = in_memory(tmp_path, labelled().t.values, "-s", "y.npy,x.npy")

    assert from_store(tmp_path, variable="t") == expected


@pytest.mark.parametrize("version", [2, 3])
def test_what_xarray_masks_is_missing(tmp_path, version):
    dataset = labelled()
    dataset["i"] = dataset.t.astype("f8").where(dataset.t != 7)
    dataset["t"] = dataset.t.where(dataset.t > 20)
    dataset["i"].encoding = {"dtype": "i2", "_FillValue": 7}
    dataset["t"].encoding = {"_FillValue": -1.0}
    write_xarray(dataset, tmp_path / "in.zarr", version)
    read = xarray.open_zarr(tmp_path / "in.zarr")
    assert read.t.isnull().any() and not read.t.isnull().all()

    np.testing.assert_array_equal(
        tool.array_of(
            tool.succeed("grad", "-q", "in.zarr", "-v", "t", "-x", "x", "-o", "-", cwd=tmp_path)
        ),
        np.gradient(read.t.values, axis=1),
    )
    np.testing.assert_array_equal(
        tool.array_of(
            tool.succeed("grad", "-q", "in.zarr", "-v", "i", "-x", "x", "-o", "-", cwd=tmp_path)
        ),
        np.gradient(read.i.values.astype("f8"), axis=1),
    )


@pytest.mark.parametrize("fill", ["AAAAAAAACEA=", 3, [3.0], 3.5, "many", None, {"a": 1}])
def test_attributes_of_missing_samples_in_other_forms(tmp_path, fill):
    store = zarr.create_array(
        tmp_path / "in.zarr", shape=(5,), dtype="f8", attributes={"_FillValue": fill}
    )
    store[:] = [1, 2, 3, 5, 8]
    is_three = fill in ("AAAAAAAACEA=", 3, [3.0])

    result = tool.array_of(from_store(tmp_path))

    expected = np.array([1, 2, np.nan if is_three else 3, 5, 8])
    np.testing.assert_array_equal(result, np.gradient(expected))


def test_fill_values_of_plain_arrays_are_samples(tmp_path):
    """Zeros of an array without names are no gaps: zarr-python's own default is 0."""
    field = samples()
    field[::2] = 0
    store = zarr.create_array(
        tmp_path / "in.zarr", shape=SHAPE, chunks=CHUNKS, dtype="f4", zarr_format=2
    )
    store[:] = field

    require_same_bits(tmp_path, field)


@pytest.mark.parametrize("consolidated", [True, False])
@pytest.mark.parametrize("version", [2, 3])
def test_groups_are_paths(tmp_path, version, consolidated):
    root = zarr.create_group(tmp_path / "in.zarr", zarr_format=version)
    inner = root.create_group("run").create_group("wind")
    for group in (root, inner):
        store = group.create_array("u", shape=SHAPE, chunks=CHUNKS, dtype="f4")
        store[:] = samples()
    if consolidated:
        zarr.consolidate_metadata(tmp_path / "in.zarr")

    lines = tool.succeed("info", "in.zarr", cwd=tmp_path).decode().splitlines()

    assert lines[0] == f"format: Zarr v{version}"
    assert "  float32 u(dim_0, dim_1, dim_2)" in lines
    assert "  float32 run/wind/u(dim_0, dim_1, dim_2)" in lines
    assert from_store(tmp_path, variable="run/wind/u") == in_memory(tmp_path, samples())


def test_axes_are_shared_by_name_where_they_fit(tmp_path):
    root = zarr.create_group(tmp_path / "in.zarr")
    inner = root.create_group("g")
    for group, name, shape, names in [
        (root, "a", (4, 3), ("y", "x")), (root, "b", (4, 5), ("y", "x")),
        (root, "c", (3, 3), ("x", "x")), (inner, "d", (4, 7), ("y", "x")),
    ]:  # fmt: skip
        group.create_array(name, shape=shape, dtype="f4", dimension_names=names)

    lines = tool.succeed("info", "in.zarr", cwd=tmp_path).decode().splitlines()

    for variable in ("a(y, x)", "b(y, x_1)", "c(x, x_2)", "g/d(y, x)"):
        assert f"  float32 {variable}" in lines


def test_what_is_no_number_is_only_listed(tmp_path):
    dataset = labelled()
    dataset["name"] = ("x", list("abcde"))
    dataset["land"] = ("x", [True, False, True, True, False])
    for version in (2, 3):
        write_xarray(dataset, tmp_path / "in.zarr", version, mode="w")

        process = tool.run("grad", "in.zarr", "-v", "land", cwd=tmp_path)

        assert process.returncode == 2
        assert process.stderr.startswith(b"gridgrad: variable: land does not hold numbers")
        assert from_store(tmp_path, variable="t")
        shutil.rmtree(tmp_path / "in.zarr")


@pytest.mark.parametrize("version", [2, 3])
def test_time_stamps_of_numpy_are_times(tmp_path, version):
    stamps = np.array(["2024-01-01", "2024-01-02", "2024-01-04"], "M8[ns]")
    root = zarr.create_group(tmp_path / "in.zarr", zarr_format=version)
    for name, values in (("time", stamps), ("f", np.array([1.0, 2, 6]))):
        options = {"dimension_names": ["time"]} if version == 3 else {}
        array = root.create_array(name, shape=(3,), dtype=values.dtype, **options)
        array[:] = values
        if version == 2:
            array.attrs["_ARRAY_DIMENSIONS"] = ["time"]

    tool.succeed("grad", "-q", "in.zarr", "-v", "f", "-x", "time", "-o", "out.zarr", cwd=tmp_path)

    np.save(tmp_path / "nanoseconds.npy", stamps.astype("i8"))
    expected = in_memory(tmp_path, np.array([1.0, 2, 6]), "-s", "nanoseconds.npy")
    slopes = zarr.open_array(tmp_path / "out.zarr" / "df_dtime", mode="r")
    np.testing.assert_array_equal(slopes[:], tool.array_of(expected))
