// message.hpp: numbers in error messages
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <charconv>
#include <cstddef>
#include <string>

namespace gridgrad {

// The shortest digits that give the number back: "0.1", "1e-300", "nan".
[[nodiscard]] inline std::string text(double number) {
  std::array<char, 32> digits;  // the longest double needs 24
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  return {digits.data(), end.ptr};
}

// "1 sample", "2 samples".
[[nodiscard]] inline std::string counted(std::size_t count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace gridgrad
