// cli/option_tree.cpp: a walk through what CLI11 knows
//
// SPDX-License-Identifier: BSD-3-Clause

#include "option_tree.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>

#include "help_text.hpp"

namespace gridgrad::cli {
namespace {

constexpr std::string_view examples_title = "Examples:";

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  while (true) {
    const std::size_t end = text.find(separator, start);
    parts.push_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + separator.size();
  }
}

std::string trimmed(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \n");
  if (start == std::string_view::npos) return {};
  return std::string(text.substr(start, text.find_last_not_of(" \n") + 1 - start));
}

// What is broken into lines, in one.
std::string unbroken(std::string_view text) {
  std::string line = trimmed(text);
  std::ranges::replace(line, '\n', ' ');
  return line;
}

// "  gridgrad grad values.csv     print the gradient": two blanks and more are between.
Example example_of(std::string_view line) {
  const std::string text = trimmed(line);
  const std::size_t gap = text.find("  ");
  if (gap == std::string::npos) return {text, {}};
  return {text.substr(0, gap), trimmed(std::string_view(text).substr(gap))};
}

void read_footer(CommandNode& node, std::string_view footer) {
  footer = footer.substr(0, footer.find(exit_codes));
  const std::size_t title = footer.find(examples_title);
  for (const std::string_view part : split(footer.substr(0, title), "\n\n")) {
    if (!trimmed(part).empty()) node.paragraphs.push_back(unbroken(part));
  }
  if (title == std::string_view::npos) return;
  for (const std::string_view line : split(footer.substr(title), "\n")) {
    if (line.starts_with("  ")) node.examples.push_back(example_of(line));
  }
}

// "Exit codes: 0 done, 1 run-time or I/O error, ...": a number after a comma begins one.
std::vector<ExitMeaning> exit_meanings() {
  const std::string text = unbroken(exit_codes);
  std::vector<ExitMeaning> meanings;
  std::string_view rest = std::string_view(text).substr(text.find(':') + 1);
  if (rest.ends_with('.')) rest.remove_suffix(1);
  for (const std::string_view part : split(rest, ",")) {
    const std::string words = trimmed(part);
    if (std::isdigit(static_cast<unsigned char>(words.front())) == 0) {
      meanings.back().text += ", " + words;
      continue;
    }
    const std::size_t blank = words.find(' ');
    meanings.push_back({words.substr(0, blank), words.substr(blank + 1)});
  }
  return meanings;
}

// CLI11 has the words of an option behind the name of its type: "UNIT:{m,km}".
void read_type(OptionNode& node, const std::string& type) {
  const std::size_t brace = type.find(":{");
  node.metavar = type.substr(0, brace);
  if (node.metavar == "INT" || node.metavar == "UINT") node.metavar = "N";
  if (node.metavar == "FLOAT") node.metavar = "NUMBER";
  node.takes = Takes::text;
  if (brace == std::string::npos) return;
  const std::size_t start = brace + 2;
  const std::string_view list =
      std::string_view(type).substr(start, type.find('}', start) - start);
  for (const std::string_view word : split(list, ",")) {
    node.words.push_back(trimmed(word));
  }
  node.takes = Takes::word;
}

// What is called so everywhere.
Takes takes_of(std::string_view metavar) {
  if (metavar.starts_with("NAME")) return Takes::variables;
  if (metavar == "AXIS,...") return Takes::axes;
  const bool is_file = metavar.starts_with("FILE") || metavar.starts_with("INPUT") ||
                       metavar.starts_with("SPACING");
  return is_file ? Takes::file : Takes::text;
}

OptionNode node_of(const CLI::Option& option) {
  OptionNode node;
  for (const std::string& name : option.get_snames()) node.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) node.names.push_back("--" + name);
  node.text = option.get_description();
  node.is_required = option.get_required();
  if (option.get_items_expected_max() > 0) read_type(node, option.get_type_name());
  if (option.get_positional()) {
    node.metavar = option.get_name(true);
    node.is_repeated = option.get_expected_max() > 1;
  }
  if (node.takes == Takes::text) node.takes = takes_of(node.metavar);
  return node;
}

CommandNode node_of(const CLI::App& app) {
  CommandNode node;
  node.summary = app.get_description();
  for (const CLI::Option* const option : app.get_options()) {
    (option->get_positional() ? node.places : node.options).push_back(node_of(*option));
  }
  read_footer(node, app.get_footer());
  return node;
}

bool is_help(const OptionNode& option) {
  return option.names.back() == "--help";
}

}  // namespace

OptionTree option_tree(const CLI::App& app) {
  OptionTree tree;
  tree.program = app.get_name();
  tree.root = node_of(app);
  for (const CLI::App* const command : app.get_subcommands(nullptr)) {
    tree.commands.push_back(node_of(*command));
    tree.commands.back().name = command->get_name();
    std::erase_if(tree.commands.back().options, is_help);
  }
  tree.exit_codes = exit_meanings();
  return tree;
}

const CommandNode* find_command(const OptionTree& tree, std::string_view name) {
  if (name.empty()) return &tree.root;
  const auto found = std::ranges::find(tree.commands, name, &CommandNode::name);
  return found == tree.commands.end() ? nullptr : &*found;
}

bool has_option(const CommandNode& command, std::string_view name) {
  return std::ranges::any_of(command.options, [&](const OptionNode& option) {
    return std::ranges::find(option.names, name) != option.names.end();
  });
}

std::vector<std::string> command_names(const OptionTree& tree) {
  std::vector<std::string> names;
  for (const CommandNode& command : tree.commands) names.push_back(command.name);
  std::ranges::sort(names);
  return names;
}

std::string spaced(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : " ") + word;
  return list;
}

std::string brief(const std::string& text) {
  return text.substr(0, std::min({text.find(" ("), text.find(": "), text.find("; ")}));
}

std::string title_of(const OptionNode& option) {
  std::string title;
  for (const std::string& name : option.names) {
    title += (title.empty() ? "" : ", ") + name;
  }
  if (option.metavar.empty()) return title;
  return title + (title.empty() ? "" : " ") + option.metavar +
         (option.is_repeated ? "..." : "");
}

std::string full_name(const OptionTree& tree, const CommandNode& command) {
  return tree.program + (command.name.empty() ? "" : " " + command.name);
}

std::string usage_of(const CommandNode& command) {
  std::string usage = command.name.empty() ? "COMMAND [OPTIONS]" : "[OPTIONS]";
  for (const OptionNode& place : command.places) {
    const std::string title = title_of(place);
    usage += " " + (place.is_required ? title : "[" + title + "]");
  }
  return usage;
}

}  // namespace gridgrad::cli
