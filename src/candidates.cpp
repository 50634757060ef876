// candidates.cpp: the best of the runs that are there
//
// SPDX-License-Identifier: BSD-3-Clause

#include "candidates.hpp"

#include <array>
#include <cstdlib>

namespace gridgrad {
namespace {

std::size_t imbalance(const SampleRun& run) {
  return run.below > run.above ? run.below - run.above : run.above - run.below;
}

// The highest accuracy, then the most central, then the lower.
bool is_better(const SampleRun& a, const SampleRun& b) {
  if (a.accuracy != b.accuracy) return a.accuracy > b.accuracy;
  if (imbalance(a) != imbalance(b)) return imbalance(a) < imbalance(b);
  return a.below > b.below;
}

std::vector<int> offsets_of(const SampleRun& run) {
  return contiguous_offsets(-static_cast<std::ptrdiff_t>(run.below),
                            static_cast<std::ptrdiff_t>(run.above));
}

}  // namespace

Candidates::Candidates(const AxisPlan& plan, const Extension& extension)
    : orders_(plan.orders),
      placement_(plan.placement),
      extension_(extension),
      unit_(plan.axis.unit()),
      minimum_(std::get<Adapt>(plan.orders.missing).minimum),
      reach_(plan.reach().below) {
  for (std::size_t below = 0; below <= reach_; ++below) {
    for (std::size_t above = 0; above <= reach_; ++above) {
      best_.push_back(best_within(below, above));
    }
  }
  if (depends_on_sample()) return;
  rows_.resize(best_.size());
  for (const SampleRun& run : best_) {
    StencilRow& row = rows_[run.below * (reach_ + 1) + run.above];
    if (run.accuracy > 0 && row.taps.empty()) row = this->row(0, run);
  }
}

Candidates Candidates::own_sample() {
  Candidates candidates;
  candidates.placement_.spacing = DoubleDouble{1, 0};
  candidates.best_ = {{0, 0, 1}};
  candidates.rows_ = {{RowForm::plain, {{0, 0}}, {{1, 1}}, {1, 1}}};
  return candidates;
}

// On equal spacing the symmetry of a run may gain an order.
int Candidates::accuracy_of(std::size_t below, std::size_t above) const noexcept {
  const auto samples = static_cast<int>(below + above + 1);
  const bool gains = !depends_on_sample() && below == above && !orders_.is_odd();
  return samples - orders_.derivative + (gains ? 1 : 0);
}

SampleRun Candidates::best_within(std::size_t below, std::size_t above) const noexcept {
  SampleRun best;
  for (std::size_t a = 0; a <= below; ++a) {
    for (std::size_t b = 0; b <= above; ++b) {
      const SampleRun run = {a, b, accuracy_of(a, b)};
      const bool is_accepted = accepts(run.accuracy) &&
                               run.accuracy <= orders_.accuracy &&
                               static_cast<int>(a + b) >= orders_.derivative;
      if (is_accepted && is_better(run, best)) best = run;
    }
  }
  return best;
}

StencilRow Candidates::row(std::size_t sample, const SampleRun& run) const {
  const std::vector<int> offsets = offsets_of(run);
  if (placement_.spacing) {
    return uniform_row(offsets, orders_.derivative, *placement_.spacing, unit_);
  }
  StencilRow row = {RowForm::based, based_taps(offsets), {}, {1, 1}};
  std::array<DoubleDouble, most_nodes> nodes;
  const Coordinates& x = *placement_.positions;
  for (std::size_t k = 0; k < row.taps.size(); ++k) {
    const std::ptrdiff_t at =
        static_cast<std::ptrdiff_t>(sample) + neighbour(row.taps[k]);
    nodes[k] = extension_.position(x, at) - x[sample];
  }
  row.weights.resize(row.taps.size());
  derivative_weights({nodes.data(), row.taps.size()}, orders_.derivative, unit_,
                     row.weights);
  turn_upwards(row.taps, row.weights);
  return row;
}

}  // namespace gridgrad
