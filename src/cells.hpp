// cells.hpp: where a location lies along one axis, and the rows of that cell
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "extension.hpp"
#include "gridgrad/axis.hpp"
#include "gridgrad/interpolant.hpp"
#include "spline_system.hpp"

namespace gridgrad {

// Samples that a row at a location reads at most.
inline constexpr std::size_t widest_window = 6;

// The combinations of weights that a window has, see Cell: start, step, lower and upper.
inline constexpr std::size_t weight_sets = 4;

// One cell, of `width` h from its own sample to the next. At the fraction t of the way,
// sample s of the window has the weight
//
//   start_s + step_s H01(t) + lower_s h H10(t) + upper_s h H11(t)
//
// in terms of Hermite's cubics: H01 rises from 0 to 1 with slope 0 at both ends, H10 and
// H11 are 0 at both ends and have slope 1 at the lower and the upper one. The weights of
// a window sum to 1, and the slot `base` has none of its own: rows take differences from
// it (docs/math.md, "interpolation").
struct Cell {
  std::ptrdiff_t lowest;  // first sample of the window, less the cell's own
  std::size_t base;       // slot in the window that differences are taken from
  double width;           // negative for the cell that ends at the last sample
  double inverse;         // 1 / width
};

// How the weights of a cell go on at a place.
enum class Course : std::uint8_t { within, linear, level, none };

// A location in a cell: `offset` from its own sample, in direction of increasing indices.
struct Place {
  std::size_t cell;
  std::ptrdiff_t sample;  // own sample of the cell
  double offset;
  double sense;  // d offset / d location, times the unit of the axis
  Course course;
  bool is_outside;
};

// The cells of one axis.
class AxisCells {
 public:
  // Throws Error as documented at AnyInterpolant.
  AxisCells(const Axis& axis, std::size_t extent, const InterpolantOptions& options,
            std::size_t field_axis);

  // Samples in a window.
  [[nodiscard]] std::size_t window() const noexcept { return window_; }

  // Samples that the windows count: of the field, or coefficients of a spline.
  [[nodiscard]] std::size_t extent() const noexcept { return extent_; }

  // What stands at samples below 0 and from the extent on.
  [[nodiscard]] const Extension& extension() const noexcept { return extension_; }

  // What makes coefficients of samples; empty unless the axis is a spline.
  [[nodiscard]] const SplineSystem& spline() const noexcept { return spline_; }

  // The value that a Constant end puts below or above.
  [[nodiscard]] double end_value(bool is_lower) const noexcept {
    return end_values_[is_lower ? 0 : 1];
  }

  [[nodiscard]] Place locate(double location) const noexcept {
    const double y = location * direction_;
    if (y >= low_ && y < high_) return within(y, scale_);
    return beyond(y);
  }

  [[nodiscard]] const Cell& cell(const Place& place) const noexcept {
    return cells_[place.cell];
  }

  // Four times window() weights: start, step, lower, upper.
  [[nodiscard]] const double* weights(const Place& place) const noexcept {
    return weights_.data() + place.cell * weight_sets * window_;
  }

 private:
  friend class CellBuilder;
  AxisCells() = default;

  enum class End : std::uint8_t { open, wraps, mirrors };

  // Of sample i, ghosts next to the ends included.
  [[nodiscard]] double position(std::ptrdiff_t i) const noexcept {
    if (positions_.empty()) return static_cast<double>(i) * spacing_ + first_position_;
    return positions_[static_cast<std::size_t>(i + 1)];
  }

  // The cell that contains y. Precondition: low_ <= y < high_.
  [[nodiscard]] std::ptrdiff_t cell_at(double y) const noexcept {
    if (!guide_.empty()) return guided_cell_at(y);
    // Both roundings of a quotient and of positions move it by one cell at most.
    const double whole = (y - first_position_) * inverse_spacing_ + 1;
    const std::ptrdiff_t guess =
        std::clamp(static_cast<std::ptrdiff_t>(whole) - 1, first_cell_, last_cell_);
    const std::ptrdiff_t up = y >= position(guess + 1) ? 1 : 0;
    const std::ptrdiff_t down = y < position(guess) ? 1 : 0;
    return std::clamp(guess + up - down, first_cell_, last_cell_);
  }
  [[nodiscard]] std::ptrdiff_t guided_cell_at(double y) const noexcept;

  [[nodiscard]] std::size_t bin(double y) const noexcept {
    const auto last = static_cast<double>(guide_.size() - 2);
    return static_cast<std::size_t>(std::clamp((y - low_) * bins_per_unit_, 0.0, last));
  }

  // Uniform cells away from the ends share one entry of the table.
  [[nodiscard]] std::size_t entry(std::ptrdiff_t cell) const noexcept {
    const std::ptrdiff_t i = cell - first_cell_;
    return static_cast<std::size_t>(std::min(i, shared_) +
                                    std::max<std::ptrdiff_t>(0, i - last_shared_));
  }

  [[nodiscard]] Place within(double y, double sense) const noexcept {
    const std::ptrdiff_t i = cell_at(y);
    return {entry(i), i, y - position(i), sense, Course::within, false};
  }
  [[nodiscard]] Place beyond(double y) const noexcept;
  [[nodiscard]] Place at_border(double y, bool is_lower, double sense) const noexcept;

  std::vector<Cell> cells_;
  std::vector<double> weights_;
  std::vector<double> positions_;      // from that of sample -1 on; empty if computed
  std::vector<std::ptrdiff_t> guide_;  // by bin: the last cell that begins in a lower one
  std::size_t window_ = 0;
  std::size_t extent_ = 0;
  double first_position_ = 0;
  double spacing_ = 0;
  double inverse_spacing_ = 0;
  double bins_per_unit_ = 0;
  double low_ = 0;
  double high_ = 0;
  double direction_ = 1;  // -1 where the positions decrease
  double scale_ = 1;
  double period_ = 0;
  std::ptrdiff_t first_cell_ = 0;
  std::ptrdiff_t last_cell_ = 0;
  std::ptrdiff_t shared_ = 0;       // number of cells below those that share an entry
  std::ptrdiff_t last_shared_ = 0;  // of the cells that do
  std::size_t upper_entry_ = 0;     // of the cell that ends at the last sample
  std::ptrdiff_t upper_sample_ = 0;
  std::array<double, 2> end_values_ = {};
  Extension extension_;
  SplineSystem spline_;
  Outside outside_ = Outside::missing;
  End lower_ = End::open;
  End upper_ = End::open;
  bool is_linear_ = false;
  bool ends_at_sample_ = true;  // else at a half-point, or it wraps
};

}  // namespace gridgrad
