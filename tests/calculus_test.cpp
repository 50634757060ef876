// calculus_test.cpp: operators against compositions of single derivatives, bit for bit
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>
#include <complex>
#include <functional>
#include <type_traits>
#include <utility>

#include <gtest/gtest.h>

#include "gridgrad/calculus.hpp"
#include "gridgrad/difference.hpp"
#include "gridgrad/masked.hpp"
#include "support/arrays.hpp"
#include "support/bits.hpp"
#include "support/errors.hpp"
#include "support/every_target.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {
namespace {

template <class T>
constexpr bool is_half_v = std::is_same_v<T, Float16> || std::is_same_v<T, BFloat16>;

// What sums are computed in, before the result is rounded to its type.
template <class T>
using Computed = std::conditional_t<is_half_v<T>, float, Result<T>>;

template <class T>
Computed<T> computed(T value) {
  if constexpr (is_half_v<T>) {
    return to_float(value);
  } else {
    return static_cast<Computed<T>>(value);
  }
}

// A rectangular grid with irregular, equally spaced and periodic axes.
Grid mixed_grid(std::span<const std::size_t> extents, Random& random) {
  Grid grid;
  for (std::size_t axis = 0; axis < extents.size(); ++axis) {
    switch (axis % 3) {
      case 0:
        grid.along.push_back({axis, Axis::at(random_positions(extents[axis], random))});
        break;
      case 1:
        grid.along.push_back({axis, Axis::spaced(0.3).with_ends(Periodic{})});
        break;
      default:
        grid.along.push_back({axis, Axis::spaced(-2).with_ends(OneSided{}, Symmetric{})});
    }
  }
  return grid;
}

// One of equally spaced axes that end, whose lines are computed many at a time.
Grid equal_grid(std::size_t rank) {
  Grid grid;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    grid.along.push_back({axis, Axis::spaced(0.3 + static_cast<double>(axis))});
  }
  return grid;
}

// Arrays of the terms of a result, summed by one thread, one sample at a time.
template <class T>
class Composition {
 public:
  Composition(const Grid& grid, const Scheme& scheme) : grid_(grid), scheme_(scheme) {}

  [[nodiscard]] Array<Computed<T>> derivative(const StridedView<T>& field, std::size_t k,
                                              int order = 1) const {
    Scheme scheme = scheme_;
    scheme.derivative = order;
    if constexpr (is_half_v<T>) {
      const Array<float> wide = widened(field);
      return gridgrad::derivative(wide, grid_.along[k], scheme);
    } else {
      return gridgrad::derivative(field, grid_.along[k], scheme);
    }
  }

  static Array<float> widened(const StridedView<T>& field) {
    auto wide = Array<float>::like(field);
    for_each_index(field.extents(), [&](std::span<const std::size_t> index) {
      at(view(wide), index) = static_cast<float>(computed(at(field, index)));
    });
    return wide;
  }

 private:
  const Grid& grid_;
  const Scheme& scheme_;
};

template <class T>
Result<T> rounded(Computed<T> value) {
  if constexpr (std::is_same_v<T, Float16>) {
    return to_float16(value);
  } else if constexpr (std::is_same_v<T, BFloat16>) {
    return to_bfloat16(value);
  } else {
    return value;
  }
}

// Expects out = terms[0] + terms[1] + ... with signs, rounded after each sum.
template <class T, class Out>
void expect_sum(const std::vector<Array<Computed<T>>>& terms,
                const std::vector<int>& signs, const Out& out) {
  bool is_equal = true;
  for_each_index(out.extents(), [&](std::span<const std::size_t> index) {
    Computed<T> sum = at(view(terms[0]), index);
    if (signs[0] < 0) sum = -sum;
    for (std::size_t k = 1; k < terms.size(); ++k) {
      const Computed<T> term = at(view(terms[k]), index);
      sum = signs[k] < 0 ? sum - term : sum + term;
    }
    is_equal = is_equal && same_bits(at(view(out), index), rounded<T>(sum));
  });
  EXPECT_TRUE(is_equal);
}

const std::vector<std::vector<std::size_t>> shapes = {
    {40, 61}, {9, 33, 70}, {257, 9, 11}, {8, 9, 200}, {7, 8, 9, 10}};

