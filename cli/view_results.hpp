// cli/view_results.hpp: the option --view of operators on fields
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "command.hpp"
#include "exit_code.hpp"

namespace gridgrad::cli {

// Computes, then draws the fields and their results. Throws Error as `calculate` and
// `view`; bad_argument for a log, for streams, which are read once, and for several
// variables with results of their own.
[[nodiscard]] ExitCode calculate_and_view(const FieldCommand& command,
                                          const Invocation& invocation);

}  // namespace gridgrad::cli
