// ranges.hpp: the samples of an axis that stand in memory, as ranges joined
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <span>

#include "gridgrad/difference.hpp"

namespace gridgrad {

// Sorted and disjoint; at most three once `reduce` has run.
class SampleRanges {
 public:
  SampleRanges() = default;
  explicit SampleRanges(Range range) { include(range); }
  explicit SampleRanges(std::span<const Range> sorted)
      : ranges_(sorted.begin(), sorted.end()) {}

  // Adds samples; overlapping and adjacent ranges become one.
  void include(Range range);

  // Closes the smallest gaps until three ranges are left.
  void reduce();

  [[nodiscard]] std::span<const Range> ranges() const noexcept {
    return {ranges_.data(), ranges_.size()};
  }

  // Number of samples.
  [[nodiscard]] std::size_t size() const noexcept;

  [[nodiscard]] bool contains(Range range) const noexcept;

  // Where a sample stands among those of the ranges. Precondition: it is one of them.
  [[nodiscard]] std::ptrdiff_t place(std::size_t sample) const noexcept;

 private:
  boost::container::small_vector<Range, 3> ranges_;
};

}  // namespace gridgrad
