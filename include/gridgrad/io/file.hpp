// gridgrad/io/file.hpp: reading and writing the bytes of a file
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace gridgrad::io {

/// An open file or stream. Every failure throws Error: io, naming the file and the reason
/// the system gives. Move-only.
class File {
 public:
  /// A file to read, or "-" for standard input. Directories and
  /// devices are refused.
  [[nodiscard]] static File open(const std::string& path);

  /// Standard output; stays open.
  [[nodiscard]] static File standard_output();

  /// A new file to write; one that exists is refused.
  [[nodiscard]] static File create(const std::string& path);

  /// An existing file, made empty, to write.
  [[nodiscard]] static File rewrite(const std::string& path);

  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  ~File();

  /// What messages call it: its path, "standard input" or "standard output".
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

  /// Bytes in the file; nothing for a stream, whose end is not known.
  [[nodiscard]] std::optional<std::uint64_t> size() const;

  /// Fills `bytes` from the current position; returns how many there were before the end.
  [[nodiscard]] std::size_t read(std::span<std::byte> bytes);

  /// The same, but returns as soon as there are some: of a pipe what was written to it.
  /// 0 at the end.
  [[nodiscard]] std::size_t read_some(std::span<std::byte> bytes);

  void write(std::span<const std::byte> bytes);

  /// The same at a place in a file that is no stream, which neither reads nor moves the
  /// current position; from several threads at once if need be.
  [[nodiscard]] std::size_t read_at(std::uint64_t offset,
                                    std::span<std::byte> bytes) const;
  void write_at(std::uint64_t offset, std::span<const std::byte> bytes);

  /// Whether it is standard input or standard output.
  [[nodiscard]] bool is_stream() const noexcept { return is_stream_; }

  /// Returns when the bytes are on the disk.
  void sync();

 private:
  File(int descriptor, std::string name) noexcept;

  int descriptor_;
  bool is_owned_ = true;
  bool is_stream_ = false;
  std::uint64_t position_ = 0;
  std::string name_;
};

/// The reason that the system gives for errno.
[[nodiscard]] std::string system_reason();

}  // namespace gridgrad::io
