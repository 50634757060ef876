// cli/grad.cpp: what is refused before the input is read
//
// SPDX-License-Identifier: BSD-3-Clause

#include "grad.hpp"

#include "gridgrad/error.hpp"
#include "gridgrad/io/format.hpp"
#include "interrupt.hpp"

namespace gridgrad::cli {
namespace {

void require_no_log_options(const LogOptions& log) {
  const char* given = nullptr;
  if (!log.periods.empty()) given = "period";
  if (log.duplicates) given = "duplicates";
  if (!log.time_unit.empty()) given = "time-unit";
  if (given == nullptr) return;
  throw Error(ErrorCode::bad_argument, given,
              "given for an input that is not a table with a header");
}

}  // namespace

ExitCode grad(const GradCommand& command, const Invocation& invocation) {
  exit_on_signals();
  if (is_log(command)) return grad_log(command, invocation.notes);
  require_no_log_options(command.log);
  const OutputKind output = kind_of(command.destination);
  const io::Format format = io::recognise(command.input);
  require_apart(command.input, command.destination);
  if (is_refused(command.destination)) return ExitCode::output_exists;
  if (io::is_labelled(format)) return grad_labelled(command, invocation, output);
  return grad_array(command, invocation, output);
}

}  // namespace gridgrad::cli
