// io/geotiff/image.cpp: tags to names and attributes
//
// SPDX-License-Identifier: BSD-3-Clause

#include "image.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string_view>

#include "gridgrad/error.hpp"
#include "nodata.hpp"

namespace gridgrad::io::geotiff {
namespace {

using Model = Georeference::Model;

// Attributes that have a meaning here, which no text of a band may take.
constexpr std::array<std::string_view, 15> reserved = {
    "_FillValue", "missing_value", "units",        "scale_factor", "add_offset",
    "valid_min",  "valid_max",     "valid_range",  "_Unsigned",    "coordinates",
    "bounds",     "climatology",   "grid_mapping", "cell_methods", "modulo"};

constexpr std::array<std::string_view, 4> coordinate_names = {"y", "x", "yc", "xc"};

bool has_attribute(const std::vector<Attribute>& attributes, const std::string& name) {
  return find_attribute(attributes, name) != nullptr;
}

void add_text(std::vector<Attribute>& attributes, const char* name, std::string text) {
  if (!text.empty()) attributes.push_back({name, std::move(text)});
}

std::vector<Attribute> coordinate_attributes(const Georeference& reference, bool is_y) {
  std::vector<Attribute> attributes;
  if (reference.model == Model::geographic) {
    add_text(attributes, "standard_name", is_y ? "latitude" : "longitude");
    const std::string direction = is_y ? "north" : "east";
    add_text(attributes, "units",
             reference.unit == "degree" ? "degrees_" + direction : reference.unit);
  } else {
    if (reference.model == Model::projected) {
      add_text(attributes, "standard_name",
               is_y ? "projection_y_coordinate" : "projection_x_coordinate");
    }
    add_text(attributes, "units", reference.unit);
  }
  add_text(attributes, "axis", is_y ? "Y" : "X");
  return attributes;
}

void add_coordinates(const Georeference& reference, Dataset& dataset) {
  if (!reference.transform) return;
  const bool is_rotated = reference.transform->is_rotated();
  for (const bool is_y : {true, false}) {
    Variable variable;
    variable.name = is_y ? "y" : "x";
    if (is_rotated) variable.name += "c";
    variable.type = ElementType::float64;
    variable.dimensions = {is_y ? std::size_t{0} : std::size_t{1}};
    if (is_rotated) variable.dimensions = {0, 1};
    variable.attributes = coordinate_attributes(reference, is_y);
    dataset.variables.push_back(std::move(variable));
  }
}

std::optional<double> role_number(const Image& image, std::size_t band,
                                  std::string_view role) {
  const MetadataItem* const item = find_role(image.metadata, band, role);
  if (item == nullptr) return std::nullopt;
  const auto value = fill_value(item->text, ElementType::float64);
  if (!value) return std::nullopt;
  return std::get<std::vector<double>>(*value).front();
}

void add_packing(const Image& image, std::size_t band,
                 std::vector<Attribute>& attributes) {
  const double factor = role_number(image, band, "scale").value_or(1);
  const double offset = role_number(image, band, "offset").value_or(0);
  if (factor == 1 && offset == 0) return;
  attributes.push_back({"scale_factor", std::vector{factor}});
  attributes.push_back({"add_offset", std::vector{offset}});
}

// Texts of the band that have no meaning here; statistics are of the samples, not of
// their gradient.
void add_others(const Image& image, std::size_t band,
                std::vector<Attribute>& attributes) {
  for (const MetadataItem& item : image.metadata) {
    const bool is_plain = item.band == band && item.role.empty() && item.domain.empty() &&
                          !item.name.empty() && !item.name.starts_with("STATISTICS_");
    const bool is_taken = std::ranges::find(reserved, item.name) != reserved.end() ||
                          has_attribute(attributes, item.name);
    if (is_plain && !is_taken) attributes.push_back({item.name, item.text});
  }
}

// Bands that have no other name are called so.
bool is_usual_name(std::string_view text) {
  constexpr std::string_view prefix = "band";
  const auto is_digit = [](unsigned char letter) { return std::isdigit(letter) != 0; };
  return text.starts_with(prefix) &&
         std::ranges::all_of(text.substr(prefix.size()), is_digit);
}

// A description that can be typed as the name of a variable, and that no other has.
bool is_name(const std::string& text, const Dataset& dataset) {
  const auto is_letter = [](unsigned char letter) {
    return std::isalnum(letter) != 0 || letter == '_';
  };
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) == 0 &&
         std::ranges::all_of(text, is_letter) &&
         std::ranges::find(coordinate_names, text) == coordinate_names.end() &&
         !is_usual_name(text) && find_variable(dataset, text) == nullptr;
}

void add_band(const Image& image, std::size_t band, Dataset& dataset) {
  const Layout& layout = image.layout;
  Variable variable;
  variable.name = "band" + std::to_string(band + 1);
  variable.type = layout.type;
  variable.dimensions = {0, 1};
  std::vector<Attribute>& attributes = variable.attributes;
  if (const auto fill = fill_value(image.nodata, layout.type)) {
    attributes.push_back({"_FillValue", *fill});
  }
  if (const auto* description = find_role(image.metadata, band, "description")) {
    const std::string& text = description->text;
    if (is_name(text, dataset)) {
      variable.name = text;
    } else if (text != variable.name) {
      add_text(attributes, "long_name", text);
    }
  }
  if (const auto* unit = find_role(image.metadata, band, "unittype")) {
    add_text(attributes, "units", unit->text);
  }
  add_packing(image, band, attributes);
  // Coordinates come first; bands may be very many.
  if (!dataset.variables.empty() && dataset.variables.front().name == "yc") {
    add_text(attributes, "coordinates", "yc xc");
  }
  add_others(image, band, attributes);
  variable.storage.filters = filters_of(layout.compression);
  variable.storage.chunks = visible_chunks(layout);
  dataset.variables.push_back(std::move(variable));
}

void require_masks(const TiffFile& file, const Image& image) {
  const ElementType type = image.layout.type;
  const bool is_masked = type != ElementType::float16 && type != ElementType::complex64 &&
                         type != ElementType::complex128;
  if (is_masked || !fill_value(image.nodata, type)) return;
  throw Error(ErrorCode::unsupported, file.path(),
              "missing samples (GDAL_NODATA) among samples of " +
                  std::string(name(type)) +
                  "; integers, float32 and float64 may have some");
}

}  // namespace

