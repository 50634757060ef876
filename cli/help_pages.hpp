// cli/help_pages.hpp: what the tool says of itself, in the forms that readers have
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>

#include "option_tree.hpp"

namespace gridgrad::cli {

enum class HelpFormat { text, man, markdown, names };

// Of one command, or of the program for the root of the tree: lines for a terminal, a
// manual page (roff), a document (Markdown; of the program with all its commands), or the
// name of the command (of the program: of each command on a line).
[[nodiscard]] std::string help_page(const OptionTree& tree, const CommandNode& command,
                                    HelpFormat format);

[[nodiscard]] std::string help_as_text(const OptionTree& tree,
                                       const CommandNode& command);
[[nodiscard]] std::string help_as_man(const OptionTree& tree, const CommandNode& command);
[[nodiscard]] std::string help_as_markdown(const OptionTree& tree,
                                           const CommandNode& command);

}  // namespace gridgrad::cli
