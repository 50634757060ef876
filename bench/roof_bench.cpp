// roof_bench.cpp: every kind of call beside a copy of the bytes that it moves
//
// SPDX-License-Identifier: BSD-3-Clause

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "gridgrad/gradient.hpp"
#include "roof.hpp"
#include "timing.hpp"

namespace gridgrad::bench {
namespace {

using Extents = std::vector<std::size_t>;
using Strides = std::vector<std::ptrdiff_t>;

constexpr int turns = 31;
constexpr std::size_t mebibyte = std::size_t{1} << 20;
constexpr std::size_t most_bytes = 128 * mebibyte;  // of a field, and of each component
constexpr std::size_t most_components = 3;

// Memory for all cases: huge pages, written before anything is timed.
class Arena {
 public:
  Arena() {
    const std::size_t bytes = (1 + most_components) * most_bytes + 2 * mebibyte;
    void* const memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    const auto address = reinterpret_cast<std::uintptr_t>(memory);
    const std::uintptr_t aligned = (address + 2 * mebibyte - 1) & ~(2 * mebibyte - 1);
    first_ = static_cast<std::byte*>(memory) + (aligned - address);
    static_cast<void>(::madvise(first_, bytes - 2 * mebibyte, MADV_HUGEPAGE));
    std::memset(first_, 1, bytes - 2 * mebibyte);
  }

  [[nodiscard]] std::byte* field() const { return first_; }
  // A little apart, lest equal offsets meet in the same sets of the caches.
  [[nodiscard]] std::byte* component(std::size_t k) const {
    return first_ + (k + 1) * most_bytes;
  }

 private:
  std::byte* first_;
};

const Arena& arena() {
  static const Arena arena;
  return arena;
}

std::size_t product(const Extents& extents) {
  std::size_t product = 1;
  for (const std::size_t extent : extents) product *= extent;
  return product;
}

Strides c_order(const Extents& extents) {
  Strides strides(extents.size(), 1);
  for (std::size_t d = extents.size() - 1; d-- > 0;) {
    strides[d] = strides[d + 1] * static_cast<std::ptrdiff_t>(extents[d + 1]);
  }
  return strides;
}

// What is computed, on what.
struct What {
  Extents extents;
  std::vector<Along> along;
  Scheme scheme = {};
};

struct Case {
  std::string name;
  std::string leaf;
  double target;
  std::size_t threads;
};

struct Measured {
  Case of;
  double ours;  // GB/s
  double roof;
  double ratio;  // median
  double lower;  // quartile
  std::string loop;

