// gridgrad/differentiator.hpp: the derivative of a live signal, one sample at a time
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <variant>

#include "gridgrad/live/backward_row.hpp"
#include "gridgrad/live/estimate.hpp"
#include "gridgrad/live/filter.hpp"
#include "gridgrad/live/polynomial_fit.hpp"
#include "gridgrad/live/recent_samples.hpp"
#include "gridgrad/live/stamp.hpp"
#include "gridgrad/live/unwrapped.hpp"

namespace gridgrad {

/// The polynomial through the last samples, at the newest: exact for degree samples - 1.
/// Fornberg, Math. Comp. 51 (1988) 699-706.
struct Backward {
  /// 2 to 8.
  int samples = 2;
};

/// The polynomial nearest to the last samples (least squares), at one of them: of all
/// rows exact for that degree the one with the least noise gain. Savitzky, Golay, Anal.
/// Chem. 36 (1964) 1627-1639, here on the stamps as they are.
struct LocalPolynomial {
  /// Samples: at least degree + 1, at most the differentiator's capacity.
  int window = 9;
  /// 1 to 6.
  int degree = 2;
  /// At which sample: so many before the newest, 0 to window - 1.
  int lag = 0;
};

/// s / (1 + T s): the derivative behind a low pass, the D term of a PID controller.
struct Filtered {
  /// T in seconds: above 0 and finite.
  double time_constant = 0.01;
  FilterRule rule = FilterRule::exact;
};

/// What becomes of the first samples, after a restart too.
enum class FirstSamples {
  wait,  ///< not_ready until the method has all that it asks for
  grow,  ///< fewer samples, and a lower degree, until there are; from the second on
};

struct DifferentiatorOptions {
  std::variant<Backward, LocalPolynomial, Filtered> method = Backward();
  /// Of an angle or a counter that starts anew: a sample may stand for any that is a
  /// multiple of it away, and the nearest to the sample before is taken. Above 0; of
  /// counts a whole number, at most 2^61.
  std::optional<double> period = {};
  /// Seconds: after a longer gap all begins anew. Above 0.
  std::optional<double> max_gap = {};
  FirstSamples first_samples = FirstSamples::wait;
};

enum class PushStatus {
  ok,
  not_ready,  ///< too few samples so far; the estimate is 0
  ignored,    ///< repeated or backward stamp, stamp or sample not finite, or a sample
              ///< 2^52 periods away: as if there had been no push; the estimate is the
              ///< last one
  restarted,  ///< the gap was longer than max_gap: this is a first sample; the estimate
              ///< is 0
  refused,    ///< the options are invalid; the estimate is 0
};

/// An estimate and how it came about. It is finite where no difference, and no product of
/// one with a weight, overflows; where one does, until the method has forgotten it.
template <class Real>
struct PushResult : SignalEstimate<Real> {
  PushStatus status = PushStatus::not_ready;
};

/// Estimates the rate of a signal from its samples as they come, at stamps of any
/// distance. Allocates nothing, throws nothing, locks nothing; copies are independent.
///
///   T         float is computed in float, double and counts (up to 32 bits unsigned, 64
///             bits signed) in double; counts are subtracted exactly
///   S         double: seconds; std::int64_t: nanoseconds, subtracted exactly
///   Capacity  samples that are kept, at least 8: the largest window
///
/// A row of `Backward` is that of `Difference` on the same stamps where these count as
/// irregular (docs/math.md), and has its bits, unless 106 bits do not decide a rounding,
/// as of one weight in 2^40, or the compiler contracts sums to FMA (-ffp-contract=off).
///
/// Cost of a push: O(samples^2) operations for `Backward`, O(window degree) for
/// `LocalPolynomial`, O(1) for `Filtered`, at any push.
template <SignalSample T, Stamp S = double, std::size_t Capacity = 32>
class Differentiator {
  static_assert(Capacity >= live::most_backward_samples);

 public:
  using Real = std::conditional_t<std::same_as<T, float>, float, double>;

