// io/zarr/attributes.cpp: what JSON can say, and what it cannot
//
// SPDX-License-Identifier: BSD-3-Clause

#include "attributes.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace gridgrad::io::zarr {
namespace {

constexpr std::string_view digits_of_base64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// Of eight bytes: the last digit has two bits more than are there.
constexpr std::size_t digit_count = 11;
constexpr int bits_of_digit = 6;

bool is_whole(const Json& value) {
  if (value.is_number_unsigned()) {
    return std::in_range<std::int64_t>(value.get<std::uint64_t>());
  }
  return value.is_number_integer();
}

bool is_number(const Json& value) {
  return number_in(value).has_value();
}

template <class T, class Convert>
std::vector<T> converted(const Json& list, Convert&& convert) {
  std::vector<T> values;
  for (const Json& value : list) values.push_back(convert(value));
  return values;
}

std::optional<AttributeValue> list_of(const Json& list) {
  if (std::ranges::all_of(list, is_whole)) {
    return converted<std::int64_t>(list,
                                   [](const Json& v) { return v.get<std::int64_t>(); });
  }
  if (std::ranges::all_of(list, is_number)) {
    return converted<double>(list, [](const Json& v) { return *number_in(v); });
  }
  if (std::ranges::all_of(list, [](const Json& value) { return value.is_string(); })) {
    return converted<std::string>(list,
                                  [](const Json& v) { return v.get<std::string>(); });
  }
  return std::nullopt;
}

AttributeValue value_from(const Json& value) {
  if (is_number(value)) return *list_of(Json::array({value}));
  if (value.is_string()) return value.get<std::string>();
  if (value.is_array()) {
    if (auto list = list_of(value)) return *list;
  }
  return text_of(value);
}

template <class T>
Json number_json(T number) {
  if constexpr (std::is_floating_point_v<T>) {
    return json_of(static_cast<double>(number));
  } else {
    return number;
  }
}

std::string base64_of(double number) {
  std::array<unsigned char, sizeof number> bytes = {};
  std::memcpy(bytes.data(), &number, sizeof number);
  std::uint32_t bits = 0;
  int count = 0;
  std::string text;
  for (const unsigned char byte : bytes) {
    bits = bits << 8 | byte;
    for (count += 8; count >= bits_of_digit; count -= bits_of_digit) {
      text += digits_of_base64[bits >> (count - bits_of_digit) & 63];
    }
  }
  text += digits_of_base64[bits << (bits_of_digit - count) & 63];
  return text + "=";
}

std::optional<double> double_in_base64(std::string_view text) {
  if (text.size() != digit_count + 1 || text.back() != '=') return std::nullopt;
  std::array<unsigned char, sizeof(double)> bytes = {};
  std::uint32_t bits = 0;
  int count = 0;
  std::size_t filled = 0;
  for (const char digit : text.substr(0, digit_count)) {
    const std::size_t value = digits_of_base64.find(digit);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << bits_of_digit | static_cast<std::uint32_t>(value);
    count += bits_of_digit;
    if (count < 8) continue;
    count -= 8;
    bytes[filled++] = static_cast<unsigned char>(bits >> count & 255);
  }
  double number = 0;
  std::memcpy(&number, bytes.data(), sizeof number);
  return number;
}

}  // namespace

Attribute attribute_from(const std::string& name, const Json& value) {
  return {name, value_from(value)};
}

Json json_of(const AttributeValue& value) {
  return std::visit(
      []<class Value>(const Value& given) -> Json {
        if constexpr (std::is_same_v<Value, std::string>) {
          return given;
        } else {
          Json list = Json::array();
          for (const auto& one : given) {
            if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
              list.push_back(one);
            } else {
              list.push_back(number_json(one));
            }
          }
          return list.size() == 1 ? list[0] : list;
        }
      },
      value);
}

void OriginalAttributes::add(const Json& attributes) {
  for (const auto& [name, value] : attributes.items()) {
    Attribute attribute = attribute_from(name, value);
    if (zarr::json_of(attribute.value) != value) {
      originals_.push_back({std::move(attribute), value});
    }
  }
}

Json OriginalAttributes::json_of(const Attribute& attribute) const {
  for (const Original& original : originals_) {
    if (original.attribute.name == attribute.name &&
        original.attribute.value == attribute.value) {
      return original.value;
    }
  }
  return zarr::json_of(attribute.value);
}

Json encoded_fill(const AttributeValue& value) {
  const bool is_floating = std::holds_alternative<std::vector<float>>(value) ||
                           std::holds_alternative<std::vector<double>>(value);
  const Json plain = json_of(value);
  const std::optional<double> number = number_in(plain);
  return is_floating && number ? Json(base64_of(*number)) : plain;
}

Json decoded_fill(const Json& value) {
  if (!value.is_string() || number_in(value)) return value;
  const auto number = double_in_base64(value.get_ref<const std::string&>());
  return number ? json_of(*number) : value;
}

}  // namespace gridgrad::io::zarr
