// cli/log_samples.cpp: stamps in order, duplicates made one, periods added
//
// SPDX-License-Identifier: BSD-3-Clause

#include "log_samples.hpp"

#include <cmath>
#include <limits>
#include <span>
#include <string>

#include <fmt/format.h>

#include "gridgrad/error.hpp"

namespace gridgrad::cli {
namespace {

constexpr const char* increments =
    "; all are positive, like increments: coordinates are positions, and a running sum "
    "of increments gives them";

[[noreturn]] void refuse(const LogTable& table, const std::string& message) {
  throw Error(ErrorCode::bad_argument, "axis " + table.stamps.name(), message);
}

void require_one_unit(const LogTable& table) {
  const auto row = table.stamps.change_of_unit();
  if (!row) return;
  refuse(table, fmt::format("another time unit from line {} to line {}, a power of 1000 "
                            "apart; one unit throughout is needed",
                            table.lines[*row - 1], table.lines[*row]));
}

// The first row whose stamp lies the other way than the first step; 0 if there is none.
std::size_t turning_row(const Stamps& stamps) {
  int way = 0;
  for (std::size_t i = 1; i < stamps.size(); ++i) {
    const int step = stamps.step(i);
    if (way == 0) way = step;
    if (step == -way && step != 0) return i;
  }
  return 0;
}

void require_order(const LogTable& table) {
  const std::size_t row = turning_row(table.stamps);
  if (row == 0) return;
  refuse(table,
         fmt::format("not monotone: from line {} to line {} stamps turn; rows in the "
                     "order of their stamps are needed{}",
                     table.lines[row - 1], table.lines[row],
                     table.stamps.are_positive_numbers() ? increments : ""));
}

[[noreturn]] void refuse_repeats(const LogTable& table) {
  constexpr std::size_t most_named = 3;
  std::size_t count = 0;
  std::string named;
  for (std::size_t i = 1; i < table.stamps.size(); ++i) {
    if (table.stamps.step(i) != 0 || ++count > most_named) continue;
    named += fmt::format("{}{} and {}", count == 1 ? "" : ", ", table.lines[i - 1],
                         table.lines[i]);
  }
  const bool are_increments =
      2 * count >= table.stamps.size() && table.stamps.are_positive_numbers();
  refuse(table, fmt::format(
                    "{} that repeat{} the one before, in lines {}{}; --duplicates first, "
                    "last or mean makes one sample of them{}",
                    count == 1 ? "a stamp" : fmt::format("{} stamps", count),
                    count == 1 ? "s" : "", named, count > most_named ? ", ..." : "",
                    are_increments ? increments : ""));
}

double mean(std::span<const double> samples, double period) {
  double sum = 0;
  double there = 0;
  for (const double sample : samples) {
    if (std::isnan(sample)) continue;
    // Differences from the first, so that equal samples have that mean exactly.
    double step = sample - samples[0];
    if (std::isfinite(step) && period > 0) step = std::remainder(step, period);
    sum += step;
    ++there;
  }
  return samples[0] + sum / there;
}

std::size_t end_of(const Grouping& grouping, std::size_t sample, std::size_t rows) {
  return sample + 1 < grouping.samples ? grouping.first_rows[sample + 1] : rows;
}

std::vector<double> reduced(const std::vector<double>& rows, const Grouping& grouping,
                            Duplicates duplicates, double period) {
  if (grouping.first_rows.empty()) return rows;
  std::vector<double> samples;
  std::vector<double> same;
  for (std::size_t k = 0; k < grouping.samples; ++k) {
    const std::size_t end = end_of(grouping, k, rows.size());
    same.clear();
    for (std::size_t i = grouping.first_rows[k]; i < end; ++i) same.push_back(rows[i]);
    samples.push_back(one_of(same, duplicates, period));
  }
  return samples;
}

std::vector<std::int64_t> reduced(const std::vector<std::int64_t>& rows,
                                  const Grouping& grouping, Duplicates duplicates) {
  if (grouping.first_rows.empty()) return rows;
  std::vector<std::int64_t> samples;
  for (std::size_t k = 0; k < grouping.samples; ++k) {
    const std::size_t last = end_of(grouping, k, rows.size()) - 1;
    const bool is_first = duplicates == Duplicates::first;
    samples.push_back(rows[is_first ? grouping.first_rows[k] : last]);
  }
  return samples;
}

std::vector<double> as_numbers(const ValueColumn& column) {
  if (!column.has_integers()) return column.numbers();
  std::vector<double> numbers;
  for (const std::int64_t integer : column.integers()) {
    if (integer < -most_exact || integer > most_exact) {
      throw Error(ErrorCode::bad_argument, "column " + column.name(),
                  std::to_string(integer) +
                      " is beyond 2^53; means, and periods that are not whole, are of "
                      "float64");
    }
    numbers.push_back(static_cast<double>(integer));
  }
  return numbers;
}

}  // namespace

double one_of(std::vector<double>& samples, Duplicates duplicates, double period) {
  std::erase_if(samples, [](double sample) { return std::isnan(sample); });
  if (samples.empty()) return std::numeric_limits<double>::quiet_NaN();
  if (duplicates == Duplicates::first) return samples.front();
  if (duplicates == Duplicates::last) return samples.back();
  return mean(samples, period);
}

Grouping grouped(const LogTable& table, Duplicates duplicates) {
  const Stamps& stamps = table.stamps;
  require_one_unit(table);
  require_order(table);
  Grouping grouping;
  std::size_t repeats = 0;
  for (std::size_t i = 1; i < stamps.size(); ++i) repeats += stamps.step(i) == 0 ? 1 : 0;
  grouping.samples = stamps.size() - repeats;
  if (repeats == 0) return grouping;
  if (duplicates == Duplicates::refuse) refuse_repeats(table);
  grouping.first_rows.push_back(0);
  for (std::size_t i = 1; i < stamps.size(); ++i) {
    if (stamps.step(i) != 0) grouping.first_rows.push_back(i);
  }
  return grouping;
}

Samples samples_of(const ValueColumn& column, const Grouping& grouping,
                   Duplicates duplicates, const std::optional<Period>& period) {
  const bool has_means = !grouping.first_rows.empty() && duplicates == Duplicates::mean;
  if (column.has_integers() && !has_means && (!period || period->integer)) {
    auto samples = reduced(column.integers(), grouping, duplicates);
    if (period) unwrap(samples, *period->integer);
    return samples;
  }
  const double length = period ? period->number : 0;
  auto samples = reduced(as_numbers(column), grouping, duplicates, length);
  if (period) unwrap(samples, length);
  return samples;
}

}  // namespace gridgrad::cli
