// missing_test.cpp: samples that do not exist, against a search that reads the rule
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/masked.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include <gtest/gtest.h>

#include "gridgrad/difference.hpp"
#include "gridgrad/gradient.hpp"
#include "support/bits.hpp"
#include "support/bounds.hpp"
#include "support/errors.hpp"
#include "support/extended.hpp"
#include "support/fields.hpp"
#include "support/reference_row.hpp"

namespace gridgrad::test {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<std::uint8_t> random_mask(std::size_t count, double share, Random& random) {
  std::bernoulli_distribution is_missing(share);
  std::vector<std::uint8_t> mask(count);
  for (std::uint8_t& mark : mask) mark = is_missing(random) ? 1 : 0;
  return mask;
}

// A line with one-sided or periodic ends, as the documentation of Adapt speaks of it.
struct Line {
  ReferenceAxis axis;
  bool is_periodic = false;
  std::vector<std::uint8_t> mask;

  [[nodiscard]] int extent() const { return static_cast<int>(mask.size()); }
  [[nodiscard]] bool has(int i) const {
    if (is_periodic)
      return mask[static_cast<std::size_t>((i + extent()) % extent())] == 0;
    return i >= 0 && i < extent() && mask[static_cast<std::size_t>(i)] == 0;
  }
  [[nodiscard]] bool has_all(int first, int last) const {
    for (int i = first; i <= last; ++i) {
      if (!has(i)) return false;
    }
    return true;
  }
};

int order_of(const Line& line, int below, int above) {
  const bool gains =
      line.axis.is_spaced() && below == above && line.axis.derivative() % 2 == 0;
  return below + above + 1 - line.axis.derivative() + (gains ? 1 : 0);
}

// Lowest and highest offset of the scheme's own row.
std::pair<int, int> own_row(const Line& line, int i) {
  const auto n = static_cast<std::size_t>(line.extent());
  if (line.is_periodic) {
    const int radius = (line.axis.derivative() + line.axis.accuracy() - 1) / 2;
    return {-radius, radius};
  }
  const auto offsets = reference_offsets(line.axis, static_cast<std::size_t>(i), n);
  return {std::min(offsets.front(), 0), std::max(offsets.back(), 0)};
}

int own_order(const Line& line, int i) {
  const auto [lowest, highest] = own_row(line, i);
  const int radius = (line.axis.derivative() + line.axis.accuracy() - 1) / 2;
  const bool is_inside = line.is_periodic || (i >= radius && i + radius < line.extent());
  if (is_inside) return line.axis.accuracy();
  return order_of(line, -lowest, highest);
}

struct Choice {
  int order = 0;
  int below = 0;
  int above = 0;
};

// Every run of neighbours that are there, contain the sample and lie within the reach:
// the highest order, then the most central, then the lower.
Choice best_run(const Line& line, int i, int minimum) {
  const auto [lowest, highest] = own_row(line, i);
  if (!line.has(i)) return {};
  if (line.has_all(i + lowest, i + highest) && own_order(line, i) >= minimum) {
    return {own_order(line, i), -lowest, highest};
  }
  const int m = line.axis.derivative();
  const int extra = line.axis.is_spaced() || m % 2 == 1 ? 0 : 1;
  const int reach = std::max((m + line.axis.accuracy() - 1) / 2 + extra,
                             m + line.axis.edge_order() - 1);
  std::map<std::tuple<int, int, int>, Choice> found;
  for (int below = 0; below <= reach; ++below) {
    for (int above = 0; above <= reach; ++above) {
      const int order = order_of(line, below, above);
      if (below + above < m || order < minimum || order > line.axis.accuracy()) continue;
      if (!line.has_all(i - below, i + above)) continue;
      found[{-order, std::abs(below - above), -below}] = {order, below, above};
    }
  }
  return found.empty() ? Choice{} : found.begin()->second;
}

Axis axis_of(const Line& line) {
  const Axis axis = line.axis.is_spaced() ? Axis::spaced(line.axis.spacing)
                                          : Axis::at(line.axis.positions);
  return line.is_periodic ? axis.with_ends(Periodic{}) : axis;
}

const std::vector<Scheme> schemes = {
    {},
    {.edge_order = 2},
    {.accuracy = 4},
    {.accuracy = 4, .edge_order = 2},
    {.accuracy = 8},
    {.derivative = 2},
    {.derivative = 2, .accuracy = 4},
    {.derivative = 3, .accuracy = 2},
};

template <class F>
void for_each_line(F&& f) {
  Random random(seed);
  for (const double share : {0.05, 0.2, 0.5}) {
    for (const Scheme& scheme : schemes) {
      for (int kind = 0; kind < 3; ++kind) {
        Line line;
        line.mask = random_mask(40, share, random);
        line.is_periodic = kind == 1;
        line.axis.spacing = 0.3;
        if (kind == 2) line.axis.positions = random_positions(40, random);
        line.axis.scheme = scheme;
        SCOPED_TRACE(testing::Message()
                     << "derivative " << scheme.derivative << ", accuracy "
                     << line.axis.accuracy() << ", share " << share << ", kind " << kind);
        f(line, random);
      }
    }
  }
}

TEST(Adapt, AchievesTheOrdersOfTheDocumentedRule) {
  for_each_line([](Line& line, Random&) {
    for (const int minimum : {1, 2}) {
      line.axis.scheme.missing = Adapt{minimum};
      const std::vector<double> field(40, 1);
      std::vector<std::uint8_t> orders(40);

      Difference(axis_of(line), 40, line.axis.scheme)
          .achieved_accuracy(masked(field, line.mask), 0, orders);

      for (int i = 0; i < 40; ++i) {
        EXPECT_EQ(orders[static_cast<std::size_t>(i)], best_run(line, i, minimum).order)
            << "sample " << i << ", minimum " << minimum;
      }
    }
  });
}

// The value on a run is that of a whole line that has no other samples.
TEST(Adapt, GivesTheValuesOfTheRunsChosen) {
  for_each_line([](Line& line, Random& random) {
    line.axis.scheme.missing = Adapt();
    const std::vector<double> field = random_samples<double>(40, random);

    const auto result =
        derivative(masked(field, line.mask), {0, axis_of(line)}, line.axis.scheme);

    for (int i = 0; i < 40; ++i) {
      const Choice run = best_run(line, i, 1);
      const auto own = static_cast<std::size_t>(i);
      if (run.order == 0) {
        EXPECT_TRUE(std::isnan(result[own]));
        continue;
      }
      Exact expected = 0;
      double magnitude = 0;
      std::vector<Exact> x;
      for (int k = -run.below; k <= run.above; ++k) {
        const auto at = static_cast<std::size_t>(i + k);
        x.push_back(line.axis.is_spaced()
                        ? Exact(line.axis.spacing) * k
                        : Exact(line.axis.positions[at]) - line.axis.positions[own]);
      }
      const std::vector<Exact> weights = fornberg_weights(x, line.axis.derivative());
      for (int k = -run.below; k <= run.above; ++k) {
        const Exact weight = weights[static_cast<std::size_t>(k + run.below)];
        const double difference =
            field[static_cast<std::size_t>((i + k + 40) % 40)] - field[own];
        expected += weight * difference;
        magnitude += std::abs((weight * difference).convert_to<double>());
      }
      EXPECT_NEAR(result[own], expected.convert_to<double>(),
                  row_bound<double>(20, magnitude) + 4 * magnitude * 0x1p-53)
          << "sample " << i;
    }
  });
}

TEST(Adapt, IsExactOnLinesWhereverASampleHasANeighbour) {
  Random random(seed);
  for (const double share : {0.05, 0.3, 0.5}) {
    const std::vector<double> x = random_positions(500, random);
    const std::vector<std::uint8_t> mask = random_mask(500, share, random);
    std::vector<double> field;
    for (const double at : x) field.push_back(2 * at - 1);
    const auto slope =
        derivative(masked(field, mask), {0, Axis::at(x)}, {.missing = Adapt()});
    for (std::size_t i = 1; i + 1 < 500; ++i) {
      const bool has_neighbour = mask[i - 1] == 0 || mask[i + 1] == 0;
      if (mask[i] != 0 || !has_neighbour) {
        EXPECT_TRUE(std::isnan(slope[i]));
      } else {
        // Slopes of 2; samples are rounded to 2^-53 of at most 1000, gaps are above 0.5.
        EXPECT_NEAR(slope[i], 2, row_bound<double>(2, 4) + 8 * 1000 * 0x1p-53);
      }
    }
  }
}

TEST(Propagate, LosesExactlyTheStencilsThatContainAMissingSample) {
  for_each_line([](Line& line, Random& random) {
    line.axis.scheme.missing = Propagate();
    const std::vector<double> field = random_samples<double>(40, random);
    Scheme plain = line.axis.scheme;
    plain.missing = NoneMissing();
    const auto whole = derivative(field, {0, axis_of(line)}, plain);

    const auto result =
        derivative(masked(field, line.mask), {0, axis_of(line)}, line.axis.scheme);

    for (int i = 0; i < 40; ++i) {
      const auto [lowest, highest] = own_row(line, i);
      const auto own = static_cast<std::size_t>(i);
      const bool is_whole = line.has_all(i + lowest, i + highest);
      EXPECT_TRUE(is_whole ? same_bits(result[own], whole[own]) : std::isnan(result[own]))
          << "sample " << i;
    }
  });
}

// NumPy gives a finite value at a NaN, and so does a rule that says nothing is missing.
TEST(Missing, SamplesHaveNoDerivativeUnlessTheyAreData) {
  const std::vector<double> field = {1, 2, nan, 4, 5};

  EXPECT_EQ(derivative(field, {0})[2], 1);
  EXPECT_TRUE(std::isnan(derivative(field, {0}, {.missing = Propagate()})[2]));
  EXPECT_TRUE(std::isnan(derivative(field, {0}, {.missing = Adapt()})[2]));
}

template <class T>
T with_gap();
template <>
float with_gap() {
  return std::numeric_limits<float>::quiet_NaN();
}
template <>
std::complex<double> with_gap() {
  return {nan, 1};
}
template <>
Float16 with_gap() {
  return to_float16(-200);
}
template <>
std::int16_t with_gap() {
  return -99;
}
template <>
std::int64_t with_gap() {
  return std::numeric_limits<std::int64_t>::min();
}

// A mask, a fill value and NaN say the same, in fields of rank 3, along every axis, with
// strides, in boxes and on threads.
template <class T>
void expect_marks_agree(double fill) {
  Random random(seed);
  const std::vector<std::size_t> shape = {17, 18, 19};
  StridedField<T> storage(shape, {2, 0, 1}, 2, {false, true, false});
  storage.samples() = random_samples<T>(storage.samples().size(), random);
  const std::vector<std::uint8_t> marks = random_mask(product(shape), 0.2, random);
  const auto mask = StridedView<const std::uint8_t>::contiguous(marks.data(), shape);
  const StridedView<const T> field = storage.view();
  StridedField<T> with_gaps = storage;
  const StridedView<T> gaps = with_gaps.view();
  for_each_index(shape, [&](std::span<const std::size_t> index) {
    if (at(mask, index) != 0) at(gaps, index) = with_gap<T>();
  });
  const StridedView<const T> gapped = gaps;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    for (const Missing& missing : {Missing(Propagate()), Missing(Adapt())}) {
      const Axis rule = Axis::at(random_positions(shape[axis], random));
      const Scheme scheme = {.accuracy = 4, .missing = missing};
      const auto by_mask = derivative(masked(field, mask), {axis, rule}, scheme);
      const auto by_value = derivative(filled(gapped, fill), {axis, rule}, scheme, {2});
      std::size_t different = 0;
      std::size_t there = 0;
      for_each_index(shape, [&](std::span<const std::size_t> index) {
        const auto value = at(view(by_mask), index);
        different += same_bits(value, at(view(by_value), index)) ? 0 : 1;
        there += same_bits(value, value) && at(mask, index) == 0 ? 1 : 0;
      });
      EXPECT_EQ(different, 0U) << "axis " << axis;
      EXPECT_GT(there, product(shape) / 2);
    }
  }
}

