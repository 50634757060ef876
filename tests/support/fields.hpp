// support/fields.hpp: random samples, shapes around every seam, and views of all strides
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

#include "gridgrad/element.hpp"
#include "gridgrad/strided_view.hpp"

namespace gridgrad::test {

// One generator for all tests; its seed is fixed, so every run draws the same samples.
using Random = std::mt19937_64;
inline constexpr std::uint64_t seed = 20240517;

template <class T>
T random_sample(Random& random) {
  std::uniform_real_distribution<double> uniform(-100.0, 100.0);
  if constexpr (std::same_as<T, Float16>) {
    return to_float16(static_cast<float>(uniform(random)));
  } else if constexpr (std::same_as<T, BFloat16>) {
    return to_bfloat16(static_cast<float>(uniform(random)));
  } else if constexpr (std::floating_point<T>) {
    return static_cast<T>(uniform(random));
  } else if constexpr (Integer<T>) {
    // All bits, so that differences overflow the type.
    return static_cast<T>(random());
  } else {
    const auto real = static_cast<typename T::value_type>(uniform(random));
    return {real, static_cast<typename T::value_type>(uniform(random))};
  }
}

template <class T>
std::vector<T> random_samples(std::size_t count, Random& random) {
  std::vector<T> samples(count);
  for (T& sample : samples) sample = random_sample<T>(random);
  return samples;
}

// Increasing, with neighbours 0.5 to 1.5 apart.
inline std::vector<double> random_positions(std::size_t count, Random& random) {
  std::uniform_real_distribution<double> gap(0.5, 1.5);
  std::vector<double> positions(count);
  double position = -3;
  for (double& x : positions) x = position += gap(random);
  return positions;
}

inline std::size_t product(std::span<const std::size_t> extents) {
  return std::accumulate(extents.begin(), extents.end(), std::size_t{1},
                         std::multiplies<>());
}

// Memory and a view of it: how far apart neighbours are, in which order the axes stand
// and which of them run backwards.
template <class T>
class StridedField {
 public:
  StridedField(std::vector<std::size_t> extents, std::vector<std::size_t> order,
               std::ptrdiff_t gap, const std::vector<bool>& reversed)
      : extents_(std::move(extents)), strides_(extents_.size()) {
    std::ptrdiff_t stride = gap;
    for (std::size_t k = order.size(); k-- > 0;) {
      strides_[order[k]] = stride;
      stride *= static_cast<std::ptrdiff_t>(extents_[order[k]]);
    }
    samples_.resize(static_cast<std::size_t>(stride));
    for (std::size_t axis = 0; axis < extents_.size(); ++axis) {
      if (!reversed[axis]) continue;
      start_ += strides_[axis] * (static_cast<std::ptrdiff_t>(extents_[axis]) - 1);
      strides_[axis] = -strides_[axis];
    }
  }

  [[nodiscard]] std::vector<T>& samples() { return samples_; }
  [[nodiscard]] StridedView<T> view() {
    return {samples_.data() + start_, extents_, strides_};
  }

 private:
  std::vector<std::size_t> extents_;
  std::vector<std::ptrdiff_t> strides_;
  std::vector<T> samples_;
  std::ptrdiff_t start_ = 0;
};

// Calls f with every index of a shape, the last axis fastest.
template <class F>
void for_each_index(std::span<const std::size_t> extents, F&& f) {
  std::vector<std::size_t> index(extents.size(), 0);
  for (std::size_t count = product(extents); count > 0; --count) {
    f(std::span<const std::size_t>(index));
    for (std::size_t axis = index.size(); axis-- > 0;) {
      if (++index[axis] < extents[axis]) break;
      index[axis] = 0;
    }
  }
}

template <class T>
T& at(const StridedView<T>& view, std::span<const std::size_t> index) {
  std::ptrdiff_t offset = 0;
  for (std::size_t axis = 0; axis < index.size(); ++axis) {
    offset += static_cast<std::ptrdiff_t>(index[axis]) * view.strides()[axis];
  }
  return view.data()[offset];
}

}  // namespace gridgrad::test
