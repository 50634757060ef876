// cli/live_stamps.hpp: stamps as Differentiator takes them, one at a time
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gridgrad/io/csv.hpp"
#include "gridgrad/live/stamp.hpp"
#include "stamp_cell.hpp"

namespace gridgrad::cli {

// Nanoseconds as std::int64_t are dates, numbers in a unit that was given, and numbers
// whose first has more digits than float64, of which nine at most stand after the point.
// Other numbers are float64, less the first of them if that is an integer beyond float64.
class LiveStamps {
 public:
  // `unit`: s, ms, us or ns, which numbers count then; empty: their own.
  LiveStamps(std::string name, std::string unit);

  // To be called with the first cell, before any other, and of that cell again.
  void begin(const io::CsvReader& reader, std::string_view cell);

  [[nodiscard]] bool are_nanoseconds() const noexcept { return are_nanoseconds_; }
  [[nodiscard]] StampUnit unit() const noexcept;

  // The cell of the row that was read, std::int64_t if they are nanoseconds, else double.
  // Throws Error: io for what is no finite stamp, or beyond 63 bits of nanoseconds.
  template <Stamp S>
  [[nodiscard]] S read(const io::CsvReader& reader, std::string_view cell);

 private:
  StampCells cells_;
  bool are_nanoseconds_ = false;
  std::string_view likely_unit_;
  std::int64_t base_ = 0;  // what is subtracted from float64
};

template <>
std::int64_t LiveStamps::read(const io::CsvReader& reader, std::string_view cell);
template <>
double LiveStamps::read(const io::CsvReader& reader, std::string_view cell);

}  // namespace gridgrad::cli
