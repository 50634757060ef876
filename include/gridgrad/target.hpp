// gridgrad/target.hpp: the instruction sets that the kernels were compiled for
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gridgrad/api.hpp"

namespace gridgrad {

/// Targets compiled in that this CPU can run, best first: "AVX2", "SSE4", ...
[[nodiscard]] GRIDGRAD_API std::vector<std::string> available_targets();

/// The one in use: the best, unless the environment variable GRIDGRAD_TARGET named
/// another when the first kernel ran, or `force_target` chose one. Results have the same
/// bits on each.
[[nodiscard]] GRIDGRAD_API std::string active_target();

/// Uses one of `available_targets()` from now on; "" returns to the best. Not while other
/// threads compute. Throws Error: bad_argument for any other name.
GRIDGRAD_API void force_target(std::string_view name);

}  // namespace gridgrad
