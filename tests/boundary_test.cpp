// boundary_test.cpp: every boundary against the field that it stands for, bit for bit
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/boundary.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "gridgrad/difference.hpp"
#include "gridgrad/gradient.hpp"
#include "support/bits.hpp"
#include "support/errors.hpp"
#include "support/extended.hpp"
#include "support/fields.hpp"
#include "support/reference_row.hpp"

namespace gridgrad::test {
namespace {

const std::vector<Scheme> schemes = {
    {},
    {.accuracy = 4},
    {.accuracy = 8},
    {.derivative = 2},
    {.derivative = 2, .accuracy = 6},
    {.derivative = 3},
    {.accuracy = 2, .bias = Bias::forward},
    {.derivative = 2, .accuracy = 3, .bias = Bias::backward},
};

// Reach of any of them, on any axis.
constexpr std::size_t widest_reach = 5;

// Multiples of 1/64, so that ghosts stand where doubles can say.
std::vector<double> dyadic_positions(std::size_t count, Random& random) {
  std::vector<double> x(count);
  double position = -3;
  for (double& at : x) at = position += static_cast<double>(32 + random() % 64) / 64;
  return x;
}

template <class T>
std::vector<T> moderate_samples(std::size_t count, Random& random) {
  std::vector<T> samples = random_samples<T>(count, random);
  if constexpr (Integer<T>) {
    for (T& sample : samples) sample /= 4;
  }
  return samples;
}

// Rows of the extended field that stand for the samples of the field.
template <class T>
Array<Result<T>> of_extended(const Array<T>& extended, std::size_t axis, const Axis& rule,
                             const Scheme& scheme) {
  std::vector<std::size_t> extents(extended.extents().begin(), extended.extents().end());
  const Difference operator_(rule, extents[axis], scheme);
  extents[axis] -= 2 * widest_reach;
  Array<Result<T>> result{std::span<const std::size_t>(extents)};
  operator_.apply(extended, axis, result,
                  {.rows = {widest_reach, widest_reach + extents[axis]}});
  return result;
}

template <class T>
void expect_same(const Array<T>& a, const Array<T>& b) {
  std::size_t different = 0;
  for_each_index(a.extents(), [&](std::span<const std::size_t> index) {
    different += same_bits(at(view(a), index), at(view(b), index)) ? 0 : 1;
  });
  EXPECT_EQ(different, 0U);
}

template <class T>
void expect_extended(const StridedView<const T>& field, std::size_t axis,
                     const std::pair<GhostCase, GhostCase>& rules, Random& random) {
  const auto& [lower, upper] = rules;
  const std::size_t extent = field.extents()[axis];
  const Array<T> extended = extended_field(field, axis, widest_reach, rules);
  const std::vector<double> x = dyadic_positions(extent, random);
  const std::vector<double> wide_x = extended_positions(lower, upper, x, widest_reach);
  // Period 64 on the spaced axis: 64 / extent apart.
  const Axis spaced = Axis::spaced(ghost_period / static_cast<double>(extent));
  for (const Scheme& scheme : schemes) {
    SCOPED_TRACE(testing::Message() << lower.name << ", " << upper.name << ", axis "
                                    << axis << ", derivative " << scheme.derivative
                                    << ", accuracy " << scheme.accuracy.value_or(2));
    const auto of = [&](const Axis& rule) {
      return derivative(field, {axis, rule.with_ends(lower.boundary, upper.boundary)},
                        scheme, {.threads = 2});
    };
    expect_same(of(spaced), of_extended(extended, axis, spaced, scheme));
    expect_same(of(Axis::at(x)), of_extended(extended, axis, Axis::at(wide_x), scheme));
  }
}

template <class T>
void expect_all_rules() {
  Random random(seed);
  const std::vector<std::size_t> shape = {13, 16, 14};
  const std::vector<T> samples = moderate_samples<T>(product(shape), random);
  const auto field = StridedView<const T>::contiguous(samples.data(), shape);
  const std::vector<GhostCase> cases = ghost_cases();
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    for (std::size_t k = 0; k < cases.size(); ++k) {
      expect_extended<T>(field, axis, {cases[k], cases[k]}, random);
      // Another rule at the upper end; a period has to be at both.
      const std::size_t other = (k + axis + 1) % cases.size();
      if (k == 0 || other == 0) continue;
      expect_extended<T>(field, axis, {cases[k], cases[other]}, random);
    }
  }
}

TEST(Boundary, OfFloat32IsThatOfTheExtendedField) {
  expect_all_rules<float>();
}
TEST(Boundary, OfFloat64IsThatOfTheExtendedField) {
  expect_all_rules<double>();
}
TEST(Boundary, OfComplex128IsThatOfTheExtendedField) {
  expect_all_rules<std::complex<double>>();
}
TEST(Boundary, OfInt16IsThatOfTheExtendedField) {
  expect_all_rules<std::int16_t>();
}

// Ghosts that are samples keep the exact differences of 64-bit integers.
TEST(Boundary, OfInt64IsThatOfTheExtendedField) {
  Random random(seed);
  const std::vector<std::int64_t> samples = moderate_samples<std::int64_t>(17, random);
  const auto field = view(samples);
  for (const GhostCase& rule : ghost_cases()) {
    if (rule.name.starts_with("anti") || rule.name.starts_with("turned")) continue;
    expect_extended<std::int64_t>(field, 0, {rule, rule}, random);
  }
}

TEST(Boundary, OfInt64IsNotTurned) {
  const std::vector<std::int64_t> field = {1, 2, 3, 4};

  EXPECT_ERROR(
      static_cast<void>(derivative(field, {0, Axis().with_ends(Antisymmetric{})})),
      bad_type,
      "field: int64 given; an antisymmetric boundary needs a type that holds minus a "
      "sample exactly, as float64");
}

template <class T>
void expect_constant_is_zero(T constant) {
  Random random(seed);
  std::vector<Boundary> boundaries = {OneSided(), Neumann{0}};
  for (const GhostCase& rule : ghost_cases()) {
    const bool turns = std::holds_alternative<Antisymmetric>(rule.boundary);
    if (rule.keeps_constants && !(turns && sizeof(T) == 8 && Integer<T>)) {
      boundaries.push_back(rule.boundary);
    }
  }
  for (const Boundary& boundary : boundaries) {
    for (const Scheme& scheme : schemes) {
      const std::vector<T> field(20, constant);
      for (const Axis& axis :
           {Axis::spaced(0.1), Axis::at(random_positions(20, random))}) {
        for (const auto& value :
             derivative(field, {0, axis.with_ends(boundary)}, scheme)) {
          EXPECT_EQ(value, Result<T>{}) << boundary.index();
        }
      }
    }
  }
}

TEST(Boundary, OfAConstantGivesExactlyZero) {
  expect_constant_is_zero(273.15F);
  expect_constant_is_zero(273.15);
  expect_constant_is_zero(std::complex<float>(273.15F, -1e10F));
  expect_constant_is_zero(to_float16(273.15F));
  expect_constant_is_zero(std::uint16_t{65535});
  expect_constant_is_zero(std::int64_t{9007199254740993});
}

TEST(Boundary, OfTheSameConstantGivesExactlyZero) {
  const std::vector<float> field(20, 0.1F);
  const double same = 0.1F;
  for (const Scheme& scheme : schemes) {
    const auto slope =
        derivative(field, {0, Axis::spaced(0.3).with_ends(Constant{same})}, scheme);
    EXPECT_EQ(slope, std::vector<float>(20, 0));
  }
}

TEST(Boundary, PeriodicLongitudesDifferByOneSpacingAcrossTheSeam) {
  std::vector<double> longitude;
  std::vector<double> field;
  for (int i = 0; i < 144; ++i) {
    longitude.push_back(2.5 * i);
    field.push_back(i * i);
  }

  const auto slope = derivative(field, {0, Axis::at(longitude).with_ends(Periodic{360})});

  const double scale = 1 / (2 * 2.5);
  EXPECT_EQ(slope.front(), scale * (1 - 143 * 143));
  EXPECT_EQ(slope.back(), scale * (0 - 142 * 142));
  EXPECT_EQ(slope[1], scale * 4);
}

// Nothing is periodic by itself: the last longitude is not next to the first.
TEST(Boundary, IsOneSidedUnlessAskedFor) {
  const std::vector<double> longitude = {0, 90, 180, 270};
  const std::vector<double> field = {0, 90, 180, 270};

  EXPECT_EQ(derivative(field, {0, Axis::at(longitude)}),
            (std::vector<double>{1, 1, 1, 1}));
}

TEST(Boundary, OfASpacedAxisTakesItsPeriodFromTheSpacing) {
  const std::vector<double> field = {0, 1, 0, -1};
  const Axis open = Axis::spaced(0.5).with_ends(Periodic{});
  const Axis closed = Axis::spaced(0.5).with_ends(Periodic{2});

  EXPECT_EQ(derivative(field, {0, open}), (std::vector<double>{2, 0, -2, 0}));
  EXPECT_EQ(derivative(field, {0, closed}), derivative(field, {0, open}));
}

TEST(Boundary, OfASpacedAxisMayHaveAWiderSeam) {
  const std::vector<double> field = {1, 4, 2, 8, 5};
  const std::vector<double> x = {0, 1, 2, 3, 4};

  EXPECT_EQ(derivative(field, {0, Axis().with_ends(Periodic{7})}),
            derivative(field, {0, Axis::at(x).with_ends(Periodic{7})}));
}

TEST(Boundary, RefusesAFirstSampleThatComesAgainUpToItsRounding) {
  const std::vector<double> longitude = {0, 90, 180, 270, 360 - 0x1p-10};
  const auto build = [](const Axis& axis) { static_cast<void>(Difference(axis, 5)); };
  EXPECT_ERROR(build(Axis::at(longitude).with_ends(Periodic{360})), bad_argument,
               "period: the last sample is only 0.0009765625 before the first comes "
               "again; leave out the last sample, which is the first again");
}

TEST(Boundary, RefusesAPeriodThatDoesNotCloseTheAxis) {
  const std::vector<double> x = {0, 90, 180, 270, 360};
  const auto build = [&](const Axis& axis) { Difference(axis, 5); };

  EXPECT_ERROR(build(Axis::at(x).with_ends(Periodic{360})), bad_argument,
               "period: 360 given; more than 360, from the first to the last sample, is "
               "needed; leave out the last sample, which is the first again");
  EXPECT_ERROR(build(Axis::at(x).with_ends(Periodic{100})), bad_argument,
               "period: 100 given; more than 360, from the first to the last sample, is "
               "needed");
  EXPECT_ERROR(build(Axis::at(x).with_ends(Periodic{})), bad_argument,
               "period: none given; coordinates need one, as 360 for degrees");
  EXPECT_ERROR(build(Axis().with_ends(Periodic{5}, OneSided())), bad_argument,
               "boundary: periodic at one end only; the same period at both ends is "
               "needed");
  EXPECT_ERROR(build(Axis().with_ends(Periodic{5}, Periodic{6})), bad_argument,
               "boundary: periodic at one end only; the same period at both ends is "
               "needed");
}

TEST(Boundary, RefusesToContinuePositionsWithoutOrder) {
  const std::vector<double> x = {0, -1, 5, 2, 9};

  EXPECT_ERROR(Difference(Axis::at(x).with_ends(Nearest{}), 5), bad_argument,
               "coordinates: not monotone; a boundary that continues the axis needs "
               "increasing or decreasing positions, else it can be one-sided or a halo");
}

TEST(Boundary, RefusesTooFewSamples) {
  const auto build = [](const Boundary& end, std::size_t extent) {
    Difference(Axis().with_ends(end), extent, {.accuracy = 4});
  };

  EXPECT_ERROR(build(OneSided(), 4), too_few_samples,
               "field: 4 samples along the axis; at least 5 are needed");
  EXPECT_ERROR(build(Symmetric(), 4), too_few_samples,
               "field: 4 samples along the axis; at least 5 are needed");
  EXPECT_ERROR(build(Halo(), 4), too_few_samples,
               "field: 4 samples along the axis; at least 5 are needed");
  EXPECT_ERROR(build(Neumann{}, 3), too_few_samples,
               "field: 3 samples along the axis; at least 4 are needed");
  EXPECT_ERROR(build(Constant{}, 1), too_few_samples,
               "field: 1 sample along the axis; at least 2 are needed");
}

// One value per line, against lines with one value each.
template <class T>
void expect_values_per_line(const Boundary& (*make)(const EndValues&)) {
  Random random(seed);
  const std::vector<std::size_t> shape = {6, 7, 8};
  const std::vector<T> samples = random_samples<T>(product(shape), random);
  const auto field = StridedView<const T>::contiguous(samples.data(), shape);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    std::vector<std::size_t> lines = shape;
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(axis));
    StridedField<T> values(lines, {1, 0}, 2, {false, true});
    values.samples() = random_samples<T>(values.samples().size(), random);
    const Boundary lower = make(EndValues::per_line(values.view()));
    const auto whole =
        derivative(field, {axis, Axis().with_ends(lower, OneSided())}, {.accuracy = 4});
    for_each_index(lines, [&](std::span<const std::size_t> line) {
      std::vector<std::size_t> place(line.begin(), line.end());
      place.insert(place.begin() + static_cast<std::ptrdiff_t>(axis), 0);
      std::vector<T> single;
      for (; place[axis] < shape[axis]; ++place[axis]) {
        single.push_back(at(field, std::span<const std::size_t>(place)));
      }
      const std::complex<double> value(at(values.view(), line));
      const auto expected =
          derivative(single, {0, Axis().with_ends(make(EndValues(value)), OneSided())},
                     {.accuracy = 4});
      for (place[axis] = 0; place[axis] < shape[axis]; ++place[axis]) {
        EXPECT_TRUE(same_bits(at(view(whole), std::span<const std::size_t>(place)),
                              expected[place[axis]]));
      }
    });
  }
}

