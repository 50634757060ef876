// kernels/table.cpp: compiled once per instruction set, chosen at run time
//
// SPDX-License-Identifier: BSD-3-Clause

#include "kernels/table.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/table.cpp"
#include <hwy/foreach_target.h>  // must precede highway.h
#include <hwy/highway.h>

#include "kernels/sample-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gridgrad::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Weights of one row for all lanes, and weights that follow the lanes.
struct SameWeight {
  template <class D, class T>
  HWY_INLINE hn::Vec<D> operator()(D d, const T* weight) const {
    return hn::Set(d, *weight);
  }
};
struct WeightPerLane {
  template <class D, class T>
  HWY_INLINE hn::Vec<D> operator()(D d, const T* weight) const {
    return hn::LoadU(d, weight);
  }
};

template <class D, class S, class T, class Weight>
HWY_INLINE hn::Vec<D> term(D d, const RowTerm<S, T>& at, std::ptrdiff_t samples,
                           std::ptrdiff_t weights, Weight weight) {
  const auto plus = load(d, at.plus + samples);
  const auto value = at.minus == nullptr
                         ? sample_value<S>(d, plus)
                         : difference<S>(d, plus, load(d, at.minus + samples));
  return hn::Mul(weight(d, at.weight + weights), value);
}

// One vector of results, `samples` and `weights` further than the first.
template <class D, class S, class T, class Weight>
HWY_INLINE hn::Vec<D> vector_of(D d, const TermRow<S, T>& row, std::ptrdiff_t samples,
                                std::ptrdiff_t weights, Weight weight) {
  auto sum = term(d, row.terms[0], samples, weights, weight);
  for (std::size_t k = 1; k < row.terms.size(); ++k) {
    sum = hn::Add(sum, term(d, row.terms[k], samples, weights, weight));
  }
  return hn::Mul(hn::Set(d, row.scale), sum);
}

// Lanes are columns: one row after the other.
template <class S, class T>
void across_columns(const Slab<S, T>& slab, const TermRow<S, T>& row) {
  const hn::ScalableTag<T> wide;
  const hn::CappedTag<T, 1> single;
  const std::size_t lanes = hn::Lanes(wide);
  for (std::size_t i = 0; i < slab.rows; ++i) {
    const std::ptrdiff_t weights = static_cast<std::ptrdiff_t>(i) * row.weight_step;
    const std::ptrdiff_t samples = static_cast<std::ptrdiff_t>(i) * slab.in_step;
    T* out = slab.out + static_cast<std::ptrdiff_t>(i) * slab.out_step;
    std::size_t j = 0;
    for (; j + lanes <= slab.columns; j += lanes) {
      const std::ptrdiff_t at = samples + static_cast<std::ptrdiff_t>(j);
      hn::StoreU(vector_of(wide, row, at, weights, SameWeight()), wide, out + j);
    }
    for (; j < slab.columns; ++j) {
      const std::ptrdiff_t at = samples + static_cast<std::ptrdiff_t>(j);
      hn::StoreU(vector_of(single, row, at, weights, SameWeight()), single, out + j);
    }
  }
}

// Lanes are rows of a contiguous line, each with weights of its own.
template <class S, class T>
void along_rows(const Slab<S, T>& slab, const TermRow<S, T>& row) {
  const hn::ScalableTag<T> wide;
  const hn::CappedTag<T, 1> single;
  const std::size_t lanes = hn::Lanes(wide);
  std::size_t i = 0;
  for (; i + lanes <= slab.rows; i += lanes) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    hn::StoreU(vector_of(wide, row, at, at, WeightPerLane()), wide, slab.out + i);
  }
  for (; i < slab.rows; ++i) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    hn::StoreU(vector_of(single, row, at, at, WeightPerLane()), single, slab.out + i);
  }
}

template <class S, class T>
void any_slab(const Slab<S, T>& slab, const TermRow<S, T>& row) {
  const bool is_line = slab.columns == 1 && slab.in_step == 1 && slab.out_step == 1;
  if (!is_line) return across_columns(slab, row);
  if (row.weight_step == 1) return along_rows(slab, row);
  Slab<S, T> turned = slab;
  turned.rows = 1;
  turned.columns = slab.rows;
  across_columns(turned, row);
}

void table_f32(const Slab<float, float>& slab, const TermRow<float, float>& row) {
  any_slab(slab, row);
}
void table_f64(const Slab<double, double>& slab, const TermRow<double, double>& row) {
  any_slab(slab, row);
}
void table_i64(const Slab<std::int64_t, double>& slab,
               const TermRow<std::int64_t, double>& row) {
  any_slab(slab, row);
}

}  // namespace gridgrad::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gridgrad::kernels {

HWY_EXPORT(table_f32);
HWY_EXPORT(table_f64);
HWY_EXPORT(table_i64);

void table(const Slab<float, float>& slab, const TermRow<float, float>& row) noexcept {
  HWY_DYNAMIC_DISPATCH(table_f32)(slab, row);
}
void table(const Slab<double, double>& slab,
           const TermRow<double, double>& row) noexcept {
  HWY_DYNAMIC_DISPATCH(table_f64)(slab, row);
}
void table(const Slab<std::int64_t, double>& slab,
           const TermRow<std::int64_t, double>& row) noexcept {
  HWY_DYNAMIC_DISPATCH(table_i64)(slab, row);
}

}  // namespace gridgrad::kernels
#endif  // HWY_ONCE
