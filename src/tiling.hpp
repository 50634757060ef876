// tiling.hpp: how a field is cut into boxes that fit the caches
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <span>

#include "gridgrad/difference.hpp"

namespace gridgrad {

// One number per dimension; no heap for the ranks that occur.
template <class T>
struct PerDimension : boost::container::small_vector<T, 8> {
  using boost::container::small_vector<T, 8>::small_vector;

  operator std::span<T>() {  // NOLINT(google-explicit-constructor)
    return {this->data(), this->size()};
  }
  operator std::span<const T>() const {  // NOLINT(google-explicit-constructor)
    return {this->data(), this->size()};
  }
};

// Sizes of the boxes; the results do not depend on them.
struct Tiling {
  // Samples of one plane of a box: those that a few rows read, and their results, fit the
  // second-level cache.
  std::size_t plane = 16384;
  // Planes of a box along a differentiated dimension that is cut.
  std::size_t rows = 16;
  // Rows that a kernel computes together, and planes of a box along slower dimensions.
  std::size_t shared_rows = 4;
  // Bytes of a field and its results above which the results are streamed.
  std::size_t streamed_above = std::size_t{32} << 20;
  // Samples of a box, if more than a plane, where rows reach along contiguous samples
  // only: what was read is not read again, and each box has a beginning and an end to pay
  // for.
  std::size_t run = 0;
};

// What a tiling is chosen for.
struct Workload {
  std::size_t reach;  // of the rows, in samples to each side
  std::size_t bytes;  // of a sample
  std::size_t samples;
  std::size_t threads;
};
[[nodiscard]] Tiling tiling_for(const Workload& work);

// The boxes of a domain, in an order in which neighbours along the slower dimensions
// follow each other, so that a sample is still in the cache when the rows on its other
// side need it. Extents run from the slowest dimension to the fastest.
class Boxes {
 public:
  Boxes(std::span<const std::size_t> extents, std::span<const std::size_t> axes,
        const Tiling& tiling);

  [[nodiscard]] std::size_t count() const noexcept { return count_; }

  // The ranges of box `index`, one per dimension.
  void box(std::size_t index, std::span<Range> ranges) const noexcept;

 private:
  PerDimension<std::size_t> extents_;
  PerDimension<std::size_t> sizes_;
  PerDimension<std::size_t> slowest_first_;
  std::size_t count_ = 1;
};

}  // namespace gridgrad
