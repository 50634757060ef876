// staggered.cpp: cells taken in and checked
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/staggered.hpp"

#include <string>
#include <utility>
#include <variant>

#include "gridgrad/axis.hpp"
#include "message.hpp"
#include "positions.hpp"
#include "staggered_rows.hpp"

namespace gridgrad {
namespace {

[[noreturn]] void refuse(const char* argument, const std::string& message) {
  throw Error(ErrorCode::bad_argument, argument, message);
}

std::shared_ptr<const Coordinates> line_of(const char* argument, const AnyField& given) {
  if (given.extents.size() != 1) {
    throw Error(ErrorCode::bad_shape, argument,
                "rank " + std::to_string(given.extents.size()) +
                    " given; the positions of one line, rank 1, are needed");
  }
  return Axis::at(given).coordinates();
}

bool is_between(DoubleDouble x, DoubleDouble a, DoubleDouble b) {
  const double below = (x - a).high;
  const double above = (b - x).high;
  return (below > 0 && above > 0) || (below < 0 && above < 0);
}

void check_end(const Boundary& end) {
  const bool is_known = std::holds_alternative<OneSided>(end) ||
                        std::holds_alternative<Periodic>(end) ||
                        std::holds_alternative<Constant>(end);
  if (!is_known) {
    refuse("boundary",
           "a mirror, a slope, nearest or a halo given; the ends of cells are one-sided, "
           "periodic or have a constant");
  }
}

}  // namespace

DoubleDouble StaggeredAxis::Lattice::at(std::ptrdiff_t h) const {
  const auto period = static_cast<std::ptrdiff_t>(2 * cells);
  if (h < 0) return at(h + period) - ((*faces)[cells] - (*faces)[0]);
  if (h > period) return at(h - period) + ((*faces)[cells] - (*faces)[0]);
  const auto i = static_cast<std::size_t>(h / 2);
  if (h % 2 == 0) return (*faces)[i];
  if (centres != nullptr) return (*centres)[i];
  constexpr double half = 0.5;
  return scaled((*faces)[i] + (*faces)[i + 1], half);
}

Stand stand_of_centres(std::size_t cells) {
  return {1, cells};
}

Stand stand_of(Faces faces, std::size_t cells) {
  switch (faces) {
    case Faces::left:
      return {0, cells};
    case Faces::right:
      return {2, cells};
    case Faces::inner:
      return {2, cells - 1};
    case Faces::outer:
      break;
  }
  return {0, cells + 1};
}

void check_period(const StaggeredAxis& axis, const Stand& faces) {
  if (!axis.is_periodic() || faces.count == axis.cells()) return;
  refuse("faces", "inner or outer given for a periodic axis; left or right is needed");
}

std::size_t count_of(Faces faces, std::size_t cells) noexcept {
  return stand_of(faces, cells).count;
}

StaggeredAxis::StaggeredAxis(std::shared_ptr<const Lattice> lattice)
    : lattice_(std::move(lattice)) {}

StaggeredAxis StaggeredAxis::spaced(std::size_t cells, double size) {
  if (cells == 0) refuse("cells", "0 given; at least 1 is needed");
  static_cast<void>(Axis::spaced(size));  // checks it
  return StaggeredAxis(std::make_shared<const Lattice>(
      Lattice{cells, DoubleDouble{size, 0}, nullptr, nullptr}));
}

StaggeredAxis StaggeredAxis::at(const AnyField& faces) {
  const std::shared_ptr<const Coordinates> x = line_of("faces", faces);
  constexpr std::size_t fewest = 2;
  if (x->size() < fewest) {
    throw Error(ErrorCode::bad_shape, "faces",
                counted(x->size(), "position") +
                    " given; one more than cells, at least 2, are needed");
  }
  if (!is_monotone(*x)) {
    refuse("faces", "not monotone; increasing or decreasing positions are needed");
  }
  const std::optional<DoubleDouble> size =
      placement_of(Axis().with_coordinates(x), x->size()).spacing;
  return StaggeredAxis(
      std::make_shared<const Lattice>(Lattice{x->size() - 1, size, x, nullptr}));
}

StaggeredAxis StaggeredAxis::with_centres(const AnyField& centres) const {
  const std::shared_ptr<const Coordinates> x = line_of("centres", centres);
  if (x->size() != cells()) {
    throw Error(ErrorCode::bad_shape, "centres",
                counted(x->size(), "position") + " given for " +
                    counted(cells(), "cell") + "; one per cell is needed");
  }
  if (lattice_->faces == nullptr) {
    refuse("centres", "given for cells without faces; their positions are needed");
  }
  const Coordinates& faces = *lattice_->faces;
  for (std::size_t i = 0; i < cells(); ++i) {
    if (is_between((*x)[i], faces[i], faces[i + 1])) continue;
    refuse("centres", text(x->high[i]) + " given for cell " + std::to_string(i) +
                          "; a position between its faces, " + text(faces.high[i]) +
                          " and " + text(faces.high[i + 1]) + ", is needed");
  }
  StaggeredAxis axis = *this;
  axis.lattice_ =
      std::make_shared<const Lattice>(Lattice{cells(), std::nullopt, lattice_->faces, x});
  return axis;
}

StaggeredAxis StaggeredAxis::with_ends(Boundary lower, Boundary upper) const {
  check_end(lower);
  check_end(upper);
  const bool wraps = std::holds_alternative<Periodic>(lower);
  if (wraps != std::holds_alternative<Periodic>(upper)) {
    refuse("boundary", "periodic at one end only; both or none is needed");
  }
  if (wraps && (std::get<Periodic>(lower).period || std::get<Periodic>(upper).period)) {
    refuse("period", "given for cells; none is needed, it is the sum of all cells");
  }
  StaggeredAxis axis = *this;
  axis.lower_ = std::move(lower);
  axis.upper_ = std::move(upper);
  return axis;
}

std::size_t StaggeredAxis::cells() const noexcept {
  return lattice_->cells;
}

bool StaggeredAxis::is_periodic() const noexcept {
  return std::holds_alternative<Periodic>(lower_);
}

Difference to_faces(const StaggeredAxis& axis, Faces faces, const Scheme& scheme,
                    Execution execution) {
  return Difference(std::make_shared<const RowTable>(
      staggered_rows(axis, stand_of_centres(axis.cells()), stand_of(faces, axis.cells()),
                     scheme, execution)));
}

Difference to_centres(const StaggeredAxis& axis, Faces faces, const Scheme& scheme,
                      Execution execution) {
  return Difference(std::make_shared<const RowTable>(
      staggered_rows(axis, stand_of(faces, axis.cells()), stand_of_centres(axis.cells()),
                     scheme, execution)));
}

}  // namespace gridgrad
