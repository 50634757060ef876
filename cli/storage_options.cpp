// cli/storage_options.cpp: what the options -z and --chunks mean
//
// SPDX-License-Identifier: BSD-3-Clause

#include "storage_options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "gridgrad/error.hpp"
#include "suggestion.hpp"

namespace gridgrad::cli {
namespace {

using io::Filter;

// What can be asked for by name, and its levels.
struct Compression {
  std::string_view name;
  int least;
  int most;
  int usual;
};

constexpr std::array<Compression, 2> compressions = {
    {{"deflate", 1, 9, 4}, {"zstd", 1, 22, 3}}};

// Formats that are not here take every filter by its name, or refuse it themselves.
struct Writable {
  io::Format format;
  std::string_view name;
  std::array<std::string_view, 3> filters;
};

constexpr std::array<Writable, 2> formats = {
    {{io::Format::netcdf, "netCDF", {"shuffle", "deflate", "fletcher32"}},
     {io::Format::hdf5, "HDF5", {"shuffle", "deflate", "fletcher32"}}}};

const Writable* writable_to(io::Format format) {
  const auto* const found = std::ranges::find(formats, format, &Writable::format);
  return found == formats.end() ? nullptr : found;
}

bool can_write(const Writable* writable, std::string_view filter) {
  return writable == nullptr ||
         std::ranges::find(writable->filters, filter) != writable->filters.end();
}

// Deflate in other wrappings.
bool is_deflate(std::string_view filter) {
  return filter == "deflate" || filter == "gzip" || filter == "zlib";
}

// Steps that compress nothing by themselves, or depend on the type of the samples.
bool is_left_out(std::string_view filter) {
  constexpr std::array<std::string_view, 6> names = {
      "nbit", "scaleoffset", "crc32c", "adler32", "predictor2", "predictor3"};
  return std::ranges::find(names, filter) != names.end();
}

std::string text_of(const Filter& filter) {
  return filter.name + (filter.level == 0 ? "" : ":" + std::to_string(filter.level));
}

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::vector<std::string> names_to(const Writable* writable) {
  std::vector<std::string> names = {"none"};
  for (const Compression& known : compressions) {
    if (can_write(writable, known.name)) names.emplace_back(known.name);
  }
  return names;
}

[[noreturn]] void refuse_compression(const std::string& typed, const Writable* writable) {
  std::string accepted = "none";
  for (const Compression& known : compressions) {
    if (!can_write(writable, known.name)) continue;
    accepted += ", " + std::string(known.name) + ":" + std::to_string(known.least) +
                " to " + std::string(known.name) + ":" + std::to_string(known.most);
  }
  const std::vector<std::string> names = names_to(writable);
  const std::string name = typed.substr(0, typed.find(':'));
  const bool is_known = std::ranges::find(names, name) != names.end();
  const std::string format =
      writable == nullptr ? "" : " to " + std::string(writable->name);
  throw Error(ErrorCode::unsupported, "compression",
              "'" + typed + "' given; " + accepted + " can be written" + format +
                  (is_known ? "" : suggestion(name, names)));
}

// Nothing for "none".
std::optional<Filter> compression_of(const std::string& typed, const Writable* writable) {
  if (typed == "none") return std::nullopt;
  const std::string_view word = typed;
  const std::size_t colon = std::min(word.find(':'), word.size());
  const auto* const known =
      std::ranges::find(compressions, word.substr(0, colon), &Compression::name);
  if (known == compressions.end() || !can_write(writable, known->name)) {
    refuse_compression(typed, writable);
  }
  const std::optional<int> level =
      colon == word.size() ? known->usual : whole_number(word.substr(colon + 1));
  if (!level || *level < known->least || *level > known->most) {
    refuse_compression(typed, writable);
  }
  return Filter{std::string(known->name), *level};
}

struct ChunkOption {
  std::string axis;
  std::size_t samples = 0;
};

ChunkOption chunk_option(const std::string& word) {
  const std::size_t equals = word.rfind('=');
  const auto samples = equals == std::string::npos
                           ? std::nullopt
                           : whole_number(std::string_view(word).substr(equals + 1));
  if (!samples || *samples < 1) {
    throw Error(ErrorCode::bad_argument, "chunks",
                "'" + word + "' given; AXIS=SAMPLES is needed, as in lat=100");
  }
  return {word.substr(0, equals), static_cast<std::size_t>(*samples)};
}

std::vector<std::size_t> extents_of(const StoredField& field) {
  std::vector<std::size_t> extents;
  for (const io::Dimension& dimension : field.dimensions) {
    extents.push_back(std::max<std::size_t>(1, dimension.extent));
  }
  return extents;
}

std::vector<std::size_t> chosen_chunks(const StorageOptions& options,
                                       const StoredField& field, bool is_needed) {
  std::vector<std::size_t> chunks = field.like.chunks;
  if (!options.chunks.empty()) {
    if (chunks.empty()) chunks = extents_of(field);
    for (const std::string& word : options.chunks) {
      const ChunkOption option = chunk_option(word);
      const auto axis = std::ranges::find(field.names, option.axis) - field.names.begin();
      if (static_cast<std::size_t>(axis) == field.names.size()) continue;
      const io::Dimension& dimension = field.dimensions[static_cast<std::size_t>(axis)];
      chunks[static_cast<std::size_t>(axis)] =
          dimension.is_unlimited ? option.samples
                                 : std::min(option.samples, dimension.extent);
    }
  }
  if (!chunks.empty() || !is_needed) return chunks;
  return io::usual_chunks(extents_of(field), field.bytes_of_sample);
}

bool has_filter(const std::vector<Filter>& filters, std::string_view name) {
  return std::ranges::find(filters, name, &Filter::name) != filters.end();
}

// Shuffled bytes of floating numbers compress better, and checksums are kept.
std::vector<Filter> filters_around(const Filter& compression, const Writable* writable,
                                   const std::vector<Filter>& like) {
  std::vector<Filter> filters = {compression};
  if (writable == nullptr) return filters;
  filters.insert(filters.begin(), Filter{"shuffle"});
  if (has_filter(like, "fletcher32")) filters.push_back({"fletcher32"});
  return filters;
}

// What the format can write of the filters of the field.
ChosenStorage like_field(const std::vector<Filter>& like, const Writable* writable) {
  ChosenStorage chosen;
  std::vector<Filter>& filters = chosen.storage.filters;
  std::string replaced;
  std::optional<Filter> instead;
  for (const Filter& filter : like) {
    if (can_write(writable, filter.name)) {
      filters.push_back(filter);
      continue;
    }
    if (!is_deflate(filter.name)) {
      replaced += (replaced.empty() ? "" : ", ") + text_of(filter);
    }
    if (is_left_out(filter.name)) continue;
    constexpr int usual_level = compressions.front().usual;
    const bool keeps_level = is_deflate(filter.name) && filter.level > 0;
    instead = Filter{"deflate", keeps_level ? filter.level : usual_level};
  }
  if (instead) filters = filters_around(*instead, writable, like);
  if (replaced.empty()) return chosen;
  chosen.note = replaced + " cannot be written to " + std::string(writable->name) + "; " +
                (instead ? text_of(*instead) + " is taken instead" : "it is left out");
  return chosen;
}

}  // namespace

std::vector<std::string> compression_names() {
  return names_to(nullptr);
}

ChosenStorage chosen_storage(const StorageOptions& options, const StoredField& field,
                             io::Format format) {
  const Writable* const writable = writable_to(format);
  ChosenStorage chosen;
  if (options.compression.empty()) {
    chosen = like_field(field.like.filters, writable);
  } else if (const auto asked = compression_of(options.compression, writable)) {
    chosen.storage.filters = filters_around(*asked, writable, field.like.filters);
  }
  const bool may_grow =
      std::ranges::any_of(field.dimensions, &io::Dimension::is_unlimited);
  chosen.storage.chunks =
      chosen_chunks(options, field, may_grow || !chosen.storage.filters.empty());
  return chosen;
}

void require_chunk_axes(const StorageOptions& options,
                        const std::vector<std::string>& names) {
  std::vector<std::string> seen;
  for (const std::string& word : options.chunks) {
    const std::string axis = chunk_option(word).axis;
    if (std::ranges::find(names, axis) == names.end()) {
      throw Error(ErrorCode::bad_argument, "chunks",
                  "'" + axis + "' given; the axes are " + joined(names) +
                      suggestion(axis, names));
    }
    if (std::ranges::find(seen, axis) != seen.end()) {
      throw Error(ErrorCode::bad_argument, "chunks", axis + " given twice");
    }
    seen.push_back(axis);
  }
}

}  // namespace gridgrad::cli
