# test_at.py: value and gradient at locations, beside NumPy and the command grad
#
# SPDX-License-Identifier: BSD-3-Clause

import csv
import io
import pathlib

import netCDF4
import numpy as np
import pytest

import tool
from fields import write_field

OBSERVED = pathlib.Path(__file__).parents[2] / "examples" / "data" / "coads_sst.nc"
UNIT = 2.0**-53
SPACING, FIRST_LATITUDE, FIRST_LONGITUDE = 2.0, -89.0, 21.0


def table(output):
    """Header and rows of CSV, empty cells as NaN."""
    header, *rows = csv.reader(io.StringIO(output.decode()))
    return header, np.array([[float(cell or "nan") for cell in row] for row in rows])


def january():
    with netCDF4.Dataset(OBSERVED) as sst:
        return np.ma.filled(sst["SST"][0].astype("f8"), np.nan)


def hermite(t):
    """Weights of four equally spaced samples in a cubic whose slopes are central
    differences, of its derivative, and the sums of the magnitudes of their terms."""
    central = np.array([[-0.5, 0, 0.5, 0], [0, -0.5, 0, 0.5]])
    own = np.array([[0, 1.0, 0, 0], [0, 0, 1.0, 0]])
    basis = np.array(
        [1 - 3 * t**2 + 2 * t**3, 3 * t**2 - 2 * t**3, t - 2 * t**2 + t**3, t**3 - t**2]
    )
    slopes = np.array([6 * t**2 - 6 * t, 6 * t - 6 * t**2, 1 - 4 * t + 3 * t**2, 3 * t**2 - 2 * t])
    rows = np.concatenate([own, central])
    terms = np.array([1 + 5 * t**2, 5 * t**2, t + 3 * t**2, 2 * t**2]).sum()
    slope_terms = np.array([12 * t, 12 * t, 1 + 7 * t, 5 * t]).sum()
    return basis @ rows, slopes @ rows, terms, slope_terms


def expected_at(field, latitude, longitude):
    """Value, d/dlat, d/dlon, and how far each may be off. Weights take at most 10
    operations each, their products with samples 2, sums of 16 products 15, on both sides;
    differences from one sample, which gridgrad sums, are at most twice the largest."""
    y, x = (latitude - FIRST_LATITUDE) / SPACING, (longitude - FIRST_LONGITUDE) / SPACING
    rows = int(np.floor(y)) + np.arange(-1, 3)
    columns = (int(np.floor(x)) + np.arange(-1, 3)) % field.shape[1]
    window = field[np.ix_(rows, columns)]
    value_y, slope_y, terms_y, slope_terms_y = hermite(y - np.floor(y))
    value_x, slope_x, terms_x, slope_terms_x = hermite(x - np.floor(x))
    results = [value_y @ window @ value_x, slope_y @ window @ value_x / SPACING,
               value_y @ window @ slope_x / SPACING]  # fmt: skip
    terms = [
        terms_y * terms_x,
        slope_terms_y * terms_x / SPACING,
        terms_y * slope_terms_x / SPACING,
    ]
    operations = 2 * (10 + 10 + 2 + 15)
    return results, operations * UNIT * 2 * np.abs(window).max() * np.array(terms)


def track():
    """A voyage from Peru around the Cape of Good Hope, across the seam of the file at 20 E,
    to the Antarctic, in multiples of 1/64 degree, so that places in cells are exact."""
    s = np.linspace(0, 1, 1001)
    latitude = np.round(64 * (-10 - 35 * np.sin(np.pi * s) - 30 * s**8)) / 64
    longitude = np.round(64 * (-75 + 160 * s)) / 64
    return latitude, longitude


def test_a_ships_track_across_the_seam_has_hermites_values_and_gradients(tmp_path):
    latitude, longitude = track()
    lines = [f"{i},{a},{o}" for i, (a, o) in enumerate(zip(latitude, longitude))]
    (tmp_path / "track.csv").write_text("\n".join(["day,lat,lon", *lines]) + "\n")

    process = tool.run("at", OBSERVED, "-v", "SST", "--points", "track.csv", "--pick", "TIME=0",
                       "-b", "COADSX=periodic", cwd=tmp_path)  # fmt: skip

    header, rows = table(process.stdout)
    assert header == ["day", "lat", "lon", "SST", "dSST_dCOADSY", "dSST_dCOADSX"]
    np.testing.assert_array_equal(rows[:, :3], np.stack([np.arange(1001), latitude, longitude], 1))
    field = january()
    missing = np.isnan(rows[:, 3])
    for row in rows:
        expected, bound = expected_at(field, row[1], row[2] % 360)
        if not np.any(np.isnan(expected)):
            assert np.all(np.abs(row[3:] - expected) <= bound)
        assert np.isnan(row[3:]).all() or not np.isnan(row[3:]).any()
    assert (~missing & (longitude % 360 > 19) & (longitude % 360 < 23)).sum() > 10
    assert process.stderr.decode().splitlines() == [
        "column lat taken for axis COADSY",
        "column lon taken for axis COADSX",
        "SST in Deg C, dSST_dCOADSY in Deg C degrees_north-1, dSST_dCOADSX in Deg C degrees_east-1",
        f"{missing.sum()} of 1001 locations missing, or near a missing sample: no results",
    ]


