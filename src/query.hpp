// query.hpp: value, gradient and Hessian at one location
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>

#include "patches.hpp"

namespace gridgrad {

[[nodiscard]] inline kernels::Order order_of(const QueryResults& to) noexcept {
  if (to.hessian != nullptr) return kernels::Order::hessian;
  return to.gradient != nullptr ? kernels::Order::gradient : kernels::Order::value;
}

// Answers a location anywhere, on axes of any kind, of a field of up to most_query_axes.
[[nodiscard]] Status query_anywhere(const Patches& patches, const double* location,
                                    const QueryResults& to) noexcept;

// Doubles that query_any_rank() needs as workspace.
[[nodiscard]] std::size_t query_workspace(const Patches& patches);

// The same at any rank, without kernels.
[[nodiscard]] Status query_any_rank(const Patches& patches, const double* location,
                                    const QueryResults& to, double* workspace) noexcept;

}  // namespace gridgrad
