// differentiator_noise_test.cpp: what estimates of live signals are exact for, how late
// they are and how much noise they let through
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>

#include <gtest/gtest.h>

#include "gridgrad/differentiator.hpp"
#include "support/bounds.hpp"
#include "support/fields.hpp"
#include "support/signals.hpp"

namespace gridgrad::test {
namespace {

// A polynomial with random coefficients in (t - origin) / unit.
class Polynomial {
 public:
  Polynomial(int degree, double origin, double unit, Random& random)
      : origin_(origin), unit_(unit) {
    std::uniform_real_distribution<double> coefficient(-1, 1);
    for (int k = 0; k <= degree; ++k) coefficients_.push_back(coefficient(random));
  }

  // Horner's scheme for the value and its first two derivatives.
  [[nodiscard]] std::array<long double, 3> operator()(double t) const {
    const long double u = (static_cast<long double>(t) - origin_) / unit_;
    long double value = 0;
    long double first = 0;
    long double half_second = 0;
    for (std::size_t k = coefficients_.size(); k-- > 0;) {
      half_second = half_second * u + first;
      first = first * u + value;
      value = value * u + coefficients_[k];
    }
    return {value, first / unit_, 2 * half_second / (unit_ * unit_)};
  }

 private:
  std::vector<double> coefficients_;
  long double origin_;
  long double unit_;
};

// Of differences of the last samples, at most: each is a difference of two.
double norm(const std::vector<double>& samples, std::size_t last, int count) {
  double squares = 0;
  for (int back = 0; back < count; ++back) {
    const double sample = samples[last - static_cast<std::size_t>(back)];
    squares += 4 * sample * sample;
  }
  return std::sqrt(squares);
}

// Calls check(result, jet at `lag` samples before, norm of the differences at most).
template <class Check>
void for_polynomials(const DifferentiatorOptions& options, int window, int degree,
                     int lag, const Check& check) {
  Random random(seed);
  for (int trial = 0; trial < 50; ++trial) {
    const auto count = static_cast<std::size_t>(window) + 10;
    const std::vector<double> stamps = random_stamps(count, random);
    const Polynomial polynomial(degree, stamps.front(), stamps.back() - stamps.front(),
                                random);
    std::vector<double> samples;
    for (const double t : stamps) {
      samples.push_back(static_cast<double>(polynomial(t)[0]));
    }
    const auto results = pushed(Differentiator<double>(options), stamps, samples);
    for (std::size_t i = static_cast<std::size_t>(window) - 1; i < count; ++i) {
      ASSERT_EQ(results[i].status, PushStatus::ok);
      check(results[i], polynomial(stamps[i - static_cast<std::size_t>(lag)]),
            norm(samples, i, window));
    }
  }
}

TEST(DifferentiatorNoise, BackwardIsExactForPolynomials) {
  for (int samples = 2; samples <= 8; ++samples) {
    for_polynomials({.method = Backward{samples}}, samples, samples - 1, 0,
                    [&](const auto& result, const auto& exact, double differences) {
                      const double magnitude = result.noise_gain * differences;
                      EXPECT_NEAR(result.derivative, static_cast<double>(exact[1]),
                                  row_bound<double>(8, magnitude));
                    });
  }
}

// What the last push makes of a sample of 1 among zeros.
struct Weights {
  std::vector<double> derivative;
  std::vector<double> second;
  SignalEstimate<double> last;
};
Weights weights(const DifferentiatorOptions& options, const std::vector<double>& stamps) {
  Weights weights;
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    std::vector<double> impulse(stamps.size(), 0);
    impulse[i] = 1;
    weights.last = pushed(Differentiator<double>(options), stamps, impulse).back();
    weights.derivative.push_back(weights.last.derivative);
    weights.second.push_back(weights.last.second);
  }
  return weights;
}

double norm(const std::vector<double>& numbers) {
  return std::sqrt(
      std::inner_product(numbers.begin(), numbers.end(), numbers.begin(), 0.0));
}

TEST(DifferentiatorNoise, LocalPolynomialIsExactForPolynomials) {
  for (const int window : {7, 9, 32}) {
    for (int degree = 1; degree <= 6; ++degree) {
      for (const int lag : {0, 3}) {
        for_polynomials({.method = LocalPolynomial{window, degree, lag}}, window, degree,
                        lag,
                        [&](const auto& result, const auto& exact, double differences) {
                          const double magnitude = result.noise_gain * differences;
                          EXPECT_NEAR(result.derivative, static_cast<double>(exact[1]),
                                      fit_bound<double>(32, degree, magnitude));
                        });
      }
    }
  }
}

TEST(DifferentiatorNoise, SecondDerivativeIsThatOfTheFittedPolynomial) {
  Random random(seed);
  for (int degree = 2; degree <= 6; ++degree) {
    for (const int lag : {0, 4}) {
      const DifferentiatorOptions options = {.method = LocalPolynomial{9, degree, lag}};
      const std::vector<double> stamps = random_stamps(9, random);
      const Polynomial polynomial(degree, stamps[3], 1, random);
      std::vector<double> samples;
      for (const double t : stamps) {
        samples.push_back(static_cast<double>(polynomial(t)[0]));
      }
      const auto last = pushed(Differentiator<double>(options), stamps, samples).back();
      const double exact =
          static_cast<double>(polynomial(stamps[8 - static_cast<std::size_t>(lag)])[2]);
      const double magnitude = norm(weights(options, stamps).second) * norm(samples) * 2;
      EXPECT_NEAR(last.second, exact, fit_bound<double>(9, degree, magnitude));
    }
  }
}

// As many samples as a filter has seen, and seconds that the longest window spans: 20
// gaps of 0.1 s.
constexpr std::size_t seen = 60;
constexpr double memory = 2;

TEST(DifferentiatorNoise, NoiseGainIsTheNormOfTheWeights) {
  Random random(seed);
  const std::vector<double> stamps = random_stamps(seen, random);
  for (const DifferentiatorOptions& options : all_methods()) {
    const Weights row = weights(options, stamps);
    EXPECT_NEAR(row.last.noise_gain, norm(row.derivative),
                fit_bound<double>(seen, 3, row.last.noise_gain));
  }
}

TEST(DifferentiatorNoise, DelayIsHalfTheSecondMomentOfTheWeights) {
  Random random(seed);
  const std::vector<double> stamps = random_stamps(seen, random);
  for (const DifferentiatorOptions& options : all_methods()) {
    const Weights row = weights(options, stamps);
    double moment = 0;
    double magnitude = 0;
    for (std::size_t i = 0; i < seen; ++i) {
      const double age = stamps.back() - stamps[i];
      moment -= row.derivative[i] * age * age / 2;
      magnitude += std::abs(row.derivative[i]) * age * age;
    }
    EXPECT_NEAR(row.last.delay, moment, fit_bound<double>(seen, 3, magnitude));
  }
}

// Of a million normal errors, in units of the noise gain that is stated for each. Rows of
// 20 samples make as many independent estimates of the variance as a 20th of them, whose
// mean has a standard deviation of sqrt(2 * 20 / 1e6), 0.6 %: of its root 0.3 %.
TEST(DifferentiatorNoise, IsAsLargeAsStated) {
  constexpr std::size_t count = 1'000'000;
  Random random(seed);
  const std::vector<double> stamps = random_stamps(count, random);
  std::normal_distribution<double> error;
  std::vector<double> samples(count);
  for (double& sample : samples) sample = error(random);

  for (const DifferentiatorOptions& options : all_methods()) {
    Differentiator<double> rate(options);
    double squares = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const auto result = rate.push(stamps[i], samples[i]);
      if (result.status != PushStatus::ok) continue;
      const double unit = result.derivative / result.noise_gain;
      squares += unit * unit;
    }
    EXPECT_NEAR(std::sqrt(squares / count), 1, 0.02);
  }
}

