// cli/component_names.hpp: what the option --name means
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>

#include "labelled_field.hpp"

namespace gridgrad::cli {

// "dSST_dlat", in the group of the variable: "run/dSST_dlat".
[[nodiscard]] std::string component_name(const LabelledField& field,
                                         const Component& component);

// Throws Error: bad_argument for a template that is no name, or has words in braces other
// than {var}, {axis} and {order}.
void require_name_template(const std::string& name_template);

// Throws Error: bad_argument if two components have one name.
void require_distinct_names(const std::vector<LabelledField>& fields);

}  // namespace gridgrad::cli
