// cli/command_line.hpp: a command as it can be typed again
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>

namespace gridgrad::cli {

// The words of `main` in one line, quoted as a shell needs it.
[[nodiscard]] std::string command_line(int count, const char* const* texts);

}  // namespace gridgrad::cli
