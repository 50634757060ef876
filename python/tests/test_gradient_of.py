# test_gradient_of.py: gradients of callables, and where they are evaluated
#
# SPDX-License-Identifier: BSD-3-Clause

import re

import numpy as np
import pytest
from scipy.optimize import Bounds, minimize, rosen, rosen_der

from gridgrad import CallableGradient, ScaledStep, gradient_of

EPS = np.finfo(float).eps


def bound(accuracy, condition):
    """As tests/support/bounds.hpp: truncation, rounded values and the row's arithmetic."""
    return 20 * EPS ** (accuracy / (accuracy + 1)) * condition


def area(x):
    return x[0] * x[1]


class Recorder:
    """A function that keeps the points at which it was evaluated."""

    def __init__(self, f):
        self.f = f
        self.points = []

    def __call__(self, x):
        self.points.append(x)
        return self.f(x)


def test_value_gradient_and_evaluations():
    found = gradient_of(area, [2, 3])

    assert isinstance(found, CallableGradient)
    assert (found.value, found.evaluations) == (6.0, 5)
    assert abs(found.gradient - [3, 2]).max() <= bound(2, 6 / 2 + 3)


# The functions that numdifftools is tested with: f', and |f'''| and |f'''''| at most so much.
TABLE = [
    (np.cos, lambda x: -np.sin(x), 0.7, 1, 1),
    (np.sin, np.cos, 0.7, 1, 1),
    (np.exp, np.exp, 1.0, 3, 3),
    (np.exp2, lambda x: np.log(2) * np.exp2(x), 1.0, 1, 1),
    (np.expm1, np.exp, 0.0, 1.1, 1.1),
    (np.square, lambda x: 2 * x, 0.3, 0, 0),
    (np.sqrt, lambda x: 0.5 / np.sqrt(x), 1.0, 0.4, 3.4),
    (np.log, lambda x: 1 / x, 1.0, 2.1, 25),
    (np.log1p, lambda x: 1 / (1 + x), 0.0, 2.1, 25),
    (np.log10, lambda x: 1 / (x * np.log(10)), 1.0, 1, 11),
    (np.log2, lambda x: 1 / (x * np.log(2)), 1.0, 3, 36),
    (np.arctan, lambda x: 1 / (1 + x * x), 0.0, 2, 24),
    (np.arcsin, lambda x: 1 / np.sqrt(1 - x * x), 0.0, 1.1, 10),
    (np.arccos, lambda x: -1 / np.sqrt(1 - x * x), 0.0, 1.1, 10),
    (np.tan, lambda x: 1 / np.cos(x) ** 2, 0.0, 2.1, 17),
    (np.tanh, lambda x: 1 / np.cosh(x) ** 2, 0.0, 2, 16),
    (np.sinh, np.cosh, 1.0, 1.6, 1.6),
    (np.cosh, np.sinh, 1.0, 1.6, 1.6),
    (np.arcsinh, lambda x: 1 / np.sqrt(1 + x * x), 0.0, 1, 9),
    (np.arctanh, lambda x: 1 / (1 - x * x), 0.0, 2.1, 25),
]


@pytest.mark.parametrize("accuracy", [2, 4])
@pytest.mark.parametrize("f, derivative, x, third, fifth", TABLE, ids=lambda case: str(case)[:20])
def test_table_of_functions(f, derivative, x, third, fifth, accuracy):
    value, slope, evaluations = gradient_of(f, x, accuracy)

    # Steps are scaled by 1, and x is at most that.
    condition = abs(f(x)) + abs(derivative(x)) + (third if accuracy == 2 else fifth)
    assert abs(slope - derivative(x)) <= bound(accuracy, condition)
    assert type(slope) is float
    assert (value, evaluations) == (f(x), 1 + accuracy)


@pytest.mark.parametrize("f, derivative, x", [case[:3] for case in TABLE if case[0] is not np.exp2])
def test_table_of_functions_by_complex_steps(f, derivative, x):
    value, slope, evaluations = gradient_of(f, x, method="complex")

    # Parts of complex functions are right to 8 ulp, as tests/support/bounds.hpp says.
    assert abs(slope - derivative(x)) <= 8 * EPS * abs(derivative(x))
    assert abs(value - f(x)) <= 8 * EPS * abs(f(x))
    assert evaluations == 2


