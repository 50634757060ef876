// kernels/neighbours.cpp: compiled once per instruction set, chosen at run time
//
// SPDX-License-Identifier: BSD-3-Clause

#include "kernels/neighbours.hpp"

#include <optional>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/neighbours.cpp"
#include <hwy/foreach_target.h>  // must precede highway.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace gridgrad::kernels::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// The vector twin of DoubleDouble.
template <class V>
struct Exact {
  V high;
  V low;
};

template <class V>
HWY_INLINE Exact<V> difference(V a, V b) {
  const V high = hn::Sub(a, b);
  const V b_part = hn::Sub(high, a);
  const V rest = hn::Sub(a, hn::Sub(high, b_part));
  return {high, hn::Sub(rest, hn::Add(b, b_part))};
}

// Error at most 2^-103 of the product, if multiplication and addition are fused.
template <class V>
HWY_INLINE Exact<V> product(Exact<V> a, Exact<V> b) {
  const V high = hn::Mul(a.high, b.high);
  const V cross = hn::MulAdd(a.high, b.low, hn::Mul(a.low, b.high));
  return {high, hn::Add(hn::MulSub(a.high, b.high, high), cross)};
}

// Where the own samples of a vector of rows lie, and their neighbours.
template <class D>
struct Neighbours {
  using V = hn::Vec<D>;

  HWY_INLINE Neighbours(D d, const NeighbourRun& run, std::size_t i)
      : own(hn::LoadU(d, run.own + i)),
        first(hn::LoadU(d, run.neighbours[0].positions + i)),
        second(run.neighbours.size() == 1
                   ? first
                   : hn::LoadU(d, run.neighbours[1].positions + i)) {}

  V own;
  V first;
  V second;
};

// Weights in float. What double makes of them is off by less than 2^-48 of each, which
// decides nearly every rounding.
template <class D>
class Weights32 {
 public:
  using V = hn::Vec<D>;

  HWY_INLINE Weights32(D d, const NeighbourRun& run)
      : d_(d),
        first_sign_(hn::Set(d, run.neighbours.front().sign)),
        second_sign_(hn::Set(d, run.neighbours.back().sign)) {}

  [[nodiscard]] bool are_decided() const { return hn::AllTrue(type_, is_decided_); }

  HWY_INLINE void one(const Neighbours<D>& at, float* weight) {
    store(hn::Div(first_sign_, hn::Sub(at.first, at.own)), weight);
  }

  HWY_INLINE void two(const Neighbours<D>& at, float* first, float* second) {
    const V p = hn::Sub(at.first, at.own);
    const V q = hn::Sub(at.second, at.own);
    const V apart = hn::Sub(at.second, at.first);
    const V inverse = hn::Div(hn::Set(d_, 1.0), hn::Mul(hn::Mul(p, q), apart));
    store(hn::Mul(hn::Mul(hn::Mul(q, first_sign_), q), inverse), first);
    store(hn::Mul(hn::Mul(hn::Mul(p, second_sign_), hn::Neg(p)), inverse), second);
  }

 private:
  HWY_INLINE void store(V weight, float* to) {
    constexpr double doubt = 0x1p-48;
    const auto lower = hn::DemoteTo(type_, hn::Mul(weight, hn::Set(d_, 1 - doubt)));
    const auto upper = hn::DemoteTo(type_, hn::Mul(weight, hn::Set(d_, 1 + doubt)));
    is_decided_ = hn::And(is_decided_, hn::Eq(lower, upper));
    hn::StoreU(upper, type_, to);
  }

  using Type = hn::Rebind<float, D>;
  D d_;
  Type type_;
  V first_sign_;
  V second_sign_;
  hn::Mask<Type> is_decided_ = hn::Eq(hn::Zero(type_), hn::Zero(type_));
};

// Weights in double: quotients of the high parts and their corrections, off by less than
// 2^-100 of each.
template <class D>
class Weights64 {
 public:
  using V = hn::Vec<D>;

  HWY_INLINE Weights64(D d, const NeighbourRun& run)
      : d_(d),
        first_sign_(hn::Set(d, run.neighbours.front().sign)),
        second_sign_(hn::Set(d, run.neighbours.back().sign)) {}

