// location.cpp: what can be read as it is
//
// SPDX-License-Identifier: BSD-3-Clause

#include "location.hpp"

namespace gridgrad::python {
namespace {

bool read_number(nb::handle object, double& number) {
  if (!PyFloat_Check(object.ptr())) return false;
  number = PyFloat_AS_DOUBLE(object.ptr());
  return true;
}

bool read_array(PyArrayObject* array, std::size_t rank, Location& location) {
  const bool is_usual = PyArray_TYPE(array) == NPY_DOUBLE && PyArray_NDIM(array) == 1 &&
                        PyArray_DIM(array, 0) == static_cast<npy_intp>(rank) &&
                        PyArray_ISBEHAVED_RO(array);
  if (!is_usual) return false;
  for (std::size_t a = 0; a < rank; ++a) {
    const void* const number = PyArray_GETPTR1(array, static_cast<npy_intp>(a));
    location[a] = *static_cast<const double*>(number);
  }
  return true;
}

bool read_items(nb::handle sequence, std::size_t rank, Location& location) {
  if (PySequence_Fast_GET_SIZE(sequence.ptr()) != static_cast<Py_ssize_t>(rank)) {
    return false;
  }
  PyObject** const items = PySequence_Fast_ITEMS(sequence.ptr());
  for (std::size_t a = 0; a < rank; ++a) {
    if (!read_number(items[a], location[a])) return false;
  }
  return true;
}

bool read(nb::handle point, std::size_t rank, Location& location) {
  if (rank == 1) return read_number(point, location[0]);
  if (rank > most_query_axes) return false;
  if (is_array(point)) return read_array(array_of(point), rank, location);
  const bool is_sequence =
      PyTuple_CheckExact(point.ptr()) || PyList_CheckExact(point.ptr());
  return is_sequence && read_items(point, rank, location);
}

}  // namespace

std::optional<Location> usual_location(nb::handle point, std::size_t rank) {
  Location location;
  if (!read(point, rank, location)) return {};
  return location;
}

}  // namespace gridgrad::python
