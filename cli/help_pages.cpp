// cli/help_pages.cpp: the form that was asked for
//
// SPDX-License-Identifier: BSD-3-Clause

#include "help_pages.hpp"

namespace gridgrad::cli {
namespace {

std::string names(const OptionTree& tree, const CommandNode& command) {
  if (&command != &tree.root) return command.name + "\n";
  std::string lines;
  for (const CommandNode& each : tree.commands) lines += each.name + "\n";
  return lines;
}

}  // namespace

std::string help_page(const OptionTree& tree, const CommandNode& command,
                      HelpFormat format) {
  switch (format) {
    case HelpFormat::text:
      return help_as_text(tree, command);
    case HelpFormat::man:
      return help_as_man(tree, command);
    case HelpFormat::markdown:
      return help_as_markdown(tree, command);
    case HelpFormat::names:
      break;
  }
  return names(tree, command);
}

}  // namespace gridgrad::cli
