// io/geotiff/nodata.cpp: text to numbers of the type of the samples
//
// SPDX-License-Identifier: BSD-3-Clause

#include "nodata.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace gridgrad::io::geotiff {
namespace {

// What the text begins with, as C reads numbers.
template <class T>
std::optional<T> number_in(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return std::nullopt;
  text.remove_prefix(start);
  if (text.starts_with('+')) text.remove_prefix(1);
  T number = {};
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  return number;
}

// float64 whatever the integers are, so that results can have the number, too.
template <class T>
std::optional<AttributeValue> integer_fill(const std::string& nodata) {
  const auto number = number_in<double>(nodata);
  if (!number || *number != std::trunc(*number)) return std::nullopt;
  constexpr double exact = 9007199254740992;  // 2^53: integers beyond it may not be
  if (std::abs(*number) <= exact) {
    const bool fits = *number >= static_cast<double>(std::numeric_limits<T>::min()) &&
                      *number <= static_cast<double>(std::numeric_limits<T>::max());
    if (!fits) return std::nullopt;
    return std::vector{*number};
  }
  const auto whole = number_in<T>(nodata);
  return whole ? std::optional<AttributeValue>(std::vector{*whole}) : std::nullopt;
}

std::optional<float> as_float(double number) {
  const auto narrow = static_cast<float>(number);
  return std::isinf(narrow) && !std::isinf(number) ? std::nullopt : std::optional(narrow);
}

}  // namespace

std::optional<AttributeValue> fill_value(const std::string& nodata, ElementType type) {
  const auto number = number_in<double>(nodata);
  if (!number) return std::nullopt;
  switch (type) {
    case ElementType::float32: {
      const auto narrow = as_float(*number);
      return narrow ? std::optional<AttributeValue>(std::vector{*narrow}) : std::nullopt;
    }
    case ElementType::int8:
      return integer_fill<std::int8_t>(nodata);
    case ElementType::int16:
      return integer_fill<std::int16_t>(nodata);
    case ElementType::int32:
      return integer_fill<std::int32_t>(nodata);
    case ElementType::int64:
      return integer_fill<std::int64_t>(nodata);
    case ElementType::uint8:
      return integer_fill<std::uint8_t>(nodata);
    case ElementType::uint16:
      return integer_fill<std::uint16_t>(nodata);
    case ElementType::uint32:
      return integer_fill<std::uint32_t>(nodata);
    case ElementType::uint64:
      return integer_fill<std::uint64_t>(nodata);
    default:  // float64; others have no fills
      return std::vector{*number};
  }
}

std::string nodata_for(double fill, const std::string& nodata, ElementType type) {
  if (std::isnan(fill)) {
    const auto number = number_in<double>(nodata);
    return number && std::isnan(*number) ? nodata : "nan";
  }
  const auto said = fill_value(nodata, type);
  if (said) {
    const std::vector<double> numbers = numbers_of({{"said", *said}}, "said");
    if (numbers.size() == 1 && numbers[0] == fill) return nodata;
  }
  std::array<char, 32> text = {};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), fill);
  return std::string(text.data(), end);
}

}  // namespace gridgrad::io::geotiff
