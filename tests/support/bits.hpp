// support/bits.hpp: equality of bits, NaNs compared as one NaN
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cmath>
#include <complex>
#include <concepts>
#include <cstring>

#include "gridgrad/element.hpp"

namespace gridgrad::test {

template <class T>
bool same_bits(const T& a, const T& b) {
  if constexpr (std::floating_point<T>) {
    if (std::isnan(a) && std::isnan(b)) return true;
    return std::memcmp(&a, &b, sizeof(T)) == 0;
  } else if constexpr (std::same_as<T, Float16> || std::same_as<T, BFloat16>) {
    return a.bits == b.bits || (std::isnan(to_float(a)) && std::isnan(to_float(b)));
  } else {
    return same_bits(a.real(), b.real()) && same_bits(a.imag(), b.imag());
  }
}

}  // namespace gridgrad::test
