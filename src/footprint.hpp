// footprint.hpp: which bytes an array touches, and whether two arrays share some
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>

#include "gridgrad/strided_view.hpp"

namespace gridgrad {

// The bytes an array touches, and the step that all its strides are multiples of.
struct Footprint {
  std::intptr_t first;
  std::intptr_t last;
  std::ptrdiff_t step;
  std::ptrdiff_t element;
};

template <class Pointer>
[[nodiscard]] Footprint footprint(const ErasedView<Pointer>& view) {
  const auto element = static_cast<std::ptrdiff_t>(size_of(view.type));
  const auto start = reinterpret_cast<std::intptr_t>(view.data);
  Footprint bytes = {start, start + element, 0, element};
  for (std::size_t axis = 0; axis < view.extents.size(); ++axis) {
    const std::ptrdiff_t stride = view.strides[axis] * element;
    const std::ptrdiff_t span =
        (static_cast<std::ptrdiff_t>(view.extents[axis]) - 1) * stride;
    (span < 0 ? bytes.first : bytes.last) += span;
    if (view.extents[axis] > 1) bytes.step = std::gcd(bytes.step, stride);
  }
  return bytes;
}

// Members of the same records: every step is a multiple of one length, and within it the
// two elements stand apart.
[[nodiscard]] inline bool are_disjoint(const Footprint& a, const Footprint& b) {
  if (a.last <= b.first || b.last <= a.first) return true;
  const std::ptrdiff_t step = std::gcd(a.step, b.step);
  if (step == 0) return false;
  const std::ptrdiff_t phase = ((b.first - a.first) % step + step) % step;
  return phase >= a.element && phase + b.element <= step;
}

}  // namespace gridgrad
