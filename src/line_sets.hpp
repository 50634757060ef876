// line_sets.hpp: the lines of a field that share positions
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>

#include "coordinates.hpp"
#include "gridgrad/axis.hpp"
#include "gridgrad/strided_view.hpp"
#include "tiling.hpp"

namespace gridgrad {

// One component: each set of lines at the same positions has rows of its own.
struct VaryingTerm {
  const Axis& rule;
  std::size_t axis;
  AnyOutput out;
  std::array<EndValues, 2> ends;
};

// The sets of lines of a field that share positions. Positions broadcast against the
// field from the last axis on.
class LineSets {
 public:
  LineSets(const AnyField& field, const VaryingTerm& term)
      : field_(field),
        term_(term),
        positions_(*term.rule.coordinates()),
        missing_(field.extents.size() - positions_.extents.size()) {
    for (std::size_t d = 0; d < positions_.extents.size(); ++d) {
      if (d + missing_ != term.axis) count_ *= positions_.extents[d];
    }
    step_ = stride(term.axis - missing_);
  }

  [[nodiscard]] std::size_t count() const noexcept { return count_; }

  // Index along every axis of the positions; 0 along that of the term.
  [[nodiscard]] PerDimension<std::size_t> place(std::size_t set) const {
    PerDimension<std::size_t> place(positions_.extents.size(), 0);
    for (std::size_t d = place.size(); d-- > 0;) {
      if (d + missing_ == term_.axis) continue;
      place[d] = set % positions_.extents[d];
      set /= positions_.extents[d];
    }
    return place;
  }

  // Where the positions of a set begin, and from one to the next.
  [[nodiscard]] std::size_t first(std::span<const std::size_t> place) const {
    std::size_t first = 0;
    for (std::size_t d = 0; d < place.size(); ++d) first += place[d] * stride(d);
    return first;
  }
  [[nodiscard]] std::size_t step() const noexcept { return step_; }

  [[nodiscard]] Axis rule(std::span<const std::size_t> place) const {
    const std::size_t extent = positions_.extents[term_.axis - missing_];
    return term_.rule.with_coordinates(std::make_shared<const Coordinates>(
        positions_.line(first(place), step_, extent)));
  }

  // Whether the lines of a set have one index along an axis of the field.
  [[nodiscard]] bool is_fixed(std::size_t axis) const {
    return axis >= missing_ && axis != term_.axis &&
           positions_.extents[axis - missing_] > 1;
  }
  [[nodiscard]] std::size_t index(std::span<const std::size_t> place,
                                  std::size_t axis) const {
    return is_fixed(axis) ? place[axis - missing_] : 0;
  }

 private:
  // Of the positions, which are in C order.
  [[nodiscard]] std::size_t stride(std::size_t dimension) const {
    std::size_t stride = 1;
    for (std::size_t d = dimension + 1; d < positions_.extents.size(); ++d) {
      stride *= positions_.extents[d];
    }
    return stride;
  }

  const AnyField& field_;
  const VaryingTerm& term_;
  const Coordinates& positions_;
  std::size_t missing_;  // axes of the field that the positions lack
  std::size_t count_ = 1;
  std::size_t step_;
};

// The lines of one set as a field, a result and end values of their own.
class LinesOfSet {
 public:
  LinesOfSet(const AnyField& field, const VaryingTerm& term, const LineSets& sets,
             std::span<const std::size_t> place)
      : extents_(field.extents.begin(), field.extents.end()),
        out_extents_(term.out.extents.begin(), term.out.extents.end()),
        field_(field),
        out_(term.out) {
    const auto size = static_cast<std::ptrdiff_t>(size_of(field.type));
    const auto out_size = static_cast<std::ptrdiff_t>(size_of(term.out.type));
    std::ptrdiff_t in_offset = 0;
    std::ptrdiff_t out_offset = 0;
    for (std::size_t axis = 0; axis < extents_.size(); ++axis) {
      if (!sets.is_fixed(axis)) continue;
      const auto at = static_cast<std::ptrdiff_t>(sets.index(place, axis));
      extents_[axis] = 1;
      out_extents_[axis] = 1;
      in_offset += at * field.strides[axis];
      out_offset += at * term.out.strides[axis];
      if (field.marks.mask != nullptr) {
        field_.marks.mask += at * field.marks.mask_strides[axis];
      }
    }
    field_.data = static_cast<const std::byte*>(field.data) + in_offset * size;
    field_.extents = extents_;
    out_.data = static_cast<std::byte*>(term.out.data) + out_offset * out_size;
    out_.extents = out_extents_;
    for (std::size_t end = 0; end < ends_.size(); ++end) {
      ends_[end] = part_of(term.ends[end], term.axis, sets, place);
    }
  }
  LinesOfSet(const LinesOfSet&) = delete;
  LinesOfSet& operator=(const LinesOfSet&) = delete;

  [[nodiscard]] const AnyField& field() const noexcept { return field_; }
  [[nodiscard]] const AnyOutput& out() const noexcept { return out_; }
  [[nodiscard]] const std::array<EndValues, 2>& ends() const noexcept { return ends_; }

 private:
  static EndValues part_of(const EndValues& all, std::size_t axis, const LineSets& sets,
                           std::span<const std::size_t> place) {
    if (!all.is_per_line()) return all;
    PerDimension<std::size_t> extents(all.extents().begin(), all.extents().end());
    PerDimension<std::ptrdiff_t> strides(extents.size(), 1);
    std::ptrdiff_t stride = 1;
    std::ptrdiff_t offset = 0;
    for (std::size_t d = extents.size(); d-- > 0;) {
      strides[d] = stride;
      stride *= static_cast<std::ptrdiff_t>(extents[d]);
      const std::size_t of_field = d < axis ? d : d + 1;
      if (!sets.is_fixed(of_field)) continue;
      offset += strides[d] * static_cast<std::ptrdiff_t>(sets.index(place, of_field));
      extents[d] = 1;
    }
    return EndValues::per_line(StridedView<const std::complex<double>>(
        all.values().data() + offset, extents, strides));
  }

  PerDimension<std::size_t> extents_;
  PerDimension<std::size_t> out_extents_;
  AnyField field_;
  AnyOutput out_;
  std::array<EndValues, 2> ends_;
};

}  // namespace gridgrad
