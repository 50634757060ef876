// cli/axis_names.cpp: names and numbers of axes
//
// SPDX-License-Identifier: BSD-3-Clause

#include "axis_names.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>
#include <string_view>

#include "gridgrad/error.hpp"
#include "suggestion.hpp"

namespace gridgrad::cli {
namespace {

std::optional<std::size_t> index_of(const std::string& word, std::size_t rank) {
  constexpr std::string_view prefix = "axis";
  const std::size_t skipped = word.starts_with(prefix) ? prefix.size() : 0;
  std::ptrdiff_t index = 0;
  const char* const end = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data() + skipped, end, index);
  if (error != std::errc() || stop != end) return std::nullopt;
  const auto count = static_cast<std::ptrdiff_t>(rank);
  if (index < -count || index >= count) return std::nullopt;
  return static_cast<std::size_t>(index < 0 ? index + count : index);
}

std::size_t axis_of(const std::string& word, const std::vector<std::string>& names) {
  const auto found = std::ranges::find(names, word);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  if (const auto index = index_of(word, names.size())) return *index;
  throw Error(ErrorCode::bad_axis, "axis",
              "'" + word + "' given; the field has axes " + joined(names) +
                  suggestion(word, names));
}

}  // namespace

std::vector<std::size_t> named_axes(const std::vector<std::string>& words,
                                    const std::vector<std::string>& names) {
  std::vector<std::size_t> axes;
  if (words.size() == 1 && words[0] == "all" &&
      std::ranges::find(names, "all") == names.end()) {
    axes.resize(names.size());
    std::iota(axes.begin(), axes.end(), std::size_t{0});
    return axes;
  }
  for (const std::string& word : words) {
    const std::size_t axis = axis_of(word, names);
    if (std::ranges::find(axes, axis) != axes.end()) {
      throw Error(ErrorCode::bad_axis, "axis",
                  names[axis] + " given twice; each axis may be asked for once");
    }
    axes.push_back(axis);
  }
  return axes;
}

std::vector<std::string> numbered(std::size_t rank) {
  std::vector<std::string> names;
  for (std::size_t axis = 0; axis < rank; ++axis) names.push_back(std::to_string(axis));
  return names;
}

}  // namespace gridgrad::cli
