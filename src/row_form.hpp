// row_form.hpp: the arithmetic of one row, defined once
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace gridgrad {

// A row is scale * (t_0 + t_1 + ...), summed from the left, and each term t_k is
//
//   paired_odd   w_k * (f[i + k] - f[i - k])       k = 1, 2, ... outwards from the centre
//   paired_even  w_k * ((f[i + k] - f[i]) - (f[i] - f[i - k]))     likewise
//   based        w_k * (f[j_k] - f[base])      outwards from the base, the lower first;
//   for
//                w_k * (f[base] - f[j_k])      j_k below the base, so that the weights of
//                                              second order are positive where x
//                                              increases
//                or, in a row between samples, whose base is the sample below it, with
//                equal spacing in pairs around it, f[i + k] - f[i + 1 - k], outwards
//   plain        w_k * f[j_k]                  from the lowest sample up
//
// one rounding per difference, product and sum, nothing fused. Rows that other programs
// made (peer.hpp) may have a divisor: scale * ((t_0 + t_1 + ...) / divisor). In rows of
// our own a term of weight 0 is left out: it is 0 whatever the samples are. Past an end
// stands what the boundary puts there. A slope known at an end is the last term of a
// based row, w * (slope - 0). The kernels and tests/support/reference.hpp do the same
// operations in the same order, which is what makes results equal bit for bit.
enum class RowForm : std::uint8_t { paired_odd, paired_even, based, plain };

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

// A row from the sum of its terms.
template <class T>
[[nodiscard]] T scaled_sum(T sum, T scale, const std::optional<T>& divisor) noexcept {
  return scale * (divisor ? sum / *divisor : sum);
}

// One term of a row: `minus` is not read in a plain row, `centre` in a paired_even row
// only.
template <class S, class T>
struct RowTerm {
  const S* plus;
  const S* minus;
  const S* centre;
  const T* weight;
};

template <class S, class T>
[[nodiscard]] T term_value(RowForm form, const RowTerm<S, T>& term,
                           bool leaves_out) noexcept {
  if (leaves_out && *term.weight == 0) return 0;
  if (form == RowForm::plain) return *term.weight * sample_value<T>(*term.plus);
  if (form != RowForm::paired_even) {
    return *term.weight * difference(*term.plus, *term.minus);
  }
  return *term.weight *
         (difference(*term.plus, *term.centre) - difference(*term.centre, *term.minus));
}

}  // namespace gridgrad
