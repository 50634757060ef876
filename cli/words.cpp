// cli/words.cpp: numbers, and letters of either case
//
// SPDX-License-Identifier: BSD-3-Clause

#include "words.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace gridgrad::cli {

std::optional<double> number_of(std::string_view word) {
  double number = 0;
  if (word.starts_with('+') && !word.starts_with("+-")) word.remove_prefix(1);
  const char* const end = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return text;
}

}  // namespace gridgrad::cli
