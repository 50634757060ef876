// stencil_row.hpp: one row as it is made: samples, weights, scale
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <span>
#include <vector>

#include "double_double.hpp"
#include "row_form.hpp"
#include "row_table.hpp"
#include "uniform_scale.hpp"
#include "weights.hpp"

namespace gridgrad {

// scale * sum of weights * differences. The weights are integers over a power of two that
// brings the largest next to 1; samples of weight 0 have no tap.
struct StencilRow {
  RowForm form;
  std::vector<Tap> taps;
  std::vector<Rounded> weights;
  Rounded scale;
};

// A term of a row of integer weights: its tap, and which sample of the row the weight
// belongs to; `sign` is -1 where that is the one which the tap takes away.
struct IntegerTerm {
  Tap tap;
  std::size_t sample;
  int sign;
};

// The derivative that `at` names, from samples at `offsets` from the row, `at.spacing`
// apart.
[[nodiscard]] StencilRow integer_row(RowForm form, std::span<const int> offsets,
                                     std::span<const IntegerTerm> terms,
                                     const Spacing& at);

// The derivative of order `derivative`, per unit, from the samples at `offsets` from the
// row's own, which is among them, `spacing` apart. Offsets symmetric to 0 give pairs.
[[nodiscard]] StencilRow uniform_row(std::span<const int> offsets, int derivative,
                                     DoubleDouble spacing, double unit);

// The offsets first, first + 1, ..., last.
[[nodiscard]] std::vector<int> contiguous_offsets(std::ptrdiff_t first,
                                                  std::ptrdiff_t last);

// The taps of a based row that reads `offsets` and its own sample, in the order of
// summation: outwards, the lower first.
[[nodiscard]] std::vector<Tap> based_taps(std::span<const int> offsets);

// Differences are taken upwards, so the weights of samples below the base change sign.
void turn_upwards(std::span<const Tap> taps, std::span<Rounded> weights);

// Offset of the sample that a tap of a based row reads besides its base.
[[nodiscard]] std::ptrdiff_t neighbour(const Tap& tap);

}  // namespace gridgrad
