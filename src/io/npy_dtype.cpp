// io/npy_dtype.cpp: which of NumPy's element types are numbers, and which count time
//
// SPDX-License-Identifier: BSD-3-Clause

#include "npy_dtype.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

#include "dtype_names.hpp"
#include "gridgrad/error.hpp"

namespace gridgrad::io {
namespace {

// Seconds per unit where the unit is at least a second, else units per second.
struct TimeUnit {
  std::string_view name;
  double seconds;
  double per_second;
};

constexpr std::array<TimeUnit, 9> time_units = {{{"W", 604800, 1},
                                                 {"D", 86400, 1},
                                                 {"h", 3600, 1},
                                                 {"m", 60, 1},
                                                 {"s", 1, 1},
                                                 {"ms", 1, 1e3},
                                                 {"us", 1, 1e6},
                                                 {"ns", 1, 1e9},
                                                 {"ps", 1, 1e12}}};

constexpr bool is_little = std::endian::native == std::endian::little;

// Of "[ns]" or "[25s]"; 0 where a tick is not a fixed number of seconds.
double ticks_per_second(std::string_view bracketed) {
  if (bracketed.size() < 3 || !bracketed.starts_with('[') || !bracketed.ends_with(']')) {
    return 0;
  }
  std::string_view unit = bracketed.substr(1, bracketed.size() - 2);
  int multiple = 1;
  const auto [stop, error] =
      std::from_chars(unit.data(), unit.data() + unit.size(), multiple);
  if (error == std::errc())
    unit.remove_prefix(static_cast<std::size_t>(stop - unit.data()));
  const auto* const found = std::ranges::find(time_units, unit, &TimeUnit::name);
  if (found == time_units.end() || multiple < 1) return 0;
  return found->per_second / (found->seconds * multiple);
}

}  // namespace

void resolve_dtype(const std::string& dtype, const std::string& file, NpyHeader& header) {
  header.dtype = dtype;
  const char order = dtype[0];
  const std::string name = dtype.substr(1);
  if (order == '<' || order == '>') header.is_swapped = (order == '<') != is_little;
  const auto* const found = std::ranges::find(dtypes, name, &Dtype::name);
  const bool has_order = order == '<' || order == '>' || order == '=' || order == '|';
  if (has_order && found != dtypes.end()) {
    header.type = found->type;
    return;
  }
  if (has_order && (name.starts_with("M8") || name.starts_with("m8"))) {
    const double ticks = ticks_per_second(std::string_view(name).substr(2));
    if (ticks > 0) {
      header.type = ElementType::int64;
      header.ticks_per_second = ticks;
      return;
    }
    throw Error(ErrorCode::unsupported, file,
                "dtype " + dtype + " given; of times, accepted: W D h m s ms us ns ps");
  }
  throw Error(ErrorCode::unsupported, file,
              "dtype " + dtype + " given; " + accepted_dtypes);
}

std::string dtype_of(ElementType type) {
  const auto* const found = std::ranges::find(dtypes, type, &Dtype::type);
  if (found == dtypes.end()) {
    throw Error(ErrorCode::unsupported, "output",
                "NumPy has no dtype for " + std::string(name(type)));
  }
  std::string dtype(1, size_of(type) == 1 ? '|' : is_little ? '<' : '>');
  return dtype += found->name;
}

}  // namespace gridgrad::io
