// gridgrad/strided_view.hpp: a non-owning view of an n-dimensional array
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <type_traits>

#include "gridgrad/element.hpp"
#include "gridgrad/error.hpp"

namespace gridgrad {

/// Most axes a view can have; shape and strides are stored in place.
inline constexpr std::size_t max_rank = 32;

/// Pointer, shape and memory order of an array whose rank is known only at run time.
///
/// Every container (vector, mdspan, xtensor, Eigen, NumPy) is lowered to this type, so
/// the library is compiled once per element type and not once per container. The samples
/// are not owned.
template <class T>
requires Element<std::remove_const_t<T>>
class StridedView {
 public:
  /// Strides count elements; they may be zero (broadcast) or negative.
  /// Throws Error: bad_shape if there are more than max_rank axes, or if the two spans
  /// differ in length.
  StridedView(T* data, std::span<const std::size_t> extents,
              std::span<const std::ptrdiff_t> strides)
      : StridedView(data, extents) {
    if (strides.size() != rank_) {
      throw Error(ErrorCode::bad_shape, "strides",
                  "as many strides as extents are needed");
    }
    std::ranges::copy(strides, strides_.begin());
  }

  /// A contiguous array in C order: the last axis is contiguous.
  static StridedView contiguous(T* data, std::span<const std::size_t> extents) {
    StridedView view(data, extents);
    std::ptrdiff_t stride = 1;
    for (std::size_t axis = extents.size(); axis-- > 0;) {
      view.strides_[axis] = stride;
      stride *= static_cast<std::ptrdiff_t>(extents[axis]);
    }
    return view;
  }
  static StridedView contiguous(T* data, std::initializer_list<std::size_t> extents) {
    return contiguous(data, std::span(extents.begin(), extents.size()));
  }

  /// A view that may write can be passed where one that only reads is asked for.
  operator StridedView<const T>() const  // NOLINT(google-explicit-constructor)
      requires(!std::is_const_v<T>) {
    return {data_, extents(), strides()};
  }

  [[nodiscard]] T* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t rank() const noexcept { return rank_; }
  [[nodiscard]] std::span<const std::size_t> extents() const noexcept {
    return {extents_.data(), rank_};
  }
  [[nodiscard]] std::span<const std::ptrdiff_t> strides() const noexcept {
    return {strides_.data(), rank_};
  }

  /// Number of samples; 1 for rank 0.
  [[nodiscard]] std::size_t size() const noexcept {
    std::size_t count = 1;
    for (const std::size_t extent : extents()) count *= extent;
    return count;
  }

 private:
  StridedView(T* data, std::span<const std::size_t> extents)
      : data_(data), rank_(extents.size()) {
    if (rank_ > max_rank) {
      throw Error(ErrorCode::bad_shape, "extents", "more than 32 axes");
    }
    std::ranges::copy(extents, extents_.begin());
  }

  T* data_;
  std::size_t rank_;
  // Axes beyond the rank stay uninitialised: zeroing 32 of them costs more than the
  // derivative of a small field.
  std::array<std::size_t, max_rank> extents_;
  std::array<std::ptrdiff_t, max_rank> strides_;
};

/// A view whose element type is a value: what the compiled functions take.
///
/// Refers to the shape and strides of the typed view it was made from, and must not
/// outlive it. `Pointer` is `const void*` for fields (see AnyField) and `void*` for
/// results.
template <class Pointer>
struct ErasedView {
  template <class T>
  ErasedView(const StridedView<T>& view)  // NOLINT(google-explicit-constructor)
      : data(view.data()),
        type(element_type<std::remove_const_t<T>>()),
        extents(view.extents()),
        strides(view.strides()) {}

  /// Of samples whose type is known only at run time: one stride, in elements, per
  /// extent.
  ErasedView(Pointer first, ElementType element, std::span<const std::size_t> shape,
             std::span<const std::ptrdiff_t> steps)
      : data(first), type(element), extents(shape), strides(steps) {}

  Pointer data;
  ElementType type;
  std::span<const std::size_t> extents;
  std::span<const std::ptrdiff_t> strides;
};
using AnyOutput = ErasedView<void*>;

}  // namespace gridgrad
