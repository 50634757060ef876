// io/geotiff/georeference.hpp: where the samples of an image lie on the earth
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tags.hpp"

namespace gridgrad::io::geotiff {

// From places in the image to coordinates; `column` and `row` are those of the tie point
// (x, y), as numbers of samples.
struct Transform {
  double column = 0;
  double row = 0;
  double x = 0;
  double y = 0;
  double x_per_column = 0;
  double x_per_row = 0;
  double y_per_column = 0;
  double y_per_row = 0;

  [[nodiscard]] bool is_rotated() const noexcept {
    return x_per_row != 0 || y_per_column != 0;
  }

  // Each rounded once where the transform is not rotated, so that equal steps are seen as
  // such.
  [[nodiscard]] double x_at(double at_row, double at_column) const;
  [[nodiscard]] double y_at(double at_row, double at_column) const;
};

struct Georeference {
  enum class Model { unknown, projected, geographic };

  Model model = Model::unknown;
  std::optional<Transform> transform;  // nothing if the tags do not say it plainly
  std::string unit;                    // of lengths, or of angles; empty: not known
};

// Never throws: tags that are wrong are as if they were not there.
[[nodiscard]] Georeference georeference_of(const std::vector<Tag>& tags);

}  // namespace gridgrad::io::geotiff
