// cli/refusals.cpp: one line each, of what was given and what is accepted
//
// SPDX-License-Identifier: BSD-3-Clause

#include "refusals.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "suggestion.hpp"

namespace gridgrad::cli {
namespace {

std::vector<std::string> commands_with(const OptionTree& tree, const std::string& name) {
  std::vector<std::string> commands;
  for (const CommandNode& command : tree.commands) {
    if (has_option(command, name)) commands.push_back(command.name);
  }
  return commands;
}

// Without their hyphens.
std::vector<std::string> words_of(const CommandNode& command) {
  std::vector<std::string> words;
  for (const OptionNode& option : command.options) {
    for (const std::string& name : option.names) {
      if (name.starts_with("--")) words.push_back(name.substr(2));
    }
  }
  return words;
}

std::vector<std::string> own_words(const OptionTree& tree, const CommandNode& command) {
  std::vector<std::string> words = words_of(command);
  const std::vector<std::string> shared = words_of(tree.root);
  words.insert(words.end(), shared.begin(), shared.end());
  return words;
}

// One that begins as it was typed, or is close to it, however many hyphens it had.
std::optional<std::string> meant(const std::string& typed,
                                 const std::vector<std::string>& names) {
  const std::string word =
      typed.substr(std::min(typed.find_first_not_of('-'), typed.size()));
  if (word.size() < 2) return std::nullopt;
  const auto begins = [&](const std::string& name) { return name.starts_with(word); };
  if (std::ranges::count_if(names, begins) == 1) {
    return *std::ranges::find_if(names, begins);
  }
  const auto found = nearest(word, names);
  return found ? std::optional(names[*found]) : std::nullopt;
}

std::string refused(const OptionTree& tree, const CommandNode& command,
                    const std::string& name) {
  return name + ": not an option of " +
         (command.name.empty() ? tree.program : command.name);
}

const OptionNode* find_option(const CommandNode& command, const std::string& name) {
  for (const OptionNode& option : command.options) {
    if (std::ranges::find(option.names, name) != option.names.end()) return &option;
  }
  for (const OptionNode& place : command.places) {
    if (place.metavar == name) return &place;
  }
  return nullptr;
}

// Of a word beyond those that the command takes.
std::string unexpected_word(const OptionTree& tree, const CommandNode& command,
                            const std::string& word) {
  return "'" + word + "' given; " + full_name(tree, command) + " takes " +
         usage_of(command);
}

// Of an option or argument that was left out, or that nothing follows.
std::string missing_value(const CommandNode& command, const std::string& name) {
  const OptionNode* const option = find_option(command, name);
  if (option == nullptr) return name + ": none given";
  if (!option->words.empty()) {
    return name + ": none given; " + either(option->words) + " is needed";
  }
  return name + ": none given; " + option->metavar + " is needed";
}

// In the words of the one who needs it.
std::string what_is_missing(const OptionTree& tree, const CommandNode& command,
                            const std::string& name) {
  if (command.name.empty()) {
    return "command: none given; accepted: " + joined(command_names(tree));
  }
  if (name == "--points") {
    return "--points: none given; a table of locations is needed, or -";
  }
  if (name == "--along") {
    return "--along: none given; a number or a variable per axis is needed";
  }
  if (name == "INPUT") {
    return "INPUT: none given; a file is needed, or - for .npy on standard input";
  }
  return missing_value(command, name);
}

}  // namespace

std::string unknown_command(const OptionTree& tree, const std::string& word) {
  const std::vector<std::string> commands = command_names(tree);
  return "command: '" + word + "' given; accepted: " + joined(commands) +
         suggestion(word, commands);
}

std::string unknown_option(const OptionTree& tree, const CommandNode& command,
                           const std::string& typed) {
  const std::string name = typed.substr(0, typed.find('='));
  const std::string refusal = refused(tree, command, name);
  const std::vector<std::string> commands = commands_with(tree, name);
  if (!commands.empty() && &command == &tree.root) {
    return name + ": given before the command; it follows " + either(commands);
  }
  if (!commands.empty()) {
    return refusal + "; " + joined(commands) +
           (commands.size() == 1 ? " has it" : " have it");
  }
  if (const auto own = meant(name, own_words(tree, command))) {
    return refusal + "; did you mean --" + *own + "?";
  }
  for (const CommandNode& other : tree.commands) {
    const auto theirs = meant(name, words_of(other));
    if (theirs) {
      return refusal + "; did you mean --" + *theirs + " of " + other.name + "?";
    }
  }
  return refusal + "; " + full_name(tree, command) + " --help lists them";
}

std::string refusal_of(const OptionTree& tree, const CommandNode& command,
                       const Misfit& misfit) {
  for (const std::string& word : misfit.unread) {
    const bool is_option = word.size() > 1 && word.starts_with('-') && word != "--";
    if (is_option) return unknown_option(tree, command, word);
  }
  const std::string& what = misfit.what;
  const std::string name = what.substr(0, what.find_first_of(" :"));
  const std::string last = what.substr(what.rfind(' ') + 1);
  if (misfit.kind == "RequiredError") return what_is_missing(tree, command, name);
  if (!misfit.unread.empty()) {
    return unexpected_word(tree, command, misfit.unread.front());
  }
  if (misfit.kind == "RequiresError") {
    return name + ": given without " + last + ", which it needs";
  }
  if (misfit.kind == "ExcludesError") {
    return name + ": given with " + last + "; one of the two is accepted";
  }
  if (misfit.kind != "ArgumentMismatch") return what + " (see gridgrad --help)";
  if (what.ends_with("missing")) return missing_value(command, name);
  const bool are_several = what.find("received") != std::string::npos;
  return name + (are_several ? ": given twice; once is accepted" : ": takes no value");
}

}  // namespace gridgrad::cli
