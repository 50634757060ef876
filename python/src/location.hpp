// location.hpp: one location, as the usual callers give it
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "arrays.hpp"

namespace gridgrad::python {

// Axes of a field that single queries serve.
inline constexpr std::size_t most_query_axes = 4;

// A coordinate per axis.
using Location = std::array<double, most_query_axes>;

// An array of float64 of one dimension, a tuple or a list of floats; a float for a field
// of one axis. None of anything else.
[[nodiscard]] std::optional<Location> usual_location(nb::handle point, std::size_t rank);

}  // namespace gridgrad::python
