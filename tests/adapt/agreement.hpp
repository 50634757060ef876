// tests/adapt/agreement.hpp: holds a container to pointer, shape and strides, bit for bit
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>
#include <numeric>
#include <vector>

#include "gridgrad/gradient.hpp"

namespace gridgrad::test {

/// Where the sample with this number in C order lies.
template <class T>
T& sample(const StridedView<T>& view, std::size_t number) {
  std::ptrdiff_t offset = 0;
  for (std::size_t axis = view.rank(); axis-- > 0;) {
    offset +=
        static_cast<std::ptrdiff_t>(number % view.extents()[axis]) * view.strides()[axis];
    number /= view.extents()[axis];
  }
  return view.data()[offset];
}

/// Writes 1/1, 1/2, 1/3, ... in C order: no difference of two of them is exact.
template <class T>
void fill(const StridedView<T>& view) {
  for (std::size_t number = 0; number < view.size(); ++number) {
    sample(view, number) = static_cast<T>(1) / static_cast<T>(number + 1);
  }
}

template <class A, class B>
void expect_same_bits(const StridedView<A>& actual, const StridedView<B>& expected) {
  static_assert(sizeof(A) == sizeof(B));
  ASSERT_TRUE(std::ranges::equal(actual.extents(), expected.extents()));
  for (std::size_t number = 0; number < actual.size(); ++number) {
    ASSERT_EQ(std::memcmp(&sample(actual, number), &sample(expected, number), sizeof(A)),
              0)
        << "sample " << number;
  }
}

/// The gradient of a container equals the gradient of a contiguous copy of its samples.
template <class F>
void expect_agreement(const F& field) {
  const auto from = view(field);
  Array<ElementOf<F>> copy(from.extents());
  for (std::size_t number = 0; number < from.size(); ++number) {
    sample(view(copy), number) = sample(from, number);
  }
  const Scheme second_order_edges{.edge_order = 2};

  const auto actual = gradient(field, Axis::spaced(0.3), second_order_edges);
  const auto expected = gradient(view(copy), Axis::spaced(0.3), second_order_edges);

  ASSERT_EQ(actual.size(), from.rank());
  for (std::size_t axis = 0; axis < from.rank(); ++axis) {
    expect_same_bits(view(actual[axis]), view(expected[axis]));
  }
}

/// Strides as a vector, to compare and to print.
template <class Container>
std::vector<std::ptrdiff_t> strides_of(const Container& container) {
  const auto samples = view(container);
  return {samples.strides().begin(), samples.strides().end()};
}

}  // namespace gridgrad::test
