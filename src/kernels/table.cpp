// kernels/table.cpp: compiled once per instruction set, chosen at run time
//
// SPDX-License-Identifier: BSD-3-Clause

#include "kernels/table.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/table.cpp"
#include <hwy/foreach_target.h>  // must precede highway.h
#include <hwy/highway.h>

#include "kernels/lines-inl.hpp"
#include "kernels/sample-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gridgrad::kernels::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// Weights `row` rows below the first: one for all lanes, or one per lane from there on.
struct SameWeight {
  std::ptrdiff_t row;

  template <class D, class T>
  HWY_INLINE hn::Vec<D> operator()(D d, const T* weights) const {
    return hn::Set(d, weights[row]);
  }
};
struct WeightPerLane {
  std::ptrdiff_t row;

  template <class D, class T>
  HWY_INLINE hn::Vec<D> operator()(D d, const T* weights) const {
    return hn::LoadU(d, weights + row);
  }
};

// One vector of the terms k.
template <class D, class S, class T, class Weight>
HWY_INLINE hn::Vec<D> term(D d, const TermRow<S, T>& row, std::size_t k,
                           std::ptrdiff_t samples, Weight weight) {
  const RowTerm<S, T>& at = row.terms[k];
  const auto plus = load(d, at.plus + samples);
  const auto value = row.form == RowForm::plain
                         ? sample_value<S>(d, plus)
                         : difference<S>(d, plus, load(d, at.minus + samples));
  const auto factor = weight(d, at.weight);
  if (!row.leaves_out) return hn::Mul(factor, value);
  return hn::IfThenZeroElse(hn::Eq(factor, hn::Zero(d)), hn::Mul(factor, value));
}

// One vector of results, from samples `samples` further than those of the first row.
template <class D, class S, class T, class Weight>
HWY_INLINE hn::Vec<D> vector_of(D d, const TermRow<S, T>& row, std::ptrdiff_t samples,
                                Weight weight) {
  auto sum = term(d, row, 0, samples, weight);
  for (std::size_t k = 1; k < row.terms.size(); ++k) {
    sum = hn::Add(sum, term(d, row, k, samples, weight));
  }
  if (HWY_UNLIKELY(row.divisor.has_value())) {
    sum = hn::Div(sum, hn::Set(d, *row.divisor));
  }
  return hn::Mul(hn::Set(d, row.scale), sum);
}

// The vector of results, when what will be read soon has been asked for.
template <Stores How, std::size_t BytesAhead, class D, class S, class T, class Weight>
HWY_INLINE hn::Vec<D> next_vector_of(D d, const TermRow<S, T>& row,
                                     std::ptrdiff_t samples, Weight weight) {
  constexpr auto ahead = static_cast<std::ptrdiff_t>(BytesAhead / sizeof(S));
  prefetch<How>(row.terms.back().plus + samples + ahead);
  return vector_of(d, row, samples, weight);
}

// Lanes are columns: one row after the other, some columns of each at a time, so that
// samples that several rows read are still in the first-level cache.
template <Stores How, class S, class T>
void across_columns(const Slab<S, T>& slab, const TermRow<S, T>& row) {
  constexpr std::size_t bytes_ahead = std::size_t{2} << 10;
  constexpr std::size_t block = 512;
  const auto line = static_cast<std::ptrdiff_t>(line_of<T>());
  const bool is_in_blocks =
      slab.rows > 1 && (How == Stores::ordinary || slab.out_step % line == 0);
  std::size_t first = 0;
  std::size_t last = before_line(slab.out, slab.columns) + block;
  while (first < slab.columns) {
    last = is_in_blocks ? std::min(last, slab.columns) : slab.columns;
    for (std::size_t i = 0; i < slab.rows; ++i) {
      const auto at = static_cast<std::ptrdiff_t>(i);
      const SameWeight weight = {at * row.weight_step};
      const std::ptrdiff_t samples =
          at * slab.in_step + static_cast<std::ptrdiff_t>(first);
      store_each<How>(slab.out + at * slab.out_step + first, last - first,
                      [&](auto d, std::size_t j) HWY_ATTR {
                        return next_vector_of<How, bytes_ahead>(
                            d, row, samples + static_cast<std::ptrdiff_t>(j), weight);
                      });
    }
    first = last;
    last += block;
  }
}

