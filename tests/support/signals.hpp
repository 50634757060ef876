// support/signals.hpp: stamps as a loop takes them, and what a differentiator says of
// them
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "gridgrad/differentiator.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {

// Seconds, with gaps from 1 to 100 ms.
inline std::vector<double> random_stamps(std::size_t count, Random& random) {
  std::uniform_real_distribution<double> decades(-3, -1);
  std::vector<double> stamps(count);
  double stamp = 100;
  for (double& s : stamps) s = stamp += std::pow(10.0, decades(random));
  return stamps;
}

template <class T, class S, std::size_t Capacity>
auto pushed(Differentiator<T, S, Capacity> rate, const std::vector<S>& stamps,
            const std::vector<T>& samples) {
  std::vector<decltype(rate.push(stamps[0], samples[0]))> results;
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    results.push_back(rate.push(stamps[i], samples[i]));
  }
  return results;
}

// Every method, each as it is used.
inline std::vector<DifferentiatorOptions> all_methods() {
  return {{.method = Backward{2}},
          {.method = Backward{3}},
          {.method = Backward{8}},
          {.method = LocalPolynomial{9, 1}},
          {.method = LocalPolynomial{9, 2}},
          {.method = LocalPolynomial{9, 2, 4}},
          {.method = LocalPolynomial{20, 3, 2}},
          {.method = Filtered{0.05, FilterRule::backward_euler}},
          {.method = Filtered{0.05, FilterRule::tustin}},
          {.method = Filtered{0.05, FilterRule::exact}}};
}

}  // namespace gridgrad::test
