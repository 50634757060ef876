// cli/completion.hpp: scripts with which shells complete commands
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>

#include "option_tree.hpp"

namespace gridgrad::cli {

enum class Shell { bash, zsh, fish };

// Completes commands, options, their words, and files.
[[nodiscard]] std::string completion_script(const OptionTree& tree, Shell shell);

[[nodiscard]] std::string bash_completion(const OptionTree& tree);
[[nodiscard]] std::string zsh_completion(const OptionTree& tree);
[[nodiscard]] std::string fish_completion(const OptionTree& tree);

}  // namespace gridgrad::cli
