// difference.cpp: the operator as users hold it
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/difference.hpp"

#include <boost/container/small_vector.hpp>
#include <utility>

#include "row_table.hpp"
#include "selected_rows.hpp"
#include "sweep.hpp"
#include "transpose.hpp"

namespace gridgrad {

namespace {

struct Call {
  const AnyField& field;
  std::size_t axis;
  const AnyOutput& out;
  std::size_t component = 0;  // place among the results
};

Term term_of(const RowTable& table, const Call& call, const Block& block) {
  check_axis(call.field, call.axis);
  Range rows = block.rows;
  if (rows.last == Block().rows.last) rows.last = table.row_count();
  const SampleRanges held = block.samples.empty()
                                ? SampleRanges(Range{0, table.extent()})
                                : SampleRanges(std::span<const Range>(block.samples));
  return {&table, call.axis, call.out, rows, held, block.ends, call.component};
}

SparseRows sparse(const RowTable& table) {
  SparseRows rows;
  rows.starts.push_back(0);
  for_each_row(table, [&](std::size_t, const RowEntries& row) {
    for (const Entry& entry : row.entries) {
      rows.columns.push_back(entry.column);
      rows.weights.push_back(entry.weight.f64);
    }
    rows.starts.push_back(rows.columns.size());
    rows.ends.push_back(row.ends);
    rows.accuracies.push_back(row.accuracy);
  });
  return rows;
}

}  // namespace

Difference::Difference(const Axis& axis, std::size_t extent, const Scheme& scheme,
                       Execution execution)
    : table_(std::make_shared<const RowTable>(axis, extent, scheme, execution)) {}

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
  const SampleRanges support = table_->support(rows);
  return {support.ranges().begin(), support.ranges().end()};
}

Difference Difference::transposed(std::span<const std::uint8_t> mask) const {
  return Difference(std::make_shared<const RowTable>(
      gridgrad::transposed(mask.empty() ? *table_ : selected_rows(*table_, mask))));
}

SparseRows Difference::rows(std::span<const std::uint8_t> mask) const {
  if (!mask.empty()) return sparse(selected_rows(*table_, mask));
  return sparse(*table_);
}

void Difference::apply(const AnyField& field, std::size_t axis, const AnyOutput& out,
                       const Block& block) const {
  const Term term = term_of(*table_, {field, axis, out}, block);
  check_terms(field, {&term, 1});
  sweep(field, {&term, 1}, block.execution);
}

void apply_each(const AnyField& field, std::span<const DifferenceAlong> along,
                std::span<const AnyOutput> out, Execution execution) {
  constexpr std::size_t usual_rank = 4;
  check_count(out.size(), along.size());
  boost::container::small_vector<Term, usual_rank> terms;
  for (std::size_t k = 0; k < along.size(); ++k) {
    const DifferenceAlong& one = along[k];
    terms.push_back(
        term_of(one.difference.table(), {field, one.axis, out[k], k}, one.block));
  }
  const std::span<const Term> all(terms.data(), terms.size());
  check_terms(field, all);
  sweep(field, all, execution);
}

void Difference::achieved_accuracy(const AnyField& field, std::size_t axis,
                                   const AnyOutput& out, const Block& block) const {
  const Term term = term_of(*table_, {field, axis, out}, block);
  check_accuracy_term(field, term);
  gridgrad::achieved_accuracy(field, term);
}

}  // namespace gridgrad
