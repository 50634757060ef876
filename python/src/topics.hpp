// topics.hpp: what each source file adds to the module
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <nanobind/nanobind.h>

namespace gridgrad::python {

void bind_error(nanobind::module_& module);
void bind_axis(nanobind::module_& module);
void bind_calculus(nanobind::module_& module);
void bind_scheme(nanobind::module_& module);
void bind_gradient(nanobind::module_& module);
void bind_gradient_of(nanobind::module_& module);
void bind_difference(nanobind::module_& module);
void bind_interpolant(nanobind::module_& module);
void bind_memory(nanobind::module_& module);
void bind_metric(nanobind::module_& module);
void bind_numpy(nanobind::module_& module);
void bind_staggered(nanobind::module_& module);
void bind_terrain(nanobind::module_& module);
void bind_torch(nanobind::module_& module);

}  // namespace gridgrad::python
