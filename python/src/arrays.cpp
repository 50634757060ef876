// arrays.cpp: types, strides and memory
//
// SPDX-License-Identifier: BSD-3-Clause

#include "arrays.hpp"

#include <algorithm>
#include <complex>
#include <string>
#include <vector>

#include "gridgrad/array.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/memory.hpp"

namespace gridgrad::python {
namespace {

constexpr std::array<int, 14> numpy_types = {
    NPY_HALF,  NPY_NOTYPE, NPY_FLOAT, NPY_DOUBLE, NPY_CFLOAT, NPY_CDOUBLE, NPY_INT8,
    NPY_INT16, NPY_INT32,  NPY_INT64, NPY_UINT8,  NPY_UINT16, NPY_UINT32,  NPY_UINT64};

std::optional<ElementType> type_of_number(int numpy_type) {
  // The same 8 bytes under another name.
  if (numpy_type == NPY_LONGLONG) return ElementType::int64;
  if (numpy_type == NPY_ULONGLONG) return ElementType::uint64;
  for (std::size_t type = 0; type < numpy_types.size(); ++type) {
    if (numpy_types[type] == numpy_type) return static_cast<ElementType>(type);
  }
  return {};
}

// Memory of the library's, which it recycles, under the care of an array.
nb::object large_result(PyArrayObject* like, ElementType type) {
  const ArrayView shape(like, element_type_of(like).value());
  const auto element = static_cast<npy_intp>(size_of(type));
  std::vector<npy_intp> strides;
  for (const std::ptrdiff_t stride : strides_like(shape.extents(), shape.strides())) {
    strides.push_back(stride * element);
  }
  const auto bytes = static_cast<std::size_t>(PyArray_SIZE(like) * element);
  void* const memory = allocate(bytes);
  nb::capsule owner(memory, [](void* allocated) noexcept { deallocate(allocated); });
  PyObject* const array = PyArray_New(
      &PyArray_Type, PyArray_NDIM(like), PyArray_DIMS(like),
      numpy_types[static_cast<std::size_t>(type)], strides.data(), memory,
      static_cast<int>(element), NPY_ARRAY_WRITEABLE | NPY_ARRAY_ALIGNED, nullptr);
  if (array == nullptr) nb::raise_python_error();
  nb::object result = nb::steal(array);
  if (PyArray_SetBaseObject(array_of(result), owner.release().ptr()) < 0) {
    nb::raise_python_error();
  }
  PyArray_UpdateFlags(array_of(result), NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_F_CONTIGUOUS);
  return result;
}

}  // namespace

std::optional<ElementType> element_type_of(PyArrayObject* array) {
  const std::optional<ElementType> type = type_of_number(PyArray_TYPE(array));
  if (!type || !PyArray_ISALIGNED(array) || !PyArray_ISNOTSWAPPED(array)) return {};
  const auto element = static_cast<npy_intp>(size_of(*type));
  for (int axis = 0; axis < PyArray_NDIM(array); ++axis) {
    if (PyArray_STRIDE(array, axis) % element != 0) return {};
  }
  return type;
}

ArrayView::ArrayView(PyArrayObject* array, ElementType type)
    : data_(PyArray_DATA(array)),
      type_(type),
      rank_(static_cast<std::size_t>(PyArray_NDIM(array))) {
  if (rank_ > max_rank) {
    throw Error(ErrorCode::bad_shape, "f", "more than 32 axes");
  }
  const auto element = static_cast<std::ptrdiff_t>(size_of(type));
  for (std::size_t axis = 0; axis < rank_; ++axis) {
    extents_[axis] = static_cast<std::size_t>(PyArray_DIMS(array)[axis]);
    strides_[axis] = PyArray_STRIDES(array)[axis] / element;
  }
}

ArrayView view_of(nb::handle object, const char* argument) {
  const bool is_any_array = PyArray_Check(object.ptr());
  const auto type = is_any_array ? element_type_of(array_of(object)) : std::nullopt;
  if (type) return {array_of(object), *type};
  const std::string message =
      std::string(argument) +
      ": an array of numbers that lie as its dtype says is needed";
  throw nb::type_error(message.c_str());
}

MarkedArray::MarkedArray(nb::handle f, nb::handle mask) : samples_(view_of(f, "f")) {
  if (mask.is_none()) return;
  mask_ = view_of(mask, "mask");
  if (mask_->type() != ElementType::uint8) {
    throw Error(ErrorCode::bad_type, "mask",
                std::string(name(mask_->type())) + " given; uint8 is needed");
  }
  if (std::ranges::equal(mask_->extents(), samples_.extents())) return;
  throw Error(ErrorCode::bad_shape, "mask",
              "its shape is not that of the field; one mark per sample is needed");
}

AnyField MarkedArray::field() const {
  AnyField field = samples_.field();
  if (mask_) {
    field.marks.mask = static_cast<const std::uint8_t*>(mask_->field().data);
    field.marks.mask_strides = mask_->strides();
  }
  return field;
}

Outputs::Outputs(std::span<const nb::object> arrays) {
  arrays_.reserve(arrays.size());
  for (const nb::object& array : arrays) {
    arrays_.push_back(view_of(array, "out"));
    if (PyArray_ISWRITEABLE(array_of(array))) continue;
    throw nb::value_error("out: a read-only array given; it must be writable");
  }
  outputs_.reserve(arrays.size());
  for (const ArrayView& array : arrays_) outputs_.push_back(array.output());
}

EndValues end_values(nb::handle value) {
  if (value.is_none()) return {};
  if (is_array(value) && PyArray_NDIM(array_of(value)) > 0) {
    return EndValues::per_line(view_of(value, "boundary").field());
  }
  const Py_complex number = PyComplex_AsCComplex(value.ptr());
  if (PyErr_Occurred() != nullptr) nb::raise_python_error();
  return std::complex<double>(number.real, number.imag);
}

std::vector<double> doubles_of(nb::handle array) {
  const nb::object doubles =
      nb::steal(PyArray_FromAny(array.ptr(), PyArray_DescrFromType(NPY_DOUBLE), 1, 1,
                                NPY_ARRAY_CARRAY_RO | NPY_ARRAY_FORCECAST, nullptr));
  if (!doubles.is_valid()) nb::raise_python_error();
  const auto* const first = static_cast<const double*>(PyArray_DATA(array_of(doubles)));
  return {first, first + PyArray_SIZE(array_of(doubles))};
}

nb::object new_result(PyArrayObject* like, ElementType type) {
  constexpr npy_intp large = npy_intp{256} << 10;
  const npy_intp bytes = PyArray_SIZE(like) * static_cast<npy_intp>(size_of(type));
  if (bytes >= large) return large_result(like, type);
  PyArray_Descr* const descriptor =
      PyArray_DescrFromType(numpy_types[static_cast<std::size_t>(type)]);
  PyObject* const result = PyArray_NewLikeArray(like, NPY_KEEPORDER, descriptor, 0);
  if (result == nullptr) nb::raise_python_error();
  return nb::steal(result);
}

}  // namespace gridgrad::python
