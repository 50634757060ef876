// gridgrad/execution.hpp: how many threads a call may use
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>

#include "gridgrad/api.hpp"

namespace gridgrad {

/// The bits of a result do not depend on it.
struct Execution {
  /// 0: the caller's thread alone for small fields, else `default_threads()`.
  std::size_t threads = 0;
};

/// GRIDGRAD_NUM_THREADS if that is a positive number, else the processors that this
/// process may run on. Read once.
[[nodiscard]] GRIDGRAD_API std::size_t default_threads() noexcept;

}  // namespace gridgrad
