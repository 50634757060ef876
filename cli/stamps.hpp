// cli/stamps.hpp: the column that rows of a log are placed along
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gridgrad/axis.hpp"
#include "gridgrad/io/csv.hpp"
#include "stamp_cell.hpp"

namespace gridgrad::cli {

// Numbers, or dates, of which the digits are kept as integers while 63 bits hold them, so
// that differences are exact: nanoseconds since 1970, or 1700000000.123456789.
class Stamps {
 public:
  // `unit`: s, ms, us or ns, which numbers count then; empty: their own.
  Stamps(std::string name, std::string unit);

  // The cell of the row that was read. Throws Error: io for what is missing, not finite,
  // no stamp, or a date among numbers.
  void add(const io::CsvReader& reader, std::string_view cell);

  [[nodiscard]] const std::string& name() const noexcept { return cells_.name(); }
  [[nodiscard]] std::size_t size() const noexcept;

  // The sign of stamp i less the one before.
  [[nodiscard]] int step(std::size_t i) const;

  [[nodiscard]] bool are_positive_numbers() const;

  [[nodiscard]] bool have_dates() const { return cells_.have_dates(); }

  // Whether derivatives are per second.
  [[nodiscard]] bool has_seconds() const { return cells_.have_seconds(); }

  // The unit that numbers seem to count since 1970, if it is not a second and none was
  // given.
  [[nodiscard]] std::string_view likely_unit() const;

  // The first stamp that is a power of 1000 times its neighbour before, as if another
  // unit began there.
  [[nodiscard]] std::optional<std::size_t> change_of_unit() const;

  // The positions of some rows, of all if there are none.
  [[nodiscard]] Axis axis(std::span<const std::size_t> rows) const;

 private:
  void add_date(const Moment& moment);
  [[nodiscard]] bool add_exactly(std::int64_t digits, int decimals);
  [[nodiscard]] bool rescale(int decimals);
  void add_rounded(double number);
  [[nodiscard]] double number(std::size_t i) const;

  StampCells cells_;
  bool is_exact_ = true;
  int decimals_ = 0;                  // of `digits_` after the point
  std::vector<std::int64_t> digits_;  // while is_exact_
  std::vector<double> numbers_;       // else
};

}  // namespace gridgrad::cli
