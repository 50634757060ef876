// io/geotiff/georeference.cpp: the keys and the transform of the GeoTIFF standard
//
// SPDX-License-Identifier: BSD-3-Clause

#include "georeference.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace gridgrad::io::geotiff {
namespace {

enum Key : std::uint16_t {
  model_type = 1024,
  raster_type = 1025,
  angular_units = 2054,
  linear_units = 3076,
};

constexpr std::uint16_t projected = 1;
constexpr std::uint16_t geographic = 2;
constexpr std::uint16_t pixel_is_point = 2;

struct Unit {
  std::uint16_t code;  // of EPSG
  const char* name;    // of UDUNITS
};

constexpr std::array<Unit, 7> units = {{{9001, "metre"},
                                        {9002, "foot"},
                                        {9003, "US_survey_foot"},
                                        {9036, "kilometre"},
                                        {9101, "radian"},
                                        {9102, "degree"},
                                        {9105, "grade"}}};

std::string unit_of(std::optional<std::uint16_t> code) {
  const auto* const found = std::ranges::find(units, code, &Unit::code);
  return found == units.end() ? "" : found->name;
}

// The value of a key that is kept in the directory itself.
std::optional<std::uint16_t> key_of(const std::vector<Tag>& tags, Key key) {
  const auto* const directory =
      find_tag<std::vector<std::uint16_t>>(tags, geo_key_directory);
  constexpr std::size_t entry = 4;  // key, tag of the value, count, value
  if (directory == nullptr) return std::nullopt;
  for (std::size_t at = entry; at + entry <= directory->size(); at += entry) {
    const bool is_here = (*directory)[at + 1] == 0;
    if ((*directory)[at] == key && is_here) return (*directory)[at + 3];
  }
  return std::nullopt;
}

const std::vector<double>* numbers_of(const std::vector<Tag>& tags, TagNumber number,
                                      std::size_t least) {
  const auto* const numbers = find_tag<std::vector<double>>(tags, number);
  return numbers != nullptr && numbers->size() >= least ? numbers : nullptr;
}

bool is_sound(const Transform& transform) {
  const std::array<double, 8> numbers = {transform.column,
                                         transform.row,
                                         transform.x,
                                         transform.y,
                                         transform.x_per_row,
                                         transform.x_per_column,
                                         transform.y_per_column,
                                         transform.y_per_row};
  const bool is_finite =
      std::ranges::all_of(numbers, [](double number) { return std::isfinite(number); });
  const bool has_area = transform.x_per_column * transform.y_per_row !=
                        transform.x_per_row * transform.y_per_column;
  return is_finite && has_area;
}

// As the tags have it; the tie point is a corner or a centre of a pixel.
std::optional<Transform> transform_in(const std::vector<Tag>& tags) {
  const auto* const scale = numbers_of(tags, model_pixel_scale, 2);
  const auto* const tie = numbers_of(tags, model_tiepoint, 6);
  if (scale != nullptr && tie != nullptr) {
    const double right = (*scale)[0];
    const double down = (*scale)[1];
    // The standard and GDAL disagree in what a negative scale means.
    if (!(right > 0) || !(down > 0)) return std::nullopt;
    return Transform{(*tie)[0], (*tie)[1], (*tie)[3], (*tie)[4], right, 0, 0, -down};
  }
  constexpr std::size_t matrix_size = 16;
  const auto* const matrix = numbers_of(tags, model_transformation, matrix_size);
  if (scale != nullptr || matrix == nullptr) return std::nullopt;
  const std::vector<double>& m = *matrix;
  return Transform{0, 0, m[3], m[7], m[0], m[1], m[4], m[5]};
}

}  // namespace

double Transform::x_at(double at_row, double at_column) const {
  return std::fma(at_column - column, x_per_column, std::fma(at_row - row, x_per_row, x));
}

double Transform::y_at(double at_row, double at_column) const {
  return std::fma(at_row - row, y_per_row, std::fma(at_column - column, y_per_column, y));
}

Georeference georeference_of(const std::vector<Tag>& tags) {
  Georeference reference;
  const auto model = key_of(tags, model_type);
  if (model == projected) {
    reference.model = Georeference::Model::projected;
    reference.unit = unit_of(key_of(tags, linear_units));
  } else if (model == geographic) {
    constexpr std::uint16_t degree = 9102;
    reference.model = Georeference::Model::geographic;
    reference.unit = unit_of(key_of(tags, angular_units).value_or(degree));
  }
  reference.transform = transform_in(tags);
  if (!reference.transform || !is_sound(*reference.transform)) {
    reference.transform.reset();
    return reference;
  }
  if (key_of(tags, raster_type) != pixel_is_point) {
    // Samples lie in the middle of their pixels, half a pixel from the corner.
    constexpr double half = 0.5;
    reference.transform->column -= half;
    reference.transform->row -= half;
  }
  return reference;
}

}  // namespace gridgrad::io::geotiff