class CalculusOnTarget : public EveryTarget {};

template <class T>
void expect_composed_on(const Grid& grid, std::span<const StridedView<T>> fields) {
  for (const int accuracy : {2, 4}) {
    const Scheme scheme = {.accuracy = accuracy};
    const Composition<T> compose(grid, scheme);
    const std::size_t n = fields.size();
    std::vector<Array<Computed<T>>> own;
    std::vector<Array<Computed<T>>> second;
    for (std::size_t k = 0; k < n; ++k) {
      own.push_back(compose.derivative(fields[k], k));
      second.push_back(compose.derivative(fields[0], k, 2));
    }
    const std::vector<int> plus(n, 1);
    expect_sum<T>(own, plus, results_of(Calculus::divergence, fields, grid, scheme)[0]);
    expect_sum<T>(second, plus, laplacian(fields[0], grid, scheme));
    const auto jacobian = results_of(Calculus::jacobian, fields, grid, scheme);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        std::vector<Array<Computed<T>>> one;
        one.push_back(compose.derivative(fields[i], j));
        expect_sum<T>(one, {1}, jacobian[i * n + j]);
      }
    }
    if (n == 2) {
      std::vector<Array<Computed<T>>> crossed;
      crossed.push_back(compose.derivative(fields[1], 0));
      crossed.push_back(compose.derivative(fields[0], 1));
      expect_sum<T>(crossed, {1, -1},
                    results_of(Calculus::curl, fields, grid, scheme)[0]);
    }
  }
}

template <class T>
void expect_composed(std::span<const std::size_t> shape, bool is_turned, Random& random) {
  std::vector<std::size_t> order(shape.size());
  for (std::size_t d = 0; d < order.size(); ++d) order[d] = d;
  if (is_turned) std::ranges::reverse(order);
  std::vector<StridedField<T>> memory;
  std::vector<StridedView<T>> fields;
  for (std::size_t k = 0; k < shape.size(); ++k) {
    memory.emplace_back(std::vector<std::size_t>(shape.begin(), shape.end()), order,
                        is_turned ? 2 : 1, std::vector<bool>(shape.size(), is_turned));
  }
  for (auto& one : memory) {
    for (T& sample : one.samples()) sample = random_sample<T>(random);
    fields.push_back(one.view());
  }
  for (const Grid& grid : {mixed_grid(shape, random), equal_grid(shape.size())}) {
    expect_composed_on(grid, std::span<const StridedView<T>>(fields));
  }
}

TEST_P(CalculusOnTarget, IsTheSumOfSingleDerivatives) {
  Random random(seed);
  for (const auto& shape : shapes) {
    for (const bool is_turned : {false, true}) {
      expect_composed<float>(shape, is_turned, random);
      expect_composed<double>(shape, is_turned, random);
      expect_composed<std::complex<float>>(shape, is_turned, random);
      expect_composed<std::int64_t>(shape, is_turned, random);
      expect_composed<std::int16_t>(shape, is_turned, random);
      expect_composed<Float16>(shape, is_turned, random);
      expect_composed<BFloat16>(shape, is_turned, random);
    }
  }
}

GRIDGRAD_FOR_EVERY_TARGET(CalculusOnTarget);

std::vector<double> magnitudes_of(const std::vector<Array<double>>& components) {
  std::vector<double> magnitudes;
  for (std::size_t q = 0; q < components[0].size(); ++q) {
    double sum = 0;
    for (const auto& component : components) {
      sum += component.data()[q] * component.data()[q];
    }
    magnitudes.push_back(std::sqrt(sum));
  }
  return magnitudes;
}

TEST(Calculus, MagnitudeIsTheRootOfTheSumOfSquares) {
  Random random(seed);
  const std::vector<std::size_t> shape = {17, 40, 33};
  const Grid grid = mixed_grid(shape, random);
  const auto wide = random_array<double>(shape, random);
  const auto narrow = random_array<float>(shape, random);
  const auto of_wide = magnitude(wide, grid);
  const auto expected = magnitudes_of(gradient(wide, grid.along));
  const auto of_narrow = magnitude(narrow, grid);
  const auto parts = gradient(narrow, grid.along);
  for (std::size_t q = 0; q < of_wide.size(); ++q) {
    ASSERT_TRUE(same_bits(of_wide.data()[q], expected[q]));
    double sum = 0;
    for (const auto& part : parts) {
      const double x = part.data()[q];
      sum += x * x;
    }
    ASSERT_TRUE(same_bits(of_narrow.data()[q], static_cast<float>(std::sqrt(sum))));
  }
}

