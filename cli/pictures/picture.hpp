// cli/pictures/picture.hpp: what a picture shows, before it is drawn
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace gridgrad::cli {

// What the numbers along an axis are.
enum class AxisValues {
  numbers,
  dates,  // seconds of the Gregorian calendar from 1970-01-01 on
};

// Where larger positions are drawn.
enum class Upwards {
  larger,   // as on a map or a graph
  smaller,  // as rows are printed, or depths
};

// Positions along an axis of a picture.
struct PictureAxis {
  std::string name;   // "lat"
  std::string title;  // "latitude in degrees_north"
  AxisValues values = AxisValues::numbers;
  Upwards upwards = Upwards::larger;  // of vertical axes; horizontal ones run right
  std::vector<double> positions;      // of the cells' centres, ascending or descending
  std::vector<double> borders;        // of the cells, one more: those of fields only
};

// Which colours a layer has.
enum class ColourScale {
  sequential,  // from low to high
  diverging,   // to both sides of 0: low == -high
  cyclic,      // angles: both ends are one colour
};

// The range of values that has colours of its own; those beyond have that of the nearest.
struct ColourRange {
  ColourScale scale = ColourScale::sequential;
  double low = 0;
  double high = 1;  // above low
};

// One array of samples, as many as there are cells, for every step of the sliders.
struct Layer {
  std::string name;   // "SST", "dSST_dlat", "magnitude"; short, for a button
  std::string title;  // "sea surface temperature in Deg C", for the colour bar
  std::string unit;   // "Deg C", for values that are read; may be empty
  ColourRange range;
  double least = 0;  // of all samples that are finite
  double most = 0;
  std::vector<double> samples;  // step, row, column; NaN is missing
};

// Arrows whose components are samples of two layers.
struct ArrowLayers {
  std::size_t x = 0;  // the layer with the component to the right where positions ascend
  std::size_t y = 0;
};

enum class Overlay { none, arrows };

// One map beside others.
struct Panel {
  std::size_t layer = 0;
  Overlay overlay = Overlay::none;
};

// A leading axis that a reader walks along.
struct Slider {
  std::string name;                 // "time"
  std::vector<std::string> labels;  // of its samples: "2001-01-31", "10 m"
};

// Fields as maps.
struct FieldPicture {
  std::string title;
  std::vector<std::string> captions;  // lines below, what was done to the samples
  PictureAxis x;
  PictureAxis y;
  bool is_to_scale = false;  // whether a unit is as long to the right as upwards
  std::vector<Layer> layers;
  std::optional<ArrowLayers> arrows;
  std::vector<Panel> panels;    // one to four that are drawn where nothing can be chosen
  std::vector<Slider> sliders;  // steps of layers in C order; none: one step
};

// Samples of one line; its positions are those of the picture.
struct Line {
  std::string name;             // for the legend
  std::vector<double> samples;  // NaN is missing
};

// Lines over one axis, of one unit.
struct LinePanel {
  std::string title;  // of the vertical axis: "speed in m s-1"
  std::vector<Line> lines;
};

// Fields of one axis: lines, and below them their derivatives.
struct LinePicture {
  std::string title;
  std::vector<std::string> captions;
  PictureAxis x;
  std::vector<LinePanel> panels;  // one below the other
};

using Picture = std::variant<FieldPicture, LinePicture>;

}  // namespace gridgrad::cli
