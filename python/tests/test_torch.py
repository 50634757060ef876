# test_torch.py: gridgrad.torch beside torch, bit for bit
#
# SPDX-License-Identifier: BSD-3-Clause

import collections
import itertools
import sys
import types
import warnings

import numpy as np
import pytest
import torch

import gridgrad
import random_calls
from gridgrad.torch import Gradient, gradient

INTEGERS = [torch.int8, torch.int16, torch.int32, torch.int64]
HALVES = [torch.float16, torch.bfloat16]
REALS = [torch.float32, torch.float64]
COMPLEX = [torch.complex64, torch.complex128]
POSITIONS = torch.tensor([0.0, 1.5, 2.0, 4.0, 7.0, 7.5], dtype=torch.float64)
COMMON = 6 * REALS + 3 * HALVES + 2 * COMPLEX + INTEGERS


def outcome(function, input, options):
    """What a call returns, or the exception that it raises."""
    try:
        return function(input, **options)
    except Exception as error:
        return error


def tensor(random, shape, dtype):
    """A tensor in any memory order."""
    if dtype == torch.bool:
        return torch.from_numpy(np.asarray(random.random(shape) < 0.5))
    if dtype in [*INTEGERS, torch.uint8]:
        name = str(dtype).removeprefix("torch.")
        low, high = (torch.iinfo(dtype).min, torch.iinfo(dtype).max)
        if random.random() < 0.95:
            low, high = 0, 9
        values = random.integers(low, high, shape, dtype=name, endpoint=True)
    else:
        values = random_calls.samples(random, shape, "c16" if dtype.is_complex else "f8")
    values = random_calls.strided(random, values)
    if any(stride < 0 for stride in values.strides) or not values.flags.writeable:
        values = values.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.from_numpy(np.asarray(values)).to(dtype)


def number(random):
    value = float(random.choice([1.0, 0.5, 0.1, -2.0, 3.0, 0.3]))
    return [value, int(np.ceil(abs(value))), np.float32(value)][random.integers(3)]


def coordinates(random, count):
    dtype = [*REALS, *HALVES, torch.int64, torch.int32][random.integers(6)]
    positions = random_calls.coordinates(random, count, "f8" if dtype.is_floating_point else "i8")
    return torch.from_numpy(positions.copy()).to(dtype)


def random_options(random, shape):
    dim = random_calls.axes(random, len(shape))
    dims = range(len(shape)) if dim is None else np.atleast_1d(dim)
    options = {"edge_order": int(random.integers(1, 3))}
    if dim is not None:
        options["dim"] = dim
    kind = random.random()
    if 0.3 < kind < 0.5:
        options["spacing"] = number(random)
    elif 0.5 < kind < 0.7:
        options["spacing"] = [number(random) for _ in dims]
    elif kind > 0.7:
        there = [one for one in dims if -len(shape) <= one < len(shape)]
        options["spacing"] = [coordinates(random, shape[one]) for one in there]
    return options


def difference_of(ours, torchs):
    """None where two components are equal; "ulp" where they are within 4 ulp."""
    if ours.dtype != torchs.dtype or ours.shape != torchs.shape:
        return "type"
    equal = (ours == torchs) | (torch.isnan(ours) & torch.isnan(torchs))
    if bool(equal.all()):
        return None
    if not ours.is_complex() or not torch.isfinite(torch.view_as_real(torchs)).all():
        return "bits"
    one, other = torch.view_as_real(ours), torch.view_as_real(torchs)
    # Torch divides by a complex number: of the larger part of each result.
    largest = other.abs().amax(-1, keepdim=True)
    is_near = (one - other).abs() <= 4 * torch.finfo(ours.dtype).eps * largest
    return "ulp" if bool(is_near.all()) else "bits"


