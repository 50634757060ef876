// staggered_grid.cpp: which differences make a component, and what can be wrong with a
// call
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/staggered_grid.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "footprint.hpp"
#include "message.hpp"
#include "staggered_parts.hpp"
#include "staggered_sum.hpp"

namespace gridgrad {
namespace {

// One difference of an operator: of which component, along which direction.
struct Step {
  std::size_t component;
  std::size_t direction;
  bool is_subtracted = false;
};

// What values are multiplied by and sums divided by; null: 1.
struct Weights {
  const KeptMeasures* of_values = nullptr;
  const KeptMeasures* of_sums = nullptr;
};

// An operator and the arrays of a call. Components and arguments are named as users know
// them: those at the centres are one.
class Call {
 public:
  Call(const StaggeredParts& parts, Place from, Place to)
      : parts_(parts), from_(from), to_(to) {}

  void run(std::span<const AnyField> fields, std::span<const AnyOutput> out,
           Execution execution) {
    fields_ = fields;
    out_ = out;
    check_counts();
    const AnyField& first = fields_[0];
    parts_.check_rank(first.extents.size());
    centres_ = parts_.shape(first.extents, 0);
    check_fields();
    check_results();
    std::vector<StaggeredSum> sums;
    for (std::size_t c = 0; c < out_.size(); ++c) sums.push_back(sum(c));
    for (const StaggeredSum& one : sums) evaluate(one, execution);
  }

 private:
  static std::string text(Place place, std::size_t component, std::size_t count) {
    constexpr const char* names[] = {"centres", "faces", "edges"};
    std::string name = names[static_cast<std::size_t>(place)];
    return count == 1 ? name : name + "[" + std::to_string(component) + "]";
  }

  void check_count(Place place, std::size_t given) const {
    const std::size_t needed = parts_.components(place);
    if (given == needed) return;
    throw Error(ErrorCode::bad_shape, text(place, 0, 1),
                counted(given, "component") + " given; " + std::to_string(needed) +
                    (needed == 1 ? " is needed" : " are needed"));
  }
  void check_counts() const {
    check_count(from_, fields_.size());
    check_count(to_, out_.size());
  }

  template <class Array>
  void check_array(Place place, std::size_t c, const Array& array) const {
    const std::string argument = text(place, c, parts_.components(place));
    const bool is_real =
        array.type == ElementType::float32 || array.type == ElementType::float64;
    if (!is_real || array.type != fields_[0].type) {
      throw Error(ErrorCode::bad_type, argument,
                  std::string(name(array.type)) +
                      " given; float32 or float64, all arrays alike, is needed");
    }
    const std::vector<std::size_t> needed = parts_.shape(centres_, parts_.bits(place, c));
    if (std::ranges::equal(array.extents, needed)) return;
    throw Error(ErrorCode::bad_shape, argument,
                "shape " + shape_text(array.extents) + " given; " + shape_text(needed) +
                    " is needed");
  }

  void check_fields() const {
    for (std::size_t c = 0; c < fields_.size(); ++c) {
      check_array(from_, c, fields_[c]);
      if (fields_[c].marks.is_empty()) continue;
      throw Error(ErrorCode::bad_argument, text(from_, c, fields_.size()),
                  "marks of missing samples given; holes are NaN here");
    }
  }

  void check_results() const {
    for (std::size_t c = 0; c < out_.size(); ++c) {
      check_array(to_, c, out_[c]);
      for (const AnyField& field : fields_) check_apart(c, footprint(field), "a field");
      for (std::size_t other = 0; other < c; ++other) {
        check_apart(c, footprint(out_[other]), "another result");
      }
    }
  }
  void check_apart(std::size_t c, const Footprint& other, const char* what) const {
    const bool is_empty = std::ranges::find(out_[c].extents, 0U) != out_[c].extents.end();
    if (is_empty || are_disjoint(footprint(out_[c]), other)) return;
    throw Error(ErrorCode::bad_argument, text(to_, c, out_.size()),
                std::string("overlaps ") + what + "; memory of its own is needed");
  }

  // The differences that make a component.
  [[nodiscard]] std::vector<Step> steps(std::size_t c) const {
    if (from_ == Place::centres) return {{0, c}};
    if (to_ == Place::centres) {
      std::vector<Step> all;
      for (std::size_t d = 0; d < fields_.size(); ++d) all.push_back({d, d});
      return all;
    }
    if (!parts_.is_plane()) {
      constexpr std::size_t count = 3;
      const std::size_t a = (c + 1) % count;
      const std::size_t b = (c + 2) % count;
      return {{b, a}, {a, b, true}};
    }
    if (to_ == Place::edges) return {{1, 0}, {0, 1, true}};
    return {{0, 1 - c, c == 1}};
  }

