// selected_rows.cpp: row by row, as gaps.cpp does sample by sample
//
// SPDX-License-Identifier: BSD-3-Clause

#include "selected_rows.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "gap_line.hpp"
#include "message.hpp"

namespace gridgrad {
namespace {

void check_mask(const RowTable& table, std::span<const std::uint8_t> mask) {
  if (mask.size() != table.extent()) {
    throw Error(ErrorCode::bad_shape, "mask",
                counted(mask.size(), "mark") + " given for " +
                    counted(table.extent(), "sample") + "; one per sample is needed");
  }
  table.require_missing_rule();
}

// Rows of a band as they are, with their weights.
void append_own(RowTable& result, const RowTable& table, const Band& band, Range rows) {
  if (rows.size() == 0) return;
  const std::span<const Tap> taps = table.taps(band);
  const std::size_t count = band.weight_stride == 0 ? 1 : rows.size();
  std::vector<Rounded> weights;
  for (std::size_t k = 0; k < taps.size(); ++k) {
    const double* const wide = table.weights<double>(band, k, rows.first);
    const float* const narrow = table.weights<float>(band, k, rows.first);
    for (std::size_t i = 0; i < count; ++i) weights.push_back({wide[i], narrow[i]});
  }
  result.append({band.form, rows.size(), taps, band.scale, band.accuracy}, weights);
}

void append_other(RowTable& result, const RowTable& table, const RowChoice& choice,
                  std::size_t row) {
  if (choice.kind == RowChoice::Kind::missing) {
    return result.append({RowForm::based, 1, {}}, {});
  }
  const auto own =
      static_cast<std::size_t>(static_cast<std::ptrdiff_t>(row) + table.own_sample());
  const StencilRow stencil = table.candidates()->row(own, choice.run);
  result.append({stencil.form, 1, stencil.taps, stencil.scale, choice.run.accuracy},
                stencil.weights);
}

}  // namespace

RowTable selected_rows(const RowTable& table, std::span<const std::uint8_t> mask) {
  check_mask(table, mask);
  std::vector<std::uint8_t> is_there(mask.size());
  std::ranges::transform(mask, is_there.begin(),
                         [](std::uint8_t mark) { return mark == 0 ? 1 : 0; });
  const SampleRanges held(Range{0, table.extent()});
  const GapLine line(table, held, is_there.data(), 1);
  RowTable result(table.extent(), static_cast<std::size_t>(table.own_sample()),
                  table.extension());
  for (const Band& band : table.bands()) {
    std::size_t first_own = band.rows.first;
    for (std::size_t row = band.rows.first; row < band.rows.last; ++row) {
      const RowChoice choice = line.choose(band, row);
      if (choice.kind == RowChoice::Kind::own) continue;
      append_own(result, table, band, {first_own, row});
      append_other(result, table, choice, row);
      first_own = row + 1;
    }
    append_own(result, table, band, {first_own, band.rows.last});
  }
  result.finish();
  return result;
}

}  // namespace gridgrad