TEST(Calculus, MagnitudeNeitherOverflowsNorVanishes) {
  const Grid grid = {{{0}, {1}}};
  for (const double size : {0x1p-1000, 0x1p-600, 1.0, 0x1p600, 0x1p1000}) {
    Array<double> field({4, 4}, std::vector<double>(16));
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) {
        field(i, j) = size * (3 * static_cast<double>(i) + 4 * static_cast<double>(j));
      }
    }
    const auto result = magnitude(field, grid);
    for (std::size_t q = 0; q < 16; ++q) EXPECT_EQ(result.data()[q], 5 * size);
  }
  Array<float> field({2, 2}, std::vector<float>{0, 4e-30F, 3e-30F, 7e-30F});
  EXPECT_NEAR(magnitude(field, grid)(0, 0) / 5e-30, 1, 1e-6);
}

TEST(Calculus, DirectionalDerivativeTakesTheDirectionOfEachSample) {
  Random random(seed);
  const std::vector<std::size_t> shape = {12, 31};
  const Grid grid = mixed_grid(shape, random);
  std::vector<Array<double>> fields;
  for (int k = 0; k < 3; ++k) fields.push_back(random_array<double>(shape, random));
  const auto result =
      results_of(Calculus::directional, std::span<const Array<double>>(fields), grid);
  const auto parts = gradient(fields[0], grid.along);
  for (std::size_t q = 0; q < result[0].size(); ++q) {
    const double expected = parts[0].data()[q] * fields[1].data()[q] +
                            parts[1].data()[q] * fields[2].data()[q];
    ASSERT_TRUE(same_bits(result[0].data()[q], expected));
  }
}

TEST(Calculus, OfProductsAndRootsIsOfRealFields) {
  const std::vector<std::size_t> shape = {4, 5};
  Random random(seed);
  const Grid grid = {{{0}, {1}}};
  std::vector<Array<std::complex<float>>> fields;
  for (int k = 0; k < 3; ++k) {
    fields.push_back(random_array<std::complex<float>>(shape, random));
  }
  const std::span<const Array<std::complex<float>>> all(fields);

  EXPECT_ERROR(static_cast<void>(magnitude(fields[0], grid)), bad_type,
               "field: complex64 given; magnitudes and directional derivatives are of "
               "real fields");
  EXPECT_ERROR(
      static_cast<void>(results_of(Calculus::directional, all, grid)), bad_type,
      "fields[0]: complex64 given; magnitudes and directional derivatives are of "
      "real fields");
}

TEST(Calculus, MixedDerivativeIsADerivativeOfADerivative) {
  Random random(seed);
  const std::vector<std::size_t> shape = {11, 12, 13};
  const Grid grid = mixed_grid(shape, random);
  const auto field = random_array<double>(shape, random);
  const Scheme scheme = {.accuracy = 4};
  const GridOperator hessian(Calculus::hessian, grid, shape, scheme);
  const auto results = traits::computed<Array<double>>(hessian, std::span(&field, 1), {});
  ASSERT_EQ(results.size(), 6);
  for (std::size_t k = 0; k < results.size(); ++k) {
    const std::size_t i = hessian.axes_of_result(k)[0];
    const std::size_t j = hessian.axes_of_result(k)[1];
    if (i == j) {
      Scheme second = scheme;
      second.derivative = 2;
      EXPECT_TRUE(all_same_bits(results[k], derivative(field, grid.along[i], second)));
    } else {
      const auto first = derivative(field, grid.along[i], scheme);
      EXPECT_TRUE(all_same_bits(results[k], derivative(first, grid.along[j], scheme)));
    }
  }
}

