// staggered_test.cpp: derivatives between centres and faces, beside slow rows
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/staggered.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include <gtest/gtest.h>

#include "support/bits.hpp"
#include "support/bounds.hpp"
#include "support/errors.hpp"
#include "support/every_target.hpp"
#include "support/reference_staggered.hpp"

namespace gridgrad::test {
namespace {

constexpr double lower_value = 0.75;
constexpr double upper_value = -1.25;

enum class Direction { to_faces, to_centres };

// One operator and what a slow row knows of it.
struct Case {
  StaggeredAxis axis;
  ReferenceCells cells;
  Faces faces;
  Direction direction;
  Scheme scheme;

  [[nodiscard]] Difference made() const {
    return direction == Direction::to_faces ? to_faces(axis, faces, scheme)
                                            : to_centres(axis, faces, scheme);
  }
  [[nodiscard]] int count() const { return static_cast<int>(axis.cells()); }
  [[nodiscard]] std::vector<int> samples() const {
    return direction == Direction::to_faces ? centre_places(count())
                                            : face_places(faces, count());
  }
  [[nodiscard]] std::vector<int> rows() const {
    return direction == Direction::to_faces ? face_places(faces, count())
                                            : centre_places(count());
  }
};

// All kinds of cells: equal, irregular with centres midway and elsewhere, backwards.
std::vector<std::pair<StaggeredAxis, ReferenceCells>> all_cells(int count,
                                                                Random& random) {
  std::vector<std::pair<StaggeredAxis, ReferenceCells>> all;
  const auto n = static_cast<std::size_t>(count);
  ReferenceCells equal = {{}, true};
  for (int h = 0; h <= 2 * count; ++h) equal.places.push_back(Exact(0.3) * h / 2);
  all.emplace_back(StaggeredAxis::spaced(n, 0.3), equal);
  std::uniform_real_distribution<double> share(0.3, 0.7);
  for (const bool has_centres : {false, true}) {
    std::vector<double> faces = random_positions(n + 1, random);
    if (has_centres) {
      for (double& face : faces) face = -face;
    }
    std::vector<double> centres;
    ReferenceCells cells;
    for (std::size_t i = 0; i < n; ++i) {
      centres.push_back(faces[i] + share(random) * (faces[i + 1] - faces[i]));
      cells.places.emplace_back(faces[i]);
      cells.places.push_back(has_centres ? Exact(centres[i])
                                         : (Exact(faces[i]) + Exact(faces[i + 1])) / 2);
    }
    cells.places.emplace_back(faces[n]);
    const StaggeredAxis axis = StaggeredAxis::at(faces);
    all.emplace_back(has_centres ? axis.with_centres(centres) : axis, cells);
  }
  return all;
}

// Which ends operators have whose rows all lie between values.
std::vector<Case> cases_of(const StaggeredAxis& axis, const ReferenceCells& cells,
                           const Scheme& scheme) {
  std::vector<Case> cases;
  for (const Direction direction : {Direction::to_faces, Direction::to_centres}) {
    for (const Faces faces : {Faces::left, Faces::right, Faces::inner, Faces::outer}) {
      const bool has_first = faces == Faces::left || faces == Faces::outer;
      const bool has_last = faces == Faces::right || faces == Faces::outer;
      const bool needs_known = direction == Direction::to_faces;
      ReferenceCells reference = cells;
      reference.has_lower = has_first == needs_known;
      reference.has_upper = has_last == needs_known;
      const auto end = [](bool has) { return has ? Boundary(Constant()) : OneSided(); };
      cases.push_back({axis.with_ends(end(reference.has_lower), end(reference.has_upper)),
                       reference, faces, direction, scheme});
      if (has_first == has_last) continue;
      reference.has_lower = reference.has_upper = false;
      reference.is_periodic = true;
      cases.push_back({axis.with_ends(Periodic()), reference, faces, direction, scheme});
    }
  }
  return cases;
}

std::vector<Case> all_cases(int cells, Random& random) {
  std::vector<Case> cases;
  for (const Scheme& scheme :
       {Scheme(), Scheme{.accuracy = 4}, Scheme{.accuracy = 6, .edge_order = 3},
        Scheme{.accuracy = 2, .edge_order = 5}}) {
    for (const auto& [axis, reference] : all_cells(cells, random)) {
      for (const Case& one : cases_of(axis, reference, scheme)) cases.push_back(one);
    }
  }
  return cases;
}

// The rows of a case, made once: their weights have many digits.
class SlowRows {
 public:
  explicit SlowRows(const Case& of)
      : is_periodic_(of.cells.is_periodic),
        extent_(static_cast<int>(of.samples().size())),
        shift_(2 * extent_) {
    const std::vector<int> samples = of.samples();
    for (const int place : of.rows()) {
      const int base = (place - 1 - samples[0] + 2) / 2 - 1;
      const ReferenceNodes nodes =
          nodes_of_row(of.cells, samples, place, {.positions = {0}, .scheme = of.scheme});
      rows_.push_back(reference_row(of.cells, nodes, place, {base, shift_}));
    }
  }