  [[nodiscard]] bool are_decided() const { return hn::AllTrue(d_, is_decided_); }

  HWY_INLINE void one(const Neighbours<D>& at, double* weight) {
    const Exact<V> unit = {hn::Set(d_, 1.0), hn::Zero(d_)};
    divide(unit, difference(at.first, at.own), first_sign_, weight);
  }

  HWY_INLINE void two(const Neighbours<D>& at, double* first, double* second) {
    const Exact<V> p = difference(at.first, at.own);
    const Exact<V> q = difference(at.second, at.own);
    divide(q, product(p, difference(at.second, at.first)), first_sign_, first);
    divide(p, product(q, difference(at.first, at.second)), second_sign_, second);
  }

 private:
  HWY_INLINE void divide(Exact<V> numerator, Exact<V> denominator, V sign, double* to) {
    const V leading = hn::Div(numerator.high, denominator.high);
    const V remainder = hn::NegMulAdd(leading, denominator.high, numerator.high);
    const V rest = hn::NegMulAdd(leading, denominator.low, numerator.low);
    const V correction = hn::Div(hn::Add(remainder, rest), denominator.high);
    const V sum = hn::Add(leading, correction);
    const V low = hn::Sub(correction, hn::Sub(sum, leading));
    const V doubt = hn::Mul(hn::Abs(sum), hn::Set(d_, 0x1p-97));
    const auto from_below = hn::Eq(hn::Add(sum, hn::Add(low, doubt)), sum);
    const auto from_above = hn::Eq(hn::Add(sum, hn::Sub(low, doubt)), sum);
    is_decided_ = hn::And(is_decided_, hn::And(from_below, from_above));
    hn::StoreU(hn::Mul(sign, sum), d_, to);
  }

  D d_;
  V first_sign_;
  V second_sign_;
  hn::Mask<D> is_decided_ = hn::Eq(hn::Zero(d_), hn::Zero(d_));
};

// As many rows as fill vectors of D, from row `i` on. The first row left; none where a
// rounding was not decided.
template <template <class> class Weights, class D, class T>
HWY_INLINE std::optional<std::size_t> some_weights(D d, const NeighbourRun& run,
                                                   std::size_t i,
                                                   const std::array<T*, 2>& to) {
  Weights<D> weights(d, run);
  const std::size_t lanes = hn::Lanes(d);
  if (run.neighbours.size() == 1) {
    for (; i + lanes <= run.count; i += lanes) {
      weights.one(Neighbours<D>(d, run, i), to[0] + i);
    }
  } else {
    for (; i + lanes <= run.count; i += lanes) {
      weights.two(Neighbours<D>(d, run, i), to[0] + i, to[1] + i);
    }
  }
  if (!weights.are_decided()) return std::nullopt;
  return i;
}

template <template <class> class Weights, class T>
bool all_weights(const NeighbourRun& run, const std::array<T*, 2>& to) {
  const auto rest = some_weights<Weights>(hn::ScalableTag<double>(), run, 0, to);
  return rest && some_weights<Weights>(hn::CappedTag<double, 1>(), run, *rest, to);
}

bool neighbours_f32(const NeighbourRun& run, const std::array<float*, 2>& weights) {
  return all_weights<Weights32>(run, weights);
}

// Without fused operations the products would not be exact enough.
bool neighbours_f64(const NeighbourRun& run, const std::array<double*, 2>& weights) {
  return HWY_NATIVE_FMA != 0 && all_weights<Weights64>(run, weights);
}

}  // namespace
}  // namespace gridgrad::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gridgrad::kernels {

HWY_EXPORT(neighbours_f32);
HWY_EXPORT(neighbours_f64);

bool neighbour_weights(const NeighbourRun& run,
                       const std::array<float*, 2>& weights) noexcept {
  return HWY_DYNAMIC_DISPATCH(neighbours_f32)(run, weights);
}
bool neighbour_weights(const NeighbourRun& run,
                       const std::array<double*, 2>& weights) noexcept {
  return HWY_DYNAMIC_DISPATCH(neighbours_f64)(run, weights);
}

}  // namespace gridgrad::kernels
#endif  // HWY_ONCE