@pytest.mark.parametrize("accuracy", [2, 4, 8, 20])
@pytest.mark.parametrize("bounds", [None, (1.0, None), (None, 1.0)])
def test_polynomials_up_to_the_accuracy(accuracy, bounds):
    if bounds and accuracy == 20:
        pytest.skip("weights of one-sided rows of order 20 add up to 1e5 / h")
    for degree in range(1, accuracy + 1):
        slope = gradient_of(lambda x, n=degree: x**n, 1.0, accuracy, bounds=bounds).gradient

        assert slope == pytest.approx(degree, rel=1e-10)


def test_constant_has_gradient_zero():
    assert gradient_of(
        lambda x: 0.1, [0.1, 1e9], bounds=[(0.1, 1), (None, None)]
    ).gradient.tolist() == [0, 0]


def test_points_are_new_and_in_order():
    f = Recorder(area)
    x = np.array([1, 2])

    gradient_of(f, x, step=[0.25, 0.5])

    assert [point.tolist() for point in f.points] == [
        [1, 2],
        [0.75, 2],
        [1.25, 2],
        [1, 1.5],
        [1, 2.5],
    ]
    assert len({id(point) for point in f.points}) == 5


def test_steps_are_scaled():
    for scale in (1e-6, np.array([1e-6])):
        f = Recorder(np.sin)
        gradient_of(f, 1e-9, step=ScaledStep(scale))

        assert f.points[2] - 1e-9 == pytest.approx(1e-6 * EPS ** (1 / 3), rel=1e-6)


@pytest.mark.parametrize(
    "bounds",
    [[(0, 1), (None, 2)], Bounds([0, -np.inf], [1, 2]), ((0.0, 1.0), (-np.inf, 2.0))],
    ids=["pairs", "Bounds", "infinite"],
)
def test_takes_bounds_as_scipy_does(bounds):
    f = Recorder(area)

    gradient_of(f, [0, 2], bounds=bounds)

    points = np.array(f.points)
    assert (points[:, 0] >= 0).all() and (points[:, 1] <= 2).all()
    assert len(points) == 5


def test_bounds_of_one_number_hold_for_all():
    f = Recorder(area)

    gradient_of(f, [0, 1], bounds=Bounds(0, 1))

    assert np.min(f.points) >= 0 and np.max(f.points) <= 1


@pytest.mark.parametrize("bounds", [(0, 1), [(0, 1)], Bounds(0, 1)])
def test_a_number_has_bounds_too(bounds):
    f = Recorder(np.sqrt)

    assert np.isfinite(gradient_of(f, 1e-9, bounds=bounds).gradient)
    assert min(f.points) >= 0


def test_never_evaluates_outside_random_boxes():
    random = np.random.default_rng(7)
    for _ in range(1000):
        n = random.integers(1, 5)
        lower = random.normal(size=n) * 10.0 ** random.integers(-9, 9, n)
        upper = lower + abs(lower) * 10.0 ** random.integers(-13, 3, n)
        x = np.clip(lower + random.choice([0, 1e-6, 0.5, 1], n) * (upper - lower), lower, upper)

        points = []
        gradient_of(
            lambda p, points=points: points.append(p) or 0.0,
            x,
            2 * random.integers(1, 6),
            bounds=Bounds(lower, upper),
        )

        assert (np.array(points) >= lower).all() and (np.array(points) <= upper).all()


@pytest.mark.parametrize("method", ["difference", "complex"])
def test_vectorized_has_the_same_bits(method):
    shapes = []

    def batch(points):
        shapes.append(points.shape)
        return points[:, 0] * points[:, 1]

    at_once = gradient_of(batch, [0.3, 7.0], method=method, vectorized=True)

    one_by_one = gradient_of(area, [0.3, 7.0], method=method)
    assert shapes == [(one_by_one.evaluations, 2)]
    assert at_once.gradient.tolist() == one_by_one.gradient.tolist()
    assert at_once.value == one_by_one.value


def test_vectorized_of_a_number():
    at_once = gradient_of(np.exp, 1.0, 6, vectorized=True)

    assert at_once == gradient_of(np.exp, 1.0, 6)


def test_complex_steps_of_several_variables():
    found = gradient_of(lambda z: z[0] * np.exp(z[1]) / z[2], [2, 0, 4], method="complex")

    assert found.value == 0.5
    assert found.gradient.tolist() == [0.25, 0.5, -0.125]
    assert found.evaluations == 4


def test_takes_arrays_that_hold_one_number():
    assert gradient_of(lambda x: x**2, [3.0], step=0.5).gradient.tolist() == [6.0]


def test_of_no_variables():
    value, gradient, evaluations = gradient_of(lambda x: 7, [])

    assert (value, gradient.shape, evaluations) == (7.0, (0,), 1)


