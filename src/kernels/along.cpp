// kernels/along.cpp: compiled once per instruction set, chosen at run time
//
// SPDX-License-Identifier: BSD-3-Clause

#include "kernels/along.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/along.cpp"
#include <hwy/foreach_target.h>  // must precede highway.h
#include <hwy/highway.h>

#include "kernels/sample-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gridgrad::kernels::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// The vector of results from q on. The compiler unrolls the loop where the number of
// pairs is a constant.
template <class D, class S, class T>
HWY_INLINE void vector_of(D d, const Slab<S, T>& slab, const PairedRow<T>& row,
                          std::size_t pairs, std::size_t q) {
  const S* in = slab.in + q;
  auto sum =
      hn::Mul(hn::Set(d, row.weights[0]),
              difference<S>(d, load(d, in + slab.in_step), load(d, in - slab.in_step)));
  for (std::size_t k = 2; k <= pairs; ++k) {
    const std::ptrdiff_t reach = static_cast<std::ptrdiff_t>(k) * slab.in_step;
    const auto pair = difference<S>(d, load(d, in + reach), load(d, in - reach));
    sum = hn::Add(sum, hn::Mul(hn::Set(d, row.weights[k - 1]), pair));
  }
  hn::StoreU(hn::Mul(hn::Set(d, row.scale), sum), d, slab.out + q);
}

template <class S, class T>
HWY_INLINE void line(const Slab<S, T>& slab, const PairedRow<T>& row, std::size_t pairs) {
  const hn::ScalableTag<T> wide;
  const hn::CappedTag<T, 1> single;
  const std::size_t lanes = hn::Lanes(wide);
  const std::size_t count = slab.rows * slab.columns;
  std::size_t q = 0;
  for (; q + lanes <= count; q += lanes) vector_of(wide, slab, row, pairs, q);
  for (; q < count; ++q) vector_of(single, slab, row, pairs, q);
}

template <class S, class T>
void any_radius(const Slab<S, T>& slab, const PairedRow<T>& row) {
  switch (row.weights.size()) {
    case 1:
      return line(slab, row, 1);
    case 2:
      return line(slab, row, 2);
    case 3:
      return line(slab, row, 3);
    case 4:
      return line(slab, row, 4);
    default:
      return line(slab, row, row.weights.size());
  }
}

void along_f32(const Slab<float, float>& slab, const PairedRow<float>& row) {
  any_radius(slab, row);
}
void along_f64(const Slab<double, double>& slab, const PairedRow<double>& row) {
  any_radius(slab, row);
}
void along_i64(const Slab<std::int64_t, double>& slab, const PairedRow<double>& row) {
  any_radius(slab, row);
}

}  // namespace
}  // namespace gridgrad::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gridgrad::kernels {

HWY_EXPORT(along_f32);
HWY_EXPORT(along_f64);
HWY_EXPORT(along_i64);

void along(const Slab<float, float>& slab, const PairedRow<float>& row) noexcept {
  HWY_DYNAMIC_DISPATCH(along_f32)(slab, row);
}
void along(const Slab<double, double>& slab, const PairedRow<double>& row) noexcept {
  HWY_DYNAMIC_DISPATCH(along_f64)(slab, row);
}
void along(const Slab<std::int64_t, double>& slab,
           const PairedRow<double>& row) noexcept {
  HWY_DYNAMIC_DISPATCH(along_i64)(slab, row);
}

}  // namespace gridgrad::kernels
#endif  // HWY_ONCE
