// io/netcdf/attributes.cpp: one variant over the calls of netCDF for each type
//
// SPDX-License-Identifier: BSD-3-Clause

#include "attributes.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <type_traits>
#include <utility>

#include "gridgrad/error.hpp"
#include "gridgrad/io/file.hpp"

namespace gridgrad::io::netcdf {
namespace {

// netCDF calls whatever HDF5 fails at an HDF error or a permission that is denied, and
// nc_copy_var ignores what nc_enddef returns: samples that could not be written are lost.
// What no call resets is errno.
bool is_of_disk(int reason) {
  return reason == ENOSPC || reason == EDQUOT || reason == EFBIG || reason == EIO;
}

struct TypeName {
  nc_type type;
  ElementType element;
};

constexpr std::array<TypeName, 10> types = {{{NC_BYTE, ElementType::int8},
                                             {NC_SHORT, ElementType::int16},
                                             {NC_INT, ElementType::int32},
                                             {NC_INT64, ElementType::int64},
                                             {NC_UBYTE, ElementType::uint8},
                                             {NC_USHORT, ElementType::uint16},
                                             {NC_UINT, ElementType::uint32},
                                             {NC_UINT64, ElementType::uint64},
                                             {NC_FLOAT, ElementType::float32},
                                             {NC_DOUBLE, ElementType::float64}}};

template <class T>
constexpr nc_type type_for() {
  for (const TypeName& known : types) {
    if (known.element == element_type<T>()) return known.type;
  }
  return NC_NAT;
}

std::vector<std::string> read_texts(Place place, const std::string& name,
                                    std::size_t count) {
  std::vector<char*> raw(count);
  require(nc_get_att_string(place.group, place.variable, name.c_str(), raw.data()), name);
  std::vector<std::string> texts;
  texts.reserve(count);
  for (const char* text : raw) texts.emplace_back(text == nullptr ? "" : text);
  nc_free_string(count, raw.data());
  return texts;
}

template <class T>
AttributeValue read_numbers(Place place, const std::string& name, std::size_t count) {
  std::vector<T> numbers(count);
  require(nc_get_att(place.group, place.variable, name.c_str(), numbers.data()), name);
  return numbers;
}

template <std::size_t... K>
std::optional<AttributeValue> read_numbers_of(nc_type type, Place place,
                                              const std::string& name, std::size_t count,
                                              std::index_sequence<K...>) {
  std::optional<AttributeValue> value;
  const auto try_type = [&]<class Numbers>(std::type_identity<Numbers>) {
    if constexpr (!std::is_same_v<Numbers, std::string> &&
                  !std::is_same_v<Numbers, std::vector<std::string>>) {
      using T = typename Numbers::value_type;
      if (type == type_for<T>()) value = read_numbers<T>(place, name, count);
    }
  };
  (try_type(std::type_identity<std::variant_alternative_t<K, AttributeValue>>()), ...);
  return value;
}

// Nothing for a type of the file's own.
std::optional<AttributeValue> read_attribute(Place place, const std::string& name) {
  nc_type type = NC_NAT;
  std::size_t count = 0;
  require(nc_inq_att(place.group, place.variable, name.c_str(), &type, &count), name);
  if (type == NC_CHAR) {
    std::string text(count, '\0');
    require(nc_get_att_text(place.group, place.variable, name.c_str(), text.data()),
            name);
    // Fortran and C programs leave a closing zero behind.
    while (!text.empty() && text.back() == '\0') text.pop_back();
    return text;
  }
  if (type == NC_STRING) return read_texts(place, name, count);
  return read_numbers_of(type, place, name, count,
                         std::make_index_sequence<std::variant_size_v<AttributeValue>>());
}

}  // namespace

void require(int status, const std::string& argument) {
  if (status == NC_NOERR && !is_of_disk(errno)) return;
  const std::string reason = is_of_disk(errno) ? system_reason() : nc_strerror(status);
  forget_errors();
  throw Error(ErrorCode::io, argument, reason);
}

void forget_errors() noexcept {
  errno = 0;
}

std::optional<ElementType> element_of(nc_type type) {
  for (const TypeName& known : types) {
    if (known.type == type) return known.element;
  }
  return std::nullopt;
}

nc_type type_of(const std::string& name, const std::optional<ElementType>& element) {
  for (const TypeName& known : types) {
    if (known.element == element) return known.type;
  }
  throw Error(
      ErrorCode::unsupported, name,
      "netCDF has neither complex nor 16-bit floating numbers; .h5 and .npy have");
}

void keep_no_chunks(Place place) {
  constexpr std::size_t bytes = std::size_t{1} << 20;
  constexpr std::size_t slots = 521;  // a prime, as HDF5 asks for
  constexpr float preemption = 0.75F;
  require(nc_set_var_chunk_cache(place.group, place.variable, bytes, slots, preemption),
          "chunks");
}

std::vector<Attribute> read_attributes(Place place) {
  int count = 0;
  require(nc_inq_varnatts(place.group, place.variable, &count), "attributes");
  std::vector<Attribute> attributes;
  for (int k = 0; k < count; ++k) {
    std::array<char, NC_MAX_NAME + 1> name = {};
    require(nc_inq_attname(place.group, place.variable, k, name.data()), "attributes");
    if (auto value = read_attribute(place, name.data())) {
      attributes.push_back({name.data(), std::move(*value)});
    }
  }
  return attributes;
}

void write_attribute(Place place, const Attribute& attribute) {
  const char* const name = attribute.name.c_str();
  const int status = std::visit(
      [&]<class Value>(const Value& value) {
        if constexpr (std::is_same_v<Value, std::string>) {
          return nc_put_att_text(place.group, place.variable, name, value.size(),
                                 value.data());
        } else if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
          std::vector<const char*> raw;
          raw.reserve(value.size());
          for (const std::string& text : value) raw.push_back(text.c_str());
          return nc_put_att_string(place.group, place.variable, name, raw.size(),
                                   raw.data());
        } else {
          return nc_put_att(place.group, place.variable, name,
                            type_for<typename Value::value_type>(), value.size(),
                            value.data());
        }
      },
      attribute.value);
  require(status, attribute.name);
}

}  // namespace gridgrad::io::netcdf
