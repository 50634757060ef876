// formula.cpp: derivatives of a box in the cache, combined before they leave it
//
// SPDX-License-Identifier: BSD-3-Clause

#include "formula.hpp"

#include <algorithm>
#include <complex>
#include <limits>
#include <type_traits>
#include <utility>

#include "caches.hpp"
#include "convert.hpp"
#include "factor_layout.hpp"
#include "kernels/combine.hpp"
#include "kernels/targets.hpp"
#include "memory_order.hpp"
#include "sweep.hpp"
#include "threads.hpp"

namespace gridgrad {
namespace {

bool is_complex(ElementType type) {
  return type == ElementType::complex64 || type == ElementType::complex128;
}

// The samples of a box, per axis.
using Region = PerDimension<Range>;

std::size_t size_of_region(const Region& region) {
  std::size_t size = 1;
  for (const Range& range : region) size *= range.size();
  return size;
}

// What the numbers per line at an end are on the lines of a region.
EndValues on_lines_of(const EndValues& all, std::size_t axis, const Region& region) {
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

// Buffers of one thread, kept from box to box.
template <class T>
struct FormulaScratch {
  std::vector<std::vector<T>> values;       // per summand
  std::vector<std::vector<T>> multipliers;  // likewise
  std::vector<T> between;                   // two steps
  std::vector<T> line;
};

// The evaluation of formulas in computing type T into results of type `Written`: T, or
// one that T is rounded to. Complex numbers are two of them.
template <class T, class Written>
class Evaluation {
 public:
  Evaluation(const FormulaCall& call, const Tiling& tiling)
      : call_(call),
        rank_(call.domain.samples.size()),
        parts_(is_complex(call.fields[0].type) ? 2 : 1),
        type_(computed_type(call.fields[0].type)),
        order_(rank_),
        boxes_(ordered_rows(), ordered_axes(), tiling),
        stores_(stores(tiling)) {
    for (const Formula& formula : call.formulas) {
      for (const Summand& summand : formula.summands) {
        factors_.emplace_back(summand.factor, call.domain.samples, order_, parts_);
        before_.emplace_back(summand.before, call.domain.samples, order_, parts_);
        most_ = std::max(most_, formula.summands.size());
      }
    }
    for (std::size_t axis = 0; axis < rank_; ++axis) {
      inner_tiling_.plane = std::numeric_limits<std::size_t>::max() / 2;
      inner_tiling_.streamed_above = std::numeric_limits<std::size_t>::max();
    }
    const Missing missing = missing_rule();
    const std::size_t fastest = order_.empty() ? 0 : order_.back();
    own_sample_ = {fastest,
                   std::make_shared<const RowTable>(RowTable::identity(
                       call.domain.samples[fastest], missing))};
  }

  [[nodiscard]] std::size_t box_count() const noexcept { return boxes_.count(); }

  void run(Range boxes) const {
    FormulaScratch<T> scratch;
    scratch.values.resize(most_);
    scratch.multipliers.resize(most_);
    Region ordered(rank_);
    Region region(rank_);
    for (std::size_t index = boxes.first; index < boxes.last; ++index) {
      boxes_.box(index, ordered);
      for (std::size_t d = 0; d < rank_; ++d) {
        const std::size_t axis = order_[d];
        const std::size_t first =
            call_.block.rows[axis].first + call_.domain.shift[axis];
        region[axis] = {ordered[d].first + first, ordered[d].last + first};
      }
      std::size_t summand = 0;
      for (std::size_t r = 0; r < call_.formulas.size(); ++r) {
        compute(r, summand, region, scratch);
        summand += call_.formulas[r].summands.size();
      }
    }
    if (stores_ == kernels::Stores::streamed) kernels::flush_streams();
  }

 private:
  // Halves are added up before they are rounded.
  static ElementType computed_type(ElementType field) {
    return computes_in_float(field) && !is_complex(field) ? ElementType::float32
                                                          : result_type(field);
  }

  [[nodiscard]] PerDimension<std::size_t> ordered_rows() {
    memory_order(call_.fields[0].strides, order_);
    PerDimension<std::size_t> extents;
    for (const std::size_t axis : order_) extents.push_back(call_.block.rows[axis].size());
    return extents;
  }

  [[nodiscard]] PerDimension<std::size_t> ordered_axes() const {
    PerDimension<std::size_t> axes;
    for (std::size_t d = 0; d < rank_; ++d) {
      if (is_differentiated(order_[d])) axes.push_back(d);
    }
    return axes;
  }

  [[nodiscard]] bool is_differentiated(std::size_t axis) const {
    for (const Formula& formula : call_.formulas) {
      for (const Summand& summand : formula.summands) {
        for (const RowStep& step : summand.steps) {
          if (step.axis == axis) return true;
        }
      }
    }
    return false;
  }

  [[nodiscard]] kernels::Stores stores(const Tiling& tiling) const {
    std::size_t bytes = 0;
    for (const Range& rows : call_.block.rows) {
      bytes = std::max<std::size_t>(bytes, 1) * rows.size();
    }
    bytes *= size_of(call_.fields[0].type) * call_.fields.size() +
             size_of(call_.out[0].type) * call_.out.size();
    return bytes > tiling.streamed_above ? kernels::Stores::streamed
                                         : kernels::Stores::ordinary;
  }

  [[nodiscard]] Missing missing_rule() const {
    for (const Formula& formula : call_.formulas) {
      for (const Summand& summand : formula.summands) {
        for (const RowStep& step : summand.steps) {
          if (step.table->skips_missing()) return step.table->missing();
        }
      }
    }
    return NoneMissing();
  }

  void compute(std::size_t r, std::size_t first_summand, const Region& region,
               FormulaScratch<T>& scratch) const {
    const Formula& formula = call_.formulas[r];
    if (is_one_derivative(formula)) {
      return apply(call_.fields[formula.summands[0].field], held(), region,
                   formula.summands[0].steps[0], result_part(r, region));
    }
    boost::container::small_vector<kernels::Product<T>, 8> products;
    for (std::size_t k = 0; k < formula.summands.size(); ++k) {
      const Summand& summand = formula.summands[k];
      derive(summand, before_[first_summand + k], region, scratch, scratch.values[k]);
      const T* multiplier = nullptr;
      if (summand.multiplier) {
        derive({*summand.multiplier}, before_[first_summand + k], region, scratch,
               scratch.multipliers[k]);
        multiplier = scratch.multipliers[k].data();
      }
      products.push_back({scratch.values[k].data(), nullptr, 0, multiplier});
    }
    combine(r, {factors_.data() + first_summand, formula.summands.size()}, region,
            {products.data(), products.size()}, scratch);
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

  [[nodiscard]] std::span<const SampleRanges> held() const {
    return call_.block.samples;
  }

  // Rows of rows of the field times what stands before it, in the region; dense, in the
  // order of memory.
  void derive(const Summand& summand, const FactorLayout<T>& before, const Region& region,
              FormulaScratch<T>& scratch, std::vector<T>& values) const {
    const AnyField& field = call_.fields[summand.field];
    values.resize(size_of_region(region) * parts_);
    if (summand.steps.empty()) {
      apply(field, held(), region, own_sample_, block(values.data(), region));
      if (!before.is_one()) multiply(before, region, values.data());
      return;
    }
    const RowStep& last = summand.steps.back();
    if (summand.steps.size() == 1 && before.is_one()) {
      return apply(field, held(), region, last, block(values.data(), region));
    }
    const bool is_alone = summand.steps.size() == 1;
    const RowStep& first = is_alone ? own_sample_ : summand.steps.front();
    derive_between(field, first, last, before, region, scratch.between);
    PerDimension<SampleRanges> held_between(rank_);
    Region wider = region;
    held_between[last.axis] = last.table->support(rows_of(last, region));
    for (std::size_t axis = 0; axis < rank_; ++axis) {
      if (axis != last.axis) held_between[axis] = SampleRanges(region[axis]);
    }
    wider[last.axis] = {0, held_between[last.axis].size()};
    const Block between = block(scratch.between.data(), wider);
    const AnyField view(between.first, type_, between.extents, between.strides);
    apply(view, {held_between.data(), rank_}, region, last,
          block(values.data(), region));
  }

  // The first step, at the samples that the last one reads: range by range, joined.
  void derive_between(const AnyField& field, const RowStep& first, const RowStep& last,
                      const FactorLayout<T>& before, const Region& region,
                      std::vector<T>& values) const {
    const SampleRanges support = last.table->support(rows_of(last, region));
    Region joined = region;
    joined[last.axis] = {0, support.size()};
    values.resize(size_of_region(joined) * parts_);
    Block all = block(values.data(), joined);
    const std::ptrdiff_t step =
        all.strides[last.axis] * static_cast<std::ptrdiff_t>(parts_);
    T* to = values.data();
    for (const Range& range : support.ranges()) {
      Region part = region;
      part[last.axis] = range;
      Block block = all;
      block.first = to;
      for (std::size_t axis = 0; axis < rank_; ++axis) {
        block.extents[axis] = part[axis].size();
      }
      apply(field, held(), part, first, block);
      if (!before.is_one()) multiply(before, part, to, step_strides(all));
      to += step * static_cast<std::ptrdiff_t>(range.size());
    }
  }

  // A block of memory: strides count elements of type_.
  struct Block {
    void* first;
    PerDimension<std::size_t> extents;
    PerDimension<std::ptrdiff_t> strides;
    ElementType type;
  };

  // Dense, in the order of memory.
  [[nodiscard]] Block block(T* first, const Region& region) const {
    Block block = {first, PerDimension<std::size_t>(rank_),
                   PerDimension<std::ptrdiff_t>(rank_), type_};
    std::ptrdiff_t stride = 1;
    for (std::size_t d = rank_; d-- > 0;) {
      const std::size_t axis = order_[d];
      block.extents[axis] = region[axis].size();
      block.strides[axis] = stride;
      stride *= static_cast<std::ptrdiff_t>(block.extents[axis]);
    }
    return block;
  }

  // Of a block, in parts and in the order of memory, a dimension of parts included.
  [[nodiscard]] PerDimension<std::ptrdiff_t> step_strides(const Block& block) const {
    PerDimension<std::ptrdiff_t> strides;
    for (const std::size_t axis : order_) {
      strides.push_back(block.strides[axis] * static_cast<std::ptrdiff_t>(parts_));
    }
    if (parts_ == 2) strides.push_back(1);
    return strides;
  }

  // Where the results of a region belong.
  [[nodiscard]] Block result_part(std::size_t r, const Region& region) const {
    const AnyOutput& out = call_.out[r];
    auto* first = static_cast<std::byte*>(out.data);
    Block block = {nullptr, PerDimension<std::size_t>(rank_),
                   PerDimension<std::ptrdiff_t>(out.strides.begin(), out.strides.end()),
                   out.type};
    for (std::size_t axis = 0; axis < rank_; ++axis) {
      block.extents[axis] = region[axis].size();
      const std::size_t row = region[axis].first - call_.domain.shift[axis] -
                              call_.block.rows[axis].first;
      first += static_cast<std::ptrdiff_t>(row) * out.strides[axis] *
               static_cast<std::ptrdiff_t>(size_of(out.type));
    }
    block.first = first;
    return block;
  }

  static Range rows_of(const RowStep& step, const Region& region) {
    const auto own = static_cast<std::size_t>(step.table->own_sample());
    return {region[step.axis].first - own, region[step.axis].last - own};
  }

  // Rows along one axis of a field of which some samples are held.
  void apply(const AnyField& field, std::span<const SampleRanges> held,
             const Region& region, const RowStep& step, const Block& to) const {
    PerDimension<std::size_t> extents(field.extents.begin(), field.extents.end());
    std::ptrdiff_t offset = 0;
    std::ptrdiff_t mask_offset = 0;
    for (std::size_t axis = 0; axis < rank_; ++axis) {
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
                       AnyOutput(to.first, to.type, to.extents, to.strides),
                       rows_of(step, region),
                       held[step.axis],
                       {on_lines_of(step.ends[0], step.axis, region),
                        on_lines_of(step.ends[1], step.axis, region)}};
    sweep(part, {&term, 1}, {1}, inner_tiling_);
  }

  // Multiplies a dense block of a region by a factor.
  void multiply(const FactorLayout<T>& factor, const Region& region, T* values) const {
    multiply(factor, region, values, step_strides(block(values, region)));
  }
  void multiply(const FactorLayout<T>& factor, const Region& region, T* values,
                std::span<const std::ptrdiff_t> strides) const {
    const T* const first = factor.at(region, order_);
    for_each_line(region, 1, [&](std::span<const std::size_t> index, std::size_t count) {
      T* const line = values + offset_of(index, strides);
      const T* const scale = first + offset_of(index, factor.strides());
      for (std::size_t j = 0; j < count; ++j) {
        line[j] *= scale[static_cast<std::ptrdiff_t>(j) * factor.strides().back()];
      }
    });
  }

  static std::ptrdiff_t offset_of(std::span<const std::size_t> index,
                                  std::span<const std::ptrdiff_t> strides) {
    std::ptrdiff_t offset = 0;
    for (std::size_t d = 0; d < index.size(); ++d) {
      offset += static_cast<std::ptrdiff_t>(index[d]) * strides[d];
    }
    return offset;
  }

  // Extents of a region in the order of memory, parts included.
  [[nodiscard]] PerDimension<std::size_t> ordered_extents(const Region& region) const {
    PerDimension<std::size_t> extents;
    for (const std::size_t axis : order_) extents.push_back(region[axis].size());
    if (parts_ == 2) extents.push_back(2);
    return extents;
  }

  // Calls f(index, count) for every run of the last `merged` dimensions of a region;
  // `index` is 0 along those.
  template <class F>
  void for_each_line(const Region& region, std::size_t merged, const F& f) const {
    const PerDimension<std::size_t> extents = ordered_extents(region);
    PerDimension<std::size_t> index(extents.size(), 0);
    std::size_t count = 1;
    const std::size_t outer = extents.size() - merged;
    for (std::size_t d = outer; d < extents.size(); ++d) count *= extents[d];
    for (;;) {
      f(std::span<const std::size_t>(index.data(), index.size()), count);
      std::size_t d = outer;
      while (d-- > 0) {
        if (++index[d] < extents[d]) break;
        index[d] = 0;
      }
      if (d == std::numeric_limits<std::size_t>::max()) return;
    }
  }

  // How many of the last dimensions are one run for the results and all factors.
  [[nodiscard]] std::size_t merged_dimensions(
      const PerDimension<std::size_t>& extents, std::span<const std::ptrdiff_t> out,
      std::span<const FactorLayout<T>> factors) const {
    const auto is_run = [&](std::size_t d) {
      const auto length = static_cast<std::ptrdiff_t>(extents[d + 1]);
      if (out[d] != length * out[d + 1]) return false;
      return std::ranges::all_of(factors, [&](const FactorLayout<T>& factor) {
        return factor.strides()[d] == length * factor.strides()[d + 1];
      });
    };
    std::size_t first = extents.size() - 1;
    while (first > 0 && is_run(first - 1)) --first;
    return extents.size() - first;
  }

  void combine(std::size_t r, std::span<const FactorLayout<T>> factors,
               const Region& region, std::span<kernels::Product<T>> products,
               FormulaScratch<T>& scratch) const {
    const Block to = result_part(r, region);
    const PerDimension<std::ptrdiff_t> out_strides = step_strides(to);
    const PerDimension<std::size_t> extents = ordered_extents(region);
    const std::size_t merged = merged_dimensions(extents, out_strides, factors);
    const PerDimension<std::ptrdiff_t> dense = dense_strides(extents);
    boost::container::small_vector<kernels::Product<T>, 8> line(products.begin(),
                                                                products.end());
    for_each_line(region, merged, [&](std::span<const std::size_t> index,
                                      std::size_t count) {
      const std::ptrdiff_t at = offset_of(index, dense);
      for (std::size_t k = 0; k < products.size(); ++k) {
        const FactorLayout<T>& factor = factors[k];
        line[k].values = products[k].values + at;
        if (products[k].multiplier != nullptr) {
          line[k].multiplier = products[k].multiplier + at;
        }
        line[k].factor =
            factor.at(region, order_) + offset_of(index, factor.strides());
        line[k].factor_step = factor.strides().back();
      }
      auto* const out = static_cast<Written*>(to.first) + offset_of(index, out_strides);
      write(call_.formulas[r].combination, {line.data(), line.size()}, out,
            out_strides.back(), count, scratch.line);
    });
  }

  void write(Combination combination, std::span<const kernels::Product<T>> products,
             Written* out, std::ptrdiff_t stride, std::size_t count,
             std::vector<T>& line) const {
    const auto compute = [&](T* to, kernels::Stores stores) {
      if (combination == Combination::sum) {
        return kernels::sum(products, to, count, stores);
      }
      kernels::magnitude(products, to, count, stores);
    };
    if constexpr (std::is_same_v<T, Written>) {
      if (stride == 1) return compute(out, stores_of_line(out, count));
    }
    line.resize(count);
    compute(line.data(), kernels::Stores::ordinary);
    const std::ptrdiff_t one = 1;
    convert<T, Written>({&count, 1}, {line.data(), {&one, 1}}, {out, {&stride, 1}});
  }

  // As BandRun has it.
  [[nodiscard]] kernels::Stores stores_of_line(const T* out, std::size_t count) const {
    constexpr std::size_t cache_line = 64;
    constexpr std::size_t many = std::size_t{4} << 10;
    const std::size_t bytes = count * sizeof(T);
    const bool is_whole =
        (reinterpret_cast<std::uintptr_t>(out) % cache_line | bytes % cache_line) == 0;
    return is_whole || bytes >= many ? stores_ : kernels::Stores::ordinary;
  }

  const FormulaCall& call_;
  std::size_t rank_;
  std::size_t parts_;
  ElementType type_;
  PerDimension<std::size_t> order_;
  Boxes boxes_;
  kernels::Stores stores_;
  std::vector<FactorLayout<T>> factors_;
  std::vector<FactorLayout<T>> before_;
  std::size_t most_ = 0;
  Tiling inner_tiling_;
  RowStep own_sample_;
};

template <class T, class Written>
void run_part(void* context, Range boxes) {
  static_cast<const Evaluation<T, Written>*>(context)->run(boxes);
}

// Boxes whose derivatives stay in the second-level cache until they are combined.
Tiling usual_tiling(const FormulaCall& call) {
  std::size_t summands = 1;
  Tiling tiling;
  for (const Formula& formula : call.formulas) {
    summands = std::max(summands, formula.summands.size());
    for (const Summand& summand : formula.summands) {
      for (const RowStep& step : summand.steps) {
        if (step.table->reach() >= 3) tiling.shared_rows = 8;
      }
    }
  }
  const std::size_t bytes = size_of(result_type(call.fields[0].type));
  const std::size_t samples =
      caches().second_level / 4 / (bytes * (summands + call.fields.size()));
  constexpr std::size_t fewest = 1024;
  tiling.plane = std::max(samples / tiling.shared_rows / fewest, std::size_t{1}) * fewest;
  tiling.streamed_above = caches().last_level;
  return tiling;
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