  [[nodiscard]] bool is_met() const {
    return ratio >= of.target && lower >= of.target - 0.05;
  }
};

template <class T>
T sample_of(std::uint32_t random) {
  if constexpr (std::is_same_v<T, Float16> || std::is_same_v<T, BFloat16>) {
    return T(static_cast<float>(random % 16));
  } else if constexpr (requires { typename T::value_type; }) {
    using Part = typename T::value_type;
    return {static_cast<Part>(random % 1024), static_cast<Part>(random / 1024 % 1024)};
  } else {
    return static_cast<T>(random % 128);
  }
}

template <class T>
struct Views {
  StridedView<const T> field;
  std::vector<StridedView<Result<T>>> out;
};

// Results have the memory order of the field.
template <class T>
Views<T> views_of(const What& what, const Strides& strides) {
  auto* samples = reinterpret_cast<T*>(arena().field());
  std::uint32_t random = 1;
  for (std::size_t i = 0; i < product(what.extents); ++i) {
    random = random * 1664525 + 1013904223;
    samples[i] = sample_of<T>(random >> 8);
  }
  std::ptrdiff_t first = 0;
  for (std::size_t d = 0; d < strides.size(); ++d) {
    if (strides[d] < 0)
      first -= (static_cast<std::ptrdiff_t>(what.extents[d]) - 1) * strides[d];
  }
  Views<T> views = {{samples + first, what.extents, strides}, {}};
  for (std::size_t k = 0; k < what.along.size(); ++k) {
    auto* const out = reinterpret_cast<Result<T>*>(arena().component(k));
    views.out.push_back({out + first, what.extents, strides});
  }
  return views;
}

// Whether lines through random places have the derivatives that they have alone.
template <class T>
void verify(const What& what, const Views<T>& views) {
  std::mt19937_64 random(1);
  constexpr int places = 50;
  for (int draw = 0; draw < places; ++draw) {
    for (std::size_t k = 0; k < what.along.size(); ++k) {
      const std::size_t axis = what.along[k].axis;
      std::ptrdiff_t at = 0;
      for (std::size_t d = 0; d < what.extents.size(); ++d) {
        const auto index = static_cast<std::ptrdiff_t>(random() % what.extents[d]);
        if (d != axis) at += index * views.field.strides()[d];
      }
      const Extents extent = {what.extents[axis]};
      const Strides stride = {views.field.strides()[axis]};
      const StridedView<const T> line(views.field.data() + at, extent, stride);
      const auto expected = derivative(line, {0, what.along[k].rule}, what.scheme, {1});
      for (std::size_t i = 0; i < extent[0]; ++i) {
        const auto* const given =
            views.out[k].data() + at + static_cast<std::ptrdiff_t>(i) * stride[0];
        if (std::memcmp(given, expected.data() + i, sizeof(*given)) == 0) continue;
        std::fprintf(stderr, "roof_bench: a result is wrong\n");
        std::exit(1);
      }
    }
  }
}

// The fastest loop for these bytes, of a few trials each.
Loop fastest(const Traffic& traffic, std::size_t threads, std::size_t repeats) {
  Loop best = Loop::memcpy;
  double least = 1e300;
  for (const Loop loop : all_loops) {
    std::vector<double> times;
    for (int trial = 0; trial < 5; ++trial) {
      times.push_back(seconds([&] {
        for (std::size_t r = 0; r < repeats; ++r) copy(loop, traffic, threads);
      }));
    }
    if (median(times) < least) {
      least = median(times);
      best = loop;
    }
  }
  return best;
}

class Bench {
 public:
  Bench(std::string filter, std::string json)
      : filter_(std::move(filter)), json_(std::move(json)) {}

  // One call on 1 thread and on all.
  template <class T>
  void add(const std::string& name, const std::string& leaf, double target,
           const What& what, Strides strides = {}) {
    if (strides.empty()) strides = c_order(what.extents);
    for (const std::size_t threads : {std::size_t{1}, default_threads()}) {
      const std::string full =
          name + ", " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
      if (full.find(filter_) == std::string::npos) continue;
      run<T>({full, leaf, target, threads}, what, strides);
    }
  }

  void report() {
    std::ranges::stable_sort(measured_, [](const Measured& a, const Measured& b) {
      return a.is_met() < b.is_met();
    });
    std::printf("\n%-58s %-7s %9s %9s %6s %6s %7s\n", "case", "leaf", "ours GB/s",
                "roof GB/s", "ratio", "lower", "target");
    const Measured* worst = nullptr;
    for (const Measured& result : measured_) {
      print(result);
      if (worst == nullptr || result.ratio < worst->ratio) worst = &result;
    }
    if (worst != nullptr) {
      std::printf("worst ratio %.2f (%s)\n", worst->ratio, worst->of.name.c_str());
    }
    write_json();
  }

 private:
  static void print(const Measured& result) {
    std::printf("%-58s %-7s %9.1f %9.1f %6.2f %6.2f %7.2f%s\n", result.of.name.c_str(),
                result.of.leaf.c_str(), result.ours, result.roof, result.ratio,
                result.lower, result.of.target, result.is_met() ? "" : "  unmet");
  }

