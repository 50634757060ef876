// layout.cpp: sorts, drops and merges dimensions
//
// SPDX-License-Identifier: BSD-3-Clause

#include "layout.hpp"

#include <algorithm>
#include <array>

#include "memory_order.hpp"

namespace gridgrad {
namespace {

bool is_complex(ElementType type) {
  return type == ElementType::complex64 || type == ElementType::complex128;
}

bool is_differentiated(std::span<const Term> terms, std::size_t axis) {
  return std::ranges::any_of(terms, [&](const Term& term) { return term.axis == axis; });
}

// Rows may outnumber samples: a transposed operator gives back what a halo took.
std::size_t domain_extent(const AnyField& field, std::span<const Term> terms,
                          std::size_t axis) {
  std::size_t extent = field.extents[axis];
  for (const Term& term : terms) extent = std::max(extent, term.out.extents[axis]);
  return extent;
}

void append(Layout& layout, const AnyField& field, std::span<const Term> terms,
            std::size_t axis) {
  const std::ptrdiff_t parts = is_complex(field.type) ? 2 : 1;
  for (std::size_t t = 0; t < terms.size(); ++t) {
    if (terms[t].axis == axis) layout.terms[t].axis = layout.extents.size();
    layout.terms[t].out.push_back(terms[t].out.strides[axis] * parts);
  }
  layout.extents.push_back(domain_extent(field, terms, axis));
  layout.in.push_back(field.strides[axis] * parts);
}

// Whether dimension d and the next are one run of memory in every view.
bool is_one_run(const Layout& layout, std::size_t d) {
  const auto length = static_cast<std::ptrdiff_t>(layout.extents[d + 1]);
  if (layout.in[d] != length * layout.in[d + 1]) return false;
  return std::ranges::all_of(layout.terms, [&](const TermLayout& term) {
    return term.out[d] == length * term.out[d + 1] && term.axis != d &&
           term.axis != d + 1;
  });
}

void merge(Layout& layout, std::size_t d) {
  const auto at = static_cast<std::ptrdiff_t>(d);
  layout.extents[d + 1] *= layout.extents[d];
  layout.extents.erase(layout.extents.begin() + at);
  layout.in.erase(layout.in.begin() + at);
  for (TermLayout& term : layout.terms) {
    term.out.erase(term.out.begin() + at);
    if (term.axis > d) --term.axis;
  }
}

}  // namespace

Layout layout(const AnyField& field, std::span<const Term> terms) {
  Layout layout;
  layout.terms.resize(terms.size());
  std::array<std::size_t, max_rank> order;
  const std::span<std::size_t> axes(order.data(), field.extents.size());
  memory_order(field.strides, axes);
  for (const std::size_t axis : axes) {
    if (field.extents[axis] == 1 && !is_differentiated(terms, axis)) continue;
    append(layout, field, terms, axis);
  }
  if (is_complex(field.type)) {
    layout.extents.push_back(2);
    layout.in.push_back(1);
    for (TermLayout& term : layout.terms) term.out.push_back(1);
  }
  for (std::size_t d = layout.extents.size() - 1; d-- > 0;) {
    if (is_one_run(layout, d)) merge(layout, d);
  }
  return layout;
}

}  // namespace gridgrad
