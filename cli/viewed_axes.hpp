// cli/viewed_axes.hpp: which axes of a field a picture has, and what stands along them
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "picks.hpp"
#include "viewed_field.hpp"

namespace gridgrad::cli {

struct DrawnAxes {
  std::size_t x = 0;
  std::optional<std::size_t> y;      // nothing: a line
  std::vector<std::size_t> leading;  // that sliders walk along
  std::vector<Pick> picks;           // those with one sample that is drawn
};

// Those that `words` name, else those of a map, else the last two of space; `at` has one
// sample of others. Throws Error: bad_axis, bad_argument naming what there is.
[[nodiscard]] DrawnAxes drawn_axes(const ViewedGrid& grid,
                                   const std::vector<std::string>& words,
                                   const std::vector<std::string>& at);

// Whether a unit along both axes has one length, so that a map can be true to scale.
[[nodiscard]] bool are_alike(const ViewedAxis& x, const ViewedAxis& y);

// Whether a map with these axes is drawn so: neither is several times as long.
[[nodiscard]] bool is_to_scale(const ViewedAxis& x, const ViewedAxis& y);

// The axis of a picture whose cells are blocks of so many samples; positions that turn
// are counted instead, which is said.
[[nodiscard]] PictureAxis picture_axis(const ViewedAxis& axis, std::size_t block,
                                       Notes notes);

// "2001-01-31", "10 m", "sample 3".
[[nodiscard]] std::vector<std::string> labels_of(const ViewedAxis& axis,
                                                 const std::vector<std::size_t>& samples);

// "SST, time = 2001-01-31".
[[nodiscard]] std::string with_sample(const std::string& title, const ViewedAxis& axis,
                                      std::size_t sample);

// The same for all samples that are taken.
[[nodiscard]] std::string with_picks(std::string title, const ViewedGrid& grid,
                                     const DrawnAxes& axes);

}  // namespace gridgrad::cli
