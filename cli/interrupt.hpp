// cli/interrupt.hpp: no part file is left behind by an interrupted run
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

namespace gridgrad::cli {

// From now on signals that end the program remove its part files first: SIGHUP, SIGINT,
// SIGTERM and SIGXCPU then end it with ExitCode::interrupted, SIGPIPE, SIGQUIT and those
// of a crash as they always do. Those that it was started to ignore stay ignored. A file
// that grows beyond what it may (SIGXFSZ) becomes an error like a full disk.
//
// The first call counts; before any other thread is started, as others are not told.
void exit_on_signals();

}  // namespace gridgrad::cli
