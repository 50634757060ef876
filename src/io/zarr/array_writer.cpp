// io/zarr/array_writer.cpp: boxes become chunks, on all threads
//
// SPDX-License-Identifier: BSD-3-Clause

#include "array_writer.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "gridgrad/error.hpp"
#include "gridgrad/io/file.hpp"
#include "parallel.hpp"

namespace gridgrad::io::zarr {
namespace {

constexpr ChunkKeys default_keys = {};

// Whether a box, whole along all axes but the first, has the chunk in one piece.
bool is_in_one_piece(const ChunkPart& one, const Box& box,
                     const std::vector<std::size_t>& chunk) {
  if (one.part.extents != chunk) return false;
  return chunk.size() < 2 ||
         std::equal(chunk.begin() + 1, chunk.end(), box.extents.begin() + 1);
}

}  // namespace

ArrayWriter::ArrayWriter(ArrayLayout layout)
    : layout_(std::move(layout)),
      unfinished_(layout_.directory, layout_.chunk, layout_.format.bytes) {}

std::vector<ArrayWriter::Task> ArrayWriter::tasks_of(const Box& box) {
  const ChunkParts parts(layout_.chunk, box);
  std::vector<Task> tasks;
  tasks.reserve(parts.count());
  for (std::size_t number = 0; number < parts.count(); ++number) {
    Task task{parts[number], nullptr};
    const std::vector<std::size_t>& index = task.one.index;
    const std::size_t all =
        size_of(whole(extents_within(index, layout_.chunk, layout_.extents)));
    const std::size_t here = size_of(task.one.part);
    if (here < all) {
      task.kept = unfinished_.find(index);
      if (task.kept == nullptr) {
        task.kept = &unfinished_.add(index, all,
                                     is_at_border(task.one) ? padded_chunk() : Bytes());
      }
      task.kept->missing -= here;
    }
    make_directory_of(index);
    tasks.push_back(std::move(task));
  }
  return tasks;
}

bool ArrayWriter::is_at_border(const ChunkPart& one) const {
  return extents_within(one.index, layout_.chunk, layout_.extents) != layout_.chunk;
}

// Chunks at the border are as large as others; what no sample fills is the fill value.
Bytes ArrayWriter::padded_chunk() const {
  Bytes bytes(size_of(whole(layout_.chunk)) * layout_.format.bytes);
  const Place all = {bytes.data(), byte_strides(layout_.chunk, layout_.format.bytes)};
  fill_samples(layout_.chunk, all, layout_.format);
  return bytes;
}

void ArrayWriter::write(const Box& box, std::span<const std::byte> samples) {
  if (size_of(box) == 0) return;
  const std::vector<Task> tasks = tasks_of(box);
  // Read only, but a place can be written to as well.
  const Place from = {const_cast<std::byte*>(samples.data()),
                      byte_strides(box.extents, layout_.format.bytes)};
  each_in_parallel(tasks.size(),
                   [&](std::size_t number) { run(tasks[number], box, from); });
  unfinished_.erase_finished();
}

void ArrayWriter::run(const Task& task, const Box& box, const Place& samples) {
  const ChunkPart& one = task.one;
  const Place from = at(samples, one.place);
  if (task.kept == nullptr) return write_all(task, box, from);
  const std::size_t sample_bytes = layout_.format.bytes;
  const Bytes part(size_of(one.part) * sample_bytes);
  const Place to = {part.data(), byte_strides(one.part.extents, sample_bytes)};
  copy_samples(one.part.extents, from, to, sample_bytes);
  unfinished_.put(*task.kept, one.part, part.span());
  if (task.kept->missing > 0) return;
  const Bytes bytes = unfinished_.take(*task.kept);
  write_chunk(one.index, bytes.span());
}

void ArrayWriter::write_all(const Task& task, const Box& box, const Place& from) const {
  const ChunkPart& one = task.one;
  const std::size_t sample_bytes = layout_.format.bytes;
  const std::size_t chunk_bytes = size_of(whole(layout_.chunk)) * sample_bytes;
  if (is_in_one_piece(one, box, layout_.chunk)) {
    return write_chunk(one.index, {from.first, chunk_bytes});
  }
  const Bytes bytes = is_at_border(one) ? padded_chunk() : Bytes(chunk_bytes);
  const Place all = {bytes.data(), byte_strides(layout_.chunk, sample_bytes)};
  copy_samples(one.part.extents, from, all, sample_bytes);
  write_chunk(one.index, bytes.span());
}

void ArrayWriter::write_chunk(const std::vector<std::size_t>& index,
                              std::span<const std::byte> bytes) const {
  Bytes encoded;
  for (const ByteCodec& codec : layout_.codecs) {
    encoded = encode(codec, bytes, layout_.format.bytes);
    bytes = encoded.span();
  }
  File::create(chunk_path(layout_.directory, default_keys, index)).write(bytes);
}

void ArrayWriter::make_directory_of(const std::vector<std::size_t>& index) {
  const std::filesystem::path path =
      std::filesystem::path(chunk_path(layout_.directory, default_keys, index))
          .parent_path();
  if (!directories_.insert(path).second) return;
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw Error(ErrorCode::io, path, error.message());
}

}  // namespace gridgrad::io::zarr
