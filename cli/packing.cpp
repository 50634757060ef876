// cli/packing.cpp: fill values to NaN and back
//
// SPDX-License-Identifier: BSD-3-Clause

#include "packing.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <span>
#include <utility>
#include <variant>

#include "gridgrad/error.hpp"

namespace gridgrad::cli {
namespace {

// NC_FILL_DOUBLE of netcdf.h, which readers mask without being told.
constexpr double default_fill = 9.9692099683868690e+36;

constexpr const char* const fill_attributes[] = {"_FillValue", "missing_value"};

bool is_floating(ElementType type) {
  return type == ElementType::float16 || type == ElementType::bfloat16 ||
         type == ElementType::float32 || type == ElementType::float64;
}

// Complex numbers have no fill value.
bool is_complex(ElementType type) {
  return type == ElementType::complex64 || type == ElementType::complex128;
}

// Older formats have no unsigned types; this attribute says that one is meant.
bool is_unsigned_by_attribute(const io::Variable& variable) {
  const std::string text = io::text_of(variable.attributes, "_Unsigned");
  return (text == "true" || text == "True") && *variable.type >= ElementType::int8 &&
         *variable.type <= ElementType::int64;
}

ElementType unsigned_of(ElementType type) {
  constexpr int apart =
      static_cast<int>(ElementType::uint8) - static_cast<int>(ElementType::int8);
  return static_cast<ElementType>(static_cast<int>(type) + apart);
}

// A fill value in the type of the samples; nothing if no sample can have it.
template <class T, class N>
std::optional<T> as_sample(N number) {
  if constexpr (std::is_floating_point_v<T>) {
    return static_cast<T>(number);
  } else if constexpr (std::is_floating_point_v<N>) {
    if (number != std::trunc(number)) return std::nullopt;
    const bool fits = number >= static_cast<N>(std::numeric_limits<T>::min()) &&
                      number < std::ldexp(N{1}, std::numeric_limits<T>::digits);
    return fits ? std::optional<T>(static_cast<T>(number)) : std::nullopt;
  } else {
    const bool only_sign_differs =
        sizeof(T) == sizeof(N) && std::is_unsigned_v<T> && std::is_signed_v<N>;
    if (!only_sign_differs && !std::in_range<T>(number)) return std::nullopt;
    return static_cast<T>(number);
  }
}

template <class Value>
constexpr bool is_text =
    std::is_same_v<Value, std::string> || std::is_same_v<Value, std::vector<std::string>>;

template <class T, class Value>
void add_fills(const Value& numbers, std::vector<T>& fills) {
  if constexpr (!is_text<Value>) {
    for (const auto number : numbers) {
      if (const auto fill = as_sample<T>(number)) fills.push_back(*fill);
    }
  }
}

template <class T>
std::vector<T> fills_of(const io::Variable& variable) {
  std::vector<T> fills;
  for (const char* const name : fill_attributes) {
    const io::Attribute* const attribute = io::find_attribute(variable.attributes, name);
    if (attribute == nullptr) continue;
    std::visit([&](const auto& value) { add_fills(value, fills); }, attribute->value);
  }
  return fills;
}

template <class T>
bool is_missing(T sample, const std::vector<T>& fills) {
  return std::ranges::find(fills, sample) != fills.end();
}

template <class T>
double exact_double(T sample, const std::string& name) {
  constexpr int digits = std::numeric_limits<double>::digits;
  if constexpr (std::numeric_limits<T>::digits > digits) {
    constexpr T most = T{1} << digits;
    if (sample > most || (std::is_signed_v<T> && sample < T{0} - most)) {
      throw Error(ErrorCode::unsupported, name,
                  "holds both missing samples and " + std::to_string(sample) +
                      "; beyond 2^53 float64 has no room for it beside NaN");
    }
  }
  return static_cast<double>(sample);
}

template <class T>
std::optional<io::AnyArray> masked_integers(const Array<T>& samples,
                                            const io::Variable& variable) {
  const std::vector<T> fills = fills_of<T>(variable);
  const std::span<const T> all(samples.data(), samples.size());
  if (std::ranges::none_of(all, [&](T sample) { return is_missing(sample, fills); })) {
    return std::nullopt;
  }
  Array<double> wide(samples.extents());
  std::ranges::transform(all, wide.data(), [&](T sample) {
    return is_missing(sample, fills) ? std::numeric_limits<double>::quiet_NaN()
                                     : exact_double(sample, variable.name);
  });
  return wide;
}

template <class T>
constexpr bool is_half = std::is_same_v<T, Float16> || std::is_same_v<T, BFloat16>;

template <class T>
constexpr bool is_floating_sample = std::is_floating_point_v<T> || is_half<T>;

// Halves are looked at as the floats they stand for.
template <class T>
using Wide = std::conditional_t<is_half<T>, float, T>;

template <class T>
Wide<T> widened(T sample) {
  if constexpr (is_half<T>) return to_float(sample);
  if constexpr (!is_half<T>) return sample;
}

template <class T, class N>
T narrowed(N number) {
  if constexpr (std::is_same_v<T, Float16>) return to_float16(static_cast<float>(number));
  if constexpr (std::is_same_v<T, BFloat16>) {
    return to_bfloat16(static_cast<float>(number));
  }
  if constexpr (!is_half<T>) return static_cast<T>(number);
}

template <class T>
void mask_floating(std::span<std::byte> bytes, const io::Variable& variable) {
  std::vector<Wide<T>> fills = fills_of<Wide<T>>(variable);
  if (fills.empty()) return;
  for (Wide<T>& fill : fills) fill = widened(narrowed<T>(fill));
  const std::span samples(reinterpret_cast<T*>(bytes.data()), bytes.size() / sizeof(T));
  for (T& sample : samples) {
    if (!is_missing(widened(sample), fills)) continue;
    sample = narrowed<T>(std::numeric_limits<Wide<T>>::quiet_NaN());
  }
}

template <class T>
Array<double> unpacked(const Array<T>& stored, double factor, double offset) {
  Array<double> numbers = Array<double>::like(view(stored));
  if constexpr (Integer<T> || is_floating_sample<T>) {
    std::transform(
        stored.data(), stored.data() + stored.size(), numbers.data(),
        [&](T at) { return static_cast<double>(widened(at)) * factor + offset; });
  }
  return numbers;
}

// Replaces each sample of a floating type by what f makes of it, in float64.
template <class F>
void replace_each(io::AnyArray& array, F&& f) {
  std::visit(
      [&]<class T>(Array<T>& typed) {
        if constexpr (is_floating_sample<T>) {
          for (T& sample : std::span<T>(typed.data(), typed.size())) {
            sample = narrowed<T>(f(static_cast<double>(widened(sample))));
          }
        }
      },
      array);
}

}  // namespace

double scale_of(const io::Variable& variable) {
  if (io::find_attribute(variable.attributes, "scale_factor") == nullptr) return 1;
  const std::vector<double> factors = io::numbers_of(variable.attributes, "scale_factor");
  if (factors.size() != 1 || !std::isfinite(factors[0]) || factors[0] == 0) {
    throw Error(ErrorCode::unsupported, variable.name,
                "attribute scale_factor is not one finite number other than 0");
  }
  return factors[0];
}

double offset_of(const io::Variable& variable) {
  const std::vector<double> offsets = io::numbers_of(variable.attributes, "add_offset");
  return offsets.size() == 1 ? offsets[0] : 0;
}

ElementType field_type(const io::Variable& variable) {
  return is_unsigned_by_attribute(variable) ? unsigned_of(*variable.type)
                                            : *variable.type;
}

void mask(std::span<std::byte> samples, const io::Variable& variable) {
  if (variable.type == ElementType::float16) mask_floating<Float16>(samples, variable);
  if (variable.type == ElementType::bfloat16) mask_floating<BFloat16>(samples, variable);
  if (variable.type == ElementType::float32) mask_floating<float>(samples, variable);
  if (variable.type == ElementType::float64) mask_floating<double>(samples, variable);
}

std::optional<io::AnyArray> masked_copy(const io::AnyArray& samples,
                                        const io::Variable& variable) {
  return std::visit(
      [&]<class T>(const Array<T>& typed) -> std::optional<io::AnyArray> {
        if constexpr (Integer<T>) return masked_integers(typed, variable);
        return std::nullopt;
      },
      samples);
}

std::optional<io::AnyArray> unpacked_copy(const io::AnyArray& samples,
                                          const io::Variable& variable) {
  auto masked = masked_copy(samples, variable);
  if (io::type_of(samples) == ElementType::float64 && !is_packed(variable)) return masked;
  return std::visit(
      [&](const auto& typed) {
        return io::AnyArray(unpacked(typed, scale_of(variable), offset_of(variable)));
      },
      masked ? *masked : samples);
}

io::AnyArray float64_of(const io::AnyArray& samples) {
  return std::visit([](const auto& typed) { return io::AnyArray(unpacked(typed, 1, 0)); },
                    samples);
}

bool is_packed(const io::Variable& variable) {
  return scale_of(variable) != 1 || offset_of(variable) != 0;
}

std::size_t masked_copy_bytes(const io::Variable& variable) {
  const bool is_integer = *variable.type >= ElementType::int8;
  return is_integer && fill_of(variable) ? sizeof(double) : 0;
}

io::AnyArray read_field(const io::LabelledReader& file, const io::Variable& variable) {
  io::AnyArray samples =
      io::make_array(field_type(variable), io::extents_of(file.dataset(), variable));
  const std::span<std::byte> bytes = io::bytes_of(samples);
  file.read(variable, io::whole(io::extents_of(samples)), bytes);
  mask(bytes, variable);
  auto copy = masked_copy(samples, variable);
  return copy ? std::move(*copy) : std::move(samples);
}

io::AnyArray read_coordinates(const io::LabelledReader& file,
                              const io::Variable& variable) {
  io::AnyArray stored = read_field(file, variable);
  const double factor = scale_of(variable);
  const double offset = offset_of(variable);
  if (factor == 1 && offset == 0) return stored;
  return std::visit(
      [&](const auto& typed) { return io::AnyArray(unpacked(typed, factor, offset)); },
      stored);
}

std::optional<double> fill_of(const io::Variable& variable) {
  if (is_complex(*variable.type)) return std::nullopt;
  for (const char* const name : fill_attributes) {
    const std::vector<double> fills = io::numbers_of(variable.attributes, name);
    if (fills.empty()) continue;
    // A floating fill of integers, as GeoTIFF has it, is meant for results as well.
    const io::Attribute& attribute = *io::find_attribute(variable.attributes, name);
    const bool is_kept = is_floating(*variable.type) ||
                         std::holds_alternative<std::vector<double>>(attribute.value);
    return is_kept ? fills.front() : default_fill;
  }
  return std::nullopt;
}

void scale(io::AnyArray& array, double factor) {
  if (factor == 1) return;
  replace_each(array, [&](double sample) { return sample * factor; });
}

void fill_missing(io::AnyArray& array, double fill) {
  replace_each(array, [&](double sample) { return std::isnan(sample) ? fill : sample; });
}

}  // namespace gridgrad::cli
