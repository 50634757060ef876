// pole_magnitude.hpp: the magnitude of a gradient where longitudes meet
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "formula.hpp"
#include "metric_terms.hpp"

namespace gridgrad {

// Writes the one result of `call`, a magnitude, at a pole: that of the components which
// are continued to it, and the mean of all meridians if the parallels are closed.
// Magnitudes themselves have kinks where a gradient vanishes, and their continuation can
// be negative.
void write_pole_magnitude(const Pole& pole, const FormulaCall& call, Execution execution);

}  // namespace gridgrad
