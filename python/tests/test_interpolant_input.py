# test_interpolant_input.py: what fields, coordinates and points an interpolant takes
#
# SPDX-License-Identifier: BSD-3-Clause

import gc
import pickle
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
import pytest

from gridgrad import Cells, Constant, Interpolant, Neumann, Status
from surfaces import EPS, bump, positions, refused, within


@pytest.mark.parametrize("dtype", ["f8", ">f8", "f4", "f2", "u1", "i2", ">i4", "i8", "c16", "c8"])
def test_samples_of_any_type_are_computed_in_double(dtype):
    random = np.random.default_rng(4)
    f = random.integers(0, 100, (7, 8)).astype(dtype)
    points = within(random, [np.arange(7), np.arange(8)], 20)

    p = Interpolant(f)
    results = p(points), p.gradient(points), p.hessian(points)

    exact = f.astype(complex if f.dtype.kind == "c" else float)
    expected = Interpolant(exact)
    for ours, theirs in zip(
        results,
        (expected(points), expected.gradient(points), expected.hessian(points)),
        strict=True,
    ):
        assert ours.dtype == exact.dtype
        assert np.array_equal(ours, theirs)


def test_both_parts_of_complex_samples():
    random = np.random.default_rng(5)
    f = random.normal(size=(6, 7)) + 1j * random.normal(size=(6, 7))
    point = [2.3, 3.9]

    p = Interpolant(f, boundary={0: Constant(2 + 3j)})
    parts = [
        Interpolant(part, boundary={0: Constant(value)})
        for part, value in ((f.real, 2), (f.imag, 3))
    ]

    assert p(point) == complex(*(part(point) for part in parts))
    real, imaginary = (part.gradient(point) for part in parts)
    assert np.array_equal(p.gradient(point), real + 1j * imaginary)


def test_strided_and_read_only_fields_are_viewed():
    random = np.random.default_rng(6)
    whole = random.normal(size=(9, 20, 3))
    part = whole[::-1, 3::2, 1].T
    part.flags.writeable = False
    points = within(random, [np.arange(9), np.arange(9)], 20)

    assert np.array_equal(Interpolant(part)(points), Interpolant(part.copy())(points))


def test_changes_in_place_are_seen():
    f, y, x = bump()
    cubic = Interpolant(f, y, x)
    spline = Interpolant(f, y, x, interpolation="spline")
    swapped = f.astype(">f8")
    copied = Interpolant(swapped, y, x)
    point = [0.3, 0.4]
    before = cubic(point), spline(point), copied(point)

    f += 1
    swapped += 1

    assert abs(cubic(point) - before[0] - 1) <= 8 * EPS
    assert (spline(point), copied(point)) == before[1:]
    spline.update()
    copied.update()
    assert abs(spline(point) - before[1] - 1) <= 64 * EPS
    assert copied(point) == cubic(point)


@pytest.mark.parametrize("dtype", ["f8", ">f8", "c16"])
def test_a_refused_update_changes_nothing(dtype):
    f = np.random.default_rng(13).normal(size=(7, 8)).astype(dtype)
    p = Interpolant(f, interpolation="spline")
    points = np.array([[1.5, 2.5], [3.3, 6.1], [9.0, 9.0]])

    def everything():
        batch = p.value_and_gradient(points), p.hessian(points), p.status(points)
        return pickle.dumps([*batch, p(points[0]), p.gradient(points[0]), repr(p)])

    before = everything()
    f += 1
    part = f.imag if f.dtype.kind == "c" else f
    part[2, 3] = np.nan
    message = "field: sample (2, 3) is missing or not finite; a spline needs all samples, linear "
    with refused(ValueError, message + "and cubic interpolation do not"):
        p.update()

    assert everything() == before
    part[2, 3] = 0
    p.update()
    assert np.array_equal(p(points), Interpolant(f, interpolation="spline")(points), equal_nan=True)


def test_an_update_from_another_shape_is_refused():
    f = [[1.0, 2.0], [3.0, 4.0]]
    p = Interpolant(f, 1.0, [0, 1], interpolation="linear")

    f[:] = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    with pytest.raises(ValueError):
        p.update()

    assert p([0.5, 0.5]) == 2.5 and p(np.array([[0.5, 0.5]])).tolist() == [2.5]
    assert repr(p) == "<gridgrad.Interpolant: linear, 2 x 2 samples>"


