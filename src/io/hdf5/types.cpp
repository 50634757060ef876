// io/hdf5/types.cpp: layouts of numbers, by their bits
//
// SPDX-License-Identifier: BSD-3-Clause

#include "types.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace gridgrad::io::hdf5 {
namespace {

struct FloatLayout {
  ElementType element;
  std::size_t bytes;
  std::size_t exponent_bits;
  std::size_t mantissa_bits;
};

constexpr std::array<FloatLayout, 4> layouts = {{{ElementType::float16, 2, 5, 10},
                                                 {ElementType::bfloat16, 2, 8, 7},
                                                 {ElementType::float32, 4, 8, 23},
                                                 {ElementType::float64, 8, 11, 52}}};

std::optional<ElementType> floating_of(hid_t type) {
  std::size_t sign = 0;
  std::size_t exponent = 0;
  std::size_t exponent_bits = 0;
  std::size_t mantissa = 0;
  std::size_t mantissa_bits = 0;
  if (H5Tget_fields(type, &sign, &exponent, &exponent_bits, &mantissa, &mantissa_bits) <
      0) {
    return std::nullopt;
  }
  for (const FloatLayout& layout : layouts) {
    if (layout.bytes == H5Tget_size(type) && layout.exponent_bits == exponent_bits &&
        layout.mantissa_bits == mantissa_bits) {
      return layout.element;
    }
  }
  return std::nullopt;
}

std::optional<ElementType> integer_of(hid_t type) {
  const bool is_signed = H5Tget_sign(type) == H5T_SGN_2;
  switch (H5Tget_size(type)) {
    case 1:
      return is_signed ? ElementType::int8 : ElementType::uint8;
    case 2:
      return is_signed ? ElementType::int16 : ElementType::uint16;
    case 4:
      return is_signed ? ElementType::int32 : ElementType::uint32;
    case 8:
      return is_signed ? ElementType::int64 : ElementType::uint64;
  }
  return std::nullopt;
}

std::string member_name(hid_t type, unsigned member) {
  char* const name = H5Tget_member_name(type, member);
  std::string copy = name == nullptr ? "" : name;
  H5free_memory(name);
  return copy;
}

std::optional<ElementType> complex_of(hid_t type) {
  if (H5Tget_nmembers(type) != 2 || member_name(type, 0) != "r" ||
      member_name(type, 1) != "i") {
    return std::nullopt;
  }
  const Identifier real(H5Tget_member_type(type, 0));
  const Identifier imaginary(H5Tget_member_type(type, 1));
  if (!real.is_open() || !imaginary.is_open()) return std::nullopt;
  const auto part = element_of(real);
  if (part != element_of(imaginary)) return std::nullopt;
  if (part == ElementType::float32) return ElementType::complex64;
  if (part == ElementType::float64) return ElementType::complex128;
  return std::nullopt;
}

// HDF5 1.10 has no type of two bytes; fields are set before the size, which they must
// fit.
Identifier half_type(const FloatLayout& layout) {
  Identifier type(H5Tcopy(H5T_NATIVE_FLOAT), "type");
  const std::size_t sign = layout.exponent_bits + layout.mantissa_bits;
  require(H5Tset_fields(type, sign, layout.mantissa_bits, layout.exponent_bits, 0,
                        layout.mantissa_bits),
          "type");
  require(H5Tset_size(type, layout.bytes), "type");
  require(H5Tset_ebias(type, (std::size_t{1} << (layout.exponent_bits - 1)) - 1), "type");
  return type;
}

Identifier complex_type(hid_t part) {
  const std::size_t bytes = H5Tget_size(part);
  Identifier type(H5Tcreate(H5T_COMPOUND, 2 * bytes), "type");
  require(H5Tinsert(type, "r", 0, part), "type");
  require(H5Tinsert(type, "i", bytes, part), "type");
  return type;
}

}  // namespace

std::optional<ElementType> element_of(hid_t type) {
  const H5T_class_t kind = H5Tget_class(type);
  if (kind == H5T_INTEGER) return integer_of(type);
  if (kind == H5T_FLOAT) return floating_of(type);
  if (kind == H5T_COMPOUND) return complex_of(type);
  return std::nullopt;
}

Identifier memory_type(ElementType element) {
  switch (element) {
    case ElementType::float16:
      return half_type(layouts[0]);
    case ElementType::bfloat16:
      return half_type(layouts[1]);
    case ElementType::float32:
      return Identifier(H5Tcopy(H5T_NATIVE_FLOAT), "type");
    case ElementType::float64:
      return Identifier(H5Tcopy(H5T_NATIVE_DOUBLE), "type");
    case ElementType::complex64:
      return complex_type(H5T_NATIVE_FLOAT);
    case ElementType::complex128:
      return complex_type(H5T_NATIVE_DOUBLE);
    case ElementType::int8:
      return Identifier(H5Tcopy(H5T_NATIVE_INT8), "type");
    case ElementType::int16:
      return Identifier(H5Tcopy(H5T_NATIVE_INT16), "type");
    case ElementType::int32:
      return Identifier(H5Tcopy(H5T_NATIVE_INT32), "type");
    case ElementType::int64:
      return Identifier(H5Tcopy(H5T_NATIVE_INT64), "type");
    case ElementType::uint8:
      return Identifier(H5Tcopy(H5T_NATIVE_UINT8), "type");
    case ElementType::uint16:
      return Identifier(H5Tcopy(H5T_NATIVE_UINT16), "type");
    case ElementType::uint32:
      return Identifier(H5Tcopy(H5T_NATIVE_UINT32), "type");
    case ElementType::uint64:
      break;
  }
  return Identifier(H5Tcopy(H5T_NATIVE_UINT64), "type");
}

}  // namespace gridgrad::io::hdf5
