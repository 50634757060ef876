// cli/causal_rows.hpp: each row of a log with what a controller would have known then
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gridgrad/differentiator.hpp"
#include "gridgrad/io/csv.hpp"
#include "live_method.hpp"
#include "period.hpp"
#include "rate_writer.hpp"

namespace gridgrad::cli {

// A Differentiator per column. A rate is missing where it has no new one.
template <Stamp S>
class CausalRows {
 public:
  CausalRows(const LiveMethod& method, std::span<const std::optional<Period>> periods,
             RateWriter& writer);

  // The row that was read.
  void push(const io::CsvReader& reader, S stamp, std::span<const double> samples);
  void finish() {}

  // How many rates are missing, and why.
  void say(const std::vector<std::string>& results, Notes notes) const;

 private:
  struct Column {
    Differentiator<double, S, live_capacity> differentiator;
    std::size_t early = 0;
    std::size_t restarted = 0;
    std::size_t missing = 0;
    std::size_t late = 0;  // by a stamp that is not after the one before
  };

  [[nodiscard]] double rate(Column& column, S stamp, double sample) const;

  int derivative_;
  RateWriter& writer_;
  std::vector<Column> columns_;
  std::vector<double> rates_;
  std::size_t rows_ = 0;
};

extern template class CausalRows<double>;
extern template class CausalRows<std::int64_t>;

}  // namespace gridgrad::cli
