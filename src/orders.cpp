// orders.cpp: defaults and ranges of a scheme
//
// SPDX-License-Identifier: BSD-3-Clause

#include "orders.hpp"

#include <string>

#include "gridgrad/error.hpp"

namespace gridgrad {
namespace {

constexpr int highest_derivative = 6;
constexpr int highest_order = 20;

void require_within(const char* argument, int number, int highest) {
  if (number >= 1 && number <= highest) return;
  throw Error(
      ErrorCode::bad_argument, argument,
      std::to_string(number) + " given; 1 to " + std::to_string(highest) + " is needed");
}

}  // namespace

StencilReach Orders::reach() const noexcept {
  const auto samples = static_cast<std::size_t>(derivative + accuracy);
  if (bias == Bias::forward) return {0, samples - 1};
  if (bias == Bias::backward) return {samples - 1, 0};
  const std::size_t radius = (samples - 1) / 2;
  return {radius, radius};
}

Orders orders_of(const Scheme& scheme) {
  constexpr int usual = 2;
  Orders orders = {};
  orders.derivative = scheme.derivative;
  orders.accuracy = scheme.accuracy.value_or(usual);
  const bool is_plain_gradient = !scheme.accuracy && scheme.derivative == 1;
  orders.edge_order = scheme.edge_order.value_or(is_plain_gradient ? 1 : orders.accuracy);
  orders.bias = scheme.bias;
  orders.missing = scheme.missing;
  require_within("derivative", orders.derivative, highest_derivative);
  require_within("accuracy", orders.accuracy, highest_order);
  require_within("edge_order", orders.edge_order, highest_order);
  if (orders.bias == Bias::central && orders.accuracy % 2 != 0) {
    throw Error(ErrorCode::bad_argument, "accuracy",
                std::to_string(orders.accuracy) +
                    " given; central differences need an even number from 2 to 20");
  }
  if (const auto* adapt = std::get_if<Adapt>(&orders.missing)) {
    require_within("minimum", adapt->minimum, orders.accuracy);
  }
  return orders;
}

}  // namespace gridgrad
