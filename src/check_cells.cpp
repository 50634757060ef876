// check_cells.cpp: refusals that name the axis, what it has and what is needed
//
// SPDX-License-Identifier: BSD-3-Clause

#include "check_cells.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <variant>

#include "cells.hpp"
#include "coordinates.hpp"
#include "message.hpp"
#include "spline_basis.hpp"

namespace gridgrad {
namespace {

[[noreturn]] void refuse(ErrorCode code, const char* argument,
                         const std::string& message) {
  throw Error(code, argument, message);
}

void check_extent(std::size_t extent, std::size_t needed, std::size_t field_axis) {
  if (extent >= needed) return;
  refuse(ErrorCode::too_few_samples, "field",
         counted(extent, "sample") + " along " + axis_text(field_axis) + "; at least " +
             std::to_string(needed) + " are needed");
}

void check_direction(const Coordinates& x, std::size_t field_axis) {
  const bool rises = (x[1] - x[0]).high > 0;
  for (std::size_t i = 1; i < x.size(); ++i) {
    const double gap = (x[i] - x[i - 1]).high;
    if (gap != 0 && (gap > 0) == rises) continue;
    refuse(ErrorCode::bad_argument, "coordinates",
           "positions " + std::to_string(i - 1) + " and " + std::to_string(i) +
               " along " + axis_text(field_axis) + " are " + text(x.high[i - 1]) +
               " and " + text(x.high[i]) +
               "; increasing or decreasing positions are needed to find a location");
  }
}

// Weights go with the third power of the reciprocal.
void check_width(double width, const char* argument, std::size_t field_axis) {
  constexpr double narrowest = 1e-100;
  constexpr double widest = 1e100;
  if (std::abs(width) >= narrowest && std::abs(width) <= widest) return;
  refuse(ErrorCode::bad_argument, argument,
         text(std::abs(width)) + " between neighbours along " + axis_text(field_axis) +
             "; 1e-100 to 1e100 is accepted");
}

void check_widths(const Axis& axis, std::size_t field_axis) {
  const Coordinates* x = axis.coordinates().get();
  if (x == nullptr) return check_width(axis.spacing(), "spacing", field_axis);
  if (!x->is_line() || x->size() < 2) return;
  check_direction(*x, field_axis);
  for (std::size_t i = 1; i < x->size(); ++i) {
    check_width(((*x)[i] - (*x)[i - 1]).high, "coordinates", field_axis);
  }
}

void check_end(const Boundary& end, Interpolation interpolation, std::size_t field_axis) {
  const auto* slope = std::get_if<Neumann>(&end);
  const auto* constant = std::get_if<Constant>(&end);
  const bool is_per_line = (slope != nullptr && slope->slope.is_per_line()) ||
                           (constant != nullptr && constant->value.is_per_line());
  if (is_per_line) {
    refuse(ErrorCode::unsupported, "boundary",
           "one number per line given along " + axis_text(field_axis) +
               "; an interpolant takes one for all lines");
  }
  if (slope != nullptr && slope->slope.value() != 0.0) {
    refuse(ErrorCode::unsupported, "boundary",
           "slope " + text(slope->slope.value().real()) + " given along " +
               axis_text(field_axis) + "; an interpolant takes the slope 0");
  }
  if (interpolation == Interpolation::spline) check_spline_end(end, field_axis);
}

}  // namespace

std::size_t window_of(const InterpolantOptions& options) {
  if (options.interpolation == Interpolation::linear) return linear_window;
  if (options.interpolation == Interpolation::spline) return spline_window;
  return static_cast<std::size_t>(options.accuracy) + 2;
}

void check_cells(const Axis& axis, std::size_t extent, const InterpolantOptions& options,
                 std::size_t field_axis) {
  check_extent(extent, window_of(options), field_axis);
  check_widths(axis, field_axis);
  check_end(axis.lower(), options.interpolation, field_axis);
  check_end(axis.upper(), options.interpolation, field_axis);
}

}  // namespace gridgrad
