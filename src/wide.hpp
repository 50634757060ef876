// wide.hpp: numbers wide enough to decide every rounding
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <boost/multiprecision/cpp_bin_float.hpp>

#include "double_double.hpp"
#include "rounded.hpp"

namespace gridgrad {

// Products of differences of doubles, whose exponents span 2100 bits, and powers of
// spacings are exact to the last bit that can decide between a tie and its neighbourhood.
inline constexpr unsigned wide_bits = 2400;
using Wide = boost::multiprecision::number<
    boost::multiprecision::cpp_bin_float<wide_bits, boost::multiprecision::digit_base_2>,
    boost::multiprecision::et_off>;

[[nodiscard]] inline Wide widened(DoubleDouble x) {
  return Wide(x.high) + Wide(x.low);
}

[[nodiscard]] inline Rounded rounded(const Wide& exact) {
  return {exact.convert_to<double>(), exact.convert_to<float>()};
}

}  // namespace gridgrad
