// cli/vector_axes.hpp: which axis each component of a vector belongs to
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <vector>

#include "command.hpp"
#include "component.hpp"
#include "gridgrad/io/dataset.hpp"
#include "gridgrad/metric.hpp"

namespace gridgrad::cli {

// The axes of a field of a labelled file for so many components of a vector: those that
// `words` name, else longitude, latitude and height or the like by the CF conventions.
// Throws Error: bad_axis for another number of axes, and where they are not recognised.
[[nodiscard]] std::vector<std::size_t> vector_axes(const io::Dataset& dataset,
                                                   const io::Variable& variable,
                                                   const std::vector<std::string>& words,
                                                   std::size_t components);

// Throws Error: bad_shape naming the first of `variables` that has not the axes of the
// first.
void require_one_grid(const io::Dataset& dataset,
                      const std::vector<const io::Variable*>& variables);

// Throws Error: bad_axis for a curl along latitudes before longitudes, which would have
// the other sign, and for terrain. `dimensions` are those of the components.
void require_east_before_north(const io::Dataset& dataset,
                               const std::vector<std::size_t>& dimensions, Operator op);

}  // namespace gridgrad::cli
