// cli/info_json.hpp: the facts of info for programs
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>

#include "file_facts.hpp"

namespace gridgrad::cli {

// docs/tool.md, "gridgrad info", lists the members. What is not there has none; numbers
// that JSON has not are text, and so is what is no UTF-8, with U+FFFD.
[[nodiscard]] std::string json_of(const FileFacts& facts);

// Version, instruction sets and threads.
[[nodiscard]] std::string json_of_program();

}  // namespace gridgrad::cli
