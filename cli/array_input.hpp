// cli/array_input.hpp: an input that is one array without labels
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "component.hpp"
#include "gridgrad/io/any_array.hpp"
#include "gridgrad/io/npy.hpp"

namespace gridgrad::cli {

// Text is read whole to learn its shape; of .npy the header is enough.
class ArrayInput {
 public:
  explicit ArrayInput(const std::string& path);

  [[nodiscard]] ElementType type() const;
  [[nodiscard]] std::vector<std::size_t> extents() const;
  [[nodiscard]] io::MemoryOrder order() const;

  // A file whose samples can be read in parts; null: none.
  [[nodiscard]] const io::NpyReader* file() const;

  // Once.
  [[nodiscard]] io::AnyArray read();

 private:
  std::optional<io::AnyArray> text_;
  std::optional<io::NpyReader> npy_;
  bool is_stream_;
};

// Throws Error: bad_argument, for variables that were selected of one array.
[[noreturn]] void refuse_variables();

// Throws Error: bad_axis for a single number; bad_argument where variables are selected,
// which an array does not have.
void require_array_selection(const Selection& selection, std::size_t rank);

// The components along `axes` at the positions and with the ends that were selected;
// `names` are those of all axes.
[[nodiscard]] std::vector<Component> array_components(
    const Selection& selection, const std::vector<std::size_t>& axes,
    const std::vector<std::string>& names);

}  // namespace gridgrad::cli
