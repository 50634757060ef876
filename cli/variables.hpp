// cli/variables.hpp: what the option --var means
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <vector>

#include "command.hpp"
#include "gridgrad/io/dataset.hpp"

namespace gridgrad::cli {

// The variables named, or all floating ones that have the axes asked for, which is said
// aloud. Throws Error: bad_argument, bad_axis, bad_type naming what the file holds.
[[nodiscard]] std::vector<const io::Variable*> chosen_variables(
    const io::Dataset& dataset, const Selection& selection, Notes notes);

// Whether a variable that holds numbers is one to compute with unasked: integers may be
// flags or numbers of records.
[[nodiscard]] bool is_floating_field(const io::Variable& variable);

// A note on variables that no option asked for.
void say_chosen(const std::vector<const io::Variable*>& chosen, Notes notes);

// All axes but time, record, ensemble and one-sample axes.
[[nodiscard]] std::vector<std::size_t> default_axes(const io::Dataset& dataset,
                                                    const io::Variable& variable);

}  // namespace gridgrad::cli
