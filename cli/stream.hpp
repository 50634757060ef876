// cli/stream.hpp: fields on their way from one file to another, tile by tile
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "command.hpp"
#include "exit_code.hpp"
#include "gridgrad/io/tile_stream.hpp"
#include "operation.hpp"
#include "output.hpp"
#include "progress.hpp"

namespace gridgrad::cli {

// What is read and how it is computed; `steps.write` is for the output to say.
struct Stream {
  std::string name;  // of the variable; empty for an array
  io::TilePlan plan;
  io::TileSteps steps;
};

// Makes the stream of an operator, whose results come in an order.
using StreamOf = std::function<Stream(io::SharedOperator, io::ResultOrder)>;

// What is computed of fields of these extents.
struct StreamedOperation {
  const Operation& operation;
  std::span<const std::size_t> extents;
  Execution execution;
};

// Where results of an array go: all in one pass, or, to standard output, which is written
// in order, one pass after the other.
struct ArrayOutput {
  OutputKind kind = OutputKind::npy;
  Destination destination;
  io::MemoryOrder order = io::MemoryOrder::c;  // of results that are not stacked
};

[[nodiscard]] std::vector<Stream> streams_to_npy(const StreamOf& stream_of,
                                                 const StreamedOperation& streamed,
                                                 OutputKind kind);

// Writes the results of `streams`, from `streams_to_npy`, stacked if they are several.
[[nodiscard]] ExitCode stream_to_npy(const std::vector<Stream>& streams,
                                     const ArrayOutput& output,
                                     const FieldCommand& command, Notes notes);

// The bytes of results of all streams.
[[nodiscard]] std::uint64_t bytes_written(std::span<const Stream> streams);

// Lets results of one stream go to `write`.
void run(const Stream& stream,
         const std::function<void(std::size_t, const io::Box&,
                                  std::span<const std::byte>)>& write,
         Execution execution, ProgressLine& progress);

// Prints what would be read, held and written.
void print_plan(std::span<const Stream> streams, std::uint64_t memory, Run form);

}  // namespace gridgrad::cli
