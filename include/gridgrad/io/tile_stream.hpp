// gridgrad/io/tile_stream.hpp: read, compute and write, one tile after the other
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "gridgrad/execution.hpp"
#include "gridgrad/io/any_array.hpp"
#include "gridgrad/io/dataset.hpp"
#include "gridgrad/io/tile_plan.hpp"

namespace gridgrad::io {

/// What happens to a tile. Reading, computing and writing run beside each other, each on
/// one thread at a time, tiles in order.
struct TileSteps {
  /// Fills memory with the samples of a box of a field, in C order.
  std::function<void(std::size_t field, const Box& box, std::span<std::byte> samples)>
      read;
  /// Makes a copy that counts in place of what was read of a field, of the same shape,
  /// where one is needed; null: never.
  std::function<std::optional<AnyArray>(std::size_t field, const AnyArray&)> prepare =
      nullptr;
  /// Changes the samples of one result before they are written; null: nothing.
  std::function<void(AnyArray&)> finish = nullptr;
  /// Takes the samples of a result in a box.
  std::function<void(std::size_t result, const Box& box,
                     std::span<const std::byte> samples)>
      write = nullptr;
  /// Is told how many bytes of results a tile had; null: nobody.
  std::function<void(std::uint64_t bytes)> progress = nullptr;
};

/// Computes what `plan` cuts into tiles: the bits of its operator on whole fields.
///
/// Throws what the steps throw, and Error as the operator; tiles that were written before
/// stay so.
void stream_tiles(const TilePlan& plan, const TileSteps& steps, Execution execution = {});

}  // namespace gridgrad::io
