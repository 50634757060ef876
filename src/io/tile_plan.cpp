// io/tile_plan.cpp: which axis is walked, and how much of the others fits
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/tile_plan.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

#include "gridgrad/error.hpp"

namespace gridgrad::io {
namespace {

// Bytes that are held where memory is no bound: enough for the work to be worth the way,
// little enough for tiles to be read, computed and written side by side. Chunks are
// decoded on several threads, so several of them are a tile.
constexpr std::uint64_t usual_bytes = std::uint64_t{96} << 20;
constexpr std::uint64_t usual_bytes_of_chunks = 3 * usual_bytes;

// Sorted and disjoint, neighbours joined.
std::vector<Range> joined(std::vector<Range> ranges) {
  std::ranges::sort(ranges, {}, &Range::first);
  std::vector<Range> result;
  for (const Range& range : ranges) {
    if (!result.empty() && range.first <= result.back().last) {
      result.back().last = std::max(result.back().last, range.last);
    } else {
      result.push_back(range);
    }
  }
  return result;
}

std::size_t size_of(std::span<const Range> ranges) {
  return std::transform_reduce(ranges.begin(), ranges.end(), std::size_t{0},
                               std::plus<>(), [](Range range) { return range.size(); });
}

std::uint64_t product(std::span<const std::size_t> extents) {
  return std::accumulate(extents.begin(), extents.end(), std::uint64_t{1},
                         std::multiplies<>());
}

// What memory.hpp takes for that much.
std::uint64_t allocated(std::uint64_t bytes) {
  constexpr std::uint64_t huge_page = std::uint64_t{2} << 20;
  return bytes < 2 * huge_page ? bytes : (bytes + huge_page - 1) / huge_page * huge_page;
}

void require_one_shape(std::span<const TiledField> fields, std::size_t needed) {
  if (fields.size() != needed) {
    throw Error(ErrorCode::bad_shape, "fields",
                std::to_string(fields.size()) + " given; the operator takes " +
                    std::to_string(needed));
  }
  for (const TiledField& field : fields) {
    if (field.extents == fields.front().extents) continue;
    throw Error(ErrorCode::bad_shape, "fields", "of several shapes given; one is needed");
  }
}

std::size_t round_down(std::size_t index, std::size_t unit) {
  return index / unit * unit;
}

std::size_t round_up(std::size_t index, std::size_t unit) {
  return (index + unit - 1) / unit * unit;
}

}  // namespace

TilePlan::TilePlan(std::vector<TiledField> fields, SharedOperator op,
                   const TileBounds& bounds)
    : fields_(std::move(fields)), op_(std::move(op)) {
  require_one_shape(fields_, op_->field_count());
  for (const TiledField& field : fields_) {
    if (field.chunks.empty()) continue;
    chunks_.resize(field.chunks.size(), 1);
    std::ranges::transform(chunks_, field.chunks, chunks_.begin(), std::ranges::max);
  }
  lengths_ = fields_.front().extents;
  choose(bounds);
}

TilePlan TilePlan::whole(std::vector<TiledField> fields, SharedOperator op) {
  constexpr std::uint64_t unbounded = std::numeric_limits<std::uint64_t>::max();
  TilePlan plan(std::move(fields), std::move(op), {unbounded});
  plan.lengths_.assign(plan.extents().begin(), plan.extents().end());
  plan.walk_axis_ = 0;
  return plan;
}

ElementType TilePlan::result_type() const {
  ElementType longest = gridgrad::result_type(fields_.front().stored);
  for (const TiledField& field : fields_) {
    const ElementType own = gridgrad::result_type(field.stored);
    if (gridgrad::size_of(own) > gridgrad::size_of(longest)) longest = own;
  }
  return longest;
}

std::size_t TilePlan::unit(std::size_t axis) const {
  return chunks_.empty() ? 1 : chunks_[axis];
}

bool TilePlan::is_cut(std::size_t axis) const {
  return lengths_[axis] < extents()[axis];
}

std::size_t TilePlan::count(std::size_t axis) const {
  if (extents()[axis] == 0) return 0;
  return (extents()[axis] + lengths_[axis] - 1) / lengths_[axis];
}

Range TilePlan::rows(std::size_t axis, std::size_t k) const {
  const std::size_t first = k * lengths_[axis];
  return {first, std::min(first + lengths_[axis], extents()[axis])};
}

std::vector<Range> TilePlan::samples(std::size_t axis, Range rows) const {
  const std::size_t extent = extents()[axis];
  if (!is_cut(axis)) return {{0, extent}};
  std::vector<Range> ranges = {rows};
  const std::vector<Range> needed = op_->support(axis, rows);
  ranges.insert(ranges.end(), needed.begin(), needed.end());
  ranges = joined(std::move(ranges));
  if (axis != walk_axis_) return ranges;
  // Chunks that are read are held as a whole. What lies before the rows is there from the
  // tile before.
  for (Range& range : ranges) {
    const bool is_own = range.first <= rows.first && rows.first < range.last;
    if (!is_own) range.first = round_down(range.first, unit(axis));
    range.last = std::min(round_up(range.last, unit(axis)), extent);
  }
  return joined(std::move(ranges));
}

// All inner tiles are alike.
std::size_t TilePlan::most_samples(std::size_t axis) const {
  constexpr std::size_t looked_at = 4;
  const std::size_t tiles = count(axis);
  std::size_t most = 0;
  for (std::size_t k = 0; k < tiles; ++k) {
    if (k == looked_at && tiles > 2 * looked_at) k = tiles - looked_at;
    most = std::max(most, size_of(samples(axis, rows(axis, k))));
  }
  return most;
}

// Of the largest tile.
TilePlan::TileBytes TilePlan::tile_bytes() const {
  std::uint64_t held = 1;
  for (std::size_t axis = 0; axis < lengths_.size(); ++axis) held *= most_samples(axis);
  const std::size_t result = gridgrad::size_of(result_type());
  TileBytes bytes = {0, 0, op_->computed_count() * allocated(product(lengths_) * result),
                     0};
  for (const TiledField& field : fields_) {
    const std::uint64_t own = allocated(held * gridgrad::size_of(field.stored));
    bytes.read += own;
    bytes.longest_read = std::max(bytes.longest_read, own);
    bytes.copied += allocated(held * field.copied);
  }
  return bytes;
}

std::uint64_t TilePlan::peak_bytes() const {
  const auto [read, copied, results, longest] = tile_bytes();
  const std::uint64_t one = read + copied + results + bytes_of_chunks();
  if (size() <= 1) return one;
  // The tiles before and after are read or wait to be written, the one read last is kept
  // for the next, and where the axis wraps, the first for the last.
  return one + (at_once_ - 1) * std::max(read, results) + (wraps() ? 2 : 1) * read +
         bytes_to_recycle();
}

std::uint64_t TilePlan::bytes_to_recycle() const {
  if (size() <= 1 || at_once_ == 1) return 0;
  const auto [read, copied, results, longest] = tile_bytes();
  const std::size_t count = op_->computed_count();
  const std::uint64_t result = results / std::max<std::size_t>(count, 1);
  const auto [less, more] = std::minmax(longest, result);
  // A block serves what needs up to a fifth less, and then two of them wait.
  const bool are_alike = fields_.size() > 1 || more <= less + less / 4;
  return are_alike ? (fields_.size() + count) * more : read + results;
}

// While a chunk is decompressed and another compressed, libraries hold it in both forms.
std::uint64_t TilePlan::bytes_of_chunks() const {
  constexpr std::uint64_t held_at_once = 3;
  return chunks_.empty()
             ? 0
             : held_at_once * product(chunks_) * gridgrad::size_of(result_type());
}

bool TilePlan::fits(std::uint64_t memory) const {
  return peak_bytes() <= memory;
}

// The longest multiple of a chunk that fits.
void TilePlan::lengthen(std::size_t axis, std::uint64_t memory) {
  const std::size_t extent = extents()[axis];
  std::size_t fitting = lengths_[axis] / unit(axis);
  std::size_t too_many = round_up(extent, unit(axis)) / unit(axis) + 1;
  while (fitting + 1 < too_many) {
    const std::size_t middle = fitting + (too_many - fitting) / 2;
    lengths_[axis] = std::min(middle * unit(axis), extent);
    (fits(memory) ? fitting : too_many) = middle;
  }
  lengths_[axis] = std::min(std::max(fitting, std::size_t{1}) * unit(axis), extent);
}

bool TilePlan::choose_walk_along(std::size_t axis, const TileBounds& bounds) {
  walk_axis_ = axis;
  lengths_ = fields_.front().extents;
  const bool is_in_order = bounds.order == ResultOrder::stored;
  for (std::size_t cut = 0; cut <= axis; ++cut) {
    if (!op_->may_cut(cut)) continue;
    lengths_[cut] = is_in_order && cut < axis ? 1 : std::min(unit(cut), lengths_[cut]);
  }
  if (!fits(bounds.memory)) return false;
  // Longer tiles read fewer halos again, but none along the walk.
  for (std::size_t cut = 0; cut < axis && !is_in_order; ++cut) {
    if (op_->may_cut(cut)) lengthen(cut, bounds.memory);
  }
  if (op_->may_cut(axis)) lengthen(axis, std::min(bounds.memory, usual()));
  return true;
}

std::uint64_t TilePlan::usual() const {
  return chunks_.empty() ? usual_bytes : usual_bytes_of_chunks;
}

void TilePlan::choose(const TileBounds& bounds) {
  if (product(extents()) == 0 || fits(std::min(bounds.memory, usual()))) return;
  constexpr std::size_t side_by_side = 3;
  for (std::size_t axis = 0; axis < extents().size(); ++axis) {
    for (const std::size_t tiles : {side_by_side, std::size_t{1}}) {
      at_once_ = tiles;
      if (choose_walk_along(axis, bounds)) return;
    }
  }
  throw Error(ErrorCode::bad_argument, "memory",
              std::to_string(bounds.memory) + " bytes given; the smallest tile, " +
                  (chunks_.empty() ? "one row" : "one chunk") + " with its halo, needs " +
                  std::to_string(peak_bytes()));
}

bool TilePlan::wraps() const {
  if (!is_cut(walk_axis_)) return false;
  const std::size_t last = count(walk_axis_) - 1;
  return samples(walk_axis_, rows(walk_axis_, 0)).size() > 1 ||
         samples(walk_axis_, rows(walk_axis_, last)).size() > 1;
}

std::size_t TilePlan::size() const {
  std::size_t tiles = 1;
  for (std::size_t axis = 0; axis < lengths_.size(); ++axis) tiles *= count(axis);
  return tiles;
}

// The walk is the innermost loop: axes after it are not cut.
Tile TilePlan::tile(std::size_t k) const {
  const std::size_t rank = lengths_.size();
  Tile tile{{std::vector<std::size_t>(rank), std::vector<std::size_t>(rank)},
            std::vector<std::vector<Range>>(rank)};
  for (std::size_t axis = rank; axis-- > 0;) {
    const Range own = rows(axis, k % count(axis));
    k /= count(axis);
    tile.rows.first[axis] = own.first;
    tile.rows.extents[axis] = own.size();
    tile.samples[axis] = samples(axis, own);
  }
  return tile;
}

std::uint64_t TilePlan::samples_read(std::size_t axis) const {
  if (axis == walk_axis_ || !is_cut(axis)) return extents()[axis];
  std::uint64_t read = 0;
  for (std::size_t k = 0; k < count(axis); ++k) {
    for (const Range& range : samples(axis, rows(axis, k))) {
      read += std::min(round_up(range.last, unit(axis)), extents()[axis]) -
              round_down(range.first, unit(axis));
    }
  }
  return read;
}

std::uint64_t TilePlan::bytes_read() const {
  std::uint64_t bytes = 0;
  for (const TiledField& field : fields_) bytes += gridgrad::size_of(field.stored);
  for (std::size_t axis = 0; axis < lengths_.size(); ++axis) bytes *= samples_read(axis);
  return bytes;
}

std::uint64_t TilePlan::bytes_of_fields() const {
  std::uint64_t bytes = 0;
  for (const TiledField& field : fields_) bytes += gridgrad::size_of(field.stored);
  return product(extents()) * bytes;
}

std::uint64_t TilePlan::bytes_written() const {
  return product(extents()) * op_->result_count() * gridgrad::size_of(result_type());
}

}  // namespace gridgrad::io
