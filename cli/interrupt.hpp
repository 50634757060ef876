// cli/interrupt.hpp: no part file is left behind by an interrupted run
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>

namespace gridgrad::cli {

// While one lives, SIGINT and SIGTERM remove the file and end the program with
// ExitCode::interrupted. One at a time.
class RemoveOnSignal {
 public:
  explicit RemoveOnSignal(const std::string& path);
  ~RemoveOnSignal();
  RemoveOnSignal(const RemoveOnSignal&) = delete;
  RemoveOnSignal& operator=(const RemoveOnSignal&) = delete;
};

// Ends with ExitCode::interrupted from now on, file or no file.
void exit_on_signals();

}  // namespace gridgrad::cli