@pytest.mark.parametrize("accuracy", [2, 4])
def test_gradients_at_samples_are_those_of_grad(tmp_path, accuracy):
    """Latitudes that decrease, uneven longitudes that close after 360 degrees, and times."""
    random = np.random.default_rng(accuracy)
    time, lat = np.arange(7.0), np.linspace(30, -30, 9)
    lon = np.sort(random.choice(np.arange(0, 360, 5), 8, replace=False)).astype("f8")
    samples = random.standard_normal((7, 9, 8))
    write_field(tmp_path / "f.nc", samples, time=(time, {"units": "days since 2001-01-01"}),
                lat=lat, lon=(lon, {"units": "degrees_east"}))  # fmt: skip
    np.save(
        tmp_path / "p.npy", np.stack(np.meshgrid(time, lat, lon, indexing="ij"), -1).reshape(-1, 3)
    )
    rules = ["-q", "-v", "f", "-b", "lon=periodic", "--accuracy", accuracy]

    at = tool.array_of(tool.succeed("at", "f.nc", "-p", "p.npy", *rules, "-o", "-", cwd=tmp_path))
    grad = tool.array_of(tool.succeed("grad", "f.nc", "-x", "all", *rules, "-o", "-", cwd=tmp_path))

    np.testing.assert_array_equal(at[:, 0], samples.ravel())
    # The weights of a row are at most 4 over the smallest gap, times accuracy + 1 samples.
    for axis, gap in enumerate((1, 7.5, np.diff(lon).min())):
        ulp = np.spacing(4 * np.abs(samples).max() / gap)
        assert np.max(np.abs(at[:, 1 + axis] - grad[axis].ravel())) <= 4 * (accuracy + 1) * ulp


def test_land_and_what_is_near_it_is_missing_as_in_grad(tmp_path):
    rows, columns = np.mgrid[0:90, 0:180]
    points = np.stack([FIRST_LATITUDE + 2 * rows.ravel(), FIRST_LONGITUDE + 2 * columns.ravel()], 1)
    np.save(tmp_path / "p.npy", points)
    rules = ["-q", "-b", "COADSX=periodic", "--accuracy", "2", "-o", "-"]

    at = tool.array_of(
        tool.succeed("at", OBSERVED, "-p", "p.npy", "--pick", "TIME=0", *rules, cwd=tmp_path)
    )
    grad = tool.array_of(
        tool.succeed("grad", OBSERVED, "-x", "COADSY,COADSX", *rules, cwd=tmp_path)
    )

    expected = np.concatenate([january()[None], grad[:, 0]]).reshape(3, -1).T
    is_missing = np.isnan(expected).any(axis=1)
    assert 5000 < is_missing.sum() < 10_000
    np.testing.assert_array_equal(np.isnan(at).any(axis=1), is_missing)
    np.testing.assert_array_equal(np.isnan(at).all(axis=1), is_missing)
    there = ~is_missing
    np.testing.assert_array_equal(at[there, 0], expected[there, 0])
    # grad computes in float32: two samples of at most 32 degrees over 4, one-sided over 2.
    assert np.max(np.abs(at - expected)[there]) <= 4 * np.spacing(np.float32(32))


def test_packed_numbers_are_unpacked(tmp_path):
    packed = np.random.default_rng(3).integers(-3000, 3000, (6, 7)).astype("i2")
    packed[2, 3] = -9999
    with netCDF4.Dataset(tmp_path / "f.nc", "w") as file:
        file.createDimension("y", 6)
        file.createDimension("x", 7)
        variable = file.createVariable("f", "i2", ("y", "x"), fill_value=-9999)
        variable.setncatts({"scale_factor": 0.01, "add_offset": 273.15})
        variable.set_auto_maskandscale(False)
        variable[:] = packed
    (tmp_path / "p.csv").write_text("y,x\n0.5,1\n3,3\n4,5\n")

    header, rows = table(tool.succeed("at", "f.nc", "-p", "p.csv", "-q", cwd=tmp_path))

    assert header == ["y", "x", "f", "df_dy", "df_dx"]
    assert np.isnan(rows[1, 2:]).all()
    stored = packed.astype("f8")
    expected = [stored[4, 5] * 0.01 + 273.15, (stored[5, 5] - stored[3, 5]) / 2 * 0.01,
                (stored[4, 6] - stored[4, 4]) / 2 * 0.01]  # fmt: skip
    np.testing.assert_allclose(rows[2, 2:], expected, rtol=4 * UNIT)


