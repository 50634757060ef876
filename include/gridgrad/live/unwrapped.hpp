// gridgrad/live/unwrapped.hpp: differences of angles and counters that start anew
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <concepts>
#include <cstdint>

#include "gridgrad/live/stamp.hpp"

namespace gridgrad {

/// What a live signal is made of: float, double, or counts that std::int64_t holds.
template <class T>
concept SignalSample = std::same_as<T, float> || std::same_as<T, double> ||
    (std::integral<T> && !std::same_as<T, bool> &&
     (std::signed_integral<T> || sizeof(T) < sizeof(std::int64_t)));

}  // namespace gridgrad

namespace gridgrad::live {

/// An angle and the turns since the first sample: each sample is taken for the one of its
/// values a period apart that is nearest to the sample before.
template <class T>
class Unwrapped {
 public:
  Unwrapped() = default;
  explicit Unwrapped(T sample) noexcept : sample_(sample) {}

  /// Precondition: period 0 (there is none) or above. Turns are exact to 2^52.
  [[nodiscard]] Unwrapped next(T sample, double period) const noexcept {
    Unwrapped next(sample);
    next.turns_ = turns_;
    const double step = static_cast<double>(sample) - static_cast<double>(sample_);
    if (period == 0 || (2 * step <= period && -2 * step <= period)) return next;
    next.turns_ -= nearest_whole(step / period);
    return next;
  }

  /// False where a sample is so many periods from the one before that its bits do not
  /// tell where in the period it is.
  [[nodiscard]] bool is_exact() const noexcept {
    return turns_ >= -0x1p52 && turns_ <= 0x1p52;
  }

  /// newest - older, rounded once where no turn lies between.
  [[nodiscard]] friend T difference(const Unwrapped& newest, const Unwrapped& older,
                                    double period) noexcept {
    const T step = newest.sample_ - older.sample_;
    if (newest.turns_ == older.turns_) return step;
    return step + static_cast<T>((newest.turns_ - older.turns_) * period);
  }

 private:
  // Numbers of 2^52 and more are whole: adding that much rounds to a whole number.
  [[nodiscard]] static double nearest_whole(double number) noexcept {
    if (!(number > -0x1p52 && number < 0x1p52)) return number;
    const auto truncated = static_cast<double>(static_cast<std::int64_t>(number));
    const double rest = number - truncated;
    constexpr double half = 0.5;
    return truncated + (rest > half ? 1 : 0) - (rest < -half ? 1 : 0);
  }

  T sample_ = 0;
  double turns_ = 0;
};

/// A count without its roll-overs, exact.
template <std::integral T>
class Unwrapped<T> {
 public:
  Unwrapped() = default;
  explicit Unwrapped(T sample) noexcept : count_(static_cast<std::int64_t>(sample)) {}

  /// Precondition: period 0 (there is none) or a whole number, at most 2^61.
  [[nodiscard]] Unwrapped next(T sample, double period) const noexcept {
    Unwrapped next(sample);
    if (period == 0) return next;
    const auto whole = static_cast<std::int64_t>(period);
    std::int64_t step = residue(next.count_, whole) - residue(count_, whole);
    if (2 * step > whole) step -= whole;
    if (2 * step < -whole) step += whole;
    next.count_ = static_cast<std::int64_t>(static_cast<std::uint64_t>(count_) +
                                            static_cast<std::uint64_t>(step));
    return next;
  }

  [[nodiscard]] bool is_exact() const noexcept { return true; }

  /// newest - older, rounded once: halves of 32 bits have exact differences.
  [[nodiscard]] friend double difference(const Unwrapped& newest, const Unwrapped& older,
                                         double /*period*/) noexcept {
    constexpr int bits_of_half = 32;
    constexpr std::int64_t lower_half = 0xffffffff;
    const std::int64_t high =
        (newest.count_ >> bits_of_half) - (older.count_ >> bits_of_half);
    const std::int64_t low = (newest.count_ & lower_half) - (older.count_ & lower_half);
    return static_cast<double>(high) * 0x1p32 + static_cast<double>(low);
  }

 private:
  [[nodiscard]] static std::int64_t residue(std::int64_t count,
                                            std::int64_t period) noexcept {
    const std::int64_t rest = count % period;
    return rest < 0 ? rest + period : rest;
  }

  std::int64_t count_ = 0;
};

}  // namespace gridgrad::live
