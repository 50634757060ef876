// stencil_row.cpp: integers, one scale, and the default rows without any arithmetic
//
// SPDX-License-Identifier: BSD-3-Clause

#include "stencil_row.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "integer_weights.hpp"
#include "uniform_scale.hpp"

namespace gridgrad {
namespace {

bool is_symmetric(std::span<const int> offsets) {
  return offsets.front() == -offsets.back() &&
         offsets.back() - offsets.front() + 1 == static_cast<int>(offsets.size());
}

std::vector<Tap> pair_taps(std::span<const int> offsets) {
  std::vector<Tap> taps;
  for (int k = 1; k <= offsets.back(); ++k) taps.push_back({k, -k});
  return taps;
}

BigInteger magnitude(const BigInteger& integer) {
  return integer < 0 ? BigInteger(-integer) : integer;
}

// The weight of the sample that a tap adds.
std::size_t index_of(std::span<const int> offsets, std::ptrdiff_t offset) {
  const auto found = std::ranges::find(offsets, static_cast<int>(offset));
  return static_cast<std::size_t>(found - offsets.begin());
}

}  // namespace

std::vector<int> contiguous_offsets(std::ptrdiff_t first, std::ptrdiff_t last) {
  std::vector<int> offsets;
  for (std::ptrdiff_t offset = first; offset <= last; ++offset) {
    offsets.push_back(static_cast<int>(offset));
  }
  return offsets;
}

std::vector<Tap> based_taps(std::span<const int> offsets) {
  std::vector<int> outwards(offsets.begin(), offsets.end());
  std::erase(outwards, 0);
  std::ranges::sort(outwards, [](int a, int b) {
    return std::abs(a) != std::abs(b) ? std::abs(a) < std::abs(b) : a < b;
  });
  std::vector<Tap> taps;
  for (const int offset : outwards) {
    taps.push_back(offset < 0 ? Tap{0, offset} : Tap{offset, 0});
  }
  return taps;
}

void turn_upwards(std::span<const Tap> taps, std::span<Rounded> weights) {
  for (std::size_t k = 0; k < taps.size(); ++k) {
    if (taps[k].plus == 0) weights[k] = {-weights[k].f64, -weights[k].f32};
  }
}

std::ptrdiff_t neighbour(const Tap& tap) {
  return tap.plus + tap.minus;
}

StencilRow uniform_row(std::span<const int> offsets, int derivative, DoubleDouble spacing,
                       double unit) {
  const IntegerWeights exact = integer_weights(offsets, derivative);
  StencilRow row = {};
  row.form = RowForm::based;
  std::vector<Tap> taps = based_taps(offsets);
  if (is_symmetric(offsets)) {
    row.form = derivative % 2 != 0 ? RowForm::paired_odd : RowForm::paired_even;
    taps = pair_taps(offsets);
  }
  BigInteger largest = 1;
  for (const Tap& tap : taps) {
    const bool is_below = tap.plus == 0;
    const std::size_t at = index_of(offsets, is_below ? tap.minus : tap.plus);
    largest = std::max(largest, magnitude(exact.numerators[at]));
  }
  const unsigned shift = boost::multiprecision::msb(largest);
  for (const Tap& tap : taps) {
    const bool is_below = tap.plus == 0;
    const BigInteger& numerator =
        exact.numerators[index_of(offsets, is_below ? tap.minus : tap.plus)];
    if (numerator == 0) continue;
    row.taps.push_back(tap);
    row.weights.push_back(
        rounded_integer(is_below ? BigInteger(-numerator) : numerator, shift));
  }
  row.scale = rounded_scale(exact.denominator, shift, {spacing, unit, derivative});
  return row;
}

}  // namespace gridgrad
