// difference.cpp: operators along one axis
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/difference.hpp"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "arrays.hpp"
#include "topics.hpp"
#include "unlocked.hpp"

namespace gridgrad::python {
namespace {

using namespace nb::literals;

using Bounds = std::pair<std::size_t, std::size_t>;

Range range_of(const Bounds& bounds) {
  return {bounds.first, bounds.second};
}

// An operator along an axis: which rows, the samples in the array, values at the ends.
void make_along(DifferenceAlong* self, std::size_t axis, const Difference& difference,
                const std::optional<Bounds>& rows, const std::vector<Bounds>& samples,
                const std::pair<nb::object, nb::object>& ends) {
  new (self) DifferenceAlong{axis, difference, {}};
  if (rows) self->block.rows = range_of(*rows);
  for (const Bounds& bounds : samples) self->block.samples.push_back(range_of(bounds));
  self->block.ends = {end_values(ends.first), end_values(ends.second)};
}

void apply_to_arrays(nb::handle f, nb::handle mask,
                     const std::vector<DifferenceAlong>& along,
                     const std::vector<nb::object>& out, std::size_t threads) {
  const MarkedArray field(f, mask);
  const Outputs outputs(out);
  const Unlocked unlocked;
  apply_each(field.field(), along, outputs.views(), {threads});
}

void accuracy_of_array(nb::handle f, nb::handle mask, const DifferenceAlong& along,
                       const nb::object& out) {
  const MarkedArray field(f, mask);
  const Outputs outputs({&out, 1});
  const Unlocked unlocked;
  along.difference.achieved_accuracy(field.field(), along.axis, outputs.views()[0],
                                     along.block);
}

std::vector<Bounds> support(const Difference& difference, std::size_t first,
                            std::size_t last) {
  std::vector<Bounds> ranges;
  for (const Range& range : difference.support({first, last})) {
    ranges.emplace_back(range.first, range.last);
  }
  return ranges;
}

// The marks of an array of uint8 along one axis; none of None.
std::vector<std::uint8_t> marks_of(nb::handle mask) {
  std::vector<std::uint8_t> marks;
  if (mask.is_none()) return marks;
  for (const double mark : doubles_of(mask)) marks.push_back(mark != 0 ? 1 : 0);
  return marks;
}

using Rows = std::tuple<nb::object, nb::object, nb::object, nb::object, nb::object>;

Rows sparse_rows(const Difference& difference, nb::handle mask) {
  const std::vector<std::uint8_t> marks = marks_of(mask);
  const SparseRows rows = [&] {
    const Unlocked unlocked;
    return difference.rows(marks);
  }();
  std::vector<double> ends;
  for (const auto& [lower, upper] : rows.ends) ends.insert(ends.end(), {lower, upper});
  return {array_from(rows.starts, NPY_UINTP), array_from(rows.columns, NPY_UINTP),
          array_from(rows.weights, NPY_DOUBLE), array_from(ends, NPY_DOUBLE),
          array_from(rows.accuracies, NPY_INT)};
}

}  // namespace

void bind_difference(nb::module_& module) {
  nb::class_<Difference>(module, "Difference")
      .def(nb::init<const Axis&, std::size_t, const Scheme&>(), "axis"_a, "extent"_a,
           "scheme"_a, nb::call_guard<Unlocked>())
      .def_prop_ro("extent", &Difference::extent)
      .def_prop_ro("row_count", &Difference::row_count)
      .def("support", support, "first"_a, "last"_a)
      .def(
          "transposed",
          [](const Difference& self, nb::handle mask) {
            const std::vector<std::uint8_t> marks = marks_of(mask);
            const Unlocked unlocked;
            return self.transposed(marks);
          },
          "mask"_a.none() = nb::none())
      .def("rows", sparse_rows, "mask"_a.none() = nb::none());
  nb::class_<DifferenceAlong>(module, "DifferenceAlong")
      .def("__init__", make_along, "axis"_a, "difference"_a, "rows"_a = nb::none(),
           "samples"_a = std::vector<Bounds>(),
           "ends"_a = std::pair<nb::object, nb::object>(nb::none(), nb::none()));
  module.def("apply_each", apply_to_arrays, "f"_a, "mask"_a.none(), "along"_a, "out"_a,
             "threads"_a = 0, "Rows of several operators, in one pass, into arrays.");
  module.def("achieved_accuracy", accuracy_of_array, "f"_a, "mask"_a.none(), "along"_a,
             "out"_a, "The order of the error of each result, into an array of uint8.");
}

}  // namespace gridgrad::python
