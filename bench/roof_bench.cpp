// roof_bench.cpp: every kind of call beside a copy of the bytes that it moves
//
// SPDX-License-Identifier: BSD-3-Clause

#include <complex>
#include <cstdint>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "beside_roof.hpp"
#include "gridgrad/gradient.hpp"

namespace gridgrad::bench {
namespace {

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
  print_loops();
  Bench bench(argc > 1 ? argv[1] : "", argc > 2 ? argv[2] : "");
  add_one_axis(bench);
  add_all_axes(bench);
  add_schemes(bench);
  add_caches(bench);
  add_layouts(bench);
  add_types(bench);
  bench.report();
}
