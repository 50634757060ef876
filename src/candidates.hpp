// candidates.hpp: the rows that stand in for others where samples are missing
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <vector>

#include "row_builder.hpp"
#include "stencil_row.hpp"

namespace gridgrad {

// Neighbouring samples around a row's own: how many below and above it, and the order of
// the row on them; 0 if there is none.
struct SampleRun {
  std::size_t below = 0;
  std::size_t above = 0;
  int accuracy = 0;

  friend bool operator==(const SampleRun&, const SampleRun&) = default;
};

// What `Adapt` chooses from.
class Candidates {
 public:
  Candidates(const AxisPlan& plan, const Extension& extension);

  // Of weighted means: the sample itself, whatever is missing around it.
  [[nodiscard]] static Candidates own_sample();

  // How far runs reach to either side.
  [[nodiscard]] std::size_t reach() const noexcept { return reach_; }

  // Whether rows of this order are accepted.
  [[nodiscard]] bool accepts(int accuracy) const noexcept { return accuracy >= minimum_; }

  // The best run where so many neighbours below and above the own sample are there, each
  // at most reach().
  [[nodiscard]] const SampleRun& best(std::size_t below,
                                      std::size_t above) const noexcept {
    return best_[below * (reach_ + 1) + above];
  }

  // Whether rows on the same run differ from sample to sample.
  [[nodiscard]] bool depends_on_sample() const noexcept {
    return !placement_.spacing.has_value();
  }

  // The row of a sample on a run of accuracy > 0.
  [[nodiscard]] StencilRow row(std::size_t sample, const SampleRun& run) const;

  // The same where it does not depend on the sample: made once.
  [[nodiscard]] const StencilRow& shared_row(const SampleRun& run) const noexcept {
    return rows_[run.below * (reach_ + 1) + run.above];
  }

 private:
  Candidates() = default;
  [[nodiscard]] int accuracy_of(std::size_t below, std::size_t above) const noexcept;
  [[nodiscard]] SampleRun best_within(std::size_t below,
                                      std::size_t above) const noexcept;

  Orders orders_ = {};
  Placement placement_;
  Extension extension_;
  double unit_ = 1;
  int minimum_ = 1;
  std::size_t reach_ = 0;
  std::vector<SampleRun> best_;
  std::vector<StencilRow> rows_;
};

}  // namespace gridgrad
