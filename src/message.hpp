// message.hpp: numbers in error messages
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace gridgrad {

// The shortest digits that give the number back: "0.1", "1e-300", "nan".
[[nodiscard]] inline std::string text(double number) {
  std::array<char, 32> digits;  // the longest double needs 24
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  return {digits.data(), end.ptr};
}

// "1 sample", "2 samples", "2 axes".
[[nodiscard]] inline std::string counted(std::size_t count, std::string noun) {
  if (count != 1 && noun.ends_with("is")) {
    noun.replace(noun.size() - 2, 1, "e");
  } else if (count != 1) {
    noun += "s";
  }
  return std::to_string(count) + " " + noun;
}

// "(3, 4)": a shape, or a place in an array.
[[nodiscard]] inline std::string shape_text(std::span<const std::size_t> numbers) {
  std::string text = "(";
  for (const std::size_t number : numbers) {
    if (text.size() > 1) text += ", ";
    text += std::to_string(number);
  }
  return text + ")";
}

// "axis 2", or "the axis" where there is only one to speak of.
[[nodiscard]] inline std::string axis_text(const std::optional<std::size_t>& axis) {
  return axis ? "axis " + std::to_string(*axis) : "the axis";
}

}  // namespace gridgrad
