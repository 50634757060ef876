// kernels/across.cpp: compiled once per instruction set, chosen at run time
//
// SPDX-License-Identifier: BSD-3-Clause

#include "kernels/across.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/across.cpp"
#include <hwy/foreach_target.h>  // must precede highway.h
#include <hwy/highway.h>

#include "kernels/sample-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gridgrad::kernels::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// Results of Rows rows in one column of registers. They share 2 Radius + Rows loads,
// where each alone needs 2 Radius: at Rows = 4 that is what leaves the memory as the
// limit.
template <std::size_t Rows, std::size_t Radius, class D, class S, class T>
HWY_INLINE void column(D d, const Slab<S, T>& slab, std::size_t j, std::size_t first,
                       const PairedRow<T>& row) {
  const S* in = slab.in + static_cast<std::ptrdiff_t>(first) * slab.in_step + j;
  T* out = slab.out + static_cast<std::ptrdiff_t>(first) * slab.out_step + j;
  hn::Vec<SampleTag<D, S>> samples[Rows + 2 * Radius];
  for (std::size_t k = 0; k < Rows + 2 * Radius; ++k) {
    const auto offset =
        static_cast<std::ptrdiff_t>(k) - static_cast<std::ptrdiff_t>(Radius);
    samples[k] = load(d, in + offset * slab.in_step);
  }
  for (std::size_t i = 0; i < Rows; ++i) {
    const std::size_t centre = i + Radius;
    auto sum = hn::Mul(hn::Set(d, row.weights[0]),
                       difference<S>(d, samples[centre + 1], samples[centre - 1]));
    for (std::size_t k = 2; k <= Radius; ++k) {
      const auto pair = difference<S>(d, samples[centre + k], samples[centre - k]);
      sum = hn::Add(sum, hn::Mul(hn::Set(d, row.weights[k - 1]), pair));
    }
    hn::StoreU(hn::Mul(hn::Set(d, row.scale), sum), d,
               out + static_cast<std::ptrdiff_t>(i) * slab.out_step);
  }
}

template <std::size_t Rows, std::size_t Radius, class S, class T>
HWY_INLINE void rows(const Slab<S, T>& slab, std::size_t first, const PairedRow<T>& row) {
  const hn::ScalableTag<T> wide;
  const hn::CappedTag<T, 1> single;
  const std::size_t lanes = hn::Lanes(wide);
  std::size_t j = 0;
  for (; j + lanes <= slab.columns; j += lanes) {
    column<Rows, Radius>(wide, slab, j, first, row);
  }
  for (; j < slab.columns; ++j) column<Rows, Radius>(single, slab, j, first, row);
}

template <std::size_t Radius, class S, class T>
void slab_of(const Slab<S, T>& slab, const PairedRow<T>& row) {
  constexpr std::size_t together = 4;
  std::size_t i = 0;
  for (; i + together <= slab.rows; i += together) rows<together, Radius>(slab, i, row);
  for (; i < slab.rows; ++i) rows<1, Radius>(slab, i, row);
}

// Results for any radius, pair by pair.
template <class D, class S, class T>
HWY_INLINE void long_row(D d, const Slab<S, T>& slab, std::size_t j,
                         const PairedRow<T>& row) {
  const S* in = slab.in + j;
  auto sum = hn::Zero(d);
  for (std::size_t k = 1; k <= row.weights.size(); ++k) {
    const std::ptrdiff_t reach = static_cast<std::ptrdiff_t>(k) * slab.in_step;
    const auto pair = difference<S>(d, load(d, in + reach), load(d, in - reach));
    const auto term = hn::Mul(hn::Set(d, row.weights[k - 1]), pair);
    sum = k == 1 ? term : hn::Add(sum, term);
  }
  hn::StoreU(hn::Mul(hn::Set(d, row.scale), sum), d, slab.out + j);
}

template <class S, class T>
void long_slab(Slab<S, T> slab, const PairedRow<T>& row) {
  const hn::ScalableTag<T> wide;
  const hn::CappedTag<T, 1> single;
  const std::size_t lanes = hn::Lanes(wide);
  for (std::size_t i = 0; i < slab.rows; ++i) {
    std::size_t j = 0;
    for (; j + lanes <= slab.columns; j += lanes) long_row(wide, slab, j, row);
    for (; j < slab.columns; ++j) long_row(single, slab, j, row);
    slab.in += slab.in_step;
    slab.out += slab.out_step;
  }
}

template <class S, class T>
void any_radius(const Slab<S, T>& slab, const PairedRow<T>& row) {
  constexpr std::size_t most_unrolled = 4;
  if (row.weights.size() > most_unrolled) return long_slab(slab, row);
  if (row.weights.size() == 1) return slab_of<1>(slab, row);
  if (row.weights.size() == 2) return slab_of<2>(slab, row);
  if (row.weights.size() == 3) return slab_of<3>(slab, row);
  slab_of<most_unrolled>(slab, row);
}

void across_f32(const Slab<float, float>& slab, const PairedRow<float>& row) {
  any_radius(slab, row);
}
void across_f64(const Slab<double, double>& slab, const PairedRow<double>& row) {
  any_radius(slab, row);
}
void across_i64(const Slab<std::int64_t, double>& slab, const PairedRow<double>& row) {
  any_radius(slab, row);
}

}  // namespace
}  // namespace gridgrad::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gridgrad::kernels {

HWY_EXPORT(across_f32);
HWY_EXPORT(across_f64);
HWY_EXPORT(across_i64);

void across(const Slab<float, float>& slab, const PairedRow<float>& row) noexcept {
  HWY_DYNAMIC_DISPATCH(across_f32)(slab, row);
}
void across(const Slab<double, double>& slab, const PairedRow<double>& row) noexcept {
  HWY_DYNAMIC_DISPATCH(across_f64)(slab, row);
}
void across(const Slab<std::int64_t, double>& slab,
            const PairedRow<double>& row) noexcept {
  HWY_DYNAMIC_DISPATCH(across_i64)(slab, row);
}

}  // namespace gridgrad::kernels
#endif  // HWY_ONCE
