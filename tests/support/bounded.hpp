// support/bounded.hpp: numbers to a hundred digits with the error of computing them
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "support/bounds.hpp"
#include "support/jet.hpp"
#include "support/line_rows.hpp"

namespace gridgrad::test {

// What a number is without roundings, and how far the computed one may be from it:
// running error analysis (Higham, Accuracy and Stability of Numerical Algorithms, 2002,
// section 3.3). T below is the type that is computed in.
struct Bounded {
  Digits value = 0;
  double error = 0;

  [[nodiscard]] double size() const {
    return std::abs(value.convert_to<double>()) + error;
  }
  [[nodiscard]] bool is_one() const { return error == 0 && value == 1; }
};

// One per sample of a grid, the first axis of the grid fastest.
using Values = std::vector<Bounded>;

template <class T>
Bounded rounded(const Digits& exact) {
  return {exact, unit_roundoff<T> * abs(exact).template convert_to<double>()};
}

template <class T>
Bounded narrowed(const Bounded& number) {
  if (number.is_one()) return number;
  return {number.value, number.error + unit_roundoff<T> * number.size()};
}

template <class T>
Bounded product(const Bounded& a, const Bounded& b) {
  if (a.is_one()) return b;
  if (b.is_one()) return a;
  const double a_size = a.size();
  const double b_size = b.size();
  const double carried = a_size * b.error + a.error * b_size;
  return {a.value * b.value, carried + unit_roundoff<T> * (a_size * b_size)};
}

// In any order: n - 1 sums.
template <class T>
Bounded sum(std::span<const Bounded> terms) {
  Bounded result;
  double sizes = 0;
  for (const Bounded& term : terms) {
    result.value += term.value;
    result.error += term.error;
    sizes += term.size();
  }
  result.error += gamma(terms.size() - 1, unit_roundoff<T>) * sizes;
  return result;
}

// The root of the sum of squares, in double: it moves by no more than the norm of what
// the terms move by. n squares and sums and the root are n + 1 roundings, and T is one
// more.
template <class T>
Bounded norm(std::span<const Bounded> terms) {
  Digits squares = 0;
  double moved = 0;
  for (const Bounded& term : terms) {
    squares += term.value * term.value;
    moved += term.error * term.error;
  }
  const Bounded root = {sqrt(squares), std::sqrt(moved)};
  const double arithmetic = gamma(terms.size() + 1, unit_roundoff<double>) * root.size();
  return narrowed<T>({root.value, root.error + arithmetic});
}

// A row of samples that may have errors of their own.
template <class T, class Sample>
Bounded applied(const LineRow& row, Sample&& sample) {
  const Bounded& base = sample(row.base);
  Bounded result;
  double magnitude = 0;
  for (std::size_t k = 0; k < row.columns.size(); ++k) {
    const Bounded& other = sample(row.columns[k]);
    const Digits difference = other.value - base.value;
    const double carried = row.sizes[k] * (other.error + base.error);
    result.value += row.weights[k] * difference;
    result.error += carried;
    magnitude +=
        row.sizes[k] * std::abs(difference.template convert_to<double>()) + carried;
  }
  result.error += row_bound<T>(row.columns.size(), magnitude);
  return result;
}

}  // namespace gridgrad::test
