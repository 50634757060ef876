// gridgrad/live/stamp.hpp: how far apart two stamps are, exactly
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <concepts>
#include <cstdint>
#include <limits>

#include "gridgrad/live/double_double.hpp"

namespace gridgrad {

/// When a sample was taken: seconds as double, nanoseconds as std::int64_t.
template <class S>
concept Stamp = std::same_as<S, double> || std::same_as<S, std::int64_t>;

}  // namespace gridgrad

namespace gridgrad::live {

template <std::floating_point F>
[[nodiscard]] constexpr bool is_finite(F number) noexcept {
  return number >= std::numeric_limits<F>::lowest() &&
         number <= std::numeric_limits<F>::max();
}
[[nodiscard]] constexpr bool is_finite(std::integral auto /*number*/) noexcept {
  return true;
}

/// Units of a stamp in a second.
template <Stamp S>
inline constexpr double units_per_second = std::same_as<S, double> ? 1 : 1e9;

/// From a stamp to a later one, in units, exactly.
[[nodiscard]] inline DoubleDouble gap(double newer, double older) noexcept {
  return two_sum(newer, -older);
}
[[nodiscard]] inline DoubleDouble gap(std::int64_t newer, std::int64_t older) noexcept {
  constexpr int bits_of_half = 32;
  const std::uint64_t units =
      static_cast<std::uint64_t>(newer) - static_cast<std::uint64_t>(older);
  const auto high = static_cast<double>(units >> bits_of_half);
  return fast_two_sum(high * 0x1p32, static_cast<double>(units & 0xffffffff));
}

/// The same in seconds, rounded.
template <Stamp S>
[[nodiscard]] double seconds(S newer, S older) noexcept {
  return gap(newer, older).high / units_per_second<S>;
}

}  // namespace gridgrad::live
