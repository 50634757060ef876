# test_at_times.py: dates as locations, beside cftime
#
# SPDX-License-Identifier: BSD-3-Clause

import cftime
import numpy as np
import pytest

import tool
from fields import write_field

CALENDARS = ["standard", "proleptic_gregorian", "julian", "noleap", "all_leap", "360_day"]
UNITS = [
    "days since 1850-01-01",
    "hours since 1-1-1 00:00:0.0",
    "seconds since 1970-01-01T00:00:00Z",
    "minutes since 2000-02-28 12:30:00 -06:00",
    "Days since 1582-10-01 00:00:00 UTC",
]


@pytest.mark.parametrize("units", UNITS)
@pytest.mark.parametrize("calendar", CALENDARS)
def test_dates_are_those_of_cftime(tmp_path, calendar, units):
    dates = [(1582, 10, 3, 6, 30, 0), (1600, 2, 29, 0, 0, 0), (1900, 2, 28, 23, 59, 59),
             (1999, 12, 30, 0, 0, 0), (2000, 2, 29, 12, 0, 0), (2023, 7, 4, 1, 2, 3)]  # fmt: skip
    if calendar == "noleap":
        dates = [date for date in dates if date[1:3] != (2, 29)]
    as_in_file = units.replace("T", " ").replace("Z", "")
    counts = [cftime.date2num(cftime.datetime(*date, calendar=calendar), as_in_file, calendar)
              for date in dates]  # fmt: skip
    ends = np.array([min(counts) - 1, max(counts) + 1])
    write_field(tmp_path / "f.nc", ends, time=(ends, {"units": units, "calendar": calendar}))
    texts = ["{:04}-{:02}-{:02}T{:02}:{:02}:{:02}".format(*date) for date in dates]
    (tmp_path / "p.csv").write_text(
        "\n".join(["name,time", *(f"{k},{t}" for k, t in enumerate(texts))])
    )

    output = tool.succeed("at", "f.nc", "-q", "-v", "f", "-p", "p.csv", "--interpolation", "linear",
                          cwd=tmp_path)  # fmt: skip

    values = np.array([float(row.split(",")[2]) for row in output.decode().splitlines()[1:]])
    # f is the count itself: rounding of the value, and a microsecond of cftime's own.
    assert np.all(np.abs(values - counts) <= 4 * np.spacing(np.abs(ends).max()) + 1e-6)


@pytest.mark.parametrize(
    "text, day",
    [
        ("2001-01-02", 1),
        ("2001-01-02T12", 1.5),
        ("2001-01-02 12:00", 1.5),
        ("2001-01-02T12:00:00Z", 1.5),
        ("2001-01-02T18:00+06:00", 1.5),
        ("2001-01-02T06:30:00.0-0530", 1.5),
        ("1.5", 1.5),
        ("+1.5", 1.5),
        ('"1.5"', 1.5),
    ],
)
def test_times_are_dates_or_numbers(tmp_path, text, day):
    write_field(
        tmp_path / "f.nc",
        3.0 * np.arange(4),
        time=(np.arange(4.0), {"units": "days since 2001-01-01"}),
    )
    (tmp_path / "p.csv").write_text(f"date\n{text}\n")

    output = tool.succeed("at", "f.nc", "-q", "-v", "f", "-p", "p.csv", cwd=tmp_path)

    assert output.decode() == f"date,f,df_dtime\n{text},{3 * day:g},3\n"


def test_stamps_of_numpy_are_coordinates(tmp_path):
    np.save(tmp_path / "f.npy", 60.0 * np.arange(4))
    np.save(tmp_path / "t.npy", np.datetime64("2024-05-01T00:00", "ms") + 60_000 * np.arange(4))

    output = tool.succeed("at", "f.npy", "-s", "t.npy", "-p", "-", "-q", cwd=tmp_path,
                          stdin=b"axis0\n2024-05-01T00:01:30\n")  # fmt: skip

    header, row = output.decode().splitlines()
    assert header == "axis0,value,dvalue_daxis0"
    stamp, value, slope = row.split(",")
    assert (stamp, float(value)) == ("2024-05-01T00:01:30", 90)
    # Per second: the quotient of a spacing of 60,000 ticks and its unit, rounded twice.
    assert abs(float(slope) - 1) <= 4 * 2.0**-53
