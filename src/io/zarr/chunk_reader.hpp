// io/zarr/chunk_reader.hpp: samples of a part of a chunk
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <vector>

#include "byte_source.hpp"
#include "codec_chain.hpp"
#include "gridgrad/io/dataset.hpp"
#include "samples.hpp"

namespace gridgrad::io::zarr {

// A chunk as it should be.
struct ChunkShape {
  std::vector<std::size_t> extents;
  const CodecChain& chain;
  const SampleFormat& format;
};

// Writes the samples of `part` to `target`, reading no more bytes than it must. Throws
// Error: io, naming the chunk, if it is not of that shape; unsupported.
void read_part(const ByteSource& source, const ChunkShape& shape, const Box& part,
               const Place& target);

}  // namespace gridgrad::io::zarr
