// support/reference.hpp: the derivative along one axis, slow and obvious
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <complex>
#include <concepts>
#include <cstddef>
#include <utility>
#include <vector>

#include "gridgrad/element.hpp"
#include "gridgrad/strided_view.hpp"
#include "support/fields.hpp"
#include "support/reference_row.hpp"

namespace gridgrad::test {

// a - b rounded once to the computing type.
template <class C, class T>
C rounded_difference(T a, T b) {
  if constexpr (std::same_as<T, Float16> || std::same_as<T, BFloat16>) {
    return to_float(a) - to_float(b);
  } else if constexpr (Integer<T>) {
    return (Exact(a) - Exact(b)).template convert_to<double>();
  } else {
    return a - b;
  }
}

template <class T>
T narrowed(float value) {
  if constexpr (std::same_as<T, Float16>) return to_float16(value);
  if constexpr (std::same_as<T, BFloat16>) return to_bfloat16(value);
}

// The value of a row for samples that `sample(j)` gives: one rounding per operation,
// terms from the left, the scale last.
template <class T, class Sample>
Result<T> row_value(const ReferenceRow& row, Sample&& sample) {
  constexpr bool is_half = std::same_as<T, Float16> || std::same_as<T, BFloat16>;
  using C = std::conditional_t<is_half, float, Result<T>>;
  C sum = 0;
  for (std::size_t k = 0; k < row.terms.size(); ++k) {
    const C weight = row.terms[k].weight.template convert_to<C>();
    const auto plus = sample(row.terms[k].plus);
    const auto minus = sample(row.terms[k].minus);
    const auto centre = sample(row.centre);
    const C difference =
        row.is_second_difference
            ? rounded_difference<C>(plus, centre) - rounded_difference<C>(centre, minus)
            : rounded_difference<C>(plus, minus);
    const C term = weight * difference;
    sum = k == 0 ? term : sum + term;
  }
  const C value = row.scale.template convert_to<C>() * sum;
  if constexpr (is_half) {
    return narrowed<T>(value);
  } else {
    return value;
  }
}

// Complex samples are differentiated part by part.
template <class P, class Sample>
std::complex<P> complex_row_value(const ReferenceRow& row, Sample&& sample) {
  return {row_value<P>(row, [&](std::size_t j) { return sample(j).real(); }),
          row_value<P>(row, [&](std::size_t j) { return sample(j).imag(); })};
}

// In C order.
template <class T>
std::vector<Result<T>> reference_derivative(const StridedView<const T>& field,
                                            std::size_t axis, const ReferenceAxis& rule) {
  std::vector<ReferenceRow> rows;
  for (std::size_t i = 0; i < field.extents()[axis]; ++i) {
    rows.push_back(reference_row(rule, i, field.extents()[axis]));
  }
  std::vector<Result<T>> values;
  for_each_index(field.extents(), [&](std::span<const std::size_t> index) {
    std::vector<std::size_t> place(index.begin(), index.end());
    const auto sample = [&](std::size_t j) {
      place[axis] = j;
      return at(field, std::span<const std::size_t>(place));
    };
    if constexpr (Integer<T> || std::floating_point<T> || sizeof(T) == sizeof(Float16)) {
      values.push_back(row_value<T>(rows[index[axis]], sample));
    } else {
      values.push_back(
          complex_row_value<typename T::value_type>(rows[index[axis]], sample));
    }
  });
  return values;
}

}  // namespace gridgrad::test
