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

 private:
  void fill(AnyArray& array);
  [[nodiscard]] std::string read_header_text();
  [[nodiscard]] std::uint64_t sample_bytes() const;

  File file_;
  std::uint64_t header_bytes_ = 0;
  NpyHeader header_;
  std::size_t rows_read_ = 0;
};

/// Bytes of the file that `write_npy` writes.
[[nodiscard]] std::uint64_t npy_bytes(ElementType type,
                                      std::span<const std::size_t> extents);

/// Writes `samples`, contiguous in `order`, in native byte order. Throws Error: io;
/// unsupported (bfloat16, which NumPy has no name for).
void write_npy(File& file, const AnyField& samples, MemoryOrder order = MemoryOrder::c);

}  // namespace gridgrad::io
