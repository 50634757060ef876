// cli/completion_zsh.cpp: functions for zsh's `_arguments`
//
// SPDX-License-Identifier: BSD-3-Clause

#include <string_view>

#include "completion.hpp"

namespace gridgrad::cli {
namespace {

constexpr const char* head = R"zsh(#compdef gridgrad
# Written by gridgrad completion zsh.

_gridgrad_names() {
  local word what=$@[-1]
  local -a names
  for word in $words[2,-1]; do
    [[ -e $word ]] || continue
    names=(${(f)"$(gridgrad info --list $what $word 2>/dev/null)"})
    compset -P '*,'
    compadd "${@[1,-2]}" -S '' -a names
    return
  done
}
)zsh";

// It is a file of $fpath, which is run as the function, or is sourced.
constexpr const char* tail = R"zsh(
if [[ $funcstack[1] == _gridgrad ]]; then
  _gridgrad "$@"
else
  compdef _gridgrad gridgrad
fi
)zsh";

// Between single quotes, where brackets and colons mean something to _arguments.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '\'') {
      result += "'\\''";
      continue;
    }
    if (std::string_view("[]:\\").find(letter) != std::string_view::npos) result += '\\';
    result += letter;
  }
  return result;
}

std::string action(const OptionNode& option) {
  switch (option.takes) {
    case Takes::word:
      return "(" + spaced(option.words) + ")";
    case Takes::file:
      return "_files";
    case Takes::variables:
      return "_gridgrad_names variables";
    case Takes::axes:
      return "_gridgrad_names axes";
    case Takes::text:
    case Takes::nothing:
      break;
  }
  return " ";
}

std::string value_of(const OptionNode& option) {
  if (option.takes == Takes::nothing) return {};
  return ":" + escaped(option.metavar) + ":" + action(option);
}

// '(-v --var)'{-v+,--var=}'[text]:NAME:action'. "+" and "=" say where a value may follow.
std::string option_of(const OptionNode& option) {
  const bool has_value = option.takes != Takes::nothing;
  std::string rivals;
  std::string forms;
  for (const std::string& name : option.names) {
    const bool is_long = name.starts_with("--");
    rivals += (rivals.empty() ? "" : " ") + name;
    forms += (forms.empty() ? "" : ",") + name +
             (!has_value ? "" : std::string(is_long ? "=" : "+"));
  }
  const std::string rest =
      "'[" + escaped(brief(option.text)) + "]" + value_of(option) + "'";
  if (option.names.size() == 1) return "'" + forms + rest.substr(1);
  return "'(" + rivals + ")'{" + forms + "}" + rest;
}

std::string options_of(const CommandNode& command) {
  std::string lines;
  for (const OptionNode& option : command.options) {
    lines += "    " + option_of(option) + " \\\n";
  }
  return lines;
}

std::string function_of(const CommandNode& command, const CommandNode& root) {
  std::string lines = "\n_gridgrad_" + command.name + "() {\n  _arguments -s \\\n" +
                      options_of(command) + options_of(root);
  for (const OptionNode& place : command.places) {
    const std::string count = place.is_repeated ? "*" : "1";
    lines +=
        "    '" + count + ":" + escaped(place.metavar) + ":" + action(place) + "' \\\n";
  }
  return lines.substr(0, lines.size() - 3) + "\n}\n";
}

}  // namespace

std::string zsh_completion(const OptionTree& tree) {
  std::string script = head;
  std::string commands;
  for (const CommandNode& command : tree.commands) {
    script += function_of(command, tree.root);
    commands += "    '" + command.name + ":" + escaped(command.summary) + "'\n";
  }
  script += "\n_gridgrad() {\n  local state\n  local -a commands=(\n" + commands +
            "  )\n  _arguments -C -s \\\n" + options_of(tree.root) +
            "    '1:command:->command' \\\n    '*::argument:->argument'\n"
            "  case $state in\n    command) _describe command commands ;;\n"
            "    argument) (( $+functions[_gridgrad_$words[1]] )) && "
            "_gridgrad_$words[1] ;;\n  esac\n}\n";
  return script + tail;
}

}  // namespace gridgrad::cli
