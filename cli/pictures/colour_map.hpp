// cli/pictures/colour_map.hpp: which colour a value has
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "picture.hpp"

namespace gridgrad::cli {

struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  bool operator==(const Colour&) const = default;
};

// An odd number has one in the middle, for 0; one more index of a byte is left for what
// is missing.
inline constexpr std::size_t colour_count = 255;
using ColourMap = std::array<Colour, colour_count>;

// From the lowest value to the highest. Sequential: viridis (van der Walt and Smith,
// 2015); diverging: RdBu from blue to red (Brewer, 2002); cyclic: twilight (Bechtold,
// 2017).
[[nodiscard]] const ColourMap& colour_map(ColourScale scale);

// Into its map: the range in as many equal parts, those beyond have the nearest. Not for
// NaN.
[[nodiscard]] std::uint8_t colour_index(const ColourRange& range, double value);

// What stands for missing samples: a light grey, with lines of a darker one where there
// is room for them.
inline constexpr Colour missing_colour = {0xcf, 0xcf, 0xcf};
inline constexpr Colour missing_lines = {0xa9, 0xa9, 0xa9};

// Of lines, in turn. Told apart by people who see colours in other ways too (Okabe and
// Ito, 2008).
inline constexpr std::array<std::string_view, 7> line_colours = {
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#222222"};

// "#1f77b4".
[[nodiscard]] std::string hex(const Colour& colour);

}  // namespace gridgrad::cli