TEST(Missing, MarksAgreeForFloat32) {
  expect_marks_agree<float>(1e30);
}
TEST(Missing, MarksAgreeForComplex128) {
  expect_marks_agree<std::complex<double>>(1e30);
}
TEST(Missing, MarksAgreeForFloat16) {
  expect_marks_agree<Float16>(-200);
}
TEST(Missing, MarksAgreeForInt16) {
  expect_marks_agree<std::int16_t>(-99);
}
TEST(Missing, MarksAgreeForInt64) {
  expect_marks_agree<std::int64_t>(-0x1p63);
}

// Differences of large integers stay exact where a stencil gives way to another.
TEST(Missing, IntegersOf64BitsAreDifferencedExactly) {
  constexpr std::int64_t far = std::int64_t{1} << 60;
  const std::vector<std::int64_t> field = {far + 1, far + 2, -1, far + 7, far + 9};

  const auto slope = derivative(filled(field, -1), {0}, {.missing = Adapt()});

  EXPECT_EQ(slope[0], 1);
  EXPECT_EQ(slope[1], 1);
  EXPECT_TRUE(std::isnan(slope[2]));
  EXPECT_EQ(slope[3], 2);
  EXPECT_EQ(slope[4], 2);
}

// Every boundary has samples beyond the end wherever their sources are there.
TEST(Missing, BeyondTheEndsAreAsMissingAsTheirSources) {
  Random random(seed);
  for (const GhostCase& rule : ghost_cases()) {
    SCOPED_TRACE(rule.name);
    const std::vector<double> field = random_samples<double>(16, random);
    std::vector<double> gapped = field;
    gapped[1] = gapped[14] = nan;
    const auto extended = extended_field<double>(view(gapped), 0, 4, {rule, rule});
    const Axis axis = Axis::spaced(ghost_period / 16);
    for (const Missing& missing : {Missing(Propagate()), Missing(Adapt())}) {
      const Scheme scheme = {.accuracy = 4, .missing = missing};
      std::vector<double> of_extended(16);
      Difference(axis, 24, scheme).apply(extended, 0, of_extended, {.rows = {4, 20}});
      const auto result = derivative(gapped, {0, axis.with_ends(rule.boundary)}, scheme);
      for (std::size_t i = 0; i < 16; ++i) {
        EXPECT_TRUE(same_bits(result[i], of_extended[i])) << i;
      }
    }
  }
}

