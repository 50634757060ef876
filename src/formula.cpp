// formula.cpp: derivatives of a box in the cache, combined before they leave it
//
// SPDX-License-Identifier: BSD-3-Clause

#include "formula.hpp"

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include "box_frame.hpp"
#include "caches.hpp"
#include "convert.hpp"
#include "derived_box.hpp"
#include "factor_layout.hpp"
#include "fused_lines.hpp"
#include "fused_rows.hpp"
#include "kernels/combine.hpp"
#include "kernels/targets.hpp"
#include "line_writer.hpp"
#include "threads.hpp"

namespace gridgrad {
namespace {

// Halves are added up before they are rounded.
ElementType computed_type(ElementType field) {
  return computes_in_float(field) && !is_complex(field) ? ElementType::float32
                                                        : result_type(field);
}

template <class F>
void for_each_step(std::span<const Formula> formulas, const F& f) {
  for (const Formula& formula : formulas) {
    for (const Summand& summand : formula.summands) {
      for (const RowStep& step : summand.steps) f(step);
    }
  }
}

Missing missing_rule(std::span<const Formula> formulas) {
  Missing missing = NoneMissing();
  for_each_step(formulas, [&](const RowStep& step) {
    if (step.table->skips_missing()) missing = step.table->missing();
  });
  return missing;
}

// Buffers of one thread, kept from box to box.
template <class T>
struct FormulaScratch {
  std::vector<std::vector<T>> values;       // per summand
  std::vector<std::vector<T>> multipliers;  // likewise
  std::vector<T> line;
  std::vector<T> below;  // results before the fused part of lines, and behind it
  std::vector<T> above;
  LineScratch<T> lines;
};

// The evaluation of formulas in computing type T into results of type `Written`: T, or
// one that T is rounded to. Complex numbers are two of them.
template <class T, class Written>
class Evaluation {
 public:
  Evaluation(const FormulaCall& call, const Tiling& tiling)
      : call_(call),
        frame_(call.fields[0], computed_type(call.fields[0].type)),
        derived_(call, frame_, missing_rule(call.formulas)),
        boxes_(ordered_rows(), ordered_axes(), tiling),
        stores_(stores(tiling)) {
    for (const Formula& formula : call.formulas) {
      for (const Summand& summand : formula.summands) {
        factors_.emplace_back(summand.factor, call.domain.samples, frame_.order(),
                              frame_.parts());
        before_.emplace_back(summand.before, call.domain.samples, frame_.order(),
                             frame_.parts());
      }
      most_ = std::max(most_, formula.summands.size());
    }
    for (std::size_t r = 0; r < call.formulas.size(); ++r) {
      fused_.emplace_back(call, frame_, r, factors_of(r));
    }
  }

  [[nodiscard]] std::size_t box_count() const noexcept { return boxes_.count(); }

  void run(Range boxes) const {
    FormulaScratch<T> scratch;
    scratch.values.resize(most_);
    scratch.multipliers.resize(most_);
    scratch.lines.values.resize(most_);
    Region ordered(frame_.rank());
    Region region(frame_.rank());
    for (std::size_t index = boxes.first; index < boxes.last; ++index) {
      boxes_.box(index, ordered);
      for (std::size_t d = 0; d < frame_.rank(); ++d) {
        const std::size_t axis = frame_.order()[d];
        const std::size_t first = call_.block.rows[axis].first + call_.domain.shift[axis];
        region[axis] = {ordered[d].first + first, ordered[d].last + first};
      }
      for (std::size_t r = 0; r < call_.formulas.size(); ++r) {
        compute(r, region, scratch);
      }
    }
    if (stores_ == kernels::Stores::streamed) kernels::flush_streams();
  }

 private:
  [[nodiscard]] PerDimension<std::size_t> ordered_rows() const {
    PerDimension<std::size_t> extents;
    for (const std::size_t axis : frame_.order()) {
      extents.push_back(call_.block.rows[axis].size());
    }
    return extents;
  }

  [[nodiscard]] PerDimension<std::size_t> ordered_axes() const {
    PerDimension<std::size_t> axes;
    for (std::size_t d = 0; d < frame_.rank(); ++d) {
      bool is_differentiated = false;
      for_each_step(call_.formulas, [&](const RowStep& step) {
        is_differentiated = is_differentiated || step.axis == frame_.order()[d];
      });
      if (is_differentiated) axes.push_back(d);
    }
    return axes;
  }

  [[nodiscard]] kernels::Stores stores(const Tiling& tiling) const {
    std::size_t bytes = size_of(call_.fields[0].type) * call_.fields.size() +
                        size_of(call_.out[0].type) * call_.out.size();
    for (const Range& rows : call_.block.rows) bytes *= rows.size();
    return bytes > tiling.streamed_above ? kernels::Stores::streamed
                                         : kernels::Stores::ordinary;
  }

