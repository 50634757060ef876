// interpolant.cpp: value, gradient and Hessian of a sampled field at a location
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/interpolant.hpp"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "arrays.hpp"
#include "gridgrad/error.hpp"
#include "location.hpp"
#include "topics.hpp"
#include "unlocked.hpp"

namespace gridgrad::python {
namespace {

using namespace nb::literals;

Interpolation interpolation_named(const std::string& name) {
  if (name == "linear") return Interpolation::linear;
  if (name == "cubic") return Interpolation::cubic;
  if (name == "spline") return Interpolation::spline;
  throw Error(ErrorCode::bad_argument, "interpolation",
              "'" + name + "' given; linear, cubic or spline is accepted");
}

Outside outside_named(const std::string& name) {
  if (name == "missing") return Outside::missing;
  if (name == "extend") return Outside::extend;
  if (name == "clamp") return Outside::clamp;
  const bool is_boundary = name == "periodic" || name == "symmetric";
  throw Error(ErrorCode::bad_argument, "outside",
              "'" + name + "' given; missing, extend or clamp is accepted" +
                  (is_boundary ? ", boundary= makes an axis " + name : ""));
}

void make_interpolant(AnyInterpolant* self, nb::handle f, nb::handle mask,
                      const std::vector<Axis>& axes, const std::string& interpolation,
                      int accuracy, const std::string& outside,
                      std::optional<double> missing, std::size_t threads) {
  const MarkedArray field(f, mask);
  const InterpolantOptions options = {interpolation_named(interpolation), accuracy,
                                      outside_named(outside), missing};
  const Unlocked unlocked;
  new (self) AnyInterpolant(field.field(), axes, options, {threads});
}

// Numbers of one location: as many along each of so many axes as the field has, or a
// float of a field of one axis.
nb::object returned(const double* numbers, int axes, std::size_t rank) {
  if (rank == 1) return nb::float_(*numbers);
  const auto extent = static_cast<npy_intp>(rank);
  const std::array<npy_intp, 2> shape = {extent, extent};
  nb::object array = nb::steal(PyArray_SimpleNew(axes, shape.data(), NPY_DOUBLE));
  if (!array.is_valid()) nb::raise_python_error();
  std::copy_n(numbers, PyArray_SIZE(array_of(array)),
              static_cast<double*>(PyArray_DATA(array_of(array))));
  return array;
}

// The functions of one location answer None where it is out of the ordinary.
// Precondition: the field has no axis of components.

nb::object value_at(const AnyInterpolant& self, nb::handle point) {
  const std::optional<Location> location = usual_location(point, self.rank());
  if (!location) return nb::none();
  double value;
  (void)query(self.patches(), location->data(), {&value, nullptr, nullptr});
  return nb::float_(value);
}

nb::object gradient_at(const AnyInterpolant& self, nb::handle point) {
  const std::optional<Location> location = usual_location(point, self.rank());
  if (!location) return nb::none();
  Location gradient;
  (void)query(self.patches(), location->data(), {nullptr, gradient.data(), nullptr});
  return returned(gradient.data(), 1, self.rank());
}

nb::object value_and_gradient_at(const AnyInterpolant& self, nb::handle point) {
  const std::optional<Location> location = usual_location(point, self.rank());
  if (!location) return nb::none();
  double value;
  Location gradient;
  (void)query(self.patches(), location->data(), {&value, gradient.data(), nullptr});
  nb::object both = nb::steal(PyTuple_New(2));
  if (!both.is_valid()) nb::raise_python_error();
  PyTuple_SET_ITEM(both.ptr(), 0, nb::float_(value).release().ptr());
  PyTuple_SET_ITEM(both.ptr(), 1,
                   returned(gradient.data(), 1, self.rank()).release().ptr());
  return both;
}

nb::object hessian_at(const AnyInterpolant& self, nb::handle point) {
  const std::optional<Location> location = usual_location(point, self.rank());
  if (!location) return nb::none();
  std::array<double, most_query_axes * most_query_axes> hessian;
  (void)query(self.patches(), location->data(), {nullptr, nullptr, hessian.data()});
  return returned(hessian.data(), 2, self.rank());
}

void evaluate(const AnyInterpolant& self, nb::handle points,
              const std::vector<nb::object>& out, std::size_t threads) {
  const ArrayView locations = view_of(points, "points");
  std::vector<nb::object> given;
  for (const nb::object& array : out) {
    if (!array.is_none()) given.push_back(array);
  }
  const Outputs outputs(given);
  auto next = outputs.views().begin();
  const auto output = [&](std::size_t k) -> std::optional<AnyOutput> {
    if (k >= out.size() || out[k].is_none()) return {};
    return *next++;
  };
  Evaluation to;
  to.value = output(0);
  to.gradient = output(1);
  to.hessian = output(2);
  to.status = output(3);
  to.execution = {threads};
  const Unlocked unlocked;
  self.evaluate(locations.field(), to);
}

using Rows = std::tuple<nb::object, nb::object, nb::object>;

Rows rows_at(const AnyInterpolant& self, nb::handle points,
             const std::vector<std::size_t>& along) {
  const ArrayView locations = view_of(points, "points");
  const SparseRows rows = [&] {
    const Unlocked unlocked;
    return self.rows(locations.field(), along);
  }();
  return {array_from(rows.starts, NPY_UINTP), array_from(rows.columns, NPY_UINTP),
          array_from(rows.weights, NPY_DOUBLE)};
}

}  // namespace

void bind_interpolant(nb::module_& module) {
  nb::class_<AnyInterpolant>(module, "Interpolant")
      .def("__init__", make_interpolant, "f"_a, "mask"_a.none(), "axes"_a,
           "interpolation"_a, "accuracy"_a, "outside"_a, "missing"_a.none(), "threads"_a,
           nb::keep_alive<1, 2>(), nb::keep_alive<1, 3>())
      .def("value", value_at, "point"_a.none())
      .def("gradient", gradient_at, "point"_a.none())
      .def("value_and_gradient", value_and_gradient_at, "point"_a.none())
      .def("hessian", hessian_at, "point"_a.none())
      .def("evaluate", evaluate, "points"_a, "out"_a, "threads"_a)
      .def("rows", rows_at, "points"_a, "along"_a)
      .def(
          "update",
          [](const AnyInterpolant& self, std::size_t threads) {
            const Unlocked unlocked;
            self.update({threads});
          },
          "threads"_a);
}

}  // namespace gridgrad::python
