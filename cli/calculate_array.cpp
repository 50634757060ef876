// cli/calculate_array.cpp: operators on a .npy file or on numbers in a text file
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "array_input.hpp"
#include "axis_names.hpp"
#include "calculate.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/npy.hpp"
#include "memory_limit.hpp"
#include "metric_option.hpp"
#include "operation.hpp"
#include "packing.hpp"
#include "stream.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

// An operator on an array, or on its parts along the first axis: the components of a
// vector, stacked as results are.
struct ArrayOperation {
  Operation operation;
  std::vector<std::size_t> extents;  // of an operand
  std::size_t operands = 1;
  bool is_stacked = false;
  bool is_widened = false;  // to float64, as numbers of a direction are none of integers
};

std::vector<double> direction_of(const FieldCommand& command) {
  std::vector<double> numbers;
  for (const std::string& word : command.along) {
    const auto number = number_of(word);
    if (!number) {
      throw Error(
          ErrorCode::bad_argument, "along",
          "'" + word + "' given; an array has no variables, and numbers are needed");
    }
    numbers.push_back(*number);
  }
  return numbers;
}

void require_one_each(std::size_t given, const char* noun, std::size_t axes,
                      const char* argument) {
  if (given == axes) return;
  throw Error(ErrorCode::bad_shape, argument,
              fmt::format("{} {}{} given for {} ax{}s; one for each is needed", given,
                          noun, given == 1 ? "" : "s", axes, axes == 1 ? "i" : "e"));
}

// Of rows and columns the columns are counted eastwards.
std::vector<std::string> usual_axes(Operator op, const std::vector<std::string>& names) {
  if (!is_of_terrain(op) || names.size() < 2) return {"all"};
  return {names.back(), *(names.end() - 2)};
}

ArrayOperation operation_on(const ArrayInput& input, const FieldCommand& command) {
  ArrayOperation asked;
  asked.extents = input.extents();
  require_array_selection(command.selection, asked.extents.size());
  require_no_sphere(command.metric);
  asked.is_stacked = takes_vector(command.op);
  if (asked.is_stacked) {
    if (asked.extents.size() == 1) {
      throw Error(ErrorCode::bad_shape, command.input,
                  fmt::format("1 axis; {} takes components stacked on a first axis, "
                              "before those that they vary along",
                              name_of(command.op)));
    }
    asked.operands = asked.extents.front();
    asked.extents.erase(asked.extents.begin());
  }
  const std::vector<std::string> names = numbered(asked.extents.size());
  const std::vector<std::string>& words = command.selection.axes;
  const auto axes =
      named_axes(words.empty() ? usual_axes(command.op, names) : words, names);
  asked.operation = {command.op,
                     array_components(command.selection, axes, names),
                     {},
                     command.scheme,
                     direction_of(command),
                     command.terrain};
  if (asked.is_stacked) {
    require_one_each(asked.operands, "component", axes.size(), command.input.c_str());
  }
  if (command.op == Operator::dir) {
    require_one_each(asked.operation.constants.size(), "number", axes.size(), "along");
    asked.is_widened = input.type() >= ElementType::int8;
  }
  require_fit(asked.operation, asked.extents);
  return asked;
}

// Samples in Fortran order are in C order along axes that are counted backwards.
Operation stored_operation(const ArrayOperation& asked, const ArrayInput& input) {
  Operation stored = asked.operation;
  if (input.order() == io::MemoryOrder::c) return stored;
  for (Component& component : stored.components) {
    component.axis = asked.extents.size() - 1 - component.axis;
  }
  return stored;
}

// Extents in the order of the file.
std::vector<std::size_t> stored_extents(const ArrayOperation& asked,
                                        const ArrayInput& input) {
  std::vector<std::size_t> extents = asked.extents;
  if (input.order() == io::MemoryOrder::fortran) std::ranges::reverse(extents);
  return extents;
}

std::size_t result_count(const Operation& operation) {
  return results_of(operation.op, operation.components.size()).size();
}

// Of files, but of those in Fortran order only where results are in that order, too, and
// positions are the same on all lines.
bool can_stream(const ArrayInput& input, const ArrayOperation& asked) {
  if (input.file() == nullptr) return false;
  if (input.order() == io::MemoryOrder::c) return true;
  const auto& components = asked.operation.components;
  return !asked.is_stacked && result_count(asked.operation) == 1 &&
         !components.front().positions.rule.varies();
}

std::vector<io::TiledField> tiled_fields(const ArrayOperation& asked,
                                         const ArrayInput& input,
                                         const std::vector<std::size_t>& extents) {
  const io::TiledField field = {.extents = extents,
                                .stored = input.type(),
                                .copied = asked.is_widened ? sizeof(double) : 0};
  return std::vector(asked.operands, field);
}

