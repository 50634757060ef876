// peer_number.hpp: the floating types as NumPy computes in them
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <utility>

#include "gridgrad/element.hpp"
#include "half.hpp"

namespace gridgrad {

// A number of 16 bits, rounded after every operation.
class Half {
 public:
  Half() = default;
  explicit Half(float value) noexcept : value_(widened(narrowed_to_float16(value))) {}
  // Rounded to odd on the way, so that the second rounding gives what one would.
  explicit Half(double value) noexcept : Half(rounded_to_odd(value)) {}
  explicit Half(Float16 value) noexcept : value_(widened(value)) {}

  explicit operator float() const noexcept { return value_; }
  explicit operator double() const noexcept { return static_cast<double>(value_); }
  explicit operator Float16() const noexcept { return narrowed_to_float16(value_); }

  friend Half operator+(Half a, Half b) noexcept { return Half(a.value_ + b.value_); }
  friend Half operator-(Half a, Half b) noexcept { return Half(a.value_ - b.value_); }
  friend Half operator*(Half a, Half b) noexcept { return Half(a.value_ * b.value_); }
  friend Half operator/(Half a, Half b) noexcept { return Half(a.value_ / b.value_); }
  friend Half operator-(Half a) noexcept { return Half(-a.value_); }
  friend bool operator==(Half a, Half b) noexcept { return a.value_ == b.value_; }

 private:
  static float rounded_to_odd(double value) noexcept {
    const auto nearest = static_cast<float>(value);
    const auto back = static_cast<double>(nearest);
    if (back == value || !std::isfinite(nearest)) return nearest;
    auto bits = std::bit_cast<std::uint32_t>(nearest);
    if (std::abs(back) > std::abs(value)) --bits;
    return std::bit_cast<float>(bits | 1U);
  }

  float value_ = 0;
};

// Calls f with the type itself: f.operator()<Half>(), <float> or <double>.
template <class F>
decltype(auto) with_number(ElementType type, F&& f) {
  if (type == ElementType::float16) return std::forward<F>(f).template operator()<Half>();
  if (type == ElementType::float32) {
    return std::forward<F>(f).template operator()<float>();
  }
  return std::forward<F>(f).template operator()<double>();
}

}  // namespace gridgrad
