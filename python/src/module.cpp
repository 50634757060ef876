// module.cpp: the extension module, gridgrad._native
//
// SPDX-License-Identifier: BSD-3-Clause

#define GRIDGRAD_PYTHON_IMPORTS_NUMPY
#include "arrays.hpp"
#include "gridgrad/version.hpp"
#include "topics.hpp"

NB_MODULE(_native, module) {
  namespace python = gridgrad::python;
  if (_import_array() < 0) nanobind::raise_python_error();
  // Operators that a program still holds at its end are no leaks.
  nanobind::set_leak_warnings(false);
  module.doc() = "The C++ library, for the modules of gridgrad alone.";
  module.attr("version") =
      nanobind::str(gridgrad::version.data(), gridgrad::version.size());
  python::bind_error(module);
  python::bind_axis(module);
  python::bind_scheme(module);
  python::bind_gradient(module);
  python::bind_gradient_of(module);
  python::bind_difference(module);
  python::bind_metric(module);
  python::bind_terrain(module);
  python::bind_calculus(module);
  python::bind_interpolant(module);
  python::bind_memory(module);
  python::bind_numpy(module);
  python::bind_staggered(module);
  python::bind_torch(module);
}
