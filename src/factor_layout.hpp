// factor_layout.hpp: a factor as a sweep over a field meets it
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

#include "gridgrad/difference.hpp"
#include "metric_terms.hpp"
#include "tiling.hpp"

namespace gridgrad {

// The numbers of a factor in the computing type, in the order of the field's memory: the
// stride along the fastest dimension is 0 or 1. Complex samples are one more dimension,
// of two parts.
template <class T>
class FactorLayout {
 public:
  // `order` holds the axes of the field from the slowest to the fastest.
  FactorLayout(const Factor& factor, std::span<const std::size_t> samples,
               std::span<const std::size_t> order, std::size_t parts)
      : is_one_(factor.is_one()) {
    const std::vector<T>& numbers = numbers_of(factor);
    const bool is_constant = factor.extents.empty();
    const bool has_parts = parts == 2;
    strides_.assign(order.size() + (has_parts ? 1 : 0), 0);
    PerDimension<std::size_t> extents(order.size(), 1);
    PerDimension<std::ptrdiff_t> from(order.size(), 0);
    for (std::size_t d = 0; d < order.size(); ++d) {
      if (is_constant || factor.extents[order[d]] == 1) continue;
      extents[d] = samples[order[d]];
      from[d] = stride_of(factor, order[d]);
    }
    const bool is_doubled = has_parts && extents.back() > 1;
    std::ptrdiff_t stride = 1;
    if (is_doubled) {
      strides_.back() = 1;
      stride = 2;
    }
    for (std::size_t d = order.size(); d-- > 0;) {
      if (extents[d] == 1) continue;
      strides_[d] = stride;
      stride *= static_cast<std::ptrdiff_t>(extents[d]);
    }
    // In C order they stand as they are needed.
    given_ = numbers.data();
    if (is_doubled || !std::ranges::is_sorted(order)) {
      copy(extents, from, given_, is_doubled ? 2 : 1);
    }
  }

  [[nodiscard]] bool is_one() const noexcept { return is_one_; }

  // Along the dimensions, parts included.
  [[nodiscard]] std::span<const std::ptrdiff_t> strides() const noexcept {
    return strides_;
  }

  // The factor of a sample, and of the first of a region.
  [[nodiscard]] const T* at_sample(std::span<const std::size_t> sample,
                                   std::span<const std::size_t> order) const noexcept {
    const T* at = copied_.empty() ? given_ : copied_.data();
    for (std::size_t d = 0; d < order.size(); ++d) {
      at += static_cast<std::ptrdiff_t>(sample[order[d]]) * strides_[d];
    }
    return at;
  }
  template <class Region>
  [[nodiscard]] const T* at(const Region& region,
                            std::span<const std::size_t> order) const noexcept {
    PerDimension<std::size_t> sample;
    for (const Range& range : region) sample.push_back(range.first);
    return at_sample(sample, order);
  }

 private:
  static const std::vector<T>& numbers_of(const Factor& factor) {
    if constexpr (std::is_same_v<T, float>) return factor.f32;
    if constexpr (std::is_same_v<T, double>) return factor.f64;
  }

  static std::ptrdiff_t stride_of(const Factor& factor, std::size_t axis) {
    std::ptrdiff_t stride = 1;
    for (std::size_t d = axis + 1; d < factor.extents.size(); ++d) {
      stride *= static_cast<std::ptrdiff_t>(factor.extents[d]);
    }
    return stride;
  }

  void copy(std::span<const std::size_t> extents, std::span<const std::ptrdiff_t> strides,
            const T* from, std::size_t times) {
    if (extents.empty()) {
      copied_.insert(copied_.end(), times, *from);
      return;
    }
    for (std::size_t i = 0; i < extents[0]; ++i) {
      copy(extents.subspan(1), strides.subspan(1),
           from + static_cast<std::ptrdiff_t>(i) * strides[0], times);
    }
  }

  bool is_one_;
  PerDimension<std::ptrdiff_t> strides_;
  const T* given_;         // the factor's own numbers, which outlive this
  std::vector<T> copied_;  // in another order; empty where theirs will do
};

}  // namespace gridgrad