def test_the_field_is_kept_alive():
    class Field(np.ndarray):
        pass

    f = np.random.default_rng(7).normal(size=(30, 30)).view(Field)
    gone = weakref.ref(f)
    p = Interpolant(f)
    value = p([3.3, 4.4])

    del f
    gc.collect()
    np.zeros((30, 30))

    assert gone() is not None and p([3.3, 4.4]) == value
    del p
    gc.collect()
    assert gone() is None


def test_masked_samples_and_the_missing_number_are_missing():
    f, _, _ = bump(9)
    masked = np.ma.array(f, mask=np.zeros((9, 9), bool))
    masked[4, 4] = np.ma.masked
    filled = masked.filled(-1)
    points = np.stack(np.meshgrid(*[np.linspace(0, 8, 33)] * 2), axis=-1)

    by_mask, by_number = Interpolant(masked), Interpolant(filled, missing=-1)

    status = by_mask.status(points)
    assert np.array_equal(status, by_number.status(points))
    assert np.array_equal(by_mask(points), by_number(points), equal_nan=True)
    assert np.array_equal(np.isnan(by_mask(points)), status == Status.missing)
    as_map = Interpolant(np.where(masked.mask, 255, 7).astype("u1"), missing=255)
    assert np.array_equal(as_map.status(points), status)
    assert np.isnan(by_mask([4.1, 4.1])) and not np.isnan(by_mask([1.0, 1.0]))
    assert by_mask.status([4.1, np.nan]) is Status.missing
    at_a_masked_point = by_mask(np.ma.array([1.0, 1.0], mask=[False, True]))
    assert np.isnan(at_a_masked_point)


def test_cells_have_their_centres():
    f = np.random.default_rng(9).normal(size=(6, 8))
    p = Interpolant(f, Cells(-1, 0.5), Cells(10, -2))

    assert abs(p([-0.75, 9.0]) - f[0, 0]) <= 4 * EPS
    assert abs(p([0.25, 1.0]) - f[2, 4]) <= 4 * EPS
    assert p.status([-0.9, 5.0]) is Status.outside
    with refused(TypeError, "coordinates: Cells(origin='a', size=1) given; two numbers are needed"):
        Interpolant(f, Cells("a", 1), 1.0)


@pytest.mark.parametrize("unit", ["D", "h", "s", "500ms", "ns"])
def test_times(unit):
    """Locations are times, or seconds since the first; gradients are per second."""
    time = np.datetime64("2026-01-01") + np.arange(6) * np.timedelta64(12, "h")
    time = time[::2].astype(f"M8[{unit}]") if unit == "D" else time.astype(f"M8[{unit}]")
    seconds = (time - time[0]) / np.timedelta64(1, "s")
    f = seconds[:, None] / 3600 + np.array([0.0, 10.0, 20.0])
    p = Interpolant(f, time, 1.0, interpolation="linear")
    noon = np.datetime64("2026-01-01T12", "s")

    value, gradient = p.value_and_gradient((noon, 0.5))

    assert abs(value - 17) <= 8 * EPS * 17
    assert abs(gradient[0] * 3600 - 1) <= 8 * EPS and abs(gradient[1] - 10) <= 80 * EPS
    assert p((43200.0, 0.5)) == p([43200.0, 0.5]) == value
    assert np.isnan(p((np.datetime64("NaT"), 0.5)))
    batch = Interpolant(f[:, 0], time, interpolation="linear")
    expected = batch(np.array([12, 24]) * 3600.0)
    assert np.array_equal(batch(noon + np.array([0, 12], "m8[h]")), expected)
    assert np.array_equal(batch([noon.item(), (noon + np.timedelta64(12, "h")).item()]), expected)