def intended(input, options, torchs):
    """The item of docs/python.md by which an outcome may differ from torch's."""
    if input.dtype == torch.uint8:
        return "uint8"
    if input.dtype == torch.bool:
        return "bool"
    spacing = options.get("spacing")
    has_coordinates = isinstance(spacing, list) and any(map(torch.is_tensor, spacing))
    if input.dtype in INTEGERS:
        if input.numel() and max(abs(int(input.min())), abs(int(input.max()))) > 9:
            return "whole numbers wrap"
        return "whole numbers are rounded first" if has_coordinates else None
    if input.is_complex() and not torch.isfinite(torch.view_as_real(input)).all():
        return "infinite parts"
    return None


def is_right(ours, input, options):
    """Whether results are those of torch in float64, rounded, or of each part alone."""
    if input.is_complex() and isinstance(ours, tuple):
        parts = (torch.gradient(part, **options) for part in (input.real, input.imag))
        pairs = zip(map(torch.view_as_real, ours), zip(*parts, strict=True), strict=True)
        # The same weights; products, sums and quotients are rounded as whole numbers' below.
        samples = torch.view_as_real(input).abs()
        largest = samples[torch.isfinite(samples)].max() * _steepest(options.get("spacing", 1))
        eps = torch.finfo(input.real.dtype).eps
        return all(
            torch.allclose(one, torch.stack(other, -1), 0, 16 * eps * float(largest), True)
            for one, other in pairs
        )
    is_whole = input.dtype in [*INTEGERS, torch.uint8]
    if isinstance(ours, Exception) or not is_whole or input.numel() == 0:
        return True
    spacing = options.get("spacing", 1)
    if isinstance(spacing, list):
        spacing = [x.double() if torch.is_tensor(x) else float(np.float32(x)) for x in spacing]
    elif not isinstance(spacing, int):
        spacing = float(np.float32(spacing))
    exact = torch.gradient(input.double(), **{**options, "spacing": spacing})
    for one, other in zip(ours, exact, strict=True):
        # Three weights of a rounding or two each, their products and sums, and the result.
        largest = input.double().abs().max() * _steepest(spacing)
        bound = 16 * torch.finfo(one.dtype).eps * float(largest)
        if not torch.allclose(one.double(), other.to(one.dtype).double(), 0, bound, True):
            return False
    return True


def _steepest(spacing):
    """A bound of the sum of the weights of a row."""
    lines = spacing if isinstance(spacing, list) else [spacing]
    steps = [x.diff().abs().min() if torch.is_tensor(x) else abs(x) for x in lines]
    least = float(min(steps, default=8))
    return 8 / least if least else np.inf


def agree(ours, torchs):
    if isinstance(ours, Exception) or isinstance(torchs, Exception):
        return type(ours) is type(torchs) and str(ours) == str(torchs)
    differences = [difference_of(*pair) for pair in zip(ours, torchs, strict=True)]
    return set(differences) <= {None, "ulp"}


def test_random_calls_have_the_bits_of_torch():
    random = np.random.default_rng(20261126)
    excused = collections.Counter()
    for case in range(random_calls.COUNT):
        shape = random_calls.shape(random)
        rare = [torch.uint8, torch.bool][random.integers(2)]
        dtype = rare if random.random() < 0.01 else COMMON[random.integers(len(COMMON))]
        input, options = tensor(random, shape, dtype), random_options(random, shape)
        ours, torchs = outcome(gradient, input, options), outcome(torch.gradient, input, options)
        if not agree(ours, torchs):
            reason = intended(input, options, torchs)
            assert reason, f"case {case}: {input} {options}"
            assert is_right(ours, input, options), f"case {case}: {input} {options}"
            excused[reason] += 1
    share = sum(excused.values()) / random_calls.COUNT
    print(f"{random_calls.COUNT} calls; {share:.2%} differ as intended: {dict(excused)}")
    assert share <= 0.03


