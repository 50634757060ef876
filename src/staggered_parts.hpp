// staggered_parts.hpp: what a staggered grid is made of
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "gridgrad/staggered_grid.hpp"
#include "staggered_sum.hpp"

namespace gridgrad {

// The numbers of one array of measures, in C order.
struct KeptMeasure {
  std::vector<std::size_t> extents;
  std::vector<double> numbers;
};

// One per direction, or one, or none, and what messages call them.
struct KeptMeasures {
  const char* name = "";
  std::vector<KeptMeasure> arrays = {};
};

// Directions along which a component stands on faces, one bit each.
using FaceBits = unsigned;

struct StaggeredParts {
  // Along one direction: from face to face at the centres, from centre to centre at the
  // faces. Those at walls are not read.
  struct Distances {
    std::vector<double> at_centres;
    std::vector<double> at_faces;
  };
  struct Measures {
    KeptMeasures distances;
    KeptMeasures face_areas;
    KeptMeasures volumes;
    KeptMeasures edge_lengths;
    KeptMeasures dual_areas;
  };

  std::vector<StaggeredAlong> directions;
  std::vector<Distances> distances;
  std::optional<Measures> measures = {};

  [[nodiscard]] bool is_plane() const noexcept { return directions.size() == 2; }
  [[nodiscard]] static FaceBits bit(std::size_t d) noexcept { return 1U << d; }
  [[nodiscard]] FaceBits bits(Place place, std::size_t component) const noexcept;
  [[nodiscard]] std::size_t components(Place place) const noexcept;

  // The shape of a component on such faces, of fields of a shape at the centres.
  [[nodiscard]] std::vector<std::size_t> shape(std::span<const std::size_t> centres,
                                               FaceBits at) const;

  // Which values the results that stand at `to` along a direction differ.
  [[nodiscard]] Neighbours neighbours(std::size_t d, FaceBits to) const;

  // Throws Error: bad_shape unless fields of this rank have all axes.
  void check_rank(std::size_t rank) const;
};

// Throws Error as documented at StaggeredGrid.
[[nodiscard]] StaggeredParts checked_parts(std::vector<StaggeredAlong> directions);
[[nodiscard]] StaggeredParts::Measures kept_measures(const StaggeredMeasures& measures,
                                                     const StaggeredParts& parts);

// A measure along the axes of an array. Throws Error: bad_shape, bad_argument (there is
// none).
[[nodiscard]] Measure measure_of(const KeptMeasures& measures, std::size_t component,
                                 std::span<const std::size_t> extents);

}  // namespace gridgrad