const Boundary& constant_end(const EndValues& value) {
  static Boundary boundary;
  return boundary = Constant{value};
}
const Boundary& slope_end(const EndValues& value) {
  static Boundary boundary;
  return boundary = Neumann{value};
}

TEST(Boundary, TakesOneValuePerLine) {
  expect_values_per_line<float>(constant_end);
  expect_values_per_line<double>(constant_end);
  expect_values_per_line<std::complex<double>>(constant_end);
}

TEST(Boundary, TakesOneSlopePerLine) {
  expect_values_per_line<float>(slope_end);
  expect_values_per_line<std::complex<float>>(slope_end);
}

TEST(Boundary, RefusesValuesThatAreNotOnePerLine) {
  const Array<double> field({2, 3}, {1, 2, 3, 4, 5, 6});
  const Axis axis =
      Axis().with_ends(Constant{EndValues::per_line(std::vector<double>{1, 2})});

  EXPECT_ERROR(static_cast<void>(derivative(field, {0, axis})), bad_shape,
               "ends: shape (2) given; one per line, (3), is needed");
}

// Maximum error of the derivative of exp on [0, 1] with its slopes known at both ends.
double neumann_error(int order, int accuracy, std::size_t extent, bool is_spaced) {
  std::vector<double> x(extent);
  for (std::size_t i = 0; i < extent; ++i) {
    const double u = static_cast<double>(i) / static_cast<double>(extent - 1);
    x[i] = is_spaced ? u : u + 0.1 * std::sin(3 * u);
  }
  std::vector<double> f;
  for (const double at : x) f.push_back(std::exp(at));
  const Axis axis =
      Axis::at(x).with_ends(Neumann{std::exp(x.front())}, Neumann{std::exp(x.back())});
  const auto estimate =
      derivative(f, {0, axis}, {.derivative = order, .accuracy = accuracy});
  double worst = 0;
  for (std::size_t i = 0; i < extent; ++i) {
    worst = std::max(worst, std::abs(estimate[i] - f[i]));
  }
  return worst;
}

