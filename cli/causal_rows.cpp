// cli/causal_rows.cpp: a push for a cell
//
// SPDX-License-Identifier: BSD-3-Clause

#include "causal_rows.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include <fmt/format.h>

namespace gridgrad::cli {

template <Stamp S>
CausalRows<S>::CausalRows(const LiveMethod& method,
                          std::span<const std::optional<Period>> periods,
                          RateWriter& writer)
    : derivative_(method.derivative), writer_(writer), rates_(periods.size()) {
  for (const auto& period : periods) {
    DifferentiatorOptions options = method.options;
    if (period) options.period = period->number;
    columns_.push_back({Differentiator<double, S, live_capacity>(options)});
  }
}

template <Stamp S>
void CausalRows<S>::push(const io::CsvReader& reader, S stamp,
                         std::span<const double> samples) {
  ++rows_;
  for (std::size_t k = 0; k < columns_.size(); ++k) {
    rates_[k] = rate(columns_[k], stamp, samples[k]);
  }
  writer_.row(reader.text(), rates_);
}

template <Stamp S>
double CausalRows<S>::rate(Column& column, S stamp, double sample) const {
  const auto result = column.differentiator.push(stamp, sample);
  switch (result.status) {
    case PushStatus::ok:
      return derivative_ == 1 ? result.derivative : result.second;
    case PushStatus::not_ready:
      ++column.early;
      break;
    case PushStatus::restarted:
      ++column.restarted;
      break;
    case PushStatus::ignored:
    case PushStatus::refused:
      ++(std::isfinite(sample) ? column.late : column.missing);
      break;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

template <Stamp S>
void CausalRows<S>::say(const std::vector<std::string>& results, Notes notes) const {
  for (std::size_t k = 0; k < columns_.size(); ++k) {
    const Column& column = columns_[k];
    const std::array<std::pair<std::size_t, const char*>, 4> reasons = {
        {{column.early, "before there were enough samples"},
         {column.restarted, "after a gap"},
         {column.late, "at a stamp that is not after the one before"},
         {column.missing, "at a missing sample"}}};
    std::size_t count = 0;
    std::string list;
    for (const auto& [rows, reason] : reasons) {
      if (rows == 0) continue;
      list += fmt::format("{}{} {}", count == 0 ? "" : ", ", rows, reason);
      count += rows;
    }
    if (count == 0) continue;
    note(notes,
         fmt::format("{} of {} rows have no {}: {}", count, rows_, results[k], list));
  }
}

template class CausalRows<double>;
template class CausalRows<std::int64_t>;

}  // namespace gridgrad::cli
