// cli/options_at.cpp: options of commands on single locations, stencils and files
//
// SPDX-License-Identifier: BSD-3-Clause

#include <climits>

#include "help_text.hpp"
#include "option_words.hpp"
#include "options.hpp"

namespace gridgrad::cli {
namespace {

void add_interpolant(CLI::App& command, AtCommand& at) {
  add_words<Interpolation>(
      command,
      {"--interpolation", "RULE", "what the field is between its samples", "cubic"},
      at.interpolant.interpolation,
      {{"linear", Interpolation::linear},
       {"cubic", Interpolation::cubic, "slopes at the samples are those of grad"},
       {"spline", Interpolation::spline}});
  command
      .add_option("--accuracy", at.accuracy,
                  "order of the slopes of cubic, at the ends too: 2 or 4 (2)")
      ->type_name("ORDER")
      ->check(whole_number("2 or 4 is needed", INT_MIN));
  add_words<Outside>(command,
                     {"--outside", "RULE", "locations beyond the samples", "missing"},
                     at.interpolant.outside,
                     {{"missing", Outside::missing},
                      {"extend", Outside::extend, "linearly"},
                      {"clamp", Outside::clamp, "the value at the border"}});
  command
      .add_option("--fill", at.interpolant.missing,
                  "the stored number that stands for a missing sample, besides NaN and "
                  "what the file says")
      ->type_name("NUMBER")
      ->check(number());
}

}  // namespace

void add_at(CLI::App& app, AtCommand& at, bool& may_replace) {
  CLI::App& command =
      *app.add_subcommand("at", "Evaluate a field and its gradient at locations");
  command.add_option("INPUT", at.input, "file, or - for .npy on standard input")
      ->required();
  command
      .add_option("-p,--points", at.points,
                  "the locations: CSV or .npy, or - for CSV on standard input")
      ->type_name("FILE")
      ->required();
  add_list(command, {"-v,--var", "NAME"}, at.selection.variables,
           "the variable of a labelled file");
  add_list(command, {"--pick", "AXIS=SAMPLE,..."}, at.picks,
           "one sample along an axis that points do not name, counted from 0, or by "
           "@COORDINATE the nearest to a number or a date (axes of one sample)");
  add_list(command, {"-s,--spacing", "SPACING,..."}, at.selection.spacings,
           "number, NUMBER@FIRST where the first sample is not at 0, or coordinates: "
           "variable, .npy or text file; one for all axes or one per axis (coordinates "
           "of the file, else 1)");
  add_boundaries(command, at.selection.boundaries);
  add_interpolant(command, at);
  add_threads(command, at.execution);
  add_output(command, at.destination, may_replace,
             "file .csv or .npy, or - for .npy on standard output (CSV there)");
  command.footer(std::string(at_help) + exit_codes);
}

void add_info(CLI::App& app, InfoCommand& info) {
  CLI::App& command = *app.add_subcommand("info", "Show what a file holds");
  command.add_option("INPUT", info.input, "file");
  CLI::Option* const json = command.add_flag_callback(
      "--json", [&info] { info.form = Form::json; }, "the same as JSON");
  add_words<Form>(command,
                  {"--list", "WHAT", "names alone, one per line", "all that is known"},
                  info.form, {{"variables", Form::variables}, {"axes", Form::axes}})
      .excludes(json);
  command.footer(std::string(info_help) + exit_codes);
}

void add_stencil(CLI::App& app, StencilCommand& stencil) {
  CLI::App& command =
      *app.add_subcommand("stencil", "Show the exact weights of a derivative");
  add_derivative(command, stencil.derivative);
  command
      .add_option("--accuracy", stencil.accuracy,
                  "order of the truncation error: 1 to 20, even for central (2)")
      ->type_name("ORDER")
      ->check(whole_number("1 to 20 is needed", INT_MIN));
  add_words<Bias>(
      command,
      {"--bias", "SIDE", "which side of its sample the stencil takes", "central"},
      stencil.bias,
      {{"central", Bias::central},
       {"forward", Bias::forward},
       {"backward", Bias::backward}});
  command
      .add_option("--offsets", stencil.offsets,
                  "the samples themselves, as -3,-1,0,2, instead of accuracy and bias")
      ->type_name("N,...")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(whole_number("whole numbers are needed", INT_MIN));
  command.footer(std::string(stencil_help) + exit_codes);
}

}  // namespace gridgrad::cli
