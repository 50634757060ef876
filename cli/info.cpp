// cli/info.cpp: what a file holds, and how fine its gradient can be, in words
//
// SPDX-License-Identifier: BSD-3-Clause

#include "info.hpp"

#include <span>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <fmt/ranges.h>

#include "dates.hpp"
#include "file_facts.hpp"
#include "gridgrad/io/file.hpp"
#include "gridgrad/target.hpp"
#include "gridgrad/version.hpp"
#include "info_json.hpp"
#include "suggestion.hpp"

namespace gridgrad::cli {
namespace {

class Report {
 public:
  template <class... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    text_ += fmt::format(format, std::forward<Arguments>(arguments)...) + "\n";
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void describe_floors(Report& report, const FieldFacts& field, const std::string& indent) {
  if (field.floors.empty()) return;
  report.line("{}quantisation floor of the gradient, step {:.6g}:", indent, field.step);
  for (const Floor& floor : field.floors) {
    report.line("{}  {}: h = {:.6g}: worst {:.3g}, rms {:.3g}{}", indent, floor.axis,
                floor.spacing, floor.worst, floor.root_mean_square,
                floor.units.empty() ? "" : " " + floor.units);
  }
}

void describe_array(Report& report, const FieldFacts& field) {
  if (field.type) report.line("type: {}", name(*field.type));
  report.line("shape: {}", fmt::join(field.extents, " x "));
  if (!field.type) {
    report.line("times, {:.10g} ticks per second: coordinates only",
                field.ticks_per_second);
    return;
  }
  report.line("axes: {}", joined(field.axes));
  describe_floors(report, field, "");
}

// "-89 to 89"; dates for times that have them.
std::string text_of_ends(const CoordinateFacts& coordinates) {
  std::vector<std::string> ends;
  for (const double coordinate : coordinates.ends) {
    ends.push_back(coordinate_text(coordinate, coordinates.clock));
  }
  return fmt::format("{}", fmt::join(ends, " to "));
}

void describe_axis(Report& report, const AxisFacts& axis) {
  std::string text = "no coordinates";
  if (axis.coordinates) {
    const std::string& units = axis.coordinates->units;
    text = "coordinates" + (units.empty() ? "" : " in " + units);
    const std::string ends = text_of_ends(*axis.coordinates);
    if (!ends.empty()) text += ", " + ends;
  }
  if (axis.kind != AxisKind::space) {
    text += ", " + name_of(axis.kind) + ": differentiated only if asked for";
  }
  report.line("  {}: {} samples, {}", axis.name, axis.extent, text);
}

void describe_storage(Report& report, const io::Storage& storage) {
  if (storage.chunks.empty()) return;
  std::string text = fmt::format("in chunks of {}", fmt::join(storage.chunks, " x "));
  for (const io::Filter& filter : storage.filters) {
    text += ", " + filter.name;
    if (filter.level != 0) text += fmt::format(":{}", filter.level);
  }
  report.line("    {}", text);
}

void describe_variable(Report& report, const FieldFacts& field) {
  std::string text =
      fmt::format("{} {}({})", name(*field.type), field.name, joined(field.axes));
  if (!field.units.empty()) text += " in " + field.units;
  if (field.missing) text += fmt::format(", missing {:.6g}", *field.missing);
  report.line("  {}", text);
  describe_storage(report, field.storage);
  describe_floors(report, field, "    ");
}

std::string text_of_program() {
  Report report;
  report.line("gridgrad {}", version);
  report.line("targets: {}", joined(available_targets()));
  report.line("active target: {}", active_target());
  report.line("threads: {}", default_threads());
  return report.text();
}

std::string text_of(const FileFacts& facts) {
  Report report;
  report.line("format: {}{}", facts.format,
              facts.dtype.empty()
                  ? ""
                  : fmt::format(", dtype {}, {} order", facts.dtype, facts.order));
  if (facts.fields.size() == 1 && facts.fields[0].name.empty()) {
    describe_array(report, facts.fields[0]);
    return report.text();
  }
  report.line("axes:");
  for (const AxisFacts& axis : facts.axes) describe_axis(report, axis);
  report.line("variables:");
  for (const FieldFacts& field : facts.fields) describe_variable(report, field);
  return report.text();
}

std::string list_of(const FileFacts& facts, Form form) {
  std::vector<std::string> names;
  for (const AxisFacts& axis : facts.axes) {
    if (form == Form::axes) names.push_back(axis.name);
  }
  for (const FieldFacts& field : facts.fields) {
    if (form == Form::variables && !field.name.empty()) names.push_back(field.name);
  }
  return fmt::format("{}\n", fmt::join(names, "\n")).substr(names.empty());
}

std::string described(const InfoCommand& command) {
  const bool is_json = command.form == Form::json;
  if (command.input.empty()) return is_json ? json_of_program() : text_of_program();
  const FileFacts facts = facts_of_file(command.input);
  if (command.form == Form::variables || command.form == Form::axes) {
    return list_of(facts, command.form);
  }
  return is_json ? json_of(facts) : text_of(facts);
}

}  // namespace

void info(const InfoCommand& command) {
  const std::string text = described(command);
  io::File::standard_output().write(std::as_bytes(std::span(text)));
}

}  // namespace gridgrad::cli
