// cli/grad_array.cpp: the gradient of a .npy file or of numbers in a text file
//
// SPDX-License-Identifier: BSD-3-Clause

#include <optional>
#include <variant>

#include "axis_names.hpp"
#include "boundary.hpp"
#include "component.hpp"
#include "grad.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/format.hpp"
#include "gridgrad/io/npy.hpp"
#include "gridgrad/io/text.hpp"
#include "spacing.hpp"

namespace gridgrad::cli {
namespace {

// Text is read whole to learn its shape; of .npy the header is enough.
class ArrayInput {
 public:
  explicit ArrayInput(const std::string& path) {
    if (io::recognise(path) == io::Format::text) {
      text_ = io::read_text(path);
      return;
    }
    npy_.emplace(io::File::open(path));
    if (npy_->header().ticks_per_second) {
      throw Error(ErrorCode::unsupported, path,
                  "dtype " + npy_->header().dtype +
                      " holds times; they are accepted as coordinates, not as a field");
    }
  }

  [[nodiscard]] ElementType type() const {
    return text_ ? io::type_of(*text_) : npy_->header().type;
  }
  [[nodiscard]] std::vector<std::size_t> extents() const {
    if (npy_) return npy_->header().extents;
    const auto extents = io::extents_of(*text_);
    return {extents.begin(), extents.end()};
  }
  [[nodiscard]] io::MemoryOrder order() const {
    return npy_ ? npy_->header().order : io::MemoryOrder::c;
  }
  [[nodiscard]] io::AnyArray read() { return text_ ? std::move(*text_) : npy_->read(); }

 private:
  std::optional<io::AnyArray> text_;
  std::optional<io::NpyReader> npy_;
};

std::vector<Component> chosen_components(const Selection& selection, std::size_t rank) {
  if (!selection.variables.empty()) {
    throw Error(ErrorCode::bad_argument, "variable",
                "given for an input that is one array; only netCDF files have variables");
  }
  if (rank == 0) {
    throw Error(ErrorCode::bad_axis, "axis",
                "the field is a single number and has no axes");
  }
  const std::vector<std::string> names = numbered(rank);
  const std::vector<std::string> all = {"all"};
  const auto axes = named_axes(selection.axes.empty() ? all : selection.axes, names);
  std::vector<Component> components;
  std::vector<std::string> axis_names;
  for (const std::size_t axis : axes) {
    components.push_back({axis, names[axis], {}});
    axis_names.push_back(names[axis]);
  }
  if (!selection.spacings.empty()) {
    const auto no_variables = [](const std::string&) {
      return std::optional<Positions>();
    };
    const auto rules = spacings(selection.spacings, axis_names, no_variables);
    for (std::size_t k = 0; k < components.size(); ++k)
      components[k].positions = rules[k];
  }
  set_ends(components, selection.boundaries, names,
           [](std::size_t) { return std::optional<double>(); });
  return components;
}

}  // namespace

ExitCode grad_array(const GradCommand& command, OutputKind output) {
  if (output == OutputKind::netcdf) {
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
