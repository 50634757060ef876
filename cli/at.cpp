// cli/at.cpp: blocks of locations in, their results out
//
// SPDX-License-Identifier: BSD-3-Clause

#include "at.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "evaluator.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/file.hpp"
#include "gridgrad/io/format.hpp"
#include "input_path.hpp"
#include "interrupt.hpp"
#include "located_field.hpp"
#include "output.hpp"
#include "points.hpp"
#include "table_output.hpp"

namespace gridgrad::cli {
namespace {

InterpolantOptions checked_options(const AtCommand& command) {
  InterpolantOptions options = command.interpolant;
  if (!command.accuracy) return options;
  if (options.interpolation != Interpolation::cubic) {
    throw Error(ErrorCode::bad_argument, "accuracy",
                "given; only --interpolation cubic has slopes of an accuracy");
  }
  options.accuracy = *command.accuracy;
  return options;
}

std::string header_text(const PointHeader& header, const LocatedField& field) {
  if (header.names.empty()) return {};
  std::string text = header.text;
  for (const ResultColumn& result : field.results) {
    text += header.separator + quoted(result.name, header.separator);
  }
  return text + header.line_end;
}

void append_results(const Evaluator& evaluator, std::size_t row, char separator,
                    std::string& text) {
  evaluator.each_result(row,
                        [&](double number) { append_cell(number, separator, text); });
}

// A row that cannot be read leaves nothing of the block written that it is in.
void write_table(io::File file, Points& points, const LocatedField& field,
                 Evaluator& evaluator) {
  const PointHeader& header = points.header();
  std::string text = header_text(header, field);
  PointBlock block(RowText::kept);
  do {
    points.read(block);
    evaluator.evaluate(block);
    for (std::size_t row = 0; row < block.rows; ++row) {
      text += block.row(row);
      append_results(evaluator, row, header.separator, text);
      text += header.line_end;
    }
    write_text(file, text);
    text.clear();
  } while (block.rows > 0);
}

// The header of .npy has the number of rows, so all of them are kept until the end.
io::AnyArray array_of(Points& points, const LocatedField& field, Evaluator& evaluator) {
  std::vector<double> results;
  const auto keep = [&](double number) { results.push_back(number); };
  PointBlock block(RowText::dropped);
  for (points.read(block); block.rows > 0; points.read(block)) {
    evaluator.evaluate(block);
    for (std::size_t row = 0; row < block.rows; ++row) evaluator.each_result(row, keep);
  }
  const std::size_t columns = field.results.size();
  return Array<double>({results.size() / columns, columns}, results);
}

// What --pick counts is known.
void say_single_samples(const LocatedField& field, Notes notes) {
  for (const Pick& pick : field.picks) {
    if (!pick.nearest.empty()) {
      note(notes, fmt::format("{}: sample {}, at {}, is the nearest and taken", pick.name,
                              pick.sample, pick.nearest));
    } else if (pick.extent == 1) {
      note(notes, pick.name + " has one sample, which is taken");
    }
  }
}

void say_units(const LocatedField& field, Notes notes) {
  std::string units;
  for (const ResultColumn& result : field.results) {
    if (!result.unit) continue;
    units += (units.empty() ? "" : ", ") + result.name + " in " + *result.unit;
  }
  if (!units.empty()) note(notes, units);
}

void say_tally(const Tally& tally, Outside outside, Notes notes) {
  if (tally.outside > 0) {
    std::string_view what = "no results; --outside extend or clamp gives some";
    if (outside == Outside::extend) what = "the field goes on linearly there";
    if (outside == Outside::clamp) what = "the field stays as at its border there";
    note(notes,
         fmt::format("{} of {} locations outside: {}", tally.outside, tally.all, what));
  }
  if (tally.missing > 0) {
    note(notes, fmt::format("{} of {} locations missing, or near a missing sample: no "
                            "results",
                            tally.missing, tally.all));
  }
}

void require_one_stream(const AtCommand& command) {
  if (command.input != "-" || command.points != "-") return;
  throw Error(ErrorCode::bad_argument, "points",
              "- given for the input too; standard input is read once");
}

}  // namespace

ExitCode at(const AtCommand& asked, Notes notes) {
  exit_on_signals();
  AtCommand command = asked;
  split_input(command.input, command.selection);
  const TableKind kind = table_kind(command.destination);
  const InterpolantOptions options = checked_options(command);
  require_one_stream(command);
  const io::Format format = io::recognise(command.input);
  require_apart(command.input, command.destination);
  require_apart(command.points, command.destination);
  if (is_refused(command.destination)) return ExitCode::output_exists;

  const bool is_labelled = io::is_labelled(format);
  const LocatedField field =
      is_labelled ? located_variable(command, notes) : located_array(command);
  require_fit(field, options);
  const auto points =
      open_points(command.points, field.axes,
                  is_labelled ? AxisNames::given : AxisNames::numbered, notes);
  say_single_samples(field, notes);
  if (kind == TableKind::csv) {
    for (const ResultColumn& result : field.results) {
      require_new_name("points", points->header().names, result.name);
    }
  }
  if (is_file(command.destination)) io::require_place(command.destination.path, 0);
  say_units(field, notes);

  const io::AnyArray samples = field.read();
  Evaluator evaluator(samples, field, options, command.execution);
  ExitCode code = ExitCode::done;
  if (kind == TableKind::npy) {
    code = write_array(command.destination, array_of(*points, field, evaluator));
  } else if (!is_file(command.destination)) {
    write_table(io::File::standard_output(), *points, field, evaluator);
  } else {
    code = publish(command.destination, 0, [&](const std::string& path) {
      write_table(io::File::rewrite(path), *points, field, evaluator);
    });
  }
  if (code == ExitCode::done) say_tally(evaluator.tally(), options.outside, notes);
  return code;
}

}  // namespace gridgrad::cli
