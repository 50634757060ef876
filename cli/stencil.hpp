// cli/stencil.hpp: the command stencil
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "command.hpp"

namespace gridgrad::cli {

// Prints the weights of a stencil as fractions and numbers.
void stencil(const StencilCommand& command);

}  // namespace gridgrad::cli
