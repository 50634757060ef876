// io/zarr/array_writer.hpp: chunks of a new array, each compressed and written once
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "array.hpp"
#include "byte_codec.hpp"
#include "chunk_grid.hpp"
#include "samples.hpp"
#include "unfinished_chunks.hpp"

namespace gridgrad::io::zarr {

// An array that is being written.
struct ArrayLayout {
  std::string directory;
  std::vector<std::size_t> extents;
  std::vector<std::size_t> chunk;
  std::vector<ByteCodec> codecs;
  SampleFormat format;
};

class ArrayWriter {
 public:
  explicit ArrayWriter(ArrayLayout layout);

  [[nodiscard]] const ArrayLayout& layout() const noexcept { return layout_; }

  // Writes the chunks that the box completes, keeps the rest of it. Throws Error: io.
  void write(const Box& box, std::span<const std::byte> samples);

 private:
  // A part of a box, and the chunk it goes to; null if it is all of that chunk.
  struct Task {
    ChunkPart one;
    UnfinishedChunks::Chunk* kept;
  };

  [[nodiscard]] std::vector<Task> tasks_of(const Box& box);
  [[nodiscard]] bool is_at_border(const ChunkPart& one) const;
  [[nodiscard]] Bytes padded_chunk() const;
  void run(const Task& task, const Box& box, const Place& samples);
  void write_all(const Task& task, const Box& box, const Place& from) const;
  void write_chunk(const std::vector<std::size_t>& index,
                   std::span<const std::byte> bytes) const;
  void make_directory_of(const std::vector<std::size_t>& index);

  ArrayLayout layout_;
  UnfinishedChunks unfinished_;
  std::set<std::string> directories_;  // that are made
};

}  // namespace gridgrad::io::zarr
