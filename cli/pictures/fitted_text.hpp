// cli/pictures/fitted_text.hpp: words that fit into a picture
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gridgrad::cli {

// For the content and the attributes of XML. What XML 1.0 or UTF-8 does not have becomes
// U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

// As wide as in DejaVu Sans, the widest of the fonts that a picture asks for; letters
// beyond ASCII are taken for wide ones. `size` is that of the font.
[[nodiscard]] double text_width(std::string_view text, double size);

// What a title ends with: "(K m-1)". Empty where there is none.
[[nodiscard]] std::string_view unit_of(std::string_view title);

// A text in lines.
struct FittedText {
  std::vector<std::string> lines;
  double size = 0;  // of the font

  [[nodiscard]] double height() const;
};

// What a text may take.
struct TextRoom {
  double width = 0;
  double size = 0;  // of the font; smaller by up to a quarter where that helps
  std::size_t most_lines = 1;
};

// A unit that a title ends with is not broken. Cut, with an ellipsis, where even small
// lines have no room for it.
[[nodiscard]] FittedText fitted(std::string_view text, const TextRoom& room);

// From one line of a text to the next.
[[nodiscard]] double line_height(double size);

}  // namespace gridgrad::cli
