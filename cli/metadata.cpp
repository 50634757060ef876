// cli/metadata.cpp: attributes kept, dropped and composed
//
// SPDX-License-Identifier: BSD-3-Clause

#include "metadata.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <iterator>
#include <string_view>
#include <utility>

#include "gridgrad/error.hpp"
#include "gridgrad/version.hpp"
#include "labels.hpp"
#include "packing.hpp"

namespace gridgrad::cli {
namespace {

using io::Attribute;
using io::Dataset;
using io::Variable;

// True of the field and not of its derivative, or written anew.
constexpr std::array<std::string_view, 17> dropped = {
    "standard_name", "long_name",           "units",       "scale_factor",
    "add_offset",    "valid_min",           "valid_max",   "valid_range",
    "actual_range",  "cell_methods",        "flag_values", "flag_masks",
    "flag_meanings", "ancillary_variables", "_Unsigned",   "_FillValue",
    "missing_value"};

// Beyond this a variable does not fit the 64-bit offset format (2^32 - 4 bytes).
constexpr std::uint64_t most_bytes_of_offset64 = 0xfffffffcU;

bool is_word(const std::string& unit) {
  return std::ranges::all_of(unit, [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           letter == '_';
  });
}

std::string time_now() {
  const std::time_t now =
      std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc = {};
  gmtime_r(&now, &utc);
  std::array<char, 32> text = {};
  const std::size_t length =
      std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return {text.data(), length};
}

std::vector<Attribute> global_attributes(const Dataset& input, const std::string& line) {
  std::vector<Attribute> attributes;
  std::string history = time_now() + ": " + line;
  const std::string before = io::text_of(input.attributes, "history");
  if (!before.empty()) history += "\n" + before;
  for (const Attribute& attribute : input.attributes) {
    if (attribute.name != "history" && attribute.name != "gridgrad_version") {
      attributes.push_back(attribute);
    }
  }
  attributes.push_back({"history", history});
  attributes.push_back({"gridgrad_version", std::string(version)});
  return attributes;
}

// What is true of all operands; where they lie is that of the first.
bool is_shared(const Attribute& attribute, const std::vector<const Variable*>& operands) {
  if (attribute.name == "coordinates" || attribute.name == "grid_mapping") return true;
  return std::ranges::all_of(operands, [&](const Variable* operand) {
    const Attribute* const own = io::find_attribute(operand->attributes, attribute.name);
    return own != nullptr && own->value == attribute.value;
  });
}

std::vector<Attribute> result_attributes(const LabelledOperation& operation,
                                         const LabelledResult& result) {
  std::vector<Attribute> attributes;
  if (const auto fill = fill_of(operation)) {
    if (result_type(operation) == ElementType::float64) {
      attributes.push_back({"_FillValue", std::vector{*fill}});
    } else {
      attributes.push_back({"_FillValue", std::vector{static_cast<float>(*fill)}});
    }
  }
  attributes.push_back({"long_name", result.title});
  if (result.unit) attributes.push_back({"units", *result.unit});
  for (const Attribute& attribute : operation.field.variable->attributes) {
    if (std::ranges::find(dropped, attribute.name) != dropped.end()) continue;
    if (is_shared(attribute, operation.operands)) attributes.push_back(attribute);
  }
  return attributes;
}

// Adds a dimension of the input once; returns its place in the output.
std::size_t add_dimension(const io::Dimension& dimension, Dataset& output) {
  const auto found =
      std::ranges::find(output.dimensions, dimension.name, &io::Dimension::name);
  const auto place = static_cast<std::size_t>(found - output.dimensions.begin());
  if (found == output.dimensions.end()) output.dimensions.push_back(dimension);
  return place;
}

std::uint64_t bytes_of(const Dataset& dataset, const Variable& variable) {
  constexpr std::uint64_t bytes_of_text = 1;
  std::uint64_t bytes = variable.type ? size_of(*variable.type) : bytes_of_text;
  for (const std::size_t extent : extents_of(dataset, variable)) bytes *= extent;
  return bytes;
}

// Text stays within one format; what has no axes is described by its attributes.
bool can_be_copied(const Variable& variable, const OutputRequest& request) {
  return variable.type || variable.dimensions.empty() || request.from == request.to;
}

void add_copied(const Dataset& input, const Variable& described,
                const OutputRequest& request, OutputPlan& plan) {
  for (const std::string& name : describing_variables(input, described)) {
    if (std::ranges::find(plan.copied, name) != plan.copied.end()) continue;
    const Variable& variable = *io::find_variable(input, name);
    if (!can_be_copied(variable, request)) {
      note(request.notes, name + " does not hold numbers and is left out");
      continue;
    }
    for (const std::size_t dimension : variable.dimensions) {
      add_dimension(input.dimensions[dimension], plan.contents);
    }
    plan.bytes += bytes_of(input, variable);
    plan.copied.push_back(name);
  }
}

bool is_classic(io::NetcdfFormat format) {
  return format == io::NetcdfFormat::offset64 || format == io::NetcdfFormat::data64;
}

io::Storage storage_for(const LabelledOperation& operation, const Dataset& input,
                        const OutputRequest& request) {
  const Variable& variable = *operation.field.variable;
  StoredField stored;
  stored.names = axis_names_of(input, variable);
  for (const std::size_t dimension : variable.dimensions) {
    stored.dimensions.push_back(input.dimensions[dimension]);
  }
  stored.bytes_of_sample = size_of(result_type(operation));
  stored.like = variable.storage;
  ChosenStorage chosen = chosen_storage(request.storage, stored, request.to);
  if (!chosen.note.empty()) note(request.notes, variable.name + ": " + chosen.note);
  return std::move(chosen.storage);
}

void add_results(const Dataset& input, const LabelledOperation& operation,
                 const OutputRequest& request, OutputPlan& plan) {
  const bool is_plain =
      request.to == io::Format::netcdf && is_classic(plan.contents.format);
  const io::Storage storage =
      is_plain ? io::Storage() : storage_for(operation, input, request);
  for (const LabelledResult& result : operation.results) {
    Variable variable;
    variable.name = result.name;
    variable.type = result_type(operation);
    variable.attributes = result_attributes(operation, result);
    variable.storage = storage;
    for (const std::size_t dimension : operation.field.variable->dimensions) {
      variable.dimensions.push_back(
          add_dimension(input.dimensions[dimension], plan.contents));
    }
    const std::uint64_t bytes = bytes_of(plan.contents, variable);
    if (plan.contents.format == io::NetcdfFormat::offset64 &&
        bytes > most_bytes_of_offset64) {
      plan.contents.format = io::NetcdfFormat::data64;
    }
    plan.bytes += bytes;
    plan.contents.variables.push_back(std::move(variable));
  }
}

// The groups that something of the output stands in, with their attributes.
void add_groups(const Dataset& input, OutputPlan& plan) {
  const auto is_used = [&](const io::Group& group) {
    const std::string prefix = group.name + "/";
    const auto is_inside = [&](const std::string& name) {
      return name.starts_with(prefix);
    };
    return std::ranges::any_of(plan.copied, is_inside) ||
           std::ranges::any_of(plan.contents.variables, is_inside, &Variable::name) ||
           std::ranges::any_of(plan.contents.dimensions, is_inside, &io::Dimension::name);
  };
  std::ranges::copy_if(input.groups, std::back_inserter(plan.contents.groups), is_used);
}

io::NetcdfFormat netcdf_format(const Dataset& input, const OutputRequest& request) {
  const io::NetcdfFormat like = input.format == io::NetcdfFormat::classic
                                    ? io::NetcdfFormat::offset64
                                    : input.format;
  const bool needs_chunks =
      !request.storage.compression.empty() || !request.storage.chunks.empty();
  if (request.to != io::Format::netcdf || !is_classic(like) || !needs_chunks) return like;
  note(request.notes, "written as netCDF-4, classic model: netCDF-3 has no chunks");
  return io::NetcdfFormat::netcdf4_classic;
}

void require_chunk_axes(const Dataset& input,
                        const std::vector<LabelledOperation>& operations,
                        const StorageOptions& options) {
  std::vector<std::string> names;
  for (const LabelledOperation& operation : operations) {
    for (const std::string& name : axis_names_of(input, *operation.field.variable)) {
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
  }
  cli::require_chunk_axes(options, names);
}

void require_new_names(const OutputPlan& plan) {
  for (const Variable& variable : plan.contents.variables) {
    if (std::ranges::find(plan.copied, variable.name) == plan.copied.end()) continue;
    throw Error(ErrorCode::bad_argument, "name",
                "a result would be called " + variable.name +
                    ", as a variable that is copied from the input");
  }
}

}  // namespace

std::optional<std::string> component_unit(const LabelledField& field,
                                          const Component& component) {
  const std::string of_field = io::text_of(field.variable->attributes, "units");
  const auto& per = component.positions.unit;
  if (of_field.empty() || !per) return std::nullopt;
  if (per->empty() || *per == "1") return of_field;
  const std::string inverse =
      (is_word(*per) ? *per : "(" + *per + ")") + "-" + std::to_string(field.derivative);
  return of_field == "1" ? inverse : of_field + " " + inverse;
}

OutputPlan output_plan(const Dataset& input,
                       const std::vector<LabelledOperation>& operations,
                       const OutputRequest& request) {
  require_chunk_axes(input, operations, request.storage);
  OutputPlan plan;
  plan.contents.format = netcdf_format(input, request);
  plan.contents.attributes = global_attributes(input, request.line);
  // In the order of the input, so that axes keep their order and records come first.
  for (const LabelledOperation& operation : operations) {
    for (const Variable* operand : operation.operands) {
      add_copied(input, *operand, request, plan);
    }
  }
  for (const LabelledOperation& operation : operations) {
    add_results(input, operation, request, plan);
  }
  add_groups(input, plan);
  require_new_names(plan);
  return plan;
}

}  // namespace gridgrad::cli
