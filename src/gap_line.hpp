// gap_line.hpp: one line of the extended field, and which of its samples are there
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "candidates.hpp"
#include "ranges.hpp"
#include "row_table.hpp"

namespace gridgrad {

// What a row is computed from where samples may be missing.
struct RowChoice {
  enum class Kind : std::uint8_t { own, run, missing };
  Kind kind;
  SampleRun run;

  // Order of the result; 0 where it is missing.
  [[nodiscard]] int accuracy(const Band& band) const noexcept {
    if (kind == Kind::missing) return 0;
    return kind == Kind::own ? band.accuracy : run.accuracy;
  }
};

// Marks of the samples held along one line, `step` apart.
class GapLine {
 public:
  GapLine(const RowTable& table, const SampleRanges& held, const std::uint8_t* is_there,
          std::ptrdiff_t step)
      : table_(table), held_(held), is_there_(is_there), step_(step) {}

  // Whether sample v of the extended line exists.
  [[nodiscard]] bool has(std::ptrdiff_t v) const noexcept {
    const auto extent = static_cast<std::ptrdiff_t>(table_.extent());
    if (v >= 0 && v < extent) return has_sample(static_cast<std::size_t>(v));
    const Extension& extension = table_.extension();
    if (!(v < 0 ? extension.extends_lower() : extension.extends_upper())) return false;
    const Ghost ghost = extension.at(v);
    if (ghost.rule == GhostRule::known) return true;
    return has_sample(ghost.sample) &&
           (ghost.rule != GhostRule::turned || has_sample(ghost.end));
  }

  // What row `row` of a band is computed from.
  [[nodiscard]] RowChoice choose(const Band& band, std::size_t row) const {
    const std::ptrdiff_t own = static_cast<std::ptrdiff_t>(row) + table_.own_sample();
    if (!has(own)) return {RowChoice::Kind::missing, {}};
    const Candidates* candidates = table_.candidates();
    const bool is_accepted = candidates == nullptr || candidates->accepts(band.accuracy);
    if (is_accepted && is_complete(band, row, own)) return {RowChoice::Kind::own, {}};
    if (candidates == nullptr) return {RowChoice::Kind::missing, {}};
    const SampleRun& run =
        candidates->best(length(own, -1, *candidates), length(own, 1, *candidates));
    return {run.accuracy > 0 ? RowChoice::Kind::run : RowChoice::Kind::missing, run};
  }

 private:
  [[nodiscard]] bool has_sample(std::size_t sample) const noexcept {
    return is_there_[held_.place(sample) * step_] != 0;
  }

  // Neighbours of a sample in one direction that are there.
  [[nodiscard]] std::size_t length(std::ptrdiff_t own, std::ptrdiff_t direction,
                                   const Candidates& candidates) const noexcept {
    std::size_t count = 0;
    while (count < candidates.reach() &&
           has(own + direction * static_cast<std::ptrdiff_t>(count + 1))) {
      ++count;
    }
    return count;
  }

  // All samples between the outermost that the row gives a weight to.
  [[nodiscard]] bool is_complete(const Band& band, std::size_t row,
                                 std::ptrdiff_t own) const noexcept {
    std::ptrdiff_t lowest = 0;
    std::ptrdiff_t highest = 0;
    const std::span<const Tap> taps = table_.taps(band);
    for (std::size_t k = 0; k < taps.size(); ++k) {
      if (is_slope(taps[k]) || *table_.weights<double>(band, k, row) == 0) continue;
      lowest = std::min({lowest, taps[k].plus, taps[k].minus});
      highest = std::max({highest, taps[k].plus, taps[k].minus});
    }
    for (std::ptrdiff_t v = own + lowest; v <= own + highest; ++v) {
      if (!has(v)) return false;
    }
    return true;
  }

  const RowTable& table_;
  const SampleRanges& held_;
  const std::uint8_t* is_there_;
  std::ptrdiff_t step_;
};

}  // namespace gridgrad
