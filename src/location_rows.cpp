// location_rows.cpp: the weights of the samples at a location, as rows of a matrix
//
// SPDX-License-Identifier: BSD-3-Clause

#include "location_rows.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "window_row.hpp"

namespace gridgrad {
namespace {

// Weights of single samples of one axis.
using AxisWeights = std::vector<std::pair<std::size_t, double>>;

// Adds the weight of sample v of the extended line, through the rule of its end. What an
// end value brings is no weight of a sample.
void add_extended(const AxisCells& axis, std::ptrdiff_t v, double weight,
                  AxisWeights& to) {
  if (v >= 0 && v < static_cast<std::ptrdiff_t>(axis.extent())) {
    to.emplace_back(static_cast<std::size_t>(v), weight);
    return;
  }
  const Ghost ghost = axis.extension().at(v);
  if (ghost.rule == GhostRule::copied) to.emplace_back(ghost.sample, weight);
  if (ghost.rule == GhostRule::negated) to.emplace_back(ghost.sample, -weight);
  if (ghost.rule == GhostRule::turned) {
    to.emplace_back(ghost.end, 2 * weight);
    to.emplace_back(ghost.sample, -weight);
  }
}

// Sorted, each sample once, without those of weight 0.
void merge(AxisWeights& weights) {
  std::ranges::sort(weights, {}, &AxisWeights::value_type::first);
  AxisWeights merged;
  for (const auto& [sample, weight] : weights) {
    if (!merged.empty() && merged.back().first == sample) {
      merged.back().second += weight;
    } else {
      merged.emplace_back(sample, weight);
    }
  }
  std::erase_if(merged, [](const auto& entry) { return entry.second == 0; });
  weights = std::move(merged);
}

// `weights` multiply differences from the base, whose own weight makes them sum to `sum`.
template <std::size_t W>
AxisWeights plain_weights(const AxisCells& axis, const WindowRow<W>& row,
                          const std::array<double, W>& weights, double sum) {
  AxisWeights plain;
  double own = sum;
  for (std::size_t s = 0; s < W; ++s) {
    if (s == row.base || weights[s] == 0) continue;
    own -= weights[s];
    add_extended(axis, row.start + static_cast<std::ptrdiff_t>(s), weights[s], plain);
  }
  add_extended(axis, row.start + static_cast<std::ptrdiff_t>(row.base), own, plain);
  merge(plain);
  return plain;
}

template <std::size_t W>
AxisWeights axis_weights(const AxisCells& axis, const Place& place, std::size_t times) {
  const WindowRow<W> row = window_row<W>(axis, place);
  if (times == 0) return plain_weights(axis, row, row.value, 1);
  return plain_weights(axis, row, times == 1 ? row.first : row.second, 0);
}

// Products of weights along axis a and those after it.
void add_products(std::span<const AxisWeights> axes, std::span<const std::size_t> extents,
                  std::pair<std::size_t, double> so_far, SparseRows& rows) {
  if (axes.empty()) {
    rows.columns.push_back(so_far.first);
    rows.weights.push_back(so_far.second);
    return;
  }
  for (const auto& [sample, weight] : axes[0]) {
    add_products(axes.subspan(1), extents.subspan(1),
                 {so_far.first * extents[0] + sample, so_far.second * weight}, rows);
  }
}

}  // namespace

void append_location_row(const Patches& patches, std::span<const double> location,
                         std::span<const std::size_t> along, SparseRows& rows) {
  std::vector<AxisWeights> axes;
  for (std::size_t a = 0; a < location.size(); ++a) {
    const Place place = patches.axis(a).locate(location[a]);
    if (!place.has_value || !std::isfinite(place.offset)) {
      axes.clear();
      break;
    }
    const auto times = static_cast<std::size_t>(std::ranges::count(along, a));
    axes.push_back(with_window(patches.window(), [&]<std::size_t W>() {
      return axis_weights<W>(patches.axis(a), place, times);
    }));
  }
  if (!axes.empty()) add_products(axes, patches.extents(), {0, 1}, rows);
  rows.starts.push_back(rows.columns.size());
}

}  // namespace gridgrad
