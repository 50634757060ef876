// cli/arguments.cpp: the command among all that there are
//
// SPDX-License-Identifier: BSD-3-Clause

#include "arguments.hpp"

#include <CLI/CLI.hpp>

#include <array>
#include <cstdio>
#include <optional>
#include <span>

#include "command_line.hpp"
#include "completion.hpp"
#include "gridgrad/io/file.hpp"
#include "gridgrad/version.hpp"
#include "help_pages.hpp"
#include "help_text.hpp"
#include "option_tree.hpp"
#include "options.hpp"
#include "refusals.hpp"

namespace gridgrad::cli {
namespace {

ExitCode refuse(const std::string& message) {
  std::fprintf(stderr, "gridgrad: %s\n", message.c_str());
  return ExitCode::usage;
}

constexpr std::array operators = {Operator::grad,  Operator::div,   Operator::curl,
                                  Operator::lap,   Operator::hess,  Operator::jac,
                                  Operator::mag,   Operator::dir,   Operator::strain,
                                  Operator::slope, Operator::aspect};

ExitCode print(const std::string& text) {
  io::File::standard_output().write(std::as_bytes(std::span(text)));
  return ExitCode::done;
}

// The first word that is no option; nothing if there is none.
std::optional<std::string> first_word(int count, const char* const* texts) {
  for (int k = 1; k < count; ++k) {
    if (texts[k][0] != '-') return texts[k];
  }
  return std::nullopt;
}

bool is_command(const CLI::App& app, const std::string& word) {
  const auto has_name = [&](const CLI::App* command) {
    return command->get_name() == word;
  };
  return !app.get_subcommands(has_name).empty();
}

// The command that was given, as far as arguments were read; the program if there is
// none.
const CommandNode& given_command(const CLI::App& app, const OptionTree& tree) {
  const std::vector<CLI::App*> given = app.get_subcommands();
  return given.empty() ? tree.root : *find_command(tree, given.front()->get_name());
}

// All that may be asked for; one of them is.
struct Commands {
  AtCommand at;
  std::array<FieldCommand, operators.size()> fields;
  InfoCommand info;
  StencilCommand stencil;
  ViewCommand view;
  CompletionCommand completion;
  HelpCommand help;
  Flags flags;
};

void add_all(CLI::App& app, Commands& commands) {
  Flags& flags = commands.flags;
  app.set_help_flag("-h,--help", "print this");
  app.set_version_flag("-V,--version", "gridgrad " + std::string(version),
                       "print the version");
  app.add_flag("-q,--quiet", flags.is_quiet, "no notes on standard error");
  app.fallthrough();
  app.require_subcommand(1);
  add_at(app, commands.at, flags.may_replace);
  for (std::size_t k = 0; k < operators.size(); ++k) {
    commands.fields[k].op = operators[k];
    if (operators[k] == Operator::grad) {
      add_grad(app, commands.fields[k], flags);
    } else {
      add_operator(app, commands.fields[k], flags);
    }
  }
  add_info(app, commands.info);
  add_stencil(app, commands.stencil);
  add_view(app, commands.view, flags.may_replace);
  add_completion(app, commands.completion);
  add_help(app, commands.help);
  app.footer(std::string(program_help) + exit_codes);
}

// What stands where a command is to stand, before CLI11 sees it.
std::optional<std::string> misplaced(const CLI::App& app, int count,
                                     const char* const* texts) {
  const auto word = first_word(count, texts);
  if (!word || is_command(app, *word)) return std::nullopt;
  const OptionTree tree = option_tree(app);
  const std::string first = texts[1];
  const bool is_option = first.starts_with("-") && !has_option(tree.root, first);
  return is_option ? unknown_option(tree, tree.root, first)
                   : unknown_command(tree, *word);
}

// Nothing if the command is read.
std::optional<ExitCode> parse(CLI::App& app, int count, const char* const* texts) {
  if (const auto refusal = misplaced(app, count, texts)) return refuse(*refusal);
  try {
    app.parse(count, texts);
  } catch (const CLI::CallForHelp&) {
    const OptionTree tree = option_tree(app);
    return print(help_as_text(tree, given_command(app, tree)));
  } catch (const CLI::Success& asked) {
    app.exit(asked);
    return ExitCode::done;
  } catch (const CLI::ValidationError& error) {
    return refuse(error.what());
  } catch (const CLI::ParseError& error) {
    const OptionTree tree = option_tree(app);
    return refuse(refusal_of(tree, given_command(app, tree),
                             {error.get_name(), error.what(), app.remaining(true)}));
  }
  return std::nullopt;
}

// Commands about the commands.
std::optional<ExitCode> explain(const CLI::App& app, const Commands& commands) {
  if (app.got_subcommand("help")) {
    const HelpCommand& help = commands.help;
    const OptionTree tree = option_tree(app);
    return print(help_page(tree, *find_command(tree, help.command), help.format));
  }
  if (app.got_subcommand("completion")) {
    return print(completion_script(option_tree(app), commands.completion.shell));
  }
  return std::nullopt;
}

FieldCommand completed(FieldCommand asked, const Flags& flags) {
  asked.input = asked.inputs.front();
  if (flags.is_plan) asked.conduct.run = Run::plan;
  if (flags.is_json) asked.conduct.run = Run::plan_as_json;
  if (flags.may_replace) asked.destination.existing = io::Existing::replace;
  return asked;
}

decltype(Invocation::command) chosen(const CLI::App& app, Commands& commands) {
  if (commands.flags.may_replace) {
    commands.at.destination.existing = io::Existing::replace;
    commands.view.destination.existing = io::Existing::replace;
  }
  for (FieldCommand& asked : commands.fields) {
    if (app.got_subcommand(name_of(asked.op))) {
      return completed(std::move(asked), commands.flags);
    }
  }
  if (app.got_subcommand("at")) return std::move(commands.at);
  if (app.got_subcommand("stencil")) return std::move(commands.stencil);
  if (app.got_subcommand("view")) return std::move(commands.view);
  return std::move(commands.info);
}

}  // namespace

std::variant<Invocation, ExitCode> parse_arguments(int count, const char* const* texts) {
  CLI::App app("Estimates the gradient of sampled fields.", "gridgrad");
  Commands commands;
  add_all(app, commands);
  if (const auto code = parse(app, count, texts)) return *code;
  if (const auto code = explain(app, commands)) return *code;
  return Invocation{chosen(app, commands),
                    commands.flags.is_quiet ? Notes::hidden : Notes::shown,
                    command_line(count, texts)};
}

}  // namespace gridgrad::cli
