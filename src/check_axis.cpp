// check_axis.cpp: refusals that name the axis, what it has and what is needed
//
// SPDX-License-Identifier: BSD-3-Clause

#include "check_axis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "message.hpp"

namespace gridgrad {
namespace {

template <class Rule>
bool is(const Boundary& end) {
  return std::holds_alternative<Rule>(end);
}

bool is_wrapped_or_mirrored(const Boundary& end) {
  return is<Periodic>(end) || is<Symmetric>(end) || is<Antisymmetric>(end);
}

bool extends(const Boundary& end) {
  return is_wrapped_or_mirrored(end) || is<Nearest>(end) || is<Constant>(end);
}

[[noreturn]] void refuse(const char* argument, const std::string& message) {
  throw Error(ErrorCode::bad_argument, argument, message);
}

double smallest_step(const Axis& axis, std::size_t extent) {
  const Coordinates* x = axis.coordinates().get();
  if (x == nullptr) return std::abs(axis.spacing());
  double smallest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < extent; ++i) {
    smallest = std::min(smallest, std::abs(((*x)[i] - (*x)[i - 1]).high));
  }
  return smallest;
}

// A first sample that comes again as the last, up to its rounding, would have a slope of
// its difference from itself.
void check_seam(const Axis& axis, std::size_t extent, double seam) {
  constexpr double least_share = 1e-3;  // of the steps between samples
  if (extent < 2 || seam >= least_share * smallest_step(axis, extent)) return;
  refuse("period", "the last sample is only " + text(seam) +
                       " before the first comes again; leave out the last sample, which "
                       "is the first again");
}

void check_period(const Axis& axis, std::size_t extent) {
  const auto* lower = std::get_if<Periodic>(&axis.lower());
  const auto* upper = std::get_if<Periodic>(&axis.upper());
  if (lower == nullptr && upper == nullptr) return;
  if (lower == nullptr || upper == nullptr || lower->period != upper->period) {
    refuse("boundary",
           "periodic at one end only; the same period at both ends is needed");
  }
  if (!lower->period) {
    if (axis.coordinates() == nullptr) return;
    refuse("period", "none given; coordinates need one, as 360 for degrees");
  }
  const double period = *lower->period;
  const Coordinates* x = axis.coordinates().get();
  const double span = x == nullptr
                          ? std::abs(axis.spacing()) * (static_cast<double>(extent) - 1)
                          : std::abs(((*x)[extent - 1] - (*x)[0]).high);
  if (std::isfinite(period) && period > span) {
    check_seam(axis, extent, period - span);
    return;
  }
  std::string message = text(period) + " given; more than " + text(span) +
                        ", from the first to the last sample, is needed";
  if (period == span) message += "; leave out the last sample, which is the first again";
  refuse("period", message);
}

void check_order(const Axis& axis) {
  if (axis.coordinates() == nullptr) return;
  if (!extends(axis.lower()) && !extends(axis.upper())) return;
  if (is_monotone(*axis.coordinates())) return;
  refuse(
      "coordinates",
      "not monotone; a boundary that continues the axis needs increasing or decreasing "
      "positions, else it can be one-sided or a halo");
}

// Samples that the rule at an end needs.
std::size_t needed_at(const Boundary& end, const AxisPlan& plan) {
  const StencilReach reach = plan.reach();
  if (is<OneSided>(end)) return plan.orders.edge_nodes();
  if (is<Neumann>(end)) return plan.orders.edge_nodes() - 1;
  if (is_wrapped_or_mirrored(end)) return reach.below + reach.above + 1;
  return 0;
}

void check_extent(const AxisPlan& plan, const std::optional<std::size_t>& field_axis) {
  const StencilReach reach = plan.reach();
  const std::size_t lower = is<Halo>(plan.axis.lower()) ? reach.below : 0;
  const std::size_t upper = is<Halo>(plan.axis.upper()) ? reach.above : 0;
  constexpr std::size_t fewest = 2;
  const std::size_t needed =
      std::max({fewest, lower + upper + 1, needed_at(plan.axis.lower(), plan),
                needed_at(plan.axis.upper(), plan)});
  if (plan.extent >= needed) return;
  throw Error(ErrorCode::too_few_samples, "field",
              counted(plan.extent, "sample") + " along " + axis_text(field_axis) +
                  "; at least " + std::to_string(needed) + " are needed");
}

}  // namespace

AxisPlan checked_plan(const Axis& axis, std::size_t extent, const Scheme& scheme,
                      const std::optional<std::size_t>& field_axis) {
  const Orders orders = orders_of(scheme);
  if (axis.coordinates() != nullptr) {
    if (!axis.coordinates()->is_line()) {
      throw Error(ErrorCode::bad_shape, "coordinates",
                  "rank " + std::to_string(axis.coordinates()->extents.size()) +
                      " given; an operator has the positions of one line, rank 1");
    }
    const StencilReach reach = orders.reach();
    const std::size_t nodes =
        std::max(reach.below + reach.above + 2, orders.edge_nodes());
    check_positions(*axis.coordinates(), extent, nodes, field_axis);
  }
  if (extent > 0) check_period(axis, extent);
  check_order(axis);
  AxisPlan plan = {axis, orders, placement_of(axis, extent), extent};
  check_extent(plan, field_axis);
  return plan;
}

}  // namespace gridgrad