  /// What is wrong with the options, or nullptr.
  [[nodiscard]] static constexpr const char* check(
      const DifferentiatorOptions& options) noexcept;

  /// Invalid options are no undefined behaviour: every push is refused then.
  explicit constexpr Differentiator(const DifferentiatorOptions& options = {}) noexcept
      : options_(options), is_valid_(check(options) == nullptr) {}

  [[nodiscard]] constexpr bool is_valid() const noexcept { return is_valid_; }

  /// Takes a sample, and estimates the derivative.
  ///
  ///   stamp  of type S, not converted; a gap below 2^-60 s is a repeated stamp, one
  ///          above 2^60 s restarts
  PushResult<Real> push(std::same_as<S> auto stamp, T sample) noexcept;

  /// Forgets all samples: after a clock was set back, for one.
  void restart() noexcept {
    recent_.clear();
    estimate_ = {};
  }

 private:
  [[nodiscard]] static constexpr const char* check_method(
      const DifferentiatorOptions& options) noexcept;
  PushResult<Real> start(S stamp, T sample, PushStatus status) noexcept;
  PushStatus estimate(double gap) noexcept;
  PushStatus estimate(const Backward& method) noexcept;
  PushStatus estimate(const LocalPolynomial& method) noexcept;
  PushStatus estimate(const Filtered& method, double gap) noexcept;
  [[nodiscard]] PushResult<Real> result(PushStatus status) const noexcept {
    return {estimate_, status};
  }
  [[nodiscard]] bool waits() const noexcept {
    return options_.first_samples == FirstSamples::wait;
  }

