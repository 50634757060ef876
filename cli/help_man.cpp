// cli/help_man.cpp: manual pages, in the macros of man(7)
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cctype>
#include <string_view>

#include "gridgrad/version.hpp"
#include "help_pages.hpp"

namespace gridgrad::cli {
namespace {

// What roff would take for its own: a hyphen as typed, an accent, a request.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '-') {
      result += "\\-";
    } else if (letter == '\\') {
      result += "\\e";
    } else if (letter == '\'') {
      result += "\\(aq";
    } else if (letter == '~') {
      result += "\\(ti";
    } else if (letter == '^') {
      result += "\\(ha";
    } else if (letter == '`') {
      result += "\\(ga";
    } else {
      result += letter;
    }
  }
  return result.starts_with('.') ? "\\&" + result : result;
}

std::string bold(std::string_view text) {
  return "\\fB" + escaped(text) + "\\fR";
}

std::string italic(std::string_view text) {
  return "\\fI" + escaped(text) + "\\fR";
}

std::string page_name(const OptionTree& tree, const CommandNode& command) {
  return tree.program + (command.name.empty() ? "" : "-" + command.name);
}

// "show what a file holds", as indexes of manual pages have it.
std::string as_phrase(std::string summary) {
  if (summary.ends_with('.')) summary.pop_back();
  summary.front() =
      static_cast<char>(std::tolower(static_cast<unsigned char>(summary.front())));
  return summary;
}

std::string heading(const OptionTree& tree, const CommandNode& command) {
  std::string title = page_name(tree, command);
  for (char& letter : title) {
    letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  }
  return ".TH " + escaped(title) + " 1 \"\" \"" + tree.program + " " +
         escaped(std::string(version)) + "\" \"User Commands\"\n.SH NAME\n" +
         escaped(page_name(tree, command)) + " \\- " +
         escaped(as_phrase(command.summary)) + "\n";
}

std::string title_in_bold(const OptionNode& option) {
  std::string title;
  for (const std::string& name : option.names) {
    title += (title.empty() ? "" : ", ") + bold(name);
  }
  if (option.metavar.empty()) return title;
  return title + (title.empty() ? "" : " ") + italic(option.metavar) +
         (option.is_repeated ? "..." : "");
}

std::string synopsis(const OptionTree& tree, const CommandNode& command) {
  std::string line = ".SH SYNOPSIS\n" + bold(full_name(tree, command));
  if (command.name.empty()) line += " " + italic("COMMAND");
  line += " [" + italic("OPTIONS") + "]";
  for (const OptionNode& place : command.places) {
    const std::string title = title_in_bold(place);
    line += " " + (place.is_required ? title : "[" + title + "]");
  }
  return line + "\n";
}

std::string described(const OptionTree& tree, const CommandNode& command) {
  std::string section = ".SH DESCRIPTION\n" + escaped(command.summary) +
                        (command.summary.ends_with('.') ? "" : ".") + "\n";
  for (const std::string& paragraph : command.paragraphs) {
    section += ".PP\n" + escaped(paragraph) + "\n";
  }
  if (&command != &tree.root) return section;
  for (const CommandNode& each : tree.commands) {
    section += ".TP\n" + bold(each.name) + "\n" + escaped(each.summary) + "\n";
  }
  return section;
}

std::string entries(const std::vector<OptionNode>& options) {
  std::string section;
  for (const OptionNode& option : options) {
    section += ".TP\n" + title_in_bold(option) + "\n" + escaped(option.text) + "\n";
  }
  return section;
}

std::string options_of(const OptionTree& tree, const CommandNode& command) {
  std::string section = ".SH OPTIONS\n" + entries(command.places);
  if (&command != &tree.root) section += entries(command.options);
  return section + entries(tree.root.options);
}

std::string examples_of(const CommandNode& command) {
  if (command.examples.empty()) return {};
  std::string section = ".SH EXAMPLES\n";
  for (const Example& example : command.examples) {
    section += ".PP\n" + (example.note.empty() ? "" : escaped(example.note) + ":\n") +
               ".RS 4\n.nf\n" + bold(example.line) + "\n.fi\n.RE\n";
  }
  return section;
}

std::string exit_status(const OptionTree& tree) {
  std::string section = ".SH EXIT STATUS\n";
  for (const ExitMeaning& meaning : tree.exit_codes) {
    section += ".TP\n" + bold(meaning.code) + "\n" + escaped(meaning.text) + "\n";
  }
  return section;
}

std::string see_also(const OptionTree& tree, const CommandNode& command) {
  std::string pages;
  const auto add = [&](const CommandNode& page) {
    if (&page == &command) return;
    pages += (pages.empty() ? "" : ",\n") + std::string(".BR ") +
             escaped(page_name(tree, page)) + " (1)";
  };
  add(tree.root);
  for (const CommandNode& each : tree.commands) add(each);
  return ".SH SEE ALSO\n" + pages + "\n";
}

}  // namespace

std::string help_as_man(const OptionTree& tree, const CommandNode& command) {
  return heading(tree, command) + synopsis(tree, command) + described(tree, command) +
         options_of(tree, command) + examples_of(command) + exit_status(tree) +
         see_also(tree, command);
}

}  // namespace gridgrad::cli
