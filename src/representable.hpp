// representable.hpp: which numbers an element type has
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "gridgrad/element.hpp"

namespace gridgrad {

// Whether an element type has this number; floating types have it rounded.
[[nodiscard]] bool holds(ElementType type, double number);

// The number as a sample of the type that has it.
[[nodiscard]] double as_sample(ElementType type, double number);

}  // namespace gridgrad
