// io/zarr/byte_source.hpp: bytes of a chunk, in a file, in part of one, or in memory
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "bytes.hpp"
#include "gridgrad/io/file.hpp"

namespace gridgrad::io::zarr {

// Cheap to copy; read from several threads at once.
class ByteSource {
 public:
  // Nothing if there is no such file. Throws Error: io.
  [[nodiscard]] static std::optional<ByteSource> open(const std::string& path);

  // Keeps the bytes.
  ByteSource(std::string name, Bytes bytes);

  // What messages call it.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

  // A part, which is within it.
  [[nodiscard]] ByteSource part(std::string name, std::uint64_t first,
                                std::uint64_t size) const;

  // Throws Error: io if bytes are gone that were there when it was opened.
  [[nodiscard]] Bytes read(std::uint64_t first, std::size_t size) const;
  [[nodiscard]] Bytes read() const { return read(0, size_); }

 private:
  ByteSource() = default;

  std::string name_;
  std::shared_ptr<const File> file_;
  std::shared_ptr<const Bytes> bytes_;
  std::uint64_t first_ = 0;
  std::uint64_t size_ = 0;
};

}  // namespace gridgrad::io::zarr