@pytest.fixture
def place(tmp_path):
    """f = y^2 + 3x on y = -1, -1/2, ... 1 and x = 10, 12, ... 20: exact everywhere."""
    y, x = np.arange(5) / 2 - 1, 10.0 + 2 * np.arange(6)
    np.save(tmp_path / "f.npy", y[:, None] ** 2 + 3 * x)
    write_field(tmp_path / "f.nc", y[:, None] ** 2 + 3 * x, y=y, x=x)
    return tmp_path


AT = ["at", "f.npy", "-s", "0.5@-1,2@10", "-p"]


def test_spacings_and_first_samples_place_an_array(place):
    (place / "p.csv").write_text("axis1,axis0\n13.5,0.25\n20,-1\n")

    output = tool.succeed(*AT, "p.csv", cwd=place)

    assert (
        output
        == b"axis1,axis0,value,dvalue_daxis0,dvalue_daxis1\n13.5,0.25,40.5625,0.5,3\n20,-1,61,-2,3\n"
    )


@pytest.mark.parametrize("interpolation", ["linear", "cubic", "spline"])
def test_interpolations_are_chosen(place, interpolation):
    points = b"axis0,axis1\n0.25,13.5\n"
    _, rows = table(tool.succeed(*AT, "-", "--interpolation", interpolation, cwd=place, stdin=points))

    # Between 0 and 1/2 the straight line of y^2 is y/2. A spline is solved for: six rows
    # along each axis, each with 3 roundings at most there and back, of samples up to 61; the
    # slopes of B-splines sum to 6 / spacing at most.
    value = 40.625 if interpolation == "linear" else 40.5625
    bound = 2 * 3 * 6 * UNIT * 61 if interpolation == "spline" else 0
    errors = np.abs(rows[0, 2:] - [value, 0.5, 3])
    assert np.all(errors <= bound * np.array([1, 6 / 0.5, 6 / 2]))


def test_columns_without_names_are_axes_in_order(place):
    process = tool.run(*AT, "-", cwd=place, stdin=b"# y and x\n0.25,13.5\n\n-1,20\n")

    assert process.stdout == b"0.25,13.5,40.5625,0.5,3\n-1,20,61,-2,3\n"
    assert (
        process.stderr == b"points without a header: columns taken for axis0, axis1 in this order\n"
    )


@pytest.mark.parametrize(
    "rule, row, said",
    [
        ("missing", ",,", "no results; --outside extend or clamp gives some"),
        ("extend", "67,-2,3", "the field goes on linearly there"),
        ("clamp", "61,-2,0", "the field stays as at its border there"),
    ],
)
def test_outside_has_what_is_asked_for(place, rule, row, said):
    process = tool.run(*AT, "-", "--outside", rule, cwd=place, stdin=b"-1,22\n0,10\n")

    assert process.stdout.decode() == f"-1,22,{row}\n0,10,30,0,3\n"
    assert process.stderr.decode().splitlines()[1] == f"1 of 2 locations outside: {said}"


def test_locations_that_are_missing_have_empty_cells(place):
    cells = ["", "nan", "NaN", "NA", "NaT"]
    points = "axis0,axis1\n" + "".join(f"{cell},12\n" for cell in cells)

    process = tool.run(*AT, "-", cwd=place, stdin=points.encode())

    assert process.stdout.decode().splitlines()[1:] == [f"{cell},12,,," for cell in cells]
    assert process.stderr == b"5 of 5 locations missing, or near a missing sample: no results\n"


