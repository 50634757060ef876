// schemes_bench.cpp: what accuracy, irregular coordinates and gaps cost
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "gridgrad/difference.hpp"
#include "gridgrad/gradient.hpp"
#include "gridgrad/io/netcdf.hpp"

namespace gridgrad::bench {
namespace {

using Call = std::function<void()>;

double seconds(const Call& call) {
  const auto start = std::chrono::steady_clock::now();
  call();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> numbers) {
  const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
  std::nth_element(numbers.begin(), middle, numbers.end());
  return *middle;
}

// Medians of calls taken in turns, and of the ratios of each turn.
void compare(const std::string& name, double target, const Call& dear,
             const Call& cheap) {
  constexpr int turns = 31;
  std::vector<double> of_dear;
  std::vector<double> of_cheap;
  std::vector<double> ratios;
  dear();
  cheap();
  for (int turn = 0; turn < turns; ++turn) {
    of_cheap.push_back(seconds(cheap));
    of_dear.push_back(seconds(dear));
    ratios.push_back(of_dear.back() / of_cheap.back());
  }
  const std::string wanted =
      target > 0 ? "at most " + std::to_string(target).substr(0, 4) : "no target";
  std::printf("%-44s %8.2f ms / %8.2f ms = %5.2f  (%s)\n", name.c_str(),
              1e3 * median(of_dear), 1e3 * median(of_cheap), median(ratios),
              wanted.c_str());
}

std::vector<double> jittered(std::size_t count) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> gap(0.5, 1.5);
  std::vector<double> x(count);
  double position = 0;
  for (double& at : x) at = position += gap(random);
  return x;
}

// An operator on a field, into memory that has been written before.
class Field {
 public:
  explicit Field(std::vector<std::size_t> extents)
      : samples_(std::span<const std::size_t>(extents)),
        out_(std::span<const std::size_t>(extents)) {
    std::fill_n(samples_.data(), samples_.size(), 1.0F);
    std::fill_n(out_.data(), out_.size(), 1.0F);
  }

  [[nodiscard]] Array<float>& samples() { return samples_; }

  Call apply(std::size_t axis, const Axis& rule, const Scheme& scheme) {
    const Difference operator_(rule, samples_.extents()[axis], scheme);
    return [this, axis, operator_] { operator_.apply(samples_, axis, out_); };
  }

 private:
  Array<float> samples_;
  Array<float> out_;
};

void compare_schemes() {
  Field field({192, 512, 512});
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::string along = ", axis " + std::to_string(axis);
    compare("accuracy 8 / 2" + along, 1.4, field.apply(axis, Axis(), {.accuracy = 8}),
            field.apply(axis, Axis(), {}));
    const Axis irregular = Axis::at(jittered(field.samples().extents()[axis]));
    compare("irregular / uniform" + along, 1.25, field.apply(axis, irregular, {}),
            field.apply(axis, Axis(), {}));
    compare("periodic / one-sided" + along, 0,
            field.apply(axis, Axis().with_ends(Periodic{}), {}),
            field.apply(axis, Axis(), {}));
  }
}

// The land of COADS's temperatures, month after month.
Array<float> observed() {
  const io::NetcdfFile file = io::NetcdfFile::open(GRIDGRAD_COADS);
  return std::get<Array<float>>(file.read(*io::find_variable(file.dataset(), "SST")));
}

void tile_land(Array<float>& samples) {
  const Array<float> months = observed();
  constexpr float land = -1e33F;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const float at = months.data()[i % months.size()];
    samples.data()[i] = at < land ? std::numeric_limits<float>::quiet_NaN() : at;
  }
}

void punch_random(Array<float>& samples) {
  std::mt19937_64 random(1);
  std::bernoulli_distribution is_missing(0.2);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples.data()[i] = is_missing(random) ? std::numeric_limits<float>::quiet_NaN() : 1;
  }
}

void compare_gaps(Field& field, const std::string& name, double target) {
  for (std::size_t axis = 1; axis < 3; ++axis) {
    const std::size_t extent = field.samples().extents()[axis];
    for (const bool is_uniform : {true, false}) {
      const Axis rule = is_uniform ? Axis() : Axis::at(jittered(extent));
      for (const int accuracy : {2, 4}) {
        const std::string what =
            "adapt / propagate, " + name + ", axis " + std::to_string(axis) +
            ", accuracy " + std::to_string(accuracy) + (is_uniform ? "" : ", irregular");
        compare(what, is_uniform ? target : 0,
                field.apply(axis, rule, {.accuracy = accuracy, .missing = Adapt()}),
                field.apply(axis, rule, {.accuracy = accuracy, .missing = Propagate()}));
      }
    }
    compare("propagate / none, " + name + ", axis " + std::to_string(axis), 0,
            field.apply(axis, Axis(), {.missing = Propagate()}),
            field.apply(axis, Axis(), {}));
  }
}

void build() {
  constexpr std::size_t extent = 1'000'000;
  const Axis axis = Axis::at(jittered(extent));
  for (const int accuracy : {2, 8}) {
    const double time =
        seconds([&] { Difference(axis, extent, {.accuracy = accuracy}, {2}); });
    std::printf("1e6 irregular rows of accuracy %d on 2 threads: %.2f s\n", accuracy,
                time);
  }
}

}  // namespace
}  // namespace gridgrad::bench

int main() {
  using namespace gridgrad::bench;
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  build();
  compare_schemes();
  Field land({300, 90, 180});
  tile_land(land.samples());
  compare_gaps(land, "land", 2);
  punch_random(land.samples());
  compare_gaps(land, "20 % gone", 0);
}
