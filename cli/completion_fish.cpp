// cli/completion_fish.cpp: lines for fish's `complete`
//
// SPDX-License-Identifier: BSD-3-Clause

#include <string_view>

#include "completion.hpp"

namespace gridgrad::cli {
namespace {

constexpr const char* head = R"(# Written by gridgrad completion fish.

function __gridgrad_given -a wanted
    set -l given ''
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; and continue
        set given $word
        break
    end
    test "$given" = "$wanted"
end

function __gridgrad_names
    set -l start (string replace -rf '^(.*,)[^,]*$' '$1' -- (commandline -ct))
    for word in (commandline -opc)[3..-1]
        test -e $word; or continue
        for name in (gridgrad info --list $argv[1] $word 2>/dev/null)
            echo "$start"$name
        end
        return
    end
end

complete -c gridgrad -f
)";

std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char letter : text) {
    if (letter == '\'' || letter == '\\') result += '\\';
    result += letter;
  }
  return result + "'";
}

// What may follow an option, or stand in a place.
std::string values_of(const OptionNode& option) {
  switch (option.takes) {
    case Takes::word:
      return " -x -a " + quoted(spaced(option.words));
    case Takes::file:
      return " -r -F";
    case Takes::variables:
      return " -x -a '(__gridgrad_names variables)'";
    case Takes::axes:
      return " -x -a '(__gridgrad_names axes)'";
    case Takes::text:
      return " -x";
    case Takes::nothing:
      break;
  }
  return {};
}

std::string line_of(const std::string& start, const OptionNode& option) {
  std::string line = start;
  for (const std::string& name : option.names) {
    const bool is_long = name.starts_with("--");
    line += (is_long ? " -l " : " -s ") + name.substr(is_long ? 2 : 1);
  }
  return line + values_of(option) + " -d " + quoted(brief(option.text)) + "\n";
}

std::string lines_of(const CommandNode& command) {
  const std::string start =
      "complete -c gridgrad -n '__gridgrad_given " + command.name + "'";
  std::string lines;
  for (const OptionNode& option : command.options) lines += line_of(start, option);
  for (const OptionNode& place : command.places) {
    lines += start + (place.takes == Takes::file ? " -F" : values_of(place)) + "\n";
  }
  return lines;
}

}  // namespace

std::string fish_completion(const OptionTree& tree) {
  std::string script = head;
  for (const OptionNode& option : tree.root.options) {
    script += line_of("complete -c gridgrad", option);
  }
  for (const CommandNode& command : tree.commands) {
    script += "complete -c gridgrad -n '__gridgrad_given \"\"' -a " + command.name +
              " -d " + quoted(command.summary) + "\n";
  }
  for (const CommandNode& command : tree.commands) script += lines_of(command);
  return script;
}

}  // namespace gridgrad::cli