TEST(Calculus, CurlOfThreeAxes) {
  Random random(seed);
  const std::vector<std::size_t> shape = {7, 8, 9};
  const Grid grid = mixed_grid(shape, random);
  std::vector<Array<double>> u;
  for (int k = 0; k < 3; ++k) u.push_back(random_array<double>(shape, random));
  const auto result = results_of(Calculus::curl, std::span<const Array<double>>(u), grid);
  for (std::size_t k = 0; k < 3; ++k) {
    const std::size_t i = (k + 1) % 3;
    const std::size_t j = (k + 2) % 3;
    const auto plus = derivative(u[j], grid.along[i]);
    const auto minus = derivative(u[i], grid.along[j]);
    for (std::size_t q = 0; q < plus.size(); ++q) {
      ASSERT_TRUE(same_bits(result[k].data()[q], plus.data()[q] - minus.data()[q]));
    }
  }
}

const std::vector<Calculus> all_of_them = {
    Calculus::gradient,         Calculus::magnitude, Calculus::directional,
    Calculus::divergence,       Calculus::curl,      Calculus::laplacian,
    Calculus::vector_laplacian, Calculus::hessian,   Calculus::jacobian,
    Calculus::strain_rate,      Calculus::rotation};

// A view of some samples along each axis, joined in memory of its own.
template <class T>
Array<T> held_part(const Array<T>& whole,
                   const std::vector<std::vector<Range>>& samples) {
  std::vector<std::vector<std::size_t>> chosen;
  std::vector<std::size_t> extents;
  for (const auto& ranges : samples) {
    chosen.emplace_back();
    for (const Range& range : ranges) {
      for (std::size_t i = range.first; i < range.last; ++i) chosen.back().push_back(i);
    }
    extents.push_back(chosen.back().size());
  }
  Array<T> part{std::span<const std::size_t>(extents)};
  for_each_index(extents, [&](std::span<const std::size_t> index) {
    std::vector<std::size_t> from;
    for (std::size_t d = 0; d < index.size(); ++d) from.push_back(chosen[d][index[d]]);
    at(view(part), index) = at(view(whole), std::span<const std::size_t>(from));
  });
  return part;
}

// Results of some rows, from the samples that these need alone.
std::vector<Array<double>> of_block(const GridOperator& op,
                                    std::span<const Array<double>> fields,
                                    const std::vector<Range>& rows) {
  GridBlock block = {rows, {}};
  std::vector<std::size_t> extents;
  for (std::size_t axis = 0; axis < rows.size(); ++axis) {
    block.samples.push_back(op.support(axis, rows[axis]));
    extents.push_back(rows[axis].size());
  }
  std::vector<Array<double>> parts;
  for (const auto& field : fields) parts.push_back(held_part(field, block.samples));
  std::vector<StridedView<const double>> typed;
  for (const auto& part : parts) typed.push_back(view(part));
  std::vector<Array<double>> results;
  std::vector<StridedView<double>> outs;
  for (std::size_t k = 0; k < op.result_count(); ++k) {
    results.emplace_back(std::span<const std::size_t>(extents));
  }
  for (auto& result : results) outs.push_back(view(result));
  op.apply(std::vector<AnyField>(typed.begin(), typed.end()),
           std::vector<AnyOutput>(outs.begin(), outs.end()), block);
  return results;
}

TEST(Calculus, BlocksHaveTheBitsOfTheWhole) {
  Random random(seed);
  const std::vector<std::size_t> shape = {15, 14, 16};
  for (int turn = 0; turn < 6; ++turn) {
    const Grid grid = mixed_grid(shape, random);
    std::vector<Array<double>> fields;
    for (int k = 0; k < 4; ++k) fields.push_back(random_array<double>(shape, random));
    for (const Calculus calculus : all_of_them) {
      const GridOperator op(calculus, grid, shape, {.accuracy = 4});
      const std::span<const Array<double>> given(fields.data(), op.field_count());
      const auto whole = traits::computed<Array<double>>(op, given, {});
      std::vector<Range> rows;
      std::vector<std::vector<Range>> ranges;
      for (const std::size_t extent : shape) {
        const std::size_t first = random() % extent;
        rows.push_back({first, first + 1 + random() % (extent - first)});
        ranges.push_back({rows.back()});
      }
      const auto results = of_block(op, given, rows);
      for (std::size_t k = 0; k < results.size(); ++k) {
        EXPECT_TRUE(all_same_bits(results[k], held_part(whole[k], ranges)));
      }
    }
  }
}

