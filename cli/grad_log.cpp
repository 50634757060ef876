// cli/grad_log.cpp: rates of the columns of a log
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "component.hpp"
#include "grad_log.hpp"
#include "gridgrad/difference.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/format.hpp"
#include "live_method.hpp"
#include "log_samples.hpp"
#include "log_table.hpp"
#include "output.hpp"
#include "table_output.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

struct Rates {
  Grouping grouping;
  std::vector<std::vector<double>> columns;  // a result per sample each
};

bool names_a_column(const std::string& axis) {
  return axis != "all" && !number_of(axis);
}

void require_columns_alone(const Selection& selection) {
  if (!selection.spacings.empty()) {
    throw Error(ErrorCode::bad_argument, "spacing",
                "given for a log, whose samples lie at its column -x");
  }
  if (!selection.boundaries.empty()) {
    throw Error(ErrorCode::bad_argument, "boundary",
                "given for a log, whose ends are one-sided");
  }
}

void say(const LogTable& table, const std::vector<std::string>& names,
         const FieldCommand& command, Notes notes) {
  say_unit(names, command.scheme.derivative,
           {table.stamps.name(), table.stamps.has_seconds(), table.stamps.likely_unit()},
           notes);
  const bool adapts = std::holds_alternative<Adapt>(command.scheme.missing);
  for (const ValueColumn& column : table.values) {
    if (column.missing() == 0) continue;
    note(notes,
         fmt::format("{} of {} cells of {} missing{}", column.missing(), table.rows.rows,
                     column.name(),
                     adapts ? "" : "; --missing adapt differentiates around them"));
  }
}

Rates rates_of(const LogTable& table, const FieldCommand& command, Notes notes) {
  const auto lengths = periods(command.log.periods, table.columns.value_names(), notes);
  const Duplicates duplicates = command.log.duplicates.value_or(Duplicates::refuse);
  Rates rates = {grouped(table, duplicates), {}};
  const std::size_t extent = rates.grouping.samples;
  const Axis axis = table.stamps.axis(rates.grouping.first_rows);
  const Component along = {0, table.stamps.name(), {axis, std::nullopt, std::nullopt}};
  require_fit(std::span(&along, 1), std::span(&extent, 1), command.scheme);
  const Difference difference(axis, extent, command.scheme, command.execution);
  Block block;
  block.execution = command.execution;
  for (std::size_t k = 0; k < table.values.size(); ++k) {
    const Samples samples =
        samples_of(table.values[k], rates.grouping, duplicates, lengths[k]);
    std::vector<double>& results = rates.columns.emplace_back(extent);
    std::visit([&](const auto& typed) { difference.apply(typed, 0, results, block); },
               samples);
  }
  return rates;
}

// Calls f(row, sample) for every row.
template <class F>
void each_row(const Grouping& grouping, std::size_t rows, F&& f) {
  const auto& first = grouping.first_rows;
  std::size_t sample = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    if (first.empty()) {
      sample = row;
    } else if (sample + 1 < first.size() && first[sample + 1] == row) {
      ++sample;
    }
    f(row, sample);
  }
}

void write_table(io::File file, const LogTable& table,
                 const std::vector<std::string>& names, const Rates& rates) {
  constexpr std::size_t bytes_at_once = std::size_t{1} << 20;
  const PointHeader& header = table.columns.header;
  std::string text = table.columns.header_with(names);
  each_row(rates.grouping, table.rows.rows, [&](std::size_t row, std::size_t sample) {
    text += table.rows.row(row);
    for (const auto& column : rates.columns) {
      append_cell(column[sample], header.separator, text);
    }
    text += header.line_end;
    if (text.size() < bytes_at_once) return;
    write_text(file, text);
    text.clear();
  });
  write_text(file, text);
}

io::AnyArray array_of(const LogTable& table, const Rates& rates) {
  std::vector<double> numbers;
  numbers.reserve(table.rows.rows * rates.columns.size());
  each_row(rates.grouping, table.rows.rows, [&](std::size_t, std::size_t sample) {
    for (const auto& column : rates.columns) numbers.push_back(column[sample]);
  });
  return Array<double>({table.rows.rows, rates.columns.size()}, numbers);
}

}  // namespace

bool is_log(const FieldCommand& command) {
  const Selection& selection = command.selection;
  const LogOptions& log = command.log;
  const bool has_columns = !selection.variables.empty() || option_of_logs(log) != nullptr;
  if (command.input == "-") return has_columns;
  const bool is_asked =
      has_columns || std::ranges::any_of(selection.axes, names_a_column);
  return io::recognise(command.input) == io::Format::text &&
         (is_asked || has_header(command.input));
}

ExitCode grad_log(const FieldCommand& command, Notes notes) {
  const TableKind kind = table_kind(command.destination);
  require_columns_alone(command.selection);
  const auto live = live_method(command);
  require_apart(command.input, command.destination);
  if (is_refused(command.destination)) return ExitCode::output_exists;
  if (is_file(command.destination)) io::require_place(command.destination.path, 0);
  if (live) return grad_live(command, *live, notes);
  const LogTable table =
      read_log(command, kind == TableKind::csv ? RowText::kept : RowText::dropped);
  const auto names = table.columns.result_names(command.scheme.derivative);
  const Rates rates = rates_of(table, command, notes);
  say(table, names, command, notes);
  if (kind == TableKind::npy) {
    return write_array(command.destination, array_of(table, rates));
  }
  if (!is_file(command.destination)) {
    write_table(io::File::standard_output(), table, names, rates);
    return ExitCode::done;
  }
  return publish(command.destination, table.rows.text.size(),
                 [&](const std::string& path) {
                   write_table(io::File::rewrite(path), table, names, rates);
                 });
}

}  // namespace gridgrad::cli
