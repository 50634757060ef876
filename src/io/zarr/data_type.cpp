// io/zarr/data_type.cpp: NumPy's names, Zarr's names, and numbers in JSON
//
// SPDX-License-Identifier: BSD-3-Clause

#include "data_type.hpp"

#include <bit>
#include <charconv>
#include <complex>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

#include "../dtype_names.hpp"
#include "gridgrad/error.hpp"

namespace gridgrad::io::zarr {
namespace {

struct TimeUnit {
  std::string_view code;
  const char* name;
};

constexpr std::array<TimeUnit, 7> time_units = {{{"D", "days"},
                                                 {"h", "hours"},
                                                 {"m", "minutes"},
                                                 {"s", "seconds"},
                                                 {"ms", "milliseconds"},
                                                 {"us", "microseconds"},
                                                 {"ns", "nanoseconds"}}};

enum class Clock { date, duration };

// Times in steps of other than one unit are left as what they are: not numbers.
void set_time(Clock clock, std::string_view code, DataType& type) {
  for (const TimeUnit& unit : time_units) {
    if (unit.code != code) continue;
    type.element = ElementType::int64;
    type.units = unit.name;
    if (clock == Clock::date) type.units += " since 1970-01-01";
  }
}

// The bits of a floating number, as "0x7fc00000".
template <class Bits>
std::optional<Bits> bits_in(std::string_view text) {
  constexpr int hexadecimal = 16;
  if (!text.starts_with("0x")) return std::nullopt;
  text.remove_prefix(2);
  Bits bits = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), bits, hexadecimal);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return bits;
}

template <class T>
using BitsOf =
    std::conditional_t<sizeof(T) == 2, std::uint16_t,
                       std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>;

template <class T>
T from_double(double number) {
  if constexpr (std::is_same_v<T, Float16>) {
    return to_float16(static_cast<float>(number));
  } else {
    return static_cast<T>(number);
  }
}

template <class T>
std::optional<T> floating_in(const Json& value) {
  if (const auto number = number_in(value)) return from_double<T>(*number);
  if (!value.is_string()) return std::nullopt;
  const std::string& text = value.get_ref<const std::string&>();
  if (const auto bits = bits_in<BitsOf<T>>(text)) return std::bit_cast<T>(*bits);
  if (text == "NaN") return from_double<T>(std::numeric_limits<double>::quiet_NaN());
  if (text == "Infinity") {
    return from_double<T>(std::numeric_limits<double>::infinity());
  }
  if (text == "-Infinity") {
    return from_double<T>(-std::numeric_limits<double>::infinity());
  }
  return std::nullopt;
}

template <class T>
std::optional<T> integer_in(const Json& value) {
  if (value.is_number_unsigned()) {
    const auto number = value.get<std::uint64_t>();
    return std::in_range<T>(number) ? std::optional(static_cast<T>(number))
                                    : std::nullopt;
  }
  if (value.is_number_integer()) {
    const auto number = value.get<std::int64_t>();
    return std::in_range<T>(number) ? std::optional(static_cast<T>(number))
                                    : std::nullopt;
  }
  // Some writers say 0.0.
  if (!value.is_number_float()) return std::nullopt;
  const auto number = value.get<double>();
  constexpr double above = 9007199254740992.0;  // 2^53: beyond it a double is no count
  if (!(number > -above && number < above)) return std::nullopt;
  const auto whole = static_cast<std::int64_t>(number);
  if (static_cast<double>(whole) != number || !std::in_range<T>(whole)) {
    return std::nullopt;
  }
  return static_cast<T>(whole);
}

template <class T>
std::optional<std::complex<T>> complex_in(const Json& value) {
  if (!value.is_array()) {
    const auto real = floating_in<T>(value);
    return real ? std::optional(std::complex<T>(*real, 0)) : std::nullopt;
  }
  if (value.size() != 2) return std::nullopt;
  const auto real = floating_in<T>(value[0]);
  const auto imaginary = floating_in<T>(value[1]);
  if (!real || !imaginary) return std::nullopt;
  return std::complex<T>(*real, *imaginary);
}

template <class T>
std::optional<T> number_of(const Json& value) {
  if constexpr (Integer<T>) {
    return integer_in<T>(value);
  } else if constexpr (std::is_same_v<T, std::complex<float>> ||
                       std::is_same_v<T, std::complex<double>>) {
    return complex_in<typename T::value_type>(value);
  } else {
    return floating_in<T>(value);
  }
}

