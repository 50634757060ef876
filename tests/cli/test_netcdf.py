# test_netcdf.py: labelled files in and out, read back by another library
#
# SPDX-License-Identifier: BSD-3-Clause

import pathlib

import netCDF4
import numpy as np
import pytest

import tool

FORMATS = ["NETCDF3_CLASSIC", "NETCDF3_64BIT_OFFSET", "NETCDF3_64BIT_DATA", "NETCDF4",
           "NETCDF4_CLASSIC"]  # fmt: skip
FILL = np.float32(-1e34)


def add(file, name, kind, dimensions, samples, **attributes):
    """A variable whose samples are stored as they are given."""
    fill = attributes.pop("_FillValue", None)
    variable = file.createVariable(name, kind, dimensions, fill_value=fill)
    variable.set_auto_maskandscale(False)
    variable.setncatts(attributes)
    variable[:] = samples


def temperature():
    """Multiples of 1/8 below 32, so that float32 differences and halves are exact."""
    random = np.random.default_rng(7)
    return (random.integers(0, 256, (3, 4, 6)) / 8).astype("f4")


def write_climate(path, kind="NETCDF4", samples=None):
    """sst(time, lat, lon) with everything that CF files carry around."""
    samples = temperature() if samples is None else samples
    with netCDF4.Dataset(path, "w", format=kind) as file:
        file.setncatts({"Conventions": "CF-1.8", "history": "made by hand", "title": "Test"})
        for name, extent in (("time", None), ("lat", 4), ("lon", 6), ("two", 2)):
            file.createDimension(name, extent)
        add(file, "lat", "f8", ("lat",), [-30, -10, 10, 30], units="degrees_north",
            standard_name="latitude", bounds="lat_bounds")  # fmt: skip
        add(file, "lat_bounds", "f8", ("lat", "two"), np.arange(8).reshape(4, 2))
        add(file, "lon", "f4", ("lon",), 0.25 * np.arange(6), units="degrees_east")
        add(file, "crs", "S1", (), b"c", grid_mapping_name="latitude_longitude")
        add(file, "region", "i2", ("lat",), [1, 1, 2, 2], long_name="region")
        add(file, "sst", "f4", ("time", "lat", "lon"), samples, _FillValue=FILL,
            missing_value=FILL, units="K", standard_name="sea_surface_temperature",
            long_name="SST", cell_methods="time: mean", valid_min=np.float32(0),
            valid_range=np.float32([0, 40]), actual_range=np.float32([0, 32]),
            flag_values=np.int8([1]), flag_meanings="ice", coordinates="region",
            grid_mapping="crs", comment="kept")  # fmt: skip
        add(file, "time", "i4", ("time",), [0, 31, 59], units="days since 2001-01-01",
            calendar="standard")  # fmt: skip


def stored(path):
    """Samples and attributes of all variables, neither masked nor unpacked."""
    with netCDF4.Dataset(path) as file:
        file.set_auto_maskandscale(False)
        samples = {name: np.array(variable[:]) for name, variable in file.variables.items()}
        attributes = {name: variable.__dict__ for name, variable in file.variables.items()}
        attributes[""] = file.__dict__
        attributes["data_model"] = file.data_model
    return samples, attributes


def grad(place, *arguments):
    tool.succeed("grad", "-q", "in.nc", *arguments, "-o", "out.nc", cwd=place)
    return stored(place / "out.nc")


@pytest.mark.parametrize("kind", FORMATS)
def test_components_equal_numpys_in_every_format(tmp_path, kind):
    write_climate(tmp_path / "in.nc", kind)
    # Spacings 20 and 1/4: all is exact but the factors 1/20 and 1/40 and their product.
    field = temperature()

    samples, attributes = grad(tmp_path, "-v", "sst")

    by_lon = np.gradient(field, np.float32(0.25), axis=2)
    np.testing.assert_array_equal(samples["dsst_dlon"], by_lon)
    by_lat = np.gradient(field.astype("f8"), 20.0, axis=1)
    # Each is off by at most 2^-24 of itself; the reference's own rounding is 2^-53.
    assert np.all(np.abs(samples["dsst_dlat"] - by_lat) <= (2 * 2.0**-24 + 2.0**-48) * np.abs(by_lat))
    assert samples["dsst_dlat"].dtype == samples["dsst_dlon"].dtype == np.float32
    expected = "NETCDF3_64BIT_OFFSET" if kind == "NETCDF3_CLASSIC" else kind
    assert attributes["data_model"] == expected


