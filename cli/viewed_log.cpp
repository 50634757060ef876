// cli/viewed_log.cpp: columns of a log as fields along its stamps
//
// SPDX-License-Identifier: BSD-3-Clause

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gridgrad/error.hpp"
#include "log_samples.hpp"
#include "log_table.hpp"
#include "viewed_field.hpp"

namespace gridgrad::cli {
namespace {

ViewedAxis axis_of(const Stamps& stamps, const Grouping& grouping) {
  ViewedAxis axis;
  axis.name = axis.called = axis.title = stamps.name();
  axis.extent = grouping.samples;
  axis.kind = AxisKind::time;
  axis.has_positions = true;
  axis.positions.rule = stamps.axis(grouping.first_rows);
  if (stamps.has_seconds()) axis.positions.unit = "s";
  if (stamps.have_dates()) {
    axis.positions.clock = Clock{.ticks = axis.positions.rule.unit()};
  }
  return axis;
}

std::vector<double> numbers_of(const Samples& samples) {
  return std::visit(
      [](const auto& typed) { return std::vector<double>(typed.begin(), typed.end()); },
      samples);
}

ViewedField field_of(const std::string& name, std::vector<double> numbers) {
  ViewedField field;
  field.name = field.title = name;
  const auto held = std::make_shared<const std::vector<double>>(std::move(numbers));
  field.read = [held](const io::Box& box) {
    const auto first = held->begin() + static_cast<std::ptrdiff_t>(box.first[0]);
    return ViewedSamples{{first, first + static_cast<std::ptrdiff_t>(box.extents[0])},
                         {}};
  };
  return field;
}

}  // namespace

ViewedGrid viewed_log(const ViewRequest& request) {
  if (!request.selection.spacings.empty()) {
    throw Error(ErrorCode::bad_argument, "spacing",
                "given for a log, whose stamps say where its samples stand");
  }
  FieldCommand command;
  command.input = request.input;
  command.selection = request.selection;
  const LogTable table = read_log(command, RowText::dropped);
  const Grouping grouping = grouped(table, Duplicates::first);
  if (grouping.samples < table.lines.size()) {
    note(request.notes,
         "of rows that have one " + table.stamps.name() + " the first is drawn");
  }
  ViewedGrid grid;
  grid.title = file_title(request.input);
  grid.axes.push_back(axis_of(table.stamps, grouping));
  for (const ValueColumn& column : table.values) {
    grid.fields.push_back(field_of(
        column.name(),
        numbers_of(samples_of(column, grouping, Duplicates::first, std::nullopt))));
  }
  grid.slow_first = {0};
  return grid;
}

}  // namespace gridgrad::cli
