// cli/info.cpp: what a file holds, and how fine its gradient can be
//
// SPDX-License-Identifier: BSD-3-Clause

#include "info.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <span>

#include <fmt/core.h>
#include <fmt/ranges.h>

#include "axis_names.hpp"
#include "gridgrad/io/format.hpp"
#include "gridgrad/io/npy.hpp"
#include "gridgrad/io/text.hpp"
#include "gridgrad/target.hpp"
#include "gridgrad/version.hpp"
#include "labelled_field.hpp"
#include "labels.hpp"
#include "metadata.hpp"
#include "packing.hpp"
#include "suggestion.hpp"

namespace gridgrad::cli {
namespace {

using io::Dataset;
using io::Variable;

class Report {
 public:
  template <class... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    text_ += fmt::format(format, std::forward<Arguments>(arguments)...) + "\n";
  }
  void print() const {
    io::File::standard_output().write(std::as_bytes(std::span(text_)));
  }

 private:
  std::string text_;
};

bool is_integer(ElementType type) {
  return type >= ElementType::int8;
}

// Errors of the samples are at most half a step q each, uniform and independent: a
// central difference over 2h is then off by at most q/(2h), and by q/(h sqrt 24) in the
// mean square.
std::string floor_of(double step, double spacing) {
  const double worst = step / (2 * spacing);
  const double root_mean_square = step / (spacing * std::sqrt(24.0));
  return fmt::format("h = {:.6g}: worst {:.3g}, rms {:.3g}", spacing, worst,
                     root_mean_square);
}

void describe_array(Report& report, ElementType type,
                    std::span<const std::size_t> extents) {
  report.line("type: {}", name(type));
  report.line("shape: {}", fmt::join(extents, " x "));
  report.line("axes: {}", joined(numbered(extents.size())));
  if (!is_integer(type) || extents.empty()) return;
  report.line("quantisation floor of the gradient, step 1:");
  for (std::size_t axis = 0; axis < extents.size(); ++axis) {
    report.line("  {}: {}", axis, floor_of(1, 1));
  }
}

void describe_npy(Report& report, const std::string& path) {
  const io::NpyReader reader(io::File::open(path));
  const io::NpyHeader& header = reader.header();
  report.line("format: .npy, dtype {}, {} order", header.dtype,
              header.order == io::MemoryOrder::c ? "C" : "Fortran");
  if (!header.ticks_per_second) {
    describe_array(report, header.type, header.extents);
    return;
  }
  report.line("shape: {}", fmt::join(header.extents, " x "));
  report.line("times, {:.10g} ticks per second: coordinates only",
              *header.ticks_per_second);
}

void describe_text(Report& report, const std::string& path) {
  const io::AnyArray samples = io::read_text(path);
  report.line("format: text");
  describe_array(report, io::type_of(samples), io::extents_of(samples));
}

// The smallest distance between neighbours; 0 for one sample.
template <class T>
double smallest_distance(const Array<T>& positions) {
  if constexpr (Integer<T> || std::is_floating_point_v<T>) {
    double smallest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i < positions.size(); ++i) {
      const double apart = static_cast<double>(positions.data()[i]) -
                           static_cast<double>(positions.data()[i - 1]);
      smallest = std::min(smallest, std::abs(apart));
    }
    return std::isfinite(smallest) ? smallest : 0;
  }
  return 0;
}

double smallest_spacing(const io::LabelledReader& file, const Variable& coordinate) {
  return std::visit([](const auto& positions) { return smallest_distance(positions); },
                    read_coordinates(file, coordinate));
}

void describe_dimension(Report& report, const io::LabelledReader& file,
                        std::size_t dimension) {
  const io::Dimension& described = file.dataset().dimensions[dimension];
  const AxisKind kind = kind_of_axis(file.dataset(), dimension);
  const Variable* const coordinate = coordinate_of(file.dataset(), dimension);
  std::string text = "no coordinates";
  if (coordinate != nullptr) {
    const std::string units = io::text_of(coordinate->attributes, "units");
    text = "coordinates" + (units.empty() ? "" : " in " + units);
  }
  if (kind != AxisKind::space) {
    text += ", " + cli::name_of(kind) + ": differentiated only if asked for";
  }
  report.line("  {}: {} samples, {}", described.name, described.extent, text);
}

void describe_floor(Report& report, const io::LabelledReader& file,
                    const Variable& variable) {
  const Dataset& dataset = file.dataset();
  const double step = std::abs(scale_of(variable));
  report.line("    quantisation floor of the gradient, step {:.6g}:", step);
  const std::vector<std::string> names = axis_names_of(dataset, variable);
  for (std::size_t axis = 0; axis < names.size(); ++axis) {
    const Variable* const coordinate = coordinate_of(dataset, variable.dimensions[axis]);
    const double spacing =
        coordinate == nullptr ? 1 : smallest_spacing(file, *coordinate);
    if (spacing == 0) continue;
    LabelledField field{&variable, {}, {}};
    Component component{axis, names[axis], {}};
    component.positions.unit =
        coordinate == nullptr ? std::optional<std::string>("") : unit_of(*coordinate);
    const auto unit = component_unit(field, component);
    report.line("      {}: {}{}", component.name, floor_of(step, spacing),
                unit ? " " + *unit : "");
  }
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

void describe_variable(Report& report, const io::LabelledReader& file,
                       const Variable& variable) {
  const Dataset& dataset = file.dataset();
  const std::string units = io::text_of(variable.attributes, "units");
  std::string text = fmt::format("{} {}({})", name(*variable.type), variable.name,
                                 joined(axis_names_of(dataset, variable)));
  if (!units.empty()) text += " in " + units;
  for (const char* const fill : {"_FillValue", "missing_value"}) {
    const std::vector<double> fills = io::numbers_of(variable.attributes, fill);
    if (fills.empty()) continue;
    text += fmt::format(", missing {:.6g}", fills[0]);
    break;
  }
  report.line("  {}", text);
  describe_storage(report, variable.storage);
  if (is_integer(*variable.type)) describe_floor(report, file, variable);
}

void describe_labelled(Report& report, const std::string& path) {
  const std::unique_ptr<io::LabelledReader> opened = io::open_labelled(path);
  const io::LabelledReader& file = *opened;
  const Dataset& dataset = file.dataset();
  report.line("format: {}", dataset.format_name);
  report.line("axes:");
  for (std::size_t dimension = 0; dimension < dataset.dimensions.size(); ++dimension) {
    describe_dimension(report, file, dimension);
  }
  report.line("variables:");
  for (const Variable* variable : fields_of(dataset)) {
    describe_variable(report, file, *variable);
  }
}

void describe_program(Report& report) {
  report.line("gridgrad {}", version);
  report.line("targets: {}", joined(available_targets()));
  report.line("active target: {}", active_target());
  report.line("threads: {}", default_threads());
}

void describe_file(Report& report, const std::string& path) {
  const io::Format format = io::recognise(path);
  if (io::is_labelled(format)) return describe_labelled(report, path);
  if (format == io::Format::npy) return describe_npy(report, path);
  describe_text(report, path);
}

}  // namespace

void info(const InfoCommand& command) {
  Report report;
  if (command.input.empty()) {
    describe_program(report);
  } else {
    describe_file(report, command.input);
  }
  report.print();
}

}  // namespace gridgrad::cli
