// cli/period.cpp: steps reduced to half a period, then summed
//
// SPDX-License-Identifier: BSD-3-Clause

#include "period.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <string_view>

#include <fmt/format.h>

#include "gridgrad/error.hpp"
#include "suggestion.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

constexpr double turn = 2 * std::numbers::pi;

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorCode::bad_argument, "period", message);
}

std::optional<std::int64_t> integer_of(std::string_view word, double number) {
  std::int64_t integer = 0;
  const char* const end = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data(), end, integer);
  if (error == std::errc() && stop == end) return integer;
  constexpr double exact = 9007199254740992;  // 2^53
  if (number != std::floor(number) || number > exact) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

Period period_of(const std::string& given, Notes notes) {
  std::string_view word = given;
  for (const std::string_view unit : {"deg", "rad"}) {
    if (word.ends_with(unit)) word.remove_suffix(unit.size());
  }
  const bool counts_pi = word.ends_with("pi");
  if (counts_pi) word.remove_suffix(2);
  const auto number = counts_pi && word.empty() ? std::optional(1.0) : number_of(word);
  if (!number || !std::isfinite(*number) || *number <= 0) {
    refuse("'" + given +
           "' given; a positive number is needed, as 360deg, 2pi, 65536 or yaw=360");
  }
  if (counts_pi) return {*number * std::numbers::pi, std::nullopt};
  constexpr double likeness = 0.005;
  if (std::abs(*number - turn) < likeness && *number != turn) {
    note(notes, fmt::format("period {} is not a whole turn, which is 2pi", *number));
  }
  return {*number, integer_of(word, *number)};
}

void add_with_check(std::int64_t& sum, std::int64_t step) {
  if (!__builtin_add_overflow(sum, step, &sum)) return;
  refuse("with whole periods added, samples are beyond the 64 bits of an integer");
}

}  // namespace

std::vector<std::optional<Period>> periods(const std::vector<std::string>& words,
                                           const std::vector<std::string>& columns,
                                           Notes notes) {
  std::vector<std::optional<Period>> chosen(columns.size());
  for (const std::string& word : words) {
    const std::size_t equals = word.rfind('=');
    const bool is_named = equals != std::string::npos;
    const std::string name = is_named ? word.substr(0, equals) : "";
    const Period period = period_of(is_named ? word.substr(equals + 1) : word, notes);
    if (is_named && std::ranges::find(columns, name) == columns.end()) {
      refuse("'" + name + "' given; -v has " + joined(columns) +
             suggestion(name, columns));
    }
    for (std::size_t k = 0; k < columns.size(); ++k) {
      if (is_named && columns[k] != name) continue;
      if (chosen[k]) refuse("given twice for " + columns[k]);
      chosen[k] = period;
    }
  }
  return chosen;
}

void unwrap(std::vector<double>& samples, double period) {
  double turns = 0;
  std::optional<double> before;
  for (double& sample : samples) {
    if (!std::isfinite(sample)) continue;
    const double step = before ? sample - *before : 0;
    before = sample;
    double reduced = std::remainder(step, period);
    if (reduced == -period / 2) reduced = -reduced;
    turns += std::nearbyint((reduced - step) / period);
    sample = std::fma(turns, period, sample);
  }
}

void unwrap(std::vector<std::int64_t>& samples, std::int64_t period) {
  if (samples.empty()) return;
  const auto phase_of = [&](std::int64_t sample) {
    const std::int64_t rest = sample % period;
    return rest < 0 ? rest + period : rest;
  };
  std::int64_t phase = phase_of(samples[0]);
  std::int64_t sum = samples[0];
  for (std::int64_t& sample : samples) {
    const std::int64_t next = phase_of(sample);
    std::int64_t step = next - phase;
    if (step < 0) step += period;
    if (step > period - step) step -= period;
    phase = next;
    add_with_check(sum, step);
    sample = sum;
  }
}

}  // namespace gridgrad::cli
