// poles.hpp: results where longitudes meet
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "gridgrad/strided_view.hpp"
#include "metric_terms.hpp"

namespace gridgrad {

// What a result is at a pole: a scalar has one value there, a component one per meridian.
enum class AtPole { one_value, one_per_meridian };

// Writes the results at a pole from those of the nearest parallels: along each meridian
// the polynomial through them; of a scalar, if the parallels are closed, the mean of all
// meridians. In double, rounded once.
void write_pole(const Pole& pole, const AnyOutput& out, AtPole rule);

}  // namespace gridgrad
