// differentiator_wrap_test.cpp: angles that wrap and counters that roll over
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "gridgrad/differentiator.hpp"
#include "support/bits.hpp"
#include "support/bounds.hpp"
#include "support/fields.hpp"
#include "support/signals.hpp"

namespace gridgrad::test {
namespace {

constexpr double turn = 2 * std::numbers::pi;

// An angle of up to 51 turns is rounded before it is wrapped, and an ulp of a turn once
// more in a difference. The sum of absolute weights is at most sqrt(20) times the norm of
// 20 weights, and twice that of a filter.
template <class Result>
void expect_rate(const Result& result, double rate) {
  const double rounding = 2 * (51 + 1) * turn * unit_roundoff<double>;
  EXPECT_NEAR(result.derivative, rate, std::sqrt(20) * result.noise_gain * rounding);
}

TEST(DifferentiatorWrap, YawThatTurnsHasNoSpikes) {
  constexpr double yaw_rate = 5;
  Random random(seed);
  std::uniform_real_distribution<double> gap(0.5e-3, 1.5e-3);
  for (const double sense : {1.0, -1.0}) {
    for (DifferentiatorOptions options : all_methods()) {
      options.period = turn;
      Differentiator<double> rate(options);
      double wraps = 0;
      double before = 0;
      for (double t = 0; t < 50.5 * turn / yaw_rate; t += gap(random)) {
        const double yaw = std::remainder(sense * yaw_rate * t, turn);
        const auto result = rate.push(t, yaw);
        if (result.status == PushStatus::ok) expect_rate(result, sense * yaw_rate);
        if (std::abs(yaw - before) > std::numbers::pi) ++wraps;
        before = yaw;
      }
      EXPECT_GE(wraps, 50);
    }
  }
}

// An angle that has turned many times already is one with its remainder.
TEST(DifferentiatorWrap, SamplesMayBeAnyNumberOfPeriodsAway) {
  Differentiator<double> rate({.period = 8.0});

  (void)rate.push(0.0, 1.0);

  EXPECT_EQ(rate.push(1.0, 802.0).derivative, 1);
  EXPECT_EQ(rate.push(2.0, -797.0).derivative, 1);
  EXPECT_EQ(rate.push(3.0, 3.0).derivative, -0.0);
  EXPECT_EQ(rate.push(4.0, 7.0).derivative, 4);
  EXPECT_EQ(rate.push(5.0, 4.0).derivative, -3);
}

// Halves are exact: counts that roll over have the bits of counts that do not.
template <class Count>
void expect_bits_of_unrolled(double period, std::int64_t first, std::int64_t most) {
  Random random(seed);
  const std::vector<double> stamps = random_stamps(2000, random);
  std::uniform_int_distribution<std::int64_t> step(-most, most);
  std::vector<std::int64_t> unrolled = {first};
  while (unrolled.size() < stamps.size()) {
    unrolled.push_back(unrolled.back() + step(random));
  }
  std::vector<Count> counts;
  for (const std::int64_t count : unrolled) counts.push_back(static_cast<Count>(count));

  for (DifferentiatorOptions options : all_methods()) {
    const auto plain = pushed(Differentiator<std::int64_t>(options), stamps, unrolled);
    options.period = period;
    const auto rolled = pushed(Differentiator<Count>(options), stamps, counts);
    for (std::size_t i = 0; i < stamps.size(); ++i) {
      ASSERT_TRUE(same_bits(rolled[i].derivative, plain[i].derivative));
    }
  }
}

TEST(DifferentiatorWrap, EncodersRollOver) {
  expect_bits_of_unrolled<std::uint16_t>(0x1p16, 65'000, 32'767);
  expect_bits_of_unrolled<std::int16_t>(0x1p16, 32'000, 32'767);
  expect_bits_of_unrolled<std::uint32_t>(0x1p32, 4'294'967'000, 2'147'483'647);
  expect_bits_of_unrolled<std::int32_t>(0x1p32, 2'147'483'000, 2'147'483'647);
}

// A period that is no power of two, of an encoder with 1000 lines.
TEST(DifferentiatorWrap, CountersMayHaveAnyPeriod) {
  Differentiator<std::int32_t> rate({.period = 4000.0});
  (void)rate.push(0.0, 3990);

  EXPECT_EQ(rate.push(1.0, 10).derivative, 20);
  EXPECT_EQ(rate.push(2.0, 3995).derivative, -15);
  EXPECT_EQ(rate.push(3.0, -10).derivative, -5);
}

// Without a period the counts are what they are.
TEST(DifferentiatorWrap, CountsOf64BitsAreSubtractedExactly) {
  Differentiator<std::int64_t> rate;
  const std::int64_t large = 9'007'199'254'740'993;
  (void)rate.push(0.0, large);

  EXPECT_EQ(rate.push(1.0, large + 1).derivative, 1);
  EXPECT_EQ(rate.push(2.0, -large).derivative, -18'014'398'509'481'987.0);
}

}  // namespace
}  // namespace gridgrad::test
