// sweep.cpp: boxes over threads, and the conversion of what a kernel cannot read
//
// SPDX-License-Identifier: BSD-3-Clause

#include "sweep.hpp"

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <complex>
#include <type_traits>
#include <utility>
#include <vector>

#include "apply_rows.hpp"
#include "convert.hpp"
#include "element_dispatch.hpp"
#include "gaps.hpp"
#include "kernels/targets.hpp"
#include "layout.hpp"
#include "presence.hpp"
#include "sample_types.hpp"
#include "threads.hpp"

namespace gridgrad {
namespace {

template <class Pointer>
std::size_t size_in_bytes(const ErasedView<Pointer>& view) {
  std::size_t bytes = size_of(view.type);
  for (const std::size_t extent : view.extents) bytes *= extent;
  return bytes;
}

// Buffers of one thread, kept from box to box.
template <class K>
struct Scratch {
  std::vector<typename K::Sample> samples;
  std::vector<typename K::Value> values;
  std::vector<std::uint8_t> is_there;
  std::vector<std::uint8_t> mask;
  GapScratch gaps;
};

kernels::Stores stores_of(const AnyField& field, std::span<const Term> terms,
                          const Tiling& tiling) {
  std::size_t bytes = size_in_bytes(field);
  for (const Term& term : terms) bytes += size_in_bytes(term.out);
  return bytes > tiling.streamed_above ? kernels::Stores::streamed
                                       : kernels::Stores::ordinary;
}

// A sweep over a field of known type.
template <class K>
class Sweep {
 public:
  using Stored = typename K::Stored;
  using Sample = typename K::Sample;
  using Value = typename K::Value;
  using Written = typename K::Written;

  Sweep(const AnyField& field, std::span<const Term> terms, const Tiling& tiling)
      : field_(static_cast<const Stored*>(field.data)),
        marks_(field.marks),
        parts_(parts_of(field.type)),
        terms_(terms),
        layout_(layout(field, terms)),
        boxes_(layout_.extents, axes(), sizes(tiling)),
        stores_(stores_of(field, terms, tiling)) {
    for (const Term& term : terms) {
      for (const EndValues& end : term.ends) known_.push_back(known(end));
    }
  }

  [[nodiscard]] std::size_t box_count() const noexcept { return boxes_.count(); }

  void run(Range boxes) const {
    Scratch<K> scratch;
    PerDimension<Range> box(layout_.extents.size());
    for (std::size_t index = boxes.first; index < boxes.last; ++index) {
      boxes_.box(index, box);
      for (std::size_t t = 0; t < terms_.size(); ++t) apply(t, box, scratch);
    }
    if (stores_ == kernels::Stores::streamed) kernels::flush_streams();
  }

 private:
  [[nodiscard]] PerDimension<std::size_t> axes() const {
    PerDimension<std::size_t> axes;
    for (const TermLayout& term : layout_.terms) axes.push_back(term.axis);
    return axes;
  }

  [[nodiscard]] Tiling sizes(Tiling tiling) const {
    const bool is_copied =
        !K::is_direct || std::ranges::any_of(terms_, [](const Term& term) {
          return term.table->skips_missing();
        });
    // Boxes that are copied hold the copy beside the result, so they are smaller.
    constexpr std::size_t smaller = 8;
    if (is_copied) tiling.plane /= smaller;
    if (!is_copied && reaches_along_only()) {
      tiling.plane = std::max(tiling.plane, tiling.run);
    }
    return tiling;
  }

  // Whether the samples behind every axis are few.
  [[nodiscard]] bool reaches_along_only() const {
    return std::ranges::all_of(layout_.terms, [&](const TermLayout& term) {
      const std::span<const std::size_t> extents = layout_.extents;
      return product(extents.subspan(term.axis + 1)) <= few_columns;
    });
  }

  // The part of a box that one term computes.
  void apply(std::size_t t, std::span<const Range> box, Scratch<K>& scratch) const {
    const TermLayout& at = layout_.terms[t];
    const std::size_t rows = terms_[t].rows.size();
    const Range local = {box[at.axis].first, std::min(box[at.axis].last, rows)};
    if (local.first >= local.last) return;
    PerDimension<std::size_t> extents(box.size());
    const Stored* in = field_ + layout_.in.first;
    auto* out = static_cast<Written*>(terms_[t].out.data) + at.out.first;
    for (std::size_t d = 0; d < box.size(); ++d) {
      extents[d] = box[d].size();
      const auto first = static_cast<std::ptrdiff_t>(box[d].first);
      if (d != at.axis) in += first * layout_.in[d];
      out += first * at.out[d];
    }
    extents[at.axis] = local.size();
    const Range rows_of_box = {terms_[t].rows.first + local.first,
                               terms_[t].rows.first + local.last};
    if constexpr (K::is_direct) {
      if (layout_.in.back() == 1 && at.out.back() == 1 &&
          !terms_[t].table->skips_missing()) {
        return apply_rows<Sample, Value>(
            *terms_[t].table, {in, layout_.in, out, at.out, extents, at.axis,
                               terms_[t].held, rows_of_box, ends(t, box), stores_});
      }
    }
    apply_copied(t, {rows_of_box, ends(t, box), mask_at(box, at.axis)}, extents,
                 {in, layout_.in}, {out, at.out}, scratch);
  }

