// cli/grad_array.cpp: the gradient of a .npy file or of numbers in a text file
//
// SPDX-License-Identifier: BSD-3-Clause

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "array_input.hpp"
#include "axis_names.hpp"
#include "component.hpp"
#include "grad.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/npy.hpp"
#include "memory_limit.hpp"
#include "stream.hpp"

namespace gridgrad::cli {
namespace {

std::vector<Component> chosen_components(const Selection& selection, std::size_t rank) {
  require_array_selection(selection, rank);
  const std::vector<std::string> names = numbered(rank);
  const std::vector<std::string> all = {"all"};
  const auto axes = named_axes(selection.axes.empty() ? all : selection.axes, names);
  return array_components(selection, axes, names);
}

// Samples in Fortran order are in C order along axes that are counted backwards.
std::vector<Component> stored_components(std::span<const Component> components,
                                         const ArrayInput& input) {
  std::vector<Component> stored(components.begin(), components.end());
  if (input.order() == io::MemoryOrder::c) return stored;
  for (Component& component : stored) {
    component.axis = input.extents().size() - 1 - component.axis;
  }
  return stored;
}

// Of files, but of those in Fortran order only where results are in that order, too, and
// positions are the same on all lines.
bool can_stream(const ArrayInput& input, std::span<const Component> components) {
  if (input.file() == nullptr) return false;
  return input.order() == io::MemoryOrder::c ||
         (components.size() == 1 && !components.front().positions.rule.varies());
}

Stream stream_of(const ArrayInput& input, std::span<const Component> components,
                 const GradCommand& command, const io::TileBounds& bounds) {
  const io::NpyReader& file = *input.file();
  io::TilePlan plan({.extents = file.stored_extents(), .stored = input.type()},
                    along_of(stored_components(components, input)), command.scheme,
                    bounds, command.execution);
  return {"", std::move(plan), {.read = [&file](const io::Box& box, auto samples) {
            file.read(box, samples);
          }}};
}

// What is held in memory as a whole.
Stream whole_of(const ArrayInput& input, std::span<const Component> components,
                const GradCommand& command) {
  return {"",
          io::TilePlan::whole({.extents = input.extents(), .stored = input.type()},
                              along_of(components), command.scheme),
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

ExitCode grad_in_memory(ArrayInput& input, std::span<const Component> components,
                        const GradCommand& command, OutputKind output) {
  const std::vector<std::size_t> extents = input.extents();
  if (output == OutputKind::npy) {
    io::require_place(
        command.destination.path,
        io::npy_bytes(result_type(input.type()), shape_of(components, extents)));
  }
  const io::MemoryOrder order =
      components.size() == 1 ? input.order() : io::MemoryOrder::c;
  const io::AnyArray result =
      gradient_of(input.read(), components, {command.scheme, command.execution});
  if (output != OutputKind::printed) {
    return write_array(command.destination, result, order);
  }
  io::with_view(result, [](const auto& view) { print_array("", view); });
  return ExitCode::done;
}

}  // namespace

ExitCode grad_array(const GradCommand& command, const Invocation& invocation,
                    OutputKind output) {
  if (output == OutputKind::labelled) {
    throw Error(ErrorCode::bad_argument, "output",
                command.destination.path +
                    " given; an input without named axes is written as .npy");
  }
  ArrayInput input(command.input);
  const auto components = chosen_components(command.selection, input.extents().size());
  require_fit(components, input.extents(), command.scheme);
  const std::uint64_t memory = memory_limit(command.conduct.memory);
  const bool is_streamed = output != OutputKind::printed && can_stream(input, components);
  std::vector<Stream> streams;
  if (is_streamed) {
    streams = streams_to_npy(
        [&](auto some, auto order) {
          return stream_of(input, some, command, {memory, order});
        },
        components, output);
  } else {
    streams.push_back(whole_of(input, components, command));
    require_memory(streams.front(), command.conduct.memory);
  }
  if (command.conduct.run != Run::work) {
    print_plan(streams, memory, command.conduct.run);
    return ExitCode::done;
  }
  if (!is_streamed) return grad_in_memory(input, components, command, output);
  return stream_to_npy(streams, {output, command.destination, input.order()}, command,
                       invocation.notes);
}

}  // namespace gridgrad::cli
