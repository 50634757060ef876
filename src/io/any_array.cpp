// io/any_array.cpp: arrays of a type and a memory order chosen at run time
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/any_array.hpp"

#include <algorithm>
#include <array>

namespace gridgrad::io {
namespace {

template <class T>
AnyArray make(std::span<const std::size_t> extents, MemoryOrder order) {
  const std::vector<std::ptrdiff_t> strides = contiguous_strides(extents, order);
  return Array<T>::like(StridedView<const T>(nullptr, extents, strides));
}

template <std::size_t... K>
AnyArray make_alternative(std::size_t wanted, std::span<const std::size_t> extents,
                          MemoryOrder order, std::index_sequence<K...>) {
  using Make = AnyArray (*)(std::span<const std::size_t>, MemoryOrder);
  constexpr std::array<Make, sizeof...(K)> makers = {make<std::remove_pointer_t<
      decltype(std::declval<std::variant_alternative_t<K, AnyArray>&>().data())>>...};
  return makers[wanted](extents, order);
}

}  // namespace

std::vector<std::ptrdiff_t> contiguous_strides(std::span<const std::size_t> extents,
                                               MemoryOrder order) {
  std::vector<std::ptrdiff_t> strides(extents.size());
  std::ptrdiff_t stride = 1;
  for (std::size_t k = 0; k < extents.size(); ++k) {
    const std::size_t axis = order == MemoryOrder::c ? extents.size() - 1 - k : k;
    strides[axis] = stride;
    // An empty axis must not make the strides of the others zero: that means broadcast.
    stride *= static_cast<std::ptrdiff_t>(std::max<std::size_t>(extents[axis], 1));
  }
  return strides;
}

AnyArray make_array(ElementType type, std::span<const std::size_t> extents,
                    MemoryOrder order) {
  return make_alternative(static_cast<std::size_t>(type), extents, order,
                          std::make_index_sequence<std::variant_size_v<AnyArray>>());
}

}  // namespace gridgrad::io
