// extension.cpp: indices and positions beyond the ends
//
// SPDX-License-Identifier: BSD-3-Clause

#include "extension.hpp"

#include <type_traits>

#include "coordinates.hpp"

namespace gridgrad {
namespace {

DoubleDouble twice(DoubleDouble x) {
  return scaled(x, 2);
}

DoubleDouble times(std::ptrdiff_t count, DoubleDouble x) {
  return DoubleDouble{static_cast<double>(count), 0} * x;
}

}  // namespace

Extension::Rules Extension::rules_of(const Boundary& end) {
  return std::visit(
      [](const auto& rule) -> Rules {
        using T = std::remove_cvref_t<decltype(rule)>;
        if constexpr (std::is_same_v<T, Periodic>) {
          return {Rule::periodic, GhostRule::copied};
        } else if constexpr (std::is_same_v<T, Nearest>) {
          return {Rule::nearest, GhostRule::copied};
        } else if constexpr (std::is_same_v<T, Constant>) {
          return {Rule::known, GhostRule::known};
        } else if constexpr (std::is_same_v<T, Symmetric> ||
                             std::is_same_v<T, Antisymmetric>) {
          const Rule mirrored = rule.mirror == Mirror::sample
                                    ? Rule::mirrored_at_sample
                                    : Rule::mirrored_at_half_point;
          if constexpr (std::is_same_v<T, Symmetric>) {
            return {mirrored, GhostRule::copied};
          } else {
            return {mirrored,
                    rule.level == Level::zero ? GhostRule::negated : GhostRule::turned};
          }
        } else {
          return {Rule::none, GhostRule::none};
        }
      },
      end);
}

Extension::Extension(const Axis& axis, std::size_t extent)
    : extent_(static_cast<std::ptrdiff_t>(extent)) {
  const Rules lower = rules_of(axis.lower());
  const Rules upper = rules_of(axis.upper());
  lower_ = lower.rule;
  lower_ghost_ = lower.ghost;
  upper_ = upper.rule;
  upper_ghost_ = upper.ghost;
  if (const auto* periodic = std::get_if<Periodic>(&axis.lower())) {
    const Coordinates* x = axis.coordinates().get();
    const bool descends =
        x == nullptr ? axis.spacing() < 0 : x->size() > 1 && ((*x)[1] - (*x)[0]).high < 0;
    const double period = periodic->period.value_or(0);
    period_ = descends ? -period : period;
  }
}

bool Extension::negates() const noexcept {
  const auto does = [](GhostRule rule) {
    return rule == GhostRule::negated || rule == GhostRule::turned;
  };
  return does(lower_ghost_) || does(upper_ghost_);
}

std::ptrdiff_t Extension::source(Rule rule, std::ptrdiff_t v) const noexcept {
  const bool is_lower = v < 0;
  switch (rule) {
    case Rule::periodic:
      return is_lower ? v + extent_ : v - extent_;
    case Rule::mirrored_at_sample:
      return is_lower ? -v : 2 * (extent_ - 1) - v;
    case Rule::mirrored_at_half_point:
      return is_lower ? -v - 1 : 2 * extent_ - 1 - v;
    default:
      return is_lower ? 0 : extent_ - 1;
  }
}

Ghost Extension::at(std::ptrdiff_t v) const noexcept {
  if (v >= 0 && v < extent_) return {GhostRule::copied, static_cast<std::size_t>(v), 0};
  const bool is_lower = v < 0;
  return {is_lower ? lower_ghost_ : upper_ghost_,
          static_cast<std::size_t>(source(is_lower ? lower_ : upper_, v)),
          is_lower ? 0 : static_cast<std::size_t>(extent_ - 1)};
}

DoubleDouble Extension::position(const Coordinates& x, std::ptrdiff_t v) const noexcept {
  if (v >= 0 && v < extent_) return x[static_cast<std::size_t>(v)];
  const bool is_lower = v < 0;
  const Rule rule = is_lower ? lower_ : upper_;
  const auto end = static_cast<std::size_t>(is_lower ? 0 : extent_ - 1);
  const std::size_t next = is_lower ? 1 : end - 1;
  const DoubleDouble gap = x[end] - x[next];
  const auto at = static_cast<std::size_t>(source(rule, v));
  switch (rule) {
    case Rule::periodic:
      return x[at] + DoubleDouble{is_lower ? -period_ : period_, 0};
    case Rule::mirrored_at_sample:
      return twice(x[end]) - x[at];
    case Rule::mirrored_at_half_point:
      return twice(x[end]) + gap - x[at];
    default: {
      const std::ptrdiff_t beyond = is_lower ? -v : v - (extent_ - 1);
      return x[end] + times(beyond, gap);
    }
  }
}

}  // namespace gridgrad
