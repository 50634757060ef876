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

// Rounded once: the weights of a shared row are small integers, those of others have the
// scale 1.
Rounded scaled(Rounded weight, Rounded scale) {
  return {weight.f64 * scale.f64, weight.f32 * scale.f32};
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

// The shares of one row, and what its ends contribute.
void collect(const RowTable& table, const Band& band, std::size_t row,
             std::vector<Share>& shares, std::array<double, 2>& ends) {
  const auto own = static_cast<std::ptrdiff_t>(row) + table.own_sample();
  const auto add = [&](std::ptrdiff_t offset, Rounded weight) {
    if (offset == lower_end) {
      ends[0] += weight.f64 * band.scale.f64;
    } else if (offset == upper_end) {
      ends[1] += weight.f64 * band.scale.f64;
    } else {
      shares.push_back({static_cast<std::size_t>(own + offset), weight});
    }
  };
  const std::span<const Tap> taps = table.taps(band);
  for (std::size_t k = 0; k < taps.size(); ++k) {
    const Rounded weight = {*table.weights<double>(band, k, row),
                            *table.weights<float>(band, k, row)};
    add(taps[k].plus, weight);
    if (band.form != RowForm::plain) add(taps[k].minus, negated(weight));
  }
}

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
  table.append(RowForm::plain, range.size(), taps, weights, {1, 1});
}

}  // namespace

void row_entries(const RowTable& table, const Band& band, std::size_t i,
                 RowEntries& row) {
  std::vector<Share> shares;
  row.ends = {0, 0};
  collect(table, band, i, shares, row.ends);
  std::ranges::stable_sort(shares, {}, &Share::column);
  row.entries.clear();
  for (auto first = shares.begin(); first != shares.end();) {
    const auto last = std::find_if(
        first, shares.end(), [&](const Share& s) { return s.column != first->column; });
    row.entries.push_back({first->column, scaled(sum({first, last}), band.scale)});
    first = last;
  }
}

RowTable transposed(const RowTable& table) {
  const Columns columns = columns_of(table);
  RowTable result(&table);
  for (std::size_t first = 0; first < table.extent();) {
    const std::vector<Tap> taps = taps_of(columns.column(first), first);
    std::size_t last = first + 1;
    while (last < table.extent() && taps_of(columns.column(last), last) == taps) ++last;
    append_band(result, columns, {first, last}, taps);
    first = last;
  }
  return result;
}

}  // namespace gridgrad
