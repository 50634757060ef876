// cli/calculate_each.cpp: one command per input, and what became of them
//
// SPDX-License-Identifier: BSD-3-Clause

#include "calculate_each.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/core.h>

#include "calculate.hpp"
#include "grad_log.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/format.hpp"
#include "input_path.hpp"

namespace gridgrad::cli {
namespace {

namespace fs = std::filesystem;

// A log stays a table, numbers in a text file become an array.
fs::path output_of(const FieldCommand& command, const fs::path& input) {
  fs::path output =
      fs::path(command.destination.path) /
      (input.has_filename() ? input.filename() : input.parent_path().filename());
  const bool is_text = io::recognise(input) == io::Format::text;
  if (is_text) output.replace_extension(is_log(command) ? ".csv" : ".npy");
  return output;
}

void make(const std::string& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (!error) return;
  if (error == std::errc::file_exists)
    error = make_error_code(std::errc::not_a_directory);
  throw Error(ErrorCode::io, "output", "directory " + directory + ": " + error.message());
}

// Inputs that cannot be read are left for their turn.
void require_different_outputs(const FieldCommand& command) {
  std::set<fs::path> outputs;
  for (const std::string& input : command.inputs) {
    if (input == "-") {
      throw Error(ErrorCode::bad_argument, "output",
                  "a directory given for standard input, which has no name");
    }
    FieldCommand one = command;
    one.input = input;
    fs::path output;
    try {
      split_input(one.input, one.selection);
      output = output_of(one, one.input);
    } catch (const Error&) {
      continue;
    }
    if (outputs.insert(output).second) continue;
    throw Error(ErrorCode::bad_argument, "INPUT",
                "the results of two files would be called " + output.string());
  }
}

void report(const std::string& input, const std::exception& error) {
  std::fprintf(stderr, "gridgrad: %s%s\n", input.c_str(), error.what());
}

ExitCode calculate_one(const FieldCommand& command, const std::string& input,
                       const Invocation& invocation) {
  FieldCommand one = command;
  one.input = input;
  try {
    split_input(one.input, one.selection);
    one.destination.path = output_of(one, one.input).string();
    return calculate(one, invocation);
  } catch (const Error& error) {
    report(error.argument() == input ? "" : input + ": ", error);
    return exit_code(error.code());
  } catch (const std::exception& error) {
    report(input + ": ", error);
    return ExitCode::failed;
  }
}

}  // namespace

bool is_directory_output(const FieldCommand& command) {
  const std::string& path = command.destination.path;
  const bool is_store = fs::path(path).extension() == ".zarr";
  return path.ends_with('/') || (fs::is_directory(path) && !is_store);
}

ExitCode calculate_each(const FieldCommand& command, const Invocation& invocation) {
  if (!command.view.empty()) {
    throw Error(ErrorCode::bad_argument, "view",
                "given for several inputs or a directory; one input and a file are "
                "accepted");
  }
  if (!is_directory_output(command)) {
    throw Error(ErrorCode::bad_argument, "output",
                fmt::format("{} given for {} inputs; a directory is needed, as out/",
                            command.destination.path.empty() ? "nothing"
                                                             : command.destination.path,
                            command.inputs.size()));
  }
  require_different_outputs(command);
  if (command.conduct.run == Run::work) make(command.destination.path);
  const std::size_t all = command.inputs.size();
  if (all == 1) return calculate_one(command, command.inputs.front(), invocation);
  std::size_t done = 0;
  for (const std::string& input : command.inputs) {
    if (calculate_one(command, input, invocation) == ExitCode::done) ++done;
  }
  note(invocation.notes, fmt::format("{} of {} files done", done, all));
  return done == all ? ExitCode::done : ExitCode::failed;
}

}  // namespace gridgrad::cli
