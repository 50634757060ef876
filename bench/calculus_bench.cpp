// calculus_bench.cpp: operators beside a loop that reads and writes the same bytes
//
// SPDX-License-Identifier: BSD-3-Clause

#include <emmintrin.h>
#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "beside_roof.hpp"
#include "gridgrad/calculus.hpp"

namespace gridgrad::bench {
namespace {

constexpr std::size_t most_fields = 3;

// Reads `fields` arrays once and writes one.
template <bool Streams>
void add_part(std::size_t fields, std::size_t first, std::size_t last) {
  constexpr std::size_t lanes = 4;
  auto* const out = reinterpret_cast<float*>(arena().component(most_fields - 1));
  const auto* in = reinterpret_cast<const float*>(arena().field());
  const std::size_t apart = most_bytes / sizeof(float);
  for (std::size_t q = first; q < last; q += lanes) {
    __m128 sum = _mm_load_ps(in + q);
    for (std::size_t k = 1; k < fields; ++k) {
      sum = _mm_add_ps(sum, _mm_load_ps(in + k * apart + q));
    }
    if constexpr (Streams) _mm_stream_ps(out + q, sum);
    if constexpr (!Streams) _mm_store_ps(out + q, sum);
  }
  if (Streams) _mm_sfence();
}

template <bool Streams>
void add_fields(std::size_t fields, std::size_t count, std::size_t threads) {
  if (threads == 1) return add_part<Streams>(fields, 0, count);
  namespace tbb = oneapi::tbb;
  constexpr std::size_t line = 16;
  tbb::task_arena arena(static_cast<int>(threads));
  arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, count / line),
        [&](const auto& range) {
          add_part<Streams>(fields, range.begin() * line, range.end() * line);
        },
        tbb::static_partitioner());
  });
}

struct Measure {
  const char* name;
  Calculus calculus;
  Grid grid;
  Scheme scheme = {};
};

void run(const Measure& measure, const Extents& extents, std::size_t threads) {
  const GridOperator op(measure.calculus, measure.grid, extents, measure.scheme);
  const std::size_t count = product(extents);
  auto* const memory = reinterpret_cast<float*>(arena().field());
  std::minstd_rand random(1);
  for (std::size_t q = 0; q < most_fields * (most_bytes / sizeof(float)); ++q) {
    memory[q] = static_cast<float>(random() % 1024);
  }
  std::vector<AnyField> fields;
  std::vector<AnyOutput> out;
  const Strides strides = c_order(extents);
  for (std::size_t k = 0; k < op.field_count(); ++k) {
    const float* const first = memory + k * (most_bytes / sizeof(float));
    fields.push_back({first, ElementType::float32, extents, strides});
  }
  out.push_back(
      {arena().component(most_fields - 1), ElementType::float32, extents, strides});
  const auto ours = [&] { op.apply(fields, out, {}, {threads}); };
  const auto streamed = [&] { add_fields<true>(fields.size(), count, threads); };
  const auto ordinary = [&] { add_fields<false>(fields.size(), count, threads); };
  const bool is_streamed =
      seconds(streamed) + seconds(streamed) < seconds(ordinary) + seconds(ordinary);
  const auto roof = [&] { is_streamed ? streamed() : ordinary(); };
  const Turns taken = take_turns(roof, ours, turns);
  const double bytes = static_cast<double>((fields.size() + 1) * count * sizeof(float));
  std::printf("%-34s %zu thread(s) %7.2f GB/s %7.2f roof  %.2f (lower quartile %.2f)\n",
              measure.name, threads, 1e-9 * bytes / median(taken.second),
              1e-9 * bytes / median(taken.first), median(taken.ratios()),
              quantile(taken.ratios(), 0.25));
}

}  // namespace
}  // namespace gridgrad::bench

// calculus_bench [part of the names of cases]
int main(int argc, char** argv) {
  using namespace gridgrad;
  using namespace gridgrad::bench;
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const Extents cube = {128, 512, 512};
  const Grid plane = {{{0, Axis::spaced(0.1)}, {1, Axis::spaced(0.2)}, {2, Axis()}}};
  std::vector<Measure> measures = {
      {"divergence", Calculus::divergence, plane},
      {"Laplacian", Calculus::laplacian, plane},
      {"magnitude", Calculus::magnitude, plane},
      {"divergence, accuracy 4", Calculus::divergence, plane, {.accuracy = 4}},
      {"Laplacian, accuracy 4", Calculus::laplacian, plane, {.accuracy = 4}},
      {"curl of two axes", Calculus::curl, {{plane.along[2], plane.along[1]}}}};
  for (const Measure& measure : measures) {
    if (argc > 1 && std::string(measure.name).find(argv[1]) == std::string::npos)
      continue;
    for (const std::size_t threads : {std::size_t{1}, default_threads()}) {
      run(measure, cube, threads);
    }
  }
}
