// timing.hpp: times taken in turns
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <vector>

namespace gridgrad::bench {

using Call = std::function<void()>;

inline double seconds(const Call& call) {
  const auto start = std::chrono::steady_clock::now();
  call();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// The number that a share of the others is below.
inline double quantile(std::vector<double> numbers, double share) {
  const auto at =
      static_cast<std::ptrdiff_t>(share * static_cast<double>(numbers.size()));
  std::nth_element(numbers.begin(), numbers.begin() + at, numbers.end());
  return numbers[static_cast<std::size_t>(at)];
}
inline double median(const std::vector<double>& numbers) {
  return quantile(numbers, 0.5);
}

// Seconds of two calls, turn by turn: what else the machine does meets both.
struct Turns {
  std::vector<double> first;
  std::vector<double> second;

  // First over second.
  [[nodiscard]] std::vector<double> ratios() const {
    std::vector<double> ratios(first.size());
    std::transform(first.begin(), first.end(), second.begin(), ratios.begin(),
                   std::divides<>());
    return ratios;
  }
};

inline Turns take_turns(const Call& first, const Call& second, int turns) {
  Turns taken;
  first();
  second();
  for (int turn = 0; turn < turns; ++turn) {
    taken.second.push_back(seconds(second));
    taken.first.push_back(seconds(first));
  }
  return taken;
}

}  // namespace gridgrad::bench