Image read_image(const TiffFile& file) {
  Image image;
  image.kind = TIFFIsBigTIFF(file.tiff()) != 0 ? TiffKind::big : TiffKind::classic;
  image.layout = read_layout(file);
  image.georeference = read_georeference(file);
  image.nodata = read_text(file, gdal_nodata);
  image.metadata = parse_metadata(read_text(file, gdal_metadata));
  for (const TextTag& tag : text_tags) {
    std::string text = read_text(file, tag.number);
    if (!text.empty()) image.metadata.push_back({tag.name, std::move(text)});
  }
  require_masks(file, image);
  return image;
}

Dataset labels_of(const Image& image) {
  Dataset dataset;
  dataset.format_name = image.kind == TiffKind::big ? "GeoTIFF (BigTIFF)" : "GeoTIFF";
  dataset.dimensions = {{"y", image.layout.height}, {"x", image.layout.width}};
  add_coordinates(georeference_of(image.georeference), dataset);
  for (std::size_t band = 0; band < image.layout.bands; ++band) {
    add_band(image, band, dataset);
  }
  for (const MetadataItem& item : image.metadata) {
    const bool is_plain = !item.band && item.domain.empty() && !item.name.empty();
    if (is_plain && !has_attribute(dataset.attributes, item.name)) {
      dataset.attributes.push_back({item.name, item.text});
    }
  }
  return dataset;
}

}  // namespace gridgrad::io::geotiff
