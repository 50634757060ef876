// cli/stamp_cell.hpp: what the cells of a column of stamps say
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "command.hpp"
#include "gridgrad/io/csv.hpp"
#include "times.hpp"

namespace gridgrad::cli {

// Throws Error: io naming file, line and column.
[[noreturn]] void refuse_cell(const io::CsvReader& reader, const std::string& column,
                              const std::string& message);

constexpr int most_decimals = 18;  // of an integer of 63 bits

inline constexpr std::array<std::int64_t, most_decimals + 1> powers_of_ten = [] {
  std::array<std::int64_t, most_decimals + 1> powers = {1};
  for (std::size_t k = 1; k < powers.size(); ++k) powers[k] = 10 * powers[k - 1];
  return powers;
}();

// digits / 10^decimals.
struct Decimal {
  std::int64_t digits = 0;
  int decimals = 0;
};

// All digits, a rounded number where 63 bits do not hold them or it has an exponent, or a
// date.
using StampCell = std::variant<Decimal, double, Moment>;

// Of ms, us and ns the one that a number seems to count since 1970; else nothing.
[[nodiscard]] std::string_view unit_since_1970(double stamp);

// What derivatives along stamps are per.
struct StampUnit {
  std::string_view name;  // of the column
  bool is_second = false;
  std::string_view likely;  // what unit_since_1970 says of stamps without a unit
};

// Says what the unit of results is where their name does not.
void say_unit(const std::vector<std::string>& results, int order, const StampUnit& unit,
              Notes notes);

// Reads the cells of one column in their order.
class StampCells {
 public:
  // `unit`: s, ms, us or ns, which numbers count then; empty: their own.
  StampCells(std::string name, std::string unit);

  // The cell of the row that was read. Throws Error: io for what is missing, not finite,
  // no stamp, or a date among numbers.
  [[nodiscard]] StampCell read(const io::CsvReader& reader, std::string_view cell);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const std::string& unit() const noexcept { return unit_; }
  [[nodiscard]] bool have_dates() const noexcept { return kind_ == Kind::date; }

  // Whether derivatives are per second.
  [[nodiscard]] bool have_seconds() const { return have_dates() || !unit_.empty(); }

  // What numbers are divided by to be seconds, or their own unit.
  [[nodiscard]] double units_per_second() const;

 private:
  enum class Kind { unknown, number, date };

  void require_kind(const io::CsvReader& reader, Kind kind);
  [[nodiscard]] Moment date_in(const io::CsvReader& reader, std::string_view cell);

  std::string name_;
  std::string unit_;
  Kind kind_ = Kind::unknown;
  std::size_t first_line_ = 0;
};

}  // namespace gridgrad::cli
