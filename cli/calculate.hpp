// cli/calculate.hpp: the commands that are operators on fields
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "command.hpp"
#include "exit_code.hpp"
#include "output.hpp"

namespace gridgrad::cli {

[[nodiscard]] ExitCode calculate(const FieldCommand& asked, const Invocation& invocation);

// For inputs that are one array, and for those with named variables.
[[nodiscard]] ExitCode calculate_array(const FieldCommand& command,
                                       const Invocation& invocation, OutputKind output);
[[nodiscard]] ExitCode calculate_labelled(const FieldCommand& command,
                                          const Invocation& invocation,
                                          OutputKind output);

}  // namespace gridgrad::cli
