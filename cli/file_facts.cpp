// cli/file_facts.cpp: what a file holds, and how fine its gradient can be
//
// SPDX-License-Identifier: BSD-3-Clause

#include "file_facts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <span>
#include <type_traits>
#include <variant>

#include "axis_names.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/format.hpp"
#include "gridgrad/io/npy.hpp"
#include "gridgrad/io/text.hpp"
#include "labelled_field.hpp"
#include "metadata.hpp"
#include "packing.hpp"

namespace gridgrad::cli {
namespace {

using io::Dataset;
using io::Variable;

bool is_integer(ElementType type) {
  return type >= ElementType::int8;
}

// Errors of the samples are at most half a step q each, uniform and independent: a
// central difference over 2h is then off by at most q/(2h), and by q/(h sqrt 24) in the
// mean square.
Floor floor_along(const std::string& axis, double step, double spacing) {
  return {axis, spacing, step / (2 * spacing), step / (spacing * std::sqrt(24.0)), ""};
}

void add_array(FileFacts& facts, std::optional<ElementType> type,
               std::span<const std::size_t> extents) {
  FieldFacts field;
  field.type = type;
  field.axes = numbered(extents.size());
  field.extents.assign(extents.begin(), extents.end());
  for (std::size_t axis = 0; axis < extents.size(); ++axis) {
    facts.axes.push_back({field.axes[axis], extents[axis], AxisKind::space, {}});
  }
  if (type && is_integer(*type)) {
    field.step = 1;
    for (const std::string& axis : field.axes) {
      field.floors.push_back(floor_along(axis, field.step, 1));
    }
  }
  facts.fields.push_back(std::move(field));
}

FileFacts facts_of_npy(const std::string& path) {
  const io::NpyReader reader(io::File::open(path));
  const io::NpyHeader& header = reader.header();
  FileFacts facts;
  facts.format = ".npy";
  facts.dtype = header.dtype;
  facts.order = header.order == io::MemoryOrder::c ? "C" : "Fortran";
  const bool is_time = header.ticks_per_second.has_value();
  add_array(facts, is_time ? std::nullopt : std::optional(header.type), header.extents);
  facts.fields.back().ticks_per_second = header.ticks_per_second.value_or(0);
  return facts;
}

FileFacts facts_of_text(const std::string& path) {
  const io::AnyArray samples = io::read_text(path);
  FileFacts facts;
  facts.format = "text";
  add_array(facts, io::type_of(samples), io::extents_of(samples));
  return facts;
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

// A sample as float64; NaN where it is no real number.
double number_at(const io::AnyArray& array, std::size_t sample) {
  return std::visit(
      [&]<class T>(const Array<T>& samples) {
        if constexpr (Integer<T> || std::is_floating_point_v<T>) {
          return static_cast<double>(samples.data()[sample]);
        }
        return std::numeric_limits<double>::quiet_NaN();
      },
      array);
}

double smallest_spacing(const io::LabelledReader& file, const Variable& coordinate) {
  return std::visit([](const auto& positions) { return smallest_distance(positions); },
                    read_coordinates(file, coordinate));
}

// Nothing where they are not numbers or cannot be read: the rest of the file may be.
std::vector<double> ends_of(const io::LabelledReader& file, const Variable& coordinate) {
  std::vector<double> ends;
  try {
    file.require_readable(coordinate);
    const io::AnyArray positions = read_coordinates(file, coordinate);
    const std::size_t extent = io::extents_of(positions)[0];
    if (extent > 0) ends.push_back(number_at(positions, 0));
    if (extent > 1) ends.push_back(number_at(positions, extent - 1));
  } catch (const Error&) {
    return {};
  }
  const bool are_numbers =
      std::ranges::all_of(ends, [](double end) { return std::isfinite(end); });
  return are_numbers ? ends : std::vector<double>();
}

CoordinateFacts facts_of_coordinates(const io::LabelledReader& file,
                                     const Variable& coordinate) {
  return {io::text_of(coordinate.attributes, "units"), ends_of(file, coordinate),
          clock_of(coordinate)};
}

AxisFacts facts_of_axis(const io::LabelledReader& file, std::size_t dimension) {
  const Dataset& dataset = file.dataset();
  const io::Dimension& described = dataset.dimensions[dimension];
  AxisFacts facts{described.name, described.extent, kind_of_axis(dataset, dimension), {}};
  const Variable* const coordinate = coordinate_of(dataset, dimension);
  if (coordinate != nullptr) facts.coordinates = facts_of_coordinates(file, *coordinate);
  return facts;
}

std::vector<Floor> floors_of(const io::LabelledReader& file, const Variable& variable,
                             double step) {
  const Dataset& dataset = file.dataset();
  const std::vector<std::string> names = axis_names_of(dataset, variable);
  std::vector<Floor> floors;
  for (std::size_t axis = 0; axis < names.size(); ++axis) {
    const Variable* const coordinate = coordinate_of(dataset, variable.dimensions[axis]);
    const double spacing =
        coordinate == nullptr ? 1 : smallest_spacing(file, *coordinate);
    if (spacing == 0) continue;
    Component component{axis, names[axis], {}};
    component.positions.unit =
        coordinate == nullptr ? std::optional<std::string>("") : unit_of(*coordinate);
    floors.push_back(floor_along(names[axis], step, spacing));
    floors.back().units =
        component_unit(LabelledField{&variable, {}, {}}, component).value_or("");
  }
  return floors;
}

FieldFacts facts_of_variable(const io::LabelledReader& file, const Variable& variable) {
  const Dataset& dataset = file.dataset();
  FieldFacts facts;
  facts.name = variable.name;
  facts.type = variable.type;
  facts.axes = axis_names_of(dataset, variable);
  for (const std::size_t dimension : variable.dimensions) {
    facts.extents.push_back(dataset.dimensions[dimension].extent);
  }
  facts.units = io::text_of(variable.attributes, "units");
  for (const char* const fill : {"_FillValue", "missing_value"}) {
    const std::vector<double> fills = io::numbers_of(variable.attributes, fill);
    if (fills.empty()) continue;
    facts.missing = fills[0];
    break;
  }
  facts.storage = variable.storage;
  if (is_integer(*variable.type)) {
    facts.step = std::abs(scale_of(variable));
    facts.floors = floors_of(file, variable, facts.step);
  }
  return facts;
}

FileFacts facts_of_labelled(const std::string& path) {
  const std::unique_ptr<io::LabelledReader> file = io::open_labelled(path);
  const Dataset& dataset = file->dataset();
  FileFacts facts;
  facts.format = dataset.format_name;
  for (std::size_t dimension = 0; dimension < dataset.dimensions.size(); ++dimension) {
    facts.axes.push_back(facts_of_axis(*file, dimension));
  }
  for (const Variable* const variable : fields_of(dataset)) {
    facts.fields.push_back(facts_of_variable(*file, *variable));
  }
  return facts;
}

}  // namespace

FileFacts facts_of_file(const std::string& path) {
  const io::Format format = io::recognise(path);
  if (io::is_labelled(format)) return facts_of_labelled(path);
  if (format == io::Format::npy) return facts_of_npy(path);
  return facts_of_text(path);
}

}  // namespace gridgrad::cli