// Fields of small integers.
std::vector<Array<double>> small_fields(std::size_t count,
                                        std::span<const std::size_t> shape,
                                        Random& random) {
  std::vector<Array<double>> fields;
  for (std::size_t k = 0; k < count; ++k) {
    fields.push_back(random_array<double>(shape, random));
    for (std::size_t q = 0; q < fields[k].size(); ++q) {
      fields[k].data()[q] = std::round(fields[k].data()[q]);
    }
  }
  return fields;
}

double dot(const std::vector<Array<double>>& a, const std::vector<Array<double>>& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    for (std::size_t q = 0; q < a[k].size(); ++q) {
      sum += a[k].data()[q] * b[k].data()[q];
    }
  }
  return sum;
}

// <A x, y> = <x, A^T y>, exactly: all numbers are small multiples of a power of two.
void expect_adjoint(const GridOperator& op, Random& random) {
  const GridOperator turned = op.transposed();
  ASSERT_EQ(turned.field_count(), op.result_count());
  ASSERT_EQ(turned.result_count(), op.field_count());
  const auto x = small_fields(op.field_count(), op.extents(), random);
  const auto y = small_fields(op.result_count(), op.extents(), random);
  const auto ax = traits::computed<Array<double>>(op, std::span(x), {});
  const auto aty = traits::computed<Array<double>>(turned, std::span(y), {});
  EXPECT_EQ(dot(ax, y), dot(x, aty));
}

bool is_linear(Calculus calculus) {
  return calculus != Calculus::magnitude && calculus != Calculus::directional;
}

TEST(Calculus, TransposedIsTheAdjoint) {
  Random random(seed);
  const std::vector<std::size_t> shape = {6, 7, 5};
  const Grid grid = {{{0, Axis::spaced(0.5)},
                      {1, Axis::spaced(0.25).with_ends(Periodic{})},
                      {2, Axis::spaced(1).with_ends(Symmetric{})}}};
  for (const Calculus calculus : all_of_them) {
    SCOPED_TRACE(static_cast<int>(calculus));
    const GridOperator op(calculus, grid, shape);
    if (is_linear(calculus)) {
      expect_adjoint(op, random);
    } else {
      EXPECT_ERROR(static_cast<void>(op.transposed()), unsupported,
                   "transposed: an operator that is not linear in one field given");
    }
  }
}

// Factors that vary along both axes do not commute with the rows of either.
TEST(Calculus, TransposedIsTheAdjointOfCurvedAxes) {
  Random random(seed);
  const std::vector<std::size_t> shape = {6, 7};
  std::vector<Array<double>> lengths;
  for (int k = 0; k < 2; ++k) {
    lengths.emplace_back(std::span<const std::size_t>(shape));
    for (std::size_t q = 0; q < lengths.back().size(); ++q) {
      lengths.back().data()[q] = std::ldexp(1, static_cast<int>(random() % 3));
    }
  }
  const auto along_first = view(lengths[0]);
  const auto along_second = view(lengths[1]);
  const ScaleFactor factors[] = {{0, along_first}, {1, along_second}};
  const Metric metric = Metric::scaled(factors);
  const Along first = {0, Axis::spaced(0.5)};
  const Along second = {1, Axis::spaced(0.25).with_ends(Periodic{})};
  for (const Calculus calculus : all_of_them) {
    if (!is_linear(calculus) || calculus == Calculus::vector_laplacian) continue;
    SCOPED_TRACE(static_cast<int>(calculus));
    for (const Grid& grid :
         {Grid{{first, second}, metric}, Grid{{second, first}, metric}}) {
      expect_adjoint(GridOperator(calculus, grid, shape), random);
    }
  }
}

TEST(Calculus, MissingSamplesSpreadAsTheSchemeSays) {
  Random random(seed);
  const std::vector<std::size_t> shape = {23, 29};
  const Grid grid = mixed_grid(shape, random);
  std::vector<Array<double>> u;
  for (int k = 0; k < 2; ++k) {
    u.push_back(random_array<double>(shape, random));
    for (int hole = 0; hole < 60; ++hole) {
      u[static_cast<std::size_t>(k)].data()[random() % u[0].size()] = std::nan("");
    }
  }
  for (const Missing& missing : {Missing(Propagate()), Missing(Adapt())}) {
    const Scheme scheme = {.missing = missing};
    const auto result =
        results_of(Calculus::divergence, std::span<const Array<double>>(u), grid, scheme);
    const auto first = derivative(u[0], grid.along[0], scheme);
    const auto second = derivative(u[1], grid.along[1], scheme);
    for (std::size_t q = 0; q < first.size(); ++q) {
      ASSERT_TRUE(same_bits(result[0].data()[q], first.data()[q] + second.data()[q]));
    }
  }
}

