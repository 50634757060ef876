// transpose.hpp: the matrix of a table of rows, and the table of its transpose
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "row_table.hpp"

namespace gridgrad {

// One entry of the matrix, rounded once to each computing type.
struct Entry {
  std::size_t column;
  Rounded weight;
};

// One row of the matrix, entries by increasing column, and the weights of the values
// beyond the lower and the upper end.
struct RowEntries {
  std::vector<Entry> entries;
  std::array<double, 2> ends;
  int accuracy;
};

// A sample that several differences refer to, as a base, gets the exact sum of their
// weights, rounded once.
void row_entries(const RowTable& table, const Band& band, std::size_t i, RowEntries& row);

// Calls f with every row and its entries.
template <class F>
void for_each_row(const RowTable& table, F&& f) {
  RowEntries row;
  for (const Band& band : table.bands()) {
    for (std::size_t i = band.rows.first; i < band.rows.last; ++i) {
      row_entries(table, band, i, row);
      f(i, row);
    }
  }
}

// Plain rows: row j holds column j of the matrix of `table`.
[[nodiscard]] RowTable transposed(const RowTable& table);

}  // namespace gridgrad
