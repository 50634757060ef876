// check_terms.cpp: everything that can be wrong with a call, found before it writes
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "element_dispatch.hpp"
#include "footprint.hpp"
#include "message.hpp"
#include "representable.hpp"
#include "sweep.hpp"

namespace gridgrad {
namespace {

// A result as messages name it, spelled out only where one does.
struct OutName {
  std::span<const Term> terms;
  std::size_t t;

  [[nodiscard]] std::string text() const {
    return terms.size() == 1 ? "out" : "out[" + std::to_string(terms[t].component) + "]";
  }
};

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

std::string ranges_text(std::span<const Range> ranges) {
  std::string text;
  for (const Range& range : ranges) {
    if (!text.empty()) text += " and ";
    text += std::to_string(range.first) + " to " + std::to_string(range.last);
  }
  return text;
}

void check_held(const AnyField& field, const Term& term) {
  std::size_t end = 0;
  for (const Range& range : term.held.ranges()) {
    const bool is_sorted = range.first >= end && range.first <= range.last;
    if (is_sorted && range.last <= term.table->extent()) {
      end = range.last;
      continue;
    }
    throw Error(ErrorCode::bad_argument, "samples",
                ranges_text(term.held.ranges()) +
                    " given; sorted, disjoint ranges within 0 to " +
                    std::to_string(term.table->extent()) + " are needed");
  }
  const std::size_t extent = field.extents[term.axis];
  if (extent == term.held.size()) return;
  throw Error(ErrorCode::bad_shape, "field",
              counted(extent, "sample") + " along axis " + std::to_string(term.axis) +
                  " given; the rows are applied to " +
                  counted(term.held.size(), "sample"));
}

void check_rows(const Term& term) {
  term.table->require(term.rows);
  if (term.held.contains({0, term.table->extent()})) return;
  const SampleRanges needed = term.table->support(term.rows);
  for (const Range& range : needed.ranges()) {
    if (term.held.contains(range)) continue;
    throw Error(ErrorCode::bad_shape, "field",
                "samples " + ranges_text(term.held.ranges()) + " given; the rows need " +
                    ranges_text(needed.ranges()));
  }
}

void check_shape(const AnyField& field, const Term& term, const OutName& out) {
  const std::span<const std::size_t> given = term.out.extents;
  bool fits = given.size() == field.extents.size();
  for (std::size_t axis = 0; fits && axis < given.size(); ++axis) {
    fits = given[axis] == (axis == term.axis ? term.rows.size() : field.extents[axis]);
  }
  if (fits) return;
  std::vector<std::size_t> needed(field.extents.begin(), field.extents.end());
  needed[term.axis] = term.rows.size();
  throw Error(
      ErrorCode::bad_shape, out.text(),
      "shape " + shape_text(given) + " given; " + shape_text(needed) + " is needed");
}

void check_type(const AnyField& field, const Term& term, const OutName& out) {
  if (term.out.type != result_type(field.type)) {
    throw Error(ErrorCode::bad_type, out.text(),
                std::string(name(term.out.type)) + " given; the derivative of " +
                    std::string(name(field.type)) + " is " +
                    std::string(name(result_type(field.type))));
  }
}

bool is_64_bit_integer(ElementType type) {
  return type == ElementType::int64 || type == ElementType::uint64;
}

// What is known at an end is differenced from samples in their own type.
void check_end_number(const AnyField& field, double number) {
  if (holds(field.type, number)) return;
  throw Error(ErrorCode::bad_argument, "ends",
              text(number) + " given; a field of " + std::string(name(field.type)) +
                  " needs a value of its type");
}

void check_marks(const AnyField& field, const Term& term) {
  if (field.marks.is_empty()) return;
  term.table->require_missing_rule();
  const bool is_held = !field.marks.fill || holds(field.type, *field.marks.fill);
  if (is_held) return;
  throw Error(ErrorCode::bad_argument, "fill",
              text(*field.marks.fill) + " given; a field of " +
                  std::string(name(field.type)) + " needs a value of its type");
}

void check_ends(const AnyField& field, const Term& term) {
  for (const EndValues& end : term.ends) {
    if (end.is_per_line()) {
      std::array<std::size_t, max_rank> needed{};
      const auto axis = static_cast<std::ptrdiff_t>(term.axis);
      auto* const behind = std::copy_n(field.extents.begin(), axis, needed.begin());
      std::copy(field.extents.begin() + axis + 1, field.extents.end(), behind);
      const std::span<const std::size_t> shape(needed.data(), field.extents.size() - 1);
      if (!std::ranges::equal(end.extents(), shape)) {
        throw Error(ErrorCode::bad_shape, "ends",
                    "shape " + shape_text(end.extents()) + " given; one per line, " +
                        shape_text(shape) + ", is needed");
      }
    }
    if (!is_64_bit_integer(field.type)) continue;
    check_end_number(field, end.value().real());
    for (const std::complex<double> value : end.values()) {
      check_end_number(field, value.real());
    }
  }
  if (is_64_bit_integer(field.type) && term.table->extension().negates()) {
    throw Error(ErrorCode::bad_type, "field",
                std::string(name(field.type)) +
                    " given; an antisymmetric boundary needs a type that holds minus a "
                    "sample exactly, as float64");
  }
}

// Throws unless results overlap neither fields nor each other. `name_of` is asked only
// for one that does.
template <class OutAt, class NameOf>
void require_apart(std::span<const AnyField> fields, std::size_t count,
                   const OutAt& out_at, const NameOf& name_of) {
  for (std::size_t t = 0; t < count; ++t) {
    const Footprint out = footprint(out_at(t));
    const auto refuse = [&](const char* what) {
      throw Error(ErrorCode::bad_argument, name_of(t),
                  std::string("overlaps ") + what + "; memory of its own is needed");
    };
    for (const AnyField& field : fields) {
      if (are_disjoint(footprint(field), out)) continue;
      refuse(fields.size() == 1 ? "the field" : "a field");
    }
    for (std::size_t other = 0; other < t; ++other) {
      if (!are_disjoint(footprint(out_at(other)), out)) refuse("another result");
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

bool computes_in_float(ElementType field) noexcept {
  return field == ElementType::float32 || field == ElementType::complex64 ||
         field == ElementType::float16 || field == ElementType::bfloat16;
}

void check_weights(const AnyField& field, const RowTable& table) {
  const bool is_usable = computes_in_float(field.type) ? table.is_usable<float>()
                                                       : table.is_usable<double>();
  if (is_usable) return;
  throw Error(ErrorCode::bad_argument, "spacing",
              std::string("the weights are not normal numbers in ") +
                  (computes_in_float(field.type) ? "float32" : "float64") +
                  "; coordinates in another unit are needed");
}

void check_count(std::size_t results, std::size_t components) {
  if (results == components) return;
  throw Error(ErrorCode::bad_shape, "out",
              std::to_string(results) + " results given for " +
                  std::to_string(components) + " components; one each is needed");
}

void check_overlap(std::span<const AnyField> fields, std::span<const AnyOutput> out) {
  require_apart(
      fields, out.size(), [&](std::size_t k) -> const AnyOutput& { return out[k]; },
      [&](std::size_t k) {
        return out.size() == 1 ? "out" : "out[" + std::to_string(k) + "]";
      });
}

void check_terms(const AnyField& field, std::span<const Term> terms) {
  check_twice(terms);
  for (std::size_t t = 0; t < terms.size(); ++t) {
    check_held(field, terms[t]);
    check_rows(terms[t]);
    check_shape(field, terms[t], {terms, t});
    check_type(field, terms[t], {terms, t});
    check_weights(field, *terms[t].table);
    check_ends(field, terms[t]);
    check_marks(field, terms[t]);
  }
  const bool is_empty = std::ranges::find(field.extents, 0U) != field.extents.end();
  if (is_empty) return;
  require_apart(
      {&field, 1}, terms.size(),
      [&](std::size_t t) -> const AnyOutput& { return terms[t].out; },
      [&](std::size_t t) {
        return OutName{terms, t}.text();
      });
}

void check_accuracy_term(const AnyField& field, const Term& term) {
  check_held(field, term);
  check_rows(term);
  check_shape(field, term, {{&term, 1}, 0});
  check_marks(field, term);
  if (term.out.type == ElementType::uint8) return;
  throw Error(ErrorCode::bad_type, "out",
              std::string(name(term.out.type)) + " given; orders are uint8");
}

}  // namespace gridgrad
