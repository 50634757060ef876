// cli/suggestion.cpp: the nearest name by edit distance, letter case aside
//
// SPDX-License-Identifier: BSD-3-Clause

#include "suggestion.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <numeric>

namespace gridgrad::cli {
namespace {

bool is_same_letter(char one, char other) {
  return std::tolower(static_cast<unsigned char>(one)) ==
         std::tolower(static_cast<unsigned char>(other));
}

// Levenshtein, one line of the table at a time.
std::size_t edit_distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> line(to.size() + 1);
  std::iota(line.begin(), line.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = line[0];
    line[0] = i + 1;
    for (std::size_t k = 0; k < to.size(); ++k) {
      const std::size_t replaced = diagonal + (is_same_letter(from[i], to[k]) ? 0 : 1);
      diagonal = line[k + 1];
      line[k + 1] = std::min({replaced, line[k] + 1, diagonal + 1});
    }
  }
  return line.back();
}

}  // namespace

std::string joined(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  return list;
}

std::string suggestion(std::string_view typed, const std::vector<std::string>& names) {
  // A third of the letters may be wrong, and one in the shortest names, but not all.
  std::size_t best =
      std::min(typed.size(), std::max<std::size_t>(1, typed.size() / 3) + 1);
  std::string nearest;
  for (const std::string& name : names) {
    const std::size_t distance = edit_distance(typed, name);
    if (distance < best) {
      best = distance;
      nearest = name;
    }
  }
  return nearest.empty() ? "" : "; did you mean " + nearest + "?";
}

}  // namespace gridgrad::cli
