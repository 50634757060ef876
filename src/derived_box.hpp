// derived_box.hpp: one summand of a formula in a box, by the one walk of all operators
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <complex>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "box_frame.hpp"
#include "factor_layout.hpp"
#include "formula.hpp"
#include "sweep.hpp"

namespace gridgrad {

// What the numbers per line at an end are on the lines of a region.
inline EndValues on_lines_of(const EndValues& all, std::size_t axis,
                             const Region& region) {
  if (!all.is_per_line()) return all;
  PerDimension<std::size_t> extents(all.extents().size());
  PerDimension<std::ptrdiff_t> strides(all.extents().size(), 1);
  std::ptrdiff_t stride = 1;
  std::ptrdiff_t offset = 0;
  for (std::size_t d = extents.size(); d-- > 0;) {
    const Range& range = region[d < axis ? d : d + 1];
    strides[d] = stride;
    extents[d] = range.size();
    offset += stride * static_cast<std::ptrdiff_t>(range.first);
    stride *= static_cast<std::ptrdiff_t>(all.extents()[d]);
  }
  return EndValues::per_line(StridedView<const std::complex<double>>(
      all.values().data() + offset, extents, strides));
}

inline Range rows_of(const RowStep& step, const Region& region) {
  const auto own = static_cast<std::size_t>(step.table->own_sample());
  return {region[step.axis].first - own, region[step.axis].last - own};
}

// Derives summands of a call in computing type T. `before` are the factors before its
// steps, summand by summand.
template <class T>
class DerivedBox {
 public:
  DerivedBox(const FormulaCall& call, const BoxFrame& frame, const Missing& missing)
      : call_(call),
        frame_(frame),
        own_sample_{frame.fastest(),
                    std::make_shared<const RowTable>(RowTable::identity(
                        call.domain.samples[frame.fastest()], missing))} {
    // The box is one already.
    tiling_.plane = std::numeric_limits<std::size_t>::max() / 2;
    tiling_.streamed_above = std::numeric_limits<std::size_t>::max();
  }

  // Rows of rows of the field times `before`; dense, in the order of memory.
  void derive(const Summand& summand, const FactorLayout<T>& before, const Region& region,
              std::vector<T>& values) const {
    const AnyField& field = call_.fields[summand.field];
    values.resize(frame_.size(region));
    const BoxBlock to = frame_.dense(values.data(), region);
    if (summand.steps.empty()) {
      apply(field, call_.block.samples, region, own_sample_, to);
      return multiply(before, region, to);
    }
    const RowStep& last = summand.steps.back();
    if (summand.steps.size() == 1 && before.is_one()) {
      return apply(field, call_.block.samples, region, last, to);
    }
    const bool is_alone = summand.steps.size() == 1;
    const RowStep& first = is_alone ? own_sample_ : summand.steps.front();
    const SampleRanges support = last.table->support(rows_of(last, region));
    std::vector<T> scaled;
    std::vector<T> between;
    const BoxBlock block =
        is_alone || before.is_one()
            ? derive_between(field, {first, last.axis, support, before}, region, between)
            : derive_scaled(field, {first, last.axis, support, before}, region,
                            {scaled, between});
    PerDimension<SampleRanges> held(frame_.rank());
    for (std::size_t axis = 0; axis < frame_.rank(); ++axis) {
      held[axis] = axis == last.axis ? support : SampleRanges(region[axis]);
    }
    const AnyField view(block.first, block.type, block.extents, block.strides);
    apply(view, held, region, last, to);
  }

  // Rows along one axis straight to where they belong.
  void apply(const AnyField& field, const Region& region, const RowStep& step,
             const BoxBlock& to) const {
    apply(field, call_.block.samples, region, step, to);
  }

 private:
  // The first of two steps, and the samples of another axis that it is taken at.
  struct Between {
    const RowStep& step;
    std::size_t axis;
    const SampleRanges& support;
    const FactorLayout<T>& before;
  };

  // Range by range, joined.
  BoxBlock derive_between(const AnyField& field, const Between& between,
                          const Region& region, std::vector<T>& values) const {
    Region joined = region;
    joined[between.axis] = {0, between.support.size()};
    values.resize(frame_.size(joined));
    const BoxBlock all = frame_.dense(values.data(), joined);
    const auto step =
        all.strides[between.axis] * static_cast<std::ptrdiff_t>(size_of(all.type));
    BoxBlock part = all;
    for (const Range& range : between.support.ranges()) {
      Region there = region;
      there[between.axis] = range;
      part.extents[between.axis] = range.size();
      apply(field, call_.block.samples, there, between.step, part);
      multiply(between.before, there, part);
      part.first += step * static_cast<std::ptrdiff_t>(range.size());
    }
    return all;
  }