TEST(Boundary, WithAKnownSlopeHasTheOrderOfTheScheme) {
  for (const bool is_spaced : {true, false}) {
    for (const int order : {1, 2, 3}) {
      for (const int accuracy : {2, 4}) {
        const double coarse = neumann_error(order, accuracy, 33, is_spaced);
        const double fine = neumann_error(order, accuracy, 65, is_spaced);
        EXPECT_GE(std::log2(coarse / fine), accuracy - 0.15)
            << "derivative " << order << ", spaced " << is_spaced;
      }
    }
  }
}

TEST(Boundary, WithAKnownSlopeHasThatSlopeAtTheEnd) {
  const std::vector<double> field = {1, 4, 2, 8, 5};
  const Axis axis = Axis::spaced(0.3).with_ends(Neumann{0.7}, Neumann{-0.1});

  const auto slope = derivative(field, {0, axis}, {.accuracy = 4});

  EXPECT_EQ(slope.front(), 0.7);
  EXPECT_EQ(slope.back(), -0.1);
}

// Slopes are given in the unit of the result.
TEST(Boundary, WithAKnownSlopeCountsInTheUnitOfTheAxis) {
  const std::vector<double> field = {1, 4, 9, 16, 25};
  const Axis axis = Axis::spaced(1e9).per(1e9).with_ends(Neumann{2}, OneSided());

  EXPECT_EQ(
      derivative(field, {0, axis}, {.accuracy = 2}),
      derivative(field, {0, Axis().with_ends(Neumann{2}, OneSided())}, {.accuracy = 2}));
}