TEST(Calculus, HaloShortensEveryResult) {
  Random random(seed);
  const std::vector<std::size_t> shape = {12, 13};
  const Axis halo = Axis::spaced(0.5).with_ends(Halo{});
  const Grid grid = {{{0, halo}, {1, halo}}};
  std::vector<Array<double>> u;
  for (int k = 0; k < 2; ++k) u.push_back(random_array<double>(shape, random));
  for (const Calculus calculus : {Calculus::divergence, Calculus::curl}) {
    const GridOperator op(calculus, grid, shape, {.accuracy = 4});
    ASSERT_EQ(op.result_extents()[0], 8);
    ASSERT_EQ(op.result_extents()[1], 9);
    Array<double> result(op.result_extents());
    const std::vector<StridedView<const double>> fields = {view(u[0]), view(u[1])};
    const std::vector<AnyField> erased(fields.begin(), fields.end());
    const auto out = view(result);
    op.apply(erased, std::vector<AnyOutput>{out});
    const Grid plain = {{{0, Axis::spaced(0.5)}, {1, Axis::spaced(0.5)}}};
    const auto whole =
        results_of(calculus, std::span<const Array<double>>(u), plain, {.accuracy = 4});
    EXPECT_TRUE(all_same_bits(result, held_part(whole[0], {{{2, 10}}, {{2, 11}}})));
  }
}

// At irregular positions second derivatives reach further than first ones do.
TEST(Calculus, HaloIsThatOfTheWidestRows) {
  Random random(seed);
  const std::vector<std::size_t> shape = {20, 9};
  const Axis positions = Axis::at(random_positions(shape[0], random));
  const Grid plain = {{{0, positions}, {1, Axis::spaced(0.5)}}};
  const Grid halo = {{{0, positions.with_ends(Halo{})}, plain.along[1]}};
  std::vector<Array<double>> field;
  field.push_back(random_array<double>(shape, random));
  const std::span<const Array<double>> fields(field);
  for (const Calculus calculus : {Calculus::laplacian, Calculus::hessian}) {
    for (const int accuracy : {2, 4}) {
      SCOPED_TRACE(accuracy);
      const GridOperator op(calculus, halo, shape, {.accuracy = accuracy});
      const std::size_t count = op.result_extents()[0];
      const std::size_t shift = (shape[0] - count) / 2;
      EXPECT_GT(shift, static_cast<std::size_t>(accuracy / 2));
      const auto whole = results_of(calculus, fields, plain, {.accuracy = accuracy});
      for (std::size_t row = 0; row < count; ++row) {
        const auto results = of_block(op, fields, {{row, row + 1}, {0, shape[1]}});
        const Range sample = {row + shift, row + shift + 1};
        for (std::size_t k = 0; k < results.size(); ++k) {
          const auto expected = held_part(whole[k], {{sample}, {{0, shape[1]}}});
          EXPECT_TRUE(all_same_bits(results[k], expected)) << row;
        }
      }
    }
  }
}

TEST(Calculus, ResultsDoNotDependOnThreads) {
  Random random(seed);
  const std::vector<std::size_t> shape = {40, 50, 60};
  const Grid grid = mixed_grid(shape, random);
  std::vector<Array<float>> fields;
  for (int k = 0; k < 4; ++k) fields.push_back(random_array<float>(shape, random));
  for (const Calculus calculus : all_of_them) {
    const GridOperator op(calculus, grid, shape);
    const std::span<const Array<float>> given(fields.data(), op.field_count());
    const auto one = traits::computed<Array<float>>(op, given, {1});
    const auto three = traits::computed<Array<float>>(op, given, {3});
    for (std::size_t k = 0; k < one.size(); ++k) {
      EXPECT_TRUE(all_same_bits(one[k], three[k]));
    }
  }
}

}  // namespace
}  // namespace gridgrad::test
