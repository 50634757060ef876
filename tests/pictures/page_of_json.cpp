// page_of_json.cpp: reads a picture from JSON, writes its page
//
// SPDX-License-Identifier: BSD-3-Clause
//
// Members have the names of picture.hpp; those that are left out keep their defaults,
// null among samples is missing, and axes have their borders half-way between positions.

#include <iostream>
#include <limits>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "pictures/html.hpp"
#include "pictures/picture.hpp"

namespace gridgrad::cli {
namespace {

using Json = nlohmann::json;

double number(const Json& json) {
  if (json.is_null()) return std::numeric_limits<double>::quiet_NaN();
  return json.is_string() ? std::stod(json.get<std::string>()) : json.get<double>();
}

template <class Number>
std::vector<Number> numbers(const Json& json) {
  std::vector<Number> all;
  for (const Json& one : json) all.push_back(static_cast<Number>(number(one)));
  return all;
}

std::vector<double> borders_of(const std::vector<double>& positions) {
  const std::size_t extent = positions.size();
  if (extent < 2) return {positions.at(0) - 0.5, positions.at(0) + 0.5};
  std::vector<double> borders = {positions[0] - (positions[1] - positions[0]) / 2};
  for (std::size_t i = 1; i < extent; ++i) {
    borders.push_back((positions[i - 1] + positions[i]) / 2);
  }
  borders.push_back(positions[extent - 1] +
                    (positions[extent - 1] - positions[extent - 2]) / 2);
  return borders;
}

PictureAxis axis_of(const Json& json) {
  PictureAxis axis;
  axis.name = json.at("name");
  axis.title = json.value("title", axis.name);
  if (json.value("values", "") == "dates") axis.values = AxisValues::dates;
  if (json.value("upwards", "") == "smaller") axis.upwards = Upwards::smaller;
  axis.positions = numbers<double>(json.at("positions"));
  axis.borders = borders_of(axis.positions);
  return axis;
}

ColourScale scale_of(const std::string& name) {
  if (name == "diverging") return ColourScale::diverging;
  return name == "cyclic" ? ColourScale::cyclic : ColourScale::sequential;
}

Layer layer_of(const Json& json) {
  Layer layer;
  layer.name = json.at("name");
  layer.title = json.value("title", layer.name);
  layer.unit = json.value("unit", "");
  layer.range = {scale_of(json.value("scale", "")), json.at("low"), json.at("high")};
  layer.least = json.at("least");
  layer.most = json.at("most");
  layer.samples = numbers<double>(json.at("samples"));
  return layer;
}

FieldPicture field_of(const Json& json) {
  FieldPicture picture;
  picture.title = json.at("title");
  picture.captions = json.value("captions", picture.captions);
  picture.x = axis_of(json.at("x"));
  picture.y = axis_of(json.at("y"));
  picture.is_to_scale = json.value("is_to_scale", false);
  for (const Json& layer : json.at("layers")) picture.layers.push_back(layer_of(layer));
  if (json.contains("arrows")) {
    picture.arrows = {json.at("arrows").at("x"), json.at("arrows").at("y")};
  }
  for (const Json& panel : json.value("panels", Json::array())) {
    const bool has_arrows = panel.value("overlay", "") == "arrows";
    picture.panels.push_back(
        {panel.at("layer"), has_arrows ? Overlay::arrows : Overlay::none});
  }
  for (const Json& slider : json.value("sliders", Json::array())) {
    picture.sliders.push_back({slider.at("name"), slider.at("labels")});
  }
  return picture;
}

LinePicture lines_of(const Json& json) {
  LinePicture picture;
  picture.title = json.at("title");
  picture.captions = json.value("captions", picture.captions);
  picture.x = axis_of(json.at("x"));
  for (const Json& panel : json.at("panels")) {
    picture.panels.push_back({panel.at("title"), {}});
    for (const Json& line : panel.at("lines")) {
      picture.panels.back().lines.push_back(
          {line.at("name"), numbers<double>(line.at("samples"))});
    }
  }
  return picture;
}

}  // namespace
}  // namespace gridgrad::cli

int main() {
  using namespace gridgrad::cli;
  const auto json = nlohmann::json::parse(std::cin);
  const bool has_layers = json.contains("layers");
  const Picture picture = has_layers ? Picture(field_of(json)) : Picture(lines_of(json));
  std::cout << html_of(picture);
}
