// gridgrad/io/streamed_gradient.hpp: read, compute and write, one tile after the other
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
  /// Fills memory with the samples of a box of the field, in C order.
  std::function<void(const Box& box, std::span<std::byte> samples)> read;
  /// Makes a copy that is differentiated in place of what was read, of the same shape,
  /// where one is needed; null: never.
  std::function<std::optional<AnyArray>(const AnyArray&)> prepare = nullptr;
  /// Changes the results of one component before they are written; null: nothing.
  std::function<void(AnyArray&)> finish = nullptr;
  /// Takes the results of a component in a box of the field.
  std::function<void(std::size_t component, const Box& box,
                     std::span<const std::byte> results)>
      write = nullptr;
  /// Is told how many bytes of results a tile had; null: nobody.
  std::function<void(std::uint64_t bytes)> progress = nullptr;
};

/// Computes the gradient that `plan` cuts into tiles: the bits of `gradient` on the whole
/// field.
///
/// Throws what the steps throw, and Error as `gradient_into`; tiles that were written
/// before stay so.
void stream_gradient(const TilePlan& plan, const TileSteps& steps,
                     Execution execution = {});

}  // namespace gridgrad::io
