// staggered.cpp: derivatives between centres and faces, and the C grid
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/staggered.hpp"

#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <tuple>
#include <vector>

#include "arrays.hpp"
#include "axis.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/staggered_grid.hpp"
#include "topics.hpp"
#include "unlocked.hpp"

namespace gridgrad::python {
namespace {

using namespace nb::literals;

Faces faces_named(const std::string& name) {
  if (name == "left") return Faces::left;
  if (name == "right") return Faces::right;
  if (name == "inner") return Faces::inner;
  if (name == "outer") return Faces::outer;
  throw Error(ErrorCode::bad_argument, "faces",
              "'" + name + "' given; left, right, inner or outer is accepted");
}

Place place_named(const std::string& name) {
  if (name == "centres") return Place::centres;
  if (name == "faces") return Place::faces;
  if (name == "edges") return Place::edges;
  throw Error(ErrorCode::bad_argument, "place",
              "'" + name + "' given; centres, faces or edges is accepted");
}

using Along = std::tuple<std::size_t, StaggeredAxis, std::string>;

void make_grid(StaggeredGrid* self, const std::vector<Along>& directions) {
  std::vector<StaggeredAlong> along;
  for (const auto& [axis, cells, faces] : directions) {
    along.push_back({axis, cells, faces_named(faces)});
  }
  new (self) StaggeredGrid(along);
}

// Arrays that the library reads.
class Inputs {
 public:
  Inputs(const std::vector<nb::object>& arrays, const char* argument) {
    views_.reserve(arrays.size());
    for (const nb::object& array : arrays) views_.push_back(view_of(array, argument));
    for (const ArrayView& view : views_) fields_.push_back(view.field());
  }
  Inputs(const Inputs&) = delete;
  Inputs& operator=(const Inputs&) = delete;

  [[nodiscard]] std::span<const AnyField> fields() const { return fields_; }

  // Precondition: they are of float64.
  [[nodiscard]] StaggeredMeasures::Views doubles() const {
    StaggeredMeasures::Views doubles;
    for (const AnyField& field : fields_) {
      doubles.emplace_back(static_cast<const double*>(field.data), field.extents,
                           field.strides);
    }
    return doubles;
  }

 private:
  std::vector<ArrayView> views_;
  std::vector<AnyField> fields_;
};

using Arrays = std::vector<nb::object>;

// Distances, face areas, volumes, edge lengths and dual areas, all of float64.
StaggeredGrid with_measures(const StaggeredGrid& grid,
                            const std::vector<Arrays>& measures) {
  const auto doubles = [&](std::size_t k, const char* argument) {
    return Inputs(measures[k], argument).doubles();
  };
  return grid.with_measures({doubles(0, "distances"), doubles(1, "face_areas"),
                             doubles(2, "volumes"), doubles(3, "edge_lengths"),
                             doubles(4, "dual_areas")});
}

// What all operators have in common: components in and out.
template <class Apply>
auto into_arrays(const char* argument, Apply apply) {
  return [argument, apply](const StaggeredGrid& grid, const Arrays& fields,
                           const Arrays& out, std::size_t threads) {
    const Inputs inputs(fields, argument);
    const Outputs outputs(out);
    const Unlocked unlocked;
    apply(grid, inputs.fields(), outputs.views(), Execution{threads});
  };
}

void bind_grid(nb::module_& module) {
  using Fields = std::span<const AnyField>;
  using Results = std::span<const AnyOutput>;
  const auto gradient = [](const StaggeredGrid& grid, Fields in, Results out,
                           Execution execution) {
    grid.gradient_into(in[0], out, execution);
  };
  const auto divergence = [](const StaggeredGrid& grid, Fields in, Results out,
                             Execution execution) {
    grid.divergence_into(in, out[0], execution);
  };
  const auto to_edges = [](const StaggeredGrid& grid, Fields in, Results out,
                           Execution execution) {
    grid.curl_to_edges_into(in, out, execution);
  };
  const auto to_faces = [](const StaggeredGrid& grid, Fields in, Results out,
                           Execution execution) {
    grid.curl_to_faces_into(in, out, execution);
  };
  nb::class_<StaggeredGrid>(module, "StaggeredGrid")
      .def("__init__", make_grid, "directions"_a)
      .def("with_measures", with_measures, "measures"_a)
      .def(
          "shape",
          [](const StaggeredGrid& grid, const std::vector<std::size_t>& centres,
             const std::string& place, std::size_t direction) {
            return grid.shape(centres, place_named(place), direction);
          },
          "centres"_a, "place"_a, "direction"_a)
      .def(
          "components",
          [](const StaggeredGrid& grid, const std::string& place) {
            return grid.components(place_named(place));
          },
          "place"_a)
      .def("gradient", into_arrays("f", gradient), "fields"_a, "out"_a, "threads"_a)
      .def("divergence", into_arrays("faces", divergence), "fields"_a, "out"_a,
           "threads"_a)
      .def("curl_to_edges", into_arrays("faces", to_edges), "fields"_a, "out"_a,
           "threads"_a)
      .def("curl_to_faces", into_arrays("edges", to_faces), "fields"_a, "out"_a,
           "threads"_a);
}

}  // namespace

void bind_staggered(nb::module_& module) {
  nb::class_<StaggeredAxis>(module, "StaggeredAxis")
      .def_static("spaced", &StaggeredAxis::spaced, "cells"_a, "size"_a)
      .def_static(
          "at",
          [](nb::handle faces) {
            return StaggeredAxis::at(view_of(faces, "faces").field());
          },
          "faces"_a)
      .def(
          "with_centres",
          [](const StaggeredAxis& axis, nb::handle centres) {
            return axis.with_centres(view_of(centres, "centres").field());
          },
          "centres"_a)
      .def(
          "with_ends",
          [](const StaggeredAxis& axis, const std::string& lower, nb::handle lower_value,
             const std::string& upper, nb::handle upper_value) {
            return axis.with_ends(boundary_named(lower, lower_value),
                                  boundary_named(upper, upper_value));
          },
          "lower"_a, "lower_value"_a.none(), "upper"_a, "upper_value"_a.none())
      .def_prop_ro("cells", &StaggeredAxis::cells)
      .def_prop_ro("is_periodic", &StaggeredAxis::is_periodic);
  module.def(
      "to_faces",
      [](const StaggeredAxis& axis, const std::string& faces, const Scheme& scheme) {
        return to_faces(axis, faces_named(faces), scheme);
      },
      "axis"_a, "faces"_a, "scheme"_a);
  module.def(
      "to_centres",
      [](const StaggeredAxis& axis, const std::string& faces, const Scheme& scheme) {
        return to_centres(axis, faces_named(faces), scheme);
      },
      "axis"_a, "faces"_a, "scheme"_a);
  bind_grid(module);
}

}  // namespace gridgrad::python
