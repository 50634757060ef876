// cli/axis_names.hpp: what the option --axis means
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gridgrad::cli {

// The axes of a field that `words` name, in their order: a name of `names` where the axes
// have any, a number counted from either end, which the word axis may precede, or "all".
// Throws Error: bad_axis naming the axes there are, also for an axis named twice.
[[nodiscard]] std::vector<std::size_t> named_axes(const std::vector<std::string>& words,
                                                  const std::vector<std::string>& names);

// "0", "1", ...: axes of a file that does not name them.
[[nodiscard]] std::vector<std::string> numbered(std::size_t rank);

}  // namespace gridgrad::cli
