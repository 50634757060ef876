// cli/pictures/html.cpp: a picture as a page to look around in
//
// SPDX-License-Identifier: BSD-3-Clause

#include "html.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "colour_map.hpp"
#include "kept_samples.hpp"
#include "packed_numbers.hpp"
#include "viewer.hpp"

namespace gridgrad::cli {
namespace {

using Json = nlohmann::ordered_json;

// Positions of long lines that a page holds: some for each pixel of any screen.
constexpr std::size_t most_kept = 100'000;

std::string_view name_of(ColourScale scale) {
  if (scale == ColourScale::sequential) return "sequential";
  return scale == ColourScale::diverging ? "diverging" : "cyclic";
}

Json described(const PictureAxis& axis) {
  return {{"name", axis.name},
          {"title", axis.title},
          {"values", axis.values == AxisValues::dates ? "dates" : "numbers"},
          {"upwards", axis.upwards == Upwards::larger ? "larger" : "smaller"}};
}

Json described_with_cells(const PictureAxis& axis) {
  Json json = described(axis);
  json["positions"] = axis.positions;
  json["borders"] = axis.borders;
  return json;
}

// Whether float32, half the bytes, tells the samples of a layer apart well enough to see
// what they do.
bool suits_float(const Layer& layer) {
  constexpr double largest = std::numeric_limits<float>::max();
  constexpr double smallest = 0x1p-100;
  constexpr double least_share = 0x1p-14;  // of the difference of the extremes
  const double size = std::max(std::abs(layer.least), std::abs(layer.most));
  if (size == 0) return true;
  const double spread = layer.most - layer.least;
  return size <= largest && size >= smallest &&
         (spread == 0 || spread >= least_share * size);
}

Json described(const Layer& layer) {
  return {{"name", layer.name},
          {"title", layer.title},
          {"type", suits_float(layer) ? "float32" : "float64"},
          {"unit", layer.unit},
          {"scale", name_of(layer.range.scale)},
          {"low", layer.range.low},
          {"high", layer.range.high},
          {"least", layer.least},
          {"most", layer.most}};
}

Json described(const Slider& slider) {
  return {{"name", slider.name}, {"labels", slider.labels}};
}

Json described(const LinePanel& panel) {
  Json names = Json::array();
  for (const Line& line : panel.lines) names.push_back(line.name);
  return {{"title", panel.title}, {"lines", std::move(names)}};
}

template <class Parts>
Json list_of(const Parts& parts) {
  Json list = Json::array();
  for (const auto& part : parts) list.push_back(described(part));
  return list;
}

Json colours_of(ColourScale scale) {
  Json colours = Json::array();
  for (const Colour& colour : colour_map(scale)) colours.push_back(hex(colour));
  return colours;
}

// Each map that a layer has, by its name.
Json colour_maps(const std::vector<Layer>& layers) {
  Json maps = Json::object();
  for (const Layer& layer : layers) {
    const ColourScale scale = layer.range.scale;
    maps[std::string(name_of(scale))] = colours_of(scale);
  }
  return maps;
}

// What is shown before anything is chosen.
Json first_shown(const FieldPicture& picture) {
  const Panel first = picture.panels.empty() ? Panel{} : picture.panels.front();
  const bool has_arrows = picture.arrows && first.overlay == Overlay::arrows;
  return {{"layer", first.layer}, {"has_arrows", has_arrows}};
}

Json described(const FieldPicture& picture) {
  Json json = {{"kind", "field"},
               {"title", picture.title},
               {"captions", picture.captions},
               {"x", described_with_cells(picture.x)},
               {"y", described_with_cells(picture.y)},
               {"is_to_scale", picture.is_to_scale},
               {"layers", list_of(picture.layers)},
               {"sliders", list_of(picture.sliders)},
               {"shown", first_shown(picture)},
               {"colours", colour_maps(picture.layers)},
               {"missing", {hex(missing_colour), hex(missing_lines)}}};
  if (picture.arrows)
    json["arrows"] = {{"x", picture.arrows->x}, {"y", picture.arrows->y}};
  return json;
}

Json described(const LinePicture& picture, const KeptSamples& kept) {
  Json json = {{"kind", "lines"},
               {"title", picture.title},
               {"captions", picture.captions},
               {"x", described(picture.x)},
               {"panels", list_of(picture.panels)},
               {"colours", line_colours}};
  if (kept.block > 1) {
    json["captions"].push_back(
        fmt::format("{} of {} samples are drawn: the least and the greatest of every {}",
                    kept.indices.size(), picture.x.positions.size(), kept.block));
  }
  return json;
}

// What ends a script or begins a comment in HTML has this sign, which in JSON occurs
// inside of texts only. Titles that are not UTF-8 get signs that say so.
std::string json_in_html(const Json& json) {
  std::string text;
  for (const char sign : json.dump(-1, ' ', false, Json::error_handler_t::replace)) {
    if (sign == '<') {
      text += "\\u003c";
    } else {
      text += sign;
    }
  }
  return text;
}

std::string text_in_html(std::string_view text) {
  std::string escaped;
  for (const char sign : text) {
    switch (sign) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      default:
        escaped += sign;
    }
  }
  return escaped;
}

std::string data_of(std::string_view type, std::string_view attribute,
                    const std::string& text) {
  return fmt::format("<script type=\"{}\" {}>{}</script>\n", type, attribute, text);
}

template <class Number>
std::string numbers_of(const std::vector<Number>& numbers) {
  return data_of("text/plain", "class=\"numbers\"", packed(numbers));
}

std::string header_of(const Json& json) {
  return data_of("application/json", "id=\"picture\"", json_in_html(json));
}

std::string data_of(const FieldPicture& picture) {
  std::string data = header_of(described(picture));
  for (const Layer& layer : picture.layers) {
    data +=
        suits_float(layer)
            ? numbers_of(std::vector<float>(layer.samples.begin(), layer.samples.end()))
            : numbers_of(layer.samples);
  }
  return data;
}

std::vector<double> only(const KeptSamples& kept, const std::vector<double>& all) {
  std::vector<double> chosen;
  chosen.reserve(kept.indices.size());
  for (const std::size_t index : kept.indices) chosen.push_back(all[index]);
  return chosen;
}

std::string data_of(const LinePicture& picture) {
  const KeptSamples kept = kept_samples(picture, most_kept);
  std::string data = header_of(described(picture, kept));
  data += numbers_of(only(kept, picture.x.positions));
  for (const LinePanel& panel : picture.panels) {
    for (const Line& line : panel.lines) data += numbers_of(only(kept, line.samples));
  }
  return data;
}

// The page with its gaps filled in the order in which they stand there.
std::string filled(std::string_view page,
                   std::initializer_list<std::string_view> contents) {
  std::string text;
  for (const std::string_view content : contents) {
    const std::size_t gap = page.find("{{");
    text += page.substr(0, gap);
    text += content;
    page.remove_prefix(page.find("}}", gap) + 2);
  }
  text += page;
  return text;
}

}  // namespace

std::string html_of(const Picture& picture) {
  const auto page_of = [](const auto& shown) {
    return filled(viewer_page, {text_in_html(shown.title), viewer_style, data_of(shown),
                                viewer_script});
  };
  return std::visit(page_of, picture);
}

}  // namespace gridgrad::cli
