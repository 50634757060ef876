// io/zarr/byte_source.cpp: reads at positions, so that threads share a file
//
// SPDX-License-Identifier: BSD-3-Clause

#include "byte_source.hpp"

#include <cstring>
#include <utility>

#include "gridgrad/error.hpp"
#include "gridgrad/io/part_file.hpp"

namespace gridgrad::io::zarr {

std::optional<ByteSource> ByteSource::open(const std::string& path) {
  if (!name_is_taken(path)) return std::nullopt;
  ByteSource source;
  source.name_ = path;
  source.file_ = std::make_shared<const File>(File::open(path));
  source.size_ = *source.file_->size();
  return source;
}

ByteSource::ByteSource(std::string name, Bytes bytes)
    : name_(std::move(name)),
      bytes_(std::make_shared<const Bytes>(std::move(bytes))),
      size_(bytes_->size()) {}

ByteSource ByteSource::part(std::string name, std::uint64_t first,
                            std::uint64_t size) const {
  ByteSource source = *this;
  source.name_ = std::move(name);
  source.first_ = first_ + first;
  source.size_ = size;
  return source;
}

Bytes ByteSource::read(std::uint64_t first, std::size_t size) const {
  Bytes result(size);
  if (bytes_ != nullptr) {
    std::memcpy(result.data(), bytes_->data() + first_ + first, size);
    return result;
  }
  if (file_->read_at(first_ + first, result.span()) == size) return result;
  throw Error(ErrorCode::io, name_, "truncated while it was read");
}

}  // namespace gridgrad::io::zarr
