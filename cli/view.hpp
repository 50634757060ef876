// cli/view.hpp: the command view
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include "command.hpp"
#include "exit_code.hpp"
#include "line_picture.hpp"
#include "viewed_field.hpp"

namespace gridgrad::cli {

// Draws an input. Throws Error: bad_argument, bad_axis, bad_shape where there is nothing
// to draw, unsupported for a suffix that is not written, io.
[[nodiscard]] ExitCode view(const ViewCommand& command, Notes notes);

// Draws fields to the file that the command names.
[[nodiscard]] ExitCode draw(const ViewCommand& command, const ViewedGrid& grid,
                            Below below, Notes notes);

// Throws Error: unsupported for a suffix that is not written, or whose module is not
// installed; `option` names the destination.
void require_picture(const Destination& destination, const char* option);

}  // namespace gridgrad::cli