  DifferentiatorOptions options_;
  bool is_valid_;
  live::RecentSamples<T, S, Capacity> recent_ = {};
  live::Filter<Real> filter_ = {};
  SignalEstimate<Real> estimate_ = {};
};

template <SignalSample T, Stamp S, std::size_t Capacity>
constexpr const char* Differentiator<T, S, Capacity>::check(
    const DifferentiatorOptions& options) noexcept {
  if (options.period) {
    const double period = *options.period;
    if (!(period > 0) || !live::is_finite(period)) {
      return "period: above 0 and finite";
    }
    if constexpr (std::integral<T>) {
      constexpr double largest = 0x1p61;
      const bool is_whole =
          period <= largest &&
          static_cast<double>(static_cast<std::int64_t>(period)) == period;
      if (!is_whole) return "period: a whole number of counts, at most 2^61";
    }
  }
  if (options.max_gap && !(*options.max_gap > 0)) return "max_gap: above 0";
  return check_method(options);
}

template <SignalSample T, Stamp S, std::size_t Capacity>
constexpr const char* Differentiator<T, S, Capacity>::check_method(
    const DifferentiatorOptions& options) noexcept {
  constexpr int most = live::most_backward_samples;
  constexpr int highest_degree = 6;
  if (const auto* backward = std::get_if<Backward>(&options.method)) {
    return backward->samples >= 2 && backward->samples <= most ? nullptr
                                                               : "samples: 2 to 8";
  }
  if (const auto* filtered = std::get_if<Filtered>(&options.method)) {
    const double time_constant = filtered->time_constant;
    return time_constant > 0 && live::is_finite(time_constant)
               ? nullptr
               : "time_constant: above 0 and finite";
  }
  const auto* fit = std::get_if<LocalPolynomial>(&options.method);
  if (fit == nullptr) return "method: none";
  if (fit->degree < 1 || fit->degree > highest_degree) return "degree: 1 to 6";
  if (fit->window <= fit->degree) return "window: at least degree + 1";
  if (fit->window > static_cast<int>(Capacity)) return "window: at most the capacity";
  return fit->lag >= 0 && fit->lag < fit->window ? nullptr : "lag: 0 to window - 1";
}

template <SignalSample T, Stamp S, std::size_t Capacity>
auto Differentiator<T, S, Capacity>::push(std::same_as<S> auto stamp, T sample) noexcept
    -> PushResult<Real> {
  constexpr double shortest = 0x1p-60;
  constexpr double longest = 0x1p60;
  if (!is_valid_) return result(PushStatus::refused);
  if (!live::is_finite(stamp) || !live::is_finite(sample)) {
    return result(PushStatus::ignored);
  }
  if (recent_.count() == 0) return start(stamp, sample, PushStatus::not_ready);
  if (stamp <= recent_.stamp(0)) return result(PushStatus::ignored);
  const double gap = live::seconds(stamp, recent_.stamp(0));
  if (gap < shortest) return result(PushStatus::ignored);
  if (!(gap <= longest) || (options_.max_gap && gap > *options_.max_gap)) {
    return start(stamp, sample, PushStatus::restarted);
  }
  const auto unwrapped = recent_.sample(0).next(sample, options_.period.value_or(0));
  if (!unwrapped.is_exact()) return result(PushStatus::ignored);
  recent_.push(stamp, unwrapped);
  return result(estimate(gap));
}

template <SignalSample T, Stamp S, std::size_t Capacity>
auto Differentiator<T, S, Capacity>::start(S stamp, T sample, PushStatus status) noexcept
    -> PushResult<Real> {
  restart();
  recent_.push(stamp, live::Unwrapped<T>(sample));
  return result(status);
}

template <SignalSample T, Stamp S, std::size_t Capacity>
PushStatus Differentiator<T, S, Capacity>::estimate(double gap) noexcept {
  if (const auto* backward = std::get_if<Backward>(&options_.method)) {
    return estimate(*backward);
  }
  if (const auto* fit = std::get_if<LocalPolynomial>(&options_.method)) {
    return estimate(*fit);
  }
  return estimate(*std::get_if<Filtered>(&options_.method), gap);
}

template <SignalSample T, Stamp S, std::size_t Capacity>
PushStatus Differentiator<T, S, Capacity>::estimate(const Backward& method) noexcept {
  const auto samples = static_cast<std::size_t>(method.samples);
  const bool is_full = recent_.count() >= samples;
  if (!is_full && waits()) return PushStatus::not_ready;
  estimate_ = live::backward_estimate<Real>(recent_, is_full ? samples : recent_.count(),
                                            live::units_per_second<S>,
                                            options_.period.value_or(0));
  return PushStatus::ok;
}

template <SignalSample T, Stamp S, std::size_t Capacity>
PushStatus Differentiator<T, S, Capacity>::estimate(
    const LocalPolynomial& method) noexcept {
  auto window = static_cast<std::size_t>(method.window);
  auto degree = static_cast<std::size_t>(method.degree);
  auto lag = static_cast<std::size_t>(method.lag);
  if (recent_.count() < window) {
    if (waits()) return PushStatus::not_ready;
    window = recent_.count();
    if (degree >= window) degree = window - 1;
    if (lag >= window) lag = window - 1;
  }
  live::PolynomialFit<Real, Capacity> fit(recent_, window, live::units_per_second<S>,
                                          options_.period.value_or(0));
  estimate_ = fit.estimate(degree, lag);
  return PushStatus::ok;
}

template <SignalSample T, Stamp S, std::size_t Capacity>
PushStatus Differentiator<T, S, Capacity>::estimate(const Filtered& method,
                                                    double gap) noexcept {
  const auto seconds = static_cast<Real>(gap);
  const auto step = static_cast<Real>(
      difference(recent_.sample(0), recent_.sample(1), options_.period.value_or(0)));
  // A difference that overflowed would otherwise stay in the recurrence for ever.
  const bool begins = recent_.count() == 2 || !live::is_finite(estimate_.derivative);
  if (begins) {
    filter_.start(step, seconds);
  } else {
    const auto time_constant = static_cast<Real>(method.time_constant);
    filter_.go_on(step, seconds, live::filter_step(method.rule, time_constant, seconds));
  }
  estimate_ = filter_.estimate();
  return PushStatus::ok;
}

}  // namespace gridgrad
