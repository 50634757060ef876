// box_frame.hpp: boxes of a field, and blocks of memory that hold what belongs to one
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <limits>
#include <span>

#include "formula.hpp"
#include "gridgrad/element.hpp"
#include "memory_order.hpp"
#include "tiling.hpp"

namespace gridgrad {

// The samples of a box, per axis.
using Region = PerDimension<Range>;

// A block of memory, per axis; strides count elements.
struct BoxBlock {
  std::byte* first;
  PerDimension<std::size_t> extents;
  PerDimension<std::ptrdiff_t> strides;
  ElementType type;

  [[nodiscard]] AnyOutput output() const { return {first, type, extents, strides}; }
};

inline std::ptrdiff_t offset_of(std::span<const std::size_t> index,
                                std::span<const std::ptrdiff_t> strides) {
  std::ptrdiff_t offset = 0;
  for (std::size_t d = 0; d < index.size(); ++d) {
    offset += static_cast<std::ptrdiff_t>(index[d]) * strides[d];
  }
  return offset;
}

inline bool is_complex(ElementType type) {
  return type == ElementType::complex64 || type == ElementType::complex128;
}

// The dimensions of a call in the order of memory, slowest first, and the type that its
// sums are computed in. Complex samples are two parts, one more dimension.
class BoxFrame {
 public:
  BoxFrame(const AnyField& field, ElementType computed)
      : type_(computed),
        parts_(is_complex(field.type) ? 2 : 1),
        order_(field.extents.size()) {
    memory_order(field.strides, order_);
  }

  [[nodiscard]] std::size_t rank() const noexcept { return order_.size(); }
  [[nodiscard]] std::size_t parts() const noexcept { return parts_; }
  [[nodiscard]] ElementType type() const noexcept { return type_; }
  [[nodiscard]] std::span<const std::size_t> order() const noexcept { return order_; }
  [[nodiscard]] std::size_t fastest() const noexcept { return order_.back(); }

  // Numbers, parts counted.
  [[nodiscard]] std::size_t size(const Region& region) const {
    std::size_t size = parts_;
    for (const Range& range : region) size *= range.size();
    return size;
  }

  // Of a region in the order of memory, parts included.
  [[nodiscard]] PerDimension<std::size_t> extents(const Region& region) const {
    PerDimension<std::size_t> extents;
    for (const std::size_t axis : order_) extents.push_back(region[axis].size());
    if (parts_ == 2) extents.push_back(2);
    return extents;
  }

  // Strides per axis, in parts and in the order of memory, parts included.
  [[nodiscard]] PerDimension<std::ptrdiff_t> strides(
      std::span<const std::ptrdiff_t> of_axes) const {
    PerDimension<std::ptrdiff_t> strides;
    for (const std::size_t axis : order_) {
      strides.push_back(of_axes[axis] * static_cast<std::ptrdiff_t>(parts_));
    }
    if (parts_ == 2) strides.push_back(1);
    return strides;
  }

  // Dense, in the order of memory.
  template <class T>
  [[nodiscard]] BoxBlock dense(T* first, const Region& region) const {
    BoxBlock block = {reinterpret_cast<std::byte*>(first),
                      PerDimension<std::size_t>(rank()),
                      PerDimension<std::ptrdiff_t>(rank()), type_};
    std::ptrdiff_t stride = 1;
    for (std::size_t d = rank(); d-- > 0;) {
      const std::size_t axis = order_[d];
      block.extents[axis] = region[axis].size();
      block.strides[axis] = stride;
      stride *= static_cast<std::ptrdiff_t>(block.extents[axis]);
    }
    return block;
  }

  // Calls f(index, count) for every run of the last `merged` dimensions of a region,
  // parts included; `index` is 0 along those.
  template <class F>
  void for_each_run(const Region& region, std::size_t merged, const F& f) const {
    const PerDimension<std::size_t> all = extents(region);
    PerDimension<std::size_t> index(all.size(), 0);
    const std::size_t outer = all.size() - merged;
    std::size_t count = 1;
    for (std::size_t d = outer; d < all.size(); ++d) count *= all[d];
    for (;;) {
      f(std::span<const std::size_t>(index.data(), index.size()), count);
      std::size_t d = outer;
      while (d-- > 0) {
        if (++index[d] < all[d]) break;
        index[d] = 0;
      }
      if (d == std::numeric_limits<std::size_t>::max()) return;
    }
  }

 private:
  ElementType type_;
  std::size_t parts_;
  PerDimension<std::size_t> order_;
};

}  // namespace gridgrad
