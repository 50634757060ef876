// roof.cpp: the loops that a call is measured against
//
// SPDX-License-Identifier: BSD-3-Clause

#include "roof.hpp"

#include <emmintrin.h>
#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace gridgrad::bench {
namespace {

constexpr std::size_t line = 64;             // bytes of one cache line of a result
constexpr std::size_t column_block = 65536;  // bytes of a result

// A quarter of a line of results, made of as many bytes as belong to it.
template <std::size_t Ratio>
__m128i quarter(const std::byte* in) {
  if constexpr (Ratio == 1) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(in));
  } else if constexpr (Ratio == 2) {
    return _mm_set1_epi64x(*reinterpret_cast<const std::int64_t*>(in));
  } else if constexpr (Ratio == 4) {
    return _mm_set1_epi32(*reinterpret_cast<const std::int32_t*>(in));
  } else {
    return _mm_set1_epi16(*reinterpret_cast<const std::int16_t*>(in));
  }
}

// Bytes [first, last) of every component.
template <bool Streams, std::size_t Ratio, std::size_t Components>
void copy_bytes(const Traffic& traffic, std::size_t first, std::size_t last) {
  constexpr std::size_t step = sizeof(__m128i);
  for (std::size_t at = first; at < last; at += line) {
    __m128i values[line / step];
    for (std::size_t q = 0; q < line / step; ++q) {
      values[q] = quarter<Ratio>(traffic.in + (at + q * step) / Ratio);
    }
    for (std::size_t c = 0; c < Components; ++c) {
      auto* const out = reinterpret_cast<__m128i*>(traffic.out[c] + at);
      for (std::size_t q = 0; q < line / step; ++q) {
        if constexpr (Streams) _mm_stream_si128(out + q, values[q]);
        if constexpr (!Streams) _mm_store_si128(out + q, values[q]);
      }
    }
  }
  if (Streams) _mm_sfence();
}

template <bool Streams, std::size_t Ratio>
void copy_components(const Traffic& traffic, std::size_t first, std::size_t last) {
  if (traffic.components == 1) return copy_bytes<Streams, Ratio, 1>(traffic, first, last);
  if (traffic.components == 2) return copy_bytes<Streams, Ratio, 2>(traffic, first, last);
  if (traffic.components == 3) return copy_bytes<Streams, Ratio, 3>(traffic, first, last);
  copy_bytes<Streams, Ratio, 4>(traffic, first, last);
}

template <bool Streams>
void copy_part(const Traffic& traffic, std::size_t first, std::size_t last) {
  const std::size_t ratio = traffic.out_bytes / traffic.in_bytes;
  if (ratio == 1) return copy_components<Streams, 1>(traffic, first, last);
  if (ratio == 2) return copy_components<Streams, 2>(traffic, first, last);
  if (ratio == 4) return copy_components<Streams, 4>(traffic, first, last);
  copy_components<Streams, 8>(traffic, first, last);
}

template <class F>
void for_each_part(std::size_t count, std::size_t threads, const F& f) {
  if (threads == 1) return f(std::size_t{0}, count);
  namespace tbb = oneapi::tbb;
  tbb::task_arena arena(static_cast<int>(threads));
  arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, count),
        [&](const auto& range) { f(range.begin(), range.end()); },
        tbb::static_partitioner());
  });
}

void copy_with_memcpy(const Traffic& traffic, std::size_t threads) {
  const std::size_t ratio = traffic.out_bytes / traffic.in_bytes;
  for_each_part(traffic.out_bytes / line, threads,
                [&](std::size_t first, std::size_t last) {
                  const std::size_t bytes = (last - first) * line;
                  for (std::size_t c = 0; c < traffic.components; ++c) {
                    // Where results are larger, their bytes come from the same samples.
                    const std::size_t from = ratio == 1 ? first * line : 0;
                    const std::size_t most = traffic.in_bytes - from;
                    for (std::size_t done = 0; done < bytes; done += most) {
                      std::memcpy(traffic.out[c] + first * line + done, traffic.in + from,
                                  std::min(most, bytes - done));
                    }
                  }
                });
}

void copy_columns(const Traffic& traffic, std::size_t threads) {
  const std::size_t row = traffic.out_bytes / traffic.rows;
  const std::size_t blocks = (row + column_block - 1) / column_block;
  for_each_part(blocks, std::min(threads, blocks),
                [&](std::size_t first_block, std::size_t last_block) {
                  for (std::size_t block = first_block; block < last_block; ++block) {
                    const std::size_t first = block * column_block;
                    const std::size_t last = std::min(row, first + column_block);
                    for (std::size_t i = 0; i < traffic.rows; ++i) {
                      copy_part<true>(traffic, i * row + first, i * row + last);
                    }
                  }
                });
}

}  // namespace

std::string_view name(Loop loop) noexcept {
  switch (loop) {
    case Loop::memcpy:
      return "memcpy";
    case Loop::streamed_rows:
      return "streamed rows";
    case Loop::streamed_columns:
      return "streamed columns";
    case Loop::ordinary:
      break;
  }
  return "ordinary stores";
}

void copy(Loop loop, const Traffic& traffic, std::size_t threads) {
  if (loop == Loop::memcpy) return copy_with_memcpy(traffic, threads);
  if (loop == Loop::streamed_columns) return copy_columns(traffic, threads);
  for_each_part(
      traffic.out_bytes / line, threads, [&](std::size_t first, std::size_t last) {
        loop == Loop::ordinary ? copy_part<false>(traffic, first * line, last * line)
                               : copy_part<true>(traffic, first * line, last * line);
      });
}

}  // namespace gridgrad::bench
