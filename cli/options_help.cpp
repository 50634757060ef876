// cli/options_help.cpp: options of commands about the commands; added last, as they take
// the names of all others
//
// SPDX-License-Identifier: BSD-3-Clause

#include "help_text.hpp"
#include "option_words.hpp"
#include "options.hpp"

namespace gridgrad::cli {
namespace {

std::vector<std::string> names_of_all(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* const command : app.get_subcommands(nullptr)) {
    names.push_back(command->get_name());
  }
  return names;
}

}  // namespace

void add_completion(CLI::App& app, CompletionCommand& completion) {
  CLI::App& command =
      *app.add_subcommand("completion", "Print what completes commands in a shell");
  const auto choose = [&completion](const std::string& word) {
    if (word == "bash") completion.shell = Shell::bash;
    if (word == "zsh") completion.shell = Shell::zsh;
    if (word == "fish") completion.shell = Shell::fish;
  };
  const std::vector<std::string> shells = {"bash", "zsh", "fish"};
  command.add_option_function<std::string>("SHELL", choose, "bash, zsh or fish")
      ->required()
      ->check(one_of(shells));
  command.footer(std::string(completion_help) + exit_codes);
}

void add_help(CLI::App& app, HelpCommand& help) {
  CLI::App& command = *app.add_subcommand("help", "Explain a command, or list all");
  command.add_option("COMMAND", help.command, "the one to explain (all)")
      ->check(one_of(names_of_all(app)));
  add_words<HelpFormat>(
      command, {"--format", "FORMAT", "what is printed", "text"}, help.format,
      {{"text", HelpFormat::text, "lines of 80 characters"},
       {"man", HelpFormat::man, "a page for man"},
       {"markdown", HelpFormat::markdown, "a document, of all commands if none is given"},
       {"names", HelpFormat::names, "a command per line"}});
  command.footer(std::string(help_help) + exit_codes);
}

}  // namespace gridgrad::cli
