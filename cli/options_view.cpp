// cli/options_view.cpp: options of the command that draws
//
// SPDX-License-Identifier: BSD-3-Clause

#include "help_text.hpp"
#include "options.hpp"

namespace gridgrad::cli {

void add_view(CLI::App& app, ViewCommand& view, bool& may_replace) {
  CLI::App& command = *app.add_subcommand("view", "Draw a field, or a gradient");
  command.add_option("INPUT", view.input, "file, or - for .npy on standard input")
      ->required();
  add_list(command, "-v,--var", view.selection.variables,
           "variables of a labelled file that have the same axes (the first floating one "
           "and those like it), or columns of a log");
  add_list(command, {"-x,--axis", "AXIS,..."}, view.selection.axes,
           "the one or two axes of the picture (longitude and latitude or the like, else "
           "the last two of space); the column of stamps of a log");
  add_list(command, {"--at,--pick", "AXIS=SAMPLE,..."}, view.at,
           "one sample of another axis, counted from 0, or by @COORDINATE the nearest "
           "to a number or a date (.png and .svg: the first; .html: all, by sliders)");
  add_list(command, {"-s,--spacing", "SPACING,..."}, view.selection.spacings,
           "number, NUMBER@FIRST where the first sample is not at 0, or coordinates: "
           "variable, .npy or text file; one for all axes or one per axis (coordinates "
           "of the file, else samples are counted)");
  add_progress(command, view.progress);
  add_output(command, view.destination, may_replace, "file .png, .svg or .html");
  command.footer(std::string(view_help) + exit_codes);
}

}  // namespace gridgrad::cli
