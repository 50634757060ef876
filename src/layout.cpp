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

// Stride along `axis` of the numbers per line at an end, which lack the axis of the term.
std::ptrdiff_t stride_per_line(const Term& term, std::size_t end, std::size_t axis) {
  if (!term.ends[end].is_per_line() || axis == term.axis) return 0;
  const std::span<const std::size_t> extents = term.ends[end].extents();
  const std::size_t own = axis < term.axis ? axis : axis - 1;
  std::ptrdiff_t stride = 1;
  for (std::size_t d = own + 1; d < extents.size(); ++d) {
    stride *= static_cast<std::ptrdiff_t>(extents[d]);
  }
  return stride;
}

void append(Layout& layout, const AnyField& field, std::span<const Term> terms,
            std::size_t axis) {
  const std::ptrdiff_t parts = is_complex(field.type) ? 2 : 1;
  for (std::size_t t = 0; t < terms.size(); ++t) {
    TermLayout& term = layout.terms[t];
    if (terms[t].axis == axis) term.axis = layout.extents.size();
    term.out.push_back(terms[t].out.strides[axis] * parts);
    for (std::size_t end = 0; end < term.ends.size(); ++end) {
      const std::ptrdiff_t stride = stride_per_line(terms[t], end, axis);
      term.ends[end].push_back(stride * parts);
    }
  }
  layout.extents.push_back(domain_extent(field, terms, axis));
  layout.in.push_back(field.strides[axis] * parts);
  const bool has_mask = field.marks.mask != nullptr;
  layout.mask.push_back(has_mask ? field.marks.mask_strides[axis] : 0);
}

// The parts of complex samples.
void append_parts(Layout& layout, std::span<const Term> terms) {
  layout.extents.push_back(2);
  layout.in.push_back(1);
  layout.mask.push_back(0);
  for (std::size_t t = 0; t < terms.size(); ++t) {
    TermLayout& term = layout.terms[t];
    term.out.push_back(1);
    for (std::size_t end = 0; end < term.ends.size(); ++end) {
      term.ends[end].push_back(terms[t].ends[end].is_per_line() ? 1 : 0);
    }
  }
}

void turn(ViewLayout& view, std::size_t d, std::size_t extent) {
  view.first += (static_cast<std::ptrdiff_t>(extent) - 1) * view[d];
  view[d] = -view[d];
}

// Dimension d the other way round, in every view.
void turn(Layout& layout, std::size_t d) {
  const std::size_t extent = layout.extents[d];
  turn(layout.in, d, extent);
  turn(layout.mask, d, extent);
  for (TermLayout& term : layout.terms) {
    turn(term.out, d, extent);
    for (ViewLayout& end : term.ends) turn(end, d, extent);
  }
}

// Whether dimension d and the next are one run of memory in every view.
bool is_one_run(const Layout& layout, std::size_t d) {
  const auto length = static_cast<std::ptrdiff_t>(layout.extents[d + 1]);
  if (layout.in[d] != length * layout.in[d + 1] ||
      layout.mask[d] != length * layout.mask[d + 1]) {
    return false;
  }
  return std::ranges::all_of(layout.terms, [&](const TermLayout& term) {
    return term.out[d] == length * term.out[d + 1] &&
           term.ends[0][d] == length * term.ends[0][d + 1] &&
           term.ends[1][d] == length * term.ends[1][d + 1] && term.axis != d &&
           term.axis != d + 1;
  });
}

void merge(Layout& layout, std::size_t d) {
  const auto at = static_cast<std::ptrdiff_t>(d);
  layout.extents[d + 1] *= layout.extents[d];
  layout.extents.erase(layout.extents.begin() + at);
  layout.in.erase(layout.in.begin() + at);
  layout.mask.erase(layout.mask.begin() + at);
  for (TermLayout& term : layout.terms) {
    term.out.erase(term.out.begin() + at);
    for (auto& strides : term.ends) strides.erase(strides.begin() + at);
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
    const bool is_axis = is_differentiated(terms, axis);
    if (field.extents[axis] == 1 && !is_axis) continue;
    append(layout, field, terms, axis);
    if (field.strides[axis] < 0 && !is_axis) turn(layout, layout.extents.size() - 1);
  }
  if (is_complex(field.type)) append_parts(layout, terms);
  for (std::size_t d = layout.extents.size() - 1; d-- > 0;) {
    if (is_one_run(layout, d)) merge(layout, d);
  }
  return layout;
}

}  // namespace gridgrad