// f = t^2 / 2 has the rate t: what is seen is t less the delay.
TEST(DifferentiatorNoise, RampsAreSeenSoMuchLater) {
  Random random(seed);
  std::vector<double> stamps = random_stamps(300, random);
  std::vector<double> samples;
  for (double& t : stamps) t -= 100;
  for (const double t : stamps) samples.push_back(t * t / 2);

  for (const DifferentiatorOptions& options : all_methods()) {
    const auto results = pushed(Differentiator<double>(options), stamps, samples);
    for (std::size_t i = 0; i < stamps.size(); ++i) {
      if (results[i].status != PushStatus::ok) continue;
      const double rounding = fit_bound<double>(
          seen, 3, results[i].noise_gain * norm(samples, i, std::min<int>(i + 1, seen)));
      EXPECT_NEAR(stamps[i] - results[i].derivative, results[i].delay, rounding);
    }
  }
}

// The phase of a slow sine, from its product with a sine and a cosine over whole periods.
TEST(DifferentiatorNoise, SlowSinesAreSeenSoMuchLater) {
  constexpr int period = 20'000;
  constexpr double spacing = 0.001;
  constexpr double omega = 2 * std::numbers::pi / (period * spacing);
  for (const DifferentiatorOptions& options : all_methods()) {
    Differentiator<double> rate(options);
    std::complex<double> sum = 0;
    double delay = 0;
    for (int i = 0; i < 2 * period; ++i) {
      const double t = i * spacing;
      const auto result = rate.push(t, std::sin(omega * t));
      if (i >= period) sum += result.derivative * std::polar(1.0, -omega * t);
      delay = result.delay;
    }
    // The phase has a term of third order too, of (omega window)^3 at most.
    constexpr double window = 20 * spacing;
    constexpr double third_order = omega * omega * window * window * window;
    EXPECT_NEAR(-std::arg(sum) / omega, delay, 0.01 * delay + third_order);
  }
}

