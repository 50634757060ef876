// row_builder.cpp: which samples each row reads, and its weights
//
// SPDX-License-Identifier: BSD-3-Clause

#include "row_builder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "gridgrad/execution.hpp"
#include "stencil_row.hpp"
#include "threads.hpp"

namespace gridgrad {
namespace {

bool is_halo(const Boundary& end) {
  return std::holds_alternative<Halo>(end);
}
bool is_neumann(const Boundary& end) {
  return std::holds_alternative<Neumann>(end);
}

DoubleDouble magnitude(DoubleDouble x) {
  return x.high < 0 ? -x : x;
}

// Rows of irregular positions that read the same offsets, and perhaps one sample more on
// whichever side it is nearer.
struct IrregularBand {
  Range samples;
  std::vector<int> offsets;
  bool has_extra_node;
  int accuracy;
};

// Rounded weights of one row, in the order of its taps.
using RowWeights = std::array<Rounded, most_nodes + 2>;

class RowBuilder {
 public:
  RowBuilder(RowTable& table, const AxisPlan& plan, Execution execution)
      : table_(table),
        plan_(plan),
        execution_(execution),
        reach_(plan.orders.reach()),
        first_(plan.rows().first),
        last_(plan.rows().last) {}

  void build() {
    const Range interior = interior_samples();
    edge_rows({first_, interior.first});
    if (interior.size() > 0) interior_rows(interior);
    edge_rows({interior.last, last_});
  }

 private:
  [[nodiscard]] bool extends_lower() const { return table_.extension().extends_lower(); }
  [[nodiscard]] bool extends_upper() const { return table_.extension().extends_upper(); }
  [[nodiscard]] bool is_irregular() const { return !plan_.placement.spacing; }
  [[nodiscard]] bool has_extra_node() const {
    return is_irregular() && plan_.orders.needs_extra_node();
  }

  // Samples whose central (or biased) stencil lies within the extended line. Where there
  // are none, the edge rows of the two ends meet in the middle.
  [[nodiscard]] Range interior_samples() const {
    const std::size_t n = plan_.extent;
    const std::size_t below = extends_lower() ? 0 : reach_.below;
    const std::size_t above = extends_upper() ? 0 : reach_.above;
    const bool fits = below + above < n && (!has_extra_node() || extends_lower() ||
                                            extends_upper() || below + above + 1 < n);
    if (fits) return {std::max(first_, below), std::min(last_, n - above)};
    const std::size_t middle = std::clamp((n + 1) / 2, first_, last_);
    return {middle, middle};
  }

  void interior_rows(Range samples) {
    const std::vector<int> offsets =
        contiguous_offsets(-static_cast<std::ptrdiff_t>(reach_.below),
                           static_cast<std::ptrdiff_t>(reach_.above));
    if (!is_irregular()) return uniform(samples.size(), offsets, plan_.orders.accuracy);
    if (!has_extra_node()) {
      return irregular({samples, offsets, false, plan_.orders.accuracy});
    }
    // Next to an end that does not extend, the extra node is the one there is.
    const Range both = {
        std::max(samples.first, extends_lower() ? 0 : reach_.below + 1),
        std::min(samples.last,
                 extends_upper() ? plan_.extent : plan_.extent - reach_.above - 1)};
    irregular_next_to_end({samples.first, both.first}, offsets, 1);
    irregular({both, offsets, true, plan_.orders.accuracy});
    irregular_next_to_end({both.last, samples.last}, offsets, -1);
  }

  void irregular_next_to_end(Range samples, std::vector<int> offsets, int inwards) {
    if (samples.size() == 0) return;
    offsets.push_back(inwards > 0 ? offsets.back() + 1 : offsets.front() - 1);
    std::ranges::sort(offsets);
    irregular({samples, offsets, false, plan_.orders.accuracy});
  }

  void uniform(std::size_t rows, std::span<const int> offsets, int accuracy) {
    const StencilRow row = uniform_row(offsets, plan_.orders.derivative,
                                       *plan_.placement.spacing, plan_.axis.unit());
    table_.append({row.form, rows, row.taps, row.scale, accuracy}, row.weights);
  }

