// poles.hpp: results where longitudes meet
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "gridgrad/strided_view.hpp"
#include "metric_terms.hpp"

namespace gridgrad {

// What a result is at a pole: a scalar has one value there, and some none below 0; a
// component has one per meridian; without a north a direction is missing.
enum class AtPole { one_value, one_above_zero, one_per_meridian, missing };

// Writes the results at a pole from those of the nearest parallels: along each meridian
// the polynomial through them; of a scalar, if the parallels are closed, the mean of all
// meridians. In double, rounded once.
void write_pole(const Pole& pole, const AnyOutput& out, AtPole rule);

}  // namespace gridgrad
