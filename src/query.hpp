// query.hpp: value, gradient and Hessian at one location
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>

#include "patches.hpp"

namespace gridgrad {

// The query of interpolants of a rank from 1 to 4, null above.
[[nodiscard]] QueryFunction query_function(std::size_t rank, Interpolation interpolation,
                                           std::size_t window);

// Doubles that query_any_rank() needs as workspace.
[[nodiscard]] std::size_t query_workspace(const Patches& patches);

// The same answer at any rank, more slowly.
Status query_any_rank(const Patches& patches, const double* location,
                      const QueryResults& to, double* workspace) noexcept;

}  // namespace gridgrad
