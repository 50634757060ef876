// staggered_rows.hpp: from cells and a scheme to rows that lie between samples
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include "coordinates.hpp"
#include "double_double.hpp"
#include "gridgrad/staggered.hpp"
#include "row_table.hpp"

namespace gridgrad {

// Positions in half cells: 2 i is the lower face of cell i, 2 i + 1 its centre.
struct StaggeredAxis::Lattice {
  std::size_t cells;
  // Set where all cells are equal and the centres midway.
  std::optional<DoubleDouble> size;
  std::shared_ptr<const Coordinates> faces;    // null if given by a size
  std::shared_ptr<const Coordinates> centres;  // null if midway

  // The position of half cell h, beyond the ends as of a periodic axis, not further than
  // a period. Precondition: the cells have faces.
  [[nodiscard]] DoubleDouble at(std::ptrdiff_t h) const;
};

// Where every second half cell has a value: value v is at half cell 2 v + first.
struct Stand {
  std::ptrdiff_t first;
  std::size_t count;

  [[nodiscard]] std::ptrdiff_t at(std::ptrdiff_t v) const { return 2 * v + first; }
};
[[nodiscard]] Stand stand_of_centres(std::size_t cells);
[[nodiscard]] Stand stand_of(Faces faces, std::size_t cells);

// Throws Error: bad_argument if the axis is periodic and does not have as many faces as
// cells.
void check_period(const StaggeredAxis& axis, const Stand& faces);

// The first derivative at `rows` from samples at `samples`, one of them faces and the
// other centres. Checks as documented at to_faces.
[[nodiscard]] RowTable staggered_rows(const StaggeredAxis& axis, const Stand& samples,
                                      const Stand& rows, const Scheme& scheme,
                                      Execution execution);

}  // namespace gridgrad
