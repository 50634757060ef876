// cli/centred_rows.hpp: each row of a log with the rate in a window around it
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <deque>
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

// The fit of a Differentiator whose window has its lag in the middle; before the first
// such window and after the last one, other lags in these. Rows are written half a window
// and a row after they were read.
template <Stamp S>
class CentredRows {
 public:
  CentredRows(const LiveMethod& method, std::span<const std::optional<Period>> periods,
              std::string axis, RateWriter& writer);

  // The row that was read. Throws Error: io for a stamp that goes back, or repeats though
  // it may not.
  void push(const io::CsvReader& reader, S stamp, std::span<const double> samples);

  // The rows that are left. Throws Error: too_few_samples if no window was ever full.
  void finish();

  // How many samples and rates are missing, and why.
  void say(const std::vector<std::string>& results, Notes notes) const;

 private:
  struct Sample {
    S stamp;
    std::vector<double> columns;
  };
  struct Row {
    std::size_t sample;
    std::string text;
  };

  [[nodiscard]] bool is_full() const noexcept {
    return samples_.size() == static_cast<std::size_t>(fit_.window);
  }
  void end_group();
  void end_segment();
  void write(std::size_t sample);
  [[nodiscard]] double rate(std::size_t column, std::size_t sample);

  LiveMethod method_;
  LocalPolynomial fit_;
  std::vector<std::optional<Period>> periods_;
  std::string axis_;
  RateWriter& writer_;
  std::deque<Sample> samples_;  // of the window
  bool was_full_ = false;
  bool was_ever_full_ = false;
  std::optional<S> stamp_;                  // of the rows that came last
  std::vector<std::vector<double>> group_;  // their samples, of every column
  std::deque<Row> rows_;                    // not written yet
  std::size_t samples_read_ = 0;
  std::size_t samples_written_ = 0;
  std::size_t rows_read_ = 0;
  std::size_t alone_ = 0;             // rows between gaps, with less than a window
  std::vector<std::size_t> missing_;  // cells of each column
  live::RecentSamples<double, S, live_capacity> recent_;
  std::vector<double> rates_;
};

extern template class CentredRows<double>;
extern template class CentredRows<std::int64_t>;

}  // namespace gridgrad::cli
