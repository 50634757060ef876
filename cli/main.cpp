// cli/main.cpp: parses, calls, and translates errors to exit codes
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <variant>

#include "arguments.hpp"
#include "at.hpp"
#include "calculate.hpp"
#include "calculate_each.hpp"
#include "gridgrad/error.hpp"
#include "info.hpp"
#include "stencil.hpp"
#include "view.hpp"

namespace gridgrad::cli {
namespace {

ExitCode run(const Invocation& invocation) {
  if (const auto* const command = std::get_if<FieldCommand>(&invocation.command)) {
    const bool is_each = command->inputs.size() > 1 || is_directory_output(*command);
    return is_each ? calculate_each(*command, invocation)
                   : calculate(*command, invocation);
  }
  if (const auto* const command = std::get_if<AtCommand>(&invocation.command)) {
    return at(*command, invocation.notes);
  }
  if (const auto* const command = std::get_if<ViewCommand>(&invocation.command)) {
    return view(*command, invocation.notes);
  }
  if (const auto* const command = std::get_if<StencilCommand>(&invocation.command)) {
    stencil(*command);
    return ExitCode::done;
  }
  info(std::get<InfoCommand>(invocation.command));
  return ExitCode::done;
}

ExitCode fail(const char* message, ExitCode code) {
  std::fprintf(stderr, "gridgrad: %s\n", message);
  return code;
}

ExitCode parse_and_run(int count, const char* const* texts) {
  try {
    const auto parsed = parse_arguments(count, texts);
    if (const auto* const code = std::get_if<ExitCode>(&parsed)) return *code;
    return run(std::get<Invocation>(parsed));
  } catch (const Error& error) {
    return fail(error.what(), exit_code(error.code()));
  } catch (const std::bad_alloc&) {
    return fail("out of memory", ExitCode::failed);
  } catch (const std::exception& error) {
    return fail(error.what(), ExitCode::failed);
  }
}

}  // namespace
}  // namespace gridgrad::cli

int main(int count, char** texts) {
  using gridgrad::cli::ExitCode;
  const ExitCode code = gridgrad::cli::parse_and_run(count, texts);
  if (code == ExitCode::done) return 0;
  // At the exit HDF5 tries again to write what it could not write, and crashes.
  std::fflush(nullptr);
  std::_Exit(static_cast<int>(code));
}
