// gradient.cpp: one operator per component, one sweep for all
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/gradient.hpp"

#include <boost/container/small_vector.hpp>
#include <string>
#include <variant>

#include "sweep.hpp"

namespace gridgrad {
namespace {

constexpr std::size_t usual_rank = 4;

// What the boundary itself knows.
EndValues known_at(const Boundary& end) {
  if (const auto* constant = std::get_if<Constant>(&end)) return constant->value;
  if (const auto* neumann = std::get_if<Neumann>(&end)) return neumann->slope;
  return {};
}

}  // namespace

namespace traits {

void require_rank(std::size_t rank, std::size_t rules) {
  if (rank == rules) return;
  throw Error(ErrorCode::bad_shape, "axes",
              std::to_string(rules) + " rules given for a field of rank " +
                  std::to_string(rank) + "; one per axis is needed");
}

}  // namespace traits

void gradient_into(const AnyField& field, std::span<const Along> along,
                   std::span<const AnyOutput> out, const Scheme& scheme,
                   Execution execution) {
  if (out.size() != along.size()) {
    throw Error(ErrorCode::bad_shape, "out",
                std::to_string(out.size()) + " results given for " +
                    std::to_string(along.size()) + " components; one each is needed");
  }
  boost::container::small_vector<RowTable, usual_rank> tables;
  boost::container::small_vector<Term, usual_rank> terms;
  tables.reserve(along.size());
  for (std::size_t k = 0; k < along.size(); ++k) {
    check_axis(field, along[k].axis);
    const Axis& rule = along[k].rule;
    const std::size_t extent = field.extents[along[k].axis];
    tables.emplace_back(rule, extent, scheme, execution, along[k].axis);
    terms.push_back({&tables[k],
                     along[k].axis,
                     out[k],
                     {0, tables[k].row_count()},
                     SampleRanges(Range{0, extent}),
                     {known_at(rule.lower()), known_at(rule.upper())}});
  }
  const std::span<const Term> all(terms.data(), terms.size());
  check_terms(field, all);
  sweep(field, all, execution);
}

}  // namespace gridgrad
