// cli/calculate_labelled.cpp: operators on variables of a labelled file
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "calculate.hpp"
#include "gridgrad/error.hpp"
#include "labelled_operation.hpp"
#include "memory_limit.hpp"
#include "metadata.hpp"
#include "output.hpp"
#include "packing.hpp"
#include "stream.hpp"

namespace gridgrad::cli {
namespace {

// Where samples come from. No library of files is called by two threads at once.
struct Source {
  const io::LabelledReader& file;
  std::uint64_t memory;
  std::mutex& one_at_a_time;
};

// Where results go.
struct Target {
  io::LabelledWriter& writer;
  const io::Dataset& contents;
  std::mutex& one_at_a_time;
  Execution execution;
};

// What results are multiplied by; a magnitude is never negative.
double factor_for(const LabelledOperation& operation) {
  if (are_unpacked(operation)) return 1;
  const double factor = scale_of(*operation.field.variable);
  return operation.operation.op == Operator::mag ? std::abs(factor) : factor;
}

std::optional<io::AnyArray> prepared(const LabelledOperation& operation,
                                     std::size_t operand, const io::AnyArray& samples) {
  const io::Variable& variable = *operation.operands[operand];
  return are_unpacked(operation) ? unpacked_copy(samples, variable)
                                 : masked_copy(samples, variable);
}

// All results, stacked if they are several.
io::AnyArray computed(const io::LabelledReader& file, const LabelledOperation& operation,
                      Execution execution) {
  std::vector<io::AnyArray> operands;
  std::vector<AnyField> fields;
  for (std::size_t k = 0; k < operation.operands.size(); ++k) {
    io::AnyArray samples = read_field(file, *operation.operands[k]);
    auto copy = prepared(operation, k, samples);
    operands.push_back(copy ? std::move(*copy) : std::move(samples));
  }
  for (const io::AnyArray& operand : operands) fields.push_back(io::field_of(operand));
  const io::SharedOperator op =
      operator_of(operation.operation, operation.field.extents, execution);
  io::AnyArray results = compute(*op, fields, io::MemoryOrder::c, execution);
  scale(results, factor_for(operation));
  return results;
}

ExitCode print(const io::LabelledReader& file,
               const std::vector<LabelledOperation>& operations, Execution execution) {
  for (const LabelledOperation& operation : operations) {
    const io::AnyArray all = computed(file, operation, execution);
    std::visit(
        [&]<class T>(const Array<T>& typed) {
          const std::size_t size = typed.size() / operation.results.size();
          for (std::size_t k = 0; k < operation.results.size(); ++k) {
            print_array(operation.results[k].name,
                        StridedView<const T>::contiguous(typed.data() + k * size,
                                                         operation.field.extents));
          }
        },
        all);
  }
  return ExitCode::done;
}

// Integers of the attribute _Unsigned are read as those they stand for.
std::vector<io::TiledField> tiled_fields(const LabelledOperation& operation) {
  std::vector<io::TiledField> fields;
  const bool is_unpacked = are_unpacked(operation);
  for (const io::Variable* operand : operation.operands) {
    const std::size_t copied = is_unpacked ? sizeof(double) : masked_copy_bytes(*operand);
    fields.push_back({.extents = operation.field.extents,
                      .chunks = operand->storage.chunks,
                      .stored = field_type(*operand),
                      .copied = copied});
  }
  return fields;
}

Stream stream_of(const Source& source, const LabelledOperation& operation,
                 io::SharedOperator op, io::ResultOrder order) {
  io::TilePlan plan(tiled_fields(operation), std::move(op), {source.memory, order});
  return {
      title_of_operands(operation),
      std::move(plan),
      {.read =
           [&](std::size_t operand, const io::Box& box, std::span<std::byte> samples) {
             const io::Variable& variable = *operation.operands[operand];
             std::unique_lock lock(source.one_at_a_time);
             source.file.read(variable, box, samples);
             lock.unlock();
             mask(samples, variable);
           },
       .prepare =
           [&](std::size_t operand, const io::AnyArray& samples) {
             return prepared(operation, operand, samples);
           },
       .finish = [factor = factor_for(operation)](
                     io::AnyArray& results) { scale(results, factor); }}};
}

std::vector<Stream> streams_of(const Source& source,
                               const std::vector<LabelledOperation>& operations,
                               Execution execution, OutputKind output) {
  std::vector<Stream> streams;
  for (const LabelledOperation& operation : operations) {
    const auto of_operator = [&](io::SharedOperator op, io::ResultOrder order) {
      return stream_of(source, operation, std::move(op), order);
    };
    const StreamedOperation streamed = {operation.operation, operation.field.extents,
                                        execution};
    for (Stream& stream : streams_to_npy(of_operator, streamed, output)) {
      streams.push_back(std::move(stream));
    }
  }
  return streams;
}

void require_one(const std::vector<LabelledOperation>& operations) {
  if (operations.size() == 1) return;
  throw Error(ErrorCode::bad_argument, "variable",
              std::to_string(operations.size()) +
                  " variables for one .npy array; -v chooses one");
}

// The results of one operation into variables that are defined already.
void write_results(const Stream& stream, const LabelledOperation& operation,
                   const Target& target, ProgressLine& progress) {
  Stream filled = stream;
  if (const auto fill = fill_of(operation)) {
    filled.steps.finish = [&, fill = *fill](io::AnyArray& results) {
      stream.steps.finish(results);
      fill_missing(results, fill);
    };
  }
  const auto write = [&](std::size_t result, const io::Box& box, auto samples) {
    const std::string& name = operation.results[result].name;
    const std::lock_guard lock(target.one_at_a_time);
    target.writer.write(*io::find_variable(target.contents, name), box, samples);
  };
  run(filled, write, target.execution, progress);
}

ExitCode write_labelled(const Source& source,
                        const std::vector<LabelledOperation>& operations,
                        const std::vector<Stream>& streams, const FieldCommand& command,
                        const Invocation& invocation) {
  const io::Format format = labelled_format(command.destination);
  const OutputPlan plan = output_plan(source.file.dataset(), operations,
                                      {invocation.line, io::recognise(command.input),
                                       format, command.storage, invocation.notes});
  ProgressLine progress(command.conduct.progress, invocation.notes,
                        bytes_written(streams));
  return publish(command.destination, plan.bytes, [&](const std::string& path) {
    const std::unique_ptr<io::LabelledWriter> writer =
        io::create_labelled({path, format}, plan.contents, source.file);
    for (const std::string& name : plan.copied) {
      writer->copy(source.file, *io::find_variable(source.file.dataset(), name));
    }
    writer->define(plan.contents.variables);
    std::mutex of_writer;
    const bool is_shared = io::share_a_library(io::recognise(command.input), format);
    const Target target = {*writer, plan.contents,
                           is_shared ? source.one_at_a_time : of_writer,
                           command.execution};
    for (std::size_t k = 0; k < operations.size(); ++k) {
      write_results(streams[k], operations[k], target, progress);
    }
    writer->close();
  });
}

}  // namespace

ExitCode calculate_labelled(const FieldCommand& command, const Invocation& invocation,
                            OutputKind output) {
  const std::unique_ptr<io::LabelledReader> file = io::open_labelled(command.input);
  const std::vector<LabelledOperation> operations =
      labelled_operations(*file, command, invocation.notes);
  // Attributes that cannot be understood are refused before any sample is read.
  for (const LabelledOperation& operation : operations) {
    for (const io::Variable* operand : operation.operands) {
      static_cast<void>(scale_of(*operand));
      file->require_readable(*operand);
    }
  }
  const bool is_npy = output == OutputKind::npy || output == OutputKind::npy_stream;
  if (is_npy) require_one(operations);
  if (output == OutputKind::printed && command.conduct.run == Run::work) {
    return print(*file, operations, command.execution);
  }
  std::mutex one_at_a_time;
  const Source source = {*file, memory_limit(command.conduct.memory), one_at_a_time};
  const auto streams = streams_of(source, operations, command.execution, output);
  if (command.conduct.run != Run::work) {
    print_plan(streams, source.memory, command.conduct.run);
    return ExitCode::done;
  }
  if (!is_npy) return write_labelled(source, operations, streams, command, invocation);
  return stream_to_npy(streams, {output, command.destination}, command, invocation.notes);
}

}  // namespace gridgrad::cli
