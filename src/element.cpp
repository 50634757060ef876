// element.cpp: names, sizes and the two 16-bit floating types
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/element.hpp"

#include <array>

#include "half.hpp"

namespace gridgrad {
namespace {

struct Properties {
  std::string_view name;
  std::size_t bytes;
  ElementType result;
};

// In the order of ElementType.
constexpr std::array<Properties, 14> properties = {{
    {"float16", 2, ElementType::float16},
    {"bfloat16", 2, ElementType::bfloat16},
    {"float32", 4, ElementType::float32},
    {"float64", 8, ElementType::float64},
    {"complex64", 8, ElementType::complex64},
    {"complex128", 16, ElementType::complex128},
    {"int8", 1, ElementType::float64},
    {"int16", 2, ElementType::float64},
    {"int32", 4, ElementType::float64},
    {"int64", 8, ElementType::float64},
    {"uint8", 1, ElementType::float64},
    {"uint16", 2, ElementType::float64},
    {"uint32", 4, ElementType::float64},
    {"uint64", 8, ElementType::float64},
}};

const Properties& of(ElementType type) noexcept {
  return properties[static_cast<std::size_t>(type)];
}

}  // namespace

std::string_view name(ElementType type) noexcept {
  return of(type).name;
}
std::size_t size_of(ElementType type) noexcept {
  return of(type).bytes;
}
ElementType result_type(ElementType type) noexcept {
  return of(type).result;
}

float to_float(Float16 value) noexcept {
  return widened(value);
}
float to_float(BFloat16 value) noexcept {
  return widened(value);
}
Float16 to_float16(float value) noexcept {
  return narrowed_to_float16(value);
}
BFloat16 to_bfloat16(float value) noexcept {
  return narrowed_to_bfloat16(value);
}

}  // namespace gridgrad
