// calls_bench.cpp: what a call costs beside the arithmetic: overhead and fresh memory
//
// SPDX-License-Identifier: BSD-3-Clause

#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>
#include <span>
#include <vector>

#include "gridgrad/gradient.hpp"
#include "gridgrad/memory.hpp"
#include "timing.hpp"

namespace gridgrad::bench {
namespace {

constexpr int turns = 31;

// Nanoseconds of one small call.
void print_call(const char* what, double target, const Call& call) {
  constexpr int calls = 20000;
  std::vector<double> times(turns);
  for (double& time : times) {
    time = seconds([&] {
      for (int k = 0; k < calls; ++k) call();
    });
  }
  const double nanoseconds = 1e9 * median(times) / calls;
  std::printf("%-58s %9.0f ns  target %.0f%s\n", what, nanoseconds, target,
              nanoseconds <= target ? "" : "  unmet");
}

void print_small() {
  const std::vector<double> few(64, 1);
  std::vector<double> out(64);
  const auto field = StridedView<const double>::contiguous(few.data(), {64});
  const auto result = StridedView<double>::contiguous(out.data(), {64});
  print_call("gradient_into, 64 samples float64", 60,
             [&] { gradient_into(field, {Along{0}}, {result}); });
  const std::vector<double> more(1000, 1);
  const auto longer = StridedView<const double>::contiguous(more.data(), {1000});
  print_call("1,000 samples float64, fresh result", 400,
             [&] { static_cast<void>(derivative(longer, {0})); });
}

// Memory as a plain allocation has it: small pages, none touched.
class SmallPages {
 public:
  explicit SmallPages(std::size_t bytes)
      : bytes_(bytes),
        memory_(::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
    if (memory_ == MAP_FAILED) std::abort();
    static_cast<void>(::madvise(memory_, bytes, MADV_NOHUGEPAGE));
  }
  ~SmallPages() { ::munmap(memory_, bytes_); }
  SmallPages(const SmallPages&) = delete;
  SmallPages& operator=(const SmallPages&) = delete;

  [[nodiscard]] float* data() const { return static_cast<float*>(memory_); }

 private:
  std::size_t bytes_;
  void* memory_;
};

// Milliseconds of a large derivative by where its result is written.
void print_fresh() {
  const std::vector<std::size_t> extents = {128, 512, 512};
  Array<float> field(extents);
  std::fill_n(field.data(), field.size(), 1.0F);
  Array<float> kept = Array<float>::like(FieldTraits<Array<float>>::view(field));
  const auto samples = FieldTraits<Array<float>>::view(field);
  const auto into = [&](float* memory) {
    gradient_into(samples, {Along{0}}, {StridedView<float>::contiguous(memory, extents)});
  };
  const std::size_t bytes = field.size() * sizeof(float);
  const auto print = [&](const char* what, const Call& call) {
    std::vector<double> times(turns);
    call();
    for (double& each : times) each = seconds(call);
    const double time = median(times);
    std::printf("%-58s %9.1f ms  %6.1f GB/s\n", what, 1e3 * time,
                2e-9 * static_cast<double>(bytes) / time);
  };
  print("128 MiB float32, result in fresh small pages", [&] {
    const SmallPages memory(bytes);
    into(memory.data());
  });
  print("128 MiB float32, fresh result, nothing recycled", [&] {
    recycle_at_most(0);
    static_cast<void>(derivative(field, {0}));
  });
  print("128 MiB float32, fresh result, memory recycled", [&] {
    recycle_at_most(2 * bytes);
    static_cast<void>(derivative(field, {0}));
  });
  print("128 MiB float32, gradient_into", [&] { into(kept.data()); });
}

}  // namespace
}  // namespace gridgrad::bench

int main() {
  gridgrad::bench::print_small();
  gridgrad::bench::print_fresh();
}