  struct BoxRows {
    Range rows;
    std::array<EndSamples<Sample>, 2> ends;
    const std::uint8_t* mask;
  };

  [[nodiscard]] const std::uint8_t* mask_at(std::span<const Range> box,
                                            std::size_t axis) const {
    const std::uint8_t* mask = marks_.mask;
    if (mask == nullptr) return nullptr;
    mask += layout_.mask.first;
    for (std::size_t d = 0; d < box.size(); ++d) {
      if (d != axis) mask += static_cast<std::ptrdiff_t>(box[d].first) * layout_.mask[d];
    }
    return mask;
  }

  // Copies the samples that the rows read, applies the rows, and copies the results out
  // unless they can be written where they belong.
  void apply_copied(std::size_t t, const BoxRows& of, PerDimension<std::size_t>& extents,
                    Samples<const Stored> in, Samples<Written> out,
                    Scratch<K>& scratch) const {
    const std::size_t axis = layout_.terms[t].axis;
    const SampleRanges held = terms_[t].table->support(of.rows);
    const bool skips_missing = terms_[t].table->skips_missing();
    const auto dense = dense_strides(extents);
    Samples<Value> results = {nullptr, dense};
    kernels::Stores stores = kernels::Stores::ordinary;
    if constexpr (std::is_same_v<Value, Written>) {
      if (out.strides.back() == 1 && !skips_missing) {
        results = out;
        stores = stores_;
      }
    }
    const bool is_in_place = results.first != nullptr;
    if (!is_in_place) {
      scratch.values.resize(product(extents));
      results.first = scratch.values.data();
    }
    const std::size_t row_count = std::exchange(extents[axis], held.size());
    const auto in_strides = dense_strides(extents);
    scratch.samples.resize(product(extents));
    copy_held<Stored, Sample>(t, held, extents, in, scratch.samples);
    if (skips_missing) note_gaps(t, held, extents, of.mask, scratch);
    extents[axis] = row_count;
    const Patch<Sample, Value> patch = {scratch.samples.data(),
                                        in_strides,
                                        results.first,
                                        results.strides,
                                        extents,
                                        axis,
                                        held,
                                        of.rows,
                                        of.ends,
                                        stores};
    apply_rows(*terms_[t].table, patch);
    if (skips_missing) {
      resolve_gaps(*terms_[t].table, patch, scratch.is_there.data(), scratch.gaps);
    }
    if (!is_in_place) {
      convert<Value, Written>(extents, {results.first, results.strides}, out);
    }
  }

  // Copies the ranges held next to each other into a dense block of the given extents.
  template <class From, class To>
  void copy_held(std::size_t t, const SampleRanges& held,
                 PerDimension<std::size_t> extents, Samples<const From> from,
                 std::vector<To>& block) const {
    const std::size_t axis = layout_.terms[t].axis;
    const auto strides = dense_strides(extents);
    To* to = block.data();
    for (const Range& range : held.ranges()) {
      extents[axis] = range.size();
      const std::ptrdiff_t at = terms_[t].held.place(range.first) * from.strides[axis];
      convert<From, To>(extents, {from.first + at, from.strides}, {to, strides});
      to += static_cast<std::ptrdiff_t>(range.size()) * strides[axis];
    }
  }

  // Which of the samples copied exist.
  void note_gaps(std::size_t t, const SampleRanges& held,
                 const PerDimension<std::size_t>& extents, const std::uint8_t* mask,
                 Scratch<K>& scratch) const {
    const std::size_t count = product(extents);
    scratch.is_there.resize(count);
    std::optional<Sample> fill;
    if (marks_.fill) fill = sample_of(*marks_.fill);
    note_presence<Sample>(scratch.samples, fill, parts_, scratch.is_there.data());
    if (mask == nullptr) return;
    scratch.mask.resize(count);
    copy_held<std::uint8_t, std::uint8_t>(t, held, extents, {mask, layout_.mask},
                                          scratch.mask);
    for (std::size_t q = 0; q < count; ++q) {
      scratch.is_there[q] &= scratch.mask[q] == 0 ? 1 : 0;
    }
  }

