// cli/boundary.hpp: what the option --boundary means
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "component.hpp"

namespace gridgrad::cli {

// The period of an axis, by index, if the input says or implies one.
using PeriodOf = std::function<std::optional<double>(std::size_t axis)>;

// Gives the components the ends that `words` ask for: AXIS=RULE, or AXIS=LOWER:UPPER.
// `names` are those of all axes of the field. Throws Error: bad_axis, bad_argument naming
// the axes or the rules there are.
void set_ends(std::vector<Component>& components, const std::vector<std::string>& words,
              const std::vector<std::string>& names, const PeriodOf& period_of);

}  // namespace gridgrad::cli
