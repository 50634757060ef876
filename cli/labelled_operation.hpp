// cli/labelled_operation.hpp: what a command computes of the variables of a labelled file
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "gridgrad/io/labelled_file.hpp"
#include "labelled_field.hpp"
#include "operation.hpp"

namespace gridgrad::cli {

// What is said of a result.
struct LabelledResult {
  std::string name;
  std::string title;                // long_name
  std::optional<std::string> unit;  // nothing if it is not known
};

struct LabelledOperation {
  LabelledField field;                        // the first operand, and the axes
  std::vector<const io::Variable*> operands;  // all of one shape
  Operation operation;
  std::vector<LabelledResult> results;
};

// Whether samples are unpacked to float64 before they are computed with: operands that
// meet each other, and heights. Else results are scaled.
[[nodiscard]] bool are_unpacked(const LabelledOperation& operation);

// The type of the results.
[[nodiscard]] ElementType result_type(const LabelledOperation& operation);

// The number that stands for missing samples in the results.
[[nodiscard]] std::optional<double> fill_of(const LabelledOperation& operation);

// "u, v".
[[nodiscard]] std::string title_of_operands(const LabelledOperation& operation);

// The operations that a command asks for, checked, and notes to the user about what was
// chosen for him. `file` must outlive them. Throws Error: bad_argument, bad_axis,
// bad_type, bad_shape naming what the file holds; bad_argument for axes with 2-D
// coordinates only, and for units that do not add up.
[[nodiscard]] std::vector<LabelledOperation> labelled_operations(
    const io::LabelledReader& file, const FieldCommand& command, Notes notes);

}  // namespace gridgrad::cli