def test_stamps_in_nanoseconds_keep_their_digits():
    time = np.datetime64("2026-01-01", "ns") + np.arange(100) * np.timedelta64(1000, "ns")
    p = Interpolant(np.arange(100.0), time)

    assert abs(p(time[40] + np.timedelta64(250, "ns")) - 40.25) <= 100 * EPS
    with refused(TypeError, "points: dtype datetime64[ns] given; real numbers are needed"):
        Interpolant(np.arange(100.0))(time)
    far = np.array([-(2**62) * 2 + 10, 2**62], "M8[ns]")
    with refused(ValueError, "coordinates: times that are 2^63 ticks or more apart given"):
        Interpolant([1.0, 2.0], far, interpolation="linear")


FAR = ["1415-06-10", "1600-01-01", "2292-05-01", "2584-07-23", "9999-12-31"]


@pytest.mark.parametrize("axis", ["D", "s", "300ms", "us", "ns"])
@pytest.mark.parametrize("unit", ["D", "500ms", "us"])
def test_times_far_away_are_outside(axis, unit):
    """Nanoseconds in 64 bits last 292 years, and 2^64 of them after 2000 are 2584-07-23."""
    time = (np.datetime64("2000-01-01") + np.arange(8)).astype(f"M8[{axis}]")
    p = Interpolant(np.arange(8.0), time, interpolation="linear", outside="extend")
    points = np.array([*FAR, "2000-01-04", "NaT"], f"M8[{unit}]")

    days = p(points)

    far, inside, missing = Status.outside, Status.inside, Status.missing
    assert p.status(points).tolist() == [far] * len(FAR) + [inside, missing]
    expected = [(date.fromisoformat(one) - date(2000, 1, 1)).days for one in FAR]
    np.testing.assert_allclose(days[:-2], expected, rtol=8 * EPS)
    assert days[-2] == 3 and np.isnan(days[-1])
    assert [p(date.fromisoformat(one)) for one in FAR] == days[:-2].tolist()


def test_nanoseconds_from_both_ends_of_their_range():
    time = np.array(["1678-01-01", "1678-01-02"], "M8[ns]")
    points = np.array([-(2**63) + 1, 2**63 - 1]).view("M8[ns]")
    p = Interpolant([0.0, 1.0], time, interpolation="linear", outside="extend")

    assert p.status(points).tolist() == [Status.outside] * 2
    days = [(int(tick) - int(time.view("i8")[0])) / 86_400e9 for tick in points.view("i8")]
    np.testing.assert_allclose(p(points), days, rtol=8 * EPS)


@pytest.mark.parametrize("unit", ["D", "s", "us"])
def test_nanoseconds_among_times_older_than_them(unit):
    time = np.arange("0850", "2200", dtype="M8[Y]").astype("M8[D]").astype(f"M8[{unit}]")
    p = Interpolant(np.arange(1350.0), time, interpolation="linear")
    recent = time[850:]

    assert p(recent.astype("M8[ns]")).tolist() == list(range(850, 1350))
    assert p(time).tolist() == list(range(1350))


@pytest.mark.parametrize("unit, step", [("ns", 10**17 + 1), ("as", 10**14 + 7)])
def test_samples_are_found_where_their_ticks_have_more_digits_than_a_double(unit, step):
    ticks = np.arange(-90, 90, dtype=np.int64) * step // 2 + 1
    p = Interpolant(np.arange(180.0), ticks.view(f"M8[{unit}]"), interpolation="linear")

    assert p(ticks.view(f"M8[{unit}]")).tolist() == list(range(180))


