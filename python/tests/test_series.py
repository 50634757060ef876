# test_series.py: logs, differentiated along the index of a Series or a DataFrame
#
# SPDX-License-Identifier: BSD-3-Clause

import itertools
import re

import numpy as np
import pandas as pd
import pytest

import gridgrad
from gridgrad import derivative

RANDOM = np.random.default_rng(7)
START = pd.Timestamp("2026-03-29 00:59:59.123456789")
# Gaps of 1 to 100 ms, not whole in any unit but nanoseconds.
NANOSECONDS = np.cumsum(RANDOM.integers(10**6, 10**8, 60))
TIMES = START + pd.to_timedelta(NANOSECONDS, unit="ns")
SECONDS = (NANOSECONDS - NANOSECONDS[0]) / 1e9
VALUES = RANDOM.random(60)


def refusal(message):
    return pytest.raises((TypeError, ValueError), match=f"^{re.escape(message)}")


def test_a_series_keeps_index_and_name():
    series = pd.Series(VALUES, TIMES.rename("stamp"), name="speed")

    slope = derivative(series)

    np.testing.assert_allclose(slope, np.gradient(VALUES, SECONDS), rtol=1e-12, atol=1e-12)
    assert slope.index is series.index or slope.index.identical(series.index)
    assert (slope.name, slope.dtype) == ("speed", np.float64)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("options", [{}, {"accuracy": 4}, {"derivative": 2}, {"bias": "backward"}])
def test_bits_are_those_of_arrays(unit, options):
    times = START.floor("s") + pd.to_timedelta(np.cumsum(RANDOM.integers(1, 9, 60)), unit="s")
    times = times.as_unit(unit)

    slope = derivative(pd.Series(VALUES, times), **options)

    np.testing.assert_array_equal(slope, derivative(VALUES, times.to_numpy(), **options))


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", "c8", "c16"])
@pytest.mark.parametrize("edge_order", [1, 2])
def test_types_and_edges_pass_through(dtype, edge_order):
    values = (VALUES * 8).astype(dtype)

    slope = derivative(pd.Series(values, TIMES), edge_order=edge_order)

    assert slope.dtype == values.dtype
    expected = derivative(values, TIMES.to_numpy(), edge_order=edge_order)
    np.testing.assert_array_equal(slope, expected)
    assert derivative(pd.Series(values, TIMES), dtype="c16").dtype == np.complex128


def test_nanoseconds_are_differenced_exactly():
    nanoseconds = np.array([0, 1, 3, 4, 7], "m8[ns]")
    late = pd.Series(
        np.arange(5.0), pd.DatetimeIndex(np.datetime64("2262-01-01", "ns") + nanoseconds)
    )

    slope = derivative(late, bias="backward", accuracy=1)

    # Weights are rounded once, and differences are 1.
    np.testing.assert_array_equal(slope[1:], 1e9 / np.array([1.0, 2, 1, 3]))


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Asia/Kathmandu"])
def test_zones_do_not_move_stamps(zone):
    # The hour in which Berlin's clocks go forward has no local times at all.
    times = pd.date_range("2026-03-28 22:00:00.5", periods=60, freq="7min13s", tz="UTC")

    slope = derivative(pd.Series(VALUES, times.tz_convert(zone)))

    expected = derivative(VALUES, times.tz_localize(None).to_numpy())
    np.testing.assert_array_equal(slope, expected)
    assert str(slope.index.tz) == zone


def test_durations_and_numbers_are_positions():
    since = TIMES - TIMES[0]
    expected = derivative(VALUES, since.to_numpy())

    np.testing.assert_array_equal(derivative(pd.Series(VALUES, since)), expected)
    for x in (SECONDS, SECONDS.astype("f4"), NANOSECONDS, NANOSECONDS.astype("u8")):
        np.testing.assert_array_equal(derivative(pd.Series(VALUES, x)), derivative(VALUES, x))
    nullable = pd.Index(NANOSECONDS, dtype="Int64")
    np.testing.assert_array_equal(
        derivative(pd.Series(VALUES, nullable)), derivative(VALUES, NANOSECONDS)
    )


@pytest.mark.parametrize("step", [1, 5, -2])
def test_rows_that_are_counted_are_as_far_apart_as_their_numbers(step):
    series = pd.Series(VALUES, pd.RangeIndex(0, 60 * step, step))

    np.testing.assert_array_equal(derivative(series), derivative(VALUES, float(step)))


