// differentiator_test.cpp: rows of live signals, beside the engine's; stamps and samples
// that no signal should have
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/differentiator.hpp"

#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "gridgrad/difference.hpp"
#include "support/bits.hpp"
#include "support/bounds.hpp"
#include "support/fields.hpp"
#include "support/signals.hpp"

namespace gridgrad::test {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// The rows of Backward{samples} for a whole log, by the engine.
template <class T, class R>
std::vector<R> offline(const Axis& time, const std::vector<T>& log, int samples) {
  const Difference rows(time, log.size(),
                        {.accuracy = samples - 1, .bias = Bias::backward});
  std::vector<R> out(log.size());
  rows.apply(log, 0, out);
  return out;
}

template <class T, class S>
void expect_offline_bits(const Axis& time, const std::vector<S>& stamps) {
  Random random(seed);
  const std::vector<T> log = random_samples<T>(stamps.size(), random);
  for (int samples = 2; samples <= 8; ++samples) {
    SCOPED_TRACE(samples);
    const Differentiator<T, S> rate({.method = Backward{samples}});
    const auto live = pushed(rate, stamps, log);
    const auto rows = offline<T, typename Differentiator<T, S>::Real>(time, log, samples);
    for (std::size_t i = static_cast<std::size_t>(samples) - 1; i < log.size(); ++i) {
      ASSERT_EQ(live[i].status, PushStatus::ok);
      ASSERT_TRUE(same_bits(live[i].derivative, rows[i])) << i;
    }
  }
}

TEST(Differentiator, BackwardHasTheBitsOfTheEngine) {
  Random random(seed);
  const std::vector<double> stamps = random_stamps(2000, random);
  const Axis time = Axis::at(stamps);

  expect_offline_bits<double>(time, stamps);
  expect_offline_bits<float>(time, stamps);
  expect_offline_bits<std::uint16_t>(time, stamps);
  expect_offline_bits<std::int64_t>(time, stamps);
}

TEST(Differentiator, BackwardHasTheBitsOfTheEngineAtNanoseconds) {
  Random random(seed);
  std::uniform_int_distribution<std::int64_t> gap(1'000'000, 100'000'000);
  std::vector<std::int64_t> stamps = {1'700'000'000'000'000'000};
  while (stamps.size() < 2000) stamps.push_back(stamps.back() + gap(random));
  const Axis time = Axis::at(stamps).per(1e9);

  expect_offline_bits<double>(time, stamps);
  expect_offline_bits<float>(time, stamps);
  expect_offline_bits<std::int32_t>(time, stamps);
}

// Gaps that one double does not hold.
TEST(Differentiator, BackwardHasTheBitsOfTheEngineWhereGapsAreInexact) {
  Random random(seed);
  std::vector<double> around_zero = random_stamps(200, random);
  // Cubes have all bits of their own size; no gap is below 1 ms.
  const double middle = around_zero[100] + 1e-4;
  for (double& stamp : around_zero) {
    stamp = (stamp - middle) * (stamp - middle) * (stamp - middle);
  }
  std::uniform_int_distribution<std::int64_t> years(std::int64_t{1} << 54,
                                                    std::int64_t{1} << 58);
  std::vector<std::int64_t> rare = {-(std::int64_t{1} << 62)};
  while (rare.size() < 20) rare.push_back(rare.back() + years(random));

  expect_offline_bits<double>(Axis::at(around_zero), around_zero);
  expect_offline_bits<double>(Axis::at(rare).per(1e9), rare);
}

// Between two floats the sign of what one double does not hold decides.
TEST(Differentiator, WeightsAreRoundedToFloatOnce) {
  constexpr double tie = 1 + 0x1p-24;

  EXPECT_EQ(live::rounded<float>({tie, 0x1p-80}), 1 + 0x1p-23f);
  EXPECT_EQ(live::rounded<float>({tie, -0x1p-80}), 1);
  EXPECT_EQ(live::rounded<float>({-tie, 0x1p-80}), -1);
  EXPECT_EQ(live::rounded<float>({-tie, -0x1p-80}), -1 - 0x1p-23f);
  EXPECT_EQ(live::rounded<float>({tie, 0}), 1);
}

// The row at the last sample of a log, whose edges have the order of the window.
TEST(Differentiator, BackwardIsTheLastOneSidedRow) {
  Random random(seed);
  const std::vector<double> stamps = random_stamps(8, random);
  const std::vector<double> log = random_samples<double>(8, random);
  std::vector<double> out(8);

  Difference(Axis::at(stamps), 8, {.edge_order = 7}).apply(log, 0, out);

  const Differentiator<double> rate({.method = Backward{8}});
  EXPECT_TRUE(same_bits(pushed(rate, stamps, log).back().derivative, out.back()));
}

// A constant has derivative exactly 0, however large.
TEST(Differentiator, OfAConstantIsZero) {
  Random random(seed);
  const std::vector<double> stamps = random_stamps(100, random);
  const std::vector<double> constant(100, 1e300);

  for (const DifferentiatorOptions& options : all_methods()) {
    for (const auto& result : pushed(Differentiator<double>(options), stamps, constant)) {
      EXPECT_EQ(result.derivative, 0);
      EXPECT_EQ(result.second, 0);
    }
  }
}

// h f' = -ln(1 - B) f = (B + B^2 / 2 + B^3 / 3 + ...) f, B f_n = f_n - f_(n-1). The terms
// of n samples solve the equations of WPILib's LinearFilter::BackwardFiniteDifference,
// which have one solution; 20 ms is the period of its loops.
double uniform_weight(int samples, int back, double period) {
  double sum = 0;
  for (int j = std::max(back, 1); j < samples; ++j) {
    double binomial = 1;
    for (int k = 0; k < back; ++k) binomial = binomial * (j - k) / (k + 1);
    sum += binomial / j;
  }
  return (back % 2 == 0 ? sum : -sum) / period;
}

TEST(Differentiator, BackwardHasTheWeightsOfWpilibOnEqualSpacing) {
  for (int samples = 2; samples <= 8; ++samples) {
    for (int back = 0; back < samples; ++back) {
      Differentiator<double, std::int64_t> rate({.method = Backward{samples}});
      SignalEstimate<double> last;
      for (std::int64_t i = 0; i < samples; ++i) {
        last = rate.push(20'000'000 * i, i == samples - 1 - back ? 1.0 : 0.0);
      }
      const double exact = uniform_weight(samples, back, 0.02);
      // The own weight is a sum of all others.
      const double largest = last.noise_gain * std::sqrt(samples);
      EXPECT_NEAR(last.derivative, exact, row_bound<double>(8, largest));
    }
  }
}

TEST(Differentiator, IgnoresRepeatedAndBackwardStampsAndWhatIsNotFinite) {
  Random random(seed);
  const std::vector<double> stamps = random_stamps(60, random);
  const std::vector<double> samples = random_samples<double>(60, random);

  for (const DifferentiatorOptions& options : all_methods()) {
    Differentiator<double> clean(options);
    Differentiator<double> disturbed(options);
    for (std::size_t i = 0; i < stamps.size(); ++i) {
      const auto expected = clean.push(stamps[i], samples[i]);
      const auto result = disturbed.push(stamps[i], samples[i]);
      EXPECT_EQ(result.status, expected.status);
      EXPECT_EQ(result.derivative, expected.derivative);
      EXPECT_EQ(result.noise_gain, expected.noise_gain);
      for (const auto& ignored :
           {disturbed.push(stamps[i], 7.0), disturbed.push(stamps[i] - 1, 7.0),
            disturbed.push(std::nextafter(stamps[i], 0), 7.0), disturbed.push(nan, 7.0),
            disturbed.push(infinity, 7.0), disturbed.push(stamps[i] + 1e-9, nan),
            disturbed.push(stamps[i] + 1e-9, -infinity)}) {
        EXPECT_EQ(ignored.status, PushStatus::ignored);
        EXPECT_EQ(ignored.derivative, expected.derivative);
      }
    }
  }
}

TEST(Differentiator, IgnoresSamplesFarFromTheirPeriod) {
  Differentiator<double> angle({.period = 1.0});
  (void)angle.push(0.0, 0.25);
  (void)angle.push(1.0, 0.5);

  const auto ignored = angle.push(2.0, 1e300);

  EXPECT_EQ(ignored.status, PushStatus::ignored);
  EXPECT_EQ(ignored.derivative, 0.25);
  EXPECT_EQ(angle.push(2.0, 0.75).derivative, 0.25);
}

TEST(Differentiator, WaitsForItsSamplesAndAfterAGapAnew) {
  Differentiator<double> rate({.method = Backward{3}, .max_gap = 0.5});
  const std::vector<double> stamps = {0, 0.5, 1, 1.75, 2, 2.25};
  const std::vector<double> samples = {0, 1, 2, 9, 9, 9};

  const auto results = pushed(rate, stamps, samples);

  std::vector<PushStatus> statuses;
  for (const auto& result : results) statuses.push_back(result.status);
  EXPECT_EQ(statuses, (std::vector<PushStatus>{
                          PushStatus::not_ready, PushStatus::not_ready, PushStatus::ok,
                          PushStatus::restarted, PushStatus::not_ready, PushStatus::ok}));
  EXPECT_EQ(results[2].derivative, 2);
  EXPECT_EQ(results[3].derivative, 0);
  EXPECT_EQ(results[5].derivative, 0);
}

TEST(Differentiator, ForgetsDifferencesThatOverflow) {
  const double largest = std::numeric_limits<double>::max();
  for (const DifferentiatorOptions& options : all_methods()) {
    Differentiator<double> rate(options);
    (void)rate.push(0.0, 0.0);
    (void)rate.push(1.0, largest);
    (void)rate.push(2.0, -largest);
    PushResult<double> last;
    for (int i = 3; i < 40; ++i) last = rate.push(static_cast<double>(i), 2.0 * i);

    EXPECT_EQ(last.status, PushStatus::ok);
    EXPECT_TRUE(std::isfinite(last.derivative));
  }
}

TEST(Differentiator, TakesGapsThatNoClockHasForRepeatedStamps) {
  Differentiator<double> rate;
  (void)rate.push(0.0, 1.0);

  EXPECT_EQ(rate.push(1e-300, 2.0).status, PushStatus::ignored);
  EXPECT_EQ(rate.push(1.0, 2.0).derivative, 1);
}

TEST(Differentiator, RestartsAfterGapsThatNoClockHas) {
  Differentiator<double> rate;
  const double far = std::numeric_limits<double>::max();

  EXPECT_EQ(rate.push(-far, 1.0).status, PushStatus::not_ready);
  EXPECT_EQ(rate.push(far, 1.0).status, PushStatus::restarted);
}

TEST(Differentiator, NanosecondsOfBothSignsAreSubtractedWithoutOverflow) {
  using Limits = std::numeric_limits<std::int64_t>;
  Differentiator<double, std::int64_t> rate;
  (void)rate.push(Limits::min(), 0.0);

  const auto result = rate.push(Limits::max(), 1.0);

  const double exact = 1e9 / 0x1p64;
  EXPECT_NEAR(result.derivative, exact, row_bound<double>(1, exact));
  EXPECT_EQ(rate.push(Limits::min(), 2.0).status, PushStatus::ignored);
}

TEST(Differentiator, ForgetsEverythingOnRestart) {
  Differentiator<double> rate;
  (void)rate.push(10.0, 1.0);
  (void)rate.push(11.0, 2.0);

  rate.restart();

  EXPECT_EQ(rate.push(5.0, 1.0).status, PushStatus::not_ready);
  EXPECT_EQ(rate.push(6.0, 4.0).derivative, 3);
}

// The first samples of a window that grows are those of a smaller window.
TEST(Differentiator, GrowsFromTheSecondSampleOn) {
  Random random(seed);
  const std::vector<double> stamps = random_stamps(9, random);
  const std::vector<double> samples = random_samples<double>(9, random);
  const Differentiator<double> backward(
      {.method = Backward{8}, .first_samples = FirstSamples::grow});
  const Differentiator<double> fit(
      {.method = LocalPolynomial{9, 2, 3}, .first_samples = FirstSamples::grow});
  const auto rows = pushed(backward, stamps, samples);
  const auto fits = pushed(fit, stamps, samples);

  EXPECT_EQ(rows[0].status, PushStatus::not_ready);
  for (int count = 2; count <= 9; ++count) {
    const auto last = static_cast<std::size_t>(count) - 1;
    const Differentiator<double> small({.method = Backward{std::min(count, 8)}});
    const Differentiator<double> narrow(
        {.method =
             LocalPolynomial{count, std::min(2, count - 1), std::min(3, count - 1)}});
    EXPECT_EQ(rows[last].derivative, pushed(small, stamps, samples)[last].derivative);
    EXPECT_EQ(fits[last].derivative, pushed(narrow, stamps, samples)[last].derivative);
    EXPECT_EQ(fits[last].status, PushStatus::ok);
  }
}

template <class T = double>
std::string complaint(const DifferentiatorOptions& options) {
  const char* const reason = Differentiator<T>::check(options);
  Differentiator<T> rate(options);
  EXPECT_EQ(rate.is_valid(), reason == nullptr);
  const auto result = rate.push(1.0, T{});
  EXPECT_EQ(result.status == PushStatus::refused, reason != nullptr);
  EXPECT_EQ(result.derivative, 0);
  return reason == nullptr ? "" : reason;
}

TEST(Differentiator, RefusesOptionsWithTheReason) {
  EXPECT_EQ(complaint({.method = Backward{1}}), "samples: 2 to 8");
  EXPECT_EQ(complaint({.method = Backward{9}}), "samples: 2 to 8");
  EXPECT_EQ(complaint({.method = LocalPolynomial{9, 0}}), "degree: 1 to 6");
  EXPECT_EQ(complaint({.method = LocalPolynomial{9, 7}}), "degree: 1 to 6");
  EXPECT_EQ(complaint({.method = LocalPolynomial{2, 2}}), "window: at least degree + 1");
  EXPECT_EQ(complaint({.method = LocalPolynomial{33}}), "window: at most the capacity");
  EXPECT_EQ(complaint({.method = LocalPolynomial{9, 2, 9}}), "lag: 0 to window - 1");
  EXPECT_EQ(complaint({.method = LocalPolynomial{9, 2, -1}}), "lag: 0 to window - 1");
  EXPECT_EQ(complaint({.method = Filtered{0}}), "time_constant: above 0 and finite");
  EXPECT_EQ(complaint({.method = Filtered{nan}}), "time_constant: above 0 and finite");
  EXPECT_EQ(complaint({.period = 0}), "period: above 0 and finite");
  EXPECT_EQ(complaint({.period = -1}), "period: above 0 and finite");
  EXPECT_EQ(complaint({.period = infinity}), "period: above 0 and finite");
  EXPECT_EQ(complaint<std::int32_t>({.period = 0.5}),
            "period: a whole number of counts, at most 2^61");
  EXPECT_EQ(complaint<std::int32_t>({.period = 1e30}),
            "period: a whole number of counts, at most 2^61");
  EXPECT_EQ(complaint({.max_gap = 0}), "max_gap: above 0");
  EXPECT_EQ(complaint({.max_gap = nan}), "max_gap: above 0");
}

TEST(Differentiator, HasWindowsAsLongAsItsCapacity) {
  constexpr DifferentiatorOptions wide = {.method = LocalPolynomial{101}};
  static_assert(Differentiator<double, double, 128>::check(wide) == nullptr);
  Differentiator<double, double, 128> rate(wide);
  SignalEstimate<double> last;
  for (int i = 0; i <= 100; ++i) last = rate.push(static_cast<double>(i), 3.0 * i);

  EXPECT_NEAR(last.derivative, 3, fit_bound<double>(101, 2, last.noise_gain * 300 * 11));
}

}  // namespace
}  // namespace gridgrad::test
