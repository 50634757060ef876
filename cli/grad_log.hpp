// cli/grad_log.hpp: the command grad on a table whose rows follow each other
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "command.hpp"
#include "exit_code.hpp"

namespace gridgrad::cli {

// Whether the options ask for columns of a table with a header, and the input may be one.
[[nodiscard]] bool is_log(const FieldCommand& command);
[[nodiscard]] ExitCode grad_log(const FieldCommand& command, Notes notes);

}  // namespace gridgrad::cli
