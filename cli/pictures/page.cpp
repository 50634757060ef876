// cli/pictures/page.cpp: the title above a picture and the words below it
//
// SPDX-License-Identifier: BSD-3-Clause

#include "page.hpp"

namespace gridgrad::cli {
namespace {

constexpr double gap = 10;

}  // namespace

double draw_title(Drawing& drawing, const PageWords& words, double width) {
  const double room = width - 2 * page_margin;
  double top = page_margin;
  if (!words.title.empty()) {
    // Bold letters are an eighth wider.
    const FittedText title = fitted(words.title, {room * 8 / 9, 15, 3});
    drawing.text({page_margin, top}, title, {.attributes = "font-weight='bold'"});
    top += title.height();
  }
  if (!words.subtitle.empty()) {
    const FittedText subtitle = fitted(words.subtitle, {room, 12, 3});
    drawing.text({page_margin, top}, subtitle, {.attributes = "fill='#555'"});
    top += subtitle.height();
  }
  return top > page_margin ? top + gap : top;
}

double draw_captions(Drawing& drawing, const PageWords& words, const Box& room) {
  constexpr std::size_t most_lines = 20;
  double top = room.top;
  if (!words.captions.empty()) top += gap;
  for (const std::string& caption : words.captions) {
    const FittedText text = fitted(caption, {room.width, 10.5, most_lines});
    drawing.text({room.left, top}, text, {.attributes = "fill='#555'"});
    top += text.height();
  }
  return top + page_margin;
}

}  // namespace gridgrad::cli