# L-BFGS-B divides by differences of gradients that are nearly equal: at accuracy 2 their error
# of 1e-10 may cost it a step.
@pytest.mark.parametrize(
    "method, options",
    [
        ("BFGS", {}),
        ("SLSQP", {}),
        ("BFGS", {"accuracy": 4}),
        ("L-BFGS-B", {"accuracy": 4}),
        ("BFGS", {"method": "complex"}),
        ("L-BFGS-B", {"method": "complex"}),
    ],
)
def test_minimizes_rosenbrock_as_fast_as_with_the_exact_gradient(method, options):
    start = np.array([-1.2, 1.0] * 5)

    exact = minimize(rosen, start, jac=rosen_der, method=method)
    found = minimize(
        rosen, start, jac=lambda x: gradient_of(rosen, x, **options).gradient, method=method
    )

    assert found.success
    assert found.nit <= exact.nit


def refused(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


REFUSALS = [
    ({"x": [1, np.nan]}, ValueError, "x: x[1] = nan given; finite numbers are needed"),
    ({"x": [1j]}, TypeError, "x: dtype complex128 given; real numbers are needed"),
    (
        {"x": [[1.0]]},
        ValueError,
        "x: shape (1, 1) given; a number or one dimension is accepted",
    ),
    (
        {"x": 3.0, "bounds": (0, 2)},
        ValueError,
        "x: x[0] = 3 given, which is outside its bounds 0 to 2",
    ),
    (
        {"x": 2.0, "bounds": (2, 2)},
        ValueError,
        "bounds: 2 to 2 given for x[0]; a lower one below the upper one is needed, and a variable "
        "that cannot vary has no derivative",
    ),
    ({"x": [1, 2], "bounds": [(0, 2)]}, ValueError, "bounds: 1 given for 2 variables"),
    (
        {"x": [1, 2], "bounds": Bounds([0, 0, 0], [3, 3, 3])},
        ValueError,
        "bounds: 3 and 3 given for 2 variables",
    ),
    (
        {"x": [1, 2], "bounds": [0, 2]},
        TypeError,
        "bounds: 0 given; a pair (lower, upper) is needed for each variable",
    ),
    ({"step": "1"}, TypeError, "step: '1' given; real numbers are needed"),
    ({"step": 0}, ValueError, "step: 0 given; a finite number above 0 is needed"),
    (
        {"step": ScaledStep([1, 2])},
        ValueError,
        "scale: 2 given for 1 variable",
    ),
    (
        {"accuracy": 3},
        ValueError,
        "accuracy: 3 given; central differences need an even number from 2 to 20",
    ),
    ({"accuracy": 2.5}, TypeError, "accuracy: 2.5 given; an integer is needed"),
    (
        {"method": "forward"},
        ValueError,
        "method: 'forward' given; difference or complex is accepted",
    ),
    (
        {"method": "complex", "step": 1.0},
        ValueError,
        "method: 'complex' given, which takes no accuracy, step or bounds",
    ),
]


@pytest.mark.parametrize(
    "arguments, kind, message", REFUSALS, ids=[case[2][:40] for case in REFUSALS]
)
def test_refuses_before_it_calls(arguments, kind, message):
    f = Recorder(np.sum)

    with refused(kind, message):
        gradient_of(f, **{"x": 1.0, **arguments})
    assert f.points == []


@pytest.mark.parametrize(
    "f, options, kind, message",
    [
        (lambda x: x, {}, TypeError, "f: shape (2,) returned; a number is needed"),
        (lambda x: 1j, {}, TypeError, "f: complex128 returned; a real number is needed"),
        (lambda x: None, {}, TypeError, "f: object returned; a real number is needed"),
        (
            lambda z: abs(z[0]),
            {"method": "complex"},
            TypeError,
            "f: float64 returned; a complex number is needed",
        ),
        (
            lambda x: x,
            {"vectorized": True},
            ValueError,
            "f: shape (5, 2) returned for 5 points; one value per point is needed",
        ),
        (
            lambda z: z[:, 0].real,
            {"vectorized": True, "method": "complex"},
            TypeError,
            "f: float64 returned; a complex number is needed",
        ),
    ],
)
def test_refuses_what_f_returns(f, options, kind, message):
    with refused(kind, message):
        gradient_of(f, [1.0, 2.0], **options)


def test_exceptions_of_f_pass():
    def f(x):
        raise KeyError("f")

    with pytest.raises(KeyError):
        gradient_of(f, 1.0)
