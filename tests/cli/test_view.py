# test_view.py: what is drawn of files, to the bit
#
# SPDX-License-Identifier: BSD-3-Clause

import pathlib
import xml.etree.ElementTree

import netCDF4
import numpy as np
import pytest
from shown import read_page, shown
from tool import npy_bytes, run, succeed

COADS = pathlib.Path(__file__).parents[2] / "examples/data/coads_sst.nc"


def block_means(field, rows, columns):
    """The mean of those that are there of every block, in float64, then rounded."""
    height = -(-field.shape[0] // rows)
    width = -(-field.shape[1] // columns)
    means = np.full((height, width), np.nan, np.float32)
    for i in range(height):
        for k in range(width):
            block = field[i * rows : (i + 1) * rows, k * columns : (k + 1) * columns]
            there = block[~np.isnan(block)]
            total = 0.0
            for sample in there.astype(np.float64):
                total += sample
            if there.size:
                means[i, k] = np.float32(total / there.size)
    return means


def test_every_step_and_sample_of_a_variable(tmp_path):
    page = shown(COADS, "-v", "SST", cwd=tmp_path)
    with netCDF4.Dataset(COADS) as file:
        stored = np.ma.filled(file["SST"][:], np.nan)
        longitudes = file["COADSX"][:].tolist()
        latitudes = file["COADSY"][:].tolist()
    assert page.names() == ["SST"]
    assert np.array_equal(page.layer("SST"), stored, equal_nan=True)
    assert page.header["x"]["positions"] == longitudes
    assert page.header["y"]["positions"] == latitudes
    assert page.header["y"]["upwards"] == "larger"
    assert page.header["x"]["title"] == "COADSX (degrees_east)"
    assert [len(slider["labels"]) for slider in page.header["sliders"]] == [2]
    assert page.header["is_to_scale"]
    assert page.described("SST")["unit"] == "Deg C"


def test_cells_end_half_way_to_their_neighbours_and_at_poles(tmp_path):
    with netCDF4.Dataset(tmp_path / "a.nc", "w") as file:
        for name, positions, unit in (
            ("lat", [-89.0, 0.0, 50.0, 90.0], "degrees_north"),
            ("x", [0.0, 1.0, 4.0], "km"),
        ):
            file.createDimension(name, len(positions))
            file.createVariable(name, "f8", (name,))[:] = positions
            file[name].units = unit
        file.createVariable("t", "f4", ("lat", "x"))[:] = np.arange(12.0).reshape(4, 3)
    page = shown("a.nc", cwd=tmp_path)
    assert page.header["x"]["borders"] == [-0.5, 0.5, 2.5, 5.5]
    assert page.header["y"]["borders"] == [-90, -44.5, 25, 70, 90]
    assert not page.header["is_to_scale"]


def test_at_takes_one_sample(tmp_path):
    page = shown(COADS, "-v", "SST", "--at", "TIME=-1", cwd=tmp_path)
    with netCDF4.Dataset(COADS) as file:
        stored = np.ma.filled(file["SST"][1], np.nan)
    assert np.array_equal(page.layer("SST")[0], stored, equal_nan=True)
    assert page.header["sliders"] == []
    assert "TIME = " in page.header["title"]


def test_components_have_arrows_over_their_magnitude(tmp_path):
    succeed("grad", COADS, "-v", "SST", "-o", "g.nc", cwd=tmp_path)
    page = shown("g.nc", cwd=tmp_path)
    assert page.names() == ["dSST_dCOADSY", "dSST_dCOADSX", "magnitude"]
    assert page.header["arrows"] == {"x": 1, "y": 0}
    along_y = page.layer("dSST_dCOADSY").astype(np.float64)
    along_x = page.layer("dSST_dCOADSX").astype(np.float64)
    wanted = np.hypot(along_x, along_y)
    error = np.abs(page.layer("magnitude") - wanted)
    # Rounded once more, from float64.
    assert np.nanmax(error - wanted * 2.0**-24) <= 0
    assert page.described("magnitude")["scale"] == "sequential"
    assert page.described("magnitude")["unit"] == "Deg C degree-1"
    component = page.described("dSST_dCOADSX")
    assert component["scale"] == "diverging"
    assert component["low"] == -component["high"]


@pytest.mark.parametrize("names", [("u10", "v10"), ("U", "V"), ("x_wind", "y_wind")])
def test_winds_are_components(tmp_path, names):
    with netCDF4.Dataset(tmp_path / "wind.nc", "w") as file:
        file.createDimension("y", 4)
        file.createDimension("x", 5)
        for name in names:
            file.createVariable(name, "f4", ("y", "x"))[:] = np.ones((4, 5))
        file.createVariable("t", "f4", ("y", "x"))[:] = np.ones((4, 5))
    page = shown("wind.nc", cwd=tmp_path)
    assert page.names() == [*names, "t", "magnitude"]
    assert page.header["arrows"] == {"x": 0, "y": 1}
    assert "arrows" not in shown("wind.nc", "-v", f"t,{names[1]}", cwd=tmp_path).header


def test_colours_end_at_quantiles(tmp_path):
    samples = np.random.default_rng(5).permutation(np.arange(1.0, 1002.0)).reshape(77, 13)
    np.save(tmp_path / "f.npy", samples)
    layer = shown("f.npy", cwd=tmp_path).described("value")
    assert (layer["low"], layer["high"]) == (21, 981)
    assert (layer["least"], layer["most"]) == (1, 1001)
    assert layer["scale"] == "sequential"


@pytest.mark.parametrize(
    ("low", "high", "scale"),
    [(-1, 1, "diverging"), (-2, 30, "sequential"), (-5, 30, "diverging"), (3, 4, "sequential")],
)
def test_fields_of_both_signs_diverge_from_zero(tmp_path, low, high, scale):
    np.save(tmp_path / "f.npy", np.linspace(low, high, 400).reshape(20, 20))
    layer = shown("f.npy", cwd=tmp_path).described("value")
    assert layer["scale"] == scale
    if scale == "diverging":
        assert layer["low"] == -layer["high"]


def test_a_constant_has_a_range(tmp_path):
    for constant in (0.0, -3.0, 7.0):
        np.save(tmp_path / "f.npy", np.full((4, 4), constant))
        layer = shown("f.npy", cwd=tmp_path).described("value")
        assert layer["low"] < constant < layer["high"]


def test_complex_fields_have_magnitude_and_phase(tmp_path):
    field = np.array([[1, 1j, -2], [-3j, 4 + 3j, np.nan]], np.complex64)
    np.save(tmp_path / "f.npy", field)
    page = shown("f.npy", cwd=tmp_path)
    assert page.names() == ["|value|", "arg value"]
    magnitude = page.layer("|value|")[0].ravel()
    assert magnitude[:5].tolist() == [1, 1, 2, 3, 5] and np.isnan(magnitude[5])
    assert page.layer("arg value")[0].ravel()[:4].tolist() == [0, 90, 180, -90]
    assert page.described("arg value")["scale"] == "cyclic"


def test_arrays_have_their_first_row_on_top(tmp_path):
    np.save(tmp_path / "f.npy", np.arange(12.0).reshape(3, 4))
    header = shown("f.npy", cwd=tmp_path).header
    assert header["y"]["upwards"] == "smaller"
    assert header["y"]["positions"] == [0, 1, 2]
    header = shown("f.npy", "-s", "0.5@-10,2", cwd=tmp_path).header
    assert header["y"]["upwards"] == "larger"
    assert header["y"]["positions"] == [-10, -9.5, -9]
    assert header["x"]["positions"] == [0, 2, 4, 6]


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("axes", [[], ["-x", "0,2"], ["-x", "2,0"], ["-x", "0,1"]])
def test_any_two_axes_of_an_array_in_either_memory_order(tmp_path, order, axes):
    field = np.random.default_rng(1).normal(size=(3, 4, 5))
    np.save(tmp_path / "f.npy", np.asarray(field, order=order))
    page = shown("f.npy", *axes, cwd=tmp_path)
    drawn = sorted(int(name) for name in axes[1].split(",")) if axes else [1, 2]
    [leading] = {0, 1, 2} - set(drawn)
    wanted = np.moveaxis(field, leading, 0).astype(np.float32)
    assert np.array_equal(page.layer("value"), wanted)


def test_longitude_runs_right_wherever_it_is_stored(tmp_path):
    with netCDF4.Dataset(tmp_path / "a.nc", "w") as file:
        for name, extent, unit in (("lon", 4, "degrees_east"), ("lat", 3, "degrees_north")):
            file.createDimension(name, extent)
            file.createVariable(name, "f8", (name,))[:] = np.arange(extent)
            file[name].units = unit
        stored = np.arange(12.0, dtype=np.float32).reshape(4, 3)
        file.createVariable("t", "f4", ("lon", "lat"))[:] = stored
    page = shown("a.nc", cwd=tmp_path)
    assert page.header["x"]["name"] == "lon"
    assert np.array_equal(page.layer("t")[0], stored.T)


def test_time_runs_right_and_has_dates(tmp_path):
    with netCDF4.Dataset(tmp_path / "a.nc", "w") as file:
        file.createDimension("time", 3)
        file.createDimension("depth", 4)
        file.createVariable("time", "f8", ("time",))[:] = [0, 1, 2]
        file["time"].units = "days since 2001-01-01"
        file.createVariable("depth", "f8", ("depth",))[:] = [0, 10, 50, 200]
        file["depth"].setncatts({"units": "m", "positive": "down"})
        file.createVariable("t", "f4", ("time", "depth"))[:] = np.ones((3, 4))
    header = shown("a.nc", cwd=tmp_path).header
    assert header["x"]["name"] == "time" and header["x"]["values"] == "dates"
    assert header["x"]["positions"] == [978307200 + 86400 * day for day in range(3)]
    assert header["y"]["upwards"] == "smaller"


def test_large_fields_are_reduced_by_means_of_blocks(tmp_path):
    field = np.random.default_rng(2).normal(size=(2411, 1205)).astype(np.float32)
    field[:40, :40] = np.nan
    field[100, 100] = np.nan
    np.save(tmp_path / "f.npy", field)
    page = shown("f.npy", cwd=tmp_path)
    cells = page.layer("value")[0]
    block = -(-field.shape[0] // cells.shape[0])
    assert block > 1
    assert np.array_equal(cells, block_means(field, block, block), equal_nan=True)
    assert page.header["captions"] == [f"Each cell is the mean of {block} x {block} samples."]
    borders = page.header["x"]["borders"]
    assert borders[0] == -0.5 and borders[1] == block - 0.5 and borders[-1] == 1204.5


def test_the_mean_of_angles_is_that_of_directions(tmp_path):
    with netCDF4.Dataset(tmp_path / "a.nc", "w") as file:
        file.createDimension("y", 2500)
        file.createDimension("x", 10)
        angles = np.tile([[350.0], [370.0 - 360.0]], (1250, 10))
        file.createVariable("a", "f4", ("y", "x"))[:] = angles
        file["a"].setncatts({"units": "degree", "long_name": "wind direction"})
    page = shown("a.nc", cwd=tmp_path)
    assert page.header["captions"] == ["Each cell is the mean of 3 x 1 samples."]
    cells = page.layer("a")[0]
    # Two of one and one of the other, in turns: a third of the way from 0.
    third = np.degrees(np.arctan2(np.sin(np.radians(10)), 3 * np.cos(np.radians(10))))
    there = np.where(np.arange(len(cells)) % 2 == 0, 360 - third, third)[:-1, None]
    assert np.abs(cells[:-1] - there).max() < 1e-4
    assert page.described("a")["scale"] == "cyclic"


def test_thin_fields_keep_their_rows(tmp_path):
    rows = np.array([[1.0], [-1.0]])
    np.save(tmp_path / "f.npy", np.tile(rows, (6, 5000)))
    page = shown("f.npy", cwd=tmp_path)
    assert len(page.header["y"]["positions"]) == 12
    assert np.array_equal(np.unique(page.layer("value")[0][::2]), [1])


def test_fields_beyond_float32_keep_their_digits(tmp_path):
    for scale, offset in ((1e300, 0), (1e-50, 0), (1e-3, 1e8)):
        field = offset + scale * np.random.default_rng(6).normal(size=(5, 6))
        np.save(tmp_path / "f.npy", field)
        page = shown("f.npy", cwd=tmp_path)
        assert page.described("value")["type"] == "float64"
        assert np.array_equal(page.layer("value")[0], field)


def test_only_components_of_one_vector_have_arrows(tmp_path):
    with netCDF4.Dataset(tmp_path / "a.nc", "w") as file:
        file.createDimension("lat", 4)
        file.createDimension("lon", 5)
        for name in ("dA_dlon", "dB_dlat"):
            file.createVariable(name, "f4", ("lat", "lon"))[:] = np.ones((4, 5))
    assert "arrows" not in shown("a.nc", cwd=tmp_path).header


def test_infinities_are_no_extremes(tmp_path):
    field = np.arange(12.0).reshape(3, 4)
    field[0, 0] = np.inf
    np.save(tmp_path / "f.npy", field)
    layer = shown("f.npy", cwd=tmp_path).described("value")
    assert (layer["least"], layer["most"]) == (1, 11)


def test_pages_of_many_steps_stay_small(tmp_path):
    np.save(tmp_path / "f.npy", np.random.default_rng(3).normal(size=(300, 220, 240)))
    page = shown("f.npy", cwd=tmp_path)
    assert page.layer("value").size <= 1_500_000
    assert (tmp_path / "shown.html").stat().st_size < 8_000_000
    [caption] = [text for text in page.header["captions"] if text.startswith("One of")]
    every = int(caption.split()[2])
    labels = page.header["sliders"][0]["labels"]
    assert labels[1] == f"sample {every}" and len(labels) == -(-300 // every)


def test_lines_have_their_derivatives_below(tmp_path):
    samples = np.array([1.0, 3.0, np.nan, 2.0, 4.0, 9.0, 11.0, 12.0])
    np.save(tmp_path / "f.npy", samples)
    page = shown("f.npy", "-s", "0.5", cwd=tmp_path)
    assert page.header["kind"] == "lines"
    assert [panel["lines"] for panel in page.header["panels"]] == [["value"], ["dvalue_d0"]]
    assert page.line(0).tolist() == [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]
    assert np.array_equal(page.line(1), samples, equal_nan=True)
    succeed("grad", "f.npy", "-s", "0.5", "--missing", "propagate", "-o", "g.npy", cwd=tmp_path)
    assert np.array_equal(page.line(2), np.load(tmp_path / "g.npy"), equal_nan=True)


def test_lines_of_a_file_share_a_panel_by_unit(tmp_path):
    with netCDF4.Dataset(tmp_path / "a.nc", "w") as file:
        file.createDimension("t", 5)
        file.createVariable("t", "f8", ("t",))[:] = [0, 1, 3, 4, 5]
        file["t"].units = "s"
        for name, unit in (("a", "m"), ("b", "m"), ("c", "K")):
            file.createVariable(name, "f8", ("t",))[:] = np.arange(5.0) ** 2
            file[name].units = unit
    panels = shown("a.nc", cwd=tmp_path).header["panels"]
    assert [panel["lines"] for panel in panels] == [
        ["a", "b"], ["c"], ["da_dt", "db_dt"], ["dc_dt"],
    ]  # fmt: skip
    assert panels[2]["title"] == "derivative along t (m s-1)"


def test_columns_of_a_log(tmp_path):
    (tmp_path / "log.csv").write_text(
        "stamp,speed,name\n2026-01-01T00:00:00,1,a\n2026-01-01T00:00:02,5,b\n"
        "2026-01-01T00:00:02,6,c\n2026-01-01T00:00:03,,d\n2026-01-01T00:00:04,9,e\n"
    )
    page = shown("log.csv", "-x", "stamp", "-v", "speed", cwd=tmp_path)
    assert page.header["x"]["values"] == "dates"
    assert (page.line(0) - 1767225600).tolist() == [0, 2, 3, 4]
    assert np.array_equal(page.line(1), [1, 5, np.nan, 9], equal_nan=True)
    assert "of rows that have one stamp the first is drawn" in page.notes


def test_standard_input(tmp_path):
    field = np.arange(20.0).reshape(4, 5)
    page = shown("-", cwd=tmp_path, stdin=npy_bytes(field))
    assert np.array_equal(page.layer("value")[0], field)


def test_packed_samples_are_unpacked(tmp_path):
    with netCDF4.Dataset(tmp_path / "a.nc", "w") as file:
        file.createDimension("y", 2)
        file.createDimension("x", 3)
        file.createVariable("t", "i2", ("y", "x"), fill_value=-1)
        file["t"].setncatts({"scale_factor": 0.5, "add_offset": 100.0})
        file["t"].set_auto_maskandscale(False)
        file["t"][:] = [[0, 1, 2], [-1, 4, 5]]
    layer = shown("a.nc", cwd=tmp_path).layer("t")[0]
    wanted = [[100, 100.5, 101], [np.nan, 102, 102.5]]
    assert np.array_equal(layer, wanted, equal_nan=True)


@pytest.mark.parametrize("suffix", ["png", "svg", "html"])
def test_view_of_grad_leaves_one_file(tmp_path, suffix):
    succeed("grad", COADS, "-v", "SST", "--view", f"p.{suffix}", cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [f"p.{suffix}"]


def test_view_of_grad_needs_no_room_where_it_is_called(tmp_path):
    """Nobody can write there, not even root."""
    succeed("grad", COADS, "-v", "SST", "--view", tmp_path / "p.svg", cwd="/proc")
    assert [path.name for path in tmp_path.iterdir()] == ["p.svg"]


def test_view_of_grad_shows_field_and_results(tmp_path):
    succeed("grad", COADS, "-v", "SST", "-o", "g.nc", "--view", "p.html", cwd=tmp_path)
    page = read_page(tmp_path / "p.html")
    assert page.names() == ["SST", "dSST_dCOADSY", "dSST_dCOADSX", "magnitude"]
    with netCDF4.Dataset(tmp_path / "g.nc") as file:
        stored = np.ma.filled(file["dSST_dCOADSX"][:], np.nan)
    assert np.array_equal(page.layer("dSST_dCOADSX"), stored, equal_nan=True)
    assert page.header["title"] == "SEA SURFACE TEMPERATURE and its gradient"


def test_view_of_operators_on_arrays(tmp_path):
    field = np.random.default_rng(4).normal(size=(6, 7))
    np.save(tmp_path / "f.npy", field)
    for operator, names in (
        ("grad", ["value", "d_d0", "d_d1", "magnitude"]),
        ("lap", ["value", "lap"]),
        ("mag", ["value", "mag"]),
        ("hess", ["value", "hess 0", "hess 1", "hess 2"]),
    ):
        succeed(operator, "f.npy", "-o", "r.npy", "-O", "--view", "p.html", cwd=tmp_path)
        page = read_page(tmp_path / "p.html")
        assert page.names() == names
        results = np.load(tmp_path / "r.npy").reshape(-1, 6, 7).astype(np.float32)
        for name, result in zip(names[1:], results, strict=False):
            assert np.array_equal(page.layer(name)[0], result)


def test_arrays_that_look_like_stacked_components_are_fields(tmp_path):
    """Of grad the first axis is one of the field, however long it is."""
    for shape in ((2, 5, 6), (3, 4, 5, 6)):
        np.save(tmp_path / "f.npy", np.random.default_rng(4).normal(size=shape))
        for operator in ("grad", "mag"):
            succeed(operator, "f.npy", "-o", "r.npy", "-O", "--view", "p.html", "-O",
                    cwd=tmp_path)  # fmt: skip
            page = read_page(tmp_path / "p.html")
            assert page.names()[0] == "value"
            assert page.layer("value").size == np.prod(shape)


def test_view_of_a_divergence(tmp_path):
    np.save(tmp_path / "uv.npy", np.random.default_rng(4).normal(size=(2, 6, 7)))
    succeed("div", "uv.npy", "-o", "r.npy", "--view", "p.html", cwd=tmp_path)
    page = read_page(tmp_path / "p.html")
    result = np.load(tmp_path / "r.npy").astype(np.float32)
    assert np.array_equal(page.layer(page.names()[-1])[0], result)


def test_stacked_components_of_an_array(tmp_path):
    np.save(tmp_path / "f.npy", np.random.default_rng(4).normal(size=(6, 7)))
    gradient = succeed("grad", "f.npy", "-o", "-", cwd=tmp_path)
    page = shown("-", cwd=tmp_path, stdin=gradient)
    assert page.names() == ["d_d0", "d_d1", "magnitude"]
    assert page.header["arrows"] == {"x": 1, "y": 0}
    assert "-x draws axes as they are" in page.notes
    (tmp_path / "g.npy").write_bytes(gradient)
    assert shown("g.npy", "-x", "1,2", cwd=tmp_path).names() == ["value"]


def test_stills_are_pictures(tmp_path):
    succeed("view", COADS, "-v", "SST", "-o", "p.png", cwd=tmp_path)
    succeed("view", COADS, "-v", "SST", "-o", "p.svg", cwd=tmp_path)
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    text = "".join(xml.etree.ElementTree.parse(tmp_path / "p.svg").getroot().itertext())
    for word in ("SEA SURFACE TEMPERATURE", "Deg C", "COADSX (degrees_east)", "TIME = "):
        assert word in text


def test_notes_say_what_is_not_drawn(tmp_path):
    process = run("view", COADS, "-o", "p.svg", cwd=tmp_path)
    assert b"TIME: the first of 2 samples is drawn; gridgrad view --at TIME=" in process.stderr
    assert run("view", COADS, "-o", "p.svg", "-Oq", cwd=tmp_path).stderr == b""
