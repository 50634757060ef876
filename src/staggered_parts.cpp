// staggered_parts.cpp: directions and measures taken in and checked
//
// SPDX-License-Identifier: BSD-3-Clause

#include "staggered_parts.hpp"

#include <string>
#include <utility>
#include <variant>

#include "message.hpp"
#include "staggered_rows.hpp"

namespace gridgrad {
namespace {

DoubleDouble distance(const StaggeredAxis& axis, std::ptrdiff_t from, std::ptrdiff_t to) {
  const StaggeredAxis::Lattice& lattice = axis.lattice();
  if (lattice.size) return *lattice.size;
  return lattice.at(to) - lattice.at(from);
}

StaggeredParts::Distances distances_of(const StaggeredAlong& along) {
  StaggeredParts::Distances distances;
  const auto last = static_cast<std::ptrdiff_t>(2 * along.cells.cells());
  for (std::ptrdiff_t h = 1; h < last; h += 2) {
    distances.at_centres.push_back(distance(along.cells, h - 1, h + 1).high);
  }
  const Stand faces = stand_of(along.faces, along.cells.cells());
  for (std::size_t v = 0; v < faces.count; ++v) {
    const std::ptrdiff_t h = faces.at(static_cast<std::ptrdiff_t>(v));
    const bool is_wall = !along.cells.is_periodic() && (h == 0 || h == last);
    distances.at_faces.push_back(is_wall ? 1 : distance(along.cells, h - 1, h + 1).high);
  }
  return distances;
}

KeptMeasure kept(const StridedView<const double>& measure) {
  KeptMeasure kept = {{measure.extents().begin(), measure.extents().end()}, {}};
  std::vector<std::size_t> index(measure.rank(), 0);
  for (std::size_t count = measure.size(); count > 0; --count) {
    std::ptrdiff_t at = 0;
    for (std::size_t d = 0; d < index.size(); ++d) {
      at += static_cast<std::ptrdiff_t>(index[d]) * measure.strides()[d];
    }
    kept.numbers.push_back(measure.data()[at]);
    for (std::size_t d = index.size(); d-- > 0;) {
      if (++index[d] < measure.extents()[d]) break;
      index[d] = 0;
    }
  }
  return kept;
}

KeptMeasures kept(const char* name, const StaggeredMeasures::Views& measures,
                  std::size_t count) {
  if (!measures.empty() && measures.size() != count) {
    throw Error(ErrorCode::bad_shape, name,
                counted(measures.size(), "array") + " given; " + std::to_string(count) +
                    " or none are needed");
  }
  KeptMeasures list = {name};
  for (const StridedView<const double>& measure : measures) {
    list.arrays.push_back(kept(measure));
  }
  return list;
}

void check(const StaggeredAlong& direction) {
  const StaggeredAxis& cells = direction.cells;
  check_period(cells, stand_of(direction.faces, cells.cells()));
  if (std::holds_alternative<Constant>(cells.lower()) ||
      std::holds_alternative<Constant>(cells.upper())) {
    throw Error(ErrorCode::bad_argument, "boundary",
                "a constant given; directions of a grid are periodic or closed by walls");
  }
}

}  // namespace

FaceBits StaggeredParts::bits(Place place, std::size_t component) const noexcept {
  if (place == Place::centres) return 0;
  if (place == Place::faces) return bit(component);
  const FaceBits all = bit(directions.size()) - 1;
  return is_plane() ? all : all & ~bit(component);
}

std::size_t StaggeredParts::components(Place place) const noexcept {
  if (place == Place::centres || (place == Place::edges && is_plane())) return 1;
  return directions.size();
}

std::vector<std::size_t> StaggeredParts::shape(std::span<const std::size_t> centres,
                                               FaceBits at) const {
  check_rank(centres.size());
  std::vector<std::size_t> shape(centres.begin(), centres.end());
  for (std::size_t d = 0; d < directions.size(); ++d) {
    const auto& [axis, cells, faces] = directions[d];
    const bool is_face = (at & bit(d)) != 0;
    shape[axis] = is_face ? count_of(faces, cells.cells()) : cells.cells();
  }
  return shape;
}

Neighbours StaggeredParts::neighbours(std::size_t d, FaceBits to) const {
  using enum Neighbours::Beyond;
  const auto& [axis, cells, faces] = directions[d];
  const Stand stand = stand_of(faces, cells.cells());
  const bool is_to_faces = (to & bit(d)) != 0;
  const std::ptrdiff_t first_face = stand.first / 2;
  Neighbours neighbours = {};
  neighbours.below = is_to_faces ? first_face - 1 : -first_face;
  neighbours.count = is_to_faces ? cells.cells() : stand.count;
  neighbours.beyond = cells.is_periodic() ? wraps
                      : is_to_faces       ? has_no_difference
                                          : is_zero;
  return neighbours;
}

void StaggeredParts::check_rank(std::size_t rank) const {
  for (const StaggeredAlong& direction : directions) {
    if (direction.axis < rank) continue;
    throw Error(ErrorCode::bad_shape, "field",
                "rank " + std::to_string(rank) + " given; the grid lies along axis " +
                    std::to_string(direction.axis) + ", axes count from 0");
  }
}

StaggeredParts checked_parts(std::vector<StaggeredAlong> directions) {
  constexpr std::size_t fewest = 2;
  constexpr std::size_t most = 3;
  if (directions.size() < fewest || directions.size() > most) {
    throw Error(ErrorCode::bad_argument, "directions",
                std::to_string(directions.size()) + " given; 2 or 3 are needed");
  }
  StaggeredParts parts = {std::move(directions), {}};
  for (std::size_t d = 0; d < parts.directions.size(); ++d) {
    const StaggeredAlong& direction = parts.directions[d];
    check(direction);
    for (std::size_t other = 0; other < d; ++other) {
      if (parts.directions[other].axis != direction.axis) continue;
      throw Error(ErrorCode::bad_axis, "axis",
                  std::to_string(direction.axis) +
                      " given twice; each direction has an axis of its own");
    }
    parts.distances.push_back(distances_of(direction));
  }
  return parts;
}

StaggeredParts::Measures kept_measures(const StaggeredMeasures& measures,
                                       const StaggeredParts& parts) {
  const std::size_t count = parts.directions.size();
  return {kept("distances", measures.distances, count),
          kept("face_areas", measures.face_areas, count),
          kept("volumes", measures.volumes, 1),
          kept("edge_lengths", measures.edge_lengths, parts.components(Place::edges)),
          kept("dual_areas", measures.dual_areas, parts.components(Place::edges))};
}

Measure measure_of(const KeptMeasures& measures, std::size_t component,
                   std::span<const std::size_t> extents) {
  if (measures.arrays.empty()) {
    throw Error(ErrorCode::bad_argument, measures.name,
                "not given; this operator needs them");
  }
  const KeptMeasure& measure = measures.arrays[component];
  Measure result = {measure.numbers.data(), {}};
  result.strides.assign(extents.size(), 0);
  const std::size_t rank = measure.extents.size();
  bool fits = rank <= extents.size();
  std::ptrdiff_t stride = 1;
  for (std::size_t k = 1; fits && k <= rank; ++k) {
    const std::size_t extent = measure.extents[rank - k];
    const std::size_t axis = extents.size() - k;
    fits = extent == 1 || extent == extents[axis];
    if (extent != 1) result.strides[axis] = stride;
    stride *= static_cast<std::ptrdiff_t>(extent);
  }
  if (fits) return result;
  throw Error(ErrorCode::bad_shape, measures.name,
              "shape " + shape_text(measure.extents) + " given; one that broadcasts to " +
                  shape_text(extents) + " is needed");
}

}  // namespace gridgrad
