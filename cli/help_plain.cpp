// cli/help_plain.cpp: help for a terminal of 80 columns
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>

#include "help_pages.hpp"
#include "help_text.hpp"
#include "wrapped.hpp"

namespace gridgrad::cli {
namespace {

constexpr std::size_t width = 80;
constexpr std::size_t column = 26;  // where explanations begin

// The explanation beside its title, or below one that is too long.
std::string entry(const std::string& title, const std::string& text) {
  const std::string start = "  " + title;
  std::string lines = indented(text, column, width);
  if (lines.empty()) return start + "\n";
  if (start.size() + 2 > column) return start + "\n" + lines;
  return start + lines.substr(start.size());
}

std::string entries(const char* title, const std::vector<OptionNode>& options) {
  if (options.empty()) return {};
  std::string section = std::string("\n") + title + ":\n";
  for (const OptionNode& option : options)
    section += entry(title_of(option), option.text);
  return section;
}

std::string commands_of(const OptionTree& tree) {
  std::string section = "\nCommands:\n";
  for (const CommandNode& command : tree.commands) {
    section += entry(command.name, command.summary);
  }
  return section;
}

// Notes beside the lines where all fit, else each above its line.
std::string examples_of(const std::vector<Example>& examples) {
  std::size_t longest = 0;
  for (const Example& example : examples) {
    if (!example.note.empty()) longest = std::max(longest, example.line.size());
  }
  const bool all_fit = std::ranges::all_of(examples, [&](const Example& example) {
    return example.note.empty() || longest + 4 + example.note.size() <= width;
  });
  std::string section = "\nExamples:\n";
  for (const Example& example : examples) {
    const bool is_beside = !example.note.empty() && all_fit;
    if (!example.note.empty() && !is_beside) section += "  # " + example.note + "\n";
    section += "  " + example.line;
    if (is_beside) {
      section.append(longest + 2 - example.line.size(), ' ').append(example.note);
    }
    section += "\n";
  }
  return section;
}

}  // namespace

std::string help_as_text(const OptionTree& tree, const CommandNode& command) {
  std::string page = command.summary + "\n\nUsage: " + full_name(tree, command) + " " +
                     usage_of(command) + "\n";
  for (const std::string& paragraph : command.paragraphs) {
    page += "\n" + indented(paragraph, 0, width);
  }
  if (&command == &tree.root) page += commands_of(tree);
  page += entries("Arguments", command.places);
  const bool is_root = &command == &tree.root;
  page += entries("Options", is_root ? std::vector<OptionNode>() : command.options);
  page += entries("Options of every command", tree.root.options);
  if (!command.examples.empty()) page += examples_of(command.examples);
  return page + "\n" + exit_codes + "\n";
}

}  // namespace gridgrad::cli
