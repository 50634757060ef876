// io/zarr/unfinished_chunks.hpp: chunks that boxes have filled in part
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bytes.hpp"
#include "gridgrad/io/dataset.hpp"
#include "gridgrad/io/file.hpp"

namespace gridgrad::io::zarr {

// A few are held in memory, all others in a file that has no name any more: tiles that
// are long along the first axis fill every chunk of an array a little.
class UnfinishedChunks {
 public:
  struct Chunk {
    std::size_t missing = 0;  // samples
    bool is_held = false;     // in memory, else in the file
    Bytes bytes = {};         // if it is held
    std::uint64_t slot = 0;   // of the file
  };
  using Index = std::vector<std::size_t>;

  // The file is made in `directory` when it is needed.
  UnfinishedChunks(std::string directory, std::vector<std::size_t> extents,
                   std::size_t sample_bytes);

  // Null where there is none.
  [[nodiscard]] Chunk* find(const Index& index);

  // Of samples that are all missing; `padded` is what surrounds them in a chunk at the
  // border, empty elsewhere.
  Chunk& add(const Index& index, std::size_t missing, Bytes padded);

  // Puts the samples of `part`, in C order, to their place. Of several chunks at once.
  void put(Chunk& chunk, const Box& part, std::span<const std::byte> samples);

  // The bytes of a chunk of which nothing is missing.
  [[nodiscard]] Bytes take(Chunk& chunk);

  void erase_finished();

 private:
  void make_file();

  std::string directory_;
  std::vector<std::size_t> extents_;
  std::size_t sample_bytes_;
  std::size_t chunk_bytes_;
  std::map<Index, Chunk> chunks_;
  std::size_t held_ = 0;  // bytes in memory
  std::vector<std::uint64_t> free_slots_;
  std::uint64_t slots_ = 0;
  std::optional<File> writing_;
  std::optional<File> reading_;
};

}  // namespace gridgrad::io::zarr
