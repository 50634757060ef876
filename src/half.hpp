// half.hpp: the two 16-bit floating types, in loops that the compiler can see through
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <bit>
#include <cstdint>

#include "gridgrad/element.hpp"

namespace gridgrad {

inline constexpr std::uint32_t float_infinity = 0x7f800000;

// Below, every case is computed and one is selected: branches would keep the compiler
// from making vectors of the loops that call these.

[[nodiscard]] inline float widened(Float16 value) noexcept {
  const std::uint32_t bits = value.bits;
  const std::uint32_t sign = (bits & 0x8000u) << 16;
  const std::uint32_t magnitude = bits & 0x7fffu;
  // Infinity and NaN keep their payload.
  const std::uint32_t special = float_infinity | (magnitude & 0x3ffu) << 13;
  // As the bits of a float the magnitude is 2^112 times too small; the product is exact
  // and makes subnormal halves normal.
  constexpr float exponent_gap = 0x1p112F;
  const float scaled = std::bit_cast<float>(magnitude << 13) * exponent_gap;
  const auto finite = std::bit_cast<std::uint32_t>(scaled);
  return std::bit_cast<float>(sign | (magnitude >= 0x7c00u ? special : finite));
}

[[nodiscard]] inline float widened(BFloat16 value) noexcept {
  return std::bit_cast<float>(static_cast<std::uint32_t>(value.bits) << 16);
}

[[nodiscard]] inline Float16 narrowed_to_float16(float value) noexcept {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = bits >> 16 & 0x8000u;
  const std::uint32_t magnitude = bits & 0x7fffffffu;
  constexpr std::uint32_t overflow = 0x477ff000;  // 65520: halfway to 2^16, and above
  constexpr std::uint32_t smallest_normal = 0x38800000;  // 2^-14
  // Adding 1/2 leaves the multiple of 2^-24 in the low bits, rounded to nearest even.
  const float shifted = std::bit_cast<float>(magnitude) + 0.5F;
  const std::uint32_t subnormal = std::bit_cast<std::uint32_t>(shifted) - 0x3f000000u;
  const std::uint32_t even = magnitude >> 13 & 1u;
  const std::uint32_t normal = ((magnitude + 0xfffu + even) >> 13) - (112u << 10);
  std::uint32_t half = magnitude < smallest_normal ? subnormal : normal;
  half = magnitude >= overflow ? 0x7c00u : half;
  half = magnitude > float_infinity ? 0x7e00u : half;
  return {static_cast<std::uint16_t>(sign | half)};
}

[[nodiscard]] inline BFloat16 narrowed_to_bfloat16(float value) noexcept {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t even = bits >> 16 & 1u;
  const std::uint32_t rounded = (bits + 0x7fffu + even) >> 16;
  const bool is_nan = (bits & 0x7fffffffu) > float_infinity;
  return {static_cast<std::uint16_t>(is_nan ? bits >> 16 | 0x40u : rounded)};
}

}  // namespace gridgrad
