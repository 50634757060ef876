// cli/live_method.hpp: how a log is differentiated while it is read
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>

#include "command.hpp"
#include "exit_code.hpp"
#include "gridgrad/differentiator.hpp"

namespace gridgrad::cli {

// Samples that a method remembers: the largest window.
constexpr std::size_t live_capacity = 128;

struct LiveMethod {
  bool is_causal = false;
  // Without a period, which differs from column to column. A window that is not causal
  // has its lag in the middle.
  DifferentiatorOptions options = {};
  int derivative = 1;
  Duplicates duplicates = Duplicates::refuse;
  bool adapts = false;  // a window to the samples that are there
};

// Nothing if the log is differentiated as a whole. Throws Error: bad_argument for options
// that do not go together.
[[nodiscard]] std::optional<LiveMethod> live_method(const FieldCommand& command);

[[nodiscard]] ExitCode grad_live(const FieldCommand& command, const LiveMethod& method,
                                 Notes notes);

}  // namespace gridgrad::cli
