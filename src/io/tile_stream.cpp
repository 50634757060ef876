// io/tile_stream.cpp: three tiles on their way at once
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/tile_stream.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <oneapi/tbb/parallel_pipeline.h>

#include "held_samples.hpp"

namespace gridgrad::io {
namespace {

struct Work {
  Tile tile;
  std::vector<std::shared_ptr<const HeldSamples>> fields;
  std::vector<AnyArray> results;
};

// One reader per field, each of which keeps samples of its own.
class Readers {
 public:
  Readers(const TilePlan& plan, const TileSteps& steps) {
    for (std::size_t k = 0; k < plan.fields().size(); ++k) {
      readers_.emplace_back(plan, k, [&steps, k](const Box& box, auto samples) {
        steps.read(k, box, samples);
      });
    }
  }

  void read(Work& work) {
    for (TileReader& reader : readers_) work.fields.push_back(reader.read(work.tile));
  }

 private:
  std::vector<TileReader> readers_;
};

class Computation {
 public:
  Computation(const TilePlan& plan, const TileSteps& steps, Execution execution)
      : plan_(plan), steps_(steps), execution_(execution) {}

  void compute(Work& work) const {
    // What was read stays as it is: it may be copied for the next tile at this moment.
    std::vector<std::optional<AnyArray>> copies(work.fields.size());
    std::vector<AnyField> fields;
    for (std::size_t k = 0; k < copies.size(); ++k) {
      if (steps_.prepare) copies[k] = steps_.prepare(k, work.fields[k]->samples);
      fields.push_back(field_of(copies[k] ? *copies[k] : work.fields[k]->samples));
    }
    const ElementType type = result_type(fields.front().type);
    for (std::size_t k = 0; k < plan_.op().result_count(); ++k) {
      work.results.push_back(make_array(type, work.tile.rows.extents));
    }
    std::vector<AnyOutput> outputs;
    for (AnyArray& result : work.results) outputs.push_back(output_of(result));
    plan_.op().apply(fields, outputs, work.tile, execution_);
    work.fields.clear();
    if (!steps_.finish) return;
    for (AnyArray& result : work.results) steps_.finish(result);
  }

 private:
  const TilePlan& plan_;
  const TileSteps& steps_;
  Execution execution_;
};

}  // namespace

void stream_tiles(const TilePlan& plan, const TileSteps& steps, Execution execution) {
  const std::size_t tiles = plan.size();
  Readers readers(plan, steps);
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
    Work work{plan.tile(0), {}, {}};
    readers.read(work);
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
    work = {plan.tile(next++), {}, {}};
    readers.read(work);
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