  [[nodiscard]] std::size_t first_summand(std::size_t r) const {
    std::size_t first = 0;
    for (std::size_t k = 0; k < r; ++k) first += call_.formulas[k].summands.size();
    return first;
  }

  [[nodiscard]] std::span<const FactorLayout<T>> factors_of(std::size_t r) const {
    return {factors_.data() + first_summand(r), call_.formulas[r].summands.size()};
  }

  void compute(std::size_t r, const Region& region, FormulaScratch<T>& scratch) const {
    const Formula& formula = call_.formulas[r];
    if (is_one_derivative(formula)) {
      return derived_.apply(call_.fields[formula.summands[0].field], region,
                            formula.summands[0].steps[0], result_part(r, region));
    }
    if constexpr (std::is_same_v<T, Written>) {
      Region inner = fused_[r].inner(region);
      if (frame_.size(inner) > 0) return fuse(r, region, inner, scratch);
    }
    combine<Written>(r, region, result_part(r, region), scratch);
  }

  // A derivative as it is can be written where it belongs.
  static bool is_one_derivative(const Formula& formula) {
    if (formula.combination != Combination::sum || formula.summands.size() != 1) {
      return false;
    }
    const Summand& summand = formula.summands[0];
    return summand.factor.is_one() && summand.before.is_one() &&
           summand.steps.size() == 1 && !summand.multiplier;
  }

  // Where the results of a region belong.
  [[nodiscard]] BoxBlock result_part(std::size_t r, const Region& region) const {
    const AnyOutput& out = call_.out[r];
    BoxBlock block = {
        static_cast<std::byte*>(out.data), PerDimension<std::size_t>(frame_.rank()),
        PerDimension<std::ptrdiff_t>(out.strides.begin(), out.strides.end()), out.type};
    for (std::size_t axis = 0; axis < frame_.rank(); ++axis) {
      block.extents[axis] = region[axis].size();
      const std::size_t row =
          region[axis].first - call_.domain.shift[axis] - call_.block.rows[axis].first;
      block.first += static_cast<std::ptrdiff_t>(row) * out.strides[axis] *
                     static_cast<std::ptrdiff_t>(size_of(out.type));
    }
    return block;
  }

  // The results around the fused part of a region are combined from derivatives in
  // memory: those of whole rows where they belong, those at ends of lines to be joined.
  void fuse(std::size_t r, Region region, const Region& inner,
            FormulaScratch<T>& scratch) const {
    const std::size_t fastest = frame_.fastest();
    for (std::size_t axis = 0; axis < frame_.rank(); ++axis) {
      if (axis == fastest) continue;
      const Range all = region[axis];
      for (const Range& outer :
           {Range{all.first, inner[axis].first}, Range{inner[axis].last, all.last}}) {
        if (outer.size() == 0) continue;
        region[axis] = outer;
        combine<Written>(r, region, result_part(r, region), scratch);
      }
      region[axis] = inner[axis];
    }
    combine_ends(r, region, {region[fastest].first, inner[fastest].first}, scratch,
                 scratch.below);
    combine_ends(r, region, {inner[fastest].last, region[fastest].last}, scratch,
                 scratch.above);
    FusedLines<T>(fused_[r], stores_, scratch.lines)
        .write(region, inner[fastest], result_part(r, region),
               {scratch.below.data(), scratch.above.data()});
  }

  void combine_ends(std::size_t r, Region region, Range columns,
                    FormulaScratch<T>& scratch, std::vector<T>& ends) const {
    region[frame_.fastest()] = columns;
    ends.resize(frame_.size(region));
    if (columns.size() == 0) return;
    if (fused_[r].reads_within(columns)) {
      const FusedLines<T> lines(fused_[r], stores_, scratch.lines);
      return lines.compute_columns(region, ends.data());
    }
    combine<T>(r, region, frame_.dense(ends.data(), region), scratch);
  }

