// numpy.cpp: the fast part of gridgrad.numpy.gradient
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cfenv>
#include <vector>

#include "gridgrad/peer.hpp"
#include "request.hpp"
#include "topics.hpp"
#include "unlocked.hpp"

namespace gridgrad::python {
namespace {

using namespace nb::literals;

PeerSpacing peer_spacing(const Spacing& spacing) {
  PeerSpacing result = {spacing.distance, {}, spacing.held};
  if (spacing.coordinates.is_valid()) {
    result.coordinates = doubles_of(spacing.coordinates);
  }
  return result;
}

bool has_samples(const Request& request, int edge_order) {
  return std::ranges::all_of(request.axes, [&](std::size_t axis) {
    return request.field.extents()[axis] > static_cast<std::size_t>(edge_order);
  });
}

bool are_finite(std::span<const nb::object> arrays) {
  const nb::object isfinite = nb::module_::import_("numpy").attr("isfinite");
  return std::ranges::all_of(arrays, [&](const nb::object& array) {
    return PyObject_IsTrue(nb::object(isfinite(array).attr("all")()).ptr()) == 1;
  });
}

// Whether NumPy might warn of what the arithmetic raised. Flags alone do not say so:
// between lines it computes what it does not store. Underflow is ignored unless a program
// says otherwise; the others leave results that are not finite.
bool may_warn(int raised, std::span<const nb::object> results) {
  if ((raised & (FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW)) != 0 && !are_finite(results)) {
    return true;
  }
  if ((raised & FE_UNDERFLOW) == 0) return false;
  const nb::object handling = nb::module_::import_("numpy").attr("geterr")();
  return !handling["under"].equal(nb::str("ignore"));
}

// Warnings are NumPy's business: the caller asks it where it may have one.
nb::object numpy_gradient(nb::handle f, nb::handle spacings, nb::handle axis,
                          nb::handle edge_order) {
  if (!PyLong_CheckExact(edge_order.ptr())) return nb::none();
  int overflow = 0;
  const long order = PyLong_AsLongAndOverflow(edge_order.ptr(), &overflow);
  if (overflow != 0 || (order != 1 && order != 2)) return nb::none();
  const std::optional<Request> request = usual_request(f, spacings, axis);
  if (!request || !has_samples(*request, static_cast<int>(order))) return nb::none();
  PerAxis<PeerAlong> along;
  for (std::size_t k = 0; k < request->axes.size(); ++k) {
    along.push_back({request->axes[k], peer_spacing(request->spacing(k))});
  }
  Components components(new_results(f, *request));
  const std::span<const AnyOutput> out = components.outputs();
  constexpr int noted = FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW | FE_UNDERFLOW;
  int raised = 0;
  {
    const Unlocked unlocked;
    std::feclearexcept(noted);
    numpy_gradient_into(request->field.field(), {along.data(), along.size()}, out,
                        static_cast<int>(order));
    raised = std::fetestexcept(noted);
    std::feclearexcept(noted);
  }
  return may_warn(raised, components.arrays()) ? nb::none() : components.returned();
}

}  // namespace

void bind_numpy(nb::module_& module) {
  module.def(
      "numpy_gradient", numpy_gradient, "f"_a.none(), "spacings"_a, "axis"_a.none(),
      "edge_order"_a.none(),
      "numpy.gradient of a usual call; None where something is out of the ordinary.");
}

}  // namespace gridgrad::python
