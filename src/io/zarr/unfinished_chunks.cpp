// io/zarr/unfinished_chunks.cpp: memory as long as it is little, else a file
//
// SPDX-License-Identifier: BSD-3-Clause

#include "unfinished_chunks.hpp"

#include <unistd.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include "gridgrad/error.hpp"
#include "samples.hpp"

namespace gridgrad::io::zarr {
namespace {

// Of each array; the tool has 32 MiB beside the tiles that it was asked to keep to.
constexpr std::size_t most_held = std::size_t{1} << 22;

}  // namespace

UnfinishedChunks::UnfinishedChunks(std::string directory,
                                   std::vector<std::size_t> extents,
                                   std::size_t sample_bytes)
    : directory_(std::move(directory)),
      extents_(std::move(extents)),
      sample_bytes_(sample_bytes),
      chunk_bytes_(size_of(whole(extents_)) * sample_bytes) {}

UnfinishedChunks::Chunk* UnfinishedChunks::find(const Index& index) {
  const auto found = chunks_.find(index);
  return found == chunks_.end() ? nullptr : &found->second;
}

UnfinishedChunks::Chunk& UnfinishedChunks::add(const Index& index, std::size_t missing,
                                               Bytes padded) {
  Chunk chunk{missing};
  if (held_ + chunk_bytes_ <= most_held) {
    held_ += chunk_bytes_;
    chunk.is_held = true;
    chunk.bytes = padded.size() > 0 ? std::move(padded) : Bytes(chunk_bytes_);
    return chunks_.emplace(index, std::move(chunk)).first->second;
  }
  if (!writing_) make_file();
  if (free_slots_.empty()) free_slots_.push_back(slots_++);
  chunk.slot = free_slots_.back();
  free_slots_.pop_back();
  if (padded.size() > 0) writing_->write_at(chunk.slot * chunk_bytes_, padded.span());
  return chunks_.emplace(index, std::move(chunk)).first->second;
}

void UnfinishedChunks::put(Chunk& chunk, const Box& part,
                           std::span<const std::byte> samples) {
  // The axes from `inner` on are one run of bytes in the chunk.
  std::size_t inner = extents_.size();
  std::size_t run = sample_bytes_;
  while (inner > 0) {
    run *= part.extents[--inner];
    if (part.extents[inner] != extents_[inner]) break;
  }
  const std::vector<std::ptrdiff_t> strides = byte_strides(extents_, sample_bytes_);
  std::vector<std::size_t> index = part.first;
  for (; !samples.empty(); samples = samples.subspan(run)) {
    const auto offset = static_cast<std::size_t>(
        std::inner_product(index.begin(), index.end(), strides.begin(), std::ptrdiff_t{0},
                           std::plus<>(), [](std::size_t along, std::ptrdiff_t stride) {
                             return static_cast<std::ptrdiff_t>(along) * stride;
                           }));
    if (chunk.is_held) {
      std::ranges::copy(samples.first(run), chunk.bytes.data() + offset);
    } else {
      writing_->write_at(chunk.slot * chunk_bytes_ + offset, samples.first(run));
    }
    for (std::size_t axis = inner; axis-- > 0;) {
      if (++index[axis] < part.first[axis] + part.extents[axis]) break;
      index[axis] = part.first[axis];
    }
  }
}

Bytes UnfinishedChunks::take(Chunk& chunk) {
  if (chunk.is_held) return std::exchange(chunk.bytes, Bytes());
  Bytes bytes(chunk_bytes_);
  const std::size_t got = reading_->read_at(chunk.slot * chunk_bytes_, bytes.span());
  if (got == bytes.size()) return bytes;
  throw Error(ErrorCode::io, directory_, "what was written of a chunk is gone");
}

void UnfinishedChunks::erase_finished() {
  for (auto one = chunks_.begin(); one != chunks_.end();) {
    if (one->second.missing > 0) {
      ++one;
      continue;
    }
    if (one->second.is_held) {
      held_ -= chunk_bytes_;
    } else {
      free_slots_.push_back(one->second.slot);
    }
    one = chunks_.erase(one);
  }
}

void UnfinishedChunks::make_file() {
  const std::string path = directory_ + "/unfinished";
  writing_ = File::create(path);
  reading_ = File::open(path);
  if (::unlink(path.c_str()) != 0) throw Error(ErrorCode::io, path, system_reason());
}

}  // namespace gridgrad::io::zarr
