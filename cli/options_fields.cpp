// cli/options_fields.cpp: options of the operators on fields
//
// SPDX-License-Identifier: BSD-3-Clause

#include <climits>

#include "help_text.hpp"
#include "memory_limit.hpp"
#include "option_words.hpp"
#include "options.hpp"

namespace gridgrad::cli {
namespace {

void add_log(CLI::App& command, LogOptions& log) {
  add_list(command, {"--period", "[COLUMN=]PERIOD,..."}, log.periods,
           "of angles and counters in a log that begin again: 360deg, 2pi, 65536");
  add_words<Duplicates>(
      command, {"--duplicates", "RULE", "samples of a log that have one stamp", "refuse"},
      log.duplicates,
      {{"first", Duplicates::first},
       {"last", Duplicates::last},
       {"mean", Duplicates::mean},
       {"refuse", Duplicates::refuse}});
  add_words<const char*>(
      command,
      {"--time-unit", "UNIT",
       "what stamps of a log that are numbers count, for derivatives per second",
       "their own unit"},
      log.time_unit, {{"s", "s"}, {"ms", "ms"}, {"us", "us"}, {"ns", "ns"}});
}

void add_conduct(CLI::App& command, Conduct& conduct, Flags& flags) {
  command
      .add_option_function<std::string>(
          "-m,--memory",
          [&conduct](const std::string& size) { conduct.memory = bytes_of(size); },
          "memory for samples on their way, as 512MiB (a quarter of what is free)")
      ->type_name("BYTES")
      ->check(size_in_bytes());
  add_progress(command, conduct.progress);
  CLI::Option* const plan = command.add_flag(
      "-n,--dry-run", flags.is_plan, "print what would be read, held and written");
  command.add_flag("--json", flags.is_json, "the same as JSON (with --dry-run)")
      ->needs(plan);
}

void add_live(CLI::App& command, LogOptions& log) {
  command.add_flag("--causal", log.is_causal,
                   "a log row by row, from what was before: the polynomial through the "
                   "last samples, of the order of -e or --accuracy (1)");
  command
      .add_option("--window", log.window,
                  "instead the polynomial nearest to so many samples of a log: around "
                  "the row, with --causal the last")
      ->type_name("N")
      ->check(whole_number("a whole number is needed", INT_MIN));
  command.add_option("--degree", log.degree, "of the polynomial of --window: 1 to 6 (2)")
      ->type_name("N")
      ->check(whole_number("1 to 6 is needed", INT_MIN));
  constexpr auto filter_text =
      "time constant of a low pass before the derivative, with --causal";
  command.add_option("--filter", log.filter, filter_text)
      ->type_name("TIME")
      ->check(number());
  constexpr auto gap_text =
      "longest gap between samples, with --causal or --window: after a longer one all "
      "begins anew";
  command.add_option("--max-gap", log.max_gap, gap_text)
      ->type_name("TIME")
      ->check(number());
}

void add_storage(CLI::App& command, FieldCommand& grad) {
  constexpr const char* compression =
      "of results in labelled files: none, deflate[:LEVEL], zstd[:LEVEL], as the format "
      "has them (as the input)";
  command.add_option("-z,--compression", grad.storage.compression, compression)
      ->type_name("FILTER")
      ->check(words_among(compression_names()));
  add_list(command, {"--chunks", "AXIS=SAMPLES,..."}, grad.storage.chunks,
           "extents of chunks in labelled files (as the input)");
  constexpr const char* name =
      "names of results in labelled files, of {op}, {var}, {axis} and {order} "
      "(d{var}_d{axis} for grad, else {op}_{var}_{axis})";
  command.add_option("--name", grad.name_template, name)->type_name("TEMPLATE");
}

void add_metric(CLI::App& command, MetricOptions& metric) {
  add_words<const char*>(
      command,
      {"--metric", "KIND", "what latitudes and longitudes in degrees measure",
       "cartesian; degrees are refused but by grad"},
      metric.kind,
      {{"cartesian", "cartesian"},
       {"sphere", "sphere"},
       {"ellipsoid", "ellipsoid", "WGS 84"},
       {"auto", "auto", "the sphere where there are any, the ellipsoid for GeoTIFF"}});
  command.add_option("--radius", metric.radius, "of the sphere, in metres (6371229)")
      ->type_name("METRES")
      ->check(positive_number());
}

void add_scheme(CLI::App& command, Scheme& scheme) {
  command
      .add_option("--accuracy", scheme.accuracy,
                  "order of the truncation error: 2, 4, ... 20 (2)")
      ->type_name("ORDER")
      ->check(whole_number("an even number from 2 to 20 is needed", INT_MIN));
  command
      .add_option("-e,--edge-order", scheme.edge_order,
                  "the same near one-sided ends: 1 to 20 (--accuracy if given or if the "
                  "derivative is above 1, else 1)")
      ->type_name("ORDER")
      ->check(whole_number("1 to 20 is needed", INT_MIN));
  add_missing(command, scheme.missing);
}

// What INPUT, variables and axes are called differs.
struct FieldTexts {
  const char* input;
  const char* variables;
  const char* axes;
  const char* output;
};

void add_field(CLI::App& command, FieldCommand& asked, Flags& flags,
               const FieldTexts& texts) {
  command.add_option("INPUT", asked.inputs, texts.input)->required();
  add_list(command, "-v,--var", asked.selection.variables, texts.variables);
  add_list(command, {"-x,--axis", "AXIS,..."}, asked.selection.axes, texts.axes);
  add_list(command, {"-s,--spacing", "SPACING,..."}, asked.selection.spacings,
           "number, or coordinates: variable, .npy or text file; one for all axes or one "
           "per axis (coordinates of the file, else 1)");
  add_boundaries(command, asked.selection.boundaries);
  add_metric(command, asked.metric);
  add_scheme(command, asked.scheme);
  add_threads(command, asked.execution);
  add_conduct(command, asked.conduct, flags);
  add_storage(command, asked);
  add_output(command, asked.destination, flags.may_replace, texts.output);
  command
      .add_option("--view", asked.view,
                  "draw field and results to a file .png, .svg or .html, in place of "
                  "printing or besides -o")
      ->type_name("FILE");
}

void add_slope(CLI::App& command, Terrain& terrain) {
  add_words<SlopeUnit>(command, {"--unit", "UNIT", "of the slope", "degrees"},
                       terrain.unit,
                       {{"degrees", SlopeUnit::degrees},
                        {"percent", SlopeUnit::percent},
                        {"ratio", SlopeUnit::ratio}});
  command
      .add_option("--z-factor", terrain.z_factor,
                  "what one unit of the heights measures in that of the axes: 0.3048 "
                  "for feet (1)")
      ->type_name("NUMBER")
      ->check(positive_number());
}

void add_aspect(CLI::App& command, Terrain& terrain) {
  add_words<AspectAngle>(
      command, {"--angle", "SENSE", "how the aspect is counted", "compass"},
      terrain.angle,
      {{"compass", AspectAngle::compass, "clockwise from north"},
       {"trigonometric", AspectAngle::trigonometric, "counter-clockwise from east"}});
  add_words<FlatAspect>(
      command, {"--flat", "RULE", "the aspect where there is no slope", "missing"},
      terrain.flat, {{"missing", FlatAspect::missing}, {"zero", FlatAspect::zero}});
}

void add_terrain(CLI::App& command, Operator op, Terrain& terrain) {
  add_words<TerrainStencil>(
      command, {"--stencil", "RULE", "the samples of a derivative", "scheme"},
      terrain.stencil,
      {{"scheme", TerrainStencil::by_scheme, "those of --accuracy"},
       {"horn", TerrainStencil::horn},
       {"zevenbergen-thorne", TerrainStencil::zevenbergen_thorne}});
  if (op == Operator::slope) {
    add_slope(command, terrain);
  } else {
    add_aspect(command, terrain);
  }
}

const char* summary_of(Operator op) {
  switch (op) {
    case Operator::grad:
      return "Estimate the gradient of a field";
    case Operator::div:
      return "Estimate the divergence of a vector field";
    case Operator::curl:
      return "Estimate the curl of a vector field";
    case Operator::lap:
      return "Estimate the Laplacian of a field";
    case Operator::hess:
      return "Estimate the Hessian of a field";
    case Operator::jac:
      return "Estimate the Jacobian of a vector field";
    case Operator::mag:
      return "Estimate the magnitude of the gradient of a field";
    case Operator::dir:
      return "Estimate the derivative of a field along a vector";
    case Operator::slope:
      return "Estimate how steep a surface is";
    case Operator::aspect:
      return "Estimate the direction that a surface faces";
    case Operator::strain:
      break;
  }
  return "Estimate strain rates and rotation of a vector field";
}

const char* help_of(Operator op) {
  switch (op) {
    case Operator::grad:
      return grad_help;
    case Operator::div:
      return div_help;
    case Operator::curl:
      return curl_help;
    case Operator::lap:
      return lap_help;
    case Operator::hess:
      return hess_help;
    case Operator::jac:
      return jac_help;
    case Operator::mag:
      return mag_help;
    case Operator::dir:
      return dir_help;
    case Operator::slope:
      return slope_help;
    case Operator::aspect:
      return aspect_help;
    case Operator::strain:
      break;
  }
  return strain_help;
}

}  // namespace

void add_grad(CLI::App& app, FieldCommand& grad, Flags& flags) {
  CLI::App& command = *app.add_subcommand("grad", summary_of(Operator::grad));
  add_field(
      command, grad, flags,
      {"file, or - for standard input; several go to a directory",
       "variables of a labelled file (all floating ones that have the axes), or columns "
       "of a log",
       "names or numbers, or all (all; labelled files: all but time, record, ensemble "
       "and one-sample axes); the column of stamps of a log",
       "file .npy, .nc, .h5, .tif or .zarr, of logs .csv or .npy, DIR/ for a file of the "
       "same name, or - for .npy on standard output (print)"});
  add_derivative(command, grad.scheme.derivative);
  add_log(command, grad.log);
  add_live(command, grad.log);
  command.footer(std::string(grad_help) + exit_codes);
}

void add_operator(CLI::App& app, FieldCommand& asked, Flags& flags) {
  constexpr const char* input =
      "file, or - for .npy on standard input; several go to a directory";
  constexpr const char* output =
      "file .npy, .nc, .h5, .tif or .zarr, DIR/ for a file of the same name, or - for "
      ".npy on standard output (print)";
  CLI::App& command = *app.add_subcommand(name_of(asked.op), summary_of(asked.op));
  if (takes_vector(asked.op)) {
    add_field(command, asked, flags,
              {input,
               "the components of the vector in a labelled file, in the order of their "
               "axes",
               "names or numbers, one per component (.npy: all; labelled files: "
               "longitude, latitude, height or the like)",
               output});
  } else if (is_of_terrain(asked.op)) {
    asked.terrain.result =
        asked.op == Operator::slope ? TerrainResult::slope : TerrainResult::aspect;
    add_field(
        command, asked, flags,
        {input, "variables of a labelled file (all floating ones that have the axes)",
         "two names or numbers: east, north (.npy: the last, the one before; "
         "labelled files: longitude, latitude or the like)",
         output});
    add_terrain(command, asked.op, asked.terrain);
  } else {
    add_field(
        command, asked, flags,
        {input, "variables of a labelled file (all floating ones that have the axes)",
         "names or numbers, or all (all; labelled files: all but time, record, "
         "ensemble and one-sample axes)",
         output});
  }
  if (asked.op == Operator::dir) {
    CLI::Option& along = *command.add_option(
        "--along", asked.along,
        "the vector: a number per axis, or a variable per axis, in the order of -x "
        "(which is longitude, latitude, height or the like, if it is left out)");
    along.type_name("COMPONENT,...")->delimiter(',')->allow_extra_args(false)->required();
  }
  const std::string before = takes_vector(asked.op) ? vector_help : "";
  command.footer(before + help_of(asked.op) + exit_codes);
}

}  // namespace gridgrad::cli
