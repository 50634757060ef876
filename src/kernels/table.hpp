// kernels/table.hpp: rows of any form, each with weights of its own or all with the same
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>

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
};

// For 0 <= i < rows and 0 <= j < columns, out[i][j] = the row of row_form.hpp. `slab.in`
// is not read: the terms point to the samples. Either every term has a `minus` or none.
//
// Preconditions, not checked: as in across.hpp; terms is not empty.
void table(const Slab<float, float>& slab, const TermRow<float, float>& row) noexcept;
void table(const Slab<double, double>& slab, const TermRow<double, double>& row) noexcept;
void table(const Slab<std::int64_t, double>& slab,
           const TermRow<std::int64_t, double>& row) noexcept;

}  // namespace gridgrad::kernels
