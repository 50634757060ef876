// support/arrays.hpp: random arrays, and their equality to the bit
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "gridgrad/array.hpp"
#include "gridgrad/field_traits.hpp"
#include "support/bits.hpp"
#include "support/fields.hpp"

namespace gridgrad::test {

template <class T>
Array<T> random_array(std::span<const std::size_t> shape, Random& random) {
  Array<T> array(shape);
  for (std::size_t q = 0; q < array.size(); ++q) {
    array.data()[q] = random_sample<T>(random);
  }
  return array;
}

template <class T>
bool all_same_bits(const Array<T>& a, const Array<T>& b) {
  bool is_equal = std::ranges::equal(a.extents(), b.extents());
  for_each_index(a.extents(), [&](std::span<const std::size_t> index) {
    is_equal = is_equal && same_bits(at(view(a), index), at(view(b), index));
  });
  return is_equal;
}

}  // namespace gridgrad::test
