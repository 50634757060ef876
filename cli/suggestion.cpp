// cli/suggestion.cpp: the nearest name by edit distance, letter case aside
//
// SPDX-License-Identifier: BSD-3-Clause

#include "suggestion.hpp"

#include <algorithm>
#include <cctype>

namespace gridgrad::cli {
namespace {

bool is_same_letter(char one, char other) {
  return std::tolower(static_cast<unsigned char>(one)) ==
         std::tolower(static_cast<unsigned char>(other));
}

// Edits are letters left out, added, replaced, and neighbours exchanged: Damerau, Comm.
// ACM 7 (1964) 171-176. distance[i][k] is that of the first i letters from the first k.
std::size_t edit_distance(std::string_view from, std::string_view to) {
  std::vector<std::vector<std::size_t>> distance(from.size() + 1);
  for (std::size_t i = 0; i <= from.size(); ++i) {
    distance[i].assign(to.size() + 1, i);
    for (std::size_t k = 0; k <= to.size(); ++k) {
      std::size_t& here = distance[i][k];
      if (i == 0) here = k;
      if (i == 0 || k == 0) continue;
      const std::size_t replaced = is_same_letter(from[i - 1], to[k - 1]) ? 0 : 1;
      here = std::min({distance[i - 1][k - 1] + replaced, distance[i][k - 1] + 1,
                       distance[i - 1][k] + 1});
      const bool are_exchanged = i > 1 && k > 1 &&
                                 is_same_letter(from[i - 1], to[k - 2]) &&
                                 is_same_letter(from[i - 2], to[k - 1]);
      if (are_exchanged) here = std::min(here, distance[i - 2][k - 2] + 1);
    }
  }
  return distance[from.size()][to.size()];
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

std::string either(const std::vector<std::string>& names) {
  if (names.size() < 2) return joined(names);
  const std::vector<std::string> first(names.begin(), names.end() - 1);
  return joined(first) + " or " + names.back();
}

std::optional<std::size_t> nearest(std::string_view typed,
                                   const std::vector<std::string>& names) {
  // A third of the letters may be wrong, and one in the shortest names, but not all.
  std::size_t best =
      std::min(typed.size(), std::max<std::size_t>(1, typed.size() / 3) + 1);
  std::optional<std::size_t> found;
  for (std::size_t k = 0; k < names.size(); ++k) {
    const std::size_t distance = edit_distance(typed, names[k]);
    if (distance < best) {
      best = distance;
      found = k;
    }
  }
  return found;
}

std::string suggestion(std::string_view typed, const std::vector<std::string>& names) {
  const auto found = nearest(typed, names);
  return found ? "; did you mean " + names[*found] + "?" : "";
}

}  // namespace gridgrad::cli
