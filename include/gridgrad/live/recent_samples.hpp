// gridgrad/live/recent_samples.hpp: the last samples of a signal and their stamps
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>

#include "gridgrad/live/unwrapped.hpp"

namespace gridgrad::live {

/// The last `Capacity` samples, the newest first, next to each other in memory: each is
/// stored twice, so no push moves them.
template <class T, Stamp S, std::size_t Capacity>
class RecentSamples {
 public:
  void push(S stamp, const Unwrapped<T>& sample) noexcept {
    first_ = (first_ == 0 ? Capacity : first_) - 1;
    stamps_[first_] = stamps_[first_ + Capacity] = stamp;
    samples_[first_] = samples_[first_ + Capacity] = sample;
    if (count_ < Capacity) ++count_;
  }

  void clear() noexcept { count_ = 0; }

  [[nodiscard]] std::size_t count() const noexcept { return count_; }

  /// Of the sample `back` pushes before the newest. Precondition: back < count().
  [[nodiscard]] S stamp(std::size_t back) const noexcept {
    return stamps_[first_ + back];
  }
  [[nodiscard]] const Unwrapped<T>& sample(std::size_t back) const noexcept {
    return samples_[first_ + back];
  }

  /// From the older of two samples to the newer, in units of the stamps.
  [[nodiscard]] DoubleDouble gap(std::size_t newer, std::size_t older) const noexcept {
    return live::gap(stamp(newer), stamp(older));
  }

 private:
  std::array<S, 2 * Capacity> stamps_ = {};
  std::array<Unwrapped<T>, 2 * Capacity> samples_ = {};
  std::size_t first_ = 0;
  std::size_t count_ = 0;
};

}  // namespace gridgrad::live
