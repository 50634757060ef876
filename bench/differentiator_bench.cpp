// differentiator_bench.cpp: what a push of a live signal takes, on average and at worst
//
// SPDX-License-Identifier: BSD-3-Clause

#include <sched.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include "gridgrad/differentiator.hpp"

namespace gridgrad::bench {
namespace {

using Clock = std::chrono::steady_clock;

double nanoseconds(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double, std::nano>(to - from).count();
}

// A sine of 1 rad/s at gaps of 0.5 to 1.5 ms, as many samples as a first-level cache
// holds.
struct Signal {
  std::vector<double> stamps;
  std::vector<double> samples;

  explicit Signal(std::size_t count) {
    std::mt19937_64 random;
    std::uniform_real_distribution<double> gap(0.5e-3, 1.5e-3);
    double stamp = 0;
    for (std::size_t i = 0; i < count; ++i) {
      stamps.push_back(stamp += gap(random));
      samples.push_back(std::sin(stamp));
    }
  }
};

void check(double derivative, double stamp) {
  constexpr double coarse = 0.05;
  if (std::abs(derivative - std::cos(stamp)) < coarse) return;
  std::fprintf(stderr, "differentiator_bench: %g is not the rate at %g\n", derivative,
               stamp);
  std::exit(1);
}

// The least of many passes, per push.
double mean_push(const DifferentiatorOptions& options, const Signal& signal) {
  constexpr int passes = 500;
  Differentiator<double> rate(options);
  double least = 1e9;
  for (int pass = 0; pass < passes; ++pass) {
    rate.restart();
    double derivative = 0;
    const auto start = Clock::now();
    for (std::size_t i = 0; i < signal.stamps.size(); ++i) {
      derivative = rate.push(signal.stamps[i], signal.samples[i]).derivative;
    }
    least = std::min(least, nanoseconds(start, Clock::now()));
    check(derivative, signal.stamps.back());
  }
  return least / static_cast<double>(signal.stamps.size());
}

// Of 1e7 pushes, each between two readings of the clock, which are part of it.
struct Spread {
  double median;
  double own_worst;  // of the samples, each the least of its passes: not interrupted
  double worst;      // with whatever interrupted it
};
Spread spread(const DifferentiatorOptions& options, const Signal& signal) {
  constexpr std::size_t pushes = 10'000'000;
  const std::size_t samples = signal.stamps.size();
  Differentiator<double> rate(options);
  std::vector<double> least(samples, 1e9);
  std::vector<float> times;
  times.reserve(pushes + samples);
  while (times.size() < pushes) {
    rate.restart();
    double derivative = 0;
    for (std::size_t i = 0; i < samples; ++i) {
      const auto start = Clock::now();
      derivative = rate.push(signal.stamps[i], signal.samples[i]).derivative;
      const double time = nanoseconds(start, Clock::now());
      least[i] = std::min(least[i], time);
      times.push_back(static_cast<float>(time));
    }
    check(derivative, signal.stamps.back());
  }
  std::sort(times.begin(), times.end());
  return {times[pushes / 2], *std::max_element(least.begin(), least.end()), times.back()};
}

void report(const char* name, const DifferentiatorOptions& options,
            const Signal& signal) {
  const double mean = mean_push(options, signal);
  const auto [median, own_worst, worst] = spread(options, signal);
  std::printf("%-24s %8.1f %8.0f %10.0f %10.0f\n", name, mean, median, own_worst, worst);
}

// The first CPU that this process may use.
bool stay_on_one_cpu() {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return false;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &allowed)) continue;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    return sched_setaffinity(0, sizeof one, &one) == 0;
  }
  return false;
}

}  // namespace
}  // namespace gridgrad::bench

int main() {
  using namespace gridgrad;
  if (!bench::stay_on_one_cpu()) std::puts("not pinned to a CPU");
  const bench::Signal signal(1024);
  std::printf("%-24s %8s   %s\n", "ns per push", "in turn",
              "with the clock: median, worst sample, worst of 10^7");
  for (const int samples : {2, 3, 4, 8}) {
    char name[32];
    std::snprintf(name, sizeof name, "backward %d", samples);
    bench::report(name, {.method = Backward{samples}}, signal);
  }
  bench::report("local_polynomial 9/1", {.method = LocalPolynomial{9, 1}}, signal);
  bench::report("local_polynomial 9/2", {.method = LocalPolynomial{9, 2}}, signal);
  for (const FilterRule rule :
       {FilterRule::backward_euler, FilterRule::tustin, FilterRule::exact}) {
    char name[32];
    std::snprintf(name, sizeof name, "filtered, rule %d", static_cast<int>(rule));
    bench::report(name, {.method = Filtered{0.005, rule}}, signal);
  }
}
