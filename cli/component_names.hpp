// cli/component_names.hpp: what the option --name means
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>

#include <vector>

#include "labelled_field.hpp"

namespace gridgrad::cli {

// What the name of a result is made of.
struct ResultWords {
  std::string op;                      // "div"
  std::vector<std::string> variables;  // paths of the operands
  std::vector<std::string> axes;       // that it belongs to
  int derivative = 1;
};

// "div_u_v", "hess_SST_lat_lon", of a gradient "dSST_dlat", unless there is a template;
// in the group of the first variable.
[[nodiscard]] std::string result_name(const ResultWords& words,
                                      const std::string& name_template);

// "dSST_dlat", in the group of the variable: "run/dSST_dlat".
[[nodiscard]] std::string component_name(const LabelledField& field,
                                         const Component& component);

// Throws Error: bad_argument for a template that is no name, or has words in braces other
// than {op}, {var}, {axis} and {order}.
void require_name_template(const std::string& name_template);

// Throws Error: bad_argument if two results have one name.
void require_distinct_names(const std::vector<std::string>& names);

}  // namespace gridgrad::cli
