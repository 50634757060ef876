// cli/array_input.cpp: .npy files and numbers in text files
//
// SPDX-License-Identifier: BSD-3-Clause

#include "array_input.hpp"

#include <utility>

#include "boundary.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/format.hpp"
#include "gridgrad/io/text.hpp"
#include "spacing.hpp"

namespace gridgrad::cli {

ArrayInput::ArrayInput(const std::string& path) : is_stream_(path == "-") {
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

ElementType ArrayInput::type() const {
  return text_ ? io::type_of(*text_) : npy_->header().type;
}

std::vector<std::size_t> ArrayInput::extents() const {
  if (npy_) return npy_->header().extents;
  const auto extents = io::extents_of(*text_);
  return {extents.begin(), extents.end()};
}

io::MemoryOrder ArrayInput::order() const {
  return npy_ ? npy_->header().order : io::MemoryOrder::c;
}

const io::NpyReader* ArrayInput::file() const {
  return npy_ && !is_stream_ ? &*npy_ : nullptr;
}

io::AnyArray ArrayInput::read() {
  return text_ ? std::move(*text_) : npy_->read();
}

void refuse_variables() {
  throw Error(ErrorCode::bad_argument, "variable",
              "given for an input that is one array and has no variables");
}

void require_array_selection(const Selection& selection, std::size_t rank) {
  if (!selection.variables.empty()) {
    refuse_variables();
  }
  if (rank == 0) {
    throw Error(ErrorCode::bad_axis, "axis",
                "the field is a single number and has no axes");
  }
}

std::vector<Component> array_components(const Selection& selection,
                                        const std::vector<std::size_t>& axes,
                                        const std::vector<std::string>& names) {
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
    const auto rules = spacings(selection.spacings, axis_names, {{}, no_variables});
    for (std::size_t k = 0; k < components.size(); ++k)
      components[k].positions = rules[k];
  }
  set_ends(components, selection.boundaries, names,
           [](std::size_t) { return std::optional<double>(); });
  return components;
}

}  // namespace gridgrad::cli
