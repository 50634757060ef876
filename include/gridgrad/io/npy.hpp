// gridgrad/io/npy.hpp: NumPy's file format for one array
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gridgrad/io/any_array.hpp"
#include "gridgrad/io/dataset.hpp"
#include "gridgrad/io/file.hpp"

namespace gridgrad::io {

/// What the header of a file says, checked.
struct NpyHeader {
  std::string dtype;  ///< as it stands in the file: "<f8", "<M8[ns]"
  ElementType type = ElementType::float64;
  bool is_swapped = false;  ///< in the byte order that is not this machine's
  MemoryOrder order = MemoryOrder::c;
  std::vector<std::size_t> extents;
  /// Of datetime64 and timedelta64, whose samples are counts of ticks.
  std::optional<double> ticks_per_second;
};

/// Reads versions 1 to 3, every numeric dtype, both byte orders and both memory orders.
///
/// Throws Error: io (not such a file, truncated, malformed), unsupported (bool, text,
/// objects, records, longdouble, dates in months or years, rank over max_rank).
class NpyReader {
 public:
  /// Reads the header; `file` stands at its beginning.
  explicit NpyReader(File file);

  [[nodiscard]] const NpyHeader& header() const noexcept { return header_; }

  /// Reads the samples, once, in native byte order and the memory order of the file.
  [[nodiscard]] AnyArray read();

  /// Reads the next samples along the first axis, `rows` at most, of an array in C order
  /// of one axis at least; none at the end. Instead of `read`.
  [[nodiscard]] AnyArray read_rows(std::size_t rows);

  /// Extents in the order in which the axes lie in the file, the last one contiguous:
  /// those of the header, or of Fortran order reversed.
  [[nodiscard]] std::vector<std::size_t> stored_extents() const;

  /// Fills memory with the samples of a box of axes in that order. Not from a stream, and
  /// besides the functions above.
  void read(const Box& box, std::span<std::byte> samples) const;

 private:
  void fill(AnyArray& array);
  void require_all(std::size_t got, std::size_t wanted) const;
  void to_native(std::span<std::byte> samples) const;
  [[nodiscard]] std::string read_header_text();
  [[nodiscard]] std::uint64_t sample_bytes() const;

  File file_;
  std::uint64_t header_bytes_ = 0;
  NpyHeader header_;
  std::size_t rows_read_ = 0;
};

/// Writes a file box by box, in native byte order.
class NpyWriter {
 public:
  /// Writes the header of an array of `extents`, which are reversed in the file where it
  /// is in Fortran order. Throws as `write_npy`.
  NpyWriter(File file, ElementType type, std::span<const std::size_t> extents,
            MemoryOrder order = MemoryOrder::c);

  /// Writes the samples of a box of axes in the order of the file, the last one
  /// contiguous. To a stream, boxes follow each other in that order. Throws Error: io;
  /// unsupported (a stream, out of order).
  void write(const Box& box, std::span<const std::byte> samples);

 private:
  File file_;
  std::vector<std::size_t> stored_extents_;
  std::uint64_t header_bytes_;
  std::size_t size_;           // of a sample
  std::uint64_t written_ = 0;  // samples, to a stream
};

/// Bytes of the file that `write_npy` writes.
[[nodiscard]] std::uint64_t npy_bytes(ElementType type,
                                      std::span<const std::size_t> extents);

/// Writes `samples`, contiguous in `order`, in native byte order. Throws Error: io;
/// unsupported (bfloat16, which NumPy has no name for).
void write_npy(File& file, const AnyField& samples, MemoryOrder order = MemoryOrder::c);

}  // namespace gridgrad::io
