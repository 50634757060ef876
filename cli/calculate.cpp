// cli/calculate.cpp: what is refused before the input is read
//
// SPDX-License-Identifier: BSD-3-Clause

#include "calculate.hpp"

#include "component_names.hpp"
#include "grad_log.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/format.hpp"
#include "input_path.hpp"
#include "interrupt.hpp"
#include "view_results.hpp"

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

// Stamps are one axis, and columns are no components along it.
void require_grad(const FieldCommand& command) {
  if (command.op == Operator::grad && command.metric.kind.empty()) return;
  if (command.op == Operator::grad) {
    throw Error(ErrorCode::bad_argument, "metric", "given for a log");
  }
  throw Error(
      ErrorCode::bad_argument, "INPUT",
      "a log given; " + name_of(command.op) + " takes fields, and of logs there is grad");
}

// Options that say how a labelled file is written.
void require_labelled(const FieldCommand& command, io::Format input, OutputKind output) {
  const bool has_names = io::is_labelled(input) && output != OutputKind::npy &&
                         output != OutputKind::npy_stream;
  const char* given = nullptr;
  if (!command.storage.compression.empty()) given = "compression";
  if (!command.storage.chunks.empty()) given = "chunks";
  if (given != nullptr && output == OutputKind::labelled) given = nullptr;
  if (!command.name_template.empty() && !has_names) given = "name";
  if (given == nullptr) return;
  throw Error(ErrorCode::bad_argument, given,
              "given for results that do not go to a labelled file, as .nc or .h5");
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

ExitCode calculate(const FieldCommand& asked, const Invocation& invocation) {
  exit_on_signals();
  FieldCommand command = asked;
  split_input(command.input, command.selection);
  if (!command.view.empty()) return calculate_and_view(command, invocation);
  require_name_template(command.name_template);
  if (is_log(command)) {
    require_grad(command);
    require_no_conduct(command.conduct);
    require_labelled(command, io::Format::text, OutputKind::printed);
    return grad_log(command, invocation.notes);
  }
  require_no_log_options(command.log);
  const OutputKind output = kind_of(command.destination);
  const io::Format format = io::recognise(command.input);
  require_labelled(command, format, output);
  require_apart(command.input, command.destination);
  if (is_refused(command.destination)) return ExitCode::output_exists;
  if (io::is_labelled(format)) return calculate_labelled(command, invocation, output);
  return calculate_array(command, invocation, output);
}

}  // namespace gridgrad::cli
