// cli/viewed_layers.hpp: which layers and panels a picture of fields has
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "pictures/picture.hpp"
#include "viewed_field.hpp"

namespace gridgrad::cli {

// What a layer shows of the fields that it is made of.
enum class Measure {
  value,
  magnitude,  // of complex samples
  phase,      // of complex samples, in degrees
  length,     // of the vector of two fields
};

struct PlannedLayer {
  std::string name;
  std::string title;
  std::string unit;
  FieldKind kind = FieldKind::plain;
  Measure measure = Measure::value;
  std::vector<std::size_t> fields;
};

struct LayerPlan {
  std::string title;  // of the picture
  std::vector<PlannedLayer> layers;
  std::optional<ArrowLayers> arrows;
  std::vector<Panel> panels;
  std::vector<std::string> left_out;  // layers without a panel, for want of room
};

// The two axes that are drawn.
struct MapAxes {
  std::size_t x = 0;
  std::size_t y = 0;
};

// Two components along the axes that are drawn have arrows over their magnitude: as
// dSST_dlon and dSST_dlat, or as u and v.
[[nodiscard]] LayerPlan planned_layers(const ViewedGrid& grid, const MapAxes& axes);

// What a layer shows of samples that were read; of vectors `other` is the component along
// y.
struct Measured {
  Measure measure;
  const ViewedSamples& one;
  const ViewedSamples& other;

  [[nodiscard]] double at(std::size_t sample) const;
};

// The colours of samples: up to the 2 % and 98 % quantiles of those that are finite, to
// both sides of 0 for derivatives and for fields of both signs, around the circle for
// angles. Nothing if none is finite.
[[nodiscard]] std::optional<ColourRange> colour_range(FieldKind kind,
                                                      std::vector<double> samples);

}  // namespace gridgrad::cli
