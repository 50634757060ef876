// cli/info.hpp: the command info
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "command.hpp"

namespace gridgrad::cli {

// Prints what was detected in a file; without one, about the program.
void info(const InfoCommand& command);

}  // namespace gridgrad::cli
