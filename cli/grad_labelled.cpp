// cli/grad_labelled.cpp: the gradient of variables of a labelled file
//
// SPDX-License-Identifier: BSD-3-Clause

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "component_names.hpp"
#include "grad.hpp"
#include "gridgrad/error.hpp"
#include "labelled_field.hpp"
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

io::AnyArray compute(const io::LabelledReader& file, const LabelledField& field,
                     const Method& method) {
  io::AnyArray result =
      gradient_of(read_field(file, *field.variable), field.components, method);
  scale(result, scale_of(*field.variable));
  return result;
}

// Calls f(component, its samples) for the components in `stacked`, in order.
template <class F>
void each_component(const LabelledField& field, const io::AnyArray& stacked, F&& f) {
  std::visit(
      [&]<class T>(const Array<T>& typed) {
        const std::size_t size = typed.size() / field.components.size();
        for (std::size_t k = 0; k < field.components.size(); ++k) {
          f(field.components[k],
            StridedView<const T>::contiguous(typed.data() + k * size, field.extents));
        }
      },
      stacked);
}

ExitCode print(const io::LabelledReader& file, const std::vector<LabelledField>& fields,
               const Method& method) {
  for (const LabelledField& field : fields) {
    const io::AnyArray result = compute(file, field, method);
    each_component(field, result, [&](const Component& component, const auto& samples) {
      print_array(component_name(field, component), samples);
    });
  }
  return ExitCode::done;
}

// Integers of the attribute _Unsigned are read as those they stand for.
Stream stream_of(const Source& source, const LabelledField& field,
                 std::span<const Component> components, const GradCommand& command,
                 io::ResultOrder order) {
  const io::Variable& variable = *field.variable;
  io::TilePlan plan({.extents = field.extents,
                     .chunks = variable.storage.chunks,
                     .stored = field_type(variable),
                     .copied = masked_copy_bytes(variable)},
                    along_of(components), command.scheme, {source.memory, order},
                    command.execution);
  return {
      variable.name,
      std::move(plan),
      {.read =
           [&](const io::Box& box, std::span<std::byte> samples) {
             std::unique_lock lock(source.one_at_a_time);
             source.file.read(variable, box, samples);
             lock.unlock();
             mask(samples, variable);
           },
       .prepare =
           [&](const io::AnyArray& samples) { return masked_copy(samples, variable); },
       .finish = [factor = scale_of(variable)](
                     io::AnyArray& results) { scale(results, factor); }}};
}

std::vector<Stream> streams_of(const Source& source,
                               const std::vector<LabelledField>& fields,
                               const GradCommand& command, OutputKind output) {
  std::vector<Stream> streams;
  for (const LabelledField& field : fields) {
    const auto of_field = [&](std::span<const Component> components,
                              io::ResultOrder order) {
      return stream_of(source, field, components, command, order);
    };
    for (Stream& stream : streams_to_npy(of_field, field.components, output)) {
      streams.push_back(std::move(stream));
    }
  }
  return streams;
}

void require_one(const std::vector<LabelledField>& fields) {
  if (fields.size() == 1) return;
  throw Error(
      ErrorCode::bad_argument, "variable",
      std::to_string(fields.size()) + " variables for one .npy array; -v chooses one");
}

// The components of one field into variables that are defined already.
void write_components(const Stream& stream, const LabelledField& field,
                      const Target& target, ProgressLine& progress) {
  Stream filled = stream;
  if (const auto fill = fill_of(*field.variable)) {
    filled.steps.finish = [&, fill = *fill](io::AnyArray& results) {
      stream.steps.finish(results);
      fill_missing(results, fill);
    };
  }
  const auto write = [&](std::size_t component, const io::Box& box, auto results) {
    const std::string name = component_name(field, field.components[component]);
    const std::lock_guard lock(target.one_at_a_time);
    target.writer.write(*io::find_variable(target.contents, name), box, results);
  };
  run(filled, write, target.execution, progress);
}

ExitCode write_labelled(const Source& source, const std::vector<LabelledField>& fields,
                        const std::vector<Stream>& streams, const GradCommand& command,
                        const Invocation& invocation) {
  const io::Format format = labelled_format(command.destination);
  const OutputPlan plan = output_plan(source.file.dataset(), fields,
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
    for (std::size_t k = 0; k < fields.size(); ++k) {
      write_components(streams[k], fields[k], target, progress);
    }
    writer->close();
  });
}

}  // namespace

ExitCode grad_labelled(const GradCommand& command, const Invocation& invocation,
                       OutputKind output) {
  const std::unique_ptr<io::LabelledReader> file = io::open_labelled(command.input);
  const std::vector<LabelledField> fields =
      labelled_fields(*file, command, invocation.notes);
  // Attributes that cannot be understood are refused before any sample is read.
  for (const LabelledField& field : fields) {
    static_cast<void>(scale_of(*field.variable));
    file->require_readable(*field.variable);
  }
  const bool is_npy = output == OutputKind::npy || output == OutputKind::npy_stream;
  if (is_npy) require_one(fields);
  if (output == OutputKind::printed && command.conduct.run == Run::work) {
    return print(*file, fields, {command.scheme, command.execution});
  }
  std::mutex one_at_a_time;
  const Source source = {*file, memory_limit(command.conduct.memory), one_at_a_time};
  const auto streams = streams_of(source, fields, command, output);
  if (command.conduct.run != Run::work) {
    print_plan(streams, source.memory, command.conduct.run);
    return ExitCode::done;
  }
  if (!is_npy) return write_labelled(source, fields, streams, command, invocation);
  return stream_to_npy(streams, {output, command.destination}, command, invocation.notes);
}

}  // namespace gridgrad::cli
