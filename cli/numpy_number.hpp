// cli/numpy_number.hpp: the text of one number in a column of others, as NumPy has it
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "gridgrad/element.hpp"

namespace gridgrad::cli {

enum class PlusSign { hidden, shown };

// Chooses digits and widths for a set of numbers, then writes each of them so.
//
// The numbers are given as doubles, which hold them exactly; `type` (a real floating
// type) decides how many digits tell one from the next.
class NumberFormat {
 public:
  NumberFormat(std::span<const double> numbers, ElementType type, PlusSign plus);

  [[nodiscard]] std::string text(double number) const;

 private:
  void choose_widths(std::span<const double> numbers);
  void make_room_for_words(std::span<const double> numbers);
  [[nodiscard]] std::string word(double number) const;
  [[nodiscard]] std::string positional(double number) const;
  [[nodiscard]] std::string scientific(double number) const;

  ElementType type_;
  PlusSign plus_;
  bool has_exponent_ = false;
  std::size_t left_ = 0;      // characters before the point
  std::size_t right_ = 0;     // characters after it
  std::size_t digits_ = 0;    // of them digits, where there is an exponent
  std::size_t exponent_ = 0;  // digits of the exponent
};

}  // namespace gridgrad::cli