// A simulation's blocks, with their neighbours' samples around them.
void expect_halo_blocks(const Scheme& scheme, bool is_spaced) {
  Random random(seed);
  const std::vector<std::size_t> shape = {28, 30, 32};
  const std::vector<double> samples = random_samples<double>(product(shape), random);
  const auto field = StridedView<const double>::contiguous(samples.data(), shape);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::vector<double> x = random_positions(shape[axis], random);
    const auto rule = [&](std::size_t first, std::size_t count) {
      const std::span<const double> part(&x[first], count);
      return is_spaced ? Axis::spaced(0.25) : Axis::at(part);
    };
    const auto whole = derivative(field, {axis, rule(0, shape[axis])}, scheme);
    const std::size_t half = shape[axis] / 2;
    const std::size_t reach =
        (half - Difference(rule(0, half).with_ends(Halo()), half, scheme).row_count()) /
        2;
    for (const std::size_t first : {reach, half}) {
      std::vector<std::size_t> extents = shape;
      extents[axis] = half - reach + 2 * reach;
      const StridedView<const double> block(
          samples.data() +
              static_cast<std::ptrdiff_t>(first - reach) * field.strides()[axis],
          extents, field.strides());
      const Axis inside = rule(first - reach, extents[axis]).with_ends(Halo());
      extents[axis] = half - reach;
      Array<double> out{std::span<const std::size_t>(extents)};
      gradient_into(block, {{axis, inside}}, {view(out)}, scheme);
      for_each_index(extents, [&](std::span<const std::size_t> index) {
        std::vector<std::size_t> place(index.begin(), index.end());
        place[axis] += first;
        ASSERT_EQ(at(view(out), index),
                  at(view(whole), std::span<const std::size_t>(place)));
      });
    }
  }
}

TEST(Boundary, OfBlocksWithHalosJoinsToTheWhole) {
  for (const bool is_spaced : {true, false}) {
    expect_halo_blocks({.accuracy = 4}, is_spaced);
    expect_halo_blocks({.accuracy = 8}, is_spaced);
    expect_halo_blocks({.derivative = 2, .accuracy = 4}, is_spaced);
  }
}

}  // namespace
}  // namespace gridgrad::test
