// cli/refusals.hpp: what is said of arguments that do not fit the options there are
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <vector>

#include "option_tree.hpp"

namespace gridgrad::cli {

// Of a word that no command has: "command: 'gard' given; accepted: ...".
[[nodiscard]] std::string unknown_command(const OptionTree& tree,
                                          const std::string& word);

// Of an option that the command does not have: which one is meant, or which commands have
// it. `typed` may have a value behind it: --acuracy=4.
[[nodiscard]] std::string unknown_option(const OptionTree& tree,
                                         const CommandNode& command,
                                         const std::string& typed);

// Why CLI11 could not read a command, in its words, and what it left unread.
struct Misfit {
  std::string kind;  // "RequiredError"
  std::string what;  // "--points is required"
  std::vector<std::string> unread;
};

// CLI11 says neither what was given nor what there is.
[[nodiscard]] std::string refusal_of(const OptionTree& tree, const CommandNode& command,
                                     const Misfit& misfit);

}  // namespace gridgrad::cli
