// cli/at.hpp: the command at
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "command.hpp"
#include "exit_code.hpp"

namespace gridgrad::cli {

// Writes value and gradient of a field at locations, beside what came with them.
[[nodiscard]] ExitCode at(const AtCommand& asked, Notes notes);

}  // namespace gridgrad::cli
