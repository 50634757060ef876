// cli/result_labels.hpp: names, titles and units of the results of an operator
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <vector>

#include "gridgrad/io/dataset.hpp"
#include "labelled_operation.hpp"

namespace gridgrad::cli {

// Of all results of an operation, in their order. Throws Error: bad_argument if terms
// that are added up have different units.
[[nodiscard]] std::vector<LabelledResult> labels_of(const io::Dataset& dataset,
                                                    const LabelledOperation& operation,
                                                    const std::string& name_template);

}  // namespace gridgrad::cli
