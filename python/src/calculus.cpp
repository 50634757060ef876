// calculus.cpp: operators on fields along several axes
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/calculus.hpp"

#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arrays.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/metric.hpp"
#include "gridgrad/terrain.hpp"
#include "topics.hpp"
#include "unlocked.hpp"

namespace gridgrad::python {
namespace {

using namespace nb::literals;

using Bounds = std::pair<std::size_t, std::size_t>;
using PerAxisBounds = std::vector<std::vector<Bounds>>;

constexpr std::array<std::pair<std::string_view, Calculus>, 11> calculi = {{
    {"gradient", Calculus::gradient},
    {"magnitude", Calculus::magnitude},
    {"directional", Calculus::directional},
    {"divergence", Calculus::divergence},
    {"curl", Calculus::curl},
    {"laplacian", Calculus::laplacian},
    {"vector_laplacian", Calculus::vector_laplacian},
    {"hessian", Calculus::hessian},
    {"jacobian", Calculus::jacobian},
    {"strain_rate", Calculus::strain_rate},
    {"rotation", Calculus::rotation},
}};

Calculus calculus_named(const std::string& given) {
  std::string accepted;
  for (const auto& [name, calculus] : calculi) {
    if (name == given) return calculus;
    accepted.append(accepted.empty() ? "" : ", ").append(name);
  }
  throw Error(ErrorCode::bad_argument, "calculus",
              "'" + given + "' given; accepted: " + accepted);
}

std::vector<Range> ranges_of(const std::vector<Bounds>& bounds) {
  std::vector<Range> ranges;
  for (const auto& [first, last] : bounds) ranges.push_back({first, last});
  return ranges;
}

std::vector<Bounds> bounds_of(const std::vector<Range>& ranges) {
  std::vector<Bounds> bounds;
  for (const Range& range : ranges) bounds.emplace_back(range.first, range.last);
  return bounds;
}

GridBlock block_of(const std::vector<Bounds>& rows, const PerAxisBounds& samples) {
  GridBlock block = {ranges_of(rows), {}};
  for (const std::vector<Bounds>& axis : samples) {
    block.samples.push_back(ranges_of(axis));
  }
  return block;
}

// Fields with their marks, as a call needs them.
std::vector<MarkedArray> marked(
    const std::vector<std::pair<nb::object, nb::object>>& fields) {
  std::vector<MarkedArray> arrays;
  for (const auto& [samples, mask] : fields) arrays.emplace_back(samples, mask);
  return arrays;
}

void apply_to_arrays(const GridOperator& self,
                     const std::vector<std::pair<nb::object, nb::object>>& fields,
                     const std::vector<nb::object>& out,
                     const std::pair<std::vector<Bounds>, PerAxisBounds>& block,
                     std::size_t threads) {
  const std::vector<MarkedArray> arrays = marked(fields);
  std::vector<AnyField> views;
  for (const MarkedArray& array : arrays) views.push_back(array.field());
  const Outputs outputs(out);
  const GridBlock held = block_of(block.first, block.second);
  const Unlocked unlocked;
  self.apply(views, outputs.views(), held, {threads});
}

using AlongAndExtents =
    std::pair<std::vector<std::pair<std::size_t, Axis>>, std::vector<std::size_t>>;

template <typename Which>
void make_operator(GridOperator* self, const Which& which,
                   const AlongAndExtents& along_and_extents, const Metric& metric,
                   const Scheme& scheme) {
  const auto& [rules, extents] = along_and_extents;
  Grid grid = {{}, metric};
  for (const auto& [axis, rule] : rules) grid.along.push_back({axis, rule});
  const Unlocked unlocked;
  new (self) GridOperator(which, grid, extents, scheme);
}

void make_operator_named(GridOperator* self, const std::string& calculus,
                         const AlongAndExtents& along_and_extents, const Metric& metric,
                         const Scheme& scheme) {
  make_operator(self, calculus_named(calculus), along_and_extents, metric, scheme);
}

std::vector<std::size_t> copied(std::span<const std::size_t> extents) {
  return {extents.begin(), extents.end()};
}

}  // namespace

void bind_calculus(nb::module_& module) {
  nb::class_<GridOperator>(module, "GridOperator")
      .def("__init__", make_operator_named, "calculus"_a, "along_and_extents"_a,
           "metric"_a, "scheme"_a)
      .def("__init__", make_operator<Terrain>, "terrain"_a, "along_and_extents"_a,
           "metric"_a, "scheme"_a)
      .def_prop_ro("field_count", &GridOperator::field_count)
      .def_prop_ro("result_count", &GridOperator::result_count)
      .def("axes_of_result", &GridOperator::axes_of_result, "k"_a)
      .def_prop_ro("extents",
                   [](const GridOperator& self) { return copied(self.extents()); })
      .def_prop_ro("result_extents",
                   [](const GridOperator& self) { return copied(self.result_extents()); })
      .def(
          "support",
          [](const GridOperator& self, std::size_t axis, std::size_t first,
             std::size_t last) {
            return bounds_of(self.support(axis, {first, last}));
          },
          "axis"_a, "first"_a, "last"_a)
      .def("may_cut", &GridOperator::may_cut, "axis"_a)
      .def("apply", apply_to_arrays, "fields"_a, "out"_a, "block"_a, "threads"_a = 0,
           "Results at rows of a block, (rows, samples) of every axis, of fields with "
           "their masks.")
      .def("transposed", &GridOperator::transposed, nb::call_guard<Unlocked>());
}

}  // namespace gridgrad::python
