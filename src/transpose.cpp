// transpose.cpp: entries row by row, then gathered by column
//
// SPDX-License-Identifier: BSD-3-Clause

#include "transpose.hpp"

#include <algorithm>
#include <numeric>

namespace gridgrad {
namespace {

// What one sample contributes to a row, before the scale.
struct Share {
  std::size_t column;
  Rounded weight;
};

Rounded negated(Rounded weight) {
  return {-weight.f64, -weight.f32};
}

// Rounded once more: the weights of shared rows are integers, those of others have the
// scale 1. Rows with a divisor round at both steps.
Rounded scaled(Rounded weight, const Band& band) {
  const Rounded by = band.divisor.value_or(Rounded{1, 1});
  return {weight.f64 / by.f64 * band.scale.f64, weight.f32 / by.f32 * band.scale.f32};
}

Rounded sum(std::span<const Share> shares) {
  if (shares.size() == 1) return shares[0].weight;
  std::vector<double> wide;
  std::vector<double> narrow;
  for (const Share& share : shares) {
    wide.push_back(share.weight.f64);
    narrow.push_back(share.weight.f32);
  }
  return {rounded_sum(wide).f64, rounded_sum(narrow).f32};
}

// Collects what one row takes of each sample.
class Shares {
 public:
  Shares(const RowTable& table, const Band& band, std::size_t row)
      : table_(table),
        band_(band),
        own_(static_cast<std::ptrdiff_t>(row) + table.own_sample()) {
    const std::span<const Tap> taps = table.taps(band);
    for (std::size_t k = 0; k < taps.size(); ++k) {
      add(taps[k],
          {*table.weights<double>(band, k, row), *table.weights<float>(band, k, row)});
    }
  }

  [[nodiscard]] std::vector<Share>& shares() { return shares_; }
  [[nodiscard]] const std::array<double, 2>& ends() const { return ends_; }

 private:
  void add(const Tap& tap, Rounded weight) {
    if (weight.f64 == 0) return;
    if (is_slope(tap)) return add_known(tap.plus == lower_slope ? 0 : 1, weight);
    add_sample(tap.plus, weight);
    if (band_.form == RowForm::plain) return;
    add_sample(tap.minus, band_.form == RowForm::paired_even ? weight : negated(weight));
    if (band_.form != RowForm::paired_even) return;
    add_sample(0, negated(weight));
    add_sample(0, negated(weight));
  }

  // A ghost is what its boundary makes it of.
  void add_sample(std::ptrdiff_t offset, Rounded weight) {
    const std::ptrdiff_t v = own_ + offset;
    if (band_.form == RowForm::plain) {
      return shares_.push_back({static_cast<std::size_t>(v), weight});
    }
    const Ghost ghost = table_.extension().at(v);
    if (ghost.rule == GhostRule::known) return add_known(v < 0 ? 0 : 1, weight);
    if (ghost.rule == GhostRule::turned) {
      shares_.push_back({ghost.end, weight});
      shares_.push_back({ghost.end, weight});
    }
    const bool is_copied = ghost.rule == GhostRule::copied;
    shares_.push_back({ghost.sample, is_copied ? weight : negated(weight)});
  }

  void add_known(std::size_t end, Rounded weight) {
    ends_[end] += weight.f64 * band_.scale.f64;
  }

  const RowTable& table_;
  const Band& band_;
  std::ptrdiff_t own_;
  std::vector<Share> shares_;
  std::array<double, 2> ends_ = {0, 0};
};

// The matrix by columns: entries of column j at [starts[j], starts[j + 1]), by row.
struct Columns {
  std::vector<std::size_t> starts;
  std::vector<Entry> entries;  // `column` holds the row

  [[nodiscard]] std::span<const Entry> column(std::size_t j) const {
    return std::span(entries).subspan(starts[j], starts[j + 1] - starts[j]);
  }
};

Columns columns_of(const RowTable& table) {
  Columns columns;
  columns.starts.assign(table.extent() + 1, 0);
  for_each_row(table, [&](std::size_t, const RowEntries& row) {
    for (const Entry& entry : row.entries) ++columns.starts[entry.column + 1];
  });
  std::partial_sum(columns.starts.begin(), columns.starts.end(), columns.starts.begin());
  std::vector<std::size_t> next(columns.starts.begin(), columns.starts.end() - 1);
  columns.entries.resize(columns.starts.back());
  for_each_row(table, [&](std::size_t i, const RowEntries& row) {
    for (const Entry& entry : row.entries) {
      columns.entries[next[entry.column]++] = {i, entry.weight};
    }
  });
  return columns;
}

std::vector<Tap> taps_of(std::span<const Entry> column, std::size_t j) {
  std::vector<Tap> taps;
  for (const Entry& entry : column) {
    taps.push_back(
        {static_cast<std::ptrdiff_t>(entry.column) - static_cast<std::ptrdiff_t>(j), 0});
  }
  return taps;
}

bool are_equal(std::span<const Entry> a, std::span<const Entry> b) {
  return std::ranges::equal(a, b, [](const Entry& x, const Entry& y) {
    return x.weight.f64 == y.weight.f64 && x.weight.f32 == y.weight.f32;
  });
}

// One band from columns first to last, which have the same taps.
void append_band(RowTable& table, const Columns& columns, Range range,
                 std::span<const Tap> taps) {
  const std::span<const Entry> first = columns.column(range.first);
  bool is_shared = true;
  for (std::size_t j = range.first; j < range.last && is_shared; ++j) {
    is_shared = are_equal(columns.column(j), first);
  }
  std::vector<Rounded> weights;
  for (std::size_t k = 0; k < taps.size(); ++k) {
    const std::size_t last = is_shared ? range.first + 1 : range.last;
    for (std::size_t j = range.first; j < last; ++j) {
      weights.push_back(columns.column(j)[k].weight);
    }
  }
  table.append({RowForm::plain, range.size(), taps}, weights);
}

}  // namespace

void row_entries(const RowTable& table, const Band& band, std::size_t i,
                 RowEntries& row) {
  Shares of_row(table, band, i);
  std::vector<Share>& shares = of_row.shares();
  row.ends = of_row.ends();
  row.accuracy = band.accuracy;
  std::ranges::stable_sort(shares, {}, &Share::column);
  row.entries.clear();
  for (auto first = shares.begin(); first != shares.end();) {
    const auto last = std::find_if(
        first, shares.end(), [&](const Share& s) { return s.column != first->column; });
    row.entries.push_back({first->column, scaled(sum({first, last}), band)});
    first = last;
  }
}

RowTable transposed(const RowTable& table) {
  const Columns columns = columns_of(table);
  RowTable result(table.row_count(), 0);
  for (std::size_t first = 0; first < table.extent();) {
    const std::vector<Tap> taps = taps_of(columns.column(first), first);
    std::size_t last = first + 1;
    while (last < table.extent() && taps_of(columns.column(last), last) == taps) ++last;
    append_band(result, columns, {first, last}, taps);
    first = last;
  }
  result.finish();
  return result;
}

}  // namespace gridgrad
