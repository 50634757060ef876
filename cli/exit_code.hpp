// cli/exit_code.hpp: what the program tells the shell
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "gridgrad/error.hpp"

namespace gridgrad::cli {

enum class ExitCode {
  done = 0,
  failed = 1,         // run-time or I/O error
  usage = 2,          // an argument that is not accepted
  output_exists = 3,  // and was not to be replaced
  unsupported = 4,    // format, filter or type
  interrupted = 130,  // as shells have it: 128 + SIGINT
};

[[nodiscard]] constexpr ExitCode exit_code(ErrorCode code) {
  if (code == ErrorCode::io) return ExitCode::failed;
  if (code == ErrorCode::unsupported) return ExitCode::unsupported;
  return ExitCode::usage;
}

}  // namespace gridgrad::cli
