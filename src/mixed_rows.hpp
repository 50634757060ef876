// mixed_rows.hpp: rows whose samples and weights differ in type, or round to 16 bits
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>

#include "peer_rows.hpp"
#include "sweep.hpp"

namespace gridgrad {

// Writes what the rows give: differences are taken in the type of the samples, everything
// else in that of the rows, and results rounded at the end. Complex quotients take the
// product with the reciprocal.
//
// Preconditions, not checked: the samples are float16, float32 or complex64; `term`,
// whose table is not read, writes the same type.
void apply_mixed(const PeerRows& rows, const AnyField& field, const Term& term,
                 std::size_t threads);

}  // namespace gridgrad