def test_a_number_may_stand_for_missing_samples(tmp_path):
    field = np.full((5, 5), 7, "u1")
    field[0, 0] = 255
    np.save(tmp_path / "f.npy", field)

    output = tool.succeed(
        "at", "f.npy", "-p", "-", "--fill", "255", "-q", cwd=tmp_path, stdin=b"0.5,0.5\n2.5,2.5\n"
    )

    assert output == b"0.5,0.5,,,\n2.5,2.5,7,0,0\n"


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("dtype", ["f8", ">f4", "i2"])
def test_arrays_of_points_give_arrays_or_tables(place, order, dtype):
    points = np.asarray([[0, 12], [1, 20], [1, 30]], dtype, order=order)
    np.save(place / "p.npy", points)

    tool.succeed(*AT, "p.npy", "-o", "out.npy", cwd=place)
    text = tool.succeed(*AT, "p.npy", cwd=place)

    nan = np.nan
    expected = [[36, 0, 3], [61, 2, 3], [nan, nan, nan]]
    np.testing.assert_array_equal(np.load(place / "out.npy"), expected)
    header, rows = table(text)
    assert header == ["axis0", "axis1", "value", "dvalue_daxis0", "dvalue_daxis1"]
    np.testing.assert_array_equal(rows, np.concatenate([points, expected], axis=1))


def test_files_are_read_in_blocks(place):
    """More rows than a block has: each has its own results, whatever came before."""
    random = np.random.default_rng(5)
    points = np.stack(
        [random.integers(-64, 65, 200_001) / 64, 10 + random.integers(0, 81, 200_001) / 8], 1
    )
    np.save(place / "p.npy", points)
    tool.succeed(*AT, "p.npy", "-o", "p.csv", cwd=place)

    results = tool.array_of(tool.succeed(*AT, "p.csv", "-o", "-", cwd=place))

    y, x = points.T
    np.testing.assert_array_equal(
        results, np.stack([y**2 + 3 * x, 2 * y, np.full(y.shape, 3.0)], 1)
    )
    _, rows = table((place / "p.csv").read_bytes())
    np.testing.assert_array_equal(rows, np.concatenate([points, results], axis=1))


def test_other_columns_are_carried_through_as_they_stand(place):
    points = (
        "\ufeffStation; x;\"say \"\"y\"\"\";y;größe\r\n"
        "\"Ny; Ålesund\";1.20e1;;0;  5,5\r\n"
        "\"two\r\nlines\"; 12 ;\"\";\"0\";猫\r\n"
    )  # fmt: skip

    output = tool.succeed("at", "f.nc", "-p", "-", "-q", cwd=place, stdin=points.encode())

    header, *rows = points.removeprefix("\ufeff").split("\r\n")
    expected = [header + ";f;df_dy;df_dx", rows[0] + ";36;0;3", rows[1], rows[2] + ";36;0;3", ""]
    assert output.decode() == "\r\n".join(expected)


def test_one_sample_is_taken_along_axes_that_have_one_or_that_are_picked(tmp_path):
    samples = np.arange(3.0)[:, None, None] * 100 + np.zeros((1, 1, 1)) + 2 * np.arange(4.0)
    write_field(tmp_path / "f.nc", samples, member=None, level=None, x=None)

    process = tool.run(
        "at", "f.nc", "-v", "f", "-p", "-", "--pick", "member=-1", cwd=tmp_path, stdin=b"X\n1.5\n"
    )

    assert process.stdout == b"X,f,df_dx\n1.5,203,2\n"
    assert process.stderr.decode().splitlines() == [
        "x has no coordinates; spacing 1",
        "column X taken for axis x",
        "level has one sample, which is taken",
        "f in K, df_dx in K",
    ]


def test_a_file_is_written_at_once_and_kept_unless_asked(place):
    (place / "out.csv").write_bytes(b"kept")

    kept = tool.run(*AT, "-", "-o", "out.csv", cwd=place, stdin=b"0,10\n")
    assert (kept.returncode, kept.stderr) == (
        3,
        b"gridgrad: output: out.csv exists; -O replaces it\n",
    )
    assert (place / "out.csv").read_bytes() == b"kept"
    tool.succeed(*AT, "-", "-o", "out.csv", "-O", cwd=place, stdin=b"0,10\n")

    assert (place / "out.csv").read_bytes() == b"0,10,30,0,3\n"


def test_a_header_alone_is_a_table_of_no_rows(place):
    np.save(place / "none.npy", np.zeros((0, 2)))
    header = "value,dvalue_daxis0,dvalue_daxis1\n"

    assert (
        tool.succeed(*AT, "-", cwd=place, stdin=b"axis1,axis0").decode() == "axis1,axis0," + header
    )
    assert tool.succeed(*AT, "none.npy", cwd=place).decode() == "axis0,axis1," + header
    assert tool.array_of(tool.succeed(*AT, "none.npy", "-o", "-", cwd=place)).shape == (0, 3)


def test_gradients_do_not_depend_on_where_the_first_sample_is(place):
    plain = tool.succeed("grad", "f.npy", "-s", "0.5,2", "-o", "-", cwd=place)

    assert tool.succeed("grad", "f.npy", "-s", "0.5@-1,2@10", "-o", "-", cwd=place) == plain
