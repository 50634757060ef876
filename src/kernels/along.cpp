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
template <RowForm Form, class D, class S, class T>
HWY_INLINE void vector_of(D d, const Slab<S, T>& slab, const PairedRow<T>& row,
                          std::size_t pairs, std::size_t q) {
  const S* in = slab.in + q;
  const auto weighted = [&](std::size_t k) HWY_ATTR {
    const std::ptrdiff_t reach = static_cast<std::ptrdiff_t>(k) * slab.in_step;
    return hn::Mul(
        hn::Set(d, row.weights[k - 1]),
        pair<Form, S>(d, load(d, in + reach), load(d, in), load(d, in - reach)));
  };
  auto sum = weighted(1);
  for (std::size_t k = 2; k <= pairs; ++k) sum = hn::Add(sum, weighted(k));
  hn::StoreU(hn::Mul(hn::Set(d, row.scale), sum), d, slab.out + q);
}

template <RowForm Form, class S, class T>
HWY_INLINE void line(const Slab<S, T>& slab, const PairedRow<T>& row, std::size_t pairs) {
  const hn::ScalableTag<T> wide;
  const hn::CappedTag<T, 1> single;
  const std::size_t lanes = hn::Lanes(wide);
  const std::size_t count = slab.rows * slab.columns;
  std::size_t q = 0;
  for (; q + lanes <= count; q += lanes) vector_of<Form>(wide, slab, row, pairs, q);
  for (; q < count; ++q) vector_of<Form>(single, slab, row, pairs, q);
}

template <RowForm Form, class S, class T>
void any_radius(const Slab<S, T>& slab, const PairedRow<T>& row) {
  switch (row.weights.size()) {
    case 1:
      return line<Form>(slab, row, 1);
    case 2:
      return line<Form>(slab, row, 2);
    case 3:
      return line<Form>(slab, row, 3);
    case 4:
      return line<Form>(slab, row, 4);
    default:
      return line<Form>(slab, row, row.weights.size());
  }
}

template <class S, class T>
void any_form(const Slab<S, T>& slab, const PairedRow<T>& row) {
  if (row.form == RowForm::paired_odd) {
    return any_radius<RowForm::paired_odd>(slab, row);
  }
  any_radius<RowForm::paired_even>(slab, row);
}

void along_f32(const Slab<float, float>& slab, const PairedRow<float>& row) {
  any_form(slab, row);
}
void along_f64(const Slab<double, double>& slab, const PairedRow<double>& row) {
  any_form(slab, row);
}
void along_i64(const Slab<std::int64_t, double>& slab, const PairedRow<double>& row) {
  any_form(slab, row);
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
