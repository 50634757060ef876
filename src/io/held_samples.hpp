// io/held_samples.hpp: the samples of a tile, those of the tile before not read again
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "gridgrad/io/any_array.hpp"
#include "gridgrad/io/tile_plan.hpp"

namespace gridgrad::io {

struct HeldSamples {
  AnyArray samples;
  std::vector<std::vector<Range>> ranges;  // along each axis, joined in `samples`
};

// Reads the tiles of one field of a plan in their order.
class TileReader {
 public:
  using Read = std::function<void(const Box& box, std::span<std::byte> samples)>;

  TileReader(const TilePlan& plan, std::size_t field, Read read)
      : plan_(plan), field_(field), read_(std::move(read)) {}

  [[nodiscard]] std::shared_ptr<const HeldSamples> read(const Tile& tile);

 private:
  // What is kept of the walk that the ranges belong to and contains `index`; null: none.
  [[nodiscard]] const HeldSamples* keeper_of(std::size_t index) const;
  [[nodiscard]] std::size_t next_kept(std::size_t index, std::size_t last) const;
  void begin_walk_unless_same(const Tile& tile);
  void fill(HeldSamples& held, Range range) const;
  void copy(const HeldSamples& from, HeldSamples& held, Range range) const;
  void read_range(HeldSamples& held, Range range) const;
  void read_box(HeldSamples& held, const Box& box,
                const std::vector<std::size_t>& place) const;

  const TilePlan& plan_;
  std::size_t field_;
  Read read_;
  std::shared_ptr<const HeldSamples> last_;
  std::shared_ptr<const HeldSamples> first_;  // of the walk, if its last tile needs it
};

// Where `index` lies among the samples of joined ranges that contain it.
[[nodiscard]] std::size_t place_in(std::span<const Range> ranges, std::size_t index);

}  // namespace gridgrad::io
