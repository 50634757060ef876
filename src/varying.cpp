// varying.cpp: lines at the same positions, one set after the other
//
// SPDX-License-Identifier: BSD-3-Clause

#include "varying.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "check_axis.hpp"
#include "coordinates.hpp"
#include "message.hpp"
#include "neighbour_rows.hpp"
#include "orders.hpp"
#include "sweep.hpp"
#include "threads.hpp"

namespace gridgrad {
namespace {

void check_broadcast(const AnyField& field, const VaryingTerm& term) {
  const std::span<const std::size_t> shape = term.rule.coordinates()->extents;
  const std::size_t rank = field.extents.size();
  bool fits = shape.size() <= rank && term.axis + shape.size() >= rank;
  for (std::size_t d = 0; fits && d < shape.size(); ++d) {
    const std::size_t axis = d + rank - shape.size();
    const bool is_broadcast = shape[d] == 1 && axis != term.axis;
    fits = is_broadcast || shape[d] == field.extents[axis];
  }
  if (fits) return;
  throw Error(ErrorCode::bad_shape, "coordinates",
              "shape " + shape_text(shape) + " given for axis " +
                  std::to_string(term.axis) + " of a field of shape " +
                  shape_text(field.extents) +
                  "; positions broadcast from the last axis on, and have every sample of "
                  "their own axis");
}

// Throws Error naming the line, unless its positions fit the scheme and its weights are
// usable.
void check_line(const AnyField& field, const VaryingTerm& term, const Scheme& scheme,
                const LineSets& sets, std::size_t set) {
  const auto place = sets.place(set);
  try {
    const RowTable table(sets.rule(place), field.extents[term.axis], scheme, {1},
                         term.axis);
    check_weights(field, table);
  } catch (const Error& error) {
    if (error.argument() != "coordinates" && error.argument() != "spacing") throw;
    throw Error(error.code(), error.argument() + " of the line at " + shape_text(place),
                std::string(error.what()).substr(error.argument().size() + 2));
  }
}

// Whether any increasing or decreasing lines with gaps like these fit, so that one of
// them tells for all. A bound on the weights: with N samples in a row, all within L of
// its own and gaps of at least g,
//
//   m! / (N L^m) <= largest weight <= m! (2 L / g)^(N - 1) / L^m
//
// and none that is used is below 2^-80 of the largest.
bool fit_alike(const AnyField& field, const VaryingTerm& term, const Scheme& scheme) {
  const std::vector<Gaps>& all = term.rule.coordinates()->gaps;
  if (all.empty() || std::holds_alternative<Periodic>(term.rule.lower())) return false;
  const Gaps& gaps = all[term.axis - (field.extents.size() - all.size())];
  if (!gaps.have_one_sign) return false;
  const Orders orders = orders_of(scheme);
  const StencilReach reach = orders.reach();
  const auto nodes = static_cast<double>(
      std::max(reach.below + reach.above + 2, orders.edge_nodes()) + 1);
  const double of_unit = orders.derivative * std::log2(std::abs(term.rule.unit()));
  const double span = std::log2(2 * nodes * gaps.largest);
  const double lowest = of_unit - orders.derivative * span - std::log2(nodes);
  constexpr double log2_of_720 = 9.5;  // of the factorial of the highest derivative
  const double highest = of_unit - orders.derivative * span + log2_of_720 +
                         (nodes - 1) * (span + 2 - std::log2(gaps.smallest));
  constexpr double negligible = -80;
  using Float = std::numeric_limits<float>;
  using Double = std::numeric_limits<double>;
  const bool is_float = computes_in_float(field.type);
  const double least = is_float ? Float::min_exponent : Double::min_exponent;
  const double most = is_float ? Float::max_exponent : Double::max_exponent;
  return lowest + negligible >= least && highest < most;
}

struct Sets {
  const AnyField& field;
  const VaryingTerm& term;
  const Scheme& scheme;
  const LineSets& sets;
  const NeighbourRows& neighbour_rows;
};

void run_set(const Sets& all, std::size_t set) {
  const auto place = all.sets.place(set);
  const RowTable table(all.sets.rule(place), all.field.extents[all.term.axis], all.scheme,
                       {1}, all.term.axis);
  const LinesOfSet lines(all.field, all.term, all.sets, place);
  const Term term = whole_term(table, {all.term.axis, lines.out(), lines.ends()});
  sweep(lines.field(), {&term, 1}, {1});
}

void run_part(void* context, Range range) {
  const auto* const all = static_cast<const Sets*>(context);
  std::vector<std::size_t> others;
  if (all->neighbour_rows.apply()) {
    all->neighbour_rows.run(range, others);
  } else {
    others.resize(range.size());
    std::iota(others.begin(), others.end(), range.first);
  }
  for (const std::size_t set : others) run_set(*all, set);
}

}  // namespace

RowTable first_of_varying(const AnyField& field, const VaryingTerm& term,
                          const Scheme& scheme) {
  check_broadcast(field, term);
  const LineSets sets(field, term);
  const std::size_t extent = field.extents[term.axis];
  if (sets.count() == 0) {
    // A field without samples: any rows will do.
    return RowTable(term.rule.with_coordinates(nullptr), extent, scheme, {1}, term.axis);
  }
  const std::size_t to_check = fit_alike(field, term, scheme) ? 1 : sets.count();
  for (std::size_t set = 0; set < to_check; ++set) {
    check_line(field, term, scheme, sets, set);
  }
  return RowTable(sets.rule(sets.place(0)), extent, scheme, {1}, term.axis);
}

void sweep_varying(const AnyField& field, const VaryingTerm& term, const Scheme& scheme,
                   Execution execution) {
  if (std::ranges::find(field.extents, 0U) != field.extents.end()) return;
  const LineSets sets(field, term);
  const NeighbourRows neighbour_rows(field, term, sets, scheme);
  Sets all = {field, term, scheme, sets, neighbour_rows};
  const std::size_t threads =
      execution.threads == 0 ? default_threads() : execution.threads;
  for_each_part(sets.count(), std::min(threads, sets.count()), run_part, &all);
}

}  // namespace gridgrad
