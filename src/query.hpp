// query.hpp: value, gradient and Hessian at one location
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>

#include "patches.hpp"

namespace gridgrad {

// The queries of interpolants of a rank from 1 to 4. Samples that are read where they are
// are floats (`is_single`) or doubles.
[[nodiscard]] QueryFunctions query_functions(bool is_single, std::size_t rank,
                                             std::size_t window);

[[nodiscard]] inline kernels::Order order_of(const QueryResults& to) noexcept {
  if (to.hessian != nullptr) return kernels::Order::hessian;
  return to.gradient != nullptr ? kernels::Order::gradient : kernels::Order::value;
}

// Doubles that query_any_rank() needs as workspace.
[[nodiscard]] std::size_t query_workspace(const Patches& patches);

// The same answer at any rank, more slowly.
Status query_any_rank(const Patches& patches, const double* location,
                      const QueryResults& to, double* workspace) noexcept;

}  // namespace gridgrad
