// cli/output.hpp: where results go
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "command.hpp"
#include "exit_code.hpp"
#include "gridgrad/io/any_array.hpp"
#include "gridgrad/io/format.hpp"

namespace gridgrad::cli {

enum class OutputKind { printed, npy_stream, npy, labelled };

// From the suffix. Throws Error: unsupported for others.
[[nodiscard]] OutputKind kind_of(const Destination& destination);

// Of a labelled output, from the suffix.
[[nodiscard]] io::Format labelled_format(const Destination& destination);

// Whether the output is neither printed nor written to standard output.
[[nodiscard]] bool is_file(const Destination& destination);

// Whether the output is a file that exists and must be kept; says so on standard error.
[[nodiscard]] bool is_refused(const Destination& destination);

// Throws Error: bad_argument if both are one file.
void require_apart(const std::string& input, const Destination& destination);

// Lets `write` fill a part file, whose path it is given, then gives it the name asked
// for.
[[nodiscard]] ExitCode publish(const Destination& destination, std::uint64_t bytes,
                               const std::function<void(const std::string&)>& write);

// Writes .npy to a file or to standard output.
[[nodiscard]] ExitCode write_array(const Destination& destination,
                                   const io::AnyArray& array,
                                   io::MemoryOrder order = io::MemoryOrder::c);

// Prints an array, after its name if it has one.
void print_array(const std::string& name, const AnyField& array);

}  // namespace gridgrad::cli
