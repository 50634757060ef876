// cli/wrapped.cpp: lines are filled one after the other
//
// SPDX-License-Identifier: BSD-3-Clause

#include "wrapped.hpp"

#include <algorithm>

namespace gridgrad::cli {

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (lines.empty() || lines.back().size() + 1 + word.size() > width) {
      lines.emplace_back(word);
    } else {
      lines.back() += " " + std::string(word);
    }
  }
  return lines;
}

std::string indented(std::string_view text, std::size_t indent, std::size_t width) {
  std::string paragraph;
  for (const std::string& line : wrapped(text, width - indent)) {
    paragraph += std::string(indent, ' ') + line + "\n";
  }
  return paragraph;
}

}  // namespace gridgrad::cli