def test_durations_far_away_are_outside():
    p = Interpolant(np.arange(8.0), np.arange(8).astype("m8[ns]"), interpolation="linear")

    assert p.status(np.array([2**56, -(2**62), 1], "m8[D]")).tolist() == [Status.outside] * 3
    assert p.status(np.timedelta64(2**64 // 1000 + 1, "us")) is Status.outside
    assert p(np.timedelta64(3000, "ps")) == p(np.array([3 * 10**9], "m8[as]"))[0] == 3
    assert Interpolant(np.arange(4.0), np.arange(4).astype("m8[as]"))(np.timedelta64(0, "W")) == 0


def test_durations_count_from_zero():
    time = np.arange(5, 15) * np.timedelta64(1, "m")
    p = Interpolant(np.arange(5.0, 15), time)

    assert abs(p(np.timedelta64(450, "s")) - 7.5) <= 16 * EPS
    assert p(450.0) == p(np.timedelta64(450, "s"))


def test_pickles_and_threads_give_the_same_bits():
    random = np.random.default_rng(11)
    axes = [positions(random, 50), positions(random, 60)]
    p = Interpolant(random.normal(size=(50, 60)), *axes, boundary="symmetric", threads=2)
    points = within(random, axes, 5000)
    expected = p.value_and_gradient(points)

    with ThreadPoolExecutor(8) as pool:
        many = list(pool.map(p.value_and_gradient, [points] * 16))
    again = pickle.loads(pickle.dumps(p)).value_and_gradient(points)
    single = Interpolant(p._f, *axes, boundary="symmetric", threads=1).value_and_gradient(points)

    for results in [*many, again, single]:
        assert all(map(np.array_equal, results, expected))


F = np.zeros((5, 6))
X = np.arange(6.0)


@pytest.mark.parametrize(
    "kind, message, make",
    [
        (
            ValueError,
            "outside: 'periodic' given; missing, extend or clamp is accepted, boundary= makes an "
            "axis periodic",
            lambda: Interpolant(F, outside="periodic"),
        ),
        (
            ValueError,
            "outside: 'nearest' given; missing, extend or clamp is accepted",
            lambda: Interpolant(F, outside="nearest"),
        ),
        (
            ValueError,
            "interpolation: 'akima' given; linear, cubic or spline is accepted",
            lambda: Interpolant(F, interpolation="akima"),
        ),
        (TypeError, "outside: 3 given; a name is needed", lambda: Interpolant(F, outside=3)),
        (ValueError, "accuracy: 3 given; 2 or 4 is accepted", lambda: Interpolant(F, accuracy=3)),
        (
            TypeError,
            "missing: 'x' given; a number is needed",
            lambda: Interpolant(F, missing="x"),
        ),
        (
            TypeError,
            "missing: a number given for complex samples; a masked array is needed",
            lambda: Interpolant(F + 0j, missing=1),
        ),
        (
            ValueError,
            "missing: 300 given; a field of uint8 needs a value of its type",
            lambda: Interpolant(F.astype("u1"), missing=300),
        ),
        (
            ValueError,
            "field: sample (0, 0) is missing or not finite; a spline needs all samples, linear and "
            "cubic interpolation do not",
            lambda: Interpolant(np.ma.masked_equal(F, 0), interpolation="spline"),
        ),
        (
            ValueError,
            "field: rank 2 given for 4 axis rules; one rule per axis is needed, a last axis may "
            "hold components",
            lambda: Interpolant(F, 1, 1, 1, 1),
        ),
        (
            ValueError,
            "coordinates: positions 2 and 3 along axis 1 are 3 and 2; increasing or decreasing "
            "positions are needed to find a location",
            lambda: Interpolant(F, 1.0, [0, 1, 3, 2, 4, 5.0]),
        ),
        (
            ValueError,
            "boundary: 'halo' given; it is for blocks, which Difference is applied to",
            lambda: Interpolant(F, boundary="halo"),
        ),
        (
            NotImplementedError,
            "boundary: slope 1 given along axis 0; an interpolant takes the slope 0",
            lambda: Interpolant(F, boundary={0: Neumann(1)}),
        ),
        (
            ValueError,
            "locations: shape (4, 3) given; the last extent is the rank of the field, 2",
            lambda: Interpolant(F)(np.zeros((4, 3))),
        ),
        (
            TypeError,
            "points: dtype complex128 given; real numbers are needed",
            lambda: Interpolant(F)([1j, 0]),
        ),
        (
            TypeError,
            "points: dtype object given; real numbers are needed",
            lambda: Interpolant(F)([None, "a"]),
        ),
        (
            NotImplementedError,
            "interpolation: the weights of a spline reach all samples; linear and cubic have rows",
            lambda: Interpolant(F, interpolation="spline").rows([1.0, 1.0]),
        ),
        (
            ValueError,
            "threads: 0 given; at least 1 is needed",
            lambda: Interpolant(F, threads=0),
        ),
    ],
)
def test_refusals(kind, message, make):
    with refused(kind, message):
        make()
