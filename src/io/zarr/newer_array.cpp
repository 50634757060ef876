// io/zarr/newer_array.cpp: the types of zarr-python beside numbers
//
// SPDX-License-Identifier: BSD-3-Clause

#include "newer_array.hpp"

#include <charconv>
#include <string_view>

#include "gridgrad/error.hpp"

namespace gridgrad::io::zarr {
namespace {

Json named(const char* name) {
  Json part;
  part["name"] = name;
  return part;
}

// What the samples of a chunk are, and how they become bytes.
struct Samples {
  Json type;
  Json fill;
  Json codec;
  std::size_t bytes = 1;  // of each, where all have as many
};

Samples text_of_length(const char* name, std::size_t bytes, bool is_big_endian) {
  Samples samples{named(name), "", named("bytes"), bytes};
  samples.type["configuration"]["length_bytes"] = bytes;
  samples.codec["configuration"]["endian"] = is_big_endian ? "big" : "little";
  return samples;
}

// Texts of any length.
bool is_utf8(const Json& described) {
  const Json* const filters = find_member(described, "filters");
  if (filters == nullptr || !filters->is_array() || filters->size() != 1) return false;
  const Json* const id = find_member((*filters)[0], "id");
  return id != nullptr && *id == "vlen-utf8";
}

Samples samples_of(const Node& node) {
  const Json& dtype = member(node.described, "dtype", node.where);
  const std::string text = dtype.is_string() ? dtype.get<std::string>() : "";
  if (text == "|b1") return {"bool", false, named("bytes")};
  if (text == "|O" && is_utf8(node.described)) {
    return {"string", "", named("vlen-utf8")};
  }
  constexpr std::size_t most_bytes = std::size_t{1} << 20;
  const std::string_view length = std::string_view(text).substr(text.empty() ? 0 : 2);
  std::size_t count = 0;
  std::from_chars(length.data(), length.data() + length.size(), count);
  if (count > 0 && count < most_bytes) {
    constexpr std::size_t bytes_of_character = 4;
    if (text[1] == 'S') return text_of_length("null_terminated_bytes", count, false);
    if (text[1] == 'U') {
      return text_of_length("fixed_length_utf32", count * bytes_of_character,
                            text[0] == '>');
    }
  }
  throw Error(ErrorCode::unsupported, node.where,
              "type " + text_of(dtype) + " cannot be copied to Zarr 3");
}

// Unless chunks that are not there hold something.
void require_plain_fill(const Node& node) {
  const Json* const fill = find_member(node.described, "fill_value");
  const bool is_plain =
      fill == nullptr || fill->is_null() || *fill == false || *fill == "" || *fill == 0;
  if (is_plain) return;
  throw Error(ErrorCode::unsupported, node.where,
              "fill_value " + text_of(*fill) + " cannot be copied to Zarr 3");
}

Json codecs_json(const Node& node, const Array& array, const Samples& samples) {
  Json codecs = Json::array();
  const Json* const order = find_member(node.described, "order");
  if (order != nullptr && *order == "F" && array.extents.size() > 1) {
    Json transpose = named("transpose");
    for (std::size_t axis = array.extents.size(); axis-- > 0;) {
      transpose["configuration"]["order"].push_back(axis);
    }
    codecs.push_back(transpose);
  }
  codecs.push_back(samples.codec);
  const Json* const compressor = find_member(node.described, "compressor");
  if (compressor == nullptr || compressor->is_null()) return codecs;
  const ByteCodec codec = codec_2(*compressor, node.where);
  Json described = json_of(codec, samples.bytes);
  // The standard has none for zlib; zarr-python has numcodecs.
  if (codec.coding == Coding::zlib) described["name"] = "numcodecs.zlib";
  codecs.push_back(described);
  return codecs;
}

}  // namespace

Json newer_array(const Node& node, const Array& array) {
  const Samples samples = samples_of(node);
  require_plain_fill(node);
  Json newer;
  newer["zarr_format"] = 3;
  newer["node_type"] = "array";
  newer["shape"] = array.extents;
  newer["data_type"] = samples.type;
  newer["chunk_grid"] = named("regular");
  newer["chunk_grid"]["configuration"]["chunk_shape"] = array.chunk;
  newer["chunk_key_encoding"] = named("v2");
  newer["chunk_key_encoding"]["configuration"]["separator"] =
      std::string(1, array.keys.separator);
  newer["fill_value"] = samples.fill;
  newer["codecs"] = codecs_json(node, array, samples);
  return newer;
}

}  // namespace gridgrad::io::zarr
