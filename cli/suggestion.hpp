// cli/suggestion.hpp: "did you mean", and lists of names in messages
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gridgrad::cli {

// "a, b, c".
[[nodiscard]] std::string joined(const std::vector<std::string>& names);

// "a, b or c".
[[nodiscard]] std::string either(const std::vector<std::string>& names);

// Which of `names` is close to `typed`.
[[nodiscard]] std::optional<std::size_t> nearest(std::string_view typed,
                                                 const std::vector<std::string>& names);

// "; did you mean SST?" where one of `names` is close to `typed`, else nothing.
[[nodiscard]] std::string suggestion(std::string_view typed,
                                     const std::vector<std::string>& names);

}  // namespace gridgrad::cli
