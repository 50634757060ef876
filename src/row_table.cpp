// row_table.cpp: from an axis rule and a scheme to rows
//
// SPDX-License-Identifier: BSD-3-Clause

#include "row_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "coordinates.hpp"
#include "message.hpp"
#include "positions.hpp"

namespace gridgrad {
namespace {

// One-sided rows read at most `edge_order` samples besides their own.
constexpr std::size_t most_edge_taps = 2;
constexpr std::size_t radius = 1;

template <class T>
bool is_normal(T number) noexcept {
  return std::isnormal(number);
}

bool is_halo(const Boundary& end) {
  return std::holds_alternative<Halo>(end);
}
bool is_one_sided(const Boundary& end) {
  return std::holds_alternative<OneSided>(end);
}

// The other sample of a tap of a based row, whose base is the own sample.
std::ptrdiff_t neighbour(const Tap& tap) {
  return tap.plus + tap.minus;
}

// Taps of a one-sided row in the order of summation, outwards from its own sample.
std::span<const Tap> edge_taps(int edge_order, int inwards) {
  static constexpr std::array<Tap, most_edge_taps> up = {{{1, 0}, {2, 0}}};
  static constexpr std::array<Tap, most_edge_taps> down = {{{0, -1}, {0, -2}}};
  const auto count = static_cast<std::size_t>(edge_order);
  return {inwards > 0 ? up.data() : down.data(), count};
}

// The pair around a sample; past an end with a value that value stands in.
Tap pair_at(bool at_lower_end, bool at_upper_end) {
  return {at_upper_end ? upper_end : 1, at_lower_end ? lower_end : -1};
}

// Appends the rows of one axis; uniform and irregular positions differ only in weights.
class RowBuilder {
 public:
  RowBuilder(RowTable& table, const Axis& axis, Scheme scheme)
      : table_(table), axis_(axis), scheme_(scheme) {
    if (axis.coordinates() != nullptr) spacing_ = uniform_spacing(*axis.coordinates());
    if (axis.coordinates() == nullptr) spacing_ = DoubleDouble{axis.spacing(), 0};
  }

  void build() {
    const std::size_t extent = table_.extent();
    const std::size_t skipped_lower = is_halo(axis_.lower()) ? radius : 0;
    const std::size_t skipped_upper = is_halo(axis_.upper()) ? radius : 0;
    if (skipped_lower == 0) end_row(0, 1);
    if (extent > 2 * radius) interior(radius, extent - 2 * radius);
    if (skipped_upper == 0) end_row(extent - 1, -1);
  }

 private:
  // The row of the first or last sample; `inwards` is the direction of the others.
  void end_row(std::size_t sample, int inwards) {
    const Boundary& end = inwards > 0 ? axis_.lower() : axis_.upper();
    if (is_one_sided(end)) {
      one_sided(sample, inwards);
    } else {
      const std::array<Tap, 1> taps = {pair_at(inwards > 0, inwards < 0)};
      constant_end(sample, inwards, taps);
    }
  }

  void one_sided(std::size_t sample, int inwards) {
    const std::span<const Tap> taps = edge_taps(scheme_.edge_order, inwards);
    if (!spacing_) return based(taps, sample, 1);
    // (f_1 - f_0) / h, and (4 (f_1 - f_0) - (f_2 - f_0)) / (2 h); mirrored at the upper
    // end.
    static constexpr std::array<Rounded, 1> first = {{{1, 1}}};
    static constexpr std::array<Rounded, 2> second = {{{4, 4}, {-1, -1}}};
    const bool is_first = scheme_.edge_order == 1;
    table_.append(RowForm::based, 1, taps,
                  is_first ? std::span<const Rounded>(first) : second,
                  uniform_scale(is_first ? 1 : 2));
  }

  // The value past the end lies one end spacing away, so the row is uniform either way.
  void constant_end(std::size_t sample, int inwards, std::span<const Tap> taps) {
    static constexpr std::array<Rounded, 1> weights = {{{1, 1}}};
    Rounded scale;
    if (spacing_) {
      scale = uniform_scale(2);
    } else {
      const Coordinates& x = *axis_.coordinates();
      const DoubleDouble gap = inwards > 0 ? x[1] - x[0] : x[sample] - x[sample - 1];
      scale = rounded_quotient({axis_.unit(), 0}, gap * DoubleDouble{2, 0});
    }
    table_.append(RowForm::paired, 1, taps, weights, scale);
  }

  void interior(std::size_t first, std::size_t rows) {
    static constexpr std::array<Tap, 1> pair = {{{1, -1}}};
    static constexpr std::array<Tap, 2> neighbours = {{{0, -1}, {1, 0}}};
    static constexpr std::array<Rounded, 1> one = {{{1, 1}}};
    if (!spacing_) return based(neighbours, first, rows);
    table_.append(RowForm::paired, rows, pair, one, uniform_scale(2));
  }