  struct Memory {
    std::vector<T>& scaled;
    std::vector<T>& between;
  };

  // The same of samples times factors that may vary along the axis of the step, too:
  // these are multiplied first.
  BoxBlock derive_scaled(const AnyField& field, const Between& between,
                         const Region& region, const Memory& memory) const {
    const std::size_t axis = between.step.axis;
    const SampleRanges own = between.step.table->support(rows_of(between.step, region));
    PerDimension<SampleRanges> held(frame_.rank());
    for (std::size_t d = 0; d < frame_.rank(); ++d) held[d] = SampleRanges(region[d]);
    held[axis] = own;
    held[between.axis] = between.support;
    Region all = region;
    all[axis] = {0, own.size()};
    all[between.axis] = {0, between.support.size()};
    memory.scaled.resize(frame_.size(all));
    const BoxBlock box = frame_.dense(memory.scaled.data(), all);
    for (const Range& one : own.ranges()) {
      for (const Range& other : between.support.ranges()) {
        Region there = region;
        there[axis] = one;
        there[between.axis] = other;
        const BoxBlock part = part_of(box, held, there);
        apply(field, call_.block.samples, there, own_sample_, part);
        multiply(between.before, there, part);
      }
    }
    Region joined = region;
    joined[between.axis] = all[between.axis];
    memory.between.resize(frame_.size(joined));
    const BoxBlock derived = frame_.dense(memory.between.data(), joined);
    held[axis] = SampleRanges(region[axis]);
    PerDimension<SampleRanges> given = held;
    given[axis] = own;
    const AnyField view(box.first, box.type, box.extents, box.strides);
    for (const Range& range : between.support.ranges()) {
      Region there = region;
      there[between.axis] = range;
      apply(view, given, there, between.step, part_of(derived, held, there));
    }
    return derived;
  }

  // The part of a box that some of its samples have.
  BoxBlock part_of(const BoxBlock& box, std::span<const SampleRanges> held,
                   const Region& region) const {
    BoxBlock part = box;
    for (std::size_t axis = 0; axis < frame_.rank(); ++axis) {
      const std::ptrdiff_t place = held[axis].place(region[axis].first);
      part.first +=
          place * box.strides[axis] * static_cast<std::ptrdiff_t>(size_of(box.type));
      part.extents[axis] = region[axis].size();
    }
    return part;
  }

  // A field of which some samples are held.
  void apply(const AnyField& field, std::span<const SampleRanges> held,
             const Region& region, const RowStep& step, const BoxBlock& to) const {
    PerDimension<std::size_t> extents(field.extents.begin(), field.extents.end());
    std::ptrdiff_t offset = 0;
    std::ptrdiff_t mask_offset = 0;
    for (std::size_t axis = 0; axis < frame_.rank(); ++axis) {
      if (axis == step.axis) continue;
      const std::ptrdiff_t place = held[axis].place(region[axis].first);
      extents[axis] = region[axis].size();
      offset += place * field.strides[axis];
      if (field.marks.mask != nullptr) {
        mask_offset += place * field.marks.mask_strides[axis];
      }
    }
    AnyField part(static_cast<const std::byte*>(field.data) +
                      offset * static_cast<std::ptrdiff_t>(size_of(field.type)),
                  field.type, extents, field.strides);
    part.marks = field.marks;
    if (part.marks.mask != nullptr) part.marks.mask += mask_offset;
    const Term term = {step.table.get(),
                       step.axis,
                       to.output(),
                       rows_of(step, region),
                       held[step.axis],
                       {on_lines_of(step.ends[0], step.axis, region),
                        on_lines_of(step.ends[1], step.axis, region)}};
    sweep(part, {&term, 1}, {1}, tiling_);
  }

  void multiply(const FactorLayout<T>& factor, const Region& region,
                const BoxBlock& block) const {
    if (factor.is_one()) return;
    const T* const first = factor.at(region, frame_.order());
    const PerDimension<std::ptrdiff_t> strides = frame_.strides(block.strides);
    const std::ptrdiff_t step = factor.strides().back();
    frame_.for_each_run(
        region, 1, [&](std::span<const std::size_t> index, std::size_t count) {
          T* const line = reinterpret_cast<T*>(block.first) + offset_of(index, strides);
          const T* const scale = first + offset_of(index, factor.strides());
          for (std::size_t j = 0; j < count; ++j) {
            line[j] *= scale[static_cast<std::ptrdiff_t>(j) * step];
          }
        });
  }

  const FormulaCall& call_;
  const BoxFrame& frame_;
  RowStep own_sample_;
  Tiling tiling_;
};

}  // namespace gridgrad
