// difference.cpp: the operator as users hold it
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/difference.hpp"

#include <utility>

#include "row_table.hpp"
#include "sweep.hpp"
#include "transpose.hpp"

namespace gridgrad {

Difference::Difference(const Axis& axis, std::size_t extent, Scheme scheme)
    : table_(std::make_shared<const RowTable>(axis, extent, scheme)) {}

Difference::Difference(std::shared_ptr<const RowTable> table)
    : table_(std::move(table)) {}

std::size_t Difference::extent() const noexcept {
  return table_->extent();
}

std::size_t Difference::row_count() const noexcept {
  return table_->row_count();
}

std::vector<Range> Difference::support(Range rows) const {
  table_->require(rows);
  const Range reach = table_->reach(rows);
  if (reach.size() == 0) return {};
  return {reach};
}

Difference Difference::transposed() const {
  return Difference(std::make_shared<const RowTable>(gridgrad::transposed(*table_)));
}

SparseRows Difference::rows() const {
  SparseRows rows;
  rows.starts.push_back(0);
  for_each_row(*table_, [&](std::size_t, const RowEntries& row) {
    for (const Entry& entry : row.entries) {
      rows.columns.push_back(entry.column);
      rows.weights.push_back(entry.weight.f64);
    }
    rows.starts.push_back(rows.columns.size());
    rows.ends.push_back(row.ends);
  });
  return rows;
}

void Difference::apply_erased(const AnyField& field, std::size_t axis,
                              const AnyOutput& out, const Block& block) const {
  check_axis(field, axis);
  Range rows = block.rows;
  if (rows.last == Block().rows.last) rows.last = row_count();
  const Term term = {table_.get(), axis, out, rows, block.origin, block.ends};
  check_terms(field, {&term, 1});
  sweep(field, {&term, 1}, block.execution);
}

}  // namespace gridgrad