OBSERVED = pathlib.Path(__file__).parents[2] / "examples" / "data" / "coads_sst.nc"


def largest_term(field, spacing, axis):
    """The larger of f / 2h on both sides of a sample; one-sided at the ends, f / h."""
    terms = np.abs(np.moveaxis(field, axis, 0).astype("f8")) / (2 * spacing)
    largest = np.zeros_like(terms)
    largest[1:-1] = np.maximum(terms[2:], terms[:-2])
    largest[0] = 2 * np.maximum(terms[0], terms[1])
    largest[-1] = 2 * np.maximum(terms[-1], terms[-2])
    return np.moveaxis(largest, 0, axis)


def test_observed_temperatures_have_numpys_gradient_where_no_land_is_read(tmp_path):
    tool.succeed("grad", OBSERVED, "-v", "SST", "-o", "g.nc", cwd=tmp_path)

    samples, _ = stored(tmp_path / "g.nc")
    assert {name for name in samples if name.startswith("d")} == {"dSST_dCOADSX", "dSST_dCOADSY"}
    field = stored(OBSERVED)[0]["SST"]
    field = np.where(field == FILL, np.float32(np.nan), field)
    for name, axis in (("COADSY", 1), ("COADSX", 2)):
        positions = samples[name]
        expected = np.gradient(field, positions, axis=axis)
        result = samples[f"dSST_d{name}"]
        is_read = ~np.isnan(expected)
        assert is_read.sum() > 15_000
        assert np.all(result[~is_read] == FILL)
        spacing = float(positions[1] - positions[0])
        ulp = np.spacing(largest_term(field, spacing, axis).astype("f4"))
        assert np.all(np.abs(result - expected)[is_read] <= 4 * ulp[is_read])


def test_what_describes_the_field_is_carried_over(tmp_path):
    write_climate(tmp_path / "in.nc")
    before, attributes_before = stored(tmp_path / "in.nc")

    samples, attributes = grad(tmp_path, "-v", "sst")

    described = {"time", "lat", "lon", "lat_bounds", "crs", "region"}
    assert set(samples) == described | {"dsst_dlat", "dsst_dlon"}
    for name in described:
        np.testing.assert_array_equal(samples[name], before[name])
        assert attributes[name] == attributes_before[name]
    with netCDF4.Dataset(tmp_path / "out.nc") as file:
        assert file.dimensions["time"].isunlimited()
        assert file["dsst_dlat"].dimensions == ("time", "lat", "lon")


def test_attributes_are_kept_dropped_and_composed(tmp_path):
    write_climate(tmp_path / "in.nc")

    _, attributes = grad(tmp_path, "-v", "sst", "-x", "lat,time")

    assert attributes["dsst_dlat"] == {
        "_FillValue": FILL,
        "long_name": "derivative of sea_surface_temperature with respect to latitude",
        "units": "K degrees_north-1",
        "coordinates": "region",
        "grid_mapping": "crs",
        "comment": "kept",
    }
    assert attributes["dsst_dtime"]["units"] == "K day-1"
    assert attributes[""]["Conventions"] == "CF-1.8"
    assert attributes[""]["title"] == "Test"
    version = tool.succeed("--version", cwd=tmp_path).decode().split()[1]
    assert attributes[""]["gridgrad_version"] == version


def test_history_has_the_command_first(tmp_path):
    write_climate(tmp_path / "in.nc")

    _, attributes = grad(tmp_path, "-v", "sst", "-s", "2")

    newest, before = attributes[""]["history"].split("\n")
    assert newest.endswith("Z: gridgrad grad -q in.nc -v sst -s 2 -o out.nc")
    assert before == "made by hand"


@pytest.mark.parametrize(
    "field, along, expected",
    [
        ("K", "m", "K m-1"),
        ("K", "m s-1", "K (m s-1)-1"),
        ("K", "hours since 1970-01-01", "K hour-1"),
        ("1", "m", "m-1"),
        ("K", "1", "K"),
        ("K", None, None),
        (None, "m", None),
    ],
)
def test_units_are_composed_from_both(tmp_path, field, along, expected):
    units = lambda text: {} if text is None else {"units": text}
    with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
        file.createDimension("x", 3)
        add(file, "x", "f8", ("x",), [0, 1, 2], **units(along))
        add(file, "f", "f8", ("x",), [0, 1, 4], **units(field))

    _, attributes = grad(tmp_path, "-v", "f", "-x", "x")

    assert attributes["df_dx"].get("units") == expected