  template <class T>
  void run(const Case& of, const What& what, const Strides& strides) {
    const Views<T> views = views_of<T>(what, strides);
    const std::vector<AnyOutput> outputs(views.out.begin(), views.out.end());
    const std::size_t samples = product(what.extents);
    Traffic traffic = {arena().field(), samples * sizeof(T),         {},
                       outputs.size(),  samples * sizeof(Result<T>), what.extents[0]};
    for (std::size_t k = 0; k < outputs.size(); ++k)
      traffic.out[k] = arena().component(k);
    const std::size_t row = traffic.out_bytes / traffic.rows;
    if (row % 64 != 0) traffic.rows = 1;
    const std::size_t bytes = traffic.in_bytes + traffic.components * traffic.out_bytes;
    const std::size_t repeats = std::max<std::size_t>(1, 16 * mebibyte / bytes);
    const Loop loop = fastest(traffic, of.threads, repeats);
    const auto ours = [&] {
      for (std::size_t r = 0; r < repeats; ++r) {
        gradient_into(views.field, what.along, outputs, what.scheme, {of.threads});
      }
    };
    const auto roof = [&] {
      for (std::size_t r = 0; r < repeats; ++r) copy(loop, traffic, of.threads);
    };
    const Turns taken = take_turns(roof, ours, turns);
    ours();
    verify(what, views);
    const double gigabytes = 1e-9 * static_cast<double>(bytes * repeats);
    measured_.push_back({of, gigabytes / median(taken.second),
                         gigabytes / median(taken.first), median(taken.ratios()),
                         quantile(taken.ratios(), 0.25),
                         std::string(gridgrad::bench::name(loop))});
    print(measured_.back());
  }

  void write_json() const {
    if (json_.empty()) return;
    std::ofstream file(json_);
    file << "[\n";
    for (const Measured& result : measured_) {
      file << "  {\"case\": \"" << result.of.name << "\", \"leaf\": \"" << result.of.leaf
           << "\", \"loop\": \"" << result.loop << "\", \"ours\": " << result.ours
           << ", \"roof\": " << result.roof << ", \"ratio\": " << result.ratio
           << ", \"lower\": " << result.lower << ", \"target\": " << result.of.target
           << '}' << (&result == &measured_.back() ? "\n" : ",\n");
    }
    file << "]\n";
  }

  std::string filter_;
  std::string json_;
  std::vector<Measured> measured_;
};

Axis jittered(std::size_t extent) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> gap(0.5, 1.5);
  std::vector<double> x(extent);
  double position = 0;
  for (double& at : x) at = position += gap(random);
  return Axis::at(x);
}

const Extents cube = {128, 512, 512};    // float32: 128 MiB
const Extents cube64 = {64, 512, 512};   // float64, complex64: 128 MiB
const Extents cube128 = {32, 512, 512};  // complex128

void add_one_axis(Bench& bench) {
  constexpr double target = 0.95;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::string along = ", axis " + std::to_string(axis);
    const std::string leaf = axis == 2 ? "along" : "across";
    bench.add<float>("3-D float32" + along, leaf, target, {cube, {{axis}}});
    bench.add<double>("3-D float64" + along, leaf, target, {cube64, {{axis}}});
    bench.add<std::complex<float>>("3-D complex64" + along, leaf, target,
                                   {cube64, {{axis}}});
    bench.add<std::complex<double>>("3-D complex128" + along, leaf, target,
                                    {cube128, {{axis}}});
  }
  bench.add<float>("1-D float32", "along", target, {{33554432}, {{0}}});
  bench.add<float>("2-D float32, axis 0", "across", target, {{4096, 8192}, {{0}}});
  bench.add<float>("2-D float32, axis 1", "along", target, {{4096, 8192}, {{1}}});
  const Extents tiny = {12, 512, 1024, 4};
  for (std::size_t axis = 0; axis < 4; ++axis) {
    bench.add<float>("4-D float32, last extent 4, axis " + std::to_string(axis),
                     axis == 3 ? "along" : "across", target, {tiny, {{axis}}});
  }
  bench.add<float>("3-D float32, one plane, axis 1", "across", target,
                   {{1, 8192, 4096}, {{1}}});
}

