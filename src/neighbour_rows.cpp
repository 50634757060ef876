// neighbour_rows.cpp: closed-form weights of a strip of rows, then the rows
//
// SPDX-License-Identifier: BSD-3-Clause

#include "neighbour_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "check_axis.hpp"
#include "kernels/neighbours.hpp"
#include "kernels/table.hpp"
#include "kernels/targets.hpp"
#include "row_table.hpp"
#include "weights.hpp"

namespace gridgrad {
namespace {

constexpr std::size_t most_columns = 2048;

bool is_complex(ElementType type) {
  return type == ElementType::complex64 || type == ElementType::complex128;
}
bool is_narrow(ElementType type) {
  return type == ElementType::float32 || type == ElementType::complex64;
}
bool is_wide(ElementType type) {
  return type == ElementType::float64 || type == ElementType::complex128;
}

bool ends_at_last_sample(const Boundary& end) {
  return std::holds_alternative<OneSided>(end) || std::holds_alternative<Halo>(end);
}

// Within these neither a product overflows nor is a weight left out as negligible.
bool are_moderate(const Gaps& gaps) {
  constexpr double reach = 4;  // gaps from the lowest sample of a row to the highest
  return gaps.have_one_sign && gaps.smallest >= 0x1p-198 &&
         gaps.largest * reach <= 0x1p198 &&
         gaps.largest * reach <= gaps.smallest * 0x1p38;
}

// Where the closed form leaves a rounding open, or has no fused operations to work with.
template <class T>
void weigh_one_by_one(const kernels::NeighbourRun& run,
                      const std::array<T*, 2>& weights) {
  const std::size_t count = run.neighbours.size();
  for (std::size_t i = 0; i < run.count; ++i) {
    std::array<DoubleDouble, 2> nodes;
    std::array<Rounded, 2> exact;
    for (std::size_t k = 0; k < count; ++k) {
      nodes[k] = two_sum(run.neighbours[k].positions[i], -run.own[i]);
    }
    derivative_weights({nodes.data(), count}, 1, 1, {exact.data(), count});
    for (std::size_t k = 0; k < count; ++k) {
      const T weight =
          static_cast<T>(std::is_same_v<T, float> ? exact[k].f32 : exact[k].f64);
      weights[k][i] = static_cast<T>(run.neighbours[k].sign) * weight;
    }
  }
}

}  // namespace

template <class T>
struct NeighbourRows::Scratch {
  std::array<std::array<T, 2 * most_columns>, 2> weights;
};

NeighbourRows::NeighbourRows(const AnyField& field, const VaryingTerm& term,
                             const LineSets& sets, const Scheme& scheme)
    : field_(field),
      term_(term),
      sets_(sets),
      x_(*term.rule.coordinates()),
      parts_(is_complex(field.type) ? 2 : 1),
      is_along_(term.axis + 1 == field.extents.size()) {
  if (!fit()) return;
  note_bands(scheme);
  if (apply()) note_repeats();
}

bool NeighbourRows::fit() const {
  constexpr std::size_t fewest = 3;
  const std::size_t missing = field_.extents.size() - x_.extents.size();
  return (is_narrow(field_.type) || is_wide(field_.type)) && field_.marks.is_empty() &&
         field_.strides.back() == 1 && term_.out.strides.back() == 1 &&
         x_.extents.back() == field_.extents.back() &&
         field_.extents[term_.axis] >= fewest && term_.rule.unit() == 1 &&
         ends_at_last_sample(term_.rule.lower()) &&
         ends_at_last_sample(term_.rule.upper()) && x_.low.empty() &&
         are_moderate(x_.gaps[term_.axis - missing]);
}

// Read off the rows of a short irregular line, of which the one in the middle stands for
// all that are away from the ends.
void NeighbourRows::note_bands(const Scheme& scheme) {
  constexpr std::size_t longest = 16;
  const std::size_t extent = field_.extents[term_.axis];
  const std::size_t length = std::min(extent, longest);
  Coordinates squares;
  for (std::size_t i = 0; i < length; ++i) {
    squares.high.push_back(static_cast<double>(i * i));
  }
  const RowTable table(
      term_.rule.with_coordinates(std::make_shared<const Coordinates>(squares)), length,
      scheme, {1});
  if (scheme.derivative != 1 || table.skips_missing()) return;
  own_sample_ = table.own_sample();
  for (const gridgrad::Band& band : table.bands()) {
    if (band.taps > 2) return bands_.clear();
    Band of = {band.rows, {}};
    if (of.rows.first > length / 2) of.rows.first += extent - length;
    if (of.rows.last > length / 2) of.rows.last += extent - length;
    for (const Tap& tap : table.taps(band)) {
      of.neighbours.push_back(tap.plus + tap.minus);
    }
    bands_.push_back(of);
  }
}

void NeighbourRows::note_repeats() {
  repeats_ = {{0, 0, 0}};
  for (std::size_t axis = 0; axis < field_.extents.size(); ++axis) {
    if (axis != term_.axis && !sets_.is_fixed(axis)) repeat_along(axis);
  }
}

void NeighbourRows::repeat_along(std::size_t axis) {
  const std::vector<Place> before = std::exchange(repeats_, {});
  for (const Place& place : before) {
    for (std::size_t i = 0; i < field_.extents[axis]; ++i) {
      const auto at = static_cast<std::ptrdiff_t>(i);
      repeats_.push_back({0, place.in + at * field_.strides[axis],
                          place.out + at * term_.out.strides[axis]});
    }
  }
}

NeighbourRows::Place NeighbourRows::start(std::span<const std::size_t> place) const {
  Place start = {static_cast<std::ptrdiff_t>(sets_.first(place)), 0, 0};
  for (std::size_t axis = 0; axis < field_.extents.size(); ++axis) {
    const auto at = static_cast<std::ptrdiff_t>(sets_.index(place, axis));
    start.in += at * field_.strides[axis];
    start.out += at * term_.out.strides[axis];
  }
  return start;
}

// Two positions tell most lines that are not; the others are looked at in full.
bool NeighbourRows::is_spaced(std::span<const std::size_t> place) const {
  const double* const x = x_.high.data() + sets_.first(place);
  const std::size_t extent = field_.extents[term_.axis];
  const double spacing =
      (x[(extent - 1) * sets_.step()] - x[0]) / static_cast<double>(extent - 1);
  const double most = 2 * x_.ulp + 0x1p-48 * x_.largest;
  for (const std::size_t i : {std::size_t{1}, extent / 2}) {
    const double expected = x[0] + spacing * static_cast<double>(i);
    if (std::abs(x[i * sets_.step()] - expected) > most) return false;
  }
  return placement_of(sets_.rule(place), extent).spacing.has_value();
}

void NeighbourRows::run(Range sets, std::vector<std::size_t>& spaced) const {
  kernels::ensure_target();
  is_narrow(field_.type) ? run_as<float>(sets, spaced) : run_as<double>(sets, spaced);
}

template <class T>
void NeighbourRows::run_as(Range sets, std::vector<std::size_t>& spaced) const {
  Scratch<T> scratch;
  std::size_t columns = 1;
  for (std::size_t set = sets.first; set < sets.last; set += columns) {
    PerDimension<std::size_t> place = sets_.place(set);
    const Place at = start(place);
    if (!is_along_) {
      columns =
          std::min({sets.last - set, field_.extents.back() - place.back(), most_columns});
    }
    const std::size_t before = spaced.size();
    for (std::size_t j = 0; j < columns; ++j) {
      if (is_spaced(place)) spaced.push_back(set + j);
      if (!is_along_) ++place.back();
    }
    if (spaced.size() - before == columns) continue;
    for (const Band& band : bands_) rows(band, at, columns, scratch);
  }
}

// Of one line, or of columns next to each other.
template <class T>
void NeighbourRows::rows(const Band& band, const Place& at, std::size_t columns,
                         Scratch<T>& scratch) const {
  const std::size_t at_once = is_along_ ? most_columns : 1;
  for (std::size_t row = band.rows.first; row < band.rows.last; row += at_once) {
    const auto own = static_cast<std::ptrdiff_t>(row) + own_sample_;
    const auto of_result = static_cast<std::ptrdiff_t>(row);
    const Place first = {
        at.x + own * static_cast<std::ptrdiff_t>(sets_.step()),
        at.in + own * field_.strides[term_.axis],
        at.out + of_result * term_.out.strides[term_.axis],
    };
    const std::size_t rows_left = band.rows.last - row;
    strip(band, first, is_along_ ? std::min(rows_left, at_once) : columns, scratch);
  }
}

// One row of columns next to each other, or rows of one line; on all repeats.
template <class T>
void NeighbourRows::strip(const Band& band, const Place& at, std::size_t count,
                          Scratch<T>& scratch) const {
  weigh(band, x_.high.data() + at.x, count, scratch);
  const auto parts = static_cast<std::ptrdiff_t>(parts_);
  const std::ptrdiff_t step = field_.strides[term_.axis] * parts;
  const auto* const field = static_cast<const T*>(field_.data);
  auto* const result = static_cast<T*>(term_.out.data);
  for (const Place& repeat : repeats_) {
    const T* const own = field + (at.in + repeat.in) * parts;
    std::array<RowTerm<T, T>, 2> terms;
    for (std::size_t k = 0; k < band.neighbours.size(); ++k) {
      const T* const other = own + band.neighbours[k] * step;
      const bool is_below = band.neighbours[k] < 0;
      terms[k] = {is_below ? own : other, is_below ? other : own, own,
                  scratch.weights[k].data()};
    }
    T* const out = result + (at.out + repeat.out) * parts;
    kernels::table({own, 1, out, 1, count * parts_, 1},
                   {RowForm::based, {terms.data(), band.neighbours.size()}, 1, 1, false});
  }
}

template <class T>
void NeighbourRows::weigh(const Band& band, const double* own, std::size_t count,
                          Scratch<T>& scratch) const {
  std::array<kernels::Neighbour, 2> neighbours;
  const auto step = static_cast<std::ptrdiff_t>(sets_.step());
  for (std::size_t k = 0; k < band.neighbours.size(); ++k) {
    neighbours[k] = {own + band.neighbours[k] * step,
                     band.neighbours[k] < 0 ? -1.0 : 1.0};
  }
  const kernels::NeighbourRun run = {
      count, own, {neighbours.data(), band.neighbours.size()}};
  auto& weights = scratch.weights;
  const std::array<T*, 2> to = {weights[0].data(), weights[1].data()};
  if (!kernels::neighbour_weights(run, to)) weigh_one_by_one(run, to);
  if (parts_ == 1) return;
  for (std::size_t k = 0; k < band.neighbours.size(); ++k) {
    for (std::size_t i = count; i-- > 0;) {
      weights[k][2 * i + 1] = weights[k][2 * i] = weights[k][i];
    }
  }
}

}  // namespace gridgrad