def test_missing_samples_become_nan_and_fill_again(tmp_path):
    field = temperature()
    field[0, 1, 2] = FILL
    write_climate(tmp_path / "in.nc", samples=field)

    samples, _ = grad(tmp_path, "-v", "sst", "-x", "lon")
    printed = tool.succeed("grad", "-q", "in.nc", "-v", "sst", "-x", "lon", "-o", "-", cwd=tmp_path)

    as_nan = np.where(field == FILL, np.nan, field).astype("f4")
    expected = np.gradient(as_nan, np.float32(0.25), axis=2)
    assert np.isnan(expected).sum() == 2
    np.testing.assert_array_equal(
        samples["dsst_dlon"], np.where(np.isnan(expected), FILL, expected)
    )
    np.testing.assert_array_equal(tool.array_of(printed), expected)


def test_positions_may_vary_along_other_axes(tmp_path):
    """Depths that follow the terrain, as ocean models have them: one profile per column."""
    random = np.random.default_rng(5)
    floor = -50 * random.integers(1, 9, (3, 6))
    depth = floor * np.array([1, 0.5, 0.25, 0])[:, None, None]
    with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
        for name, extent in (("time", 2), ("s_rho", 4), ("eta", 3), ("xi", 6)):
            file.createDimension(name, extent)
        add(file, "z_rho", "f8", ("s_rho", "eta", "xi"), depth, units="m")
        add(file, "temp", "f4", ("time", "s_rho", "eta", "xi"), np.stack([300 + 2 * depth, 8 * depth]),
            units="K")  # fmt: skip

    samples, attributes = grad(tmp_path, "-v", "temp", "-x", "s_rho", "-s", "z_rho")

    np.testing.assert_array_equal(samples["dtemp_ds_rho"][0], np.full(depth.shape, np.float32(2)))
    np.testing.assert_array_equal(samples["dtemp_ds_rho"][1], np.full(depth.shape, np.float32(8)))
    assert attributes["dtemp_ds_rho"]["units"] == "K m-1"


@pytest.mark.parametrize("name", ["_FillValue", "missing_value"])
def test_either_attribute_names_missing_samples(tmp_path, name):
    with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
        file.createDimension("x", 6)
        add(file, "f", "f4", ("x",), [1, 2, -9, 4, 5, 7], **{name: np.float32(-9)})

    samples, attributes = grad(tmp_path, "-v", "f")

    np.testing.assert_array_equal(samples["df_dx"], np.float32([1, -9, 1, -9, 1.5, 2]))
    assert attributes["df_dx"]["_FillValue"] == np.float32(-9)


def test_packed_integers_are_differentiated_then_scaled(tmp_path):
    random = np.random.default_rng(11)
    packed = random.integers(-32767, 32768, (5, 7)).astype("i2")
    with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
        file.createDimension("y", 5)
        file.createDimension("x", 7)
        add(file, "f", "i2", ("y", "x"), packed, scale_factor=0.01, add_offset=273.15, units="K")

    samples, attributes = grad(tmp_path, "-v", "f")

    # Halves of integers are exact, so the product with the factor is the only rounding.
    for axis, name in enumerate(("df_dy", "df_dx")):
        exact = np.gradient(packed.astype("f8"), axis=axis)
        np.testing.assert_array_equal(samples[name], exact * 0.01)
        assert attributes[name] == {
            "long_name": f"derivative of f with respect to {name[-1]}",
            "units": "K",
        }


def test_packed_integers_with_missing_ones_become_double(tmp_path):
    with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
        file.createDimension("x", 5)
        add(file, "f", "i2", ("x",), [1, -99, 5, 9, 17], scale_factor=0.5,
            missing_value=np.int16(-99))  # fmt: skip

    samples, attributes = grad(tmp_path, "-v", "f")

    fill = netCDF4.default_fillvals["f8"]
    np.testing.assert_array_equal(samples["df_dx"], [fill, 1, fill, 3, 4])
    assert attributes["df_dx"]["_FillValue"] == fill
    assert "missing_value" not in attributes["df_dx"]


def test_unsigned_bytes_of_older_formats_are_unsigned(tmp_path):
    with netCDF4.Dataset(tmp_path / "in.nc", "w", format="NETCDF3_CLASSIC") as file:
        file.createDimension("x", 3)
        add(file, "f", "i1", ("x",), np.uint8([100, 130, 250]).view("i1"), _Unsigned="true")

    samples, attributes = grad(tmp_path, "-v", "f")

    np.testing.assert_array_equal(samples["df_dx"], [30, 75, 120])
    assert "_Unsigned" not in attributes["df_dx"]