  // A number as a stored sample would be read.
  static Sample sample_of(double number) {
    if constexpr (std::is_same_v<Stored, Float16> || std::is_same_v<Stored, BFloat16>) {
      return converted<Sample>(converted<Stored>(static_cast<float>(number)));
    } else {
      return converted<Sample>(converted<Stored>(number));
    }
  }

  static Parts parts_of(ElementType type) {
    const bool is_complex =
        type == ElementType::complex64 || type == ElementType::complex128;
    return is_complex ? Parts::two : Parts::one;
  }

  // The numbers known at one end, as samples: one, or the parts of a complex one, for all
  // lines, or where `repeat` is 0 those of each line.
  struct Known {
    std::size_t repeat;
    std::array<Sample, 2> of_all;
    std::vector<Sample> of_lines;
  };
  [[nodiscard]] Known known(const EndValues& end) const {
    const bool is_complex = parts_ == Parts::two;
    const auto real = [](std::complex<double> x) { return converted_end(x.real()); };
    const auto imaginary = [](std::complex<double> x) { return converted_end(x.imag()); };
    if (!end.is_per_line()) {
      const Sample second = is_complex ? imaginary(end.value()) : Sample{0};
      return {is_complex ? 2U : 1U, {real(end.value()), second}, {}};
    }
    Known known = {0, {}, {}};
    for (const std::complex<double> value : end.values()) {
      known.of_lines.push_back(real(value));
      if (is_complex) known.of_lines.push_back(imaginary(value));
    }
    return known;
  }
  static Sample converted_end(double end) {
    return converted<Sample>(
        converted<std::conditional_t<Integer<Sample>, Stored, Sample>>(end));
  }

  [[nodiscard]] std::array<EndSamples<Sample>, 2> ends(std::size_t t,
                                                       std::span<const Range> box) const {
    std::array<EndSamples<Sample>, 2> ends;
    for (std::size_t end = 0; end < ends.size(); ++end) {
      const Known& known = known_[t * ends.size() + end];
      ends[end].repeat = known.repeat;
      ends[end].values = known.repeat == 0 ? known.of_lines.data() : known.of_all.data();
      if (known.repeat != 0) continue;
      ends[end].strides = layout_.terms[t].ends[end];
      ends[end].values += layout_.terms[t].ends[end].first;
      for (std::size_t d = 0; d < box.size(); ++d) {
        ends[end].values +=
            static_cast<std::ptrdiff_t>(box[d].first) * ends[end].strides[d];
      }
    }
    return ends;
  }

  static std::size_t product(std::span<const std::size_t> extents) {
    std::size_t product = 1;
    for (const std::size_t extent : extents) product *= extent;
    return product;
  }

  const Stored* field_;
  Marks marks_;
  Parts parts_;
  std::span<const Term> terms_;
  Layout layout_;
  Boxes boxes_;
  kernels::Stores stores_;
  boost::container::small_vector<Known, 8> known_;  // per term, lower and upper end
};

// Below this a call is over before another thread has woken.
constexpr std::size_t small_field_bytes = std::size_t{256} << 10;

template <class K>
void run_part(void* context, Range boxes) {
  static_cast<const Sweep<K>*>(context)->run(boxes);
}

Tiling usual_tiling(const AnyField& field, std::span<const Term> terms,
                    std::size_t threads) {
  Workload work = {0, size_of(field.type), 1, threads};
  for (const Term& term : terms) work.reach = std::max(work.reach, term.table->reach());
  for (const std::size_t extent : field.extents) work.samples *= extent;
  return tiling_for(work);
}

}  // namespace

std::size_t thread_count(const AnyField& field, Execution execution) {
  if (execution.threads > 0) return execution.threads;
  return size_in_bytes(field) < small_field_bytes ? 1 : default_threads();
}

void sweep(const AnyField& field, std::span<const Term> terms, Execution execution,
           const std::optional<Tiling>& tiling) {
  if (terms.empty() || std::ranges::find(field.extents, 0U) != field.extents.end())
    return;
  kernels::ensure_target();
  const std::size_t threads = thread_count(field, execution);
  const Tiling sizes = tiling ? *tiling : usual_tiling(field, terms, threads);
  with_types(field.type, terms, [&]<class K>(K) {
    Sweep<K> sweep(field, terms, sizes);
    const std::size_t boxes = sweep.box_count();
    for_each_part(boxes, std::min(threads, boxes), run_part<K>, &sweep);
  });
}

}  // namespace gridgrad
