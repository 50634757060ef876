// cell_builder.hpp: from an axis rule to the cells of an interpolant
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "cells.hpp"
#include "row_builder.hpp"
#include "row_table.hpp"
#include "spline_basis.hpp"

namespace gridgrad {

// A cell by what its weights are at its ends.
struct HermiteCell {
  using Weights = std::array<double, widest_window>;

  Cell cell;
  Weights start;  // at the own sample
  Weights step;   // what is added up to the next one
  Weights lower;  // slopes, at the own sample
  Weights upper;  // and at the next one
};

// Fills the cells of one axis. Precondition: check_cells() has passed.
class CellBuilder {
 public:
  CellBuilder(AxisCells& cells, const Axis& axis, std::size_t extent,
              const InterpolantOptions& options, std::size_t field_axis);

  void build();

 private:
  using End = AxisCells::End;

  void note_positions();
  void note_spaced_positions();
  void note_given_positions();
  void note_ends();
  void note_end(const Boundary& end, bool is_lower);
  void note_guide();
  void make_basis();
  void add_cells();

  // Appends the cell from sample `own` to sample `next`, one of which follows the other.
  void add_cell(std::ptrdiff_t own, std::ptrdiff_t next);
  [[nodiscard]] HermiteCell hermite_cell(std::ptrdiff_t own, std::ptrdiff_t next) const;
  [[nodiscard]] HermiteCell spline_cell(std::ptrdiff_t own, std::ptrdiff_t next) const;

  // Appends what lies beyond the border that a cell has at its own sample.
  void add_outside(std::size_t entry);

  // Cells that share an entry: from that of sample `own` on.
  void note_shared(std::ptrdiff_t own, std::ptrdiff_t count);

  // Cells next to an end whose weights are their own.
  [[nodiscard]] std::ptrdiff_t border_cells() const;

  // The samples that the window of a cell starts at.
  [[nodiscard]] std::ptrdiff_t window_start(std::ptrdiff_t lower_sample) const;

  // Adds the weights of the slope at a sample to those of a window that starts at
  // `start`.
  void add_slope(std::ptrdiff_t sample, std::ptrdiff_t start,
                 HermiteCell::Weights& weights) const;

  [[nodiscard]] double gap(std::ptrdiff_t own, std::ptrdiff_t next) const;
  [[nodiscard]] bool is_uniform() const { return plan_.placement.spacing.has_value(); }

  AxisCells& cells_;
  const Axis axis_;  // per 1: weights are per unit L, locations bring the unit in
  const double unit_;
  const std::size_t extent_;
  const InterpolantOptions& options_;
  const AxisPlan plan_;
  const RowTable table_;
  std::optional<SplineBasis> basis_;
};

}  // namespace gridgrad