def test_examples_of_the_documentation_of_torch():
    t = torch.tensor([-2.0, 1.0, -3.0, 4.0, 5.0])
    cubes = torch.tensor([[-1.0, 3, -5], [-4, 5, 2], [-2, 3, 4]]) ** 3

    (values,) = gradient(t**2 + 5)
    (at_t,) = gradient(t**2 + 5, spacing=(t,), edge_order=2)
    d_0, d_1 = gradient(cubes)

    assert values.tolist() == [-3, 2.5, 7.5, 8, 9]
    assert str(at_t) == "tensor([-4.0000,  2.0000, -6.0000,  8.0000, 10.0000])"
    assert d_0.tolist() == [[-63, 98, 133], [-3.5, 0, 94.5], [56, -98, 56]]
    assert d_1.tolist() == [[28, -62, -152], [189, 36, -117], [35, 36, 37]]


@pytest.fixture(scope="module")
def peer_cases():
    """The samples and the errors with which torch tests its own function."""
    sys.modules.setdefault(
        "expecttest",
        types.SimpleNamespace(TestCase=object, ACCEPT=False, assert_expected_inline=None),
    )
    import unittest

    sys.modules["expecttest"].TestCase = unittest.TestCase
    from torch.testing._internal.common_methods_invocations import op_db

    return next(op for op in op_db if op.name == "gradient")


def test_samples_with_which_torch_tests_itself(peer_cases):
    count = 0
    for dtype in [torch.float32, torch.float64, torch.complex128, torch.bfloat16]:
        for sample in peer_cases.sample_inputs("cpu", dtype):
            for pair in zip(
                gradient(sample.input, *sample.args, **sample.kwargs),
                torch.gradient(sample.input, *sample.args, **sample.kwargs),
                strict=True,
            ):
                assert difference_of(*pair) in (None, "ulp")
                count += 1
    assert count > 30


def test_errors_with_which_torch_tests_itself(peer_cases):
    cases = list(peer_cases.error_inputs("cpu"))
    assert len(cases) == 21
    for case in cases:
        sample = case.sample_input
        with pytest.raises(case.error_type, match=case.error_regex):
            gradient(sample.input, *sample.args, **sample.kwargs)


def test_meta_tensors_have_the_shapes_types_and_errors_of_torch():
    for dtype, shape in itertools.product(REALS + COMPLEX + INTEGERS, [(4, 5), (1, 3), (2, 0)]):
        input = torch.empty(shape, dtype=dtype, device="meta")
        for options in [{}, {"dim": 1}, {"dim": 5}, {"edge_order": 3}, {"spacing": [1.0]}]:
            ours, torchs = (outcome(f, input, options) for f in (gradient, torch.gradient))
            if isinstance(torchs, Exception):
                assert (type(ours), str(ours)) == (type(torchs), str(torchs))
                continue
            for one, other in zip(ours, torchs, strict=True):
                assert (one.shape, one.dtype, one.device) == (
                    other.shape,
                    other.dtype,
                    other.device,
                )


@pytest.mark.parametrize("extent, count", [(5, 3), (2, 3), (3, 9)])
def test_refuses_coordinates_that_are_not_one_per_sample(extent, count):
    with pytest.raises(RuntimeError, match=f"^spacing: {count} coordinates given for {extent} "):
        gradient(torch.zeros(extent), spacing=(torch.arange(float(count)),))


def test_a_list_of_one_spacing_for_two_dims_is_refused():
    with pytest.raises(RuntimeError, match="expected spacing to be"):
        gradient(torch.zeros(3, 4), spacing=[1.0])


def test_whole_numbers_do_not_wrap():
    assert gradient(torch.tensor([-128, 0, 127], dtype=torch.int8))[0].tolist() == [128, 127.5, 127]
    hundreds = torch.tensor([100, 100, 100], dtype=torch.int8)
    assert gradient(hundreds, edge_order=2)[0].tolist() == [0, 0, 0]
    ends = torch.tensor([torch.iinfo(torch.int64).min, 0, torch.iinfo(torch.int64).max])
    assert gradient(ends)[0].tolist() == [2.0**63, 2.0**63, 2.0**63]


