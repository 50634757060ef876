// kernels/targets.hpp: which instruction set the kernels run on
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gridgrad::kernels {

// Compiled in and supported by this CPU, best first.
[[nodiscard]] std::vector<std::string> targets();
[[nodiscard]] std::string chosen_target();

// False if there is none of this name; "" chooses the best.
[[nodiscard]] bool choose_target(std::string_view name);

// Must precede the first kernel call of a process: without it Highway detects the CPU at
// every call. Honours GRIDGRAD_TARGET; an unknown name there is ignored.
void ensure_target() noexcept;

// To be called by a thread after the last of its streamed stores (Stores::streamed).
void flush_streams() noexcept;

}  // namespace gridgrad::kernels
