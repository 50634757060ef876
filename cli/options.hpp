// cli/options.hpp: the options of each command; for files that see CLI11, which takes
// seconds to compile
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

#include "command.hpp"
#include "completion.hpp"
#include "help_pages.hpp"

namespace gridgrad::cli {

// Commands about the commands.
struct CompletionCommand {
  Shell shell = Shell::bash;
};

struct HelpCommand {
  std::string command;  // empty: all
  HelpFormat format = HelpFormat::text;
};

// Options that are there or not.
struct Flags {
  bool may_replace = false;
  bool is_quiet = false;
  bool is_plan = false;
  bool is_json = false;
};

// One whose words are separated by commas.
struct ListOption {
  ListOption(const char* option_names, const char* usual = "NAME,...")
      : names(option_names), metavar(usual) {}

  const char* names;
  const char* metavar;
};

// Options that several commands have.
void add_list(CLI::App& command, const ListOption& option, std::vector<std::string>& list,
              const char* text);
void add_progress(CLI::App& command, Progress& progress);
void add_threads(CLI::App& command, Execution& execution);
void add_output(CLI::App& command, Destination& destination, bool& may_replace,
                const char* text);
void add_boundaries(CLI::App& command, std::vector<std::string>& boundaries);
void add_derivative(CLI::App& command, int& derivative);
void add_missing(CLI::App& command, Missing& missing);

// The commands.
void add_at(CLI::App& app, AtCommand& at, bool& may_replace);
void add_completion(CLI::App& app, CompletionCommand& completion);
void add_grad(CLI::App& app, FieldCommand& grad, Flags& flags);
void add_help(CLI::App& app, HelpCommand& help);
void add_info(CLI::App& app, InfoCommand& info);
void add_operator(CLI::App& app, FieldCommand& asked, Flags& flags);
void add_stencil(CLI::App& app, StencilCommand& stencil);
void add_view(CLI::App& app, ViewCommand& view, bool& may_replace);

}  // namespace gridgrad::cli
