// cli/metadata.hpp: what the output says about its variables
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gridgrad/io/dataset.hpp"
#include "labelled_field.hpp"

namespace gridgrad::cli {

// "dSST_dlat".
[[nodiscard]] std::string component_name(const LabelledField& field,
                                         const Component& component);

// The unit of a component, "K m-1"; nothing if one of the two is not known.
[[nodiscard]] std::optional<std::string> component_unit(const LabelledField& field,
                                                        const Component& component);

// What an output holds: variables copied from the input, and the components in the order
// of the fields; dimensions of `contents.variables` are its own.
struct OutputPlan {
  io::Dataset contents;
  std::vector<std::string> copied;
  std::uint64_t bytes = 0;  // predicted
};

// `line` is the command, for the history.
[[nodiscard]] OutputPlan output_plan(const io::Dataset& input,
                                     const std::vector<LabelledField>& fields,
                                     const std::string& line);

}  // namespace gridgrad::cli
