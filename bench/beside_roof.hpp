// beside_roof.hpp: a call and a copy of its bytes in turns
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <new>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gridgrad/gradient.hpp"
#include "roof.hpp"
#include "timing.hpp"

namespace gridgrad::bench {

using Extents = std::vector<std::size_t>;
using Strides = std::vector<std::ptrdiff_t>;

inline constexpr int turns = 31;
inline constexpr std::size_t mebibyte = std::size_t{1} << 20;
// Of a field, and of each component.
inline constexpr std::size_t most_bytes = 128 * mebibyte;
inline constexpr std::size_t most_components = 3;

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

inline const Arena& arena() {
  static const Arena arena;
  return arena;
}

inline std::size_t product(const Extents& extents) {
  std::size_t product = 1;
  for (const std::size_t extent : extents) product *= extent;
  return product;
}

inline Strides c_order(const Extents& extents) {
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
  if constexpr (std::is_same_v<T, Float16>) {
    return to_float16(static_cast<float>(random % 16));
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
inline Loop fastest(const Traffic& traffic, std::size_t threads, std::size_t repeats) {
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

// GB/s of the loops on memory that fits the second-level cache, and far beyond the
// caches.
inline void print_loops(std::size_t bytes, std::size_t components, std::size_t threads) {
  Traffic traffic = {arena().field(), bytes, {}, components, bytes, 128};
  for (std::size_t k = 0; k < components; ++k) traffic.out[k] = arena().component(k);
  const std::size_t repeats = std::max<std::size_t>(1, 16 * mebibyte / bytes);
  std::printf("copy of %zu KiB to %zu, %zu thread(s), GB/s:", bytes / 1024, components,
              threads);
  for (const Loop loop : all_loops) {
    const auto call = [&] {
      for (std::size_t r = 0; r < repeats; ++r) copy(loop, traffic, threads);
    };
    const Turns taken = take_turns(call, call, turns / 2);
    const auto moved = static_cast<double>((1 + components) * bytes * repeats);
    const std::string_view of_loop = gridgrad::bench::name(loop);
    std::printf("  %.*s %.1f", static_cast<int>(of_loop.size()), of_loop.data(),
                1e-9 * moved / median(taken.first));
  }
  std::printf("\n");
}
inline void print_loops() {
  print_loops(160 * mebibyte / 1024, 1, 1);
  for (const std::size_t threads : {std::size_t{1}, default_threads()}) {
    print_loops(most_bytes, 1, threads);
    print_loops(most_bytes, most_components, threads);
  }
  std::printf("\n");
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

}  // namespace gridgrad::bench
