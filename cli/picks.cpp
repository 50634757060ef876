// cli/picks.cpp: one sample along some axes
//
// SPDX-License-Identifier: BSD-3-Clause

#include "picks.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/core.h>

#include "axis_names.hpp"
#include "gridgrad/error.hpp"

namespace gridgrad::cli {
namespace {

Pick pick_of(const std::string& word, const PickableAxes& axes) {
  const auto refuse = [&](const std::string& message) {
    throw Error(ErrorCode::bad_argument, axes.option, message);
  };
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos) {
    refuse("'" + word + "' given; AXIS=SAMPLE is needed, as in " + axes.names.front() +
           "=0");
  }
  const std::size_t axis = named_axes({word.substr(0, equals)}, axes.names).front();
  const auto extent = static_cast<std::ptrdiff_t>(axes.extents[axis]);
  std::ptrdiff_t sample = 0;
  const char* const end = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data() + equals + 1, end, sample);
  const bool is_number = error == std::errc() && stop == end;
  if (!is_number || sample < -extent || sample >= extent) {
    refuse(
        fmt::format("'{}' given; {} has {} samples, counted from 0, or from -1 "
                    "backwards",
                    word, axes.names[axis], extent));
  }
  return {axis, axes.names[axis],
          static_cast<std::size_t>(sample < 0 ? sample + extent : sample),
          axes.extents[axis]};
}

}  // namespace

std::vector<Pick> picks_of(const std::vector<std::string>& words,
                           const PickableAxes& axes) {
  std::vector<Pick> picks;
  for (const std::string& word : words) {
    picks.push_back(pick_of(word, axes));
    if (std::ranges::count(picks, picks.back().axis, &Pick::axis) == 1) continue;
    throw Error(ErrorCode::bad_argument, axes.option,
                picks.back().name + " given twice; one sample is taken");
  }
  for (std::size_t axis = 0; axis < axes.extents.size(); ++axis) {
    const bool is_picked = std::ranges::count(picks, axis, &Pick::axis) > 0;
    if (axes.extents[axis] == 1 && !is_picked) {
      picks.push_back({axis, axes.names[axis], 0, 1});
    }
  }
  return picks;
}

std::vector<std::size_t> axes_left(const std::vector<Pick>& picks, std::size_t rank) {
  std::vector<std::size_t> axes;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    if (std::ranges::count(picks, axis, &Pick::axis) == 0) axes.push_back(axis);
  }
  return axes;
}

}  // namespace gridgrad::cli