def test_an_index_may_fall():
    series = pd.Series(VALUES, TIMES)

    falling = derivative(series[::-1])

    np.testing.assert_allclose(falling[::-1], derivative(series), rtol=1e-12)


@pytest.mark.parametrize("order", [1, 2, 3])
@pytest.mark.parametrize(
    ("unit", "seconds"),
    [("s", 1), ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9), ("m", 60), ("h", 3600), ("D", 86400),
     ("W", 604800)],
)  # fmt: skip
def test_derivatives_per_other_units(unit, seconds, order):
    series = pd.Series(VALUES, TIMES)

    slope = derivative(series, derivative=order, time_unit=unit)

    expected = derivative(series, derivative=order) * float(seconds) ** order
    np.testing.assert_allclose(slope, expected, rtol=1e-14)


def test_boundaries_are_in_the_unit_of_time():
    hours = pd.date_range("2026-01-01", periods=24, freq="h")
    tide = pd.Series(np.sin(2 * np.pi * np.arange(24) / 24), hours)
    expected = derivative(tide.to_numpy(), 1.0, boundary="periodic")

    slope = derivative(tide, boundary=gridgrad.Periodic(24), time_unit="h")

    np.testing.assert_allclose(slope, expected, rtol=1e-12, atol=1e-15)
    known = derivative(tide, boundary=gridgrad.Neumann(7.0), time_unit="h")
    np.testing.assert_allclose(known.iloc[[0, -1]], 7.0, rtol=1e-14)


def test_polynomials_of_the_degree_are_exact():
    t = SECONDS
    series = pd.Series(3 - t + t**2 / 2 - t**3, TIMES)

    slope = derivative(series, accuracy=4)

    np.testing.assert_allclose(slope, -1 + t - 3 * t**2, rtol=1e-10, atol=1e-10)


def test_a_frame_has_a_derivative_for_each_column():
    columns = pd.MultiIndex.from_tuples([("a", "x"), ("a", "y"), ("b", "z"), ("a", "x")])
    parts = {0: VALUES, 1: np.arange(60) ** 2, 2: VALUES.astype("f4"), 3: VALUES * 1j}
    frame = pd.DataFrame(parts, index=TIMES)
    frame.columns = columns

    slopes = derivative(frame)

    assert slopes.index.identical(frame.index) and slopes.columns.identical(columns)
    assert [str(dtype) for dtype in slopes.dtypes] == [
        "float64",
        "float64",
        "float32",
        "complex128",
    ]
    for k, part in parts.items():
        np.testing.assert_array_equal(slopes.iloc[:, k], derivative(pd.Series(part, TIMES)))
    assert derivative(frame.iloc[:, :0]).shape == (60, 0)


def test_a_frame_is_an_array_along_its_columns_or_with_a_spacing():
    frame = pd.DataFrame(RANDOM.random((5, 4)), columns=list("abcd"))

    np.testing.assert_array_equal(derivative(frame, axis=1), derivative(frame.to_numpy(), axis=1))
    np.testing.assert_array_equal(derivative(frame, 0.5), derivative(frame.to_numpy(), 0.5, axis=0))
    series = pd.Series([0.0, 1, 4], list("abc"), name="f")
    pd.testing.assert_series_equal(
        derivative(series, 0.5), pd.Series([2.0, 4, 6], list("abc"), name="f")
    )


def test_columns_that_are_not_numbers_are_refused_by_name():
    frame = pd.DataFrame({"u": VALUES, "mode": "auto"}, index=TIMES)

    for column in ("auto", True, TIMES, None):
        with refusal("f: column 'mode' of dtype"):
            derivative(frame.assign(mode=column))
    with refusal("f: dtype"):
        derivative(frame["mode"])


