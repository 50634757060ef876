// transpose.hpp: the matrix of a table of rows, and the table of its transpose
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "row_table.hpp"

namespace gridgrad {

// One entry of the matrix, rounded once to each computing type.
struct Entry {
  std::size_t column;
  Rounded weight;
};

// The entries of one row by increasing column; those at the ends go to `ends` instead.
// A base or an own sample gets minus the exact sum of the weights that refer to it.
void row_entries(const RowTable& table, const Band& band, std::size_t row,
                 std::vector<Entry>& entries, std::array<double, 2>& ends);

// Plain rows: row j holds column j of the matrix of `table`.
[[nodiscard]] RowTable transposed(const RowTable& table);

}  // namespace gridgrad