def test_time_stamps_are_differenced_exactly(tmp_path):
    # Nanoseconds of our days: neighbours differ in digits that float64 does not have.
    stamps = 1_700_000_000_000_000_000 + np.array([0, 1, 3, 4, 6], "i8")
    with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
        file.createDimension("time", 5)
        add(file, "time", "i8", ("time",), stamps, units="nanoseconds since 1970-01-01")
        add(file, "f", "f8", ("time",), 2.0 * (stamps - stamps[0]), units="m")

    samples, attributes = grad(tmp_path, "-v", "f", "-x", "time")

    np.testing.assert_array_equal(samples["df_dtime"], [2.0] * 5)
    assert attributes["df_dtime"]["units"] == "m nanoseconds-1"


def test_default_axes_are_said_on_standard_error(tmp_path):
    write_climate(tmp_path / "in.nc")

    process = tool.run("grad", "in.nc", "-o", "out.nc", cwd=tmp_path)
    quiet = tool.run("grad", "-q", "in.nc", "-o", "out.nc", "-O", cwd=tmp_path)

    assert process.stderr.decode() == (
        "derivatives along lat, lon are per degree; --metric sphere makes them per metre\n"
        "time not differentiated; ask with -x time\n"
    )
    assert quiet.stderr == b""


def test_record_ensemble_and_one_sample_axes_are_left_out(tmp_path):
    with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
        for name, extent in (("run", None), ("member", 2), ("level", 1), ("x", 3)):
            file.createDimension(name, extent)
        add(file, "x", "f8", ("x",), [0, 1, 2])
        axes = ("run", "member", "level", "x")
        add(file, "f", "f4", axes, np.arange(12).reshape(2, 2, 1, 3))

    process = tool.run("grad", "in.nc", "-v", "f", "-o", "out.nc", cwd=tmp_path)
    samples, _ = stored(tmp_path / "out.nc")

    said = [f"{name} not differentiated; ask with -x {name}" for name in axes[:3]]
    assert process.stderr.decode().splitlines() == said
    assert "df_dx" in samples and not {"df_drun", "df_dmember", "df_dlevel"} & set(samples)


def test_axes_without_coordinates_are_said_to_have_spacing_one(tmp_path):
    with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
        file.createDimension("x", 3)
        add(file, "f", "f8", ("x",), [0, 1, 4])

    process = tool.run("grad", "in.nc", "-v", "f", cwd=tmp_path)

    assert process.stderr == b"x has no coordinates; spacing 1\n"
    assert process.stdout == b"df_dx:\n[1. 2. 3.]\n"


def test_a_variable_can_be_the_spacing(tmp_path):
    with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
        file.createDimension("x", 3)
        add(file, "height", "f8", ("x",), [0, 10, 30], units="m")
        add(file, "f", "f8", ("x",), [0, 10, 30], units="K")

    samples, attributes = grad(tmp_path, "-v", "f", "-s", "height")

    np.testing.assert_array_equal(samples["df_dx"], [1, 1, 1])
    assert attributes["df_dx"]["units"] == "K m-1"


def test_several_components_of_a_variable_are_stacked_in_npy(tmp_path):
    write_climate(tmp_path / "in.nc")

    tool.succeed("grad", "-q", "in.nc", "-v", "sst", "-x", "lon,lat", "-o", "out.npy", cwd=tmp_path)
    samples, _ = grad(tmp_path, "-v", "sst")

    stacked = np.load(tmp_path / "out.npy")
    np.testing.assert_array_equal(stacked, np.stack([samples["dsst_dlon"], samples["dsst_dlat"]]))


def test_info_tells_the_floor_that_packing_sets(tmp_path):
    with netCDF4.Dataset(tmp_path / "in.nc", "w") as file:
        file.createDimension("x", 4)
        add(file, "x", "f8", ("x",), [0, 0.5, 1, 1.5], units="m")
        add(file, "f", "i2", ("x",), [1, 2, 3, 4], scale_factor=0.01, units="K")

    lines = tool.succeed("info", "in.nc", cwd=tmp_path).decode().splitlines()

    # q/(2h) and q/(h sqrt 24) for q = 0.01, h = 0.5, to the three digits that are shown.
    assert lines[-1] == f"      x: h = 0.5: worst 0.01, rms {0.02 / 24**0.5:.3g} K m-1"
    assert "  x: 4 samples, coordinates in m, 0 to 1.5" in lines
