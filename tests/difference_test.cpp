// difference_test.cpp: the operator: its rows, its transpose, its blocks and its ends
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/difference.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "gridgrad/gradient.hpp"
#include "support/bits.hpp"
#include "support/bounds.hpp"
#include "support/errors.hpp"
#include "support/fields.hpp"
#include "support/reference.hpp"

namespace gridgrad::test {
namespace {

using Matrix = std::vector<std::vector<double>>;

Matrix dense(const Difference& operator_) {
  const SparseRows rows = operator_.rows();
  Matrix matrix(operator_.row_count(), std::vector<double>(operator_.extent(), 0));
  for (std::size_t i = 0; i < operator_.row_count(); ++i) {
    for (std::size_t k = rows.starts[i]; k < rows.starts[i + 1]; ++k) {
      matrix[i][rows.columns[k]] = rows.weights[k];
    }
  }
  return matrix;
}

std::vector<double> applied(const Difference& operator_, const std::vector<double>& field,
                            std::array<EndValues, 2> ends = {}) {
  std::vector<double> out(operator_.row_count());
  operator_.apply(field, 0, out, {.ends = ends});
  return out;
}

const std::vector<Boundary>& boundaries() {
  static const std::vector<Boundary> all = {
      OneSided(),      Halo(),
      Symmetric(),     Symmetric{Mirror::half_point},
      Antisymmetric(), Antisymmetric{Mirror::half_point, Level::end_value},
      Nearest(),       Constant{2},
      Neumann{2}};
  return all;
}

// Spaced and at positions, of several orders, periodic and with every pair of ends.
std::vector<Difference> operators_with(const std::vector<Boundary>& ends,
                                       std::size_t extent, Random& random) {
  const std::vector<Scheme> schemes = {{},
                                       {.edge_order = 2},
                                       {.accuracy = 4},
                                       {.derivative = 2},
                                       {.derivative = 3, .accuracy = 2},
                                       {.accuracy = 2, .bias = Bias::forward}};
  std::vector<Difference> operators;
  for (const Axis& axis :
       {Axis::spaced(0.3), Axis::at(random_positions(extent, random))}) {
    for (const Scheme& scheme : schemes) {
      operators.emplace_back(axis.with_ends(Periodic{100}), extent, scheme);
      for (const Boundary& lower : ends) {
        for (const Boundary& upper : ends) {
          operators.emplace_back(axis.with_ends(lower, upper), extent, scheme);
        }
      }
    }
  }
  return operators;
}

std::vector<Difference> all_operators(std::size_t extent, Random& random) {
  return operators_with(boundaries(), extent, random);
}

TEST(Difference, TransposedOneSidedRowsAtPositionsAreTheDenseTranspose) {
  Random random(seed);
  const Difference operator_(Axis::at(random_positions(9, random)), 9, {.edge_order = 2});

  const Matrix matrix = dense(operator_);
  const Matrix transposed = dense(operator_.transposed());

  for (std::size_t i = 0; i < 9; ++i) {
    for (std::size_t j = 0; j < 9; ++j) EXPECT_EQ(transposed[j][i], matrix[i][j]);
  }
}

TEST(Difference, EveryTransposeIsTheDenseTranspose) {
  Random random(seed);
  for (const Difference& operator_ : all_operators(9, random)) {
    const Matrix matrix = dense(operator_);
    const Matrix transposed = dense(operator_.transposed());
    ASSERT_EQ(transposed.size(), operator_.extent());
    for (std::size_t i = 0; i < matrix.size(); ++i) {
      for (std::size_t j = 0; j < operator_.extent(); ++j) {
        EXPECT_EQ(transposed[j][i], matrix[i][j]);
      }
    }
  }
}

// <A x, y> = <x, A' y>, up to the roundings of both products and of A's entries.
TEST(Difference, TransposeIsTheAdjoint) {
  Random random(seed);
  for (const Difference& operator_ : all_operators(40, random)) {
    const std::vector<double> x = random_samples<double>(operator_.extent(), random);
    const std::vector<double> y = random_samples<double>(operator_.row_count(), random);
    const std::vector<double> forward = applied(operator_, x);
    const std::vector<double> backward = applied(operator_.transposed(), y);
    double magnitude = 0;
    const Matrix matrix = dense(operator_);
    for (std::size_t i = 0; i < y.size(); ++i) {
      for (std::size_t j = 0; j < x.size(); ++j) {
        magnitude += std::abs(matrix[i][j] * x[j] * y[i]);
      }
    }

    const double left = std::inner_product(y.begin(), y.end(), forward.begin(), 0.0);
    const double right = std::inner_product(x.begin(), x.end(), backward.begin(), 0.0);

    constexpr std::size_t longest_row = 6;
    EXPECT_NEAR(left, right,
                2 * row_bound<double>(longest_row, magnitude) +
                    2 * dot_bound<double>(x.size(), magnitude));
  }
}

TEST(Difference, TransposeOfFloat32AndIntegersIsApplied) {
  const Difference operator_(Axis::spaced(0.5), 4);
  const std::vector<float> y32 = {1, 2, 4, 8};
  const std::vector<std::int64_t> y64 = {1, 2, 4, 8};
  std::vector<float> out32(4);
  std::vector<double> out64(4);

  operator_.transposed().apply(y32, 0, out32);
  operator_.transposed().apply(y64, 0, out64);

  // Rows (f_1 - f_0) / h, (f_2 - f_0) / 2 h, (f_3 - f_1) / 2 h, (f_3 - f_2) / h.
  EXPECT_EQ(out32, (std::vector<float>{-4, -2, -14, 20}));
  EXPECT_EQ(out64, (std::vector<double>{-4, -2, -14, 20}));
}

// Lines that lie next to each other are computed as one.
TEST(Difference, OfNeighbouringLinesHasTheBitsOfEach) {
  Random random(seed);
  constexpr std::size_t extent = 40;
  constexpr std::size_t lines = 9;
  for (const Difference& rows : all_operators(extent, random)) {
    for (const Difference& operator_ : {rows, rows.transposed()}) {
      const std::size_t length = operator_.extent();
      const auto samples = random_samples<float>(lines * length, random);
      std::vector<float> together(lines * operator_.row_count());
      const auto field =
          StridedView<const float>::contiguous(samples.data(), {lines, length});
      const auto out =
          StridedView<float>::contiguous(together.data(), {lines, operator_.row_count()});
      operator_.apply(field, 1, out);
      for (std::size_t k = 0; k < lines; ++k) {
        const std::span<const float> line(samples.data() + k * length, length);
        std::vector<float> alone(operator_.row_count());
        operator_.apply(line, 0, alone);
        for (std::size_t i = 0; i < alone.size(); ++i) {
          EXPECT_TRUE(same_bits(together[k * alone.size() + i], alone[i]));
        }
      }
    }
  }
}

TEST(Difference, OfSamplesThatNoRowReadsTransposesToZero) {
  const Difference operator_(Axis().with_ends(Halo()), 3);
  const std::vector<double> y = {2};

  EXPECT_EQ(applied(operator_.transposed(), y), (std::vector<double>{-1, 0, 1}));
}

// A row with a value beyond its end is A f + b, b = its weight times the value.
TEST(Difference, AtAConstantEndSplitsIntoMatrixAndValue) {
  const Difference operator_(Axis::spaced(0.5).with_ends(Constant{}), 3);

  const SparseRows rows = operator_.rows();

  EXPECT_EQ(dense(operator_), (Matrix{{0, 1, 0}, {-1, 0, 1}, {0, -1, 0}}));
  EXPECT_EQ(rows.ends[0], (std::array<double, 2>{-1, 0}));
  EXPECT_EQ(rows.ends[1], (std::array<double, 2>{0, 0}));
  EXPECT_EQ(rows.ends[2], (std::array<double, 2>{0, 1}));
  EXPECT_EQ(applied(operator_, {1, 2, 4}, {10, 100}), (std::vector<double>{-8, 3, 98}));
}

TEST(Difference, OfTheExtendedFieldIsTheSameAtAConstantEnd) {
  Random random(seed);
  const std::vector<double> field = random_samples<double>(20, random);
  std::vector<double> extended = field;
  extended.insert(extended.begin(), 3.5);
  extended.push_back(-7);
  const Difference operator_(Axis::spaced(0.3).with_ends(Constant{3.5}, Constant{-7}),
                             20);
  const Difference wider(Axis::spaced(0.3).with_ends(Halo()), 22);

  EXPECT_EQ(applied(operator_, field, {3.5, -7}), applied(wider, extended));
  EXPECT_EQ(
      derivative(field, {0, Axis::spaced(0.3).with_ends(Constant{3.5}, Constant{-7})}),
      applied(wider, extended));
}

TEST(Difference, OfIntegersAtAConstantEndIsExact) {
  constexpr std::int64_t far = std::int64_t{1} << 62;
  const std::vector<std::int64_t> field = {far + 1, far + 3, far + 8};
  const Difference operator_(Axis().with_ends(Constant{}), 3);
  std::vector<double> out(3);

  operator_.apply(field, 0, out, {.ends = {0x1p62, 0x1p62}});

  EXPECT_EQ(out, (std::vector<double>{1.5, 3.5, -1.5}));
}

TEST(Difference, RefusesAnEndThatIntegersCannotHold) {
  const std::vector<std::int64_t> field = {1, 2, 3};
  const Difference operator_(Axis().with_ends(Constant{}), 3);
  std::vector<double> out(3);

  EXPECT_ERROR(operator_.apply(field, 0, out, {.ends = {0.5, 0}}), bad_argument,
               "ends: 0.5 given; a field of int64 needs a value of its type");
}

TEST(Difference, SupportNamesTheSamplesThatRowsRead) {
  const Difference operator_(Axis(), 10, {.edge_order = 2});

  EXPECT_EQ(operator_.support({0, 1}), (std::vector<Range>{{0, 3}}));
  EXPECT_EQ(operator_.support({3, 5}), (std::vector<Range>{{2, 6}}));
  EXPECT_EQ(operator_.support({9, 10}), (std::vector<Range>{{7, 10}}));
  EXPECT_EQ(operator_.support({0, 10}), (std::vector<Range>{{0, 10}}));
  EXPECT_TRUE(operator_.support({4, 4}).empty());
}

TEST(Difference, RefusesRowsItDoesNotHave) {
  const Difference operator_(Axis(), 10);

  EXPECT_ERROR(static_cast<void>(operator_.support({4, 11})), bad_argument,
               "rows: 4 to 11 given; the operator has 10 rows");
}

// Rows applied to blocks that hold just their support, joined: the bits of the whole.
template <class T>
void expect_blocks_have_the_bits_of_the_whole(const Difference& operator_,
                                              const std::vector<T>& field) {
  std::vector<Result<T>> whole(operator_.row_count());
  operator_.apply(field, 0, whole);
  for (std::size_t length = 1; length <= operator_.row_count(); ++length) {
    std::vector<Result<T>> joined(operator_.row_count());
    for (std::size_t first = 0; first < joined.size(); first += length) {
      const Range rows = {first, std::min(first + length, joined.size())};
      const std::vector<Range> support = operator_.support(rows);
      EXPECT_LE(support.size(), 3U);
      std::vector<T> block;
      for (const Range& range : support) {
        block.insert(block.end(), &field[range.first],
                     &field[range.first] + range.size());
      }
      std::span<Result<T>> out(&joined[first], rows.size());
      operator_.apply(block, 0, out, {.rows = rows, .samples = support});
    }
    EXPECT_EQ(joined, whole) << "blocks of " << length;
  }
}

TEST(Difference, OfBlocksHasTheBitsOfTheWhole) {
  Random random(seed);
  const std::vector<double> field = random_samples<double>(23, random);
  const std::vector<std::uint64_t> integers = random_samples<std::uint64_t>(23, random);
  const std::vector<Float16> halves = random_samples<Float16>(23, random);
  for (const Difference& operator_ : all_operators(23, random)) {
    expect_blocks_have_the_bits_of_the_whole(operator_, field);
    expect_blocks_have_the_bits_of_the_whole(operator_, halves);
  }
  // 64-bit integers cannot be turned.
  std::vector<Boundary> plain = boundaries();
  std::erase_if(plain, [](const Boundary& boundary) {
    return std::holds_alternative<Antisymmetric>(boundary);
  });
  for (const Difference& operator_ : operators_with(plain, 23, random)) {
    expect_blocks_have_the_bits_of_the_whole(operator_, integers);
  }
}

// The same of lines next to each other. Rows of transposes need not read their own
// sample.
void expect_blocks_of_lines_have_the_bits_of_the_whole(const Difference& operator_,
                                                       Random& random) {
  constexpr std::size_t lines = 5;
  const std::size_t extent = operator_.extent();
  const std::size_t count = operator_.row_count();
  const std::vector<double> field = random_samples<double>(lines * extent, random);
  std::vector<double> whole(lines * count);
  const auto view_of = [](auto& numbers, std::size_t length) {
    return StridedView(
        numbers.data(), std::vector<std::size_t>{lines, length},
        std::vector<std::ptrdiff_t>{static_cast<std::ptrdiff_t>(length), 1});
  };
  operator_.apply(view_of(field, extent), 1, view_of(whole, count));
  for (std::size_t length = 1; length <= count; ++length) {
    for (std::size_t first = 0; first < count; first += length) {
      const Range rows = {first, std::min(first + length, count)};
      const std::vector<Range> support = operator_.support(rows);
      std::vector<double> block;
      for (std::size_t line = 0; line < lines; ++line) {
        for (const Range& range : support) {
          const double* const from = field.data() + line * extent;
          block.insert(block.end(), from + range.first, from + range.last);
        }
      }
      std::vector<double> out(lines * rows.size());
      operator_.apply(view_of(block, block.size() / lines), 1, view_of(out, rows.size()),
                      {.rows = rows, .samples = support});
      for (std::size_t line = 0; line < lines; ++line) {
        EXPECT_TRUE(std::equal(&out[line * rows.size()],
                               &out[line * rows.size()] + rows.size(),
                               &whole[line * count + rows.first], same_bits<double>))
            << first << " of blocks of " << length;
      }
    }
  }
}

TEST(Difference, OfBlocksOfLinesHasTheBitsOfTheWhole) {
  Random random(seed);
  for (const Difference& operator_ : all_operators(14, random)) {
    expect_blocks_of_lines_have_the_bits_of_the_whole(operator_, random);
    expect_blocks_of_lines_have_the_bits_of_the_whole(operator_.transposed(), random);
  }
}

TEST(Difference, WithAHaloStopsARadiusShort) {
  const std::vector<double> field = {1, 4, 9, 16, 25};
  const Difference both(Axis().with_ends(Halo()), 5);
  const Difference lower(Axis().with_ends(Halo(), OneSided()), 5);

  EXPECT_EQ(applied(both, field), (std::vector<double>{4, 6, 8}));
  EXPECT_EQ(applied(lower, field), (std::vector<double>{4, 6, 8, 9}));
}

// Eight blocks with the neighbours' samples around them, as a simulation holds them.
TEST(Difference, OfBlocksWithHalosJoinsToTheWhole) {
  Random random(seed);
  const std::vector<std::size_t> shape = {8, 10, 12};
  const std::vector<float> samples = random_samples<float>(product(shape), random);
  const auto field = StridedView<const float>::contiguous(samples.data(), shape);
  const Axis inside = Axis::spaced(0.25).with_ends(Halo());
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto whole = derivative(field, {axis, Axis::spaced(0.25)});
    const std::size_t half = shape[axis] / 2;
    for (const std::size_t first : {std::size_t{1}, half}) {
      const std::size_t rows = half - 1;
      std::vector<std::size_t> extents = shape;
      extents[axis] = rows + 2;
      const StridedView<const float> block(
          samples.data() + static_cast<std::ptrdiff_t>(first - 1) * field.strides()[axis],
          extents, field.strides());
      extents[axis] = rows;
      Array<float> out{std::span<const std::size_t>(extents)};
      Difference(inside, rows + 2).apply(block, axis, out);
      for_each_index(extents, [&](std::span<const std::size_t> index) {
        std::vector<std::size_t> place(index.begin(), index.end());
        place[axis] += first;
        EXPECT_EQ(at(view(out), index),
                  at(view(whole), std::span<const std::size_t>(place)));
      });
    }
  }
}

// A chunk from the middle of a field: the rows whose samples it holds, along both axes.
TEST(Difference, SeveralOfOneBlockHaveTheBitsOfTheWhole) {
  Random random(seed);
  const std::vector<std::size_t> shape = {20, 30};
  const std::vector<float> samples = random_samples<float>(product(shape), random);
  const auto field = StridedView<const float>::contiguous(samples.data(), shape);
  const std::vector<double> positions = random_positions(30, random);
  const auto [d_0, d_1] = gradient(field, {Axis::spaced(0.3), Axis::at(positions)});
  const std::vector<std::size_t> chunk = {8, 12};  // from (5, 10) on
  const StridedView<const float> block(samples.data() + 5 * 30 + 10, chunk,
                                       field.strides());
  Array<float> out_0(std::vector<std::size_t>{6, 12});
  Array<float> out_1(std::vector<std::size_t>{8, 10});
  const auto first = view(out_0);
  const auto second = view(out_1);
  const std::vector<AnyOutput> out = {first, second};

  apply_each(block,
             std::vector<DifferenceAlong>{
                 {0, Difference(Axis::spaced(0.3), 20), {{6, 12}, {{5, 13}}}},
                 {1, Difference(Axis::at(positions), 30), {{11, 21}, {{10, 22}}}}},
             out);

  for_each_index(out_0.extents(), [&](std::span<const std::size_t> i) {
    EXPECT_EQ(out_0(i[0], i[1]), d_0(i[0] + 6, i[1] + 10));
  });
  for_each_index(out_1.extents(), [&](std::span<const std::size_t> i) {
    EXPECT_EQ(out_1(i[0], i[1]), d_1(i[0] + 5, i[1] + 11));
  });
}

TEST(Difference, RefusesABlockThatLacksSamples) {
  const Difference operator_(Axis(), 10);
  const std::vector<double> block(4);
  std::vector<double> out(3);

  EXPECT_ERROR(operator_.apply(block, 0, out, {.rows = {3, 6}, .samples = {{2, 6}}}),
               bad_shape, "field: samples 2 to 6 given; the rows need 2 to 7");
}

// Every weight of a double is the double nearest to the exact quotient.
TEST(Difference, HasWeightsRoundedOnce) {
  Random random(seed);
  for (const int edge_order : {1, 2}) {
    const ReferenceAxis rule = {
        1, random_positions(200, random), {.edge_order = edge_order}};
    const Difference operator_(Axis::at(rule.positions), 200, {.edge_order = edge_order});
    const Matrix matrix = dense(operator_);
    for (std::size_t i = 0; i < 200; ++i) {
      Exact diagonal = 0;
      for (const ReferenceTerm& term : reference_row(rule, i, 200).terms) {
        const std::size_t other = term.plus == i ? term.minus : term.plus;
        const double sign = term.plus == i ? -1 : 1;
        EXPECT_EQ(matrix[i][other], sign * term.weight.convert_to<double>());
        diagonal -= Exact(matrix[i][other]);
      }
      EXPECT_EQ(matrix[i][i], diagonal.convert_to<double>());
    }
  }
}

// A unit impulse reads a float weight: the float nearest to the exact quotient.
TEST(Difference, HasFloatWeightsRoundedOnce) {
  Random random(seed);
  const ReferenceAxis rule = {1, random_positions(500, random), {}};
  const Difference operator_(Axis::at(rule.positions), 500);
  for (std::size_t i = 1; i + 1 < 500; ++i) {
    std::vector<float> impulse(500, 0);
    impulse[i + 1] = 1;
    std::vector<float> out(500);
    operator_.apply(impulse, 0, out);
    const ReferenceRow row = reference_row(rule, i, 500);
    EXPECT_EQ(out[i], row.terms[1].weight.convert_to<float>());
  }
}

// 1 / h as a double lies halfway between two floats, the exact quotient beside it:
// rounding by way of a double would go to the wrong one every other time.
TEST(Difference, HasFloatScalesRoundedOnceNextToMidpoints) {
  Random random(seed);
  std::size_t midpoints = 0;
  for (int draw = 0; draw < 1000; ++draw) {
    const double midpoint =
        1 + std::ldexp(static_cast<double>(2 * (random() >> 41) + 1), -24);
    const double spacing = 1 / midpoint;
    const std::vector<float> slope =
        derivative(std::vector<float>{0, 1}, {0, Axis::spaced(spacing)});
    EXPECT_EQ(slope[0], (1 / Exact(spacing)).convert_to<float>());
    midpoints += 1 / spacing == midpoint ? 1 : 0;
  }
  EXPECT_GT(midpoints, 100U);
}

TEST(Difference, MatrixTimesFieldAgreesWithApply) {
  Random random(seed);
  for (const Difference& operator_ : all_operators(30, random)) {
    const std::vector<double> field = random_samples<double>(30, random);
    const std::vector<double> out = applied(operator_, field);
    const Matrix matrix = dense(operator_);
    for (std::size_t i = 0; i < out.size(); ++i) {
      double sum = 0;
      double magnitude = 0;
      for (std::size_t j = 0; j < 30; ++j) {
        sum += matrix[i][j] * field[j];
        magnitude += std::abs(matrix[i][j] * field[j]);
      }
      EXPECT_NEAR(out[i], sum,
                  row_bound<double>(7, magnitude) + dot_bound<double>(7, magnitude));
    }
  }
}

}  // namespace
}  // namespace gridgrad::test