  // Rows near ends that are one-sided or have a slope, each with a stencil of its own.
  void edge_rows(Range samples) {
    for (std::size_t sample = samples.first; sample < samples.last; ++sample) {
      const bool is_lower = belongs_to_lower_end(sample);
      if (is_neumann(is_lower ? plan_.axis.lower() : plan_.axis.upper())) {
        slope_row(sample, is_lower);
      } else {
        one_sided_row(sample, is_lower);
      }
    }
  }

  [[nodiscard]] bool belongs_to_lower_end(std::size_t sample) const {
    const bool lower_is_open = !extends_lower() && !is_halo(plan_.axis.lower());
    const bool upper_is_open = !extends_upper() && !is_halo(plan_.axis.upper());
    const bool is_near_lower = lower_is_open && sample < reach_.below;
    const bool is_near_upper = upper_is_open && sample + reach_.above >= plan_.extent;
    if (is_near_lower != is_near_upper) return is_near_lower;
    return sample <= plan_.extent - 1 - sample;
  }

  // The contiguous samples most centred on the row's own, ties to the inside.
  void one_sided_row(std::size_t sample, bool is_lower) {
    const auto nodes = static_cast<std::ptrdiff_t>(plan_.orders.edge_nodes());
    const auto own = static_cast<std::ptrdiff_t>(sample);
    const std::ptrdiff_t below = is_lower ? (nodes - 1) / 2 : nodes / 2;
    const std::ptrdiff_t last_start = static_cast<std::ptrdiff_t>(plan_.extent) - nodes;
    const std::ptrdiff_t start = std::clamp<std::ptrdiff_t>(own - below, 0, last_start);
    const std::vector<int> offsets =
        contiguous_offsets(start - own, start + nodes - 1 - own);
    if (is_irregular()) {
      return irregular({{sample, sample + 1}, offsets, false, plan_.orders.edge_order});
    }
    // Symmetric stencils of even derivatives gain an order.
    const bool gains = offsets.front() == -offsets.back() && !plan_.orders.is_odd();
    uniform(1, offsets, plan_.orders.edge_order + (gains ? 1 : 0));
  }

  // All samples from the end to the row's own, at least as many as the order needs beside
  // the slope.
  void slope_row(std::size_t sample, bool is_lower) {
    const std::size_t end = is_lower ? 0 : plan_.extent - 1;
    const std::size_t from_end = is_lower ? sample : end - sample;
    const auto inner =
        static_cast<std::ptrdiff_t>(std::max(from_end, plan_.orders.edge_nodes() - 2));
    const auto own = static_cast<std::ptrdiff_t>(from_end);
    const std::vector<int> offsets = is_lower ? contiguous_offsets(-own, inner - own)
                                              : contiguous_offsets(own - inner, own);
    std::vector<Tap> taps = based_taps(offsets);
    std::vector<DoubleDouble> nodes;
    std::size_t end_node = 0;
    for (std::size_t k = 0; k < taps.size(); ++k) {
      nodes.push_back(distance(sample, neighbour(taps[k])));
      const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(sample) + neighbour(taps[k]);
      if (at == static_cast<std::ptrdiff_t>(end)) end_node = k + 1;
    }
    RowWeights row;
    const std::span<Rounded> weights(row.data(), taps.size() + 1);
    slope_weights(nodes, end_node, plan_.orders.derivative, plan_.axis.unit(), weights);
    turn_upwards(taps, weights);
    const std::ptrdiff_t slope = is_lower ? lower_slope : upper_slope;
    taps.push_back({slope, slope});
    table_.append({RowForm::based, 1, taps, {1, 1}, plan_.orders.edge_order}, weights);
  }

