// sweep.hpp: the one walk over a field that applies every operator
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "gridgrad/boundary.hpp"
#include "gridgrad/execution.hpp"
#include "gridgrad/strided_view.hpp"
#include "ranges.hpp"
#include "row_table.hpp"
#include "tiling.hpp"

namespace gridgrad {

// One output of a sweep: rows of an operator along an axis of the field.
struct Term {
  const RowTable* table;
  std::size_t axis;
  AnyOutput out;
  Range rows;
  SampleRanges held;  // by the field along the axis
  std::array<EndValues, 2> ends;
  std::size_t component = 0;  // place among the results of the call
};

// All rows of a table on a field that holds all its samples.
struct Whole {
  std::size_t axis;
  AnyOutput out;
  std::array<EndValues, 2> ends;
  std::size_t component = 0;
};
[[nodiscard]] inline Term whole_term(const RowTable& table, const Whole& of) {
  const SampleRanges held(Range{0, table.extent()});
  return {&table, of.axis, of.out, {0, table.row_count()}, held, of.ends, of.component};
}

// Throws Error: bad_axis unless the field has the axis.
void check_axis(const AnyField& field, std::size_t axis);

// Throws Error: bad_shape unless there is one result per component.
void check_count(std::size_t results, std::size_t components);

// Throws Error as documented at Difference::apply, unless every term fits the field.
void check_terms(const AnyField& field, std::span<const Term> terms);

// Throws Error: bad_argument if a result overlaps a field or another result.
void check_overlap(std::span<const AnyField> fields, std::span<const AnyOutput> out);

// Whether the weights of rows on such a field are float32, not float64.
[[nodiscard]] bool computes_in_float(ElementType field) noexcept;

// Throws Error: bad_argument if weights leave the normal numbers of their type.
void check_weights(const AnyField& field, const RowTable& table);

// The same for a result that holds orders of accuracy.
void check_accuracy_term(const AnyField& field, const Term& term);

// Writes the order of the truncation error of every result, 0 where it is missing.
// Precondition: the term was checked.
void achieved_accuracy(const AnyField& field, const Term& term);

// How many threads a call on this field takes.
[[nodiscard]] std::size_t thread_count(const AnyField& field, Execution execution);

// Computes every term while a box of the field is in the cache. Precondition: the terms
// were checked. Results do not depend on the tiling, which is chosen for the caches
// unless given.
void sweep(const AnyField& field, std::span<const Term> terms, Execution execution,
           const std::optional<Tiling>& tiling = {});

}  // namespace gridgrad
