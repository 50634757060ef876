// spline_coefficients.hpp: from a field to the coefficients of its spline
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <vector>

#include "gridgrad/array.hpp"
#include "patches.hpp"

namespace gridgrad {

// Writes components x coefficients along each axis, of the field less its first sample:
// those of a constant are 0. Returns these samples, one per component.
//
// Throws Error: bad_argument (missing samples).
std::vector<double> solve_spline(const Patches& patches, const SampleView& field,
                                 Array<double>& coefficients, Execution execution);

}  // namespace gridgrad
