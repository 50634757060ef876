// gaps.cpp: finds the rows that read missing samples, then mends one by one
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gaps.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "gap_line.hpp"

namespace gridgrad {
namespace {

template <class T>
T weight_as(Rounded weight) {
  if constexpr (std::is_same_v<T, float>) return weight.f32;
  if constexpr (std::is_same_v<T, double>) return weight.f64;
}

// One block of a patch: the dimensions from the axis on, which are dense.
template <class S, class T>
class GapBlock {
 public:
  GapBlock(const RowTable& table, const Patch<S, T>& patch, GapScratch& scratch)
      : table_(table), patch_(patch), scratch_(scratch) {
    for (std::size_t d = patch.axis + 1; d < patch.extents.size(); ++d) {
      columns_ *= patch.extents[d];
    }
    samples_ = patch.held.size() * columns_;
    results_ = patch.rows.size() * columns_;
  }

  // Numbers of samples and results from one block to the next.
  [[nodiscard]] std::size_t samples() const noexcept { return samples_; }
  [[nodiscard]] std::size_t results() const noexcept { return results_; }

  void resolve(const S* in, const std::uint8_t* is_there, T* out,
               const std::array<const S*, 2>& ends) {
    in_ = in;
    is_there_ = is_there;
    out_ = out;
    ends_ = ends;
    for (const Band& band : table_.bands(patch_.rows)) {
      resolve_band(band, {std::max(band.rows.first, patch_.rows.first),
                          std::min(band.rows.last, patch_.rows.last)});
    }
  }

 private:
  // Rows whose samples are all within the line are told complete at once.
  void resolve_band(const Band& band, Range rows) {
    const auto extent = static_cast<std::ptrdiff_t>(table_.extent());
    const auto row_of = [&](std::ptrdiff_t sample) {
      return static_cast<std::size_t>(std::clamp(sample - table_.own_sample(),
                                                 static_cast<std::ptrdiff_t>(rows.first),
                                                 static_cast<std::ptrdiff_t>(rows.last)));
    };
    Range inner = {row_of(-band.lowest), row_of(extent - band.highest)};
    const Candidates* const candidates = table_.candidates();
    const bool is_accepted = candidates == nullptr || candidates->accepts(band.accuracy);
    if (!is_accepted || inner.last < inner.first) inner = {rows.first, rows.first};
    resolve_all(band, {rows.first, inner.first});
    resolve_incomplete(band, inner);
    resolve_all(band, {inner.last, rows.last});
  }

  void resolve_all(const Band& band, Range rows) {
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      for (std::size_t j = 0; j < columns_; ++j) resolve_one(band, row, j);
    }
  }

  void resolve_incomplete(const Band& band, Range rows) {
    if (rows.size() == 0) return;
    const std::size_t count = rows.size() * columns_;
    const auto own = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(rows.first) +
                                              table_.own_sample());
    const auto step = static_cast<std::ptrdiff_t>(columns_);
    const std::ptrdiff_t lowest = static_cast<std::ptrdiff_t>(own) + band.lowest;
    const std::uint8_t* const first =
        is_there_ +
        (patch_.held.place(static_cast<std::size_t>(lowest)) - band.lowest) * step;
    std::vector<std::uint8_t>& is_complete = scratch_.is_complete;
    is_complete.assign(first, first + count);
    for (std::ptrdiff_t offset = band.lowest; offset <= band.highest; ++offset) {
      const std::uint8_t* const there = first + offset * step;
      for (std::size_t q = 0; q < count; ++q) is_complete[q] &= there[q];
    }
    for (std::size_t q = 0; q < count; ++q) {
      if (is_complete[q] != 0) {
        const void* const next = std::memchr(&is_complete[q], 0, count - q);
        if (next == nullptr) return;
        q = static_cast<std::size_t>(static_cast<const std::uint8_t*>(next) -
                                     is_complete.data());
      }
      if (first[q] == 0) {
        result(rows.first + q / columns_, q % columns_) = missing;
      } else {
        resolve_one(band, rows.first + q / columns_, q % columns_);
      }
    }
  }

  void resolve_one(const Band& band, std::size_t row, std::size_t j) {
    const GapLine line(table_, patch_.held, is_there_ + j,
                       static_cast<std::ptrdiff_t>(columns_));
    const RowChoice choice = line.choose(band, row);
    if (choice.kind == RowChoice::Kind::own) return;
    result(row, j) =
        choice.kind == RowChoice::Kind::missing ? missing : value_on(choice.run, row, j);
  }

  [[nodiscard]] T& result(std::size_t row, std::size_t j) const {
    return out_[(row - patch_.rows.first) * columns_ + j];
  }

