// kernels/halves.cpp: compiled once per instruction set, chosen at run time
//
// SPDX-License-Identifier: BSD-3-Clause

#include "kernels/halves.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/halves.cpp"
#include <hwy/foreach_target.h>  // must precede highway.h
#include <hwy/highway.h>

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace gridgrad::kernels::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// Bits of floats, as signed integers: those can be compared on every target, and none
// below has its sign bit set when it is.
template <class D>
using FloatTag = hn::RebindToFloat<D>;
template <class D>
using HalfTag = hn::Rebind<std::uint16_t, D>;

constexpr std::int32_t infinity = 0x7f800000;

template <class D>
HWY_INLINE hn::Vec<D> bits(D d, std::int32_t value) {
  return hn::Set(d, value);
}

template <class D>
HWY_INLINE hn::Vec<D> widened(D d, Float16, hn::Vec<D> half) {
  const auto magnitude = hn::And(half, bits(d, 0x7fff));
  const auto sign = hn::ShiftLeft<16>(hn::And(half, bits(d, 0x8000)));
  const auto payload = hn::ShiftLeft<13>(hn::And(magnitude, bits(d, 0x3ff)));
  const auto special = hn::Or(bits(d, infinity), payload);
  const FloatTag<D> real;
  const auto small = hn::BitCast(real, hn::ShiftLeft<13>(magnitude));
  const auto finite = hn::BitCast(d, hn::Mul(small, hn::Set(real, 0x1p112F)));
  const auto is_finite = hn::Lt(magnitude, bits(d, 0x7c00));
  return hn::Or(sign, hn::IfThenElse(is_finite, finite, special));
}

template <class D>
HWY_INLINE hn::Vec<D> widened(D, BFloat16, hn::Vec<D> half) {
  return hn::ShiftLeft<16>(half);
}

template <class D>
HWY_INLINE hn::Vec<D> narrowed(D d, Float16, hn::Vec<D> value) {
  const auto magnitude = hn::And(value, bits(d, 0x7fffffff));
  const auto sign = hn::And(hn::ShiftRight<16>(value), bits(d, 0x8000));
  const FloatTag<D> real;
  const auto shifted = hn::Add(hn::BitCast(real, magnitude), hn::Set(real, 0.5F));
  const auto subnormal = hn::Sub(hn::BitCast(d, shifted), bits(d, 0x3f000000));
  const auto even = hn::And(hn::ShiftRight<13>(magnitude), bits(d, 1));
  const auto rounded = hn::Add(magnitude, hn::Add(even, bits(d, 0xfff)));
  const auto normal = hn::Sub(hn::ShiftRight<13>(rounded), bits(d, 112 << 10));
  const auto is_subnormal = hn::Lt(magnitude, bits(d, 0x38800000));
  auto half = hn::IfThenElse(is_subnormal, subnormal, normal);
  const auto is_large = hn::Gt(magnitude, bits(d, 0x477fefff));
  half = hn::IfThenElse(is_large, bits(d, 0x7c00), half);
  const auto is_nan = hn::Gt(magnitude, bits(d, infinity));
  return hn::Or(sign, hn::IfThenElse(is_nan, bits(d, 0x7e00), half));
}

template <class D>
HWY_INLINE hn::Vec<D> narrowed(D d, BFloat16, hn::Vec<D> value) {
  const auto magnitude = hn::And(value, bits(d, 0x7fffffff));
  const auto upper = hn::And(hn::ShiftRight<16>(value), bits(d, 0xffff));
  const auto even = hn::And(upper, bits(d, 1));
  // Of the magnitude, lest the sum overflow.
  const auto rounded =
      hn::ShiftRight<16>(hn::Add(magnitude, hn::Add(even, bits(d, 0x7fff))));
  const auto sign = hn::And(upper, bits(d, 0x8000));
  const auto is_nan = hn::Gt(magnitude, bits(d, infinity));
  return hn::IfThenElse(is_nan, hn::Or(upper, bits(d, 0x40)), hn::Or(sign, rounded));
}

// A vector. Both types of halves are 16 bits and nothing else.
template <class D, class Half>
HWY_INLINE void convert_vector(D d, const Half* from, float* to) {
  const auto* const stored = reinterpret_cast<const std::uint16_t*>(from);
  const auto half = hn::PromoteTo(d, hn::LoadU(HalfTag<D>(), stored));
  hn::StoreU(hn::BitCast(FloatTag<D>(), widened(d, Half(), half)), FloatTag<D>(), to);
}
template <class D, class Half>
HWY_INLINE void convert_vector(D d, const float* from, Half* to) {
  const auto value = hn::BitCast(d, hn::LoadU(FloatTag<D>(), from));
  const auto half = hn::DemoteTo(HalfTag<D>(), narrowed(d, Half(), value));
  hn::StoreU(half, HalfTag<D>(), reinterpret_cast<std::uint16_t*>(to));
}

template <class From, class To>
HWY_INLINE void convert_all(const From* from, To* to, std::size_t count) {
  const hn::ScalableTag<std::int32_t> wide;
  const hn::CappedTag<std::int32_t, 1> single;
  std::size_t i = 0;
  for (; i + hn::Lanes(wide) <= count; i += hn::Lanes(wide)) {
    convert_vector(wide, from + i, to + i);
  }
  for (; i < count; ++i) convert_vector(single, from + i, to + i);
}

void widen_f16(const Float16* from, float* to, std::size_t count) {
  convert_all(from, to, count);
}
void widen_bf16(const BFloat16* from, float* to, std::size_t count) {
  convert_all(from, to, count);
}
void narrow_f16(const float* from, Float16* to, std::size_t count) {
  convert_all(from, to, count);
}
void narrow_bf16(const float* from, BFloat16* to, std::size_t count) {
  convert_all(from, to, count);
}

}  // namespace
}  // namespace gridgrad::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gridgrad::kernels {

HWY_EXPORT(widen_f16);
HWY_EXPORT(widen_bf16);
HWY_EXPORT(narrow_f16);
HWY_EXPORT(narrow_bf16);

void widen(const Float16* from, float* to, std::size_t count) noexcept {
  HWY_DYNAMIC_DISPATCH(widen_f16)(from, to, count);
}
void widen(const BFloat16* from, float* to, std::size_t count) noexcept {
  HWY_DYNAMIC_DISPATCH(widen_bf16)(from, to, count);
}
void narrow(const float* from, Float16* to, std::size_t count) noexcept {
  HWY_DYNAMIC_DISPATCH(narrow_f16)(from, to, count);
}
void narrow(const float* from, BFloat16* to, std::size_t count) noexcept {
  HWY_DYNAMIC_DISPATCH(narrow_bf16)(from, to, count);
}

}  // namespace gridgrad::kernels
#endif  // HWY_ONCE
