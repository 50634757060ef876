// cli/centred_rows.cpp: rows wait until the window around them is full
//
// SPDX-License-Identifier: BSD-3-Clause

#include "centred_rows.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "gridgrad/error.hpp"
#include "log_samples.hpp"
#include "stamp_cell.hpp"

namespace gridgrad::cli {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

template <Stamp S>
CentredRows<S>::CentredRows(const LiveMethod& method,
                            std::span<const std::optional<Period>> periods,
                            std::string axis, RateWriter& writer)
    : method_(method),
      fit_(std::get<LocalPolynomial>(method.options.method)),
      periods_(periods.begin(), periods.end()),
      axis_(std::move(axis)),
      writer_(writer),
      group_(periods.size()),
      missing_(periods.size()),
      rates_(periods.size()) {}

template <Stamp S>
void CentredRows<S>::push(const io::CsvReader& reader, S stamp,
                          std::span<const double> samples) {
  if (stamp_ && stamp < *stamp_) {
    refuse_cell(reader, axis_,
                "a stamp before that of the row before; rising stamps are needed");
  }
  const bool repeats = stamp_ && stamp == *stamp_;
  if (repeats && method_.duplicates == Duplicates::refuse) {
    refuse_cell(reader, axis_,
                "a stamp that repeats the one before; --duplicates first, last or mean "
                "makes one sample of them");
  }
  if (!repeats) end_group();
  stamp_ = stamp;
  ++rows_read_;
  rows_.push_back({samples_read_, std::string(reader.text())});
  for (std::size_t k = 0; k < group_.size(); ++k) {
    missing_[k] += std::isnan(samples[k]) ? 1 : 0;
    group_[k].push_back(samples[k]);
  }
}

// Rows with one stamp are one sample, complete when another stamp follows.
template <Stamp S>
void CentredRows<S>::end_group() {
  if (!stamp_) return;
  const auto& max_gap = method_.options.max_gap;
  if (max_gap && !samples_.empty() &&
      live::seconds(*stamp_, samples_.back().stamp) > *max_gap) {
    end_segment();
  }
  if (is_full()) samples_.pop_front();
  Sample& sample = samples_.emplace_back(Sample{*stamp_, {}});
  for (std::size_t k = 0; k < group_.size(); ++k) {
    const double period = periods_[k] ? periods_[k]->number : 0;
    sample.columns.push_back(one_of(group_[k], method_.duplicates, period));
    group_[k].clear();
  }
  ++samples_read_;
  if (!is_full()) return;
  const auto middle = samples_.size() - 1 - static_cast<std::size_t>(fit_.lag);
  for (std::size_t i = was_full_ ? middle : 0; i <= middle; ++i) write(i);
  was_full_ = was_ever_full_ = true;
}

template <Stamp S>
void CentredRows<S>::end_segment() {
  const std::size_t left = samples_read_ - samples_written_;
  if (!was_full_) alone_ += left;
  for (std::size_t i = samples_.size() - left; i < samples_.size(); ++i) write(i);
  samples_.clear();
  was_full_ = false;
}

template <Stamp S>
void CentredRows<S>::finish() {
  end_group();
  if (!was_ever_full_) {
    throw Error(ErrorCode::too_few_samples, "axis " + axis_,
                fmt::format("fewer than the {} samples of --window{}", fit_.window,
                            method_.options.max_gap ? " between gaps" : ""));
  }
  end_segment();
}

template <Stamp S>
void CentredRows<S>::write(std::size_t sample) {
  for (std::size_t k = 0; k < rates_.size(); ++k) {
    rates_[k] = is_full() ? rate(k, sample) : nan;
  }
  for (; !rows_.empty() && rows_.front().sample == samples_written_; rows_.pop_front()) {
    writer_.row(rows_.front().text, rates_);
  }
  ++samples_written_;
}

template <Stamp S>
double CentredRows<S>::rate(std::size_t column, std::size_t sample) {
  const double period = periods_[column] ? periods_[column]->number : 0;
  std::size_t lag = 0;
  recent_.clear();
  for (std::size_t i = 0; i < samples_.size(); ++i) {
    const double number = samples_[i].columns[column];
    const bool is_there = std::isfinite(number);
    if (!is_there && (i == sample || !method_.adapts)) return nan;
    if (!is_there) continue;
    const bool is_first = recent_.count() == 0;
    recent_.push(samples_[i].stamp, is_first ? live::Unwrapped<double>(number)
                                             : recent_.sample(0).next(number, period));
    if (i > sample) ++lag;
  }
  const auto degree = static_cast<std::size_t>(fit_.degree);
  if (recent_.count() <= degree) return nan;
  live::PolynomialFit<double, live_capacity> fit(recent_, recent_.count(),
                                                 live::units_per_second<S>, period);
  const auto estimate = fit.estimate(degree, lag);
  return method_.derivative == 1 ? estimate.derivative : estimate.second;
}

template <Stamp S>
void CentredRows<S>::say(const std::vector<std::string>& results, Notes notes) const {
  for (std::size_t k = 0; k < results.size(); ++k) {
    if (missing_[k] == 0) continue;
    note(notes, fmt::format("{} of {} samples for {} missing{}", missing_[k], rows_read_,
                            results[k],
                            method_.adapts ? "" : "; --missing adapt fits those there"));
  }
  if (alone_ == 0) return;
  note(notes, fmt::format("{} of {} samples between gaps that are less than a window",
                          alone_, samples_read_));
}

template class CentredRows<double>;
template class CentredRows<std::int64_t>;

}  // namespace gridgrad::cli
