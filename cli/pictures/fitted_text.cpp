// cli/pictures/fitted_text.cpp: words that fit into a picture
//
// SPDX-License-Identifier: BSD-3-Clause

#include "fitted_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace gridgrad::cli {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD
constexpr std::string_view ellipsis = "\xe2\x80\xa6";

// Of the characters from ' ' to '~', in thousandths of the font's size.
constexpr std::array<std::uint16_t, 95> widths = {
    318,  401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
    636,  636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
    1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
    603,  787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
    500,  613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635,  635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838};

std::uint8_t byte_at(std::string_view text, std::size_t i) {
  return static_cast<std::uint8_t>(text[i]);
}

// Bytes of the UTF-8 sequence that such a byte begins; 0 if none does.
std::size_t sequence_length(std::uint8_t first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  if (first >= 0xf0 && first < 0xf5) return 4;
  return 0;
}

bool is_in_xml(std::uint32_t point, std::size_t length) {
  constexpr std::array<std::uint32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  if (point < least[length] || point > 0x10ffff) return false;
  if (point < 0x20) return point == '\t' || point == '\n' || point == '\r';
  return (point < 0xd800 || point > 0xdfff) && point != 0xfffe && point != 0xffff;
}

// Bytes of the character that begins at `i`, if it is one that XML has.
std::optional<std::size_t> character_length(std::string_view text, std::size_t i) {
  const std::size_t length = sequence_length(byte_at(text, i));
  if (length == 0 || i + length > text.size()) return std::nullopt;
  std::uint32_t point =
      length == 1 ? byte_at(text, i) : byte_at(text, i) & (0x7fU >> length);
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte_at(text, i + k) & 0xc0U) != 0x80) return std::nullopt;
    point = point << 6 | (byte_at(text, i + k) & 0x3fU);
  }
  if (!is_in_xml(point, length)) return std::nullopt;
  return length;
}

std::string_view escape_of(char letter) {
  switch (letter) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

// Of letters beyond ASCII by their bytes: those of Europe, signs and other scripts, the
// rest.
double width_of_others(std::size_t length) {
  constexpr std::array<double, 5> ems = {0.84, 0.84, 0.65, 0.84, 1.0};
  return ems[length];
}

// Whole characters from the beginning that fit, one at least.
std::string_view beginning(std::string_view text, double size, double width) {
  std::size_t end = character_length(text, 0).value_or(1);
  while (end < text.size()) {
    const std::size_t next = end + character_length(text, end).value_or(1);
    if (text_width(text.substr(0, next), size) > width) break;
    end = next;
  }
  return text.substr(0, end);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

// A unit that has room in a line is one word.
std::vector<std::string_view> parts_of(std::string_view text, double size, double width) {
  const std::string_view unit = unit_of(text);
  if (unit.empty() || text_width(unit, size) > width) return words_of(text);
  text.remove_suffix(unit.size());
  std::vector<std::string_view> parts = words_of(text);
  parts.push_back(unit);
  return parts;
}

// Lines of words, as they are filled.
class Lines {
 public:
  Lines(double size, double width) : size_(size), width_(width) {}

  void add(std::string_view word) {
    if (!lines_.empty()) {
      const std::string joined = fmt::format("{} {}", lines_.back(), word);
      if (fits(joined)) {
        lines_.back() = joined;
        return;
      }
    }
    add_line(word);
  }

  [[nodiscard]] std::vector<std::string> take() { return std::move(lines_); }

 private:
  [[nodiscard]] bool fits(std::string_view text) const {
    return text_width(text, size_) <= width_;
  }

  // A word that is wider than a line is broken anywhere.
  void add_line(std::string_view word) {
    while (!fits(word)) {
      const std::string_view part = beginning(word, size_, width_);
      if (part.size() == word.size()) break;
      lines_.emplace_back(part);
      word.remove_prefix(part.size());
    }
    lines_.emplace_back(word);
  }

  double size_;
  double width_;
  std::vector<std::string> lines_;
};

std::vector<std::string> wrapped(std::string_view text, double size, double width) {
  Lines lines(size, width);
  for (const std::string_view part : parts_of(text, size, width)) lines.add(part);
  return lines.take();
}

bool has_room_for_words(std::string_view text, double size, double width) {
  return std::ranges::all_of(words_of(text), [&](std::string_view word) {
    return text_width(word, size) <= width;
  });
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const std::optional<std::size_t> length = character_length(text, i);
    if (!length) {
      result += replacement;
      ++i;
      continue;
    }
    const std::string_view escape = escape_of(text[i]);
    result += escape.empty() ? text.substr(i, *length) : escape;
    i += *length;
  }
  return result;
}

double text_width(std::string_view text, double size) {
  double width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const bool is_known = text[i] >= ' ' && text[i] <= '~';
    const std::size_t length = character_length(text, i).value_or(1);
    width += is_known ? widths[byte_at(text, i) - ' '] / 1000.0 : width_of_others(length);
    i += length;
  }
  return width * size;
}

double FittedText::height() const {
  return static_cast<double>(lines.size()) * line_height(size);
}

std::string_view unit_of(std::string_view title) {
  const std::size_t begin = title.rfind(" (");
  if (begin == std::string_view::npos || !title.ends_with(')')) return {};
  return title.substr(begin + 1);
}

FittedText fitted(std::string_view text, const TextRoom& room) {
  constexpr double smallest = 0.75;
  constexpr double smaller = 0.95;
  double size = room.size;
  FittedText result;
  while (true) {
    result = {wrapped(text, size, room.width), size};
    const bool fits = result.lines.size() <= room.most_lines &&
                      has_room_for_words(text, size, room.width);
    if (fits || size * smaller < room.size * smallest) break;
    size *= smaller;
  }
  if (result.lines.size() > room.most_lines) {
    result.lines.resize(room.most_lines);
    const double width = room.width - text_width(ellipsis, size);
    std::string& last = result.lines.back();
    last = std::string(beginning(last, size, width)) + std::string(ellipsis);
  }
  return result;
}

double line_height(double size) {
  return 1.25 * size;
}

}  // namespace gridgrad::cli
