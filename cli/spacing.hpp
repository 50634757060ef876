// cli/spacing.hpp: what the option --spacing means
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "component.hpp"
#include "gridgrad/io/any_array.hpp"

namespace gridgrad::cli {

// The variables of the input, and the positions that one of them holds: nothing if there
// is no such variable.
struct VariablePositions {
  std::vector<std::string> names;
  std::function<std::optional<Positions>(const std::string& name)> read;
};

// One rule per axis from as many words, or from one word for all. A word is a number, a
// number and the position of the first sample (0.5@-10), a variable of the input, or a
// file. Throws Error: bad_argument if it is none of them.
[[nodiscard]] std::vector<Positions> spacings(const std::vector<std::string>& words,
                                              const std::vector<std::string>& axes,
                                              const VariablePositions& from_variable);

// Samples as positions; throws what Axis::at throws.
[[nodiscard]] Axis axis_at(const io::AnyArray& positions);

// The same with other extents of the same samples, in C order.
[[nodiscard]] Axis axis_at(const io::AnyArray& positions,
                           std::span<const std::size_t> extents);

}  // namespace gridgrad::cli
