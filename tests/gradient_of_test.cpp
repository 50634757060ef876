// gradient_of_test.cpp: gradients of callables against exact rows, and where they look
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/gradient_of.hpp"

#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/bounds.hpp"
#include "support/fields.hpp"
#include "support/reference_row.hpp"

namespace gridgrad::test {
namespace {

using Point = std::span<const double>;
constexpr double infinity = std::numeric_limits<double>::infinity();

double smooth(double x) {
  return std::sin(2 * x) + 1 / (1 + x * x);
}

// A function of one variable, and where it was evaluated.
struct Recorder {
  double operator()(Point x) {
    at.push_back(x[0]);
    return f(x[0]);
  }
  double (*f)(double) = smooth;
  std::vector<double> at = {};
};

// The positions besides x, in increasing order, in units of h from x.
std::vector<double> offsets(double x, const CallableOptions& options, double h = 1) {
  Recorder f;
  static_cast<void>(gradient_of(f, {&x, 1}, options));
  std::ranges::sort(f.at);
  for (double& at : f.at) at = (at - x) / h;
  return f.at;
}

CallableOptions with_bounds(int accuracy, double lower, double upper) {
  return {.accuracy = accuracy, .bounds = {{lower, upper}}};
}

TEST(GradientOf, GivesValueGradientAndEvaluations) {
  const auto area = [](Point x) { return x[0] * x[1]; };

  const auto [value, gradient, evaluations] = gradient_of(area, std::array{2.0, 3.0});

  EXPECT_EQ(value, 6);
  ASSERT_EQ(gradient.size(), 2U);
  EXPECT_NEAR(gradient[0], 3, callable_bound(2, 6 / 2.0 + 3));
  EXPECT_NEAR(gradient[1], 2, callable_bound(2, 6 / 3.0 + 2));
  EXPECT_EQ(evaluations, 5U);
}

// The derivative of the polynomial through the points that f was asked for, whatever they
// are, next to bounds or not.
TEST(GradientOf, HasTheExactWeightsOfThePointsItEvaluates) {
  Random random(seed);
  std::uniform_real_distribution<double> exponent(-6, 6);
  std::uniform_real_distribution<double> share(0, 1);
  for (int round = 0; round < 400; ++round) {
    const int accuracy = 2 + 2 * (round % 10);
    const double width = std::pow(10, exponent(random));
    const double lower = -width * share(random);
    const double x = round % 7 == 0 ? lower : lower + width * share(random);
    SCOPED_TRACE(round);
    Recorder f;

    const double slope =
        gradient_of(f, {&x, 1}, with_bounds(accuracy, lower, lower + width)).gradient[0];

    std::vector<Exact> distances;
    for (const double at : f.at) distances.push_back(Exact(at) - Exact(x));
    ASSERT_EQ(distances.size(), static_cast<std::size_t>(accuracy) + 1);
    const std::vector<Exact> weights = fornberg_weights(distances, 1);
    Exact sum = 0;
    double magnitude = 0;
    for (std::size_t k = 1; k < weights.size(); ++k) {
      const Exact term = weights[k] * (Exact(smooth(f.at[k])) - Exact(smooth(x)));
      sum += term;
      magnitude += std::abs(static_cast<double>(term));
    }
    EXPECT_NEAR(slope, static_cast<double>(sum),
                row_bound<double>(weights.size() - 1, magnitude));
  }
}

double power(double x, int exponent) {
  double result = 1;
  for (int k = 0; k < exponent; ++k) result *= x;
  return result;
}

// Rounding is all there is: the factor is 2 H gamma(p) / h of bounds.hpp, 1e-10 / 3 for
// p = 2, and |f| / s is at most |f'| where s is the size of x.
TEST(GradientOf, IsExactForPowersUpToTheAccuracy) {
  for (int accuracy = 2; accuracy <= 20; accuracy += 2) {
    for (int exponent = 1; exponent <= accuracy; ++exponent) {
      for (const double x : {-30.0, -1.0, 0.3, 0.99, 1.0, 2.7, 1e3}) {
        const auto f = [&](Point at) { return power(at[0], exponent); };
        const double exact = exponent * power(x, exponent - 1);

        const CallableOptions options = {.accuracy = accuracy, .step = ScaledStep{{0.1}}};

        const double slope = gradient_of(f, {&x, 1}, options).gradient[0];

        constexpr double relative = 1e-10;
        EXPECT_NEAR(slope, exact, relative * std::abs(exact))
            << accuracy << " " << exponent << " " << x;
      }
    }
  }
}

TEST(GradientOf, OfAConstantIsExactlyZero) {
  for (const double x : {0.0, 0.1, -1e-3, 1.0, 7e20}) {
    const auto constant = [](Point) { return 0.1; };

    for (const int accuracy : {2, 4, 10, 20}) {
      EXPECT_EQ(gradient_of(constant, {&x, 1}, {.accuracy = accuracy}).gradient[0], 0);
      EXPECT_EQ(
          gradient_of(constant, {&x, 1}, with_bounds(accuracy, x, infinity)).gradient[0],
          0);
    }
  }
}

TEST(GradientOf, OfAMirroredFunctionHasTheOtherSign) {
  Random random(seed);
  for (int round = 0; round < 100; ++round) {
    const double x = random_sample<double>(random);
    const double mirrored = -x;
    const auto f = [](Point at) { return smooth(at[0] / 9); };
    const auto g = [](Point at) { return smooth(-at[0] / 9); };

    const double slope =
        gradient_of(f, {&x, 1}, with_bounds(4, x - 1e-4, infinity)).gradient[0];
    const double other =
        gradient_of(g, {&mirrored, 1}, with_bounds(4, -infinity, mirrored + 1e-4))
            .gradient[0];

    // The terms come in another order. Those of a row at a bound are C(4, k) slopes, and
    // smooth' is at most 2.7.
    constexpr double magnitude = (4 + 6 + 4 + 1) * 2.7 / 9;
    EXPECT_NEAR(slope, -other, 2 * row_bound<double>(4, magnitude));
  }
}

TEST(GradientOf, StepsAreScaledByTheVariableOrItsScale) {
  const double root = std::cbrt(0x1p-52);
  constexpr double of_float = 0x1p-23;
  for (const auto& [x, scale, size] : {std::array{0.0, 1.0, 1.0},
                                       {-8.0, 1.0, 8.0},
                                       {0.25, 1.0, 1.0},
                                       {1e-9, 1e-6, 1e-6},
                                       {1e-3, 1e-6, 1e-3},
                                       {3.0, 100.0, 100.0}}) {
    const std::vector<double> found =
        offsets(x, {.step = ScaledStep{{scale}}}, size * root);

    ASSERT_EQ(found.size(), 3U);
    EXPECT_NEAR(found[0], -1, of_float);
    EXPECT_NEAR(found[2], 1, of_float);
  }
}

TEST(GradientOf, TakesOneStepPerVariable) {
  std::vector<std::vector<double>> points;
  const auto f = [&](Point x) { return points.emplace_back(x.begin(), x.end())[0]; };

  static_cast<void>(
      gradient_of(f, std::array{1.0, 2.0}, {.step = FixedStep{{0.25, 0.5}}}));

  EXPECT_EQ(points, (std::vector<std::vector<double>>{
                        {1, 2}, {0.75, 2}, {1.25, 2}, {1, 1.5}, {1, 2.5}}));
}

TEST(GradientOf, StepsAreMadeRepresentable) {
  for (const double x : {0.1, 0.7, 1e5, -3e-5, 1.0}) {
    const std::vector<double> found = offsets(x, {.step = FixedStep{{0.0001}}});

    EXPECT_NEAR(found[2], 0.0001, 0x1p-35);
    EXPECT_EQ(-found[0], found[2]) << x;
  }
}

// The last bit of x is below those of x + h: the distance is not h, by 1e-11 of it.
TEST(GradientOf, WeightsAreForTheDistancesThatThereAre) {
  const double x = 0x1.fffffffffffffp-1;
  const auto identity = [](Point at) { return at[0]; };

  const double slope = gradient_of(identity, {&x, 1}).gradient[0];

  EXPECT_NEAR(slope, 1, row_bound<double>(2, 1));
  const std::vector<double> found = offsets(x, {});
  EXPECT_NE(-found[0], found[2]);
}

TEST(GradientOf, RowsNextToBoundsAreTheMostCentralThatStayWithin) {
  using Offsets = std::vector<double>;
  const auto row = [](double lower, double upper) {
    CallableOptions options = with_bounds(4, lower, upper);
    options.step = FixedStep{{0.25}};
    return offsets(1, options, 0.25);
  };

  EXPECT_EQ(row(-infinity, infinity), (Offsets{-2, -1, 0, 1, 2}));
  EXPECT_EQ(row(0.5, 1.5), (Offsets{-2, -1, 0, 1, 2}));
  EXPECT_EQ(row(0.51, 9), (Offsets{-1, 0, 1, 2, 3}));
  EXPECT_EQ(row(1, 9), (Offsets{0, 1, 2, 3, 4}));
  EXPECT_EQ(row(0, 1.3), (Offsets{-3, -2, -1, 0, 1}));
  EXPECT_EQ(row(-9, 1), (Offsets{-4, -3, -2, -1, 0}));
  // Too near: a fifth of their distance, cut to a multiple of the gap 2^-52 between
  // doubles there and taken four times.
  const Offsets fifths = row(1, 1.5);
  for (int k = 0; k < 5; ++k) EXPECT_NEAR(fifths[k] * 0.25, 0.1 * k, 0x1p-50);
}

// A fifth of the width is rounded up to 0.8300000000000001: twice that below is outside.
TEST(GradientOf, FindsRoomWhereTheStepIsRoundedUp) {
  CallableOptions options = with_bounds(4, -1.25, 2.9);
  options.step = FixedStep{{9}};

  EXPECT_EQ(offsets(0.41, options).size(), 5U);
}

double ulp(double x) {
  return std::nextafter(x, infinity) - x;
}

// One variable of a box, half of them next to a bound or with little room.
Bounds random_bounds(int accuracy, double& x, Random& random) {
  std::uniform_real_distribution<double> exponent(-12, 12);
  std::uniform_real_distribution<double> share(0, 1);
  std::uniform_int_distribution<int> choice(0, 5);
  const double lower = std::pow(10, exponent(random)) * (share(random) - 0.5);
  const double few = (accuracy + 4) * ulp(std::abs(lower));
  const double width = choice(random) == 0 ? few : std::pow(10, exponent(random)) + few;
  const double upper = lower + width;
  switch (choice(random)) {
    case 0:
      x = lower;
      break;
    case 1:
      x = upper;
      break;
    case 2:
      x = std::nextafter(lower, upper);
      break;
    default:
      x = std::clamp(lower + width * share(random), lower, upper);
  }
  return {choice(random) == 0 ? -infinity : lower,
          choice(random) == 0 ? infinity : upper};
}

TEST(GradientOf, NeverEvaluatesOutsideItsBounds) {
  constexpr int boxes = 10000;
  Random random(seed);
  std::size_t points = 0;
  for (int box = 0; box < boxes; ++box) {
    SCOPED_TRACE(box);
    const int accuracy = 2 + 2 * static_cast<int>(random() % 10);
    std::vector<double> x(1 + random() % 4);
    CallableOptions options = {.accuracy = accuracy};
    for (double& at : x) options.bounds.push_back(random_bounds(accuracy, at, random));
    bool is_inside = true;
    const auto first = [&](Point at) {
      ++points;
      for (std::size_t i = 0; i < at.size(); ++i) {
        const auto& [lower, upper] = options.bounds[i];
        is_inside = is_inside && at[i] >= lower && at[i] <= upper;
      }
      return at[0] - x[0];
    };

    const auto [value, slopes, evaluations] = gradient_of(first, x, options);

    EXPECT_TRUE(is_inside);
    EXPECT_EQ(evaluations, 1 + x.size() * static_cast<std::size_t>(accuracy));
    // Terms of a slope of 1 are at most binomial coefficients.
    EXPECT_NEAR(slopes[0], 1, row_bound<double>(20, std::pow(2, accuracy)));
    for (std::size_t i = 1; i < x.size(); ++i) EXPECT_EQ(slopes[i], 0);
  }
  EXPECT_GT(points, 100000U);
}

TEST(GradientOf, StaysFiniteNextToTheLargestNumbers) {
  const double largest = std::numeric_limits<double>::max();
  for (const double x : {largest, -largest, largest / 2}) {
    bool is_finite = true;
    const auto f = [&](Point at) {
      is_finite = is_finite && std::isfinite(at[0]);
      return at[0] / 4;
    };

    const double slope = gradient_of(f, {&x, 1}).gradient[0];

    EXPECT_TRUE(is_finite);
    EXPECT_NEAR(slope, 0.25, callable_bound(2, 1));
  }
}

TEST(GradientOf, OfABatchHasTheSameBits) {
  const auto f = [](Point x) { return smooth(x[0]) * std::cos(x[1]) + x[2]; };
  const std::array x = {0.3, -1.7, 1e4};
  int calls = 0;
  const auto batch = [&](StridedView<const double> points, std::span<double> values) {
    ++calls;
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = f(Point(points.data() + i * points.extents()[1], 3));
    }
  };

