// error.cpp: the library's exception as Python's, messages untouched
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/error.hpp"

#include <exception>

#include "topics.hpp"

namespace gridgrad::python {
namespace {

namespace nb = nanobind;

nb::object type_for(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_axis:
      return nb::module_::import_("numpy.exceptions").attr("AxisError");
    case ErrorCode::bad_type:
      return nb::borrow(PyExc_TypeError);
    case ErrorCode::unsupported:
      return nb::borrow(PyExc_NotImplementedError);
    case ErrorCode::io:
      return nb::borrow(PyExc_OSError);
    case ErrorCode::bad_argument:
    case ErrorCode::bad_shape:
    case ErrorCode::too_few_samples:
      break;
  }
  return nb::borrow(PyExc_ValueError);
}

}  // namespace

void bind_error(nb::module_&) {
  nb::register_exception_translator([](const std::exception_ptr& caught, void*) {
    try {
      std::rethrow_exception(caught);
    } catch (const Error& error) {
      PyErr_SetString(type_for(error.code()).ptr(), error.what());
    }
  });
}

}  // namespace gridgrad::python