  void irregular(const IrregularBand& rows) {
    if (rows.samples.size() == 0) return;
    std::vector<Tap> taps = based_taps(rows.offsets);
    if (rows.has_extra_node) {
      taps.push_back({0, rows.offsets.front() - 1});
      taps.push_back({rows.offsets.back() + 1, 0});
    }
    const Band& band =
        table_.append({RowForm::based, rows.samples.size(), taps, {1, 1}, rows.accuracy});
    constexpr std::size_t few_rows = 2048;
    const std::size_t threads = execution_.threads == 0 && rows.samples.size() < few_rows
                                    ? 1
                                    : execution_.threads;
    Part part = {this, &rows, &band, taps};
    for_each_part(rows.samples.size(), threads == 0 ? default_threads() : threads,
                  run_part, &part);
  }

  struct Part {
    RowBuilder* builder;
    const IrregularBand* rows;
    const Band* band;
    std::span<const Tap> taps;
  };
  static void run_part(void* context, Range range) {
    auto* const part = static_cast<Part*>(context);
    for (std::size_t i = range.first; i < range.last; ++i) {
      part->builder->irregular_row(*part, i);
    }
  }

  void irregular_row(const Part& part, std::size_t i) {
    const std::size_t sample = part.rows->samples.first + i;
    const std::span<const Tap> taps = part.taps;
    // Of the two extra taps at the end of the list one is left out.
    std::size_t left_out = taps.size();
    if (part.rows->has_extra_node) left_out = farther_of_last_two(sample, taps);
    std::array<DoubleDouble, most_nodes + 2> nodes;
    std::array<std::size_t, most_nodes + 2> place;
    std::size_t count = 0;
    for (std::size_t k = 0; k < taps.size(); ++k) {
      if (k == left_out) continue;
      nodes[count] = distance(sample, neighbour(taps[k]));
      place[count++] = k;
    }
    RowWeights weights;
    derivative_weights({nodes.data(), count}, plan_.orders.derivative, plan_.axis.unit(),
                       weights);
    const std::size_t row = part.band->rows.first + i;
    if (left_out < taps.size()) table_.set_weight(*part.band, left_out, row, {0, 0});
    for (std::size_t c = 0; c < count; ++c) {
      const bool is_below = taps[place[c]].plus == 0;
      const Rounded weight = weights[c];
      table_.set_weight(*part.band, place[c], row,
                        is_below ? Rounded{-weight.f64, -weight.f32} : weight);
    }
  }

  // Equally far: the lower is taken.
  [[nodiscard]] std::size_t farther_of_last_two(std::size_t sample,
                                                std::span<const Tap> taps) const {
    const DoubleDouble lower =
        magnitude(distance(sample, neighbour(taps[taps.size() - 2])));
    const DoubleDouble upper =
        magnitude(distance(sample, neighbour(taps[taps.size() - 1])));
    const bool takes_upper =
        upper.high != lower.high ? upper.high < lower.high : upper.low < lower.low;
    return takes_upper ? taps.size() - 2 : taps.size() - 1;
  }

  // From a sample to another.
  [[nodiscard]] DoubleDouble distance(std::size_t sample, std::ptrdiff_t offset) const {
    if (plan_.placement.spacing) {
      return *plan_.placement.spacing * DoubleDouble{static_cast<double>(offset), 0};
    }
    const Coordinates& x = *plan_.placement.positions;
    const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(sample) + offset;
    return table_.extension().position(x, at) - x[sample];
  }

  RowTable& table_;
  const AxisPlan& plan_;
  Execution execution_;
  StencilReach reach_;
  std::size_t first_;
  std::size_t last_;
};

}  // namespace

StencilReach AxisPlan::reach() const noexcept {
  StencilReach reach = orders.reach();
  if (!placement.spacing && orders.needs_extra_node()) {
    ++reach.below;
    ++reach.above;
  }
  if (orders.adapts()) {
    const std::size_t runs =
        std::max({reach.below, reach.above, orders.edge_nodes() - 1});
    reach = {runs, runs};
  }
  return reach;
}

Range AxisPlan::rows() const noexcept {
  const StencilReach reach = this->reach();
  return {is_halo(axis.lower()) ? reach.below : 0,
          is_halo(axis.upper()) ? extent - reach.above : extent};
}

void build_rows(RowTable& table, const AxisPlan& plan, Execution execution) {
  RowBuilder(table, plan, execution).build();
}

}  // namespace gridgrad
