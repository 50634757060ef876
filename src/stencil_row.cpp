// stencil_row.cpp: integers, one scale, and the default rows without any arithmetic
//
// SPDX-License-Identifier: BSD-3-Clause

#include "stencil_row.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "integer_weights.hpp"

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

StencilRow integer_row(RowForm form, std::span<const int> offsets,
                       std::span<const IntegerTerm> terms, const Spacing& at) {
  const IntegerWeights exact = integer_weights(offsets, at.derivative);
  BigInteger largest = 1;
  for (const IntegerTerm& term : terms) {
    largest = std::max(largest, magnitude(exact.numerators[term.sample]));
  }
  const unsigned shift = boost::multiprecision::msb(largest);
  StencilRow row = {};
  row.form = form;
  for (const IntegerTerm& term : terms) {
    const BigInteger& numerator = exact.numerators[term.sample];
    if (numerator == 0) continue;
    row.taps.push_back(term.tap);
    row.weights.push_back(
        rounded_integer(term.sign < 0 ? BigInteger(-numerator) : numerator, shift));
  }
  row.scale = rounded_scale(exact.denominator, shift, at);
  return row;
}

StencilRow uniform_row(std::span<const int> offsets, int derivative, DoubleDouble spacing,
                       double unit) {
  RowForm form = RowForm::based;
  std::vector<Tap> taps;
  if (is_symmetric(offsets)) {
    form = derivative % 2 != 0 ? RowForm::paired_odd : RowForm::paired_even;
    taps = pair_taps(offsets);
  } else {
    taps = based_taps(offsets);
  }
  std::vector<IntegerTerm> terms;
  for (const Tap& tap : taps) {
    const bool is_below = tap.plus == 0;
    terms.push_back(
        {tap, index_of(offsets, is_below ? tap.minus : tap.plus), is_below ? -1 : 1});
  }
  return integer_row(form, offsets, terms, {spacing, unit, derivative});
}

}  // namespace gridgrad
