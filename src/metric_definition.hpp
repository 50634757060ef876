// metric_definition.hpp: what was said of a metric, before it meets a field
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "gridgrad/metric.hpp"
#include "parallels.hpp"

namespace gridgrad {

struct Geographic {
  Spheroid figure;
  GeographicAxes axes;
};

// How scale factors were given: as lengths, or as what those on a map are multiples of.
enum class GivenAs { length, map_factor };

// The scale factor along one axis.
struct Scale {
  std::size_t axis;
  GivenAs given = GivenAs::length;
  // In C order; an array that broadcasts against the field from the last axis on.
  std::vector<std::size_t> extents = {};
  std::vector<double> values = {};
  // From the last sample of each line to its first, where an axis may close on itself.
  std::vector<double> seams = {};
};

// Which end of the field's shape axes are counted from.
enum class CountedFrom { first, last };

struct Curvilinear {
  std::vector<Scale> scales;
  CountedFrom axes = CountedFrom::first;
  double obliqueness = 0;
};

struct MetricDefinition {
  std::variant<Geographic, Curvilinear> kind;
};

}  // namespace gridgrad
