// cli/live_method.cpp: which options go together where rows are read once
//
// SPDX-License-Identifier: BSD-3-Clause

#include "live_method.hpp"

#include <cmath>
#include <string>
#include <variant>

#include <fmt/format.h>

#include "gridgrad/error.hpp"

namespace gridgrad::cli {
namespace {

constexpr int default_degree = 2;
constexpr int highest_degree = 6;

[[noreturn]] void refuse(const char* option, const std::string& message) {
  throw Error(ErrorCode::bad_argument, option, message);
}

void require_positive(const char* option, const std::optional<double>& number) {
  if (!number || (*number > 0 && std::isfinite(*number))) return;
  refuse(option, fmt::format("{} given; a positive number is needed", *number));
}

void require_partners(const LogOptions& log) {
  if (log.degree && !log.window) refuse("degree", "given without --window");
  if (log.filter && !log.is_causal) {
    refuse("filter", "given without --causal; a filter knows only what was before");
  }
  if (log.filter && log.window) {
    refuse("filter", "given with --window; one of the two is accepted");
  }
  if (log.max_gap && !log.is_causal && !log.window) {
    refuse("max-gap", "given without --causal or --window");
  }
  require_positive("filter", log.filter);
  require_positive("max-gap", log.max_gap);
}

void require_no_order(const Scheme& scheme, const char* why) {
  if (scheme.accuracy) refuse("accuracy", why);
  if (scheme.edge_order) refuse("edge-order", why);
}

void require_known_samples(const FieldCommand& command) {
  if (command.log.duplicates.value_or(Duplicates::first) != Duplicates::first) {
    refuse("duplicates",
           "given with --causal, where the first of rows with one stamp counts: the "
           "others are not known yet");
  }
  if (!std::holds_alternative<NoneMissing>(command.scheme.missing)) {
    refuse("missing",
           "given with --causal, where samples that are missing are passed over");
  }
}

Backward backward(const Scheme& scheme) {
  constexpr int most = static_cast<int>(live::most_backward_samples) - 1;
  const int order = scheme.edge_order.value_or(scheme.accuracy.value_or(1));
  if (order < 1 || order > most) {
    refuse(scheme.edge_order ? "edge-order" : "accuracy",
           fmt::format("{} given; with --causal 1 to {} is needed", order, most));
  }
  return {order + 1};
}

void require_window(const LogOptions& log, int window, int degree) {
  if (window <= degree) {
    refuse("window", fmt::format("{} given; degree {} needs {} samples at least", window,
                                 degree, degree + 1));
  }
  const int most = static_cast<int>(live_capacity) - (log.is_causal ? 0 : 1);
  if (window > most) {
    refuse("window", fmt::format("{} given; at most {} samples are kept", window, most));
  }
  if (!log.is_causal && window % 2 == 0) {
    refuse("window", fmt::format("{} given; around a sample an odd number is needed, "
                                 "before it (--causal) any",
                                 window));
  }
}

LocalPolynomial local_polynomial(const FieldCommand& command) {
  const int window = *command.log.window;
  const int degree = command.log.degree.value_or(default_degree);
  require_no_order(command.scheme, "given with --window, whose order is its degree");
  if (degree < 1 || degree > highest_degree) {
    refuse("degree", fmt::format("{} given; 1 to {} is needed", degree, highest_degree));
  }
  const auto* const adapt = std::get_if<Adapt>(&command.scheme.missing);
  if (adapt != nullptr && adapt->minimum > degree) {
    refuse("missing", fmt::format("adapt:{} given; the order of --window is its degree, "
                                  "{}",
                                  adapt->minimum, degree));
  }
  require_window(command.log, window, degree);
  return {window, degree, command.log.is_causal ? 0 : (window - 1) / 2};
}

void require_derivative(int derivative, const DifferentiatorOptions& options) {
  const auto* const fit = std::get_if<LocalPolynomial>(&options.method);
  const int highest = fit != nullptr && fit->degree > 1 ? 2 : 1;
  if (derivative >= 1 && derivative <= highest) return;
  refuse("derivative",
         fmt::format("{} given; with --causal the first is accepted, with --window of "
                     "degree 2 and above the second, too",
                     derivative));
}

}  // namespace

std::optional<LiveMethod> live_method(const FieldCommand& command) {
  const LogOptions& log = command.log;
  require_partners(log);
  if (!log.is_causal && !log.window) return std::nullopt;
  LiveMethod method;
  method.is_causal = log.is_causal;
  method.options.max_gap = log.max_gap;
  method.derivative = command.scheme.derivative;
  method.duplicates = log.duplicates.value_or(Duplicates::refuse);
  method.adapts = std::holds_alternative<Adapt>(command.scheme.missing);
  if (log.is_causal) require_known_samples(command);
  if (log.window) {
    method.options.method = local_polynomial(command);
  } else if (log.filter) {
    require_no_order(command.scheme, "given with --filter, which has none");
    method.options.method = Filtered{.time_constant = *log.filter};
  } else {
    method.options.method = backward(command.scheme);
  }
  require_derivative(method.derivative, method.options);
  return method;
}

}  // namespace gridgrad::cli
