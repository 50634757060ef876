// element_test.cpp: the 16-bit floating types, value by value
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/element.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace gridgrad::test {
namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

// IEEE 754-2019, 3.4: sign, exponent, significand, evaluated as they are defined.
float defined_value(std::uint16_t bits, int exponent_bits, int significand_bits) {
  const int sign = bits >> 15;
  const int exponent = bits >> significand_bits & ((1 << exponent_bits) - 1);
  const int significand = bits & ((1 << significand_bits) - 1);
  const int bias = (1 << (exponent_bits - 1)) - 1;
  double magnitude = 0;
  if (exponent == (1 << exponent_bits) - 1) {
    magnitude = significand == 0 ? std::numeric_limits<double>::infinity()
                                 : std::numeric_limits<double>::quiet_NaN();
  } else if (exponent == 0) {
    magnitude = std::ldexp(significand, 1 - bias - significand_bits);
  } else {
    magnitude = std::ldexp((1 << significand_bits) + significand,
                           exponent - bias - significand_bits);
  }
  return static_cast<float>(sign == 0 ? magnitude : -magnitude);
}

template <class Half, class Narrow>
void expect_every_value_survives(int exponent_bits, int significand_bits, Narrow narrow) {
  for (std::uint32_t bits = 0; bits < 65536; ++bits) {
    const Half half = {static_cast<std::uint16_t>(bits)};
    const float expected = defined_value(half.bits, exponent_bits, significand_bits);
    const float value = to_float(half);
    if (std::isnan(expected)) {
      EXPECT_TRUE(std::isnan(value));
      EXPECT_TRUE(std::isnan(to_float(narrow(value))));
    } else {
      ASSERT_EQ(std::bit_cast<std::uint32_t>(value),
                std::bit_cast<std::uint32_t>(expected));
      ASSERT_EQ(narrow(value), half);
    }
  }
}

TEST(Float16, HasTheValuesOfBinary16) {
  expect_every_value_survives<Float16>(5, 10, to_float16);
}

TEST(BFloat16, HasTheUpperHalfOfBinary32) {
  expect_every_value_survives<BFloat16>(8, 7, to_bfloat16);
}

// Between each two neighbours: the midpoint goes to the even one, its neighbours to
// theirs.
template <class Half, class Narrow>
void expect_nearest_even(std::uint16_t last_finite, Narrow narrow) {
  for (std::uint16_t bits = 0; bits < last_finite; ++bits) {
    const Half lower = {bits};
    const Half upper = {static_cast<std::uint16_t>(bits + 1)};
    const float middle = (to_float(lower) + to_float(upper)) / 2;
    ASSERT_EQ(narrow(middle), bits % 2 == 0 ? lower : upper) << bits;
    ASSERT_EQ(narrow(std::nextafter(middle, 0.0F)), lower) << bits;
    ASSERT_EQ(narrow(std::nextafter(middle, infinity)), upper) << bits;
    ASSERT_EQ(narrow(-std::nextafter(middle, 0.0F)).bits, bits | 0x8000) << bits;
  }
}

TEST(Float16, RoundsToNearestEven) {
  expect_nearest_even<Float16>(0x7bff, to_float16);
}

TEST(Float16, OverflowsToInfinityFromHalfwayBeyondTheLargest) {
  EXPECT_EQ(to_float(to_float16(65519.996F)), 65504.0F);
  EXPECT_EQ(to_float(to_float16(65520.0F)), infinity);
  EXPECT_EQ(to_float(to_float16(-infinity)), -infinity);
}

TEST(BFloat16, RoundsToNearestEven) {
  // The sum of the two largest overflows a float, so the last pair is left out.
  expect_nearest_even<BFloat16>(0x7efe, to_bfloat16);
}

TEST(ElementType, NamesSizesAndResults) {
  EXPECT_EQ(name(element_type<std::uint16_t>()), "uint16");
  EXPECT_EQ(name(element_type<long long>()), "int64");
  EXPECT_EQ(size_of(element_type<std::complex<float>>()), 8U);
  EXPECT_EQ(result_type(ElementType::int8), ElementType::float64);
  EXPECT_EQ(result_type(ElementType::bfloat16), ElementType::bfloat16);
}

}  // namespace
}  // namespace gridgrad::test
