// line_writer.hpp: results of formulas on their way to memory
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "factor_layout.hpp"
#include "formula.hpp"
#include "kernels/combine.hpp"
#include "terrain_lines.hpp"
#include "tiling.hpp"

namespace gridgrad {

// Stretches of results are streamed if they are whole cache lines, or so many that parts
// of lines at their ends do not count.
template <class T>
kernels::Stores stores_for(kernels::Stores wanted, const T* out, std::size_t count) {
  constexpr std::size_t line = 64;
  constexpr std::size_t many = std::size_t{8} << 10;
  const std::size_t bytes = count * sizeof(T);
  const bool is_whole =
      (reinterpret_cast<std::uintptr_t>(out) % line | bytes % line) == 0;
  return is_whole || bytes >= many ? wanted : kernels::Stores::ordinary;
}

template <class T>
void compute_line(Combination how, std::span<const kernels::RowProduct<T>> products,
                  const kernels::RunTarget<T>& to, kernels::Stores stores) {
  switch (how) {
    case Combination::sum:
      return kernels::sum(products, to, stores);
    case Combination::magnitude:
      return kernels::magnitude(products, to, stores);
    case Combination::inclination:
      write_inclinations(products, to.out, to.count);
      break;
    case Combination::direction:
      write_directions(products, to.out, to.count, std::nan(""));
      break;
    case Combination::direction_or_zero:
      write_directions(products, to.out, to.count, 0);
      break;
  }
  to.gaps.fill(to.out, 0, to.count);
}

// How many of the last dimensions are one run for results and factors.
template <class T>
std::size_t run_dimensions(std::span<const std::size_t> extents,
                           std::span<const std::ptrdiff_t> out,
                           std::span<const FactorLayout<T>> factors) {
  const auto is_run = [&](std::size_t d) {
    const auto length = static_cast<std::ptrdiff_t>(extents[d + 1]);
    if (out[d] != length * out[d + 1]) return false;
    return std::ranges::all_of(factors, [&](const FactorLayout<T>& factor) {
      return factor.strides()[d] == length * factor.strides()[d + 1];
    });
  };
  std::size_t first = extents.size() - 1;
  while (first > 0 && is_run(first - 1)) --first;
  return extents.size() - first;
}

// Lines that lie next to each other leave together: streamed stores are not for parts of
// cache lines.
template <class T>
class LineWriter {
 public:
  LineWriter(kernels::Stores stores, std::vector<T>& buffer)
      : stores_(stores), buffer_(buffer) {}

  // Where the results that belong at `out` are to be written, before the next call.
  T* next(T* out, std::size_t count) {
    if (stores_ == kernels::Stores::ordinary) return out;
    constexpr std::size_t most = 4096;
    const std::size_t room = std::max(most, count);
    if (out != out_ + count_ || count_ + count > room) flush();
    if (count_ == 0) out_ = out;
    if (buffer_.size() < room) buffer_.resize(room);
    T* const line = buffer_.data() + count_;
    count_ += count;
    return line;
  }

  void flush() {
    if (count_ == 0) return;
    const T one = 1;
    const T* const from = buffer_.data();
    const RowTerm<T, T> term = {from, from, from, &one};
    const kernels::RowProduct<T> product = {RowForm::plain, {&term, 1}, 0,      one,
                                            &one,           0,          nullptr};
    kernels::sum({&product, 1}, {out_, count_}, stores_for(stores_, out_, count_));
    count_ = 0;
  }

 private:
  kernels::Stores stores_;
  std::vector<T>& buffer_;
  T* out_ = nullptr;
  std::size_t count_ = 0;
};

}  // namespace gridgrad