Stream stream_of(const ArrayInput& input, const ArrayOperation& asked,
                 io::SharedOperator op, const io::TileBounds& bounds) {
  const io::NpyReader& file = *input.file();
  io::TilePlan plan(tiled_fields(asked, input, stored_extents(asked, input)),
                    std::move(op), bounds);
  io::TileSteps steps;
  steps.read = [&file, is_stacked = asked.is_stacked](std::size_t operand,
                                                      const io::Box& box, auto samples) {
    io::Box place = box;
    if (is_stacked) {
      place.first.insert(place.first.begin(), operand);
      place.extents.insert(place.extents.begin(), 1);
    }
    file.read(place, samples);
  };
  if (asked.is_widened) {
    steps.prepare = [](std::size_t, const io::AnyArray& samples) {
      return std::optional(float64_of(samples));
    };
  }
  return {"", std::move(plan), std::move(steps)};
}

// What is held in memory as a whole.
Stream whole_of(const ArrayInput& input, const ArrayOperation& asked) {
  return {"",
          io::TilePlan::whole(tiled_fields(asked, input, asked.extents),
                              operator_of(asked.operation, asked.extents, {})),
          {}};
}

void require_memory(const Stream& whole, const std::optional<std::uint64_t>& memory) {
  const std::uint64_t needed = whole.plan.peak_bytes();
  if (!memory || needed <= *memory) return;
  throw Error(ErrorCode::bad_argument, "memory",
              std::to_string(*memory) +
                  " bytes given; this input is held in memory as a whole, which needs " +
                  std::to_string(needed) +
                  " (in parts: .npy files in C order, of those in Fortran order one axis "
                  "at a time)");
}

// The operands as they lie in the array.
std::vector<AnyField> operands_in(const io::AnyArray& array,
                                  const ArrayOperation& asked) {
  const AnyField all = io::field_of(array);
  if (!asked.is_stacked) return {all};
  std::vector<AnyField> operands;
  const auto size = static_cast<std::ptrdiff_t>(size_of(all.type));
  for (std::size_t k = 0; k < asked.operands; ++k) {
    const std::ptrdiff_t place = static_cast<std::ptrdiff_t>(k) * all.strides[0] * size;
    operands.emplace_back(static_cast<const std::byte*>(all.data) + place, all.type,
                          all.extents.subspan(1), all.strides.subspan(1));
  }
  return operands;
}

ExitCode in_memory(ArrayInput& input, const ArrayOperation& asked,
                   const FieldCommand& command, OutputKind output) {
  const std::size_t results = result_count(asked.operation);
  if (output == OutputKind::npy) {
    io::require_place(
        command.destination.path,
        io::npy_bytes(result_type(input.type()), stacked_shape(results, asked.extents)));
  }
  const io::MemoryOrder order = results == 1 ? input.order() : io::MemoryOrder::c;
  io::AnyArray array = input.read();
  if (asked.is_widened) array = float64_of(array);
  const io::SharedOperator op =
      operator_of(asked.operation, asked.extents, command.execution);
  const io::AnyArray result =
      compute(*op, operands_in(array, asked), order, command.execution);
  if (output != OutputKind::printed) {
    return write_array(command.destination, result, order);
  }
  io::with_view(result, [](const auto& view) { print_array("", view); });
  return ExitCode::done;
}

}  // namespace

ExitCode calculate_array(const FieldCommand& command, const Invocation& invocation,
                         OutputKind output) {
  if (output == OutputKind::labelled) {
    throw Error(ErrorCode::bad_argument, "output",
                command.destination.path +
                    " given; an input without named axes is written as .npy");
  }
  ArrayInput input(command.input);
  const ArrayOperation asked = operation_on(input, command);
  const std::uint64_t memory = memory_limit(command.conduct.memory);
  const bool is_streamed = output != OutputKind::printed && can_stream(input, asked);
  std::vector<Stream> streams;
  if (is_streamed) {
    const Operation operation = stored_operation(asked, input);
    const std::vector<std::size_t> extents = stored_extents(asked, input);
    streams = streams_to_npy(
        [&](io::SharedOperator op, io::ResultOrder order) {
          return stream_of(input, asked, std::move(op), {memory, order});
        },
        {operation, extents, command.execution}, output);
  } else {
    streams.push_back(whole_of(input, asked));
    require_memory(streams.front(), command.conduct.memory);
  }
  if (command.conduct.run != Run::work) {
    print_plan(streams, memory, command.conduct.run);
    return ExitCode::done;
  }
  if (!is_streamed) return in_memory(input, asked, command, output);
  return stream_to_npy(streams, {output, command.destination, input.order()}, command,
                       invocation.notes);
}

}  // namespace gridgrad::cli
