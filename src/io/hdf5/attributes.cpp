// io/hdf5/attributes.cpp: one variant over HDF5's types and shapes
//
// SPDX-License-Identifier: BSD-3-Clause

#include "attributes.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <type_traits>
#include <utility>

#include "types.hpp"

namespace gridgrad::io::hdf5 {
namespace {

constexpr std::array<std::string_view, 8> always_internal = {
    "REFERENCE_LIST",      "DIMENSION_LIST", "DIMENSION_LABELS", "_Netcdf4Dimid",
    "_Netcdf4Coordinates", "_NCProperties",  "_nc3_strict",      "_NCCOPY"};

constexpr std::array<std::string_view, 2> internal_of_scales = {"CLASS", "NAME"};

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

herr_t keep_name(hid_t, const char* name, const H5A_info_t*, void* names) noexcept {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

// In the order of their making where the file has kept it.
std::vector<std::string> names_of_attributes(hid_t object, const std::string& name) {
  const bool is_dataset = H5Iget_type(object) == H5I_DATASET;
  const Identifier creation(
      is_dataset ? H5Dget_create_plist(object) : H5Gget_create_plist(object), name);
  unsigned order = 0;
  require(H5Pget_attr_creation_order(creation, &order), name);
  const H5_index_t index =
      (order & H5P_CRT_ORDER_TRACKED) != 0 ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
  std::vector<std::string> names;
  require(H5Aiterate2(object, index, H5_ITER_INC, nullptr, keep_name, &names), name);
  return names;
}

// Fortran pads with blanks, C with zeros.
std::string without_padding(std::string text, H5T_str_t padding) {
  const std::size_t zero = text.find('\0');
  if (zero != std::string::npos) text.resize(zero);
  if (padding == H5T_STR_SPACEPAD) text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

std::vector<std::string> fixed_texts(hid_t attribute, hid_t type, std::size_t count,
                                     const std::string& name) {
  const std::size_t length = H5Tget_size(type);
  std::string all(length * count, '\0');
  require(H5Aread(attribute, type, all.data()), name);
  std::vector<std::string> texts;
  for (std::size_t k = 0; k < count; ++k) {
    texts.push_back(without_padding(all.substr(k * length, length), H5Tget_strpad(type)));
  }
  return texts;
}

std::vector<std::string> variable_texts(hid_t attribute, hid_t type, hid_t space,
                                        std::size_t count, const std::string& name) {
  std::vector<char*> raw(count, nullptr);
  require(H5Aread(attribute, type, raw.data()), name);
  std::vector<std::string> texts;
  for (const char* const text : raw) texts.emplace_back(text == nullptr ? "" : text);
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, raw.data());
  return texts;
}

template <class T>
AttributeValue numbers(hid_t attribute, std::size_t count, const std::string& name) {
  std::vector<T> values(count);
  require(H5Aread(attribute, memory_type(element_type<T>()), values.data()), name);
  return values;
}

std::optional<AttributeValue> read_numbers(hid_t attribute, hid_t type, std::size_t count,
                                           const std::string& name) {
  const std::optional<ElementType> element = element_of(type);
  if (!element) return std::nullopt;
  switch (*element) {
    case ElementType::int8:
      return numbers<std::int8_t>(attribute, count, name);
    case ElementType::int16:
      return numbers<std::int16_t>(attribute, count, name);
    case ElementType::int32:
      return numbers<std::int32_t>(attribute, count, name);
    case ElementType::int64:
      return numbers<std::int64_t>(attribute, count, name);
    case ElementType::uint8:
      return numbers<std::uint8_t>(attribute, count, name);
    case ElementType::uint16:
      return numbers<std::uint16_t>(attribute, count, name);
    case ElementType::uint32:
      return numbers<std::uint32_t>(attribute, count, name);
    case ElementType::uint64:
      return numbers<std::uint64_t>(attribute, count, name);
    case ElementType::float16:
    case ElementType::bfloat16:
    case ElementType::float32:
      return numbers<float>(attribute, count, name);
    case ElementType::float64:
      return numbers<double>(attribute, count, name);
    case ElementType::complex64:
    case ElementType::complex128:
      break;
  }
  return std::nullopt;
}

std::vector<std::string> read_texts(hid_t attribute, hid_t type, hid_t space,
                                    const std::string& name) {
  const auto count =
      static_cast<std::size_t>(require(H5Sget_simple_extent_npoints(space), name));
  const bool is_variable = require(H5Tis_variable_str(type), name) > 0;
  return is_variable ? variable_texts(attribute, type, space, count, name)
                     : fixed_texts(attribute, type, count, name);
}

// Nothing for other types, and for attributes without a value.
std::optional<AttributeValue> read_attribute(hid_t object, const std::string& name) {
  const Identifier attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), name);
  const Identifier type(H5Aget_type(attribute), name);
  const Identifier space(H5Aget_space(attribute), name);
  const H5S_class_t shape = H5Sget_simple_extent_type(space);
  if (shape == H5S_NULL) return std::nullopt;
  const auto count =
      static_cast<std::size_t>(require(H5Sget_simple_extent_npoints(space), name));
  if (H5Tget_class(type) != H5T_STRING) return read_numbers(attribute, type, count, name);
  std::vector<std::string> texts = read_texts(attribute, type, space, name);
  if (shape == H5S_SCALAR && !texts.empty()) return std::move(texts.front());
  return texts;
}

Identifier space_for(std::size_t count, bool is_list) {
  if (count == 0) return Identifier(H5Screate(H5S_NULL), "attributes");
  if (count == 1 && !is_list) return Identifier(H5Screate(H5S_SCALAR), "attributes");
  const hsize_t extent = count;
  return Identifier(H5Screate_simple(1, &extent, nullptr), "attributes");
}

void write_value(hid_t object, const std::string& name, hid_t type, hid_t space,
                 const void* value) {
  const Identifier attribute(
      H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), name);
  if (H5Sget_simple_extent_type(space) == H5S_NULL) return;
  require(H5Awrite(attribute, type, value), name);
}

