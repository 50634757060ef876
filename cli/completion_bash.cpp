// cli/completion_bash.cpp: a function for bash's own `complete`
//
// SPDX-License-Identifier: BSD-3-Clause

#include "completion.hpp"

namespace gridgrad::cli {
namespace {

// `part` is what is completed, `start` what stands before it in the same word. Names come
// from a file: they are quoted, and never given to compgen -W, which would expand them.
constexpr const char* functions = R"(
_gridgrad_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$part")
}

_gridgrad_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$part")
}

_gridgrad_names() {
  local word name start=
  [[ $part == *,* ]] && start=${part%,*},
  for word in "${COMP_WORDS[@]:2}"; do
    [[ -e $word ]] || continue
    while read -r name; do
      printf -v name %q "$name"
      [[ $name == "${part##*,}"* ]] && COMPREPLY+=("$start$name")
    done < <(gridgrad info --list "$1" "$word" 2>/dev/null)
    return
  done
}

_gridgrad() {
  local part=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} given= word
  COMPREPLY=()
  # "--metric=sphere" comes as three words.
  if [[ $part == = ]]; then
    part=
  elif [[ $before == = ]]; then
    before=${COMP_WORDS[COMP_CWORD-2]}
  fi
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] || { given=$word; break; }
  done
)";

std::string words_call(const std::vector<std::string>& words) {
  return "_gridgrad_words '" + spaced(words) + "'";
}

std::string call(const OptionNode& option) {
  switch (option.takes) {
    case Takes::word:
      return words_call(option.words);
    case Takes::file:
      return "_gridgrad_files";
    case Takes::variables:
      return "_gridgrad_names variables";
    case Takes::axes:
      return "_gridgrad_names axes";
    case Takes::text:
    case Takes::nothing:
      break;
  }
  return ":";
}

// What follows an option.
std::string values_of(const CommandNode& command) {
  std::string cases;
  for (const OptionNode& option : command.options) {
    if (option.takes == Takes::nothing) continue;
    std::string patterns;
    for (const std::string& name : option.names) {
      patterns += (patterns.empty() ? "" : "|") + command.name + ":" + name;
    }
    cases += "    " + patterns + ") " + call(option) + "; return ;;\n";
  }
  return cases;
}

std::string option_names(const CommandNode& command, const CommandNode& root) {
  std::vector<std::string> names;
  for (const CommandNode* const node : {&command, &root}) {
    for (const OptionNode& option : node->options) {
      names.insert(names.end(), option.names.begin(), option.names.end());
    }
    if (&command == &root) break;
  }
  return words_call(names);
}

std::string case_of(const CommandNode& command, const CommandNode& root) {
  const std::string otherwise =
      command.places.empty() ? ":" : call(command.places.front());
  return "    " + command.name + ")\n      if [[ $part == -* ]]; then\n        " +
         option_names(command, root) + "\n      else\n        " + otherwise +
         "\n      fi ;;\n";
}

}  // namespace

std::string bash_completion(const OptionTree& tree) {
  std::string script = "# Written by gridgrad completion bash.\n";
  script += functions;
  script += "  case $given:$before in\n";
  for (const CommandNode& command : tree.commands) script += values_of(command);
  script +=
      "  esac\n  case $given in\n    '')\n      if [[ $part == -* ]]; then\n        ";
  script += option_names(tree.root, tree.root) + "\n      else\n        ";
  script += words_call(command_names(tree)) + "\n      fi ;;\n";
  for (const CommandNode& command : tree.commands) script += case_of(command, tree.root);
  return script + "  esac\n}\n\ncomplete -F _gridgrad gridgrad\n";
}

}  // namespace gridgrad::cli
