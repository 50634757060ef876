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
  const char* const given = option_of_logs(log);
  if (given == nullptr) return;
  throw Error(ErrorCode::bad_argument, given,
              "given for an input that is not a table with a header");
}

void require_no_conduct(const Conduct& conduct) {
  const char* given = nullptr;
  if (conduct.memory) given = "memory";
  if (conduct.run != Run::work) given = "dry-run";
  if (given == nullptr) return;
  throw Error(ErrorCode::bad_argument, given,
              "given for a log, which is read as a table or row by row");
}

}  // namespace

const char* option_of_logs(const LogOptions& log) {
  if (log.max_gap) return "max-gap";
  if (log.filter) return "filter";
  if (log.degree) return "degree";
  if (log.window) return "window";
  if (log.is_causal) return "causal";
  if (!log.time_unit.empty()) return "time-unit";
  if (log.duplicates) return "duplicates";
  return log.periods.empty() ? nullptr : "period";
}

ExitCode grad(const GradCommand& command, const Invocation& invocation) {
  exit_on_signals();
  if (is_log(command)) {
    require_no_conduct(command.conduct);
    return grad_log(command, invocation.notes);
  }
  require_no_log_options(command.log);
  const OutputKind output = kind_of(command.destination);
  const io::Format format = io::recognise(command.input);
  require_apart(command.input, command.destination);
  if (is_refused(command.destination)) return ExitCode::output_exists;
  if (io::is_labelled(format)) return grad_labelled(command, invocation, output);
  return grad_array(command, invocation, output);
}

}  // namespace gridgrad::cli
