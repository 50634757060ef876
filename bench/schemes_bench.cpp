// schemes_bench.cpp: what accuracy, irregular coordinates and gaps cost
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cstdio>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "gridgrad/difference.hpp"
#include "gridgrad/gradient.hpp"
#include "gridgrad/io/netcdf.hpp"
#include "timing.hpp"

namespace gridgrad::bench {
namespace {

// Medians of calls taken in turns, and of the ratios of each turn.
void compare(const std::string& name, double target, const Call& dear,
             const Call& cheap) {
  constexpr int turns = 31;
  const Turns taken = take_turns(dear, cheap, turns);
  const std::string wanted =
      target > 0 ? "at most " + std::to_string(target).substr(0, 4) : "no target";
  std::printf("%-44s %8.2f ms / %8.2f ms = %5.2f  (%s)\n", name.c_str(),
              1e3 * median(taken.first), 1e3 * median(taken.second),
              median(taken.ratios()), wanted.c_str());
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
    const Difference difference(rule, samples_.extents()[axis], scheme);
    return [this, axis, difference] { difference.apply(samples_, axis, out_); };
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

// Levels of one column after the other, each with gaps of its own.
template <class T>
void compare_varying(bool is_spaced) {
  const std::vector<std::size_t> extents = {30, 600, 1000};
  const std::size_t columns = extents[1] * extents[2];
  Array<double> levels{std::span<const std::size_t>(extents)};
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> gap(0.5, 1.5);
  for (std::size_t column = 0; column < columns; ++column) {
    double position = 0;
    const double spacing = gap(random);
    for (std::size_t k = 0; k < extents[0]; ++k) {
      levels.data()[k * columns + column] = position;
      position += is_spaced ? spacing : gap(random);
    }
  }
  Array<T> field{std::span<const std::size_t>(extents)};
  Array<T> out{std::span<const std::size_t>(extents)};
  std::fill_n(field.data(), field.size(), T{1});
  std::fill_n(out.data(), out.size(), T{1});
  const Axis line = Axis::at(jittered(extents[0]));
  const Axis varying = Axis::at(levels);
  const auto apply = [&](const Axis& rule) {
    return [&, rule] {
      gradient_into(field, {Along{0, rule}}, {FieldTraits<Array<T>>::view(out)});
    };
  };
  const std::string what = std::string("coordinates of every line / of one, ") +
                           (sizeof(T) == sizeof(float) ? "float32" : "float64");
  compare(what + (is_spaced ? ", spaced" : ""), is_spaced ? 0 : 3, apply(varying),
          apply(line));
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

void compare_gaps(Field& field, const std::string& name, std::size_t axis, bool is_spaced,
                  double target) {
  const Axis rule =
      is_spaced ? Axis() : Axis::at(jittered(field.samples().extents()[axis]));
  const std::string along = ", " + name + ", axis " + std::to_string(axis);
  for (const int accuracy : {2, 4}) {
    const std::string what = "adapt / propagate" + along + ", accuracy " +
                             std::to_string(accuracy) + (is_spaced ? "" : ", irregular");
    compare(what, is_spaced ? target : 0,
            field.apply(axis, rule, {.accuracy = accuracy, .missing = Adapt()}),
            field.apply(axis, rule, {.accuracy = accuracy, .missing = Propagate()}));
  }
  if (!is_spaced) return;
  compare("propagate / none" + along, 0,
          field.apply(axis, rule, {.missing = Propagate()}), field.apply(axis, rule, {}));
}

void compare_gaps(Field& field, const std::string& name, double target) {
  for (std::size_t axis = 1; axis < 3; ++axis) {
    compare_gaps(field, name, axis, true, target);
    compare_gaps(field, name, axis, false, target);
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
  compare_varying<float>(false);
  compare_varying<double>(false);
  compare_varying<float>(true);
  compare_schemes();
  Field land({300, 90, 180});
  tile_land(land.samples());
  compare_gaps(land, "land", 2);
  punch_random(land.samples());
  compare_gaps(land, "20 % gone", 0);
}
