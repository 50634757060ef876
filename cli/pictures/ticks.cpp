// cli/pictures/ticks.cpp: round numbers along an axis
//
// SPDX-License-Identifier: BSD-3-Clause

#include "ticks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <span>

#include <fmt/format.h>

namespace gridgrad::cli {
namespace {

// Multiples of steps of 2.5e-3 are computed as such of 25e-4: whole numbers times or by a
// power of ten, rounded once.
struct Step {
  double digits = 1;  // a whole number
  int exponent = 0;   // of ten

  [[nodiscard]] double size() const { return multiple(1); }
  [[nodiscard]] double multiple(double count) const {
    const double power = std::pow(10.0, std::abs(exponent));
    return exponent < 0 ? count * digits / power : count * digits * power;
  }
};

struct Multiples {
  double first = 0;
  double last = -1;

  [[nodiscard]] double count() const { return last - first + 1; }
};

// Ends that are multiples but for their rounding count.
Multiples multiples_between(double low, double high, double step) {
  constexpr double rounding = 1e-6;
  return {std::ceil(low / step - rounding), std::floor(high / step + rounding)};
}

std::vector<Step> decimal_steps(double span) {
  std::vector<Step> steps;
  const int top = static_cast<int>(std::ceil(std::log10(span)));
  for (int power = top - 3; power <= top; ++power) {
    steps.insert(steps.end(), {{1, power}, {2, power}, {25, power - 1}, {5, power}});
  }
  return steps;
}

std::vector<Step> whole_steps(double span) {
  std::vector<Step> steps;
  for (const Step& step : decimal_steps(std::max(span, 1.0))) {
    if (step.exponent >= 0) steps.push_back(step);
  }
  return steps;
}

std::vector<Step> degree_steps(double span) {
  constexpr double turn = 360;
  if (span > 4 * turn) return decimal_steps(span);
  std::vector<Step> steps;
  for (const Step& step : decimal_steps(span)) {
    if (step.size() < 1) steps.push_back(step);
  }
  for (const double size :
       {1.0, 2.0, 3.0, 5.0, 10.0, 15.0, 30.0, 45.0, 60.0, 90.0, 180.0, turn}) {
    steps.push_back({size, 0});
  }
  return steps;
}

std::vector<Step> steps_of(TickSteps steps, double span) {
  switch (steps) {
    case TickSteps::whole:
      return whole_steps(span);
    case TickSteps::degrees:
      return degree_steps(span);
    case TickSteps::decimal:
    case TickSteps::radians:
      break;
  }
  return decimal_steps(span);
}

Step chosen(std::span<const Step> steps, double low, double high, std::size_t most) {
  for (const Step& step : steps) {
    const double count = multiples_between(low, high, step.size()).count();
    if (count <= static_cast<double>(most)) return step;
  }
  return steps.back();
}

constexpr std::string_view minus = "\xe2\x88\x92";

// Digits behind the point that multiples of a step have.
int decimals_of(const Step& step) {
  return std::max(-step.exponent, 0);
}

std::string with_sign(double value, int decimals) {
  const std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
  const bool is_zero = digits.find_first_not_of("0.") == std::string::npos;
  return std::signbit(value) && !is_zero ? std::string(minus) + digits : digits;
}

std::string superscript(int number) {
  constexpr std::array<std::string_view, 10> digits = {
      "\xe2\x81\xb0", "\xc2\xb9",     "\xc2\xb2",     "\xc2\xb3",     "\xe2\x81\xb4",
      "\xe2\x81\xb5", "\xe2\x81\xb6", "\xe2\x81\xb7", "\xe2\x81\xb8", "\xe2\x81\xb9"};
  std::string text = number < 0 ? "\xe2\x81\xbb" : "";
  for (const char digit : std::to_string(std::abs(number))) {
    text += digits.at(static_cast<std::size_t>(digit - '0'));
  }
  return text;
}

std::string power_of_ten(int exponent) {
  return "\u00d710" + superscript(exponent);
}

// The power of ten that is taken out of labels that would be long without; else 0.
int common_exponent(double largest) {
  constexpr int digits_before = 7;  // map coordinates in metres are read as they are
  constexpr int zeros_behind = -4;
  const int exponent = static_cast<int>(std::floor(std::log10(largest)));
  return exponent >= digits_before || exponent <= zeros_behind ? exponent : 0;
}

Ticks ticks_of(const Step& step, double low, double high) {
  Ticks result;
  const Multiples multiples = multiples_between(low, high, step.size());
  const double largest = std::max(std::abs(step.multiple(multiples.first)),
                                  std::abs(step.multiple(multiples.last)));
  const int exponent = largest > 0 ? common_exponent(largest) : 0;
  const Step shown = {step.digits, step.exponent - exponent};
  for (double k = multiples.first; k <= multiples.last; ++k) {
    result.ticks.push_back({std::clamp(step.multiple(k), low, high),
                            with_sign(shown.multiple(k), decimals_of(shown)),
                            {}});
  }
  if (exponent != 0)
    result.factor =
        "\xc3\x97"
        "10" +
        superscript(exponent);
  return result;
}

constexpr std::string_view pi = "\xcf\x80";

// Of `count` times pi / `parts`.
std::string part_of_circle(int count, int parts) {
  if (count == 0) return "0";
  const int divisor = std::gcd(count, parts);
  const int above = std::abs(count / divisor);
  const int below = parts / divisor;
  return fmt::format("{}{}{}{}", count < 0 ? minus : "",
                     above == 1 ? "" : std::to_string(above), pi,
                     below == 1 ? "" : fmt::format("/{}", below));
}

Ticks radian_ticks(double low, double high, std::size_t most) {
  for (const int parts : {8, 4, 2, 1}) {
    const double step = std::numbers::pi / parts;
    const Multiples multiples = multiples_between(low, high, step);
    if (multiples.count() > static_cast<double>(most)) continue;
    if (multiples.count() < 3) break;
    Ticks result;
    for (double k = multiples.first; k <= multiples.last; ++k) {
      result.ticks.push_back({std::clamp(k * step, low, high),
                              part_of_circle(static_cast<int>(k), parts),
                              {}});
    }
    return result;
  }
  return number_ticks(low, high, most);
}

// Whether powers of ten and multiples of steps are numbers that differ.
bool has_round_numbers(double low, double high) {
  constexpr double smallest = 1e-300;
  constexpr double digits = 1e12;
  const double span = high - low;
  return std::isfinite(span) && span > smallest &&
         span * digits > std::max(std::abs(low), std::abs(high));
}

bool ends_as_angle(std::string_view rest) {
  if (rest.starts_with('s')) rest.remove_prefix(1);
  constexpr std::array<std::string_view, 8> ends = {"",   "_north", "_east", "_true",
                                                    "_N", "_E",     "N",     "E"};
  return std::ranges::find(ends, rest) != ends.end();
}

}  // namespace

TickSteps steps_for(std::string_view title) {
  std::string_view last_word = title.substr(title.find_last_of(' ') + 1);
  if (last_word.starts_with('(') && last_word.ends_with(')')) {
    last_word = last_word.substr(1, last_word.size() - 2);
  }
  constexpr std::string_view degree = "degree";
  if (last_word == "\xc2\xb0") return TickSteps::degrees;
  if (last_word.starts_with(degree) && ends_as_angle(last_word.substr(degree.size()))) {
    return TickSteps::degrees;
  }
  if (last_word == "rad" || last_word == "radian" || last_word == "radians") {
    return TickSteps::radians;
  }
  return TickSteps::decimal;
}

Ticks number_ticks(double low, double high, std::size_t most, TickSteps steps) {
  if (!has_round_numbers(low, high)) return {};
  if (steps == TickSteps::radians) return radian_ticks(low, high, most);
  return ticks_of(chosen(steps_of(steps, high - low), low, high, most), low, high);
}

std::string number_text(double number) {
  const std::string text = fmt::format("{:.6g}", std::abs(number));
  const std::string sign(std::signbit(number) && number != 0 ? minus : "");
  const std::size_t end = text.find('e');
  if (end == std::string::npos) return sign + text;
  const int exponent = std::stoi(text.substr(end + 1));
  return sign + text.substr(0, end) + power_of_ten(exponent);
}

}  // namespace gridgrad::cli