  // The derivative at row i of the samples that `sample(index)` gives.
  template <class T, class Sample>
  [[nodiscard]] T value(std::size_t i, Sample&& sample) const {
    return row_value<T>(rows_[i], [&](std::size_t shifted) -> T {
      const int index = static_cast<int>(shifted) - shift_;
      const int wrapped = (index + extent_) % extent_;
      if (is_periodic_) return sample(static_cast<std::size_t>(wrapped));
      if (index < 0) return static_cast<T>(lower_value);
      if (index >= extent_) return static_cast<T>(upper_value);
      return sample(static_cast<std::size_t>(index));
    });
  }

 private:
  bool is_periodic_;
  int extent_;
  int shift_;
  std::vector<ReferenceRow> rows_;
};

const std::array<EndValues, 2> known = {EndValues(lower_value), EndValues(upper_value)};

class Staggered : public EveryTarget {};
GRIDGRAD_FOR_EVERY_TARGET(Staggered);

// The shape of a field, whose extent along the axis follows from the operator.
struct Shape {
  std::vector<std::size_t> extents;
  std::size_t axis;
};

template <class T>
void expect_slow_rows(const Case& of, const Shape& shape, const SlowRows& rows,
                      Random& random) {
  auto [extents, axis_of_shape] = shape;
  const std::size_t axis = axis_of_shape;
  const Difference operator_ = of.made();
  ASSERT_EQ(operator_.extent(), of.samples().size());
  ASSERT_EQ(operator_.row_count(), of.rows().size());
  extents[axis] = operator_.extent();
  const std::vector<T> samples = random_samples<T>(product(extents), random);
  const auto field = StridedView<const T>::contiguous(samples.data(), extents);
  extents[axis] = operator_.row_count();
  std::vector<T> results(product(extents));
  const auto out = StridedView<T>::contiguous(results.data(), extents);

  operator_.apply(field, axis, out, {.ends = known});

  for_each_index(extents, [&](std::span<const std::size_t> index) {
    std::vector<std::size_t> from(index.begin(), index.end());
    const T slow = rows.value<T>(index[axis], [&](std::size_t j) {
      from[axis] = j;
      return at(field, from);
    });
    ASSERT_TRUE(same_bits(at(out, index), slow))
        << "row " << index[axis] << " of " << operator_.row_count() << ", faces "
        << static_cast<int>(of.faces) << ", direction " << static_cast<int>(of.direction)
        << ", periodic " << of.cells.is_periodic << ", equal " << of.cells.are_equal
        << ", accuracy " << of.scheme.accuracy.value_or(2) << ": " << at(out, index)
        << " instead of " << slow;
  });
}

TEST_P(Staggered, RowsHaveTheBitsOfSlowRows) {
  Random random(seed);
  for (const Case& of : all_cases(11, random)) {
    const SlowRows rows(of);
    expect_slow_rows<double>(of, {{0}, 0}, rows, random);
    expect_slow_rows<float>(of, {{3, 0}, 1}, rows, random);
    expect_slow_rows<double>(of, {{2, 0, 5}, 1}, rows, random);
    expect_slow_rows<float>(of, {{0, 3}, 0}, rows, random);
    if (HasFatalFailure()) return;
  }
}

TEST_P(Staggered, RowsOfManyShortLinesHaveTheBitsOfSlowRows) {
  Random random(seed);
  for (const Case& of : all_cases(8, random)) {
    if (of.scheme.accuracy.value_or(2) > 4) continue;
    const SlowRows rows(of);
    expect_slow_rows<double>(of, {{20, 0}, 1}, rows, random);
    if (HasFatalFailure()) return;
  }
}

TEST(StaggeredRows, OfTwoSamplesAreTheirDifferenceOverTheSpacing) {
  const std::vector<double> centres = {1, 4, 9, 16};
  std::vector<double> faces(3);

  to_faces(StaggeredAxis::spaced(4, 0.5), Faces::inner).apply(centres, 0, faces);

  EXPECT_EQ(faces, (std::vector<double>{6, 10, 14}));
}

TEST(StaggeredRows, OfAConstantAreZero) {
  Random random(seed);
  for (const Case& of : all_cases(9, random)) {
    const Difference operator_ = of.made();
    const std::vector<double> samples(operator_.extent(), 0.1);
    std::vector<double> results(operator_.row_count(), 1);

    operator_.apply(samples, 0, results, {.ends = {EndValues(0.1), EndValues(0.1)}});

    EXPECT_EQ(results, std::vector<double>(results.size(), 0.0));
  }
}

// Blocks of rows see what `support` says and nothing else.
TEST(StaggeredRows, AppliedToBlocksGiveTheBitsOfTheWhole) {
  Random random(seed);
  for (const Case& of : all_cases(13, random)) {
    const Difference operator_ = of.made();
    const auto samples = random_samples<double>(operator_.extent(), random);
    std::vector<double> whole(operator_.row_count());
    operator_.apply(samples, 0, whole, {.ends = known});
    for (std::size_t row = 0; row < whole.size(); ++row) {
      const Range rows = {row, std::min(row + 2, whole.size())};
      const std::vector<Range> held = operator_.support(rows);
      std::vector<double> block;
      for (const Range& range : held) {
        for (std::size_t i = range.first; i < range.last; ++i)
          block.push_back(samples[i]);
      }
      std::vector<double> part(rows.size());

      operator_.apply(block, 0, part, {.rows = rows, .samples = held, .ends = known});

      for (std::size_t i = 0; i < part.size(); ++i) {
        EXPECT_TRUE(same_bits(part[i], whole[row + i]));
      }
    }
  }
}

TEST(StaggeredRows, TransposedAreTheTransposedMatrix) {
  Random random(seed);
  for (const Case& of : all_cases(9, random)) {
    const Difference operator_ = of.made();
    const SparseRows rows = operator_.rows();
    const SparseRows columns = operator_.transposed().rows();
    std::vector<std::vector<double>> a(operator_.row_count(),
                                       std::vector<double>(operator_.extent()));
    auto b = a;
    for (std::size_t i = 0; i + 1 < rows.starts.size(); ++i) {
      for (std::size_t k = rows.starts[i]; k < rows.starts[i + 1]; ++k) {
        a[i][rows.columns[k]] = rows.weights[k];
      }
    }
    for (std::size_t j = 0; j + 1 < columns.starts.size(); ++j) {
      for (std::size_t k = columns.starts[j]; k < columns.starts[j + 1]; ++k) {
        b[columns.columns[k]][j] = columns.weights[k];
      }
    }
    EXPECT_EQ(a, b);
  }
}

TEST(StaggeredRows, SpreadMissingSamplesToTheRowsThatReadThem) {
  Random random(seed);
  for (Case of : all_cases(12, random)) {
    const Difference plain = of.made();
    of.scheme.missing = Propagate();
    const Difference operator_ = of.made();
    auto samples = random_samples<double>(operator_.extent(), random);
    samples[4] = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> as_data(operator_.row_count());
    std::vector<double> results(operator_.row_count());

    plain.apply(samples, 0, as_data, {.ends = known});
    operator_.apply(samples, 0, results, {.ends = known});

    for (std::size_t i = 0; i < results.size(); ++i) {
      EXPECT_TRUE(std::isnan(results[i]) || same_bits(results[i], as_data[i]));
      EXPECT_TRUE(std::isnan(results[i]) || !std::isnan(as_data[i]));
    }
    EXPECT_TRUE(std::isnan(results[4]) || of.direction == Direction::to_centres);
  }
}

// Largest error of the derivative of sin on `count` cells that grow smoothly.
double error_on(int count, Faces faces, Direction direction, int accuracy) {
  const auto face = [&](double i) {
    const double t = i / count;
    return t + 0.05 * std::sin(2 * std::numbers::pi * t);
  };
  std::vector<double> positions;
  for (int i = 0; i <= count; ++i) positions.push_back(face(i));
  const StaggeredAxis axis = StaggeredAxis::at(positions);
  const auto place = [&](int h) {
    const auto i = static_cast<std::size_t>(h / 2);
    return h % 2 == 0 ? positions[i] : (positions[i] + positions[i + 1]) / 2;
  };
  const Case of = {axis, {}, faces, direction, {.accuracy = accuracy}};
  std::vector<double> samples;
  for (const int h : of.samples()) samples.push_back(std::sin(3 * place(h)));
  const Difference operator_ = of.made();
  std::vector<double> results(operator_.row_count());
  operator_.apply(samples, 0, results);
  double largest = 0;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const double exact = 3 * std::cos(3 * place(of.rows()[i]));
    largest = std::max(largest, std::abs(results[i] - exact));
  }
  return largest;
}

// Twice the cells leave 2^-p of the error; a fifth of an order is left for what is next.
TEST(StaggeredRows, ConvergeAtTheOrderOfTheirAccuracyOnIrregularCells) {
  for (const int accuracy : {2, 4, 6}) {
    for (const auto& [faces, direction] :
         {std::pair(Faces::inner, Direction::to_faces),
          std::pair(Faces::outer, Direction::to_centres)}) {
      const int count = accuracy == 2 ? 256 : 64;
      const double coarse = error_on(count, faces, direction, accuracy);
      const double fine = error_on(2 * count, faces, direction, accuracy);
      EXPECT_GT(std::log2(coarse / fine), accuracy - 0.2);
    }
  }
}

TEST(StaggeredRows, SayTheOrderThatTheyHave) {
  const SparseRows equal = to_faces(StaggeredAxis::spaced(9, 1), Faces::inner,
                                    {.accuracy = 6, .edge_order = 3})
                               .rows();

  EXPECT_EQ(equal.accuracies, (std::vector<int>{3, 4, 6, 6, 6, 6, 4, 3}));
}

TEST(StaggeredRefusals, NameTheArgumentAndWhatIsAccepted) {
  const StaggeredAxis axis = StaggeredAxis::spaced(4, 1);
  const std::vector<double> turning = {0, 1, 3, 2};
  const std::vector<double> faces = {0, 1, 3};
  const std::vector<double> outside = {0.5, 3.5};
  EXPECT_ERROR(static_cast<void>(StaggeredAxis::spaced(0, 1)), bad_argument,
               "cells: 0 given; at least 1 is needed");
  EXPECT_ERROR(static_cast<void>(StaggeredAxis::spaced(2, 0)), bad_argument,
               "spacing: 0 given; a finite number other than 0 is needed");
  EXPECT_ERROR(static_cast<void>(StaggeredAxis::at(turning)), bad_argument,
               "faces: not monotone; increasing or decreasing positions are needed");
  EXPECT_ERROR(static_cast<void>(StaggeredAxis::at(faces).with_centres(outside)),
               bad_argument,
               "centres: 3.5 given for cell 1; a position between its faces, 1 and 3, is "
               "needed");
  EXPECT_ERROR(static_cast<void>(axis.with_ends(Nearest())), bad_argument,
               "boundary: a mirror, a slope, nearest or a halo given; the ends of cells "
               "are one-sided, periodic or have a constant");
  EXPECT_ERROR(static_cast<void>(axis.with_ends(Periodic(), OneSided())), bad_argument,
               "boundary: periodic at one end only; both or none is needed");
  EXPECT_ERROR(static_cast<void>(axis.with_ends(Periodic{4})), bad_argument,
               "period: given for cells; none is needed, it is the sum of all cells");
  EXPECT_ERROR(
      static_cast<void>(to_faces(axis, Faces::outer)), bad_argument,
      "boundary: one-sided at an end where rows lie beyond the samples; periodic "
      "or a constant is needed there, or rows within them");
  EXPECT_ERROR(
      static_cast<void>(to_faces(axis.with_ends(Periodic()), Faces::inner)), bad_argument,
      "faces: inner or outer given for a periodic axis; left or right is needed");
  EXPECT_ERROR(
      static_cast<void>(to_centres(axis.with_ends(Constant()), Faces::outer)),
      bad_argument,
      "boundary: a constant on a face that has samples; one-sided is needed there");
  EXPECT_ERROR(static_cast<void>(to_faces(axis, Faces::inner, {.derivative = 2})),
               bad_argument, "derivative: 2 given; between centres and faces it is 1");
  EXPECT_ERROR(
      static_cast<void>(to_faces(axis, Faces::inner, {.bias = Bias::forward})),
      bad_argument,
      "bias: forward or backward given; between centres and faces it is central");
  EXPECT_ERROR(static_cast<void>(to_faces(axis, Faces::inner, {.missing = Adapt()})),
               unsupported,
               "missing: adapt given; between centres and faces samples propagate or are "
               "data");
  EXPECT_ERROR(static_cast<void>(
                   to_faces(axis.with_ends(Periodic()), Faces::left, {.accuracy = 6})),
               too_few_samples, "field: 4 samples along the axis; at least 6 are needed");
  EXPECT_ERROR(static_cast<void>(to_faces(axis, Faces::inner, {.accuracy = 6})),
               too_few_samples, "field: 4 samples along the axis; at least 7 are needed");
}

}  // namespace
}  // namespace gridgrad::test
