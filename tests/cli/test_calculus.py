# test_calculus.py: vector calculus of arrays, to the bits of gradients that are added up
#
# SPDX-License-Identifier: BSD-3-Clause

import numpy as np
import pytest

import tool
from results import equal_bits, gradients, least_memory, random_field, result

SHAPE = (13, 11, 12)


def added(*terms):
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


@pytest.mark.parametrize("dtype", ["f4", "f8"])
@pytest.mark.parametrize("options", [(), ("-s", "0.3", "--accuracy", "4"),
                                     ("-b", "0=periodic", "-e", "2")])  # fmt: skip
def test_operators_on_vectors_are_sums_of_gradients(tmp_path, dtype, options):
    vector = random_field((3, *SHAPE), dtype)
    np.save(tmp_path / "w.npy", vector)
    d = [gradients(tmp_path, component, *options) for component in vector]
    half = np.dtype(dtype).type(0.5)
    pairs = [(i, j) for i in range(3) for j in range(i, 3)]
    expected = {
        "div": added(*(d[i][i] for i in range(3))),
        "curl": np.stack([d[2][1] - d[1][2], d[0][2] - d[2][0], d[1][0] - d[0][1]]),
        "jac": np.stack([d[i][j] for i in range(3) for j in range(3)]),
        "strain": np.stack(
            [d[i][i] if i == j else half * d[i][j] + half * d[j][i] for i, j in pairs]
            + [half * d[j][i] - half * d[i][j] for i, j in pairs if i != j]
        ),
    }

    for operator, results in expected.items():
        equal_bits(result(tmp_path, operator, "w.npy", *options), results)


@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_operators_on_scalars_are_made_of_gradients(tmp_path, dtype):
    field = random_field(SHAPE, dtype)
    np.save(tmp_path / "f.npy", field)
    options = ("-s", "0.5", "--accuracy", "4")
    first = gradients(tmp_path, field, *options)
    second = gradients(tmp_path, field, *options, "--derivative", "2")
    numbers = np.array([1, -0.5, 2], dtype)
    mixed = [gradients(tmp_path, first[i], *options) for i in range(3)]
    pairs = [(i, j) for i in range(3) for j in range(i, 3)]

    equal_bits(result(tmp_path, "lap", "f.npy", *options), added(*second))
    # Squares of float32 are added up in float64.
    squares = added(*first.astype("f8") ** 2)
    equal_bits(result(tmp_path, "mag", "f.npy", *options), np.sqrt(squares).astype(dtype))
    equal_bits(result(tmp_path, "dir", "f.npy", *options, "--along", "1,-0.5,2"),
               added(*(number * part for number, part in zip(numbers, first))))  # fmt: skip
    equal_bits(result(tmp_path, "hess", "f.npy", *options),
               np.stack([second[i] if i == j else mixed[i][j] for i, j in pairs]))  # fmt: skip


def test_two_axes_have_one_curl_and_one_rotation(tmp_path):
    vector = random_field((2, 6, 7))
    np.save(tmp_path / "w.npy", vector)
    u, v = (gradients(tmp_path, component) for component in vector)

    equal_bits(result(tmp_path, "curl", "w.npy"), v[0] - u[1])
    equal_bits(result(tmp_path, "strain", "w.npy")[3], 0.5 * v[0] - 0.5 * u[1])


def test_axes_have_the_order_of_the_components(tmp_path):
    vector = random_field((2, *SHAPE))
    np.save(tmp_path / "w.npy", vector)
    u, v = (gradients(tmp_path, component) for component in vector)

    equal_bits(result(tmp_path, "curl", "w.npy", "-x", "2,0"), v[2] - u[0])
    equal_bits(result(tmp_path, "div", "w.npy", "-x", "2,0"), u[2] + v[0])


@pytest.mark.parametrize("operator", ["div", "curl", "jac", "strain"])
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("dtype", ["i2", "f2", "c8"])
def test_arrays_in_any_type_and_order(tmp_path, operator, order, dtype):
    whole = np.asarray(np.round(100 * random_field((3, *SHAPE))), dtype)
    np.save(tmp_path / "w.npy", np.asarray(whole, order=order))
    np.save(tmp_path / "c.npy", np.ascontiguousarray(whole))

    equal_bits(result(tmp_path, operator, "w.npy"), result(tmp_path, operator, "c.npy"))
    np.testing.assert_array_equal(
        tool.array_of(tool.succeed(operator, "w.npy", "-o", "-", cwd=tmp_path)),
        result(tmp_path, operator, "c.npy"),
    )


def test_numbers_of_a_direction_are_no_integers(tmp_path):
    field = np.arange(42).reshape(6, 7) ** 2
    for name, array in (("i.npy", field), ("f.npy", np.asfortranarray(field)),
                        ("d.npy", field.astype("f8"))):  # fmt: skip
        np.save(tmp_path / name, array)
    expected = result(tmp_path, "dir", "d.npy", "--along", "0.25,1.5")

    for name in ("i.npy", "f.npy"):
        equal_bits(np.ascontiguousarray(result(tmp_path, "dir", name, "--along", "0.25,1.5")),
                   expected)  # fmt: skip


@pytest.mark.parametrize("operator", ["div", "curl", "hess", "mag", "lap", "strain"])
def test_the_bits_do_not_depend_on_memory(tmp_path, operator):
    shape = (40, 30, 20)
    field = random_field((3, *shape) if operator in ("div", "curl", "strain") else shape, "f4")
    np.save(tmp_path / "f.npy", field)
    arguments = (operator, "f.npy", "--accuracy", "4", "-b", "0=periodic")
    expected = result(tmp_path, *arguments)
    least = least_memory(tmp_path, *arguments, "-o", "part.npy")

    for memory in (least, 2 * least, 5 * least):
        equal_bits(result(tmp_path, *arguments, "-m", memory, "-j", "1"), expected)
    piped = tool.succeed(*arguments, "-m", 3 * least, "-o", "-", cwd=tmp_path)
    equal_bits(tool.array_of(piped), expected)
