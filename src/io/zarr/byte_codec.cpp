// io/zarr/byte_codec.cpp: names of codecs in both versions of Zarr and in others' files
//
// SPDX-License-Identifier: BSD-3-Clause

#include "byte_codec.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "compressors.hpp"
#include "crc32c.hpp"
#include "gridgrad/error.hpp"

namespace gridgrad::io::zarr {
namespace {

struct CodingName {
  std::string_view name;
  Coding coding;
};

constexpr std::array<CodingName, 5> codings = {{{"zlib", Coding::zlib},
                                                {"gzip", Coding::gzip},
                                                {"zstd", Coding::zstd},
                                                {"blosc", Coding::blosc},
                                                {"crc32c", Coding::crc32c}}};

constexpr std::array<std::string_view, 6> blosc_compressors = {"blosclz", "lz4",  "lz4hc",
                                                               "snappy",  "zlib", "zstd"};

const CodingName* find_coding(std::string_view name) {
  const auto* const found = std::ranges::find(codings, name, &CodingName::name);
  return found == codings.end() ? nullptr : found;
}

[[noreturn]] void refuse_codec(const std::string& name, const std::string& where) {
  throw Error(ErrorCode::unsupported, where,
              "codec " + name +
                  " is not known; zlib, gzip, zstd, blosc, crc32c, transpose and "
                  "sharding_indexed are");
}

int level_in(const Json& settings, const char* name, int otherwise) {
  const Json* const level = find_member(settings, name);
  const bool is_level = level != nullptr && level->is_number_integer();
  return is_level ? level->get<int>() : otherwise;
}

// blosc's shuffle 1 is that of bytes, 2 of bits, -1 that of bits for bytes alone.
Shuffle shuffle_in(const Json& settings) {
  const Json* const shuffle = find_member(settings, "shuffle");
  if (shuffle == nullptr) return Shuffle::none;
  if (*shuffle == "bitshuffle" || *shuffle == 2) return Shuffle::bits;
  const bool is_off = *shuffle == "noshuffle" || *shuffle == 0;
  return is_off ? Shuffle::none : Shuffle::bytes;
}

void read_settings(const Json& settings, ByteCodec& codec) {
  constexpr int usual_of_blosc = 5;
  if (codec.coding == Coding::blosc) {
    codec.level = level_in(settings, "clevel", usual_of_blosc);
    codec.shuffle = shuffle_in(settings);
    const Json* const compressor = find_member(settings, "cname");
    if (compressor != nullptr && compressor->is_string()) {
      codec.compressor = compressor->get<std::string>();
    }
    return;
  }
  codec.level = level_in(settings, "level", 0);
  const Json* const checksum = find_member(settings, "checksum");
  codec.has_checksum = checksum != nullptr && *checksum == true;
}

Bytes without_checksum(std::span<const std::byte> bytes, const Decoding& decoding) {
  if (bytes.size() < checksum_bytes) refuse_corrupt(decoding, "crc32c", "truncated");
  const auto checked = bytes.first(bytes.size() - checksum_bytes);
  std::uint32_t told = 0;
  std::memcpy(&told, bytes.data() + checked.size(), sizeof told);
  if (told != crc32c(checked)) {
    refuse_corrupt(decoding, "crc32c", "the checksum is not that of the bytes");
  }
  Bytes result(checked.size());
  std::ranges::copy(checked, result.data());
  return result;
}

Bytes with_checksum(std::span<const std::byte> bytes) {
  Bytes result(bytes.size() + checksum_bytes);
  std::ranges::copy(bytes, result.data());
  const std::uint32_t sum = crc32c(bytes);
  std::memcpy(result.data() + bytes.size(), &sum, sizeof sum);
  return result;
}

ByteCodec blosc_of(std::string_view compressor, int level, Shuffle shuffle) {
  constexpr int hardest = 9;
  return {Coding::blosc, std::clamp(level, 1, hardest), false, std::string(compressor),
          shuffle};
}

// Nothing of Zarr 3 shuffles but blosc, which knows deflate and zstd too.
ByteCodec compressor_of(const Filter& filter, Shuffle shuffle,
                        const std::string& variable) {
  constexpr std::string_view prefix = "blosc:";
  const bool is_shuffled = shuffle != Shuffle::none;
  if (filter.name == "deflate" || filter.name == "gzip" || filter.name == "zlib") {
    if (is_shuffled) return blosc_of("zlib", filter.level, shuffle);
    return {Coding::gzip, filter.level};
  }
  if (filter.name == "zstd") {
    if (is_shuffled) return blosc_of("zstd", filter.level, shuffle);
    return {Coding::zstd, filter.level};
  }
  if (filter.name == "blosc") return blosc_of("lz4", filter.level, Shuffle::bytes);
  const std::string_view name = filter.name;
  if (name.starts_with(prefix) &&
      std::ranges::find(blosc_compressors, name.substr(prefix.size())) !=
          blosc_compressors.end()) {
    return blosc_of(name.substr(prefix.size()), filter.level, shuffle);
  }
  throw Error(ErrorCode::unsupported, variable,
              "compression " + filter.name +
                  " cannot be written to Zarr; deflate, zstd and blosc can, or none");
}

}  // namespace

void refuse_corrupt(const Decoding& decoding, const char* format,
                    const std::string& reason) {
  throw Error(ErrorCode::io, decoding.chunk,
              std::string("corrupt chunk (") + format + "): " + reason);
}

Bytes decode(const ByteCodec& codec, std::span<const std::byte> bytes,
             const Decoding& decoding) {
  switch (codec.coding) {
    case Coding::zlib:
      return inflated(Wrapping::zlib, bytes, decoding);
    case Coding::gzip:
      return inflated(Wrapping::gzip, bytes, decoding);
    case Coding::zstd:
      return zstd_decoded(bytes, decoding);
    case Coding::blosc:
      return blosc_decoded(bytes, decoding);
    case Coding::crc32c:
      break;
  }
  return without_checksum(bytes, decoding);
}

Bytes encode(const ByteCodec& codec, std::span<const std::byte> bytes,
             std::size_t sample_bytes) {
  switch (codec.coding) {
    case Coding::zlib:
    case Coding::gzip:
      return deflated(codec, bytes);
    case Coding::zstd:
      return zstd_encoded(codec, bytes);
    case Coding::blosc:
      return blosc_encoded(codec, bytes, sample_bytes);
    case Coding::crc32c:
      break;
  }
  return with_checksum(bytes);
}

ByteCodec codec_2(const Json& compressor, const std::string& where) {
  const Json* const id = find_member(compressor, "id");
  if (id == nullptr || !id->is_string()) {
    throw Error(ErrorCode::io, where, "codec " + text_of(compressor) + " has no id");
  }
  const auto name = id->get<std::string>();
  const CodingName* const known = find_coding(name);
  // The checksums of Zarr 2 stand where their settings say.
  if (known == nullptr || known->coding == Coding::crc32c) refuse_codec(name, where);
  ByteCodec codec{known->coding};
  read_settings(compressor, codec);
  return codec;
}

ByteCodec codec_3(const Json& described, const std::string& where) {
  const std::string name = name_in(described, where);
  constexpr std::string_view of_numcodecs = "numcodecs.";
  std::string_view plain = name;
  if (plain.starts_with(of_numcodecs)) plain.remove_prefix(of_numcodecs.size());
  const CodingName* const known = find_coding(plain);
  // Checksums of numcodecs stand where their settings say.
  const bool is_known =
      known != nullptr && (plain == name || known->coding != Coding::crc32c);
  if (!is_known) refuse_codec(name, where);
  ByteCodec codec{known->coding};
  read_settings(configuration_in(described), codec);
  return codec;
}

Json json_of(const ByteCodec& codec, std::size_t sample_bytes) {
  constexpr std::array<const char*, 3> shuffles = {"noshuffle", "shuffle", "bitshuffle"};
  switch (codec.coding) {
    case Coding::zstd:
      return {
          {"name", "zstd"},
          {"configuration", {{"level", codec.level}, {"checksum", codec.has_checksum}}}};
    case Coding::blosc:
      return {{"name", "blosc"},
              {"configuration",
               {{"typesize", sample_bytes},
                {"cname", codec.compressor},
                {"clevel", codec.level},
                {"shuffle", shuffles[static_cast<std::size_t>(codec.shuffle)]},
                {"blocksize", 0}}}};
    case Coding::crc32c:
      return {{"name", "crc32c"}};
    case Coding::zlib:
    case Coding::gzip:
      break;
  }
  return {{"name", "gzip"}, {"configuration", {{"level", codec.level}}}};
}

std::vector<Filter> filters_of(const std::vector<ByteCodec>& codecs) {
  std::vector<Filter> filters;
  for (const ByteCodec& codec : codecs) {
    if (codec.shuffle != Shuffle::none) {
      filters.push_back({codec.shuffle == Shuffle::bits ? "bitshuffle" : "shuffle"});
    }
    switch (codec.coding) {
      case Coding::zlib:
      case Coding::gzip:
        filters.push_back({"deflate", codec.level});
        break;
      case Coding::zstd:
        filters.push_back({"zstd", codec.level});
        break;
      case Coding::blosc:
        filters.push_back({"blosc:" + codec.compressor, codec.level});
        break;
      case Coding::crc32c:
        filters.push_back({"crc32c"});
        break;
    }
  }
  return filters;
}

std::vector<ByteCodec> codecs_of(const std::vector<Filter>& filters,
                                 const std::string& variable) {
  std::vector<ByteCodec> codecs;
  Shuffle shuffle = Shuffle::none;
  bool has_checksum = false;
  for (const Filter& filter : filters) {
    if (filter.name == "shuffle") {
      shuffle = Shuffle::bytes;
    } else if (filter.name == "bitshuffle") {
      shuffle = Shuffle::bits;
    } else if (filter.name == "crc32c" || filter.name == "fletcher32") {
      has_checksum = true;
    } else {
      codecs.push_back(compressor_of(filter, shuffle, variable));
      shuffle = Shuffle::none;
    }
  }
  if (has_checksum) codecs.push_back({Coding::crc32c});
  return codecs;
}

}  // namespace gridgrad::io::zarr
