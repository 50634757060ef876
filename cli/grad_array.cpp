// cli/grad_array.cpp: the gradient of a .npy file or of numbers in a text file
//
// SPDX-License-Identifier: BSD-3-Clause

#include "array_input.hpp"
#include "axis_names.hpp"
#include "component.hpp"
#include "grad.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/npy.hpp"

namespace gridgrad::cli {
namespace {

std::vector<Component> chosen_components(const Selection& selection, std::size_t rank) {
  require_array_selection(selection, rank);
  const std::vector<std::string> names = numbered(rank);
  const std::vector<std::string> all = {"all"};
  const auto axes = named_axes(selection.axes.empty() ? all : selection.axes, names);
  return array_components(selection, axes, names);
}

}  // namespace

ExitCode grad_array(const GradCommand& command, OutputKind output) {
  if (output == OutputKind::labelled) {
    throw Error(ErrorCode::bad_argument, "output",
                command.destination.path +
                    " given; an input without named axes is written as .npy");
  }
  ArrayInput input(command.input);
  const std::vector<std::size_t> extents = input.extents();
  const auto components = chosen_components(command.selection, extents.size());
  require_fit(components, extents, command.scheme);
  const auto shape = shape_of(components, extents);
  if (output == OutputKind::npy) {
    io::require_place(command.destination.path,
                      io::npy_bytes(result_type(input.type()), shape));
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

}  // namespace gridgrad::cli
