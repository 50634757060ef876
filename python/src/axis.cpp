// axis.cpp: positions and boundaries of one axis
//
// SPDX-License-Identifier: BSD-3-Clause

#include "axis.hpp"

#include <nanobind/stl/string.h>

#include <optional>
#include <string>

#include "arrays.hpp"
#include "gridgrad/axis.hpp"
#include "gridgrad/error.hpp"
#include "topics.hpp"
#include "unlocked.hpp"

namespace gridgrad::python {
namespace {

using namespace nb::literals;

std::optional<double> number_or_none(nb::handle value) {
  if (value.is_none()) return {};
  const double number = PyFloat_AsDouble(value.ptr());
  if (number == -1 && PyErr_Occurred() != nullptr) nb::raise_python_error();
  return number;
}

Level level_named(nb::handle value) {
  if (value.is_none()) return Level::zero;
  const auto name = nb::cast<std::string>(value);
  if (name == "zero") return Level::zero;
  if (name == "end-value") return Level::end_value;
  throw Error(ErrorCode::bad_argument, "level",
              "'" + name + "' given; zero or end-value is accepted");
}

}  // namespace

Boundary boundary_named(const std::string& name, nb::handle value) {
  if (name == "one-sided") return OneSided{};
  if (name == "halo") return Halo{};
  if (name == "periodic") return Periodic{number_or_none(value)};
  if (name == "symmetric") return Symmetric{Mirror::sample};
  if (name == "symmetric-half") return Symmetric{Mirror::half_point};
  if (name == "antisymmetric") {
    return Antisymmetric{Mirror::sample, level_named(value)};
  }
  if (name == "antisymmetric-half") {
    return Antisymmetric{Mirror::half_point, level_named(value)};
  }
  if (name == "nearest") return Nearest{};
  if (name == "constant") return Constant{end_values(value)};
  if (name == "neumann") return Neumann{end_values(value)};
  throw Error(ErrorCode::bad_argument, "boundary",
              "'" + name +
                  "' given; accepted: one-sided, periodic, symmetric, symmetric-half, "
                  "antisymmetric, antisymmetric-half, nearest, constant, neumann, halo");
}

void bind_axis(nb::module_& module) {
  nb::class_<Axis>(module, "Axis")
      .def_static("spaced", &Axis::spaced, "spacing"_a, "first"_a = 0.0)
      .def_static("cells", &Axis::cells, "origin"_a, "size"_a)
      .def_static(
          "at",
          [](nb::handle coordinates) {
            const ArrayView positions = view_of(coordinates, "coordinates");
            const Unlocked unlocked;
            return Axis::at(positions.field());
          },
          "coordinates"_a)
      .def("per", &Axis::per, "unit"_a)
      .def(
          "with_ends",
          [](const Axis& axis, const std::string& lower, nb::handle lower_value,
             const std::string& upper, nb::handle upper_value) {
            return axis.with_ends(boundary_named(lower, lower_value),
                                  boundary_named(upper, upper_value));
          },
          "lower"_a, "lower_value"_a.none(), "upper"_a, "upper_value"_a.none());
}

}  // namespace gridgrad::python