constexpr std::size_t bytes_ahead_along = std::size_t{16} << 10;

// Lanes are rows of a contiguous line, each with weights of its own.
template <Stores How, class S, class T>
void along_rows(const Slab<S, T>& slab, const TermRow<S, T>& row) {
  store_each<How>(slab.out, slab.rows, [&](auto d, std::size_t i) HWY_ATTR {
    const auto at = static_cast<std::ptrdiff_t>(i);
    return next_vector_of<How, bytes_ahead_along>(d, row, at, WeightPerLane{at});
  });
}

// Lanes are columns of several lines.
template <Stores How, class S, class T>
void along_lines(const Slab<S, T>& slab, const TermRow<S, T>& row,
                 const LineEnds<T>& ends) {
  store_lines<How>(
      slab.out, slab.columns, ends, [&](auto d, std::size_t q, std::size_t p) HWY_ATTR {
        const auto at = static_cast<std::ptrdiff_t>(q);
        const WeightPerLane per_lane = {static_cast<std::ptrdiff_t>(p)};
        const SameWeight same = {0};
        return row.weight_step == 0
                   ? next_vector_of<How, bytes_ahead_along>(d, row, at, same)
                   : next_vector_of<How, bytes_ahead_along>(d, row, at, per_lane);
      });
}

template <Stores How, class S, class T>
void stored_slab(const Slab<S, T>& slab, const TermRow<S, T>& row,
                 const LineEnds<T>& ends) {
  if (ends.line > 0) return along_lines<How>(slab, row, ends);
  const bool is_line = slab.columns == 1 && slab.in_step == 1 && slab.out_step == 1;
  if (!is_line) return across_columns<How>(slab, row);
  if (row.weight_step == 1) return along_rows<How>(slab, row);
  Slab<S, T> turned = slab;
  turned.rows = 1;
  turned.columns = slab.rows;
  across_columns<How>(turned, row);
}

template <class S, class T>
void any_slab(const Slab<S, T>& slab, const TermRow<S, T>& row, const LineEnds<T>& ends) {
  if (slab.stores == Stores::streamed) {
    return stored_slab<Stores::streamed>(slab, row, ends);
  }
  stored_slab<Stores::ordinary>(slab, row, ends);
}

void table_f32(const Slab<float, float>& slab, const TermRow<float, float>& row,
               const LineEnds<float>& ends) {
  any_slab(slab, row, ends);
}
void table_f64(const Slab<double, double>& slab, const TermRow<double, double>& row,
               const LineEnds<double>& ends) {
  any_slab(slab, row, ends);
}
void table_i64(const Slab<std::int64_t, double>& slab,
               const TermRow<std::int64_t, double>& row, const LineEnds<double>& ends) {
  any_slab(slab, row, ends);
}

}  // namespace
}  // namespace gridgrad::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gridgrad::kernels {

HWY_EXPORT(table_f32);
HWY_EXPORT(table_f64);
HWY_EXPORT(table_i64);

void table(const Slab<float, float>& slab, const TermRow<float, float>& row,
           const LineEnds<float>& ends) noexcept {
  HWY_DYNAMIC_DISPATCH(table_f32)(slab, row, ends);
}
void table(const Slab<double, double>& slab, const TermRow<double, double>& row,
           const LineEnds<double>& ends) noexcept {
  HWY_DYNAMIC_DISPATCH(table_f64)(slab, row, ends);
}
void table(const Slab<std::int64_t, double>& slab,
           const TermRow<std::int64_t, double>& row,
           const LineEnds<double>& ends) noexcept {
  HWY_DYNAMIC_DISPATCH(table_i64)(slab, row, ends);
}

}  // namespace gridgrad::kernels
#endif  // HWY_ONCE
