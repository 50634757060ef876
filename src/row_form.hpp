// row_form.hpp: the arithmetic of one row, defined once
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace gridgrad {

// A row is scale * (t_0 + t_1 + ...), summed from the left, and each term t_k is
//
//   paired   w_k * (f[i + k] - f[i - k])   k = 1, 2, ... outwards from the centre
//   based    w_k * (f[j_k] - f[base])      outwards from the base, the lower first; for
//            w_k * (f[base] - f[j_k])      j_k below the base, so that the weights of
//                                          second order are positive where x increases
//   plain    w_k * f[j_k]                  from the lowest sample up
//
// one rounding per difference, product and sum, nothing fused. A row that reads past a
// Constant end keeps the form of its neighbours, with the value there in place of the
// sample. The kernels and tests/support/reference.hpp do the same operations in the same
// order, which is what makes results equal bit for bit.
enum class RowForm : std::uint8_t { paired, based, plain };

// a - b, rounded once. The halves of 64-bit integers differ by less than 2^33, so both
// differences and the shift are exact in a double.
[[nodiscard]] inline float difference(float a, float b) noexcept {
  return a - b;
}
[[nodiscard]] inline double difference(double a, double b) noexcept {
  return a - b;
}
[[nodiscard]] inline double difference(std::int64_t a, std::int64_t b) noexcept {
  constexpr std::int64_t lower_half = 0xffffffff;
  const auto high = static_cast<double>((a >> 32) - (b >> 32));
  const auto low = static_cast<double>((a & lower_half) - (b & lower_half));
  return high * 0x1p32 + low;
}

// The sample as the computing type: exact for float and double, rounded for 64-bit
// integers, which only a plain row reads so.
template <class T, class S>
[[nodiscard]] T sample_value(S sample) noexcept {
  return static_cast<T>(sample);
}

// One term of a row; `minus` is not read in a plain row.
template <class S, class T>
struct RowTerm {
  const S* plus;
  const S* minus;
  const T* weight;
};

template <class S, class T>
[[nodiscard]] T term_value(RowForm form, const RowTerm<S, T>& term) noexcept {
  const T value = form == RowForm::plain ? sample_value<T>(*term.plus)
                                         : difference(*term.plus, *term.minus);
  return *term.weight * value;
}

}  // namespace gridgrad