// float sees what double sees, to its own rounding; a weight of a filter is off by a few
// roundings per sample that it remembers, as in a fit.
TEST(DifferentiatorNoise, InFloatIsThatInDouble) {
  Random random(seed);
  const std::vector<double> stamps = random_stamps(seen, random);
  const std::vector<float> samples = random_samples<float>(seen, random);
  const std::vector<double> wide(samples.begin(), samples.end());
  for (const DifferentiatorOptions& options : all_methods()) {
    const auto narrow = pushed(Differentiator<float>(options), stamps, samples).back();
    const auto exact = pushed(Differentiator<double>(options), stamps, wide).back();
    const double gain = exact.noise_gain;
    EXPECT_NEAR(narrow.derivative, exact.derivative,
                fit_bound<float>(32, 3, gain * norm(wide) * 2));
    EXPECT_NEAR(narrow.noise_gain, gain, fit_bound<float>(32, 3, gain));
    EXPECT_NEAR(narrow.delay, exact.delay, fit_bound<float>(32, 3, memory));
  }
}

// Multiples of 2^-9 s are whole nanoseconds.
TEST(DifferentiatorNoise, AtNanosecondsIsThatAtSeconds) {
  constexpr std::int64_t unit = 1'953'125;
  Random random(seed);
  std::uniform_int_distribution<std::int64_t> gap(1, 50);
  std::vector<std::int64_t> stamps = {1'700'000'000'000'000'000};
  while (stamps.size() < seen) stamps.push_back(stamps.back() + gap(random) * unit);
  std::vector<double> seconds;
  for (const std::int64_t stamp : stamps) {
    seconds.push_back(static_cast<double>(stamp / unit) / 512);
  }
  const std::vector<double> samples = random_samples<double>(seen, random);
  for (const DifferentiatorOptions& options : all_methods()) {
    const Differentiator<double, std::int64_t> exact(options);
    const auto at_nanoseconds = pushed(exact, stamps, samples).back();
    const auto at_seconds =
        pushed(Differentiator<double>(options), seconds, samples).back();
    const double gain = at_seconds.noise_gain;
    EXPECT_NEAR(at_nanoseconds.derivative, at_seconds.derivative,
                fit_bound<double>(32, 3, gain * norm(samples) * 2));
    EXPECT_NEAR(at_nanoseconds.delay, at_seconds.delay, fit_bound<double>(32, 3, memory));
  }
}

using Complex = std::complex<long double>;

// Derived from T y' + y = x' by each rule, with z^-1 for one sample of delay.
Complex transfer(FilterRule rule, long double time_constant, long double h,
                 Complex delay) {
  const Complex step = Complex(1) - delay;
  if (rule == FilterRule::backward_euler) {
    return step / (time_constant + h - time_constant * delay);
  }
  if (rule == FilterRule::tustin) {
    return step * 2.0L / (2 * time_constant + h - (2 * time_constant - h) * delay);
  }
  const long double kept = std::exp(-h / time_constant);
  return (1 - kept) / h * step / (Complex(1) - kept * delay);
}

// Waves at 200 frequencies up to half of that of the samples, once what the start left
// has died away: after 1000 samples 0.86^1000 < 2^-200 of it.
TEST(DifferentiatorNoise, FiltersHaveTheirTransferFunction) {
  constexpr std::int64_t nanoseconds = 10'000'000;
  constexpr double h = 0.01;
  constexpr double time_constant = 0.05;
  for (const FilterRule rule :
       {FilterRule::backward_euler, FilterRule::tustin, FilterRule::exact}) {
    for (int k = 1; k <= 200; ++k) {
      const long double theta = std::numbers::pi_v<long double> * k / 200;
      const Complex exact = transfer(rule, time_constant, h, std::polar(1.0L, -theta));
      Differentiator<double, std::int64_t> rate(
          {.method = Filtered{time_constant, rule}});
      for (int i = 0; i < 1100; ++i) {
        const Complex wave = std::polar(1.0L, theta * i);
        const auto result = rate.push(nanoseconds * i, static_cast<double>(wave.real()));
        if (i < 1000) continue;
        EXPECT_NEAR(result.derivative, static_cast<double>((exact * wave).real()),
                    filter_bound(time_constant, h));
      }
    }
  }
  constexpr double accuracy = 1e-12;
  EXPECT_LT(filter_bound(time_constant, h), accuracy / time_constant);
}

}  // namespace
}  // namespace gridgrad::test
