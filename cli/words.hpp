// cli/words.hpp: what the words of options, labels and cells are made of
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gridgrad::cli {

// The number that a word is, as a whole.
[[nodiscard]] std::optional<double> number_of(std::string_view word);

// In lower case, of ASCII letters.
[[nodiscard]] std::string lower(std::string text);

}  // namespace gridgrad::cli