  // Every summand by itself, in memory, then their combination, into a block of To:
  // results, or numbers as they are computed.
  template <class To>
  void combine(std::size_t r, const Region& region, const BoxBlock& to,
               FormulaScratch<T>& scratch) const {
    const Formula& formula = call_.formulas[r];
    const std::span<const FactorLayout<T>> factors = factors_of(r);
    const FactorLayout<T>* before = before_.data() + first_summand(r);
    for (std::size_t k = 0; k < formula.summands.size(); ++k) {
      const Summand& summand = formula.summands[k];
      derived_.derive(summand, before[k], region, scratch.values[k]);
      if (!summand.multiplier) continue;
      derived_.derive({*summand.multiplier}, before[k], region, scratch.multipliers[k]);
    }
    const PerDimension<std::ptrdiff_t> out_strides = frame_.strides(to.strides);
    const PerDimension<std::size_t> extents = frame_.extents(region);
    const PerDimension<std::ptrdiff_t> dense = dense_strides(extents);
    const std::size_t merged = run_dimensions<T>(extents, out_strides, factors);
    const T one = 1;
    boost::container::small_vector<RowTerm<T, T>, 8> terms(formula.summands.size());
    boost::container::small_vector<kernels::RowProduct<T>, 8> products(terms.size());
    frame_.for_each_run(
        region, merged, [&](std::span<const std::size_t> index, std::size_t count) {
          const std::ptrdiff_t at = offset_of(index, dense);
          for (std::size_t k = 0; k < terms.size(); ++k) {
            const T* const values = scratch.values[k].data() + at;
            const bool has_multiplier = formula.summands[k].multiplier.has_value();
            terms[k] = {values, values, values, &one};
            products[k] = {RowForm::plain,
                           {&terms[k], 1},
                           0,
                           one,
                           factors[k].at(region, frame_.order()) +
                               offset_of(index, factors[k].strides()),
                           factors[k].strides().back(),
                           has_multiplier ? scratch.multipliers[k].data() + at : nullptr};
          }
          const std::ptrdiff_t offset = offset_of(index, out_strides);
          const Line line = {formula.combination,
                             {products.data(), products.size()},
                             out_strides.back(),
                             count};
          write(line, reinterpret_cast<To*>(to.first) + offset, scratch.line);
        });
  }

  struct Line {
    Combination combination;
    std::span<const kernels::RowProduct<T>> products;
    std::ptrdiff_t stride;
    std::size_t count;
  };

  template <class To>
  void write(const Line& line, To* out, std::vector<T>& buffer) const {
    if constexpr (std::is_same_v<T, To>) {
      if (line.stride == 1) {
        return compute_line<T>(line.combination, line.products, {out, line.count},
                               stores_for(stores_, out, line.count));
      }
    }
    buffer.resize(line.count);
    compute_line<T>(line.combination, line.products, {buffer.data(), line.count},
                    kernels::Stores::ordinary);
    const std::ptrdiff_t one = 1;
    convert<T, To>({&line.count, 1}, {buffer.data(), {&one, 1}},
                   {out, {&line.stride, 1}});
  }

  const FormulaCall& call_;
  BoxFrame frame_;
  DerivedBox<T> derived_;
  Boxes boxes_;
  kernels::Stores stores_;
  std::vector<FactorLayout<T>> factors_;
  std::vector<FactorLayout<T>> before_;
  std::vector<FusedRows<T>> fused_;
  std::size_t most_ = 0;
};

template <class T, class Written>
void run_part(void* context, Range boxes) {
  static_cast<const Evaluation<T, Written>*>(context)->run(boxes);
}

// Boxes whose samples stay in the second-level cache until the rows on both sides have
// read them.
Tiling usual_tiling(const FormulaCall& call) {
  Workload work = {0, size_of(result_type(call.fields[0].type)) * call.fields.size(), 1,
                   1};
  for_each_step(call.formulas, [&](const RowStep& step) {
    work.reach = std::max(work.reach, step.table->reach());
  });
  return tiling_for(work);
}

template <class T, class Written>
void evaluate_as(const FormulaCall& call, Execution execution, const Tiling& tiling) {
  Evaluation<T, Written> evaluation(call, tiling);
  const std::size_t threads = thread_count(call.fields[0], execution);
  const std::size_t boxes = evaluation.box_count();
  for_each_part(boxes, std::min(threads, boxes), run_part<T, Written>, &evaluation);
}

}  // namespace

void evaluate(const FormulaCall& call, Execution execution,
              const std::optional<Tiling>& tiling) {
  for (const Range& rows : call.block.rows) {
    if (rows.size() == 0) return;
  }
  kernels::ensure_target();
  const Tiling sizes = tiling ? *tiling : usual_tiling(call);
  switch (call.out[0].type) {
    case ElementType::float16:
      return evaluate_as<float, Float16>(call, execution, sizes);
    case ElementType::bfloat16:
      return evaluate_as<float, BFloat16>(call, execution, sizes);
    case ElementType::float32:
    case ElementType::complex64:
      return evaluate_as<float, float>(call, execution, sizes);
    default:
      return evaluate_as<double, double>(call, execution, sizes);
  }
}

}  // namespace gridgrad
