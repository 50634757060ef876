// check_terms.cpp: everything that can be wrong with a call, found before it writes
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>

#include "message.hpp"
#include "sweep.hpp"

namespace gridgrad {
namespace {

std::string shape_text(std::span<const std::size_t> extents) {
  std::string text = "(";
  for (const std::size_t extent : extents) {
    if (text.size() > 1) text += ", ";
    text += std::to_string(extent);
  }
  return text + ")";
}

std::string out_name(std::span<const Term> terms, std::size_t t) {
  return terms.size() == 1 ? "out" : "out[" + std::to_string(t) + "]";
}

void check_twice(std::span<const Term> terms) {
  for (std::size_t t = 0; t < terms.size(); ++t) {
    for (std::size_t other = 0; other < t; ++other) {
      if (terms[other].axis != terms[t].axis) continue;
      throw Error(ErrorCode::bad_axis, "axis",
                  std::to_string(terms[t].axis) +
                      " given twice; each axis may be asked for once");
    }
  }
}

void check_rows(const AnyField& field, const Term& term) {
  term.table->require(term.rows);
  const Range reach = term.table->reach(term.rows);
  const std::size_t extent = field.extents[term.axis];
  if (reach.size() > 0 &&
      (reach.first < term.origin || reach.last > term.origin + extent)) {
    throw Error(ErrorCode::bad_shape, "field",
                "samples " + std::to_string(term.origin) + " to " +
                    std::to_string(term.origin + extent) + " given; the rows need " +
                    std::to_string(reach.first) + " to " + std::to_string(reach.last));
  }
}

void check_out(const AnyField& field, const Term& term, const std::string& out_name) {
  std::array<std::size_t, max_rank> needed{};
  std::ranges::copy(field.extents, needed.begin());
  needed[term.axis] = term.rows.size();
  const std::span<const std::size_t> shape(needed.data(), field.extents.size());
  if (!std::ranges::equal(term.out.extents, shape)) {
    throw Error(ErrorCode::bad_shape, out_name,
                "shape " + shape_text(term.out.extents) + " given; " + shape_text(shape) +
                    " is needed");
  }
  if (term.out.type != result_type(field.type)) {
    throw Error(ErrorCode::bad_type, out_name,
                std::string(name(term.out.type)) + " given; the derivative of " +
                    std::string(name(field.type)) + " is " +
                    std::string(name(result_type(field.type))));
  }
}

bool computes_in_float(ElementType type) {
  return type == ElementType::float32 || type == ElementType::complex64 ||
         type == ElementType::float16 || type == ElementType::bfloat16;
}

void check_weights(const AnyField& field, const Term& term) {
  const bool is_usable = computes_in_float(field.type) ? term.table->is_usable<float>()
                                                       : term.table->is_usable<double>();
  if (is_usable) return;
  throw Error(ErrorCode::bad_argument, "spacing",
              std::string("the weights are not normal numbers in ") +
                  (computes_in_float(field.type) ? "float32" : "float64") +
                  "; coordinates in another unit are needed");
}

// A value beyond an end is differenced from samples in their own type.
void check_ends(const AnyField& field, const Term& term) {
  const bool is_signed = field.type == ElementType::int64;
  if (!is_signed && field.type != ElementType::uint64) return;
  const double lowest = is_signed ? -0x1p63 : 0;
  const double beyond = is_signed ? 0x1p63 : 0x1p64;
  for (const double end : term.ends) {
    if (end == std::trunc(end) && end >= lowest && end < beyond) continue;
    throw Error(ErrorCode::bad_argument, "ends",
                text(end) + " given; a field of " + std::string(name(field.type)) +
                    " needs a value of its type");
  }
}

// The bytes an array touches, and the step that all its strides are multiples of.
struct Footprint {
  std::intptr_t first;
  std::intptr_t last;
  std::ptrdiff_t step;
  std::ptrdiff_t element;
};

template <class Pointer>
Footprint footprint(const ErasedView<Pointer>& view) {
  const auto element = static_cast<std::ptrdiff_t>(size_of(view.type));
  const auto start = reinterpret_cast<std::intptr_t>(view.data);
  Footprint bytes = {start, start + element, 0, element};
  for (std::size_t axis = 0; axis < view.extents.size(); ++axis) {
    const std::ptrdiff_t stride = view.strides[axis] * element;
    const std::ptrdiff_t span =
        (static_cast<std::ptrdiff_t>(view.extents[axis]) - 1) * stride;
    (span < 0 ? bytes.first : bytes.last) += span;
    if (view.extents[axis] > 1) bytes.step = std::gcd(bytes.step, stride);
  }
  return bytes;
}

// Members of the same records: every step is a multiple of one length, and within it the
// two elements stand apart.
bool are_disjoint(const Footprint& a, const Footprint& b) {
  if (a.last <= b.first || b.last <= a.first) return true;
  const std::ptrdiff_t step = std::gcd(a.step, b.step);
  if (step == 0) return false;
  const std::ptrdiff_t phase = ((b.first - a.first) % step + step) % step;
  return phase >= a.element && phase + b.element <= step;
}

void check_overlap(const AnyField& field, std::span<const Term> terms) {
  for (std::size_t t = 0; t < terms.size(); ++t) {
    const Footprint out = footprint(terms[t].out);
    if (!are_disjoint(footprint(field), out)) {
      throw Error(ErrorCode::bad_argument, out_name(terms, t),
                  "overlaps the field; memory of its own is needed");
    }
    for (std::size_t other = 0; other < t; ++other) {
      if (are_disjoint(footprint(terms[other].out), out)) continue;
      throw Error(ErrorCode::bad_argument, out_name(terms, t),
                  "overlaps another result; memory of its own is needed");
    }
  }
}

}  // namespace

void check_axis(const AnyField& field, std::size_t axis) {
  if (axis < field.extents.size()) return;
  throw Error(ErrorCode::bad_axis, "axis",
              std::to_string(axis) + " given; the field has rank " +
                  std::to_string(field.extents.size()) + ", axes count from 0");
}

void check_terms(const AnyField& field, std::span<const Term> terms) {
  check_twice(terms);
  for (std::size_t t = 0; t < terms.size(); ++t) {
    check_rows(field, terms[t]);
    check_out(field, terms[t], out_name(terms, t));
    check_weights(field, terms[t]);
    check_ends(field, terms[t]);
  }
  const bool is_empty = std::ranges::find(field.extents, 0U) != field.extents.end();
  if (!is_empty) check_overlap(field, terms);
}

}  // namespace gridgrad
