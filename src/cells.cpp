// cells.cpp: finds the cell of a location, within the samples and beyond
//
// SPDX-License-Identifier: BSD-3-Clause

#include "cells.hpp"

#include <cmath>

#include "cell_builder.hpp"
#include "check_cells.hpp"

namespace gridgrad {

AxisCells::AxisCells(const Axis& axis, std::size_t extent,
                     const InterpolantOptions& options, std::size_t field_axis) {
  check_cells(axis, extent, options, field_axis);
  CellBuilder(*this, axis, extent, options, field_axis).build();
}

std::ptrdiff_t AxisCells::cell_at(double y) const noexcept {
  if (!guide_.empty()) {
    const std::size_t in = bin(y);
    const double* const origin = positions_.data() + 1;  // of sample 0
    const double* const above =
        std::upper_bound(origin + guide_[in] + 1, origin + guide_[in + 1] + 1, y);
    return above - origin - 1;
  }
  // Roundings move the first guess by one cell at most.
  const auto along = static_cast<std::ptrdiff_t>((y - origin_) * inverse_spacing_);
  const std::ptrdiff_t guess = std::min(first_cell_ + along, last_cell_);
  if (y < position(guess)) return std::max(guess - 1, first_cell_);
  return y >= position(guess + 1) ? std::min(guess + 1, last_cell_) : guess;
}

Place AxisCells::locate(double location) const noexcept {
  const double y = location * direction_;
  if (y >= low_ && y < high_) return within(y, scale_);
  return beyond(y);
}

// The last sample is the own sample of a cell that runs backwards.
Place AxisCells::at_border(double y, bool is_lower, double sense) const noexcept {
  if (!is_lower && y == high_) return {upper_entry_, upper_sample_, 0, sense};
  Place place = {outside_entries_[0], first_cell_, y - low_, sense};
  if (!is_lower) place = {outside_entries_[1], upper_sample_, y - high_, sense};
  place.is_outside = true;
  place.has_value = outside_ != Outside::missing;
  // The border value whatever the distance, infinity included.
  if (outside_ == Outside::clamp) place.offset = 0;
  return place;
}

// The border value under `clamp`, behind at most one mirror; nothing otherwise.
Place AxisCells::at_infinity(double y) const noexcept {
  const bool is_mirrored = y < 0 ? lower_ == End::mirrors : upper_ == End::mirrors;
  const bool is_lower = (y < 0) != is_mirrored;
  Place place = at_border(y, is_lower, scale_);
  const bool is_open = (is_lower ? lower_ : upper_) == End::open;
  place.has_value = !std::isnan(y) && is_open && outside_ == Outside::clamp;
  return place;
}

Place AxisCells::beyond(double y) const noexcept {
  if (!std::isfinite(y)) return at_infinity(y);
  double sense = scale_;
  if (lower_ == End::wraps) {
    double wrapped = y - period_ * std::floor((y - low_) / period_);
    if (!(wrapped >= low_ && wrapped < high_)) wrapped = low_;
    return within(wrapped, sense);
  }
  const double length = high_ - low_;
  const bool is_past = y < low_ || y > high_;
  if (is_past && lower_ == End::mirrors && upper_ == End::mirrors) {
    const double there_and_back = 2 * length;
    double from_low = y - low_;
    from_low -= there_and_back * std::floor(from_low / there_and_back);
    if (from_low > length) {
      from_low = there_and_back - from_low;
      sense = -sense;
    }
    y = std::clamp(low_ + from_low, low_, high_);
  } else if (lower_ == End::mirrors && y < low_) {
    y = 2 * low_ - y;
    sense = -sense;
  } else if (upper_ == End::mirrors && y > high_) {
    y = 2 * high_ - y;
    sense = -sense;
  }
  const bool is_in = y >= low_ && (y < high_ || (y == high_ && !ends_at_sample_));
  if (is_in) return within(y, sense);
  return at_border(y, y < low_, sense);
}

}  // namespace gridgrad
