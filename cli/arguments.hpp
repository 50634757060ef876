// cli/arguments.hpp: from the command line to a command
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <variant>

#include "command.hpp"
#include "exit_code.hpp"

namespace gridgrad::cli {

// What to do, or how to end: help and version are printed to standard output, what is
// wrong with the arguments to standard error.
[[nodiscard]] std::variant<Invocation, ExitCode> parse_arguments(
    int count, const char* const* texts);

}  // namespace gridgrad::cli
