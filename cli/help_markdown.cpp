// cli/help_markdown.cpp: the reference of all commands, as a document
//
// SPDX-License-Identifier: BSD-3-Clause

#include <string_view>

#include "help_pages.hpp"
#include "wrapped.hpp"

namespace gridgrad::cli {
namespace {

constexpr std::size_t width = 100;

// Letters that Markdown would take for its own; within a word it leaves _ alone.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    const bool is_within =
        !result.empty() && result.back() != ' ' && result.back() != '(';
    const bool is_special = std::string_view("*<>`\\").find(letter) != text.npos;
    if (is_special || (letter == '_' && !is_within)) result += '\\';
    result += letter;
  }
  return result;
}

// A bullet whose further lines stand below its text.
std::string bullet(const std::string& title, const std::string& text) {
  const std::string entry = "`" + title + "`: " + escaped(text);
  return "* " + indented(entry, 2, width).substr(2);
}

std::string entries(const std::vector<OptionNode>& options) {
  std::string list;
  for (const OptionNode& option : options) list += bullet(title_of(option), option.text);
  return list;
}

std::string examples_of(const CommandNode& command) {
  if (command.examples.empty()) return {};
  std::string block = "\n```sh\n";
  for (const Example& example : command.examples) {
    if (!example.note.empty()) block += "# " + example.note + "\n";
    block += example.line + "\n";
  }
  return block + "```\n";
}

std::string section_of(const OptionTree& tree, const CommandNode& command) {
  std::string section = "## " + full_name(tree, command) + "\n\n`" +
                        full_name(tree, command) + " " + usage_of(command) + "`\n\n" +
                        indented(escaped(command.summary) + ".", 0, width);
  for (const std::string& paragraph : command.paragraphs) {
    section += "\n" + indented(escaped(paragraph), 0, width);
  }
  const std::string list = entries(command.places) + entries(command.options);
  if (!list.empty()) section += "\n" + list;
  return section + examples_of(command);
}

std::string exit_codes_of(const OptionTree& tree) {
  std::string section = "## Exit codes\n\n";
  for (const ExitMeaning& meaning : tree.exit_codes) {
    section += bullet(meaning.code, meaning.text);
  }
  return section;
}

std::string program_page(const OptionTree& tree) {
  std::string page = "# " + tree.program + "\n\n<!-- " + tree.program +
                     " help --format markdown wrote this. -->\n\n" +
                     indented(escaped(tree.root.summary), 0, width) + "\n`" +
                     tree.program + " " + usage_of(tree.root) + "`\n\n";
  for (const CommandNode& command : tree.commands) {
    page += "* [`" + command.name + "`](#" + tree.program + "-" + command.name +
            "): " + escaped(command.summary) + "\n";
  }
  page += "\nOptions of every command:\n\n" + entries(tree.root.options) +
          examples_of(tree.root) + "\n";
  for (const CommandNode& command : tree.commands) {
    page += section_of(tree, command) + "\n";
  }
  return page + exit_codes_of(tree);
}

}  // namespace

std::string help_as_markdown(const OptionTree& tree, const CommandNode& command) {
  return &command == &tree.root ? program_page(tree) : section_of(tree, command);
}

}  // namespace gridgrad::cli
