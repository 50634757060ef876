// gradient.cpp: one operator per component, one sweep for all
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/gradient.hpp"

#include <boost/container/small_vector.hpp>
#include <memory>
#include <string>
#include <variant>

#include "check_axis.hpp"
#include "known_ends.hpp"
#include "recent_tables.hpp"
#include "sweep.hpp"
#include "varying.hpp"

namespace gridgrad {
namespace {

constexpr std::size_t usual_rank = 4;

}  // namespace

namespace traits {

void require_rank(std::size_t rank, std::size_t rules) {
  if (rank == rules) return;
  throw Error(ErrorCode::bad_shape, "axes",
              std::to_string(rules) + " rules given for a field of rank " +
                  std::to_string(rank) + "; one per axis is needed");
}

}  // namespace traits

void check_fit(const Along& along, std::span<const std::size_t> extents,
               const Scheme& scheme) {
  const auto shape = StridedView<double>::contiguous(nullptr, extents);
  check_axis(shape, along.axis);
  if (along.rule.varies()) {
    const VaryingTerm term = {along.rule, along.axis, shape, {}};
    static_cast<void>(first_of_varying(shape, term, scheme));
    return;
  }
  static_cast<void>(checked_plan(along.rule, extents[along.axis], scheme, along.axis));
}

void gradient_into(const AnyField& field, std::span<const Along> along,
                   std::span<const AnyOutput> out, const Scheme& scheme,
                   Execution execution) {
  check_count(out.size(), along.size());
  boost::container::small_vector<std::shared_ptr<const RowTable>, usual_rank> tables;
  boost::container::small_vector<Term, usual_rank> terms;
  std::vector<VaryingTerm> varying;
  // Terms that vary from line to line follow the others.
  for (const bool varies : {false, true}) {
    for (std::size_t k = 0; k < along.size(); ++k) {
      const auto& [axis, rule] = along[k];
      check_axis(field, axis);
      if (rule.varies() != varies) continue;
      if (varies) {
        varying.push_back({rule, axis, out[k], known_at(rule)});
        tables.push_back(std::make_shared<const RowTable>(
            first_of_varying(field, varying.back(), scheme)));
      } else {
        tables.push_back(table_of(rule, field.extents[axis], scheme, execution, axis));
      }
      terms.push_back(whole_term(*tables.back(), {axis, out[k], known_at(rule), k}));
    }
  }
  const std::span<const Term> all(terms.data(), terms.size());
  check_terms(field, all);
  sweep(field, all.first(all.size() - varying.size()), execution);
  for (const VaryingTerm& term : varying) sweep_varying(field, term, scheme, execution);
}

}  // namespace gridgrad
