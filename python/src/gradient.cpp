// gradient.cpp: gradients of arrays
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/gradient.hpp"

#include <nanobind/stl/pair.h>
#include <nanobind/stl/vector.h>

#include <optional>
#include <vector>

#include "request.hpp"
#include "topics.hpp"
#include "unlocked.hpp"

namespace gridgrad::python {
namespace {

using namespace nb::literals;

Axis rule_of(const Spacing& spacing) {
  if (!spacing.coordinates.is_valid()) return Axis::spaced(spacing.distance);
  return Axis::at(view_of(spacing.coordinates, "coordinates").field());
}

// Whether the object is None or an int; `value` is left as it is for None.
bool is_int_or_none(nb::handle object, std::optional<int>& value) {
  if (object.is_none()) return true;
  if (!PyLong_CheckExact(object.ptr())) return false;
  int overflow = 0;
  const long number = PyLong_AsLongAndOverflow(object.ptr(), &overflow);
  if (overflow != 0 || static_cast<int>(number) != number) return false;
  value = static_cast<int>(number);
  return true;
}

struct Orders {
  nb::handle edge_order;
  nb::handle accuracy;
};

std::optional<Scheme> scheme_of(const Orders& orders) {
  Scheme scheme;
  const bool is_usual = is_int_or_none(orders.edge_order, scheme.edge_order) &&
                        is_int_or_none(orders.accuracy, scheme.accuracy);
  if (!is_usual) return {};
  return scheme;
}

nb::object gradient_of_array(nb::handle f, nb::handle spacings, nb::handle axis,
                             nb::handle edge_order, nb::handle accuracy,
                             nb::handle given) {
  const std::optional<Scheme> scheme = scheme_of({edge_order, accuracy});
  if (!scheme) return nb::none();
  const std::optional<Request> request = usual_request(f, spacings, axis);
  if (!request) return nb::none();
  PerAxis<Along> along;
  for (std::size_t k = 0; k < request->axes.size(); ++k) {
    along.push_back({request->axes[k], rule_of(request->spacing(k))});
  }
  std::optional<PerAxis<nb::object>> results =
      given.is_none() ? new_results(f, *request)
                      : given_results(given, request->axes.size());
  if (!results) return nb::none();
  Components components(std::move(*results));
  const std::span<const AnyOutput> out = components.outputs();
  {
    const Unlocked unlocked;
    gradient_into(request->field.field(), {along.data(), along.size()}, out, *scheme);
  }
  return components.returned();
}

void gradient_into_arrays(nb::handle f, nb::handle mask,
                          const std::vector<std::pair<std::size_t, Axis>>& rules,
                          const std::vector<nb::object>& out, const Scheme& scheme,
                          std::size_t threads) {
  const MarkedArray field(f, mask);
  std::vector<Along> along;
  for (const auto& [axis, rule] : rules) along.push_back({axis, rule});
  const Outputs outputs(out);
  const Unlocked unlocked;
  gradient_into(field.field(), along, outputs.views(), scheme, {threads});
}

}  // namespace

void bind_gradient(nb::module_& module) {
  module.def("gradient", gradient_of_array, "f"_a.none(), "spacings"_a, "axis"_a.none(),
             "edge_order"_a.none(), "accuracy"_a.none(), "out"_a.none(),
             "gradient of a usual call; None where something is out of the ordinary.");
  module.def("gradient_into", gradient_into_arrays, "f"_a, "mask"_a.none(), "rules"_a,
             "out"_a, "scheme"_a, "threads"_a = 0,
             "Components of the gradient along (axis, rule), into arrays.");
  module.def(
      "new_result",
      [](nb::handle like) {
        const ElementType type = view_of(like, "f").type();
        return new_result(array_of(like), result_type(type));
      },
      "like"_a,
      "A new array for a derivative of another, in memory that the library recycles.");
}

}  // namespace gridgrad::python
