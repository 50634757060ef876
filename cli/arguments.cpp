// cli/arguments.cpp: the only file that sees CLI11, which takes seconds to compile
//
// SPDX-License-Identifier: BSD-3-Clause

#include "arguments.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <climits>
#include <cstdio>
#include <map>
#include <string_view>

#include "command_line.hpp"
#include "gridgrad/version.hpp"
#include "help_text.hpp"
#include "memory_limit.hpp"
#include "option_checks.hpp"
#include "suggestion.hpp"

namespace gridgrad::cli {
namespace {

// Options that are there or not.
struct Flags {
  bool may_replace = false;
  bool is_quiet = false;
  bool is_plan = false;
  bool is_json = false;
};

void add_list(CLI::App& command, const char* names, std::vector<std::string>& list,
              const char* text) {
  command.add_option(names, list, text)->delimiter(',')->allow_extra_args(false);
}

void add_threads(CLI::App& command, Execution& execution) {
  command.add_option("-j,--threads", execution.threads, "threads (all processors)")
      ->check(whole_number("a number from 1 is needed", 1));
}

void add_output(CLI::App& command, Destination& destination, bool& may_replace,
                const char* text) {
  command.add_option("-o,--output", destination.path, text);
  command.add_flag("-O,--overwrite", may_replace, "replace an output that exists");
}

constexpr const char* boundary_text =
    "AXIS=RULE or AXIS=LOWER:UPPER: one-sided, periodic[@PERIOD], symmetric[-half], "
    "antisymmetric[-half][@zero|@end], nearest, constant@VALUE, neumann@SLOPE "
    "(one-sided)";

void add_derivative(CLI::App& command, int& derivative) {
  command.add_option("--derivative", derivative, "order of the derivative: 1 to 6 (1)")
      ->check(whole_number("1 to 6 is needed", INT_MIN));
}

void add_missing(CLI::App& command, Missing& missing) {
  const auto parse = [&missing](const std::string& word) {
    if (word == "none") missing = NoneMissing();
    if (word == "propagate") missing = Propagate();
    if (word == "adapt") missing = Adapt();
    if (word.starts_with("adapt:")) missing = Adapt{std::stoi(word.substr(6))};
  };
  const auto refusal = [](const std::string& word) -> std::string {
    if (word == "none" || word == "propagate" || word == "adapt") return {};
    const std::string minimum = word.starts_with("adapt:") ? word.substr(6) : "";
    const bool is_number = !minimum.empty() && minimum.size() <= 2 &&
                           minimum.find_first_not_of("0123456789") == std::string::npos;
    if (is_number) return {};
    return "'" + word + "' given; none, propagate, adapt or adapt:MINIMUM is accepted";
  };
  command
      .add_option_function<std::string>(
          "--missing", parse,
          "missing samples (NaN, _FillValue): none: as arithmetic has it; propagate: to "
          "every stencil that contains one; adapt[:MIN]: stencils of the samples that "
          "are "
          "there, of order MIN (1) at least (none)")
      ->check(CLI::Validator(refusal, ""));
}

void add_stencil(CLI::App& app, StencilCommand& stencil) {
  CLI::App& command =
      *app.add_subcommand("stencil", "Show the exact weights of a derivative");
  add_derivative(command, stencil.derivative);
  command
      .add_option("--accuracy", stencil.accuracy,
                  "order of the truncation error: 1 to 20, even for central (2)")
      ->check(whole_number("1 to 20 is needed", INT_MIN));
  const std::map<std::string, Bias> biases = {{"central", Bias::central},
                                              {"forward", Bias::forward},
                                              {"backward", Bias::backward}};
  command
      .add_option_function<std::string>(
          "--bias",
          [&stencil, biases](const std::string& word) { stencil.bias = biases.at(word); },
          "central, forward or backward (central)")
      ->check(one_of({"central", "forward", "backward"}, "central, forward or backward"));
  command
      .add_option("--offsets", stencil.offsets,
                  "the samples themselves, as -3,-1,0,2, instead of accuracy and bias")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(whole_number("whole numbers are needed", INT_MIN));
  command.footer(std::string(stencil_help) + exit_codes);
}

void add_log(CLI::App& command, LogOptions& log) {
  add_list(command, "--period", log.periods,
           "of angles and counters in a log that begin again: 360deg, 2pi, 65536, or "
           "COLUMN=PERIOD");
  const std::map<std::string, Duplicates> rules = {{"first", Duplicates::first},
                                                   {"last", Duplicates::last},
                                                   {"mean", Duplicates::mean},
                                                   {"refuse", Duplicates::refuse}};
  command
      .add_option_function<std::string>(
          "--duplicates",
          [&log, rules](const std::string& word) { log.duplicates = rules.at(word); },
          "samples of a log that have one stamp: first, last, mean (refuse)")
      ->check(one_of({"first", "last", "mean", "refuse"}, "first, last, mean or refuse"));
  command
      .add_option("--time-unit", log.time_unit,
                  "what stamps of a log that are numbers count, s, ms, us or ns; "
                  "derivatives are per second then (their own unit)")
      ->check(one_of({"s", "ms", "us", "ns"}, "s, ms, us or ns"));
}

void add_conduct(CLI::App& command, Conduct& conduct, Flags& flags) {
  command
      .add_option_function<std::string>(
          "-m,--memory",
          [&conduct](const std::string& size) { conduct.memory = bytes_of(size); },
          "memory for samples on their way, as 512MiB (a quarter of what is free)")
      ->check(size_in_bytes());
  const std::map<std::string, Progress> words = {{"auto", Progress::automatic},
                                                 {"always", Progress::always},
                                                 {"never", Progress::never}};
  command
      .add_option_function<std::string>(
          "--progress",
          [&conduct, words](const std::string& word) {
            conduct.progress = words.at(word);
          },
          "how far the work has come: auto, always or never (auto: on a terminal, "
          "after a second)")
      ->check(one_of({"auto", "always", "never"}, "auto, always or never"));
  CLI::Option* const plan = command.add_flag(
      "-n,--dry-run", flags.is_plan, "print what would be read, held and written");
  command.add_flag("--json", flags.is_json, "the same as JSON")->needs(plan);
}

void add_live(CLI::App& command, LogOptions& log) {
  command.add_flag("--causal", log.is_causal,
                   "a log row by row, from what was before: the polynomial through the "
                   "last samples, of the order of -e or --accuracy (1)");
  command
      .add_option("--window", log.window,
                  "instead the polynomial nearest to so many samples of a log: around "
                  "the row, with --causal the last")
      ->check(whole_number("a whole number is needed", INT_MIN));
  command.add_option("--degree", log.degree, "of the polynomial of --window: 1 to 6 (2)")
      ->check(whole_number("1 to 6 is needed", INT_MIN));
  constexpr auto filter_text = "with --causal: behind a low pass of this time constant";
  command.add_option("--filter", log.filter, filter_text)->check(number());
  constexpr auto gap_text =
      "with --causal or --window: after a longer gap all begins anew";
  command.add_option("--max-gap", log.max_gap, gap_text)->check(number());
}

void add_storage(CLI::App& command, GradCommand& grad) {
  command.add_option(
      "-z,--compression", grad.storage.compression,
      "of results in labelled files: none, deflate[:LEVEL], zstd[:LEVEL], as the format "
      "has them (as the input)");
  add_list(command, "--chunks", grad.storage.chunks,
           "AXIS=SAMPLES: extents of chunks in labelled files (as the input)");
  command.add_option("--name", grad.name_template,
                     "names of results in labelled files, of {var}, {axis} and {order} "
                     "(d{var}_d{axis})");
}

void add_grad(CLI::App& app, GradCommand& grad, Flags& flags) {
  CLI::App& command = *app.add_subcommand("grad", "Estimate the gradient of a field");
  command
      .add_option("INPUT", grad.inputs,
                  "file, or - for standard input; several go to a directory")
      ->required();
  add_list(
      command, "-v,--var", grad.selection.variables,
      "variables of a labelled file (all floating ones that have the axes), or columns "
      "of a log");
  add_list(
      command, "-x,--axis", grad.selection.axes,
      "names or numbers, or all (all; labelled files: all but time, record, ensemble and "
      "one-sample axes); the column of stamps of a log");
  add_list(command, "-s,--spacing", grad.selection.spacings,
           "number, or coordinates: variable, .npy or text file; one for all axes or one "
           "per axis (coordinates of the file, else 1)");
  add_list(command, "-b,--boundary", grad.selection.boundaries, boundary_text);
  add_log(command, grad.log);
  add_live(command, grad.log);
  add_derivative(command, grad.scheme.derivative);
  command
      .add_option("--accuracy", grad.scheme.accuracy,
                  "order of the truncation error: 2, 4, ... 20 (2)")
      ->check(whole_number("an even number from 2 to 20 is needed", INT_MIN));
  command
      .add_option("-e,--edge-order", grad.scheme.edge_order,
                  "the same near one-sided ends: 1 to 20 (--accuracy if given or if the "
                  "derivative is above 1, else 1)")
      ->check(whole_number("1 to 20 is needed", INT_MIN));
  add_missing(command, grad.scheme.missing);
  add_threads(command, grad.execution);
  add_conduct(command, grad.conduct, flags);
  add_storage(command, grad);
  add_output(
      command, grad.destination, flags.may_replace,
      "file .npy, .nc, .h5, .tif or .zarr, of logs .csv or .npy, DIR/ for a file of the "
      "same name, or - for .npy on standard output (print)");
  command.footer(std::string(grad_help) + exit_codes);
}

void add_interpolant(CLI::App& command, AtCommand& at) {
  const std::map<std::string, Interpolation> interpolations = {
      {"linear", Interpolation::linear},
      {"cubic", Interpolation::cubic},
      {"spline", Interpolation::spline}};
  command
      .add_option_function<std::string>(
          "--interpolation",
          [&at, interpolations](const std::string& word) {
            at.interpolant.interpolation = interpolations.at(word);
          },
          "linear; cubic: slopes at the samples are those of grad; spline (cubic)")
      ->check(one_of({"linear", "cubic", "spline"}, "linear, cubic or spline"));
  command
      .add_option("--accuracy", at.accuracy,
                  "order of the slopes of cubic, at the ends too: 2 or 4 (2)")
      ->check(whole_number("2 or 4 is needed", INT_MIN));
  const std::map<std::string, Outside> rules = {{"missing", Outside::missing},
                                                {"extend", Outside::extend},
                                                {"clamp", Outside::clamp}};
  command
      .add_option_function<std::string>(
          "--outside",
          [&at, rules](const std::string& word) {
            at.interpolant.outside = rules.at(word);
          },
          "locations beyond the samples: missing; extend: linearly; clamp: the value at "
          "the border (missing)")
      ->check(one_of({"missing", "extend", "clamp"}, "missing, extend or clamp"));
  command
      .add_option("--fill", at.interpolant.missing,
                  "the stored number that stands for a missing sample, besides NaN and "
                  "what the file says")
      ->check(number());
}

void add_at(CLI::App& app, AtCommand& at, bool& may_replace) {
  CLI::App& command =
      *app.add_subcommand("at", "Evaluate a field and its gradient at locations");
  command.add_option("INPUT", at.input, "file, or - for .npy on standard input")
      ->required();
  command
      .add_option("-p,--points", at.points,
                  "the locations: CSV or .npy, or - for CSV on standard input")
      ->required();
  add_list(command, "-v,--var", at.selection.variables,
           "the variable of a labelled file");
  add_list(command, "--pick", at.picks,
           "AXIS=SAMPLE: one sample, counted from 0, along an axis that points do not "
           "name (axes of one sample)");
  add_list(command, "-s,--spacing", at.selection.spacings,
           "number, NUMBER@FIRST where the first sample is not at 0, or coordinates: "
           "variable, .npy or text file; one for all axes or one per axis (coordinates "
           "of the file, else 1)");
  add_list(command, "-b,--boundary", at.selection.boundaries, boundary_text);
  add_interpolant(command, at);
  add_threads(command, at.execution);
  add_output(command, at.destination, may_replace,
             "file .csv or .npy, or - for .npy on standard output (CSV there)");
  command.footer(std::string(at_help) + exit_codes);
}

void add_info(CLI::App& app, InfoCommand& info) {
  CLI::App& command = *app.add_subcommand("info", "Show what a file holds");
  command.add_option("INPUT", info.input, "file");
  command.add_flag_callback(
      "--json", [&info] { info.form = Form::json; }, "the same as JSON");
  command.footer(std::string(info_help) + exit_codes);
}

ExitCode refuse(const std::string& message) {
  std::fprintf(stderr, "gridgrad: %s\n", message.c_str());
  return ExitCode::usage;
}

// CLI11 says neither what was given nor what there is.
std::string unknown_command(int count, const char* const* texts) {
  const std::vector<std::string> commands = {"at", "grad", "info", "stencil"};
  for (int k = 1; k < count; ++k) {
    const std::string word = texts[k];
    if (word.starts_with('-')) continue;
    if (std::ranges::find(commands, word) != commands.end()) return {};
    return "command: '" + word + "' given; accepted: " + joined(commands) +
           suggestion(word, commands);
  }
  return {};
}

}  // namespace

std::variant<Invocation, ExitCode> parse_arguments(int count, const char* const* texts) {
  AtCommand at;
  GradCommand grad;
  InfoCommand info;
  StencilCommand stencil;
  Flags flags;
  CLI::App app("Estimates the gradient of sampled fields.", "gridgrad");
  app.set_version_flag("-V,--version", "gridgrad " + std::string(version));
  app.add_flag("-q,--quiet", flags.is_quiet, "no notes on standard error");
  app.fallthrough();
  app.require_subcommand(1);
  add_at(app, at, flags.may_replace);
  add_grad(app, grad, flags);
  add_info(app, info);
  add_stencil(app, stencil);
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
      return refuse("command: none given; accepted: at, grad, info, stencil");
    }
    if (std::string_view(error.what()).starts_with("--points")) {
      return refuse("--points: none given; a table of locations is needed, or -");
    }
    return refuse("INPUT: none given; a file is needed, or - for .npy on standard input");
  } catch (const CLI::ParseError& error) {
    return refuse(std::string(error.what()) + " (see gridgrad --help)");
  }
  Invocation invocation;
  invocation.notes = flags.is_quiet ? Notes::hidden : Notes::shown;
  invocation.line = command_line(count, texts);
  if (!grad.inputs.empty()) grad.input = grad.inputs.front();
  if (flags.is_plan) grad.conduct.run = Run::plan;
  if (flags.is_json) grad.conduct.run = Run::plan_as_json;
  if (flags.may_replace) {
    at.destination.existing = io::Existing::replace;
    grad.destination.existing = io::Existing::replace;
  }
  if (app.got_subcommand("grad")) {
    invocation.command = std::move(grad);
  } else if (app.got_subcommand("at")) {
    invocation.command = std::move(at);
  } else if (app.got_subcommand("stencil")) {
    invocation.command = std::move(stencil);
  } else {
    invocation.command = std::move(info);
  }
  return invocation;
}

}  // namespace gridgrad::cli