class TestMissing:
    def test_nan_is_data_unless_told(self):
        series = pd.Series(VALUES, TIMES).where(np.arange(60) != 30)

        for rule in (None, "none", "propagate", "adapt", gridgrad.Adapt(2)):
            expected = derivative(series.to_numpy(), TIMES.to_numpy(), missing=rule)
            np.testing.assert_array_equal(derivative(series, missing=rule), expected)

    @pytest.mark.parametrize("dtype", ["Float64", "Float32", "Int64"])
    def test_gaps_of_pandas_own(self, dtype):
        series = pd.Series(np.arange(60) ** 2, TIMES, dtype=dtype)
        series.iloc[[7, 30]] = pd.NA
        plain = series.to_numpy("f8", na_value=np.nan)

        slope = derivative(series, missing="adapt")

        assert slope.dtype.kind == "f" and slope.isna().sum() == 2
        expected = derivative(plain, TIMES.to_numpy(), missing="adapt")
        np.testing.assert_allclose(slope, expected, rtol=1e-5)
        assert derivative(series).isna().sum() == 6

    def test_gaps_of_one_column_leave_the_rule_of_others(self):
        own = pd.Series([0, 1, None, 9, 16], dtype="Float64")
        frame = pd.DataFrame({"own": own, "plain": own.astype("f8")})

        slopes = derivative(frame)

        assert slopes.own.isna().tolist() == [False, True, True, True, False]
        assert slopes.plain.isna().tolist() == derivative(frame.plain).isna().tolist()
        assert slopes.plain[2] == 4


class TestDuplicates:
    ROWS = [0, 1, 2, 2, 2, 3, 4, 4]
    SERIES = pd.Series(
        [0.0, 1, 2, 5, 8, 3, 7, 4], START + pd.to_timedelta(ROWS, unit="s"), name="x"
    )

    def test_are_refused_with_the_place_and_the_way_out(self):
        message = (
            "index: 2026-03-29 01:00:01.123456789 at rows 2 and 3 given; every sample needs a "
            "position of its own: duplicates='first', 'last' or 'mean' makes one of those that "
            "share one"
        )
        with refusal(message):
            derivative(self.SERIES)

    @pytest.mark.parametrize(
        ("rule", "one_of_each"),
        [("first", [0.0, 1, 2, 3, 7]), ("last", [0, 1, 8, 3, 4]), ("mean", [0, 1, 5, 3, 5.5])],
    )
    def test_one_sample_counts_of_each_position(self, rule, one_of_each):
        slope = derivative(self.SERIES, duplicates=rule)

        assert slope.index.identical(self.SERIES.index) and slope.name == "x"
        np.testing.assert_array_equal(slope, derivative(np.array(one_of_each))[self.ROWS])

    def test_the_mean_of_equal_samples_is_that_sample(self):
        constant = self.SERIES * 0 + 0.1

        assert (derivative(constant, duplicates="mean") == 0).all()

    @pytest.mark.parametrize("dtype", ["f4", "i4", "Float64", "Int64", "c16"])
    def test_types_stay(self, dtype):
        series = self.SERIES.astype(dtype)

        for rule in ("first", "last", "mean"):
            slope = derivative(series, duplicates=rule)
            expected = derivative(self.SERIES, duplicates=rule)
            np.testing.assert_allclose(slope, expected, rtol=1e-6)
            assert slope.dtype == derivative(series, 1).dtype

    @pytest.mark.parametrize("rule", ["first", "last", "mean"])
    def test_missing_samples_do_not_count_beside_others(self, rule):
        gap = np.nan
        rows = [gap, 1.0, gap, 3.0, gap, 2.0, gap, gap]
        expected = derivative(np.array([gap, 1, 3, 2, gap]), missing="adapt")[self.ROWS]

        plain = derivative(self.SERIES * 0 + rows, duplicates=rule, missing="adapt")
        own = pd.Series(rows, self.SERIES.index, dtype="Float64")

        np.testing.assert_array_equal(plain, expected)
        np.testing.assert_array_equal(derivative(own, duplicates=rule, missing="adapt"), expected)
        assert derivative(self.SERIES * 0 + rows, duplicates=rule).isna().sum() >= 5

    def test_headings_have_the_mean_of_their_directions(self):
        times = pd.to_timedelta([0, 1, 1, 2], unit="s")
        heading = pd.Series([358.0, 359, 1, 2], times)

        slope = derivative(heading, duplicates="mean", period=360)

        np.testing.assert_array_equal(slope, [2, 2, 2, 2])

    def test_a_counted_index_has_none(self):
        assert derivative(pd.Series([1.0, 2, 4]), duplicates="first").tolist() == [1, 1.5, 2]


