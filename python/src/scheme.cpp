// scheme.cpp: which derivative is estimated
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/scheme.hpp"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>

#include <string>

#include "gridgrad/error.hpp"
#include "topics.hpp"

namespace gridgrad::python {
namespace {

namespace nb = nanobind;
using namespace nb::literals;

Bias bias_named(const std::string& name) {
  if (name == "central") return Bias::central;
  if (name == "forward") return Bias::forward;
  if (name == "backward") return Bias::backward;
  throw Error(ErrorCode::bad_argument, "bias",
              "'" + name + "' given; central, forward or backward is accepted");
}

Missing missing_named(const std::string& name, std::optional<int> minimum) {
  if (name == "adapt") return minimum ? Adapt{*minimum} : Adapt{};
  if (minimum) {
    throw Error(ErrorCode::bad_argument, "missing",
                "a minimum given with '" + name + "'; it is for adapt");
  }
  if (name == "none") return NoneMissing{};
  if (name == "propagate") return Propagate{};
  throw Error(ErrorCode::bad_argument, "missing",
              "'" + name + "' given; none, propagate or adapt is accepted");
}

}  // namespace

void bind_scheme(nb::module_& module) {
  nb::class_<Scheme>(module, "Scheme")
      .def(
          "__init__",
          [](Scheme* self, int derivative, std::optional<int> accuracy,
             std::optional<int> edge_order, const std::string& bias,
             const std::string& missing, std::optional<int> minimum) {
            new (self) Scheme{derivative, accuracy, edge_order, bias_named(bias),
                              missing_named(missing, minimum)};
          },
          "derivative"_a = 1, "accuracy"_a = nb::none(), "edge_order"_a = nb::none(),
          "bias"_a = "central", "missing"_a = "none", "minimum"_a = nb::none());
}

}  // namespace gridgrad::python
