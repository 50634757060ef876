// io/geotiff/tags.cpp: a tag extender, and values of any length
//
// SPDX-License-Identifier: BSD-3-Clause

#include "tags.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "gridgrad/error.hpp"

namespace gridgrad::io::geotiff {
namespace {

struct Known {
  TagNumber number;
  TIFFDataType type;
  const char* name;
};

constexpr std::array<Known, 9> known_tags = {
    {{model_pixel_scale, TIFF_DOUBLE, "ModelPixelScaleTag"},
     {model_tiepoint, TIFF_DOUBLE, "ModelTiepointTag"},
     {model_transformation, TIFF_DOUBLE, "ModelTransformationTag"},
     {geo_key_directory, TIFF_SHORT, "GeoKeyDirectoryTag"},
     {geo_double_params, TIFF_DOUBLE, "GeoDoubleParamsTag"},
     {geo_ascii_params, TIFF_ASCII, "GeoAsciiParamsTag"},
     {gdal_metadata, TIFF_ASCII, "GDAL_METADATA"},
     {gdal_nodata, TIFF_ASCII, "GDAL_NODATA"},
     {rpc_coefficients, TIFF_DOUBLE, "RPCCoefficientTag"}}};

TIFFExtendProc extender_before = nullptr;

void extend(TIFF* tiff) {
  // libtiff keeps the names as ones that it might change.
  static std::array<std::string, known_tags.size()> names = [] {
    std::array<std::string, known_tags.size()> copies;
    std::ranges::transform(known_tags, copies.begin(), &Known::name);
    return copies;
  }();
  std::array<TIFFFieldInfo, known_tags.size()> fields = {};
  for (std::size_t k = 0; k < known_tags.size(); ++k) {
    const Known& known = known_tags[k];
    const bool has_count = known.type != TIFF_ASCII;
    const short count = has_count ? TIFF_VARIABLE2 : TIFF_VARIABLE;
    fields[k] = {known.number, count, count,     known.type,
                 FIELD_CUSTOM, 1,     has_count, names[k].data()};
  }
  TIFFMergeFieldInfo(tiff, fields.data(), static_cast<std::uint32_t>(fields.size()));
  if (extender_before != nullptr) extender_before(tiff);
}

template <class T>
std::optional<Tag> read_numbers(const TiffFile& file, std::uint32_t number) {
  std::uint32_t count = 0;
  const T* values = nullptr;
  if (TIFFGetField(file.tiff(), number, &count, &values) != 1 || values == nullptr) {
    return std::nullopt;
  }
  return Tag{number, std::vector<T>(values, values + count)};
}

std::optional<Tag> read_tag(const TiffFile& file, const Known& known) {
  if (known.type == TIFF_DOUBLE) return read_numbers<double>(file, known.number);
  if (known.type == TIFF_SHORT) return read_numbers<std::uint16_t>(file, known.number);
  std::string text = read_text(file, known.number);
  return text.empty() ? std::nullopt : std::optional(Tag{known.number, std::move(text)});
}

}  // namespace

void register_tags() {
  static const bool is_registered = [] {
    extender_before = TIFFSetTagExtender(extend);
    return true;
  }();
  static_cast<void>(is_registered);
}

std::vector<Tag> read_georeference(const TiffFile& file) {
  std::vector<Tag> tags;
  for (const Known& known : known_tags) {
    if (known.number == gdal_metadata || known.number == gdal_nodata) continue;
    if (auto tag = read_tag(file, known)) tags.push_back(std::move(*tag));
  }
  return tags;
}

void require_tags(const TiffFile& file) {
  file.require_reads();
  for (const std::string& message : file.ignored_tags()) {
    const bool is_needed = message.find("IO error") != std::string::npos ||
                           std::ranges::any_of(known_tags, [&](const Known& known) {
                             return message.find(known.name) != std::string::npos;
                           });
    if (is_needed) throw Error(ErrorCode::io, file.path(), message);
  }
}

std::string read_text(const TiffFile& file, std::uint32_t tag) {
  const char* text = nullptr;
  if (TIFFGetField(file.tiff(), tag, &text) != 1 || text == nullptr) return {};
  return text;
}

void write_tag(const TiffFile& file, const Tag& tag) {
  if (const auto* text = std::get_if<std::string>(&tag.value)) {
    return write_number(file, tag.number, text->c_str());
  }
  const int status = std::visit(
      [&]<class Value>(const Value& value) {
        return TIFFSetField(file.tiff(), tag.number,
                            static_cast<std::uint32_t>(value.size()), value.data());
      },
      tag.value);
  if (status != 1) file.fail("tag " + std::to_string(tag.number) + " cannot be written");
}

}  // namespace gridgrad::io::geotiff