class TestPeriod:
    @pytest.mark.parametrize("dtype", ["f8", "f4"])
    def test_yaw_through_fifty_wraps_has_no_spike(self, dtype):
        stamps = np.cumsum(RANDOM.uniform(0.005, 0.02, 6000))
        times = START + pd.to_timedelta((stamps * 1e9).astype("i8"), unit="ns")
        turned = 5.0 * (times - times[0]).to_numpy().astype("f8") / 1e9
        assert turned[-1] > 50 * 2 * np.pi
        yaw = ((turned + np.pi) % (2 * np.pi) - np.pi).astype(dtype)

        rate = derivative(pd.Series(yaw, times), period=2 * np.pi)

        assert rate.dtype == dtype
        # Units in the last place of 64 turns of yaw, over two steps.
        bound = 1e-10 if dtype == "f8" else 4 * np.finfo("f4").eps * np.pi / 0.005
        np.testing.assert_allclose(rate, 5.0, atol=bound)
        assert derivative(pd.Series(yaw, times)).abs().max() > 100

    def test_samples_that_do_not_wrap_keep_their_bits(self):
        series = pd.Series(VALUES, TIMES)

        np.testing.assert_array_equal(derivative(series, period=360), derivative(series))

    @pytest.mark.parametrize("kind", ["u", "i"])
    @pytest.mark.parametrize("bits", [8, 16, 32, 64])
    def test_counters_are_exact_at_all_widths(self, kind, bits):
        dtype = np.dtype(f"{kind}{bits // 8}")
        longest = min(2 ** (bits - 1) - 1, 2**40)
        steps = RANDOM.integers(-longest, longest, 500, endpoint=True)
        count = int(np.iinfo(dtype).max) - 3
        counts = np.array([count, *(count + np.cumsum(steps.astype(object)))], object)
        raw = np.array([int(c) % 2**bits for c in counts], "u8").astype(dtype)
        index = pd.Index(np.arange(501.0))

        rate = derivative(pd.Series(raw, index), period=2**bits, accuracy=1, bias="backward")

        np.testing.assert_array_equal(rate[1:], steps.astype("f8"))

    @pytest.mark.parametrize("period", [1, 2, 7, 360, 2**63 - 1, 2**63, 2**63 + 5, 2**64 - 1])
    @pytest.mark.parametrize("dtype", ["i8", "u8"])
    def test_counters_are_exact_at_all_periods(self, period, dtype):
        limits = np.iinfo(dtype)
        raw = [int(c) for c in RANDOM.integers(limits.min, limits.max, 50, dtype, endpoint=True)]
        steps = [(b - a + period // 2) % period - period // 2 for a, b in itertools.pairwise(raw)]
        series = pd.Series(np.array(raw, dtype), np.arange(50.0))
        if max(abs(sum(steps[:k])) for k in range(51)) >= 2**63:
            with refusal("f: whole numbers given that pass 2**63"):
                derivative(series, period=period)
            return

        rate = derivative(series, period=period, accuracy=1, bias="backward")

        # An even period may be halved, and either half is right.
        expected = np.array(steps, object)
        found = rate.to_numpy()[1:]
        halved = np.array([abs(s) * 2 == period for s in steps])
        np.testing.assert_array_equal(
            np.where(halved, abs(found), found),
            np.where(halved, abs(expected), expected).astype("f8"),
        )

    def test_missing_samples_are_stepped_over(self):
        headings = [340.0, 350, np.nan, 10, 20, np.inf, 350, 355]

        slope = derivative(pd.Series(headings), period=360, missing="adapt")

        np.testing.assert_array_equal(slope[[0, 1, 3, 7]], [10, 10, 10, 5])
        own = pd.Series([350, None, 10, 20], dtype="Int64")
        slope = derivative(own, period=360, missing="adapt")
        np.testing.assert_array_equal(slope, [np.nan, np.nan, 10, 10])

    def test_columns_have_periods_of_their_own(self):
        frame = pd.DataFrame({"yaw": [359, 1, 3], "x": [400.0, 0.0, 400.0]})

        slopes = derivative(frame, period={"yaw": 360})

        assert slopes.yaw.tolist() == [2, 2, 2] and slopes.x.tolist() == [-400, 0, 400]
        with refusal("period: column 'pitch' given; there are ['yaw', 'x']"):
            derivative(frame, period={"pitch": 360})

    @pytest.mark.parametrize("period", [0, -360, np.nan, np.inf])
    def test_that_are_none_are_refused(self, period):
        with refusal(f"period: {period!r} given; a finite number above 0 is needed"):
            derivative(pd.Series(VALUES), period=period)

    def test_what_cannot_wrap_is_refused(self):
        with refusal("period: 360 given for samples of complex128"):
            derivative(pd.Series(VALUES * 1j), period=360)
        with refusal("period: 'deg' given"):
            derivative(pd.Series(VALUES), period="deg")
        with refusal("period: 36893488147419103232 given for whole numbers"):
            derivative(pd.Series([1, 2, 3]), period=2**65)
        with refusal("boundary: 'periodic' given beside period"):
            derivative(pd.Series(VALUES), period=360, boundary="periodic")

    def test_samples_are_not_changed(self):
        series = pd.Series([359.0, 1.0, 3.0])

        derivative(series, period=360)

        assert series.tolist() == [359, 1, 3]


class TestRefusals:
    def test_stamps_that_turn_back(self):
        stamps = TIMES.to_numpy().copy()
        stamps[40] = stamps[38]
        message = f"index: {TIMES[38]} at row 40 given, after {TIMES[39]}; rows in order are needed"

        for rule in ("raise", "first", "last", "mean"):
            with refusal(message):
                derivative(pd.Series(VALUES, pd.DatetimeIndex(stamps)), duplicates=rule)

    def test_rows_of_two_logs(self):
        twice = pd.concat([pd.Series(VALUES)] * 2)

        with refusal("index: 0 at row 60 given, after 59; rows in order are needed: sort_index()"):
            derivative(twice)
        assert len(derivative(twice, 1)) == 120

    def test_order_of_wide_whole_numbers(self):
        wide = pd.Series([0.0, 1, 2], [-(2**63), 0, 2**63 - 1])

        assert (derivative(wide) > 0).all()

    @pytest.mark.parametrize(
        ("index", "message"),
        [
            (pd.Index(list("abc"), dtype=object), "index: dtype object given; times or numbers"),
            ([True, False, True], "index: dtype bool given; times or numbers are needed"),
            ([1j, 2j, 3j], "index: dtype complex128 given"),
            (pd.period_range("2026-01", periods=3, freq="M"), "index: a PeriodIndex given, of"),
            (pd.interval_range(0, 3), "index: dtype interval"),
            (pd.CategoricalIndex(["a", "b", "c"]), "index: dtype category given"),
            (
                pd.MultiIndex.from_product([["a"], [1, 2, 3]], names=["log", "t"]),
                "index: a MultiIndex of ['log', 't'] given; one level is needed: droplevel()",
            ),
            ([0.0, np.nan, 2.0], "index: nan at row 1 given; every sample needs a position"),
            ([0.0, 1.0, np.inf], "index: inf at row 2 given; finite numbers are needed"),
            (pd.DatetimeIndex(["2026", None, "2027"]), "index: NaT at row 1 given; every sample"),
            (pd.Index([0, None, 2], dtype="Int64"), "index: <NA> at row 1 given; every sample"),
        ],
    )
    def test_what_has_no_positions(self, index, message):
        series = pd.Series([1.0, 2.0, 4.0], index)

        with refusal(message):
            derivative(series)
        assert derivative(series, 1).tolist() == [1, 1.5, 2]

    def test_options_that_are_not_known(self):
        series = pd.Series(VALUES, TIMES)

        with refusal("duplicates: 'any' given; accepted: 'raise', 'first', 'last', 'mean'"):
            derivative(series, duplicates="any")
        with refusal("time_unit: 'min' given; accepted: 's', 'ms'"):
            derivative(series, time_unit="min")
        with refusal("time_unit: 'h' given for an index of int64"):
            derivative(pd.Series(VALUES), time_unit="h")
        with refusal("out: given for a Series or DataFrame along its index"):
            derivative(series, out=np.empty(60))
        with refusal("boundary: 'halo' given"):
            derivative(series, boundary="halo")

    @pytest.mark.parametrize(
        "options", [{"duplicates": "first"}, {"period": 360}, {"time_unit": "h"}]
    )
    def test_options_of_an_index_where_there_is_none(self, options):
        for args in ((VALUES,), (VALUES, SECONDS), (pd.Series(VALUES, TIMES), 0.5)):
            with refusal("duplicates, period, time_unit: given for what is no Series"):
                derivative(*args, **options)

    def test_axes_and_lengths(self):
        with pytest.raises(np.exceptions.AxisError):
            derivative(pd.Series(VALUES), axis=1)
        for count in (0, 1):
            with refusal(f"field: {count} sample"):
                derivative(pd.Series(VALUES, TIMES)[:count])
        with refusal("field: 3 samples along axis 0; at least 5 are needed"):
            derivative(pd.Series(VALUES, TIMES)[:3], accuracy=4)
        with pytest.raises(ValueError):
            derivative(pd.Series([1.0, 2.0], TIMES[[3, 3]]), duplicates="mean")
