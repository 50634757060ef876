// row_table.cpp: the container of rows
//
// SPDX-License-Identifier: BSD-3-Clause

#include "row_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "candidates.hpp"
#include "check_axis.hpp"
#include "row_builder.hpp"

namespace gridgrad {
namespace {

bool is_usable_weight(double exact, double rounded) noexcept {
  return exact == 0 || (std::isnormal(rounded));
}

// The offsets that a tap reads; its own sample for a slope.
template <class F>
void for_each_offset(RowForm form, const Tap& tap, F&& f) {
  if (is_slope(tap)) return;
  f(tap.plus);
  if (form != RowForm::plain) f(tap.minus);
}

}  // namespace

RowTable::RowTable(const Axis& axis, std::size_t extent, Scheme scheme,
                   Execution execution, std::optional<std::size_t> field_axis)
    : extent_(extent) {
  const AxisPlan plan = checked_plan(axis, extent, scheme, field_axis);
  own_sample_ = static_cast<std::ptrdiff_t>(plan.rows().first);
  extension_ = Extension(axis, extent);
  missing_ = plan.orders.missing;
  if (plan.orders.adapts()) {
    candidates_ = std::make_shared<const Candidates>(plan, extension_);
  }
  build_rows(*this, plan, execution);
  finish();
}

Band& RowTable::append(const BandShape& shape) {
  append(shape, {});
  Band& band = bands_.back();
  band.weight_stride = shape.rows == 1 ? 0 : shape.rows;
  weights64_.resize(weights64_.size() + shape.rows * shape.taps.size());
  weights32_.resize(weights64_.size());
  return band;
}

void RowTable::append(const BandShape& shape, std::span<const Rounded> weights) {
  const std::size_t first = row_count();
  // One row, or the same weights in all, needs no stride.
  const bool is_shared = weights.size() <= shape.taps.size();
  Band band = {};
  band.rows = {first, first + shape.rows};
  band.form = shape.form;
  band.accuracy = shape.accuracy;
  band.scale = shape.scale;
  band.divisor = shape.divisor;
  band.first_tap = taps_.size();
  band.taps = shape.taps.size();
  band.first_weight = weights64_.size();
  band.weight_stride = is_shared ? 0 : shape.rows;
  for (const Tap& tap : shape.taps) {
    for_each_offset(shape.form, tap, [&](std::ptrdiff_t offset) {
      band.lowest = std::min(band.lowest, offset);
      band.highest = std::max(band.highest, offset);
    });
  }
  bands_.push_back(band);
  taps_.insert(taps_.end(), shape.taps.begin(), shape.taps.end());
  for (const Rounded& weight : weights) {
    weights64_.push_back(weight.f64);
    weights32_.push_back(weight.f32);
  }
}

bool RowTable::is_zero_somewhere(const Band& band) const noexcept {
  const std::size_t rows = band.weight_stride == 0 ? 1 : band.rows.size();
  const auto first = weights64_.begin() + static_cast<std::ptrdiff_t>(band.first_weight);
  const auto count = static_cast<std::ptrdiff_t>(rows * band.taps);
  return std::find(first, first + count, 0.0) != first + count;
}

void RowTable::finish() noexcept {
  for (std::size_t k = 0; k < weights64_.size(); ++k) {
    usable_in_f64_ = usable_in_f64_ && is_usable_weight(weights64_[k], weights64_[k]);
    usable_in_f32_ = usable_in_f32_ && is_usable_weight(weights64_[k], weights32_[k]);
  }
  for (Band& band : bands_) {
    usable_in_f64_ = usable_in_f64_ && std::isnormal(band.scale.f64);
    usable_in_f32_ = usable_in_f32_ && std::isnormal(band.scale.f32);
    band.leaves_out = is_zero_somewhere(band);
  }
}

RowTable RowTable::identity(std::size_t extent, const Missing& missing) {
  RowTable table(extent, 0);
  constexpr int exact = 20;  // as the most accurate rows
  const Tap own = {0, 0};
  const Rounded one = {1, 1};
  table.append({RowForm::plain, extent, {&own, 1}, one, exact}, {&one, 1});
  if (!std::holds_alternative<NoneMissing>(missing)) table.missing_ = Propagate();
  table.finish();
  return table;
}

RowTable RowTable::smoothing(const RowTable& like) {
  RowTable table(like.extent_, static_cast<std::size_t>(like.own_sample_),
                 like.extension_);
  const std::size_t rows = like.row_count();
  const auto first = static_cast<std::size_t>(like.own_sample_);
  const bool has_lower = first == 0 && !like.extension_.extends_lower();
  const bool has_upper = first + rows == like.extent_ && !like.extension_.extends_upper();
  const std::size_t lower = has_lower ? std::min<std::size_t>(rows, 1) : 0;
  const std::size_t upper = has_upper ? std::min<std::size_t>(rows - lower, 1) : 0;
  constexpr int accuracy = 2;
  const auto append = [&](std::size_t count, std::span<const Tap> taps,
                          std::span<const Rounded> weights, Rounded scale) {
    if (count == 0) return;
    table.append({RowForm::plain, count, taps, scale, accuracy}, weights);
  };
  const std::array<Tap, 3> all = {Tap{-1, -1}, Tap{0, 0}, Tap{1, 1}};
  const std::array<Rounded, 3> weights = {Rounded{1, 1}, Rounded{2, 2}, Rounded{1, 1}};
  const std::span<const Tap> own(&all[1], 1);
  const std::span<const Rounded> one(&weights[0], 1);
  append(lower, own, one, {1, 1});
  append(rows - lower - upper, all, weights, {0.25, 0.25F});
  append(upper, own, one, {1, 1});
  table.missing_ = like.missing_;
  if (like.candidates_) {
    table.candidates_ = std::make_shared<const Candidates>(Candidates::own_sample());
  }
  table.finish();
  return table;
}

std::size_t RowTable::reach() const noexcept {
  if (bands_.empty()) return 0;
  const std::size_t middle = row_count() / 2;
  const Band& band = bands({middle, middle + 1}).front();
  return static_cast<std::size_t>(std::max(-band.lowest, band.highest));
}

std::span<const Band> RowTable::bands(Range rows) const noexcept {
  const auto first = std::ranges::partition_point(
      bands(), [&](const Band& band) { return band.rows.last <= rows.first; });
  const auto last = std::partition_point(first, bands().end(), [&](const Band& band) {
    return band.rows.first < rows.last;
  });
  return {first, last};
}

void RowTable::require_missing_rule() const {
  if (skips_missing()) return;
  throw Error(ErrorCode::bad_argument, "missing",
              "samples are marked, but the scheme has no rule for them; Propagate or "
              "Adapt is needed");
}

void RowTable::require(Range rows) const {
  if (rows.first <= rows.last && rows.last <= row_count()) return;
  throw Error(ErrorCode::bad_argument, "rows",
              std::to_string(rows.first) + " to " + std::to_string(rows.last) +
                  " given; the operator has " + std::to_string(row_count()) + " rows");
}

SampleRanges RowTable::support(Range rows) const {
  SampleRanges ranges;
  for (const Band& band : bands(rows)) {
    include(ranges, band,
            {std::max(rows.first, band.rows.first), std::min(rows.last, band.rows.last)});
  }
  ranges.reduce();
  return ranges;
}

void RowTable::include(SampleRanges& ranges, const Band& band, Range rows) const {
  if (rows.size() == 0 || band.taps == 0) return;
  const auto first = static_cast<std::ptrdiff_t>(rows.first) + own_sample_;
  const auto last = static_cast<std::ptrdiff_t>(rows.last) + own_sample_;
  if (band.form != RowForm::plain) {
    const auto runs = static_cast<std::ptrdiff_t>(candidates_ ? candidates_->reach() : 0);
    return include_extended(ranges, first + std::min(band.lowest, -runs),
                            last + std::max(band.highest, runs));
  }
  for (const Tap& tap : taps(band)) {
    include_extended(ranges, first + tap.plus, last + tap.plus);
  }
}

void RowTable::include_extended(SampleRanges& ranges, std::ptrdiff_t first,
                                std::ptrdiff_t last) const {
  const auto extent = static_cast<std::ptrdiff_t>(extent_);
  ranges.include({static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(first, 0, extent)),
                  static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(last, 0, extent))});
  const auto include_ghost = [&](std::ptrdiff_t v) {
    const Ghost ghost = extension_.at(v);
    if (ghost.rule == GhostRule::known || ghost.rule == GhostRule::none) return;
    ranges.include({ghost.sample, ghost.sample + 1});
    if (ghost.rule == GhostRule::turned) ranges.include({ghost.end, ghost.end + 1});
  };
  for (std::ptrdiff_t v = first; v < std::min<std::ptrdiff_t>(last, 0); ++v) {
    include_ghost(v);
  }
  for (std::ptrdiff_t v = std::max(first, extent); v < last; ++v) include_ghost(v);
}

}  // namespace gridgrad
