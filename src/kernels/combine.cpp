// kernels/combine.cpp: compiled once per instruction set, chosen at run time
//
// SPDX-License-Identifier: BSD-3-Clause

#include "kernels/combine.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/combine.cpp"
#include <hwy/foreach_target.h>  // must precede highway.h
#include <hwy/highway.h>

#include <cmath>

#include "kernels/sample-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gridgrad::kernels::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// One vector of a term.
template <class D, class T>
HWY_INLINE hn::Vec<D> term(D d, const RowProduct<T>& of, const RowTerm<T, T>& at,
                           std::size_t j) {
  const auto weight =
      of.weight_step == 0 ? hn::Set(d, *at.weight) : hn::LoadU(d, at.weight + j);
  const auto plus = hn::LoadU(d, at.plus + j);
  if (of.form == RowForm::plain) return hn::Mul(weight, plus);
  const auto minus = hn::LoadU(d, at.minus + j);
  if (of.form != RowForm::paired_even) return hn::Mul(weight, hn::Sub(plus, minus));
  const auto centre = hn::LoadU(d, at.centre + j);
  return hn::Mul(weight, hn::Sub(hn::Sub(plus, centre), hn::Sub(centre, minus)));
}

// One vector of a product.
template <class D, class T>
HWY_INLINE hn::Vec<D> product(D d, const RowProduct<T>& of, std::size_t j) {
  auto sum = term(d, of, of.terms[0], j);
  for (std::size_t k = 1; k < of.terms.size(); ++k) {
    sum = hn::Add(sum, term(d, of, of.terms[k], j));
  }
  const auto factor =
      of.factor_step == 0 ? hn::Set(d, *of.factor) : hn::LoadU(d, of.factor + j);
  const auto scaled = hn::Mul(factor, hn::Mul(hn::Set(d, of.scale), sum));
  if (of.multiplier == nullptr) return scaled;
  return hn::Mul(scaled, hn::LoadU(d, of.multiplier + j));
}

struct Sum {
  template <class D, class T>
  HWY_INLINE hn::Vec<D> operator()(D d, std::span<const RowProduct<T>> products,
                                   std::size_t j) const {
    auto sum = product(d, products[0], j);
    for (std::size_t k = 1; k < products.size(); ++k) {
      sum = hn::Add(sum, product(d, products[k], j));
    }
    return sum;
  }
};

template <class D>
HWY_INLINE hn::Vec<D> sum_of_squares(D d, std::span<const RowProduct<double>> products,
                                     std::size_t j, hn::Vec<D> scale) {
  auto sum = hn::Zero(d);
  for (const RowProduct<double>& of : products) {
    const auto x = hn::Mul(scale, product(d, of, j));
    sum = hn::Add(sum, hn::Mul(x, x));
  }
  return sum;
}

struct Magnitude {
  // Squares of floats are exact in double.
  HWY_INLINE hn::Vec<hn::CappedTag<float, 1>> operator()(
      hn::CappedTag<float, 1> d, std::span<const RowProduct<float>> products,
      std::size_t j) const {
    double sum = 0;
    for (const RowProduct<float>& of : products) {
      const auto x = static_cast<double>(hn::GetLane(product(d, of, j)));
      sum += x * x;
    }
    return hn::Set(d, static_cast<float>(std::sqrt(sum)));
  }
#if HWY_TARGET != HWY_SCALAR
  template <class D>
  HWY_INLINE hn::Vec<D> operator()(D d, std::span<const RowProduct<float>> products,
                                   std::size_t j) const {
    const hn::Half<D> half;
    const hn::RepartitionToWide<D> wide;
    auto lower = hn::Zero(wide);
    auto upper = hn::Zero(wide);
    for (const RowProduct<float>& of : products) {
      const auto x = product(d, of, j);
      const auto low = hn::PromoteTo(wide, hn::LowerHalf(half, x));
      const auto high = hn::PromoteTo(wide, hn::UpperHalf(half, x));
      lower = hn::Add(lower, hn::Mul(low, low));
      upper = hn::Add(upper, hn::Mul(high, high));
    }
    return hn::Combine(d, hn::DemoteTo(half, hn::Sqrt(upper)),
                       hn::DemoteTo(half, hn::Sqrt(lower)));
  }
#endif

  template <class D>
  HWY_INLINE hn::Vec<D> operator()(D d, std::span<const RowProduct<double>> products,
                                   std::size_t j) const {
    const auto one = hn::Set(d, 1.0);
    const auto sum = sum_of_squares(d, products, j, one);
    const auto is_small = hn::Lt(sum, hn::Set(d, 0x1p-900));
    const auto is_large = hn::Gt(sum, hn::Set(d, 0x1p1000));
    if (HWY_LIKELY(hn::AllFalse(d, hn::Or(is_small, is_large)))) return hn::Sqrt(sum);
    const auto up = hn::Set(d, 0x1p600);
    const auto down = hn::Set(d, 0x1p-600);
    const auto scale = hn::IfThenElse(is_small, up, hn::IfThenElse(is_large, down, one));
    const auto back = hn::IfThenElse(is_small, down, hn::IfThenElse(is_large, up, one));
    return hn::Mul(back, hn::Sqrt(sum_of_squares(d, products, j, scale)));
  }
};

template <class Combination, class T>
void combine(std::span<const RowProduct<T>> products, T* out, std::size_t count,
             Stores stores) {
  const auto at = [&](auto d, std::size_t j)
                      HWY_ATTR { return Combination()(d, products, j); };
  if (stores == Stores::streamed) return store_each<Stores::streamed>(out, count, at);
  store_each<Stores::ordinary>(out, count, at);
}

void sum_f32(std::span<const RowProduct<float>> products, float* out, std::size_t count,
             Stores stores) {
  combine<Sum>(products, out, count, stores);
}
void sum_f64(std::span<const RowProduct<double>> products, double* out, std::size_t count,
             Stores stores) {
  combine<Sum>(products, out, count, stores);
}
void magnitude_f32(std::span<const RowProduct<float>> products, float* out,
                   std::size_t count, Stores stores) {
  combine<Magnitude>(products, out, count, stores);
}
void magnitude_f64(std::span<const RowProduct<double>> products, double* out,
                   std::size_t count, Stores stores) {
  combine<Magnitude>(products, out, count, stores);
}

}  // namespace
}  // namespace gridgrad::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gridgrad::kernels {

HWY_EXPORT(sum_f32);
HWY_EXPORT(sum_f64);
HWY_EXPORT(magnitude_f32);
HWY_EXPORT(magnitude_f64);

void sum(std::span<const RowProduct<float>> products, float* out, std::size_t count,
         Stores stores) noexcept {
  HWY_DYNAMIC_DISPATCH(sum_f32)(products, out, count, stores);
}
void sum(std::span<const RowProduct<double>> products, double* out, std::size_t count,
         Stores stores) noexcept {
  HWY_DYNAMIC_DISPATCH(sum_f64)(products, out, count, stores);
}
void magnitude(std::span<const RowProduct<float>> products, float* out, std::size_t count,
               Stores stores) noexcept {
  HWY_DYNAMIC_DISPATCH(magnitude_f32)(products, out, count, stores);
}
void magnitude(std::span<const RowProduct<double>> products, double* out,
               std::size_t count, Stores stores) noexcept {
  HWY_DYNAMIC_DISPATCH(magnitude_f64)(products, out, count, stores);
}

}  // namespace gridgrad::kernels
#endif  // HWY_ONCE