  // The value of the row on a run of samples.
  [[nodiscard]] T value_on(const SampleRun& run, std::size_t row, std::size_t j) {
    const Candidates& candidates = *table_.candidates();
    const std::ptrdiff_t own = static_cast<std::ptrdiff_t>(row) + table_.own_sample();
    const StencilRow& of =
        candidates.depends_on_sample()
            ? scratch_.rows.row(candidates, static_cast<std::size_t>(own), run)
            : candidates.shared_row(run);
    std::array<S, most_nodes> samples;  // of the run, in their order
    for (std::size_t k = 0; k <= run.below + run.above; ++k) {
      samples[k] = sample(
          own - static_cast<std::ptrdiff_t>(run.below) + static_cast<std::ptrdiff_t>(k),
          j);
    }
    const S* const centre = samples.data() + run.below;
    T sum = 0;
    for (std::size_t k = 0; k < of.taps.size(); ++k) {
      const T weight = weight_as<T>(of.weights[k]);
      const T term = term_value<S, T>(
          of.form, {centre + of.taps[k].plus, centre + of.taps[k].minus, centre, &weight},
          /*leaves_out=*/true);
      sum = k == 0 ? term : sum + term;
    }
    return weight_as<T>(of.scale) * sum;
  }

  // Sample v of the extended line.
  [[nodiscard]] S sample(std::ptrdiff_t v, std::size_t j) const {
    const auto extent = static_cast<std::ptrdiff_t>(table_.extent());
    if (v >= 0 && v < extent) return held_sample(static_cast<std::size_t>(v), j);
    const Ghost ghost = table_.extension().at(v);
    if (ghost.rule == GhostRule::known) return known(v < 0 ? 0 : 1, j);
    const S source = held_sample(ghost.sample, j);
    if (ghost.rule == GhostRule::copied) return source;
    if (ghost.rule == GhostRule::negated) return -source;
    return 2 * held_sample(ghost.end, j) - source;
  }

  [[nodiscard]] S held_sample(std::size_t sample, std::size_t j) const {
    return in_[static_cast<std::size_t>(patch_.held.place(sample)) * columns_ + j];
  }

  // Strides of the numbers known at an end are not those of the dense copy.
  [[nodiscard]] S known(std::size_t end, std::size_t j) const {
    const EndSamples<S>& samples = patch_.ends[end];
    if (samples.repeat != 0) return ends_[end][j % samples.repeat];
    std::ptrdiff_t at = 0;
    for (std::size_t d = patch_.extents.size(); d-- > patch_.axis + 1;) {
      at += static_cast<std::ptrdiff_t>(j % patch_.extents[d]) * samples.strides[d];
      j /= patch_.extents[d];
    }
    return ends_[end][at];
  }

  static constexpr T missing = std::numeric_limits<T>::quiet_NaN();

  const RowTable& table_;
  const Patch<S, T>& patch_;
  GapScratch& scratch_;
  std::size_t columns_ = 1;
  std::size_t samples_ = 0;
  std::size_t results_ = 0;
  const S* in_ = nullptr;
  const std::uint8_t* is_there_ = nullptr;
  T* out_ = nullptr;
  std::array<const S*, 2> ends_ = {};
};

}  // namespace

const StencilRow& RowCache::row(const Candidates& candidates, std::size_t sample,
                                const SampleRun& run) {
  constexpr std::size_t kept = 1024;
  constexpr std::size_t spread = 31;
  entries_.resize(kept);
  Entry& entry =
      entries_[(sample * spread + run.below * (candidates.reach() + 1) + run.above) %
               kept];
  if (entry.of != &candidates || entry.sample != sample || entry.run != run) {
    entry = {&candidates, sample, run, candidates.row(sample, run)};
  }
  return entry.row;
}

template <class S, class T>
void resolve_gaps(const RowTable& table, const Patch<S, T>& patch,
                  const std::uint8_t* is_there, GapScratch& scratch) {
  GapBlock<S, T> block(table, patch, scratch);
  std::size_t blocks = 1;
  for (std::size_t d = 0; d < patch.axis; ++d) blocks *= patch.extents[d];
  for (std::size_t b = 0; b < blocks; ++b) {
    std::array<const S*, 2> ends = {patch.ends[0].values, patch.ends[1].values};
    std::size_t rest = b;
    for (std::size_t d = patch.axis; d-- > 0;) {
      const auto index = static_cast<std::ptrdiff_t>(rest % patch.extents[d]);
      rest /= patch.extents[d];
      for (std::size_t end = 0; end < ends.size(); ++end) {
        if (patch.ends[end].repeat == 0) ends[end] += index * patch.ends[end].strides[d];
      }
    }
    block.resolve(patch.in + b * block.samples(), is_there + b * block.samples(),
                  patch.out + b * block.results(), ends);
  }
}

template void resolve_gaps(const RowTable&, const Patch<float, float>&,
                           const std::uint8_t*, GapScratch&);
template void resolve_gaps(const RowTable&, const Patch<double, double>&,
                           const std::uint8_t*, GapScratch&);
template void resolve_gaps(const RowTable&, const Patch<std::int64_t, double>&,
                           const std::uint8_t*, GapScratch&);

}  // namespace gridgrad
