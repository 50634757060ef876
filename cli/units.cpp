// cli/units.cpp: products of powers as UDUNITS and ERA5 write them
//
// SPDX-License-Identifier: BSD-3-Clause

#include "units.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "words.hpp"

namespace gridgrad::cli {
namespace {

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

// Bytes beyond ASCII belong to symbols such as that of the degree.
bool is_symbol(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         letter == '_' || letter == '%' || static_cast<unsigned char>(letter) > 0x7f;
}

// One spelling, so that a length cancels a length. In capitals words are the same, single
// letters are not.
std::string_view usual(std::string_view symbol) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> spellings = {
      {{"meter", "m"},
       {"meters", "m"},
       {"metre", "m"},
       {"metres", "m"},
       {"second", "s"},
       {"seconds", "s"},
       {"sec", "s"},
       {"kelvin", "K"}}};
  const std::string word = lower(std::string(symbol));
  for (const auto& [spelt, meant] : spellings) {
    if (word == spelt) return meant;
  }
  return symbol;
}

// What is at the front of `text`, which is taken off.
std::string_view taken(std::string_view& text, bool (*belongs)(char)) {
  const auto end = std::ranges::find_if_not(text, belongs);
  const auto length = static_cast<std::size_t>(end - text.begin());
  const std::string_view front = text.substr(0, length);
  text.remove_prefix(length);
  return front;
}

bool take(std::string_view& text, std::string_view front) {
  if (!text.starts_with(front)) return false;
  text.remove_prefix(front.size());
  return true;
}

}  // namespace

Unit::Unit(std::string_view text) {
  if (parse(text)) return;
  factors_ = {{std::string(text), 1}};
}

bool Unit::parse(std::string_view text) {
  int sign = 1;
  while (!text.empty()) {
    if (take(text, "/")) {
      sign = -1;
      continue;
    }
    if (take(text, " ") || take(text, ".") || take(text, "*")) continue;
    if (text.front() == '1' && (text.size() == 1 || text[1] == ' ' || text[1] == '/')) {
      text.remove_prefix(1);
      continue;
    }
    const std::string_view symbol = taken(text, is_symbol);
    if (symbol.empty()) return false;
    const bool is_marked = take(text, "**") || take(text, "^");
    const bool is_negative = take(text, "-");
    if (!is_negative) static_cast<void>(take(text, "+"));
    const std::string_view digits = taken(text, is_digit);
    int power = 1;
    if (digits.empty() && (is_marked || is_negative)) return false;
    if (!digits.empty() &&
        std::from_chars(digits.data(), digits.data() + digits.size(), power).ec !=
            std::errc()) {
      return false;
    }
    if (!text.empty() && is_symbol(text.front())) return false;
    multiply({std::string(usual(symbol)), sign * (is_negative ? -power : power)});
    sign = 1;
  }
  return true;
}

void Unit::multiply(const Factor& factor) {
  const auto found = std::ranges::find(factors_, factor.symbol, &Factor::symbol);
  if (found == factors_.end()) {
    if (factor.power != 0) factors_.push_back(factor);
    return;
  }
  found->power += factor.power;
  if (found->power == 0) factors_.erase(found);
}

void Unit::multiply(const Unit& other, int power) {
  for (const Factor& factor : other.factors_) {
    multiply({factor.symbol, factor.power * power});
  }
}

std::string Unit::text() const {
  std::string text;
  for (const auto& [symbol, power] : factors_) {
    if (!text.empty()) text += ' ';
    if (power == 1) {
      text += symbol;
      continue;
    }
    text += std::ranges::all_of(symbol, is_symbol) ? symbol : "(" + symbol + ")";
    text += std::to_string(power);
  }
  return text.empty() ? "1" : text;
}

bool operator==(const Unit& a, const Unit& b) {
  return a.factors_.size() == b.factors_.size() &&
         std::ranges::all_of(a.factors_, [&](const Unit::Factor& factor) {
           const auto found =
               std::ranges::find(b.factors_, factor.symbol, &Unit::Factor::symbol);
           return found != b.factors_.end() && found->power == factor.power;
         });
}

}  // namespace gridgrad::cli
