// ranges.cpp: sets of indices
//
// SPDX-License-Identifier: BSD-3-Clause

#include "ranges.hpp"

#include <algorithm>

namespace gridgrad {

void SampleRanges::include(Range range) {
  if (range.size() == 0) return;
  auto* at = ranges_.data();
  auto* const end = at + ranges_.size();
  while (at != end && at->last < range.first) ++at;
  auto* last = at;
  while (last != end && last->first <= range.last) {
    range = {std::min(range.first, last->first), std::max(range.last, last->last)};
    ++last;
  }
  const auto position = ranges_.begin() + (at - ranges_.data());
  const auto erased = ranges_.erase(position, position + (last - at));
  ranges_.insert(erased, range);
}

void SampleRanges::reduce() {
  constexpr std::size_t most = 3;
  while (ranges_.size() > most) {
    std::size_t closest = 1;
    const auto gap = [&](std::size_t k) {
      return ranges_[k].first - ranges_[k - 1].last;
    };
    for (std::size_t k = 2; k < ranges_.size(); ++k) {
      if (gap(k) < gap(closest)) closest = k;
    }
    ranges_[closest - 1].last = ranges_[closest].last;
    ranges_.erase(ranges_.begin() + static_cast<std::ptrdiff_t>(closest));
  }
}

std::size_t SampleRanges::size() const noexcept {
  std::size_t count = 0;
  for (const Range& range : ranges_) count += range.size();
  return count;
}

bool SampleRanges::contains(Range range) const noexcept {
  return std::ranges::any_of(ranges_, [&](const Range& held) {
    return held.first <= range.first && range.last <= held.last;
  });
}

std::ptrdiff_t SampleRanges::place(std::size_t sample) const noexcept {
  std::size_t before = 0;
  for (const Range& range : ranges_) {
    if (sample < range.last)
      return static_cast<std::ptrdiff_t>(before + sample) -
             static_cast<std::ptrdiff_t>(range.first);
    before += range.size();
  }
  return static_cast<std::ptrdiff_t>(before);
}

}  // namespace gridgrad
