// axis.hpp: boundaries by their names
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <nanobind/nanobind.h>

#include <string>

#include "gridgrad/boundary.hpp"

namespace gridgrad::python {

// `value` is what the rule of that name takes besides: None for most. Throws Error:
// bad_argument.
[[nodiscard]] Boundary boundary_named(const std::string& name, nanobind::handle value);

}  // namespace gridgrad::python
