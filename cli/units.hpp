// cli/units.hpp: units as products of powers
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gridgrad::cli {

// Of a text like "m s-1", "m/s" or "m.s**-1". What is no such product, as "1e-3 kg", is
// one symbol.
class Unit {
 public:
  explicit Unit(std::string_view text);

  // Times a power of another unit; symbols whose powers cancel disappear.
  void multiply(const Unit& other, int power);

  // "m s-1"; "1" if nothing is left.
  [[nodiscard]] std::string text() const;

  // In whichever order.
  friend bool operator==(const Unit& a, const Unit& b);

 private:
  struct Factor {
    std::string symbol;
    int power;
  };

  [[nodiscard]] bool parse(std::string_view text);
  void multiply(const Factor& factor);

  std::vector<Factor> factors_;  // no symbol twice, no power 0
};

}  // namespace gridgrad::cli