// Calls f with a T{} for the type; bfloat16 is none of Zarr's.
template <class F>
auto with_type(ElementType type, F&& f) {
  switch (type) {
    case ElementType::float32:
      return f(float{});
    case ElementType::float64:
      return f(double{});
    case ElementType::complex64:
      return f(std::complex<float>{});
    case ElementType::complex128:
      return f(std::complex<double>{});
    case ElementType::int8:
      return f(std::int8_t{});
    case ElementType::int16:
      return f(std::int16_t{});
    case ElementType::int32:
      return f(std::int32_t{});
    case ElementType::int64:
      return f(std::int64_t{});
    case ElementType::uint8:
      return f(std::uint8_t{});
    case ElementType::uint16:
      return f(std::uint16_t{});
    case ElementType::uint32:
      return f(std::uint32_t{});
    case ElementType::uint64:
      return f(std::uint64_t{});
    case ElementType::float16:
    case ElementType::bfloat16:
      break;
  }
  return f(Float16{});
}

}  // namespace

DataType data_type_2(const Json& type, const std::string& where) {
  // A list describes records.
  if (type.is_array()) return {};
  const std::string text = type.is_string() ? type.get<std::string>() : "";
  constexpr std::size_t shortest = 2;
  if (text.size() < shortest || std::string_view("<>|").find(text[0]) == text.npos) {
    throw Error(ErrorCode::io, where, "dtype " + text_of(type) + " is no type of NumPy");
  }
  const std::string_view rest = std::string_view(text).substr(1);
  DataType result;
  result.is_big_endian = text[0] == '>';
  for (const Dtype& known : dtypes) {
    if (known.name == rest) result.element = known.type;
  }
  if (rest.ends_with(']') && (rest.starts_with("M8[") || rest.starts_with("m8["))) {
    constexpr std::size_t opening = 3;
    set_time(rest[0] == 'M' ? Clock::date : Clock::duration,
             rest.substr(opening, rest.size() - opening - 1), result);
  }
  return result;
}

DataType data_type_3(const Json& type, const std::string& where) {
  const std::string text = name_in(type, where);
  DataType result;
  for (const Dtype& known : dtypes) {
    if (name(known.type) == text) result.element = known.type;
  }
  const bool is_date = text == "numpy.datetime64";
  if (is_date || text == "numpy.timedelta64") {
    const Json configuration = configuration_in(type);
    const Json* const step = find_member(configuration, "scale_factor");
    const Json* const unit = find_member(configuration, "unit");
    const bool is_single = step == nullptr || *step == 1;
    if (is_single && unit != nullptr && unit->is_string()) {
      set_time(is_date ? Clock::date : Clock::duration,
               unit->get_ref<const std::string&>(), result);
    }
  }
  return result;
}

std::string name_of(ElementType type, const std::string& where) {
  if (type != ElementType::bfloat16) return std::string(name(type));
  throw Error(ErrorCode::unsupported, where, "Zarr has no bfloat16");
}

std::optional<Sample> find_sample(const Json& value, ElementType type) {
  Sample sample = {};
  if (value.is_null()) return sample;
  return with_type(type, [&]<class T>(T) -> std::optional<Sample> {
    const auto number = number_of<T>(value);
    if (!number) return std::nullopt;
    std::memcpy(sample.data(), &*number, sizeof *number);
    return sample;
  });
}

Sample sample_of(const Json& value, ElementType type, const std::string& where) {
  if (const auto sample = find_sample(value, type)) return *sample;
  throw Error(
      ErrorCode::io, where,
      "fill_value " + text_of(value) + " is not a number of " + std::string(name(type)));
}

Json default_fill(ElementType type) {
  const Json nan = "NaN";
  return with_type(type, [&]<class T>(T) -> Json {
    if constexpr (Integer<T>) {
      return 0;
    } else if constexpr (std::is_same_v<T, std::complex<float>> ||
                         std::is_same_v<T, std::complex<double>>) {
      return Json::array({nan, nan});
    } else {
      return nan;
    }
  });
}

std::optional<AttributeValue> attribute_of(const Sample& sample, ElementType type) {
  return with_type(type, [&]<class T>(T number) -> std::optional<AttributeValue> {
    if constexpr (Integer<T> || std::is_floating_point_v<T>) {
      std::memcpy(&number, sample.data(), sizeof number);
      return std::vector<T>{number};
    }
    return std::nullopt;
  });
}

}  // namespace gridgrad::io::zarr
