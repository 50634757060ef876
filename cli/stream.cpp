// cli/stream.cpp: results to .npy, and the plan in words
//
// SPDX-License-Identifier: BSD-3-Clause

#include "stream.hpp"

#include <malloc.h>

#include <algorithm>
#include <numeric>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gridgrad/io/npy.hpp"
#include "gridgrad/memory.hpp"

namespace gridgrad::cli {
namespace {

// What is freed goes back to the system, but for the memory of one tile.
void keep_no_more_than(const io::TilePlan& plan) {
  recycle_at_most(plan.bytes_to_recycle());
#ifdef __GLIBC__
  constexpr int least_returned = 256 << 10;
  mallopt(M_MMAP_THRESHOLD, least_returned);
#endif
}

std::size_t results_of(std::span<const Stream> streams) {
  std::size_t results = 0;
  for (const Stream& stream : streams) results += stream.plan.op().result_count();
  return results;
}

// Extents as they lie in the file.
std::vector<std::size_t> stacked_extents(std::span<const Stream> streams,
                                         const ArrayOutput& output) {
  const auto stored = streams.front().plan.extents();
  std::vector<std::size_t> extents(stored.begin(), stored.end());
  if (output.order == io::MemoryOrder::fortran) std::ranges::reverse(extents);
  return stacked_shape(results_of(streams), extents);
}

void write_npy(const std::vector<Stream>& streams, const ArrayOutput& output,
               io::File file, Execution execution, ProgressLine& progress) {
  const ElementType type = streams.front().plan.result_type();
  io::NpyWriter writer(std::move(file), type, stacked_extents(streams, output),
                       output.order);
  const bool is_stacked = results_of(streams) > 1;
  std::size_t before = 0;
  for (const Stream& stream : streams) {
    const auto write = [&](std::size_t result, const io::Box& box, auto samples) {
      io::Box place = box;
      if (is_stacked) {
        place.first.insert(place.first.begin(), before + result);
        place.extents.insert(place.extents.begin(), 1);
      }
      writer.write(place, samples);
    };
    run(stream, write, execution, progress);
    before += stream.plan.op().result_count();
  }
}

nlohmann::json described(const Stream& stream) {
  const io::TilePlan& plan = stream.plan;
  nlohmann::json json = {{"shape", plan.extents()},
                         {"type", name(plan.fields().front().stored)},
                         {"tile", plan.lengths()},
                         {"tiles", plan.size()},
                         {"bytes_of_field", plan.bytes_of_fields()},
                         {"bytes_read", plan.bytes_read()},
                         {"bytes_written", plan.bytes_written()},
                         {"peak_bytes", plan.peak_bytes()}};
  if (!plan.chunks().empty()) json["chunks"] = plan.chunks();
  if (plan.fields().size() > 1) json["operands"] = plan.fields().size();
  if (!stream.name.empty()) json["variable"] = stream.name;
  return json;
}

std::string sentence(const Stream& stream) {
  const io::TilePlan& plan = stream.plan;
  const std::size_t fields = plan.fields().size();
  const double again = static_cast<double>(plan.bytes_read()) /
                       std::max<double>(1, static_cast<double>(plan.bytes_of_fields()));
  return fmt::format(
      "{}{}{} {}: {} of {} samples each{}, {} read ({:.2f} times the field{}), {} "
      "written, {} held at most",
      stream.name.empty() ? "" : stream.name + ": ",
      fields == 1 ? "" : fmt::format("{} times ", fields),
      name(plan.fields().front().stored), fmt::join(plan.extents(), " x "),
      plan.size() == 1 ? "1 tile" : fmt::format("{} tiles", plan.size()),
      fmt::join(plan.lengths(), " x "),
      plan.chunks().empty()
          ? ""
          : fmt::format(" in chunks of {}", fmt::join(plan.chunks(), " x ")),
      size_text(plan.bytes_read()), again, fields == 1 ? "" : "s",
      size_text(plan.bytes_written()), size_text(plan.peak_bytes()));
}

}  // namespace

std::uint64_t bytes_written(std::span<const Stream> streams) {
  std::uint64_t bytes = 0;
  for (const Stream& stream : streams) bytes += stream.plan.bytes_written();
  return bytes;
}

void run(const Stream& stream,
         const std::function<void(std::size_t, const io::Box&,
                                  std::span<const std::byte>)>& write,
         Execution execution, ProgressLine& progress) {
  io::TileSteps steps = stream.steps;
  steps.write = write;
  steps.progress = [&](std::uint64_t bytes) { progress.add(bytes); };
  keep_no_more_than(stream.plan);
  io::stream_tiles(stream.plan, steps, execution);
}

std::vector<Stream> streams_to_npy(const StreamOf& stream_of,
                                   const StreamedOperation& streamed, OutputKind kind) {
  const auto& [operation, extents, execution] = streamed;
  std::vector<Stream> streams;
  if (kind != OutputKind::npy_stream) {
    streams.push_back(
        stream_of(operator_of(operation, extents, execution), io::ResultOrder::any));
    return streams;
  }
  for (io::SharedOperator& op : operators_by_result(operation, extents, execution)) {
    streams.push_back(stream_of(std::move(op), io::ResultOrder::stored));
  }
  return streams;
}

ExitCode stream_to_npy(const std::vector<Stream>& streams, const ArrayOutput& output,
                       const FieldCommand& command, Notes notes) {
  ProgressLine progress(command.conduct.progress, notes, bytes_written(streams));
  if (output.kind == OutputKind::npy_stream) {
    write_npy(streams, output, io::File::standard_output(), command.execution, progress);
    return ExitCode::done;
  }
  const std::uint64_t bytes =
      io::npy_bytes(streams.front().plan.result_type(), stacked_extents(streams, output));
  return publish(output.destination, bytes, [&](const std::string& path) {
    write_npy(streams, output, io::File::rewrite(path), command.execution, progress);
  });
}

void print_plan(std::span<const Stream> streams, std::uint64_t memory, Run form) {
  std::string text;
  if (form == Run::plan_as_json) {
    nlohmann::json json = {{"memory", memory}, {"fields", nlohmann::json::array()}};
    for (const Stream& stream : streams) json["fields"].push_back(described(stream));
    text = json.dump(2) + "\n";
  } else {
    for (const Stream& stream : streams) text += sentence(stream) + "\n";
    text += fmt::format("memory: {}\n", size_text(memory));
  }
  io::File::standard_output().write(std::as_bytes(std::span(text)));
}

}  // namespace gridgrad::cli
