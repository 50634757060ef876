// varying.hpp: derivatives along axes whose positions vary along other axes
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "gridgrad/axis.hpp"
#include "gridgrad/execution.hpp"
#include "gridgrad/scheme.hpp"
#include "gridgrad/strided_view.hpp"
#include "line_sets.hpp"
#include "row_table.hpp"

namespace gridgrad {

// The rows of the first line. Throws Error as documented at gradient_into, unless the
// positions of every line fit the field and the scheme; that the result fits is seen from
// the first.
[[nodiscard]] RowTable first_of_varying(const AnyField& field, const VaryingTerm& term,
                                        const Scheme& scheme);

// Builds the rows of every line and applies them: the bits of one call per line.
// Precondition: the term was checked.
void sweep_varying(const AnyField& field, const VaryingTerm& term, const Scheme& scheme,
                   Execution execution);

}  // namespace gridgrad
