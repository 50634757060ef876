// cli/points.hpp: the locations that a field is asked for, block by block
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "point_columns.hpp"

namespace gridgrad::cli {

// Whether a cell is what tables write where there is no number; "nan" is one.
[[nodiscard]] bool is_missing(std::string_view cell);

// What stands above the rows of a table.
struct PointHeader {
  std::vector<std::string> names;  // of the columns; empty if they have none
  std::string text;                // as it stands in the file
  char separator = ',';
  std::string line_end = "\n";
};

enum class RowText { kept, dropped };

// Some rows: their locations, in C order, and what stands in them, if that is kept.
struct PointBlock {
  explicit PointBlock(RowText kept) : row_text(kept) {}

  RowText row_text;
  std::size_t rows = 0;
  std::vector<double> locations;
  std::string text;
  std::vector<std::size_t> ends;  // of the rows in the text

  void clear();
  void end_row();
  [[nodiscard]] std::string_view row(std::size_t k) const {
    const std::size_t first = k == 0 ? 0 : ends[k - 1];
    return std::string_view(text).substr(first, ends[k] - first);
  }
};

// Points of a file, read once.
class Points {
 public:
  virtual ~Points() = default;
  [[nodiscard]] virtual const PointHeader& header() const = 0;

  // Reads the next rows, of which there are none at the end. Throws Error: io naming
  // file, line and column for what is no number.
  virtual void read(PointBlock& block) = 0;
};

// A table with columns for `axes`, or an array .npy of shape (n, axes). Columns without
// names are accepted of unnamed axes alone, as many and in their order. Throws Error: io;
// bad_argument, bad_shape, bad_type, naming what the points have.
enum class AxisNames { given, numbered };
[[nodiscard]] std::unique_ptr<Points> open_points(const std::string& path,
                                                  const std::vector<PointAxis>& axes,
                                                  AxisNames names, Notes notes);

}  // namespace gridgrad::cli
