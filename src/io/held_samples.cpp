// io/held_samples.cpp: what is kept is copied, what is not is read
//
// SPDX-License-Identifier: BSD-3-Clause

#include "held_samples.hpp"

#include <algorithm>
#include <utility>

#include "copy_box.hpp"

namespace gridgrad::io {
namespace {

bool contains(std::span<const Range> ranges, std::size_t index) {
  return std::ranges::any_of(
      ranges, [&](Range range) { return range.first <= index && index < range.last; });
}

std::vector<std::size_t> extents_of_held(const std::vector<std::vector<Range>>& ranges) {
  std::vector<std::size_t> extents;
  for (const std::vector<Range>& along : ranges) {
    std::size_t extent = 0;
    for (const Range& range : along) extent += range.size();
    extents.push_back(extent);
  }
  return extents;
}

}  // namespace

std::size_t place_in(std::span<const Range> ranges, std::size_t index) {
  std::size_t before = 0;
  for (const Range& range : ranges) {
    if (index < range.last) return before + index - range.first;
    before += range.size();
  }
  return before;
}

std::shared_ptr<const HeldSamples> TileReader::read(const Tile& tile) {
  begin_walk_unless_same(tile);
  auto held = std::make_shared<HeldSamples>(HeldSamples{
      make_array(plan_.fields()[field_].stored, extents_of_held(tile.samples)),
      tile.samples});
  // A field of rank 0 has no axes to be differentiated along.
  for (const Range& range : tile.samples[plan_.walk_axis()]) fill(*held, range);
  last_ = held;
  if (first_ == nullptr && plan_.wraps()) first_ = held;
  if (plan_.size() == 1) last_ = nullptr;
  return held;
}

void TileReader::begin_walk_unless_same(const Tile& tile) {
  if (last_ == nullptr) return;
  for (std::size_t axis = 0; axis < tile.samples.size(); ++axis) {
    if (axis == plan_.walk_axis() || tile.samples[axis] == last_->ranges[axis]) continue;
    last_ = nullptr;
    first_ = nullptr;
    return;
  }
}

const HeldSamples* TileReader::keeper_of(std::size_t index) const {
  for (const HeldSamples* kept : {last_.get(), first_.get()}) {
    if (kept != nullptr && contains(kept->ranges[plan_.walk_axis()], index)) return kept;
  }
  return nullptr;
}

std::size_t TileReader::next_kept(std::size_t index, std::size_t last) const {
  for (const HeldSamples* kept : {last_.get(), first_.get()}) {
    if (kept == nullptr) continue;
    for (const Range& range : kept->ranges[plan_.walk_axis()]) {
      if (range.first > index) last = std::min(last, range.first);
    }
  }
  return last;
}

void TileReader::fill(HeldSamples& held, Range range) const {
  while (range.first < range.last) {
    Range part = range;
    if (const HeldSamples* const kept = keeper_of(range.first)) {
      for (const Range& there : kept->ranges[plan_.walk_axis()]) {
        if (range.first < there.last) {
          part.last = std::min(part.last, there.last);
          break;
        }
      }
      copy(*kept, held, part);
    } else {
      part.last = next_kept(range.first, range.last);
      read_range(held, part);
    }
    range.first = part.last;
  }
}

void TileReader::copy(const HeldSamples& from, HeldSamples& held, Range range) const {
  const std::size_t walk = plan_.walk_axis();
  const auto to_extents = extents_of(std::as_const(held.samples));
  std::vector<std::size_t> extents(to_extents.begin(), to_extents.end());
  extents[walk] = range.size();
  std::vector<std::size_t> there(extents.size(), 0);
  std::vector<std::size_t> here(extents.size(), 0);
  there[walk] = place_in(from.ranges[walk], range.first);
  here[walk] = place_in(held.ranges[walk], range.first);
  copy_box({bytes_of(from.samples).data(), extents_of(from.samples), there},
           {bytes_of(held.samples).data(), to_extents, here}, extents,
           size_of(plan_.fields()[field_].stored));
}

// One box per range of the axes before the walk; those after it are whole.
void TileReader::read_range(HeldSamples& held, Range range) const {
  const std::size_t walk = plan_.walk_axis();
  const std::size_t rank = held.ranges.size();
  std::vector<std::size_t> chosen(rank, 0);
  while (true) {
    Box box = whole(plan_.extents());
    std::vector<std::size_t> place(rank, 0);
    for (std::size_t axis = 0; axis < rank; ++axis) {
      const Range own = axis == walk ? range : held.ranges[axis][chosen[axis]];
      box.first[axis] = own.first;
      box.extents[axis] = own.size();
      place[axis] = place_in(held.ranges[axis], own.first);
    }
    read_box(held, box, place);
    std::size_t axis = walk;
    while (axis > 0 && ++chosen[axis - 1] == held.ranges[axis - 1].size()) {
      chosen[--axis] = 0;
    }
    if (axis == 0) return;
  }
}

void TileReader::read_box(HeldSamples& held, const Box& box,
                          const std::vector<std::size_t>& place) const {
  const auto extents = extents_of(std::as_const(held.samples));
  const std::size_t size = size_of(plan_.fields()[field_].stored);
  const std::size_t bytes = size_of(box) * size;
  const std::span<std::byte> all = bytes_of(held.samples);
  const std::size_t walk = plan_.walk_axis();
  const bool is_run = std::all_of(extents.begin(), extents.begin() + walk,
                                  [](std::size_t extent) { return extent == 1; });
  if (is_run) {
    const std::size_t row = all.size() / std::max<std::size_t>(extents[walk], 1);
    read_(box, all.subspan(place[walk] * row, bytes));
    return;
  }
  AnyArray read = make_array(plan_.fields()[field_].stored, box.extents);
  read_(box, bytes_of(read));
  copy_box({bytes_of(std::as_const(read)).data(), box.extents,
            std::vector<std::size_t>(box.extents.size(), 0)},
           {all.data(), extents, place}, box.extents, size);
}

}  // namespace gridgrad::io
