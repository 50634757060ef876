# test_view_bad_input.py: one clear line, and no file
#
# SPDX-License-Identifier: BSD-3-Clause

import netCDF4
import numpy as np
import pytest
from tool import contents, run


def write_file(path):
    with netCDF4.Dataset(path, "w") as file:
        file.createDimension("time", 3)
        file.createDimension("lat", 4)
        file.createDimension("lon", 5)
        file.createDimension("n", 2)
        file.createVariable("lat", "f8", ("lat",))[:] = np.arange(4)
        file.createVariable("sst", "f4", ("time", "lat", "lon"))[:] = np.ones((3, 4, 5))
        file.createVariable("gone", "f4", ("lat", "lon"), fill_value=-1)[:] = np.full((4, 5), -1)
        file.createVariable("code", "S1", ("n",))


@pytest.fixture
def folder(tmp_path):
    write_file(tmp_path / "a.nc")
    np.save(tmp_path / "one.npy", np.ones((1, 1)))
    np.save(tmp_path / "none.npy", np.ones((0, 3)))
    np.save(tmp_path / "nan.npy", np.full((3, 3), np.nan))
    np.save(tmp_path / "line.npy", np.full(3, np.nan))
    np.save(tmp_path / "f.npy", np.ones((3, 3)))
    with netCDF4.Dataset(tmp_path / "text.nc", "w") as file:
        file.createDimension("n", 2)
        file.createVariable("code", "S1", ("n",))
    return tmp_path


CASES = [
    ("view one.npy -o p.png", 2, "INPUT: a single sample is left; a picture needs two"),
    ("view none.npy -o p.png", 2, "INPUT: no sample is left"),
    ("view nan.npy -o p.png", 2, "INPUT: all samples of value are missing"),
    ("view line.npy -o p.png", 2, "INPUT: all samples of value are missing"),
    ("view a.nc -v gone -o p.svg", 2, "INPUT: all samples of gone are missing"),
    ("view text.nc -o p.png", 2, "variable: the input has none that holds several numbers"),
    ("view a.nc -v code -o p.png", 2, "variable: code does not hold numbers"),
    ("view a.nc -v ssst -o p.png", 2, "did you mean sst?"),
    ("view a.nc -v sst,gone -o p.png", 2, "sst has axes time, lat, lon and gone lat, lon"),
    ("view a.nc -v sst --at time=3 -o p.png", 2, "at: 'time=3' given; time has 3 samples"),
    ("view a.nc -v sst --at time -o p.png", 2, "at: 'time' given; AXIS=SAMPLE is needed"),
    ("view a.nc -v sst --at tme=0 -o p.png", 2, "did you mean time?"),
    ("view a.nc -v sst --at time=0,time=1 -o p.png", 2, "at: time given twice"),
    ("view a.nc -v sst -x lot -o p.png", 2, "axis: 'lot' given; the field has axes time"),
    ("view a.nc -v sst -x lon -o p.png", 2, "as by --at time=0,lat=0"),
    ("view a.nc -v sst -x time,lat,lon -o p.png", 2, "axis: 3 given; a picture has one or two"),
    ("view a.nc -v sst --at lon=0 -x lon,lat -o p.png", 2, "axis: lon given, along which one"),
    ("view a.nc -o p.pdf", 4, "output: p.pdf given; a file .png, .svg or .html is needed"),
    ("view a.nc", 2, "output: none given; a file .png, .svg or .html is needed"),
    ("view a.nc -o no/p.png", 1, "no"),
    ("view b.nc -o p.png", 1, "b.nc: No such file"),
    ("view f.npy -v sst -o p.png", 2, "variable: given for an input that is one array"),
    ("grad f.npy --view p.gif", 4, "view: p.gif given; a file .png, .svg or .html is needed"),
    ("grad f.npy -o - --view p.png", 2, "view: given for results on standard output"),
    ("grad - --view p.png", 2, "view: given for standard input, which is read once"),
    ("grad f.npy f.npy -o out/ --view p.png", 2, "view: given for several inputs"),
    ("grad f.npy -s 0 --view p.png", 2, "spacing"),
    ("grad nan.npy --view p.png", 2, "all samples of value are missing"),
]


@pytest.mark.parametrize(("line", "code", "message"), CASES)
def test_refusals_leave_no_file(folder, line, code, message):
    before = contents(folder)
    process = run(*line.split(), cwd=folder)
    errors = [
        line for line in process.stderr.decode().splitlines() if line.startswith("gridgrad: ")
    ]
    assert (process.returncode, len(errors)) == (code, 1), process.stderr
    assert message in errors[0]
    assert contents(folder) == before
    assert not [path for path in folder.iterdir() if path.is_dir()]


def test_a_picture_that_exists_is_kept(folder):
    (folder / "p.png").write_bytes(b"mine")
    for line in ("view f.npy -o p.png", "grad f.npy --view p.png"):
        process = run(*line.split(), cwd=folder)
        assert process.returncode == 3
        assert b"p.png exists; -O replaces it" in process.stderr
        assert (folder / "p.png").read_bytes() == b"mine"
    assert run("view", "f.npy", "-o", "p.png", "-O", cwd=folder).returncode == 0
    assert (folder / "p.png").read_bytes() != b"mine"


def test_the_input_is_never_the_picture(folder):
    np.save(folder / "f.png.npy", np.ones((3, 3)))
    (folder / "f.png.npy").rename(folder / "f.png")
    process = run("view", "f.png", "-o", "f.png", "-O", cwd=folder)
    assert process.returncode == 2
    assert b"output: f.png is the input" in process.stderr