  const CallableGradient one_by_one = gradient_of(f, x, {.accuracy = 6});
  const CallableGradient at_once = gradient_of(batch, x, {.accuracy = 6});

  EXPECT_EQ(calls, 1);
  EXPECT_EQ(at_once.value, one_by_one.value);
  EXPECT_EQ(at_once.gradient, one_by_one.gradient);
  EXPECT_EQ(at_once.evaluations, 19U);
  EXPECT_EQ(one_by_one.evaluations, 19U);
}

TEST(GradientOf, OfNoVariablesIsTheValue) {
  const auto [value, gradient, evaluations] =
      gradient_of([](Point) { return 7; }, Point());

  EXPECT_EQ(value, 7);
  EXPECT_TRUE(gradient.empty());
  EXPECT_EQ(evaluations, 1U);
}

TEST(GradientOf, SpreadsNaNToTheVariablesThatMeetIt) {
  const auto f = [](Point x) { return std::sqrt(x[0]) + x[1]; };

  const std::vector<double> slopes = gradient_of(f, std::array{0.0, 1.0}).gradient;

  EXPECT_TRUE(std::isnan(slopes[0]));
  EXPECT_NEAR(slopes[1], 1, callable_bound(2, 2));
}

TEST(GradientOf, LetsExceptionsPass) {
  const auto f = [](Point) -> double { throw std::domain_error("f"); };

  EXPECT_THROW(static_cast<void>(gradient_of(f, std::array{1.0})), std::domain_error);
}

}  // namespace
}  // namespace gridgrad::test
