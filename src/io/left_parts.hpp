// io/left_parts.hpp: part files of this run, and what is left of runs that were killed
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>

namespace gridgrad::io {

// OUT.part-PID of this process.
[[nodiscard]] std::string part_name(const std::string& path);

// Marks a file or directory as being written, until the descriptor that is returned is
// closed or the process ends, however it ends. Returns -1 where locks cannot tell that.
[[nodiscard]] int lock_part(const std::string& part) noexcept;

// Removes the part files and directories beside `path` that no process writes.
void remove_left_parts(const std::string& path) noexcept;

// Removes a file, or a directory with all it holds, while others may add to it.
void remove_whole(const std::string& path) noexcept;

}  // namespace gridgrad::io
