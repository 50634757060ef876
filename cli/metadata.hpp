// cli/metadata.hpp: what the output says about its variables
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gridgrad/io/dataset.hpp"
#include "labelled_operation.hpp"
#include "storage_options.hpp"

namespace gridgrad::cli {

// The unit of a component, "K m-1"; nothing if one of the two is not known.
[[nodiscard]] std::optional<std::string> component_unit(const LabelledField& field,
                                                        const Component& component);

// What an output holds: variables copied from the input, and the results in the order of
// the operations; dimensions of `contents.variables` are its own.
struct OutputPlan {
  io::Dataset contents;
  std::vector<std::string> copied;
  std::uint64_t bytes = 0;  // predicted
};

// What an output depends on besides its operations.
struct OutputRequest {
  std::string line;  // the command, for the history
  io::Format from = io::Format::netcdf;
  io::Format to = io::Format::netcdf;
  StorageOptions storage;
  Notes notes = Notes::shown;
};

// Throws Error: bad_argument if a result has the name of something that is copied; what
// chosen_storage and require_chunk_axes throw.
[[nodiscard]] OutputPlan output_plan(const io::Dataset& input,
                                     const std::vector<LabelledOperation>& operations,
                                     const OutputRequest& request);

}  // namespace gridgrad::cli
