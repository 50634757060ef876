// io/geotiff/tiff_file.hpp: a file under libtiff, whose messages become errors
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <tiffio.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace gridgrad::io::geotiff {

// Which offsets a new file has.
enum class TiffKind { classic, big };

// libtiff's handle with a descriptor of its own. Nothing is printed: the first message of
// a call that failed is the reason that `fail` gives.
class TiffFile {
 public:
  // To read. Throws Error: io.
  explicit TiffFile(const std::string& path);

  // A file that exists, made empty, to write. Throws Error: io.
  TiffFile(const std::string& path, TiffKind kind);

  ~TiffFile();
  TiffFile(const TiffFile&) = delete;
  TiffFile& operator=(const TiffFile&) = delete;

  [[nodiscard]] TIFF* tiff() const noexcept { return tiff_; }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] std::uint64_t size() const;

  // Throws Error: io, with the reason of libtiff or of the system after `what`.
  [[noreturn]] void fail(const std::string& what) const;

  // Tags that libtiff could not read and went on without, in its words.
  [[nodiscard]] const std::vector<std::string>& ignored_tags() const noexcept {
    return stream_.ignored_tags;
  }

  // Throws Error: io if the system could not read something, which libtiff may pass over.
  void require_reads() const;

  // Fills `bytes` from `offset` on, past libtiff. Throws Error: io.
  void read_at(std::uint64_t offset, std::span<std::byte> bytes) const;

  // Writes what is left. Throws Error: io.
  void close();

 private:
  // What the functions that libtiff calls share with this class.
  struct Stream {
    int descriptor = -1;
    std::uint64_t position = 0;
    std::string message;  // the first since the last failure
    int system_error = 0;
    std::vector<std::string> ignored_tags;
  };
  struct Calls;

  void open(const char* mode, std::uint64_t most_bytes_at_once);

  std::string path_;
  mutable Stream stream_;
  TIFF* tiff_ = nullptr;
};

// The value of a tag that has one number; `otherwise` if the file does not have the tag.
template <class T>
[[nodiscard]] T number_of(const TiffFile& file, std::uint32_t tag, T otherwise) {
  T value = {};
  return TIFFGetField(file.tiff(), tag, &value) == 1 ? value : otherwise;
}

}  // namespace gridgrad::io::geotiff