  [[nodiscard]] Weights weights() const {
    if (!parts_.measures) return {};
    const StaggeredParts::Measures& of = *parts_.measures;
    if (from_ == Place::centres) return {nullptr, &of.distances};
    if (to_ == Place::centres) return {&of.face_areas, &of.volumes};
    if (to_ == Place::edges) return {&of.distances, &of.dual_areas};
    return {parts_.is_plane() ? nullptr : &of.edge_lengths, &of.face_areas};
  }

  [[nodiscard]] StaggeredSum sum(std::size_t c) const {
    const FaceBits at = parts_.bits(to_, c);
    const Weights weights = this->weights();
    StaggeredSum sum = {out_[c]};
    for (const Step& step : steps(c)) {
      const AnyField& field = fields_[step.component];
      StaggeredTerm term = {field,
                            {},
                            parts_.directions[step.direction].axis,
                            parts_.neighbours(step.direction, at),
                            nullptr,
                            step.is_subtracted};
      if (!parts_.measures) {
        const bool is_face = (at & StaggeredParts::bit(step.direction)) != 0;
        const StaggeredParts::Distances& along = parts_.distances[step.direction];
        term.distances = is_face ? along.at_faces.data() : along.at_centres.data();
      }
      if (weights.of_values != nullptr) {
        term.measure = measure_of(*weights.of_values, step.component, field.extents);
      }
      sum.terms.push_back(term);
    }
    if (weights.of_sums != nullptr) {
      sum.divisor = measure_of(*weights.of_sums, c, out_[c].extents);
    }
    return sum;
  }

  const StaggeredParts& parts_;
  Place from_;
  Place to_;
  std::span<const AnyField> fields_;
  std::span<const AnyOutput> out_;
  std::vector<std::size_t> centres_;
};

}  // namespace

StaggeredGrid::StaggeredGrid(std::vector<StaggeredAlong> directions)
    : StaggeredGrid(
          std::make_shared<const StaggeredParts>(checked_parts(std::move(directions)))) {}

StaggeredGrid::StaggeredGrid(std::shared_ptr<const StaggeredParts> parts)
    : parts_(std::move(parts)) {}

StaggeredGrid StaggeredGrid::with_measures(const StaggeredMeasures& measures) const {
  auto parts = std::make_shared<StaggeredParts>(*parts_);
  parts->measures = kept_measures(measures, *parts_);
  return StaggeredGrid(std::move(parts));
}

std::vector<std::size_t> StaggeredGrid::shape(std::span<const std::size_t> centres,
                                              Place place, std::size_t direction) const {
  if (direction >= components(place)) {
    throw Error(ErrorCode::bad_argument, "direction",
                std::to_string(direction) + " given; less than " +
                    std::to_string(components(place)) + " is needed");
  }
  return parts_->shape(centres, parts_->bits(place, direction));
}

std::size_t StaggeredGrid::components(Place place) const noexcept {
  return parts_->components(place);
}

std::vector<std::size_t> StaggeredGrid::centres_of(std::span<const AnyField> fields,
                                                   Place place) const {
  if (fields.empty()) {
    throw Error(
        ErrorCode::bad_shape, "fields",
        "0 components given; " + std::to_string(components(place)) + " are needed");
  }
  return parts_->shape(fields[0].extents, 0);
}

void StaggeredGrid::gradient_into(const AnyField& centres,
                                  std::span<const AnyOutput> faces,
                                  Execution execution) const {
  Call(*parts_, Place::centres, Place::faces).run({&centres, 1}, faces, execution);
}

void StaggeredGrid::divergence_into(std::span<const AnyField> faces,
                                    const AnyOutput& centres, Execution execution) const {
  Call(*parts_, Place::faces, Place::centres).run(faces, {&centres, 1}, execution);
}

void StaggeredGrid::curl_to_edges_into(std::span<const AnyField> faces,
                                       std::span<const AnyOutput> edges,
                                       Execution execution) const {
  Call(*parts_, Place::faces, Place::edges).run(faces, edges, execution);
}

void StaggeredGrid::curl_to_faces_into(std::span<const AnyField> edges,
                                       std::span<const AnyOutput> faces,
                                       Execution execution) const {
  Call(*parts_, Place::edges, Place::faces).run(edges, faces, execution);
}

}  // namespace gridgrad