void add_all_axes(Bench& bench) {
  constexpr double target = 0.90;
  bench.add<float>("2-D float32, all axes", "both", target, {{4096, 8192}, {{0}, {1}}});
  bench.add<float>("3-D float32, all axes", "both", target, {cube, {{0}, {1}, {2}}});
  bench.add<double>("3-D float64, all axes", "both", target, {cube64, {{0}, {1}, {2}}});
}

void add_schemes(Bench& bench) {
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::string along = ", axis " + std::to_string(axis);
    const std::string leaf = axis == 2 ? "along" : "across";
    const Axis irregular = jittered(cube[axis]);
    const Axis periodic = Axis().with_ends(Periodic());
    bench.add<float>("accuracy 4" + along, leaf, 0.90, {cube, {{axis}}, {.accuracy = 4}});
    bench.add<float>("irregular" + along, "table", 0.90, {cube, {{axis, irregular}}});
    bench.add<float>("periodic" + along, leaf, 0.90, {cube, {{axis, periodic}}});
    bench.add<float>("derivative 2" + along, leaf, 0.90,
                     {cube, {{axis}}, {.derivative = 2}});
    bench.add<float>("accuracy 8" + along, leaf, axis == 2 ? 0.85 : 0.80,
                     {cube, {{axis}}, {.accuracy = 8}});
  }
}

void add_caches(Bench& bench) {
  const Extents in_l1 = {16, 16, 16};
  const Extents in_l2 = {40, 32, 32};
  const Extents in_last = {64, 128, 128};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::string along = ", axis " + std::to_string(axis);
    const std::string leaf = axis == 2 ? "along" : "across";
    bench.add<float>("L1" + along, leaf, 0, {in_l1, {{axis}}});
    bench.add<float>("L2" + along, leaf, 0.70, {in_l2, {{axis}}});
    bench.add<float>("last level" + along, leaf, 0, {in_last, {{axis}}});
  }
}

void add_layouts(Bench& bench) {
  const auto n = [](std::size_t d) { return static_cast<std::ptrdiff_t>(cube[d]); };
  const Strides fortran = {1, n(0), n(0) * n(1)};
  const Strides swapped = {n(2), n(0) * n(2), 1};
  const Strides reversed = {-n(1) * n(2), n(2), -1};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::string along = ", axis " + std::to_string(axis);
    const What what = {cube, {{axis}}};
    bench.add<float>("Fortran order" + along, axis == 0 ? "along" : "across", 0.86, what,
                     fortran);
    bench.add<float>("transposed" + along, axis == 2 ? "along" : "across", 0.86, what,
                     swapped);
    bench.add<float>("reversed" + along, axis == 2 ? "along" : "across", 0.86, what,
                     reversed);
  }
}

void add_types(Bench& bench) {
  const Extents extents = {32, 512, 1024};
  for (std::size_t axis = 0; axis < 3; axis += 2) {
    const std::string along = ", axis " + std::to_string(axis);
    bench.add<std::int16_t>("int16" + along, "copied", 0, {extents, {{axis}}});
    bench.add<std::int64_t>("int64" + along, "copied", 0, {extents, {{axis}}});
    bench.add<Float16>("float16" + along, "copied", 0, {extents, {{axis}}});
  }
}

}  // namespace
}  // namespace gridgrad::bench

// roof_bench [part of the names of cases] [file for JSON]
int main(int argc, char** argv) {
  using namespace gridgrad::bench;
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  Bench bench(argc > 1 ? argv[1] : "", argc > 2 ? argv[2] : "");
  add_one_axis(bench);
  add_all_axes(bench);
  add_schemes(bench);
  add_caches(bench);
  add_layouts(bench);
  add_types(bench);
  bench.report();
}
