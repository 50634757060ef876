// cli/log_samples.hpp: one sample per stamp from the rows of a log
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "log_table.hpp"
#include "period.hpp"

namespace gridgrad::cli {

// Rows that follow each other with one stamp are one sample.
struct Grouping {
  std::size_t samples = 0;
  std::vector<std::size_t> first_rows;  // of the samples; empty if each has one row
};

// Throws Error: bad_argument naming lines where stamps turn, repeat though they may not,
// or change their unit.
[[nodiscard]] Grouping grouped(const LogTable& table, Duplicates duplicates);

// The one that counts of the samples of one stamp, of those that are there; their order
// is lost.
[[nodiscard]] double one_of(std::vector<double>& samples, Duplicates duplicates,
                            double period);

using Samples = std::variant<std::vector<std::int64_t>, std::vector<double>>;

// The samples of a column, of those that are there for one stamp the one or the mean that
// `duplicates` says, with whole periods added. Throws Error: bad_argument.
[[nodiscard]] Samples samples_of(const ValueColumn& column, const Grouping& grouping,
                                 Duplicates duplicates,
                                 const std::optional<Period>& period);

}  // namespace gridgrad::cli
