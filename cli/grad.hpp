// cli/grad.hpp: the command grad
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "command.hpp"
#include "exit_code.hpp"
#include "output.hpp"

namespace gridgrad::cli {

[[nodiscard]] ExitCode grad(const GradCommand& asked, const Invocation& invocation);

// For inputs that are one array, and for those with named variables.
[[nodiscard]] ExitCode grad_array(const GradCommand& command,
                                  const Invocation& invocation, OutputKind output);
[[nodiscard]] ExitCode grad_labelled(const GradCommand& command,
                                     const Invocation& invocation, OutputKind output);

// Whether the options ask for columns of a table with a header, and the input may be one.
[[nodiscard]] bool is_log(const GradCommand& command);
[[nodiscard]] ExitCode grad_log(const GradCommand& command, Notes notes);

}  // namespace gridgrad::cli
