// cli/wrapped.hpp: text broken into lines
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gridgrad::cli {

// At blanks, into lines of at most `width` characters where words are not longer.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

// The same, each line after `indent` blanks and ended.
[[nodiscard]] std::string indented(std::string_view text, std::size_t indent,
                                   std::size_t width);

}  // namespace gridgrad::cli