void write_texts(hid_t object, const std::string& name,
                 const std::vector<const char*>& texts, hid_t space) {
  const Identifier type(H5Tcopy(H5T_C_S1), name);
  require(H5Tset_size(type, H5T_VARIABLE), name);
  require(H5Tset_cset(type, H5T_CSET_UTF8), name);
  write_value(object, name, type, space, texts.data());
}

}  // namespace

std::vector<std::string> texts_of(hid_t object, const char* name) {
  if (require(H5Aexists(object, name), name) == 0) return {};
  const Identifier attribute(H5Aopen(object, name, H5P_DEFAULT), name);
  const Identifier type(H5Aget_type(attribute), name);
  const Identifier space(H5Aget_space(attribute), name);
  if (H5Tget_class(type) != H5T_STRING) return {};
  return read_texts(attribute, type, space, name);
}

bool is_scale(hid_t dataset) {
  const std::vector<std::string> texts = texts_of(dataset, "CLASS");
  return texts.size() == 1 && texts.front() == "DIMENSION_SCALE";
}

std::vector<Attribute> read_attributes(hid_t object, const std::string& name) {
  std::vector<Attribute> attributes;
  const bool skips_scale = is_scale(object);
  for (const std::string& each : names_of_attributes(object, name)) {
    if (is_among(always_internal, each)) continue;
    if (skips_scale && is_among(internal_of_scales, each)) continue;
    if (auto value = read_attribute(object, each)) {
      attributes.push_back({each, std::move(*value)});
    }
  }
  return attributes;
}

void write_attribute(hid_t object, const Attribute& attribute) {
  std::visit(
      [&]<class Value>(const Value& value) {
        if constexpr (std::is_same_v<Value, std::string>) {
          write_texts(object, attribute.name, {value.c_str()}, space_for(1, false));
        } else if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
          std::vector<const char*> texts;
          for (const std::string& text : value) texts.push_back(text.c_str());
          write_texts(object, attribute.name, texts, space_for(texts.size(), true));
        } else {
          constexpr ElementType element = element_type<typename Value::value_type>();
          write_value(object, attribute.name, memory_type(element),
                      space_for(value.size(), false), value.data());
        }
      },
      attribute.value);
}

}  // namespace gridgrad::io::hdf5