using Matrix = std::vector<std::vector<double>>;

Matrix dense(const SparseRows& rows, std::size_t columns) {
  Matrix matrix(rows.starts.size() - 1, std::vector<double>(columns, 0));
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    for (std::size_t k = rows.starts[i]; k < rows.starts[i + 1]; ++k) {
      matrix[i][rows.columns[k]] = rows.weights[k];
    }
  }
  return matrix;
}

// The matrix of a mask times the samples, and its transpose.
TEST(Missing, RowsOfAMaskAreWhatApplyDoes) {
  for_each_line([](Line& line, Random& random) {
    line.axis.scheme.missing = Adapt();
    const std::vector<double> field = random_samples<double>(40, random);
    const Difference operator_(axis_of(line), 40, line.axis.scheme);
    std::vector<double> out(40);
    operator_.apply(masked(field, line.mask), 0, out);

    const SparseRows rows = operator_.rows(line.mask);
    const Matrix matrix = dense(rows, 40);
    const Matrix transposed = dense(operator_.transposed(line.mask).rows(), 40);

    for (std::size_t i = 0; i < 40; ++i) {
      double sum = 0;
      double magnitude = 0;
      for (std::size_t j = 0; j < 40; ++j) {
        EXPECT_EQ(matrix[i][j], transposed[j][i]);
        EXPECT_TRUE(matrix[i][j] == 0 || line.mask[j] == 0) << "reads a missing sample";
        sum += matrix[i][j] * field[j];
        magnitude += std::abs(matrix[i][j] * field[j]);
      }
      EXPECT_EQ(rows.accuracies[i], best_run(line, static_cast<int>(i), 1).order);
      if (std::isnan(out[i])) {
        EXPECT_EQ(magnitude, 0);
      } else {
        EXPECT_NEAR(out[i], sum, 2 * row_bound<double>(20, 4 * magnitude));
      }
    }
  });
}

