// spline_test.cpp: cubic splines: through the samples, smooth, and held to their ends
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "gridgrad/interpolant.hpp"
#include "gridgrad/masked.hpp"
#include "support/bounds.hpp"
#include "support/errors.hpp"
#include "support/interpolant_comparison.hpp"

namespace gridgrad::test {
namespace {

constexpr InterpolantOptions spline = {.interpolation = Interpolation::spline};
const Boundary not_a_knot = OneSided{};
const Boundary clamped = Neumann{};
const Boundary natural = Antisymmetric{Mirror::sample, Level::end_value};

// A line with its spline and what may be asked of it.
struct Line {
  AxisCase axis;
  std::vector<double> samples;
  Interpolant<1> interpolant;
  InterpolatedAxis reference;

  Line(AxisCase line, std::vector<double> values)
      : axis(std::move(line)),
        samples(std::move(values)),
        interpolant(samples, {axis.rule}, spline),
        reference(interpolated_axis(axis.rule, axis.x, spline)) {}

  [[nodiscard]] double bound(double x, const std::vector<std::size_t>& along) const {
    constexpr double largest = 100;  // of random_sample()
    const std::vector<std::size_t> extents = {samples.size()};
    const auto at = reference_query<1>({reference}, extents, samples.data(), {x});
    return partial_bound(at, spline, largest, along);
  }
  [[nodiscard]] auto at(double x) const {
    return interpolant.value_gradient_and_hessian({x});
  }
};

AxisCase irregular(std::size_t extent, const Boundary& lower, const Boundary& upper,
                   Random& random) {
  const std::vector<double> x = random_positions(extent, random);
  return {Axis::at(x).with_ends(lower, upper), x};
}

// Calls check(line) on lines of few samples with every pair of ends.
template <class F>
void for_each_line(F&& check) {
  Random random(seed);
  for (const std::size_t extent : {4, 5, 6, 7, 20}) {
    for (const Boundary& lower : {not_a_knot, clamped, natural, Boundary(Symmetric{})}) {
      for (const Boundary& upper :
           {not_a_knot, clamped, natural, Boundary(Symmetric{})}) {
        SCOPED_TRACE(std::to_string(extent) + " samples, ends " +
                     std::to_string(lower.index()) + " " + std::to_string(upper.index()));
        check(Line(irregular(extent, lower, upper, random),
                   random_samples<double>(extent, random)));
      }
    }
  }
}

TEST(Spline, PassesThroughItsSamples) {
  for_each_line([](const Line& line) {
    for (std::size_t i = 0; i < line.samples.size(); ++i) {
      const double x = line.axis.x[i];
      EXPECT_NEAR(line.at(x).value, line.samples[i], line.bound(x, {}));
    }
  });
}

TEST(Spline, IsHeldToItsEnds) {
  for_each_line([](const Line& line) {
    const auto expect_held = [&](const Boundary& end, double x) {
      const auto at = line.at(x);
      if (std::holds_alternative<Antisymmetric>(end)) {
        EXPECT_NEAR(at.hessian[0][0], 0, line.bound(x, {0, 0}));
      } else if (!std::holds_alternative<OneSided>(end)) {
        EXPECT_NEAR(at.gradient[0], 0, line.bound(x, {0}));
      }
    };
    expect_held(line.axis.rule.lower(), line.axis.x.front());
    expect_held(line.axis.rule.upper(), line.axis.x.back());
  });
}

// Third derivatives are differences of the second, which is a line in every cell.
TEST(Spline, HasNoKnotAtTheSecondSampleOfAOneSidedEnd) {
  for_each_line([](const Line& line) {
    if (!std::holds_alternative<OneSided>(line.axis.rule.lower())) return;
    const std::vector<double>& x = line.axis.x;
    const double middle = line.at(x[1]).hessian[0][0];
    const double before = (middle - line.at(x[0]).hessian[0][0]) / (x[1] - x[0]);
    const double inside = (x[1] + x[2]) / 2;
    const double after = (line.at(inside).hessian[0][0] - middle) / (inside - x[1]);

    constexpr double half_cell = 0.25;  // at least, of random_positions()
    const double bound =
        4 * line.bound(x[1], {0, 0}) / half_cell + row_bound<double>(4, std::abs(before));
    EXPECT_NEAR(before, after, bound);
  });
}

TEST(Spline, OfAPeriodicAxisClosesWithTwoDerivatives) {
  Random random(seed);
  for (const std::size_t extent : {4, 5, 6, 20}) {
    const std::vector<double> x = random_positions(extent, random);
    const double period = x.back() - x.front() + 0.8;
    const Line line({Axis::at(x).with_ends(Periodic{period}), x},
                    random_samples<double>(extent, random));
    constexpr double distance = 1e-9;
    const auto below = line.at(x[0] + period - distance);
    const auto above = line.at(x[0] + distance);

    // Two distances times the next derivative: that of a B-spline is at most 6 / h, 24 /
    // h^2 and 48 / h^3, h = 1 / 2, times coefficients of at most 10.1 times the spline,
    // which is no more than twice the largest sample where neighbours are 1 / 2 to 3 / 2
    // apart.
    const double moved = 2 * distance * 48 * 8 * 10.1 * 2 * 100;
    const std::vector<std::size_t> twice = {0, 0};
    EXPECT_NEAR(below.value, above.value, line.bound(x[0], {}) + moved);
    EXPECT_NEAR(below.gradient[0], above.gradient[0], line.bound(x[0], {0}) + moved);
    EXPECT_NEAR(below.hessian[0][0], above.hessian[0][0],
                2 * line.bound(x[0], twice) + moved);
  }
}

// Samples are read once: a spline follows its field when it is told to.
TEST(Spline, FollowsItsFieldWhenItIsUpdated) {
  Random random(seed);
  std::vector<double> samples = random_samples<double>(9, random);
  const Interpolant<1> old(samples, {Axis()}, spline);
  const double before = old.value({2.5}).value;
  const std::vector<double> moved = random_samples<double>(9, random);
  std::ranges::copy(moved, samples.begin());

  const double kept = old.value({2.5}).value;
  old.update();

  EXPECT_EQ(kept, before);
  EXPECT_EQ(old.value({2.5}).value,
            Interpolant<1>(moved, {Axis()}, spline).value({2.5}).value);
}

TEST(Spline, HasTheSameBitsOnAnyNumberOfThreads) {
  Random random(seed);
  const std::vector<double> samples = random_samples<double>(300 * 90, random);
  const auto field = StridedView<const double>::contiguous(samples.data(), {300, 90});
  const std::vector<Axis> axes = {Axis(), Axis().with_ends(Periodic{})};
  const std::vector<double> at = {17.3, 4.9};
  const auto location = StridedView<const double>::contiguous(at.data(), {1, 2});
  std::vector<double> values;
  for (const std::size_t threads : {1, 2, 3, 8}) {
    const AnyInterpolant interpolant(field, axes, spline, {threads});
    std::vector<double> value(1);
    interpolant.evaluate(location, {.value = AnyOutput(view(value))});
    values.push_back(value[0]);
  }

  EXPECT_EQ(values, std::vector<double>(4, values[0]));
}

TEST(Spline, OfAFieldOfAllStridesAndTypesIsTheSame) {
  Random random(seed);
  const std::vector<std::size_t> extents = {7, 20, 5};
  StridedField<std::int16_t> field(extents, {2, 0, 1}, 2, {false, true, false});
  const std::vector<std::int16_t> drawn =
      random_samples<std::int16_t>(product(extents), random);
  const std::vector<double> plain(drawn.begin(), drawn.end());
  std::size_t next = 0;
  for_each_index(extents, [&](std::span<const std::size_t> index) {
    at(field.view(), index) = drawn[next++];
  });
  const std::array<Axis, 3> axes = {Axis(), Axis::spaced(0.5), Axis()};

  const auto strided = Interpolant<3>(field.view(), axes, spline);
  const auto contiguous = Interpolant<3>(
      StridedView<const double>::contiguous(plain.data(), extents), axes, spline);

  EXPECT_EQ(strided.value({2.5, 3.1, 0.2}).value,
            contiguous.value({2.5, 3.1, 0.2}).value);
}

TEST(Spline, RefusesAMissingSample) {
  std::vector<double> samples(30, 1);
  samples[13] = std::nan("");
  const auto field = StridedView<const double>::contiguous(samples.data(), {5, 6});
  std::vector<std::uint8_t> bytes(6, 1);
  bytes[4] = 255;
  std::vector<std::uint8_t> mask(6, 0);
  mask[5] = 1;
  InterpolantOptions filled = spline;
  filled.missing = 255;

  EXPECT_ERROR(
      (Interpolant<2>(field, {Axis(), Axis()}, spline)), bad_argument,
      "field: sample (2, 1) is missing or not finite; a spline needs all samples, "
      "linear and cubic interpolation do not");
  EXPECT_ERROR((Interpolant<1>(bytes, {Axis()}, filled)), bad_argument,
               "field: sample (4) is missing or not finite; a spline needs all samples, "
               "linear and cubic interpolation do not");
  EXPECT_ERROR((Interpolant<1>(masked(bytes, mask), {Axis()}, spline)), bad_argument,
               "field: sample (5) is missing or not finite; a spline needs all samples, "
               "linear and cubic interpolation do not");
}

TEST(Spline, RefusesAnUpdateFromMissingSamplesAndStaysWhatItWas) {
  std::vector<double> samples = {1, 2, 4, 8, 16};
  const Interpolant<1> line(samples, {Axis()}, spline);
  const double before = line.value({1.5}).value;
  samples[4] = std::nan("");

  EXPECT_ERROR(line.update(), bad_argument,
               "field: sample (4) is missing or not finite; a spline needs all samples, "
               "linear and cubic interpolation do not");
  EXPECT_EQ(line.value({1.5}).value, before);
}

TEST(Spline, RefusesEndsThatItCannotHave) {
  const std::vector<double> samples(9, 1);
  constexpr const char* message =
      "boundary: an end that a spline cannot have along axis 0; one-sided (not-a-knot), "
      "periodic, symmetric about the sample or Neumann (clamped), and antisymmetric "
      "about "
      "the end value at the sample (natural) are accepted";
  for (const Boundary& end :
       {Boundary(Halo{}), Boundary(Nearest{}), Boundary(Constant{1}),
        Boundary(Symmetric{Mirror::half_point}), Boundary(Antisymmetric{}),
        Boundary(Antisymmetric{Mirror::half_point, Level::end_value})}) {
    const Axis axis = Axis().with_ends(OneSided{}, end);
    EXPECT_ERROR((Interpolant<1>(samples, {axis}, spline)), unsupported, message);
  }
}

}  // namespace
}  // namespace gridgrad::test
