// arrays.hpp: NumPy arrays as the library sees them
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

// One table of NumPy's functions for the whole module; module.cpp fills it.
#define NPY_NO_DEPRECATED_API NPY_2_0_API_VERSION
#define PY_ARRAY_UNIQUE_SYMBOL gridgrad_numpy
#ifndef GRIDGRAD_PYTHON_IMPORTS_NUMPY
#define NO_IMPORT_ARRAY
#endif

#include <nanobind/nanobind.h>
#include <numpy/arrayobject.h>

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "gridgrad/boundary.hpp"
#include "gridgrad/element.hpp"
#include "gridgrad/marked_view.hpp"
#include "gridgrad/strided_view.hpp"

namespace gridgrad::python {

namespace nb = nanobind;

// Whether the object is an array of exactly NumPy's own type.
[[nodiscard]] inline bool is_array(nb::handle object) {
  return PyArray_CheckExact(object.ptr());
}
[[nodiscard]] inline PyArrayObject* array_of(nb::handle object) {
  return reinterpret_cast<PyArrayObject*>(object.ptr());
}

// The element type of an array that can be viewed in place: in the byte order of the
// machine, aligned, with strides that are multiples of the element. Else none.
[[nodiscard]] std::optional<ElementType> element_type_of(PyArrayObject* array);

// An array seen by the library; the object must outlive it.
class ArrayView {
 public:
  // Precondition: `type` is what element_type_of() says. Throws Error: bad_shape over
  // max_rank axes.
  ArrayView(PyArrayObject* array, ElementType type);

  [[nodiscard]] AnyField field() const { return {data_, type_, extents(), strides()}; }
  [[nodiscard]] AnyOutput output() const { return {data_, type_, extents(), strides()}; }
  [[nodiscard]] ElementType type() const { return type_; }
  [[nodiscard]] std::span<const std::size_t> extents() const {
    return {extents_.data(), rank_};
  }
  [[nodiscard]] std::span<const std::ptrdiff_t> strides() const {
    return {strides_.data(), rank_};
  }

 private:
  void* data_;
  ElementType type_;
  std::size_t rank_;
  std::array<std::size_t, max_rank> extents_;
  std::array<std::ptrdiff_t, max_rank> strides_;
};

// A view of any array given by a caller. Throws nb::type_error naming `argument`.
[[nodiscard]] ArrayView view_of(nb::handle object, const char* argument);

// The samples of a field, those whose mark is not 0 missing; `mask` may be None.
class MarkedArray {
 public:
  // Throws nb::type_error as view_of, Error: bad_type, bad_shape (mask).
  MarkedArray(nb::handle f, nb::handle mask);

  [[nodiscard]] AnyField field() const;

 private:
  ArrayView samples_;
  std::optional<ArrayView> mask_;
};

// A list that takes no memory of its own for fields of the usual rank.
template <class T>
using PerAxis = boost::container::small_vector<T, 4>;

// Arrays that the library writes to.
class Outputs {
 public:
  // Throws nb::type_error as view_of, nb::value_error where one is read-only.
  explicit Outputs(std::span<const nb::object> arrays);
  Outputs(const Outputs&) = delete;
  Outputs& operator=(const Outputs&) = delete;

  [[nodiscard]] std::span<const AnyOutput> views() const {
    return {outputs_.data(), outputs_.size()};
  }

 private:
  PerAxis<ArrayView> arrays_;
  PerAxis<AnyOutput> outputs_;  // refer to arrays_
};

// What is known at an end: None, a number, or an array with one number per line.
[[nodiscard]] EndValues end_values(nb::handle value);

// The numbers of an array of any real type.
[[nodiscard]] std::vector<double> doubles_of(nb::handle array);

// A new array of one dimension.
template <class T>
[[nodiscard]] nb::object array_from(const std::vector<T>& numbers, int numpy_type) {
  const auto count = static_cast<npy_intp>(numbers.size());
  nb::object array = nb::steal(PyArray_SimpleNew(1, &count, numpy_type));
  if (!array.is_valid()) nb::raise_python_error();
  std::ranges::copy(numbers, static_cast<T*>(PyArray_DATA(array_of(array))));
  return array;
}

// A new array with the shape and the memory order of `like`, samples not initialised.
[[nodiscard]] nb::object new_result(PyArrayObject* like, ElementType type);

}  // namespace gridgrad::python
