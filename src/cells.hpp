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
#include "kernels/patch.hpp"
#include "spline_system.hpp"

namespace gridgrad {

// Samples that a row at a location reads at most.
inline constexpr std::size_t widest_window = 6;

// Samples of a linear window: the ends of the cell.
inline constexpr std::size_t linear_window = 2;

// A cell has four weights for each sample of its window: of the powers 0 to 3 of the
// offset from its own sample.
inline constexpr std::size_t weight_sets = 4;

// One cell. The weights of a window sum to 1, and the slot `base` has none of its own:
// rows take differences from it (docs/math.md, "interpolation").
struct Cell {
  std::ptrdiff_t lowest;  // first sample of the window, less the cell's own
  std::size_t base;       // slot in the window that differences are taken from
};

// A location in a cell.
struct Place {
  std::size_t entry;      // of the cell in the table
  std::ptrdiff_t sample;  // own sample of the cell
  double offset;          // from it, in direction of increasing indices
  double sense;           // d offset / d location, times the unit of the axis
  bool has_value = true;
  bool is_outside = false;
};

// The cells that the kernels find by themselves, and the first sample of the window of
// the first of them.
struct SharedRun {
  kernels::SharedCells cells = {};
  std::ptrdiff_t window = 0;
};

// The cells of one axis.
class AxisCells {
 public:
  // Throws Error as documented at AnyInterpolant.
  AxisCells(const Axis& axis, std::size_t extent, const InterpolantOptions& options,
            std::size_t field_axis);

  // A copy would leave shared() to the memory of the original.
  AxisCells(const AxisCells&) = delete;
  AxisCells& operator=(const AxisCells&) = delete;
  AxisCells(AxisCells&&) = default;
  AxisCells& operator=(AxisCells&&) = default;
  ~AxisCells() = default;

  // Samples in a window.
  [[nodiscard]] std::size_t window() const noexcept { return window_; }

  // Samples that the windows count: of the field, or coefficients of a spline.
  [[nodiscard]] std::size_t extent() const noexcept { return extent_; }

  // Whether a window that starts there has samples only, no ghosts.
  [[nodiscard]] bool holds(std::ptrdiff_t start) const noexcept {
    return start >= 0 && start <= static_cast<std::ptrdiff_t>(extent_ - window_);
  }

  // What stands at samples below 0 and from the extent on.
  [[nodiscard]] const Extension& extension() const noexcept { return extension_; }

  // What makes coefficients of samples; empty unless the axis is a spline.
  [[nodiscard]] const SplineSystem& spline() const noexcept { return spline_; }

  // The value that a Constant end puts below or above.
  [[nodiscard]] double end_value(bool is_lower) const noexcept {
    return end_values_[is_lower ? 0 : 1];
  }

  [[nodiscard]] Place locate(double location) const noexcept;

  [[nodiscard]] const SharedRun& shared() const noexcept { return shared_; }

  [[nodiscard]] const Cell& cell(const Place& place) const noexcept {
    return cells_[place.entry];
  }

  // Four times window() weights, set by set.
  [[nodiscard]] const double* weights(const Place& place) const noexcept {
    return weights_.data() + place.entry * weight_sets * window_;
  }

 private:
  friend class CellBuilder;

  enum class End : std::uint8_t { open, wraps, mirrors };

  // Of sample i, ghosts next to the ends included.
  [[nodiscard]] double position(std::ptrdiff_t i) const noexcept {
    if (positions_.empty()) return static_cast<double>(i) * spacing_ + first_position_;
    return positions_[static_cast<std::size_t>(i + 1)];
  }

  // Precondition: low_ <= y <= high_.
  [[nodiscard]] std::ptrdiff_t cell_at(double y) const noexcept;

  [[nodiscard]] std::size_t bin(double y) const noexcept {
    const auto last = static_cast<double>(guide_.size() - 2);
    return static_cast<std::size_t>(std::clamp((y - low_) * bins_per_unit_, 0.0, last));
  }

  // Uniform cells away from the ends share one entry of the table.
  [[nodiscard]] std::size_t entry(std::ptrdiff_t cell) const noexcept {
    const std::ptrdiff_t i = cell - first_cell_;
    return static_cast<std::size_t>(std::min(i, below_shared_) +
                                    std::max<std::ptrdiff_t>(0, i - last_shared_));
  }

  [[nodiscard]] Place within(double y, double sense) const noexcept {
    const std::ptrdiff_t i = cell_at(y);
    return {entry(i), i, y - position(i), sense};
  }
  [[nodiscard]] Place beyond(double y) const noexcept;
  [[nodiscard]] Place at_infinity(double y) const noexcept;
  [[nodiscard]] Place at_border(double y, bool is_lower, double sense) const noexcept;

  std::vector<Cell> cells_;
  std::vector<double> weights_;
  std::vector<double> positions_;      // from that of sample -1 on; empty if computed
  std::vector<std::ptrdiff_t> guide_;  // by bin: the last cell that begins in a lower one
  std::size_t window_ = 0;
  std::size_t extent_ = 0;
  double first_position_ = 0;
  double origin_ = 0;  // position of the own sample of the first cell
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
  SharedRun shared_;
  std::ptrdiff_t below_shared_ = 0;  // number of cells below those that share an entry
  std::ptrdiff_t last_shared_ = 0;   // of the cells that do
  std::size_t upper_entry_ = 0;      // of the cell that ends at the last sample
  std::array<std::size_t, 2> outside_entries_ = {};  // of what lies below and above
  std::ptrdiff_t upper_sample_ = 0;
  std::array<double, 2> end_values_ = {};
  Extension extension_;
  SplineSystem spline_;
  Outside outside_ = Outside::missing;
  End lower_ = End::open;
  End upper_ = End::open;
  bool ends_at_sample_ = true;  // else at a half-point, or it wraps
};

}  // namespace gridgrad
