// cli/option_tree.hpp: the commands and their options as data, from which help, manual
// pages, documentation, completion and suggestions are made
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace gridgrad::cli {

// What follows an option, and what a shell completes it to.
enum class Takes { nothing, text, word, file, variables, axes };

struct OptionNode {
  std::vector<std::string> names;  // "-v", "--var"; none if it is known by its place
  std::string metavar;             // "NAME,...", "INPUT"; empty if it takes nothing
  std::string text;
  std::vector<std::string> words;  // that it takes, or some of them
  Takes takes = Takes::nothing;
  bool is_required = false;
  bool is_repeated = false;
};

struct Example {
  std::string line;  // as it is typed
  std::string note;  // what it does; may be empty
};

struct CommandNode {
  std::string name;     // empty: the program
  std::string summary;  // "Show what a file holds"
  std::vector<std::string> paragraphs;
  std::vector<OptionNode> places;  // arguments that are known by their place
  std::vector<OptionNode> options;
  std::vector<Example> examples;
};

struct ExitMeaning {
  std::string code;
  std::string text;
};

struct OptionTree {
  std::string program;  // "gridgrad"
  CommandNode root;     // its options are those of every command
  std::vector<CommandNode> commands;
  std::vector<ExitMeaning> exit_codes;
};

// Of options that CLI11 knows. Footers hold paragraphs, then examples, then exit codes;
// cli/help_text.hpp says how.
[[nodiscard]] OptionTree option_tree(const CLI::App& app);

// Nothing if there is none of this name; "" is the program.
[[nodiscard]] const CommandNode* find_command(const OptionTree& tree,
                                              std::string_view name);

// "-v" or "--var".
[[nodiscard]] bool has_option(const CommandNode& command, std::string_view name);

[[nodiscard]] std::vector<std::string> command_names(const OptionTree& tree);

// "bash zsh fish".
[[nodiscard]] std::string spaced(const std::vector<std::string>& words);

// The first of its sentences, without brackets: for a line of a menu.
[[nodiscard]] std::string brief(const std::string& text);

// "-v, --var NAME,...", or "INPUT...".
[[nodiscard]] std::string title_of(const OptionNode& option);

// "gridgrad grad".
[[nodiscard]] std::string full_name(const OptionTree& tree, const CommandNode& command);

// "[OPTIONS] INPUT...".
[[nodiscard]] std::string usage_of(const CommandNode& command);

}  // namespace gridgrad::cli
