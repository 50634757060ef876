// cli/arguments.cpp: the command among all that there are
//
// SPDX-License-Identifier: BSD-3-Clause

#include "arguments.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

#include "command_line.hpp"
#include "gridgrad/version.hpp"
#include "help_text.hpp"
#include "options.hpp"
#include "suggestion.hpp"

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

std::vector<std::string> command_names() {
  std::vector<std::string> names = {"at", "info", "stencil", "view"};
  for (const Operator op : operators) names.push_back(name_of(op));
  std::ranges::sort(names);
  return names;
}

// CLI11 says neither what was given nor what there is.
std::string unknown_command(int count, const char* const* texts) {
  const std::vector<std::string> commands = command_names();
  for (int k = 1; k < count; ++k) {
    const std::string word = texts[k];
    if (word.starts_with('-')) continue;
    if (std::ranges::find(commands, word) != commands.end()) return {};
    return "command: '" + word + "' given; accepted: " + joined(commands) +
           suggestion(word, commands);
  }
  return {};
}

// In the words of CLI11 an option comes first.
std::string what_is_missing(std::string_view message) {
  if (message.starts_with("--points")) {
    return "--points: none given; a table of locations is needed, or -";
  }
  if (message.starts_with("--along")) {
    return "--along: none given; a number or a variable per axis is needed";
  }
  return "INPUT: none given; a file is needed, or - for .npy on standard input";
}

FieldCommand completed(FieldCommand asked, const Flags& flags) {
  asked.input = asked.inputs.front();
  if (flags.is_plan) asked.conduct.run = Run::plan;
  if (flags.is_json) asked.conduct.run = Run::plan_as_json;
  if (flags.may_replace) asked.destination.existing = io::Existing::replace;
  return asked;
}

}  // namespace

std::variant<Invocation, ExitCode> parse_arguments(int count, const char* const* texts) {
  AtCommand at;
  std::array<FieldCommand, operators.size()> fields;
  InfoCommand info;
  StencilCommand stencil;
  ViewCommand view;
  Flags flags;
  CLI::App app("Estimates the gradient of sampled fields.", "gridgrad");
  app.set_version_flag("-V,--version", "gridgrad " + std::string(version));
  app.add_flag("-q,--quiet", flags.is_quiet, "no notes on standard error");
  app.fallthrough();
  app.require_subcommand(1);
  add_at(app, at, flags.may_replace);
  for (std::size_t k = 0; k < fields.size(); ++k) {
    fields[k].op = operators[k];
    if (operators[k] == Operator::grad) {
      add_grad(app, fields[k], flags);
    } else {
      add_operator(app, fields[k], flags);
    }
  }
  add_info(app, info);
  add_stencil(app, stencil);
  add_view(app, view, flags.may_replace);
  app.footer(std::string(program_help) + exit_codes);

  const std::string unknown = unknown_command(count, texts);
  if (!unknown.empty()) return refuse(unknown);
  try {
    app.parse(count, texts);
  } catch (const CLI::Success& asked) {
    app.exit(asked);
    return ExitCode::done;
  } catch (const CLI::ValidationError& error) {
    return refuse(error.what());
  } catch (const CLI::RequiredError& error) {
    if (app.get_subcommands().empty()) {
      return refuse("command: none given; accepted: " + joined(command_names()));
    }
    return refuse(what_is_missing(error.what()));
  } catch (const CLI::ParseError& error) {
    return refuse(std::string(error.what()) + " (see gridgrad --help)");
  }
  Invocation invocation;
  invocation.notes = flags.is_quiet ? Notes::hidden : Notes::shown;
  invocation.line = command_line(count, texts);
  if (flags.may_replace) {
    at.destination.existing = view.destination.existing = io::Existing::replace;
  }
  for (FieldCommand& asked : fields) {
    if (!app.got_subcommand(name_of(asked.op))) continue;
    invocation.command = completed(std::move(asked), flags);
    return invocation;
  }
  if (app.got_subcommand("at")) {
    invocation.command = std::move(at);
  } else if (app.got_subcommand("stencil")) {
    invocation.command = std::move(stencil);
  } else if (app.got_subcommand("view")) {
    invocation.command = std::move(view);
  } else {
    invocation.command = std::move(info);
  }
  return invocation;
}

}  // namespace gridgrad::cli
