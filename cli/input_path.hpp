// cli/input_path.hpp: "run.h5:/wind/speed", a variable of a file in one word
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "command.hpp"

namespace gridgrad::cli {

// Moves what stands after ":/" behind the name of a file that exists to the variables of
// the selection. Throws Error: bad_argument if variables are chosen there already.
void split_input(std::string& input, Selection& selection);

}  // namespace gridgrad::cli
