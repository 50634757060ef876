// interpolant_missing_test.cpp: a location is missing where a sample that counts is
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "gridgrad/interpolant.hpp"
#include "gridgrad/masked.hpp"
#include "support/bounds.hpp"
#include "support/fields.hpp"
#include "support/interpolant_cases.hpp"

namespace gridgrad::test {
namespace {

using Marks = std::vector<std::uint8_t>;

constexpr double poison = -987654321;

bool reads_a_mark(const SparseRows& rows, const Marks& marks) {
  for (std::size_t k = 0; k < rows.columns.size(); ++k) {
    if (rows.weights[k] != 0 && marks[rows.columns[k]] != 0) return true;
  }
  return false;
}

// By brute force: whether the value or a partial derivative up to `order` has a weight
// that is not 0 where a sample is missing.
bool is_missing(const Interpolant<2>& whole, const std::array<double, 2>& at,
                const Marks& marks, std::size_t order) {
  using Axes = std::vector<std::size_t>;
  std::vector<Axes> partials = {{}};
  if (order >= 1) partials.insert(partials.end(), {{0}, {1}});
  if (order >= 2) partials.insert(partials.end(), {{0, 0}, {0, 1}, {1, 1}});
  const auto location = StridedView<const double>::contiguous(at.data(), {1, 2});
  for (const Axes& along : partials) {
    if (reads_a_mark(whole.rows(location, along), marks)) return true;
  }
  return false;
}

struct Counts {
  std::size_t missing = 0;
  std::size_t inside = 0;
};

// A query and a batch agree with the brute force, and write all their results.
void expect_missing_where_a_weight_is(const Interpolant<2>& gappy,
                                      const Interpolant<2>& whole,
                                      const std::array<double, 2>& at,
                                      const std::pair<const Marks&, Counts&>& to) {
  const auto location = StridedView<const double>::contiguous(at.data(), {1, 2});
  for (const std::size_t order : {0, 1, 2}) {
    std::vector<double> results(7, poison);
    Marks status(1, 99);
    const auto value = StridedView<double>::contiguous(results.data(), {1});
    const auto gradient = StridedView<double>::contiguous(results.data() + 1, {1, 2});
    const auto hessian = StridedView<double>::contiguous(results.data() + 3, {1, 2, 2});
    const auto state = view(status);
    Evaluation evaluation = {.value = value, .status = state};
    if (order >= 1) evaluation.gradient = gradient;
    if (order >= 2) evaluation.hessian = hessian;
    gappy.evaluate(location, evaluation);

    const bool expected = is_missing(whole, at, to.first, order);
    ASSERT_EQ(status[0] == static_cast<std::uint8_t>(Status::missing), expected)
        << at[0] << ' ' << at[1] << " order " << order;
    (expected ? to.second.missing : to.second.inside) += 1;
    const std::size_t written = order == 0 ? 1 : (order == 1 ? 3 : 7);
    for (std::size_t k = 0; k < written; ++k) {
      ASSERT_NE(results[k], poison);
      ASSERT_EQ(std::isnan(results[k]), expected);
    }
  }
  ASSERT_EQ(gappy.value_and_gradient(at).status == Status::missing,
            is_missing(whole, at, to.first, 1));
}

// Anywhere, on a line of samples, and on a sample.
std::array<double, 2> drawn_location(const std::array<AxisCase, 2>& axes,
                                     Random& random) {
  std::array<double, 2> at;
  for (std::size_t a = 0; a < 2; ++a) {
    const std::vector<double>& x = axes[a].x;
    std::uniform_real_distribution<double> share(-0.1, 1.1);
    at[a] = x[0] + share(random) * (x.back() - x[0]);
    if (random() % 3 == 0) at[a] = x[random() % x.size()];
  }
  return at;
}

template <class Field>
Counts expect_missing_where_weights_are(const Field& gaps, const Marks& marks,
                                        std::optional<double> fill, Random& random) {
  constexpr std::array<std::size_t, 2> extents = {9, 8};
  const std::vector<double> clean(72, 1);
  const auto whole_field = StridedView<const double>::contiguous(clean.data(), extents);
  Counts counts;
  for (int draw = 0; draw < 40; ++draw) {
    InterpolantOptions options = random_options(random);
    options.outside = Outside::extend;
    SCOPED_TRACE(described(options));
    std::array<AxisCase, 2> axes;
    for (std::size_t a = 0; a < 2; ++a) {
      axes[a] = random_axis(extents[a], {OneSided{}, Nearest{}, Neumann{}}, random);
    }
    const std::array<Axis, 2> rules = {axes[0].rule, axes[1].rule};
    const Interpolant<2> whole(whole_field, rules, options);
    options.missing = fill;
    const Interpolant<2> gappy(gaps, rules, options);
    for (int k = 0; k < 100; ++k) {
      expect_missing_where_a_weight_is(gappy, whole, drawn_location(axes, random),
                                       {marks, counts});
      if (testing::Test::HasFailure()) return counts;
    }
  }
  EXPECT_GT(counts.missing, 1000U);
  EXPECT_GT(counts.inside, 1000U);
  return counts;
}

Marks random_marks(Random& random) {
  Marks marks(72);
  for (std::uint8_t& mark : marks) mark = random() % 12 == 0 ? 1 : 0;
  return marks;
}

template <class T>
std::vector<T> samples_with(const Marks& marks, T gap, Random& random) {
  std::vector<T> samples;
  for (const std::uint8_t mark : marks) {
    samples.push_back(mark != 0 ? gap : static_cast<T>(random() % 200));
  }
  return samples;
}

TEST(InterpolantMissing, IsWhereAWeightOfAByteFieldFallsOnItsFillValue) {
  Random random(seed);
  const Marks marks = random_marks(random);
  const auto samples = samples_with<std::uint8_t>(marks, 255, random);
  const auto field = StridedView<const std::uint8_t>::contiguous(samples.data(), {9, 8});

  expect_missing_where_weights_are(field, marks, 255, random);
  expect_missing_where_weights_are(filled(field, 255), marks, {}, random);
}

TEST(InterpolantMissing, IsWhereAWeightOfAFloatFieldFallsOnNaN) {
  Random random(seed);
  const Marks marks = random_marks(random);
  const auto floats =
      samples_with<float>(marks, std::numeric_limits<float>::quiet_NaN(), random);
  const auto doubles =
      samples_with<double>(marks, std::numeric_limits<double>::quiet_NaN(), random);

  expect_missing_where_weights_are(
      StridedView<const float>::contiguous(floats.data(), {9, 8}), marks, {}, random);
  expect_missing_where_weights_are(
      StridedView<const double>::contiguous(doubles.data(), {9, 8}), marks, {}, random);
}

TEST(InterpolantMissing, IsWhereAWeightFallsOnAMark) {
  Random random(seed);
  const Marks marks = random_marks(random);
  const auto samples = samples_with<double>(marks, 3, random);
  const auto field = StridedView<const double>::contiguous(samples.data(), {9, 8});
  const auto mask = StridedView<const std::uint8_t>::contiguous(marks.data(), {9, 8});

  expect_missing_where_weights_are(masked(field, mask), marks, {}, random);
}

// Slots of weight 0 next to a gap do not count, and leave the bits of a whole field.
// Samples of weight 0 are left out, and sums are taken in another order then.
TEST(InterpolantMissing, NextToAGapIsWhatTheWholeFieldHas) {
  Random random(seed);
  constexpr std::size_t side = 9;
  const std::vector<double> whole = random_samples<double>(side * side, random);
  std::vector<double> samples = whole;
  samples[4 * side + 4] = std::numeric_limits<double>::quiet_NaN();
  const auto of = [](const std::vector<double>& field) {
    return Interpolant<2>(
        StridedView<const double>::contiguous(field.data(), {side, side}),
        {Axis(), Axis()});
  };
  std::uniform_real_distribution<double> share(0, 1);
  for (int draw = 0; draw < 1000; ++draw) {
    // On the line of a sample two away from the gap no weight falls on it.
    const std::array<double, 2> at = {2 + 4 * static_cast<double>(draw % 2),
                                      2 + 4 * share(random)};
    const auto expected = of(whole).value_and_gradient(at);
    const auto actual = of(samples).value_and_gradient(at);
    ASSERT_EQ(actual.status, Status::inside);
    constexpr double largest = 100;  // of random_sample()
    // Absolute weights sum to 5/4 at most for values and 5/2 for slopes (Keys).
    constexpr double weights = 1.25 * 2.5;
    const double bound = interpolant_bound(2, weights, largest, 0);
    EXPECT_NEAR(actual.value, expected.value, bound);
    EXPECT_NEAR(actual.gradient[0], expected.gradient[0], bound);
    EXPECT_NEAR(actual.gradient[1], expected.gradient[1], bound);
  }
  EXPECT_EQ(of(samples).value({3.5, 3.5}).status, Status::missing);
}

TEST(InterpolantMissing, ComparesIntegersInTheirOwnType) {
  constexpr std::int64_t fill = std::int64_t{1} << 53;
  const std::vector<std::int64_t> next_to_it(6, fill + 1);
  const std::vector<std::int64_t> filled_up(6, fill);
  const InterpolantOptions options = {.missing = static_cast<double>(fill)};

  EXPECT_EQ((Interpolant<1>(next_to_it, {Axis()}, options)).value({2.5}).status,
            Status::inside);
  EXPECT_EQ((Interpolant<1>(filled_up, {Axis()}, options)).value({2.5}).status,
            Status::missing);
}

TEST(InterpolantMissing, MayBeNaNInSoManyWords) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> samples = {1, 2, 3, 4, nan, 6};

  const Interpolant<1> line(filled(samples, nan), {Axis()});

  EXPECT_EQ(line.value({1.5}).value, 2.5);
  EXPECT_EQ(line.value({3.5}).status, Status::missing);
}

// One component with a gap makes the location missing: all its results are NaN.
TEST(InterpolantMissing, OfOneComponentIsThatOfAll) {
  std::vector<double> samples(2 * 6, 1);
  samples[2 * 3 + 1] = std::numeric_limits<double>::quiet_NaN();
  const auto field = StridedView<const double>::contiguous(samples.data(), {6, 2});
  const Interpolant<1, 2> vectors(field, {Axis()});

  const auto [value, jacobian, status] = vectors.value_and_gradient({2.5});

  EXPECT_EQ(status, Status::missing);
  EXPECT_TRUE(std::isnan(value[0]) && std::isnan(value[1]));
  EXPECT_TRUE(std::isnan(jacobian[0][0]) && std::isnan(jacobian[1][0]));
}

}  // namespace
}  // namespace gridgrad::test
