// cli/metric_option.hpp: what the option --metric means
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <vector>

#include "command.hpp"
#include "component.hpp"
#include "gridgrad/io/labelled_file.hpp"
#include "gridgrad/metric.hpp"
#include "operators.hpp"

namespace gridgrad::cli {

// What a metric is chosen by: a field of a labelled file, and the axes it is
// differentiated along.
struct MetricRequest {
  const FieldCommand& command;
  const io::Dataset& dataset;
  const io::Variable& variable;
};

struct ChosenMetric {
  Metric metric;
  std::string note;  // what was chosen or could be; empty: as it was asked for
};

// The metric that a command asks for; the unit of components whose coordinates it makes
// lengths of becomes "m". Throws Error: bad_argument for spheres without latitudes and
// longitudes in degrees, degrees that an operator would take for lengths, a radius
// without a sphere.
[[nodiscard]] ChosenMetric metric_for(const MetricRequest& request,
                                      std::vector<Component>& components);

// Throws Error: bad_argument for a metric that an input without labels cannot have.
void require_no_sphere(const MetricOptions& options);

}  // namespace gridgrad::cli
