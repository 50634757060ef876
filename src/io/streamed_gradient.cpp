// io/streamed_gradient.cpp: three tiles on their way at once
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/streamed_gradient.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <oneapi/tbb/parallel_pipeline.h>

#include "../known_ends.hpp"
#include "held_samples.hpp"

namespace gridgrad::io {
namespace {

struct Work {
  Tile tile;
  std::shared_ptr<const HeldSamples> field;
  std::vector<AnyArray> results;
};

// A view of samples, with the shape and strides that it refers to.
struct Part {
  const std::byte* first;
  std::vector<std::size_t> extents;
  std::vector<std::ptrdiff_t> strides;
};

AnyOutput output_of(AnyArray& array) {
  return std::visit(
      [](auto& typed) {
        using T = std::remove_pointer_t<decltype(typed.data())>;
        return AnyOutput(typed.data(), element_type<T>(), typed.extents(),
                         typed.strides());
      },
      array);
}

class Computation {
 public:
  Computation(const TilePlan& plan, const TileSteps& steps, Execution execution)
      : plan_(plan), steps_(steps), execution_(execution) {}

  void compute(Work& work) const {
    // What was read stays as it is: it may be copied for the next tile at this moment.
    std::optional<AnyArray> copy;
    if (steps_.prepare) copy = steps_.prepare(work.field->samples);
    const AnyArray& field = copy ? *copy : work.field->samples;
    const std::size_t components = plan_.along().size();
    for (std::size_t k = 0; k < components; ++k) {
      work.results.push_back(
          make_array(result_type(type_of(field)), work.tile.rows.extents));
    }
    std::vector<std::size_t> together;
    for (std::size_t k = 0; k < components; ++k) {
      const std::size_t axis = plan_.along()[k].axis;
      const bool is_whole = work.tile.rows.extents[axis] == plan_.field().extents[axis];
      if (plan_.difference(k) && is_whole) {
        together.push_back(k);
      } else {
        apply(work, field, {&k, 1});
      }
    }
    if (!together.empty()) apply(work, field, together);
    work.field = nullptr;
    if (!steps_.finish) return;
    for (AnyArray& result : work.results) steps_.finish(result);
  }

 private:
  // The rows of the tile, along `axis` all that is held.
  [[nodiscard]] Part part_for(const Work& work, const AnyArray& field,
                              std::size_t axis) const {
    Part part{bytes_of(field).data(),
              {},
              contiguous_strides(extents_of(field), MemoryOrder::c)};
    const auto size = static_cast<std::ptrdiff_t>(size_of(type_of(field)));
    for (std::size_t d = 0; d < part.strides.size(); ++d) {
      if (d == axis) {
        part.extents.push_back(extents_of(field)[d]);
        continue;
      }
      const std::size_t place = place_in(work.tile.samples[d], work.tile.rows.first[d]);
      part.first += static_cast<std::ptrdiff_t>(place) * part.strides[d] * size;
      part.extents.push_back(work.tile.rows.extents[d]);
    }
    return part;
  }

  // Components along one axis, or along several that are whole in the tile.
  void apply(Work& work, const AnyArray& field,
             std::span<const std::size_t> components) const {
    const std::size_t axis = plan_.along()[components.front()].axis;
    const Part part = part_for(work, field, axis);
    const AnyField view(part.first, type_of(field), part.extents, part.strides);
    std::vector<DifferenceAlong> along;
    std::vector<AnyOutput> outputs;
    for (const std::size_t k : components) {
      outputs.push_back(output_of(work.results[k]));
      if (!plan_.difference(k)) {
        gradient_into(view, plan_.along().subspan(k, 1), outputs, plan_.scheme(),
                      execution_);
        return;
      }
      const auto& [own, rule] = plan_.along()[k];
      const std::size_t first = work.tile.rows.first[own];
      along.push_back({own,
                       *plan_.difference(k),
                       {.rows = {first, first + work.tile.rows.extents[own]},
                        .samples = work.tile.samples[own],
                        .ends = known_at(rule)}});
    }
    apply_each(view, along, outputs, execution_);
  }

  const TilePlan& plan_;
  const TileSteps& steps_;
  Execution execution_;
};

}  // namespace

void stream_gradient(const TilePlan& plan, const TileSteps& steps, Execution execution) {
  const std::size_t tiles = plan.size();
  TileReader reader(plan, steps.read);
  const Computation computation(plan, steps, execution);
  const auto write = [&](Work& work) {
    std::uint64_t bytes = 0;
    for (std::size_t k = 0; k < work.results.size(); ++k) {
      const auto results = bytes_of(std::as_const(work.results[k]));
      steps.write(k, work.tile.rows, results);
      bytes += results.size();
    }
    if (steps.progress) steps.progress(bytes);
  };
  if (tiles == 1) {
    Work work{plan.tile(0), nullptr, {}};
    work.field = reader.read(work.tile);
    computation.compute(work);
    write(work);
    return;
  }
  namespace tbb = oneapi::tbb;
  // A tile has the place of the one that was written when it begins. oneTBB would leak
  // what is on its way when a step throws, were it more than a pointer.
  std::vector<Work> places(plan.at_once());
  std::size_t next = 0;
  const auto read_next = [&](tbb::flow_control& control) -> Work* {
    if (next == tiles) {
      control.stop();
      return nullptr;
    }
    Work& work = places[next % places.size()];
    work = {plan.tile(next++), nullptr, {}};
    work.field = reader.read(work.tile);
    return &work;
  };
  const auto compute = [&](Work* work) {
    computation.compute(*work);
    return work;
  };
  const auto write_it = [&](Work* work) {
    write(*work);
    *work = {};
  };
  constexpr auto in_order = tbb::filter_mode::serial_in_order;
  tbb::parallel_pipeline(places.size(),
                         tbb::make_filter<void, Work*>(in_order, read_next) &
                             tbb::make_filter<Work*, Work*>(in_order, compute) &
                             tbb::make_filter<Work*, void>(in_order, write_it));
}

}  // namespace gridgrad::io
