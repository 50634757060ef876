// cli/command_line.cpp: for the history of an output
//
// SPDX-License-Identifier: BSD-3-Clause

#include "command_line.hpp"

#include <string_view>

namespace gridgrad::cli {
namespace {

std::string quoted(const std::string& word) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./,:=+%@";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string text = "'";
  for (const char letter : word) {
    if (letter == '\'') {
      text += "'\\''";
    } else {
      text += letter;
    }
  }
  return text + "'";
}

}  // namespace

std::string command_line(int count, const char* const* texts) {
  std::string line = "gridgrad";
  for (int k = 1; k < count; ++k) line += " " + quoted(texts[k]);
  return line;
}

}  // namespace gridgrad::cli
