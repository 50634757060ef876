// request.cpp: what can be taken as it is
//
// SPDX-License-Identifier: BSD-3-Clause

#include "request.hpp"

#include <algorithm>
#include <utility>

namespace gridgrad::python {
namespace {

bool append_axis(nb::handle axis, std::size_t rank, PerAxis<std::size_t>& axes) {
  if (!PyLong_CheckExact(axis.ptr())) return false;
  int overflow = 0;
  auto index = PyLong_AsLongLongAndOverflow(axis.ptr(), &overflow);
  const auto count = static_cast<long long>(rank);
  if (overflow != 0 || index < -count || index >= count) return false;
  index += index < 0 ? count : 0;
  const auto wanted = static_cast<std::size_t>(index);
  if (std::ranges::find(axes, wanted) != axes.end()) return false;
  axes.push_back(wanted);
  return true;
}

bool append_axes(nb::handle axis, std::size_t rank, PerAxis<std::size_t>& axes) {
  if (axis.is_none()) {
    for (std::size_t k = 0; k < rank; ++k) axes.push_back(k);
    return true;
  }
  if (!PyTuple_CheckExact(axis.ptr())) return append_axis(axis, rank, axes);
  return std::ranges::all_of(nb::borrow<nb::tuple>(axis), [&](nb::handle one) {
    return append_axis(one, rank, axes);
  });
}

// A number of NumPy's, or coordinates.
std::optional<Spacing> spacing_of_array(nb::handle given) {
  const nb::object array = nb::steal(PyArray_CheckFromAny(
      given.ptr(), nullptr, 0, 1, NPY_ARRAY_ALIGNED | NPY_ARRAY_NOTSWAPPED, nullptr));
  if (!array.is_valid()) {
    PyErr_Clear();
    return {};
  }
  if (!is_array(array)) return {};
  PyArrayObject* const numbers = array_of(array);
  const int type = PyArray_TYPE(numbers);
  const bool is_real = PyTypeNum_ISINTEGER(type) || type == NPY_HALF ||
                       type == NPY_FLOAT || type == NPY_DOUBLE;
  if (!is_real) return {};
  // NumPy makes integers double before it computes with them.
  const auto held =
      PyTypeNum_ISINTEGER(type) ? ElementType::float64 : element_type_of(numbers);
  if (PyArray_NDIM(numbers) == 1) return Spacing{1, held, array};
  const nb::object number = nb::steal(PyNumber_Float(array.ptr()));
  if (!number.is_valid()) nb::raise_python_error();
  return Spacing{PyFloat_AS_DOUBLE(number.ptr()), held, {}};
}

std::optional<Spacing> spacing_of(nb::handle given) {
  if (PyFloat_CheckExact(given.ptr())) return Spacing{PyFloat_AS_DOUBLE(given.ptr())};
  if (PyLong_CheckExact(given.ptr())) {
    const double distance = PyLong_AsDouble(given.ptr());
    if (distance != -1 || PyErr_Occurred() == nullptr) return Spacing{distance};
    PyErr_Clear();
    return {};
  }
  return spacing_of_array(given);
}

bool append_spacings(nb::handle given, PerAxis<Spacing>& spacings) {
  if (PyTuple_GET_SIZE(given.ptr()) == 0) {
    spacings.emplace_back();
    return true;
  }
  return std::ranges::all_of(nb::borrow<nb::tuple>(given), [&](nb::handle one) {
    std::optional<Spacing> spacing = spacing_of(one);
    if (!spacing) return false;
    spacings.push_back(std::move(*spacing));
    return true;
  });
}

// One number for all axes, or one spacing per axis, coordinates of its extent.
bool fit(const Request& request) {
  const std::size_t given = request.spacings.size();
  const bool is_shared = given == 1 && !request.spacings[0].coordinates.is_valid();
  if (!is_shared && given != request.axes.size()) return false;
  for (std::size_t k = 0; k < request.axes.size(); ++k) {
    const nb::object& coordinates = request.spacing(k).coordinates;
    if (!coordinates.is_valid()) continue;
    const auto count = static_cast<std::size_t>(PyArray_SIZE(array_of(coordinates)));
    if (count != request.field.extents()[request.axes[k]] || count < 2) return false;
  }
  return true;
}

}  // namespace

std::optional<Request> usual_request(nb::handle f, nb::handle spacings, nb::handle axis) {
  if (!is_array(f)) return {};
  const std::optional<ElementType> type = element_type_of(array_of(f));
  if (!type || PyArray_NDIM(array_of(f)) > static_cast<int>(max_rank)) return {};
  Request request = {ArrayView(array_of(f), *type), {}, {}};
  const bool is_usual = append_axes(axis, request.field.extents().size(), request.axes) &&
                        append_spacings(spacings, request.spacings) && fit(request);
  if (!is_usual) return {};
  return request;
}

PerAxis<nb::object> new_results(nb::handle f, const Request& request) {
  PerAxis<nb::object> results;
  results.reserve(request.axes.size());
  for (std::size_t k = 0; k < request.axes.size(); ++k) {
    results.push_back(new_result(array_of(f), result_type(request.field.type())));
  }
  return results;
}

std::optional<PerAxis<nb::object>> given_results(nb::handle out, std::size_t count) {
  PerAxis<nb::object> results;
  if (PyTuple_CheckExact(out.ptr())) {
    for (nb::handle array : nb::borrow<nb::tuple>(out)) {
      results.push_back(nb::borrow(array));
    }
  } else {
    results.push_back(nb::borrow(out));
  }
  const bool is_usual =
      results.size() == count &&
      std::ranges::all_of(results, [](const nb::object& array) {
        return is_array(array) && element_type_of(array_of(array)).has_value();
      });
  if (!is_usual) return {};
  return results;
}

Components::Components(PerAxis<nb::object> arrays)
    : arrays_(std::move(arrays)), outputs_({arrays_.data(), arrays_.size()}) {}

nb::object Components::returned() {
  if (arrays_.size() == 1) return std::move(arrays_[0]);
  nb::object tuple = nb::steal(PyTuple_New(static_cast<Py_ssize_t>(arrays_.size())));
  for (std::size_t k = 0; k < arrays_.size(); ++k) {
    PyTuple_SET_ITEM(tuple.ptr(), static_cast<Py_ssize_t>(k), arrays_[k].release().ptr());
  }
  return tuple;
}

}  // namespace gridgrad::python
