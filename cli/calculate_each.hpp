// cli/calculate_each.hpp: several inputs, each on its own
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "command.hpp"
#include "exit_code.hpp"

namespace gridgrad::cli {

// Whether the output is a directory that gets a file for each input.
[[nodiscard]] bool is_directory_output(const FieldCommand& command);

// Writes DIR/NAME for every input called NAME, .npy for inputs whose format is not
// written. An input that fails is said and does not keep the others from being done; then
// the exit code is that of failure. Throws Error: bad_argument (no directory for several
// inputs, two inputs of one name), io (it cannot be made), before anything is written.
[[nodiscard]] ExitCode calculate_each(const FieldCommand& command,
                                      const Invocation& invocation);

}  // namespace gridgrad::cli
