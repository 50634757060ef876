// kernels/table.hpp: rows of any form, each with weights of its own or all with the same
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>
#include <optional>

#include "kernels/line_ends.hpp"
#include "kernels/slab.hpp"

namespace gridgrad::kernels {

// The terms of the first row of a slab. Those of row i stand in_step * i samples further,
// its weights weight_step * i further.
template <class S, class T>
struct TermRow {
  RowForm form;  // based or plain
  std::span<const RowTerm<S, T>> terms;
  std::ptrdiff_t weight_step;
  T scale;
  bool leaves_out;  // some weights are 0, and their samples count for nothing
  std::optional<T> divisor = {};
};

// For 0 <= i < rows and 0 <= j < columns, out[i][j] = the row of row_form.hpp. `slab.in`
// is not read: the terms point to the samples. Either every term has a `minus` or none.
//
// With ends the slab is one row of contiguous columns, those of several lines next to
// each other, of which all but the ends read within their line. Weights are those of the
// first line then: those of column p stand weight_step * p further, for p up to the
// length of a line plus end_margin, beyond which they recur.
//
// Preconditions, not checked: as in across.hpp; terms is not empty.
void table(const Slab<float, float>& slab, const TermRow<float, float>& row,
           const LineEnds<float>& ends = {}) noexcept;
void table(const Slab<double, double>& slab, const TermRow<double, double>& row,
           const LineEnds<double>& ends = {}) noexcept;
void table(const Slab<std::int64_t, double>& slab,
           const TermRow<std::int64_t, double>& row,
           const LineEnds<double>& ends = {}) noexcept;

}  // namespace gridgrad::kernels
