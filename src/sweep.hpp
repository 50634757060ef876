// sweep.hpp: the one walk over a field that applies every operator
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "gridgrad/execution.hpp"
#include "gridgrad/strided_view.hpp"
#include "row_table.hpp"
#include "tiling.hpp"

namespace gridgrad {

// One output of a sweep: rows of an operator along an axis of the field.
struct Term {
  const RowTable* table;
  std::size_t axis;
  AnyOutput out;
  Range rows;
  std::size_t origin;  // sample that stands first in the field
  std::array<double, 2> ends;
};

// Throws Error: bad_axis unless the field has the axis.
void check_axis(const AnyField& field, std::size_t axis);

// Throws Error as documented at Difference::apply, unless every term fits the field.
void check_terms(const AnyField& field, std::span<const Term> terms);

// Computes every term while a box of the field is in the cache. Precondition: the terms
// were checked. Results do not depend on the tiling.
void sweep(const AnyField& field, std::span<const Term> terms, Execution execution,
           const Tiling& tiling = {});

}  // namespace gridgrad