  // Rows on irregular positions, from the sample `first` on.
  void based(std::span<const Tap> taps, std::size_t first, std::size_t rows) {
    const Coordinates& x = *axis_.coordinates();
    std::vector<Rounded> weights(taps.size() * rows);
    std::array<DoubleDouble, most_edge_taps> nodes;
    std::array<Rounded, most_edge_taps> row;
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t k = 0; k < taps.size(); ++k) {
        const std::size_t sample = first + i;
        nodes[k] = x[sample + static_cast<std::size_t>(neighbour(taps[k]))] - x[sample];
      }
      first_derivative_weights(std::span(nodes).first(taps.size()), axis_.unit(), row);
      for (std::size_t k = 0; k < taps.size(); ++k) {
        const bool is_below = taps[k].plus == 0;
        weights[k * rows + i] = is_below ? Rounded{-row[k].f64, -row[k].f32} : row[k];
      }
    }
    table_.append(RowForm::based, rows, taps, weights, {1, 1});
  }

  // unit / (denominator * h)
  [[nodiscard]] Rounded uniform_scale(int denominator) const {
    return rounded_quotient(
        {axis_.unit(), 0}, *spacing_ * DoubleDouble{static_cast<double>(denominator), 0});
  }

  RowTable& table_;
  const Axis& axis_;
  Scheme scheme_;
  std::optional<DoubleDouble> spacing_;
};

void check_scheme(Scheme scheme) {
  if (scheme.edge_order == 1 || scheme.edge_order == 2) return;
  throw Error(ErrorCode::bad_argument, "edge_order",
              std::to_string(scheme.edge_order) + " given; 1 or 2 is needed");
}

// Rows at a one-sided end need edge_order + 1 samples, central rows 2 radius + 1.
void check_extent(const Axis& axis, std::size_t extent, Scheme scheme,
                  const std::optional<std::size_t>& field_axis) {
  std::size_t needed = 2;
  if (is_one_sided(axis.lower()) || is_one_sided(axis.upper())) {
    needed = static_cast<std::size_t>(scheme.edge_order) + 1;
  }
  if (is_halo(axis.lower()) || is_halo(axis.upper())) {
    needed =
        std::max(needed, is_halo(axis.lower()) && is_halo(axis.upper()) ? 2 * radius + 1
                                                                        : 2 * radius);
  }
  if (extent >= needed) return;
  throw Error(ErrorCode::too_few_samples, "field",
              counted(extent, "sample") + " along " + axis_text(field_axis) +
                  "; at least " + std::to_string(needed) + " are needed");
}

}  // namespace

RowTable::RowTable(const Axis& axis, std::size_t extent, Scheme scheme,
                   std::optional<std::size_t> field_axis)
    : extent_(extent), own_sample_(is_halo(axis.lower()) ? radius : 0) {
  check_scheme(scheme);
  if (axis.coordinates() != nullptr)
    check_positions(*axis.coordinates(), extent, field_axis);
  check_extent(axis, extent, scheme, field_axis);
  RowBuilder(*this, axis, scheme).build();
  note_ranges();
}

void RowTable::append(RowForm form, std::size_t rows, std::span<const Tap> taps,
                      std::span<const Rounded> weights, Rounded scale) {
  const std::size_t first = row_count();
  // One row, or the same weights in all, needs no stride.
  const std::size_t stride = weights.size() == taps.size() ? 0 : rows;
  bands_.push_back({{first, first + rows},
                    form,
                    scale,
                    taps_.size(),
                    taps.size(),
                    weights64_.size(),
                    stride});
  taps_.insert(taps_.end(), taps.begin(), taps.end());
  weights64_.reserve(weights64_.size() + weights.size());
  weights32_.reserve(weights32_.size() + weights.size());
  for (const Rounded& weight : weights) {
    weights64_.push_back(weight.f64);
    weights32_.push_back(weight.f32);
  }
}

void RowTable::note_ranges() noexcept {
  usable_in_f64_ = std::ranges::all_of(weights64_, is_normal<double>);
  usable_in_f32_ = std::ranges::all_of(weights32_, is_normal<float>);
  for (const Band& band : bands_) {
    usable_in_f64_ = usable_in_f64_ && is_normal(band.scale.f64);
    usable_in_f32_ = usable_in_f32_ && is_normal(band.scale.f32);
  }
}

void RowTable::require(Range rows) const {
  if (rows.first <= rows.last && rows.last <= row_count()) return;
  throw Error(ErrorCode::bad_argument, "rows",
              std::to_string(rows.first) + " to " + std::to_string(rows.last) +
                  " given; the operator has " + std::to_string(row_count()) + " rows");
}

Range RowTable::reach(Range rows) const noexcept {
  Range reach = {extent_, 0};
  for (const Band& band : bands_) {
    const std::size_t first = std::max(rows.first, band.rows.first);
    const std::size_t last = std::min(rows.last, band.rows.last);
    if (first >= last) continue;
    widen(reach, band, first);
    widen(reach, band, last - 1);
  }
  return reach.first < reach.last ? reach : Range{0, 0};
}

void RowTable::widen(Range& reach, const Band& band, std::size_t row) const noexcept {
  const auto include = [&](std::ptrdiff_t offset) {
    if (is_end(offset)) return;
    const auto sample =
        static_cast<std::size_t>(static_cast<std::ptrdiff_t>(row) + own_sample_ + offset);
    reach.first = std::min(reach.first, sample);
    reach.last = std::max(reach.last, sample + 1);
  };
  for (const Tap& tap : taps(band)) {
    include(tap.plus);
    if (band.form != RowForm::plain) include(tap.minus);
  }
}

}  // namespace gridgrad
