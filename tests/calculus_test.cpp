// calculus_test.cpp: operators against compositions of single derivatives, bit for bit
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>
#include <complex>
#include <functional>
#include <type_traits>

#include <gtest/gtest.h>

#include "gridgrad/calculus.hpp"
#include "gridgrad/difference.hpp"
#include "gridgrad/masked.hpp"
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
        grid.along.push_back(
            {axis, Axis::spaced(-2).with_ends(OneSided{}, Symmetric{})});
    }
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
  const Grid grid = mixed_grid(shape, random);
  for (const int accuracy : {2, 4}) {
    const Scheme scheme = {.accuracy = accuracy};
    const Composition<T> compose(grid, scheme);
    const std::size_t n = shape.size();
    std::vector<Array<Computed<T>>> own;
    std::vector<Array<Computed<T>>> second;
    for (std::size_t k = 0; k < n; ++k) {
      own.push_back(compose.derivative(fields[k], k));
      second.push_back(compose.derivative(fields[0], k, 2));
    }
    const std::span<const StridedView<T>> all(fields);
    const std::vector<int> plus(n, 1);
    expect_sum<T>(own, plus, results_of(Calculus::divergence, all, grid, scheme)[0]);
    expect_sum<T>(second, plus, laplacian(fields[0], grid, scheme));
    const auto jacobian = results_of(Calculus::jacobian, all, grid, scheme);
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
                    results_of(Calculus::curl, all, grid, scheme)[0]);
    }
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

}  // namespace
}  // namespace gridgrad::test
