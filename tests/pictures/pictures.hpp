// pictures.hpp: small pictures
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "pictures/picture.hpp"

namespace gridgrad::test {

inline cli::PictureAxis axis_with(std::vector<double> borders) {
  cli::PictureAxis axis;
  axis.name = "axis";
  axis.title = "axis";
  for (std::size_t i = 1; i < borders.size(); ++i) {
    axis.positions.push_back((borders[i - 1] + borders[i]) / 2);
  }
  axis.borders = std::move(borders);
  return axis;
}

inline std::vector<double> whole_borders(std::size_t extent) {
  std::vector<double> borders;
  for (std::size_t i = 0; i <= extent; ++i) {
    borders.push_back(static_cast<double>(i) - 0.5);
  }
  return borders;
}

inline cli::Layer layer_of(std::string name, std::vector<double> samples,
                           const cli::ColourRange& range) {
  cli::Layer layer;
  layer.title = name;
  layer.name = std::move(name);
  layer.range = range;
  layer.least = range.low;
  layer.most = range.high;
  layer.samples = std::move(samples);
  return layer;
}

// One panel of one layer.
inline cli::FieldPicture map_of(std::size_t rows, std::size_t columns,
                                std::vector<double> samples) {
  cli::FieldPicture picture;
  picture.title = "map";
  picture.x = axis_with(whole_borders(columns));
  picture.y = axis_with(whole_borders(rows));
  picture.layers.push_back(layer_of("samples", std::move(samples), {}));
  picture.panels.push_back({});
  return picture;
}

// All samples alike; the magnitude and both components.
inline cli::FieldPicture vectors_of(std::size_t rows, std::size_t columns, float x,
                                    float y) {
  const std::size_t count = rows * columns;
  cli::FieldPicture picture =
      map_of(rows, columns, std::vector<double>(count, std::hypot(x, y)));
  picture.layers.push_back(layer_of("x", std::vector<double>(count, x), {}));
  picture.layers.push_back(layer_of("y", std::vector<double>(count, y), {}));
  picture.arrows = cli::ArrowLayers{1, 2};
  picture.panels[0].overlay = cli::Overlay::arrows;
  return picture;
}

inline cli::LinePicture line_of(std::vector<double> samples) {
  cli::LinePicture picture;
  picture.title = "line";
  picture.x.title = "t in s";
  for (std::size_t i = 0; i < samples.size(); ++i) {
    picture.x.positions.push_back(static_cast<double>(i));
  }
  picture.panels.push_back({"samples", {{"samples", std::move(samples)}}});
  return picture;
}

}  // namespace gridgrad::test