TEST(Missing, RefusesMarksWithoutARule) {
  const std::vector<double> field = {1, 2, 3};
  const std::vector<std::uint8_t> mask = {0, 1, 0};
  const std::vector<std::uint8_t> longer = {0, 1, 0, 0};
  const std::vector<std::uint8_t> bytes = {1, 2, 3};
  const Scheme adapt = {.missing = Adapt()};

  EXPECT_ERROR(static_cast<void>(derivative(masked(field, mask), {0})), bad_argument,
               "missing: samples are marked, but the scheme has no rule for them; "
               "Propagate or Adapt is needed");
  EXPECT_ERROR(static_cast<void>(derivative(masked(field, longer), {0}, adapt)),
               bad_shape,
               "mask: its shape is not that of the field; one mark per sample is needed");
  EXPECT_ERROR(static_cast<void>(derivative(filled(bytes, 300), {0}, adapt)),
               bad_argument,
               "fill: 300 given; a field of uint8 needs a value of its type");
  EXPECT_ERROR(static_cast<void>(derivative(field, {0}, {.missing = Adapt{3}})),
               bad_argument, "minimum: 3 given; 1 to 2 is needed");
  EXPECT_ERROR(static_cast<void>(Difference(Axis(), 3, adapt).rows(longer)), bad_shape,
               "mask: 4 marks given for 3 samples; one per sample is needed");
}

}  // namespace
}  // namespace gridgrad::test