def test_whole_numbers_are_combined_before_they_are_rounded():
    x = torch.tensor([0.0, 1.0, 2.0])
    f = torch.tensor([0, 1, 3], dtype=torch.int32) + 100_000_000

    assert gradient(f, spacing=(x,))[0].tolist() == [1, 1.5, 2]
    assert gradient(f, spacing=(x,), edge_order=2)[0].tolist() == [0.5, 1.5, 2.5]


def test_whole_coordinates_do_not_wrap():
    f = torch.tensor([0.0, 1.0, 4.0])
    down = torch.tensor([2, 1, 0], dtype=torch.uint8)
    far = torch.tensor([-100, 0, 100], dtype=torch.int8)
    farther = torch.tensor([0, 4_000_000_000, 8_000_000_000])

    assert gradient(f, spacing=(down,))[0].tolist() == [-1, -2, -3]
    np.testing.assert_array_equal(gradient(f, spacing=(far,))[0], np.float32([0.01, 0.02, 0.03]))
    assert gradient(f, spacing=(farther,))[0][1] == np.float32(5e-10)


def test_bytes_are_computed():
    f = torch.tensor([0, 255, 0], dtype=torch.uint8)

    assert gradient(f)[0].tolist() == [255, 0, -255]
    assert gradient(f)[0].dtype == torch.float32


def test_module_keeps_its_coordinates():
    layer = Gradient(dim=(-2, -1), spacing=(POSITIONS[:4], POSITIONS[:5]))
    batch = torch.randn(2, 3, 4, 5, dtype=torch.float64)

    for ours, expected in zip(
        layer(batch),
        torch.gradient(batch, spacing=(POSITIONS[:4], POSITIONS[:5]), dim=(2, 3)),
        strict=True,
    ):
        assert torch.equal(ours, expected)
    assert set(layer.state_dict()) == {"coordinates_0", "coordinates_1"}
    with pytest.raises(TypeError, match="dim"):
        Gradient()


def test_native_gradient_sends_what_requires_grad_here():
    f = torch.randn(5, 6, requires_grad=True)

    d_0, d_1 = gridgrad.gradient(f, 0.5, [0.0, 1, 2, 4, 8, 9])

    assert d_0.requires_grad and d_1.requires_grad
    x = torch.tensor([0.0, 1, 2, 4, 8, 9], dtype=torch.float64)
    expected = torch.gradient(f.detach().double(), spacing=(x,), dim=1)[0]
    # One more rounding, of results and at the ends of differences.
    bound = 2 * torch.finfo(f.dtype).eps * f.detach().abs().max()
    assert (d_1.detach() - expected).abs().max() <= bound
    assert torch.equal(gridgrad.derivative(f, 0.5, axis=0), d_0)


def test_a_tensor_is_never_detached_in_silence():
    f = torch.randn(5, 6, requires_grad=True)

    for call in (
        lambda: gridgrad.gradient(f, accuracy=4),
        lambda: gridgrad.derivative(f, derivative=2),
        lambda: gridgrad.Difference(1.0, 6).apply(f),
    ):
        with pytest.raises(TypeError, match="give f.detach"):
            call()
    with torch.no_grad():
        assert not gridgrad.gradient(f, accuracy=2)[0].requires_grad


def test_wide_whole_numbers_keep_their_digits():
    stamps = torch.tensor([0, 1, 2]) + 1_700_000_000_000_000_000
    f = torch.tensor([1, 3, 5]) + 2**40

    assert gradient(torch.tensor([1, 2, 4]), spacing=(stamps,))[0].tolist() == [1, 1.5, 2]
    assert gradient(f, spacing=2j)[0].tolist() == [-1j, -1j, -1j]


def test_numbers_in_tensors_are_numbers():
    f = torch.tensor([-128, 0, 127], dtype=torch.int8)

    assert gradient(f, edge_order=torch.tensor(1))[0].tolist() == [128, 127.5, 127]
    with pytest.raises(RuntimeError, match="^spacing: 3 coordinates given for 5 samples"):
        gradient(torch.zeros(5), dim=torch.tensor(0), spacing=(torch.arange(3.0),))
