// cli/grad.cpp: what is refused before the input is read
//
// SPDX-License-Identifier: BSD-3-Clause

#include "grad.hpp"

#include "gridgrad/io/format.hpp"
#include "interrupt.hpp"

namespace gridgrad::cli {

ExitCode grad(const GradCommand& command, const Invocation& invocation) {
  exit_on_signals();
  const OutputKind output = kind_of(command.destination);
  const io::Format format = io::recognise(command.input);
  require_apart(command.input, command.destination);
  if (is_refused(command.destination)) return ExitCode::output_exists;
  if (format == io::Format::netcdf) return grad_netcdf(command, invocation, output);
  return grad_array(command, output);
}

}  // namespace gridgrad::cli
