// cell_builder.cpp: positions, borders and weights of the cells of one axis
//
// SPDX-License-Identifier: BSD-3-Clause

#include "cell_builder.hpp"

#include <cassert>
#include <cmath>
#include <limits>
#include <utility>
#include <variant>
#include <vector>

#include "check_axis.hpp"
#include "check_cells.hpp"

namespace gridgrad {
namespace {

template <class Rule>
bool is(const Boundary& end) {
  return std::holds_alternative<Rule>(end);
}

bool is_mirrored_at_half_point(const Boundary& end) {
  const auto* symmetric = std::get_if<Symmetric>(&end);
  return symmetric != nullptr && symmetric->mirror == Mirror::half_point;
}

// That of the slopes; where there are none, the one that asks least of an axis.
Scheme scheme_of(const InterpolantOptions& options) {
  if (options.interpolation == Interpolation::cubic) {
    return {.accuracy = options.accuracy};
  }
  return {.edge_order = 1};
}

}  // namespace

CellBuilder::CellBuilder(AxisCells& cells, const Axis& axis, std::size_t extent,
                         const InterpolantOptions& options, std::size_t field_axis)
    : cells_(cells),
      axis_(axis.per(1)),
      unit_(axis.unit()),
      extent_(extent),
      options_(options),
      plan_(checked_plan(axis_, extent, scheme_of(options), field_axis)),
      table_(axis_, extent, scheme_of(options), {}, field_axis) {}

void CellBuilder::build() {
  cells_.window_ = window_of(options_);
  cells_.extent_ = extent_;
  cells_.outside_ = options_.outside;
  cells_.extension_ = table_.extension();
  note_positions();
  note_ends();
  note_guide();
  if (options_.interpolation == Interpolation::spline) make_basis();
  add_cells();
}

void CellBuilder::make_basis() {
  std::vector<double> positions;
  for (std::size_t i = 0; i < extent_; ++i) {
    positions.push_back(cells_.position(static_cast<std::ptrdiff_t>(i)));
  }
  const SplineEnds ends = {spline_end(axis_.lower()), spline_end(axis_.upper())};
  basis_.emplace(std::move(positions), ends, cells_.period_);
  cells_.extent_ = basis_->coefficients();
  cells_.spline_ = SplineSystem(*basis_);
}

void CellBuilder::note_positions() {
  if (axis_.coordinates() == nullptr) {
    note_spaced_positions();
  } else {
    note_given_positions();
  }
  if (is_uniform()) cells_.inverse_spacing_ = 1 / cells_.spacing_;
  cells_.scale_ = cells_.direction_ * unit_;
}

// Computed where they are asked for, unless a period makes the last gap another one.
void CellBuilder::note_spaced_positions() {
  cells_.direction_ = axis_.spacing() < 0 ? -1 : 1;
  cells_.first_position_ = cells_.direction_ * axis_.first();
  cells_.spacing_ = std::abs(axis_.spacing());
  if (is_uniform()) return;
  const auto last = static_cast<std::ptrdiff_t>(extent_) - 1;
  const double period = std::get<Periodic>(axis_.lower()).period.value_or(0);
  const auto position = [this](std::ptrdiff_t i) {
    return static_cast<double>(i) * cells_.spacing_ + cells_.first_position_;
  };
  std::vector<double> positions = {position(last) - period};
  for (std::ptrdiff_t i = 0; i <= last; ++i) positions.push_back(position(i));
  positions.push_back(position(0) + period);
  cells_.positions_ = std::move(positions);
}

void CellBuilder::note_given_positions() {
  const Coordinates& x = *axis_.coordinates();
  const Extension& ghosts = table_.extension();
  const std::size_t last = extent_ - 1;
  cells_.direction_ = (x[1] - x[0]).high < 0 ? -1 : 1;
  const auto add = [&](DoubleDouble position) {
    cells_.positions_.push_back(cells_.direction_ * position.high);
  };
  add(ghosts.extends_lower() ? ghosts.position(x, -1) : x[0] - (x[1] - x[0]));
  for (std::size_t i = 0; i < extent_; ++i) add(x[i]);
  add(ghosts.extends_upper() ? ghosts.position(x, static_cast<std::ptrdiff_t>(extent_))
                             : x[last] + (x[last] - x[last - 1]));
  cells_.first_position_ = cells_.positions_[1];
  if (is_uniform()) cells_.spacing_ = std::abs(plan_.placement.spacing->high);
}

void CellBuilder::note_ends() {
  const auto first_row = table_.own_sample();
  const auto last_row = first_row + static_cast<std::ptrdiff_t>(table_.row_count()) - 1;
  cells_.first_cell_ = first_row;
  cells_.last_cell_ = last_row - 1;
  cells_.upper_sample_ = last_row;
  cells_.low_ = cells_.position(first_row);
  cells_.high_ = cells_.position(last_row);
  note_end(axis_.lower(), true);
  note_end(axis_.upper(), false);
  cells_.origin_ = cells_.position(cells_.first_cell_);
}

void CellBuilder::note_end(const Boundary& end, bool is_lower) {
  if (const auto* constant = std::get_if<Constant>(&end)) {
    cells_.end_values_[is_lower ? 0 : 1] = constant->value.value().real();
  }
  End& rule = is_lower ? cells_.lower_ : cells_.upper_;
  if (is<Periodic>(end)) {
    rule = End::wraps;
    const auto period = std::get<Periodic>(end).period;
    cells_.period_ = period ? *period : cells_.spacing_ * static_cast<double>(extent_);
    cells_.high_ = cells_.low_ + cells_.period_;
    cells_.last_cell_ = static_cast<std::ptrdiff_t>(extent_) - 1;
    cells_.ends_at_sample_ = false;
  } else if (is<Symmetric>(end)) {
    rule = End::mirrors;
    if (!is_mirrored_at_half_point(end)) return;
    const auto last = static_cast<std::ptrdiff_t>(extent_) - 1;
    constexpr double half = 0.5;
    if (is_lower) {
      cells_.low_ =
          cells_.position(0) - half * (cells_.position(0) - cells_.position(-1));
      cells_.first_cell_ = -1;
    } else {
      cells_.high_ = cells_.position(last) +
                     half * (cells_.position(last + 1) - cells_.position(last));
      cells_.last_cell_ = last;
      cells_.ends_at_sample_ = false;
    }
  }
}

// As many bins as cells; entry b is the last cell that begins in a bin below b.
void CellBuilder::note_guide() {
  if (is_uniform()) return;
  const auto count = static_cast<std::size_t>(cells_.last_cell_ - cells_.first_cell_ + 1);
  cells_.guide_.assign(count + 2, cells_.first_cell_);
  cells_.bins_per_unit_ = static_cast<double>(count) / (cells_.high_ - cells_.low_);
  for (std::ptrdiff_t i = cells_.first_cell_; i <= cells_.last_cell_; ++i) {
    cells_.guide_[cells_.bin(cells_.position(i)) + 1] = i;
  }
  for (std::size_t b = 1; b < cells_.guide_.size(); ++b) {
    cells_.guide_[b] = std::max(cells_.guide_[b], cells_.guide_[b - 1]);
  }
}

// Of a spline: a knot that is left out is one of those of four cells.
std::ptrdiff_t CellBuilder::border_cells() const {
  if (options_.interpolation == Interpolation::spline) return spline_window;
  return static_cast<std::ptrdiff_t>(cells_.window_) / 2 - 1;
}

void CellBuilder::add_cells() {
  const std::ptrdiff_t first = cells_.first_cell_;
  const std::ptrdiff_t count = cells_.last_cell_ - first + 1;
  // A mirror or a halo may stand before the first sample.
  const std::ptrdiff_t border = border_cells() + 1;
  const bool shares = is_uniform() && count > 2 * border + 1;
  cells_.below_shared_ = shares ? border : count;
  cells_.last_shared_ = shares ? count - border - 1 : count;
  for (std::ptrdiff_t i = 0; i < count; ++i) {
    if (i > cells_.below_shared_ && i <= cells_.last_shared_) continue;
    add_cell(first + i, first + i + 1);
  }
  cells_.upper_entry_ = cells_.cells_.size();
  if (cells_.upper_ != End::wraps) {
    add_cell(cells_.upper_sample_, cells_.upper_sample_ - 1);
    cells_.outside_entries_ = {cells_.upper_entry_ + 1, cells_.upper_entry_ + 2};
    add_outside(0);
    add_outside(cells_.upper_entry_);
  }
  if (shares) note_shared(first + border, count - 2 * border);
}

void CellBuilder::note_shared(std::ptrdiff_t own, std::ptrdiff_t count) {
  const std::size_t entry = cells_.entry(own);
  const bool is_computed = cells_.positions_.empty();
  cells_.shared_.window = own + cells_.cells_[entry].lowest;
  // Positions are off the equal spacing by 2 ulp at most, and three roundings follow.
  constexpr double ulps = 16;
  const double largest = std::max(std::abs(cells_.low_), std::abs(cells_.high_));
  const double margin = ulps * std::numeric_limits<double>::epsilon() *
                        (largest + static_cast<double>(count) * cells_.spacing_);
  cells_.shared_.cells = {static_cast<double>(count),
                          cells_.direction_,
                          cells_.position(own) - margin,
                          cells_.inverse_spacing_,
                          cells_.spacing_,
                          cells_.scale_,
                          is_computed ? nullptr : cells_.positions_.data() + own + 1,
                          cells_.first_position_,
                          own,
                          cells_.weights_.data() + entry * weight_sets * cells_.window_};
}

double CellBuilder::gap(std::ptrdiff_t own, std::ptrdiff_t next) const {
  if (is_uniform()) return next > own ? cells_.spacing_ : -cells_.spacing_;
  return cells_.position(next) - cells_.position(own);
}

std::ptrdiff_t CellBuilder::window_start(std::ptrdiff_t lower_sample) const {
  const auto window = static_cast<std::ptrdiff_t>(cells_.window_);
  const auto extent = static_cast<std::ptrdiff_t>(extent_);
  std::ptrdiff_t start = lower_sample - (window / 2 - 1);
  if (!table_.extension().extends_upper()) start = std::min(start, extent - window);
  if (!table_.extension().extends_lower()) {
    start = std::max<std::ptrdiff_t>(start, 0);
  }
  return start;
}

// The cubic with these values and slopes, in powers of the offset u from the own sample:
//
//   c0 = start, c1 = lower, c2 = (3 step / h - 2 lower - upper) / h,
//   c3 = (lower + upper - 2 step / h) / h^2
//
// each rounded once, so that slopes at the own sample are those of the rows.
void CellBuilder::add_cell(std::ptrdiff_t own, std::ptrdiff_t next) {
  const HermiteCell made = basis_ ? spline_cell(own, next) : hermite_cell(own, next);
  const bool is_linear = options_.interpolation == Interpolation::linear;
  const DoubleDouble width = {gap(own, next), 0};
  const std::size_t window = cells_.window_;
  const std::size_t first = cells_.weights_.size();
  cells_.cells_.push_back(made.cell);
  cells_.weights_.resize(first + weight_sets * window, 0);
  const auto set = [&](std::size_t power, std::size_t s, double weight) {
    cells_.weights_[first + power * window + s] = weight;
  };
  for (std::size_t s = 0; s < window; ++s) {
    if (s == made.cell.base) continue;
    const DoubleDouble slope = DoubleDouble{made.step[s], 0} / width;
    const DoubleDouble lower = {made.lower[s], 0};
    const DoubleDouble upper = {made.upper[s], 0};
    set(0, s, made.start[s]);
    set(1, s, is_linear ? slope.high : made.lower[s]);
    if (is_linear) continue;
    const DoubleDouble bend = DoubleDouble{3, 0} * slope - scaled(lower, 2) - upper;
    set(2, s, (bend / width).high);
    set(3, s, ((lower + upper - scaled(slope, 2)) / (width * width)).high);
  }
}

HermiteCell CellBuilder::hermite_cell(std::ptrdiff_t own, std::ptrdiff_t next) const {
  const std::ptrdiff_t start = window_start(std::min(own, next));
  HermiteCell made = {
      {start - own, static_cast<std::size_t>(own - start)}, {}, {}, {}, {}};
  made.step[static_cast<std::size_t>(next - start)] = 1;
  if (options_.interpolation == Interpolation::linear) return made;
  add_slope(own, start, made.lower);
  add_slope(next, start, made.upper);
  return made;
}

HermiteCell CellBuilder::spline_cell(std::ptrdiff_t own, std::ptrdiff_t next) const {
  const std::ptrdiff_t lower_sample = std::min(own, next);
  const SplineWeights at_own = basis_->at(own, lower_sample);
  const SplineWeights at_next = basis_->at(next, lower_sample);
  HermiteCell made = {{basis_->window_start(lower_sample) - own, 1}, {}, {}, {}, {}};
  for (std::size_t s = 0; s < spline_window; ++s) {
    made.start[s] = at_own.value[s];
    made.step[s] = at_next.value[s] - at_own.value[s];
    made.lower[s] = at_own.first[s];
    made.upper[s] = at_next.first[s];
  }
  return made;
}

// The cell goes on as it begins, linearly, or with its value; rows of `linear` do anyway.
void CellBuilder::add_outside(std::size_t entry) {
  const std::size_t window = cells_.window_;
  const std::size_t kept = cells_.outside_ == Outside::clamp ? 1 : 2;
  const std::size_t first = entry * weight_sets * window;
  cells_.cells_.push_back(cells_.cells_[entry]);
  for (std::size_t k = 0; k < weight_sets * window; ++k) {
    const double weight = cells_.weights_[first + k];
    cells_.weights_.push_back(k < kept * window ? weight : 0);
  }
}

void CellBuilder::add_slope(std::ptrdiff_t sample, std::ptrdiff_t start,
                            HermiteCell::Weights& weights) const {
  const auto last = static_cast<std::ptrdiff_t>(extent_) - 1;
  // The row of a ghost is the mirror image of that of the end, or the one a period away.
  const bool is_ghost = sample < 0 || sample > last;
  const bool is_image = is_ghost && cells_.upper_ != End::wraps;
  std::ptrdiff_t row_of = sample;
  if (is_ghost) row_of = is_image ? std::clamp<std::ptrdiff_t>(sample, 0, last) : 0;
  const auto row = static_cast<std::size_t>(row_of - table_.own_sample());
  const Band& band = table_.bands({row, row + 1}).front();
  const double sign = cells_.direction_ * (is_image ? -1 : 1);
  const double scale = sign * RowTable::scale<double>(band);
  const auto slot = [&](std::ptrdiff_t offset) -> double& {
    const std::ptrdiff_t at = sample + (is_image ? -offset : offset) - start;
    assert(at >= 0 && at < static_cast<std::ptrdiff_t>(cells_.window_));
    return weights[static_cast<std::size_t>(at)];
  };
  const std::span<const Tap> taps = table_.taps(band);
  for (std::size_t k = 0; k < taps.size(); ++k) {
    if (is_slope(taps[k])) continue;  // a slope of 0
    const double weight = scale * *table_.weights<double>(band, k, row);
    slot(taps[k].plus) += weight;
    slot(taps[k].minus) -= weight;
  }
}

}  // namespace gridgrad
