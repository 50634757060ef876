// gaps.hpp: the results of rows that read missing samples
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "apply_rows.hpp"
#include "candidates.hpp"

namespace gridgrad {

// Rows of irregular positions on a run of samples, kept while neighbouring lines need the
// same ones.
class RowCache {
 public:
  const StencilRow& row(const Candidates& candidates, std::size_t sample,
                        const SampleRun& run);

 private:
  struct Entry {
    const Candidates* of = nullptr;
    std::size_t sample = 0;
    SampleRun run;
    StencilRow row;
  };
  std::vector<Entry> entries_;
};

// What one thread needs to resolve gaps.
struct GapScratch {
  std::vector<std::uint8_t> is_complete;
  RowCache rows;
};

// Replaces the results of rows that read missing samples by those of other rows, or by
// NaN, as the table's rule says. The samples and the results of the patch are dense;
// `is_there` has one byte per sample, 1 or 0.
template <class S, class T>
void resolve_gaps(const RowTable& table, const Patch<S, T>& patch,
                  const std::uint8_t* is_there, GapScratch& scratch);

extern template void resolve_gaps(const RowTable&, const Patch<float, float>&,
                                  const std::uint8_t*, GapScratch&);
extern template void resolve_gaps(const RowTable&, const Patch<double, double>&,
                                  const std::uint8_t*, GapScratch&);
extern template void resolve_gaps(const RowTable&, const Patch<std::int64_t, double>&,
                                  const std::uint8_t*, GapScratch&);

}  // namespace gridgrad
