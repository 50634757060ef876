// gridgrad/field_traits.hpp: how a container joins the library
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

#include "gridgrad/array.hpp"
#include "gridgrad/marked_view.hpp"
#include "gridgrad/strided_view.hpp"

namespace gridgrad {

/// Specialised once per container. The members:
///
///   view(container)        StridedView<T>, or <const T> of a const container; no copy
///   result<R>(container)   a new container of R with the shape and the memory order of
///                          this one, samples not read: what a derivative is returned in
///
/// Built in: StridedView, Array, std::vector, std::span and std::array; a view gives an
/// Array. `adapt/eigen.hpp`, `adapt/xtensor.hpp` and `adapt/mdspan.hpp` add theirs.
template <class Container>
struct FieldTraits;

/// A container whose samples can be read as a view.
template <class C>
concept Field = requires(const std::remove_cvref_t<C>& container) {
  FieldTraits<std::remove_cvref_t<C>>::view(container);
};

/// The same samples as `container`, without a copy.
template <Field C>
[[nodiscard]] auto view(C& container) {
  return FieldTraits<std::remove_const_t<C>>::view(container);
}

/// A view of a temporary would dangle.
template <Field C>
requires(!std::is_reference_v<C>) void view(const C&& container) = delete;

namespace traits {

/// The shape of a one-dimensional container with contiguous samples.
template <class T>
[[nodiscard]] StridedView<T> line(std::span<T> samples) {
  const std::array<std::size_t, 1> extents = {samples.size()};
  return StridedView<T>::contiguous(samples.data(), extents);
}

}  // namespace traits

template <class T>
struct FieldTraits<StridedView<T>> {
  static const StridedView<T>& view(const StridedView<T>& field) { return field; }
  template <Element R>
  static Array<R> result(const StridedView<T>& field) {
    return Array<R>::like(field);
  }
};

template <Element T>
struct FieldTraits<Array<T>> {
  static StridedView<const T> view(const Array<T>& field) {
    return {field.data(), field.extents(), field.strides()};
  }
  static StridedView<T> view(Array<T>& field) {
    return {field.data(), field.extents(), field.strides()};
  }
  template <Element R>
  static Array<R> result(const Array<T>& field) {
    return Array<R>::like(view(field));
  }
};

template <Element T, class Allocator>
struct FieldTraits<std::vector<T, Allocator>> {
  static StridedView<const T> view(const std::vector<T, Allocator>& field) {
    return traits::line(std::span<const T>(field));
  }
  static StridedView<T> view(std::vector<T, Allocator>& field) {
    return traits::line(std::span<T>(field));
  }
  template <Element R>
  static std::vector<R> result(const std::vector<T, Allocator>& field) {
    return std::vector<R>(field.size());
  }
};

template <class T, std::size_t Extent>
requires Element<std::remove_const_t<T>>
struct FieldTraits<std::span<T, Extent>> {
  static StridedView<T> view(std::span<T, Extent> field) {
    return traits::line(std::span<T>(field));
  }
  template <Element R>
  static Array<R> result(std::span<T, Extent> field) {
    return Array<R>::like(view(field));
  }
};

template <Element T, std::size_t Extent>
struct FieldTraits<std::array<T, Extent>> {
  static StridedView<const T> view(const std::array<T, Extent>& field) {
    return traits::line(std::span<const T>(field));
  }
  static StridedView<T> view(std::array<T, Extent>& field) {
    return traits::line(std::span<T>(field));
  }
  template <Element R>
  static std::array<R, Extent> result(const std::array<T, Extent>&) {
    return {};
  }
};

/// The type of the samples of a container.
template <Field C>
using ElementOf = std::remove_const_t<
    std::remove_pointer_t<decltype(FieldTraits<std::remove_cvref_t<C>>::view(
                                       std::declval<const std::remove_cvref_t<C>&>())
                                       .data())>>;

/// What a derivative of a container is returned in.
template <Field C>
using ResultOf =
    decltype(FieldTraits<std::remove_cvref_t<C>>::template result<Result<ElementOf<C>>>(
        std::declval<const std::remove_cvref_t<C>&>()));

}  // namespace gridgrad
