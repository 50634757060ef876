// presence.hpp: which samples of a copied block exist
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace gridgrad {

// Samples side by side that exist together: the parts of complex numbers, else one.
enum class Parts : std::uint8_t { one = 1, two = 2 };

template <class S>
[[nodiscard]] bool exists(S sample) noexcept {
  if constexpr (std::floating_point<S>) return !std::isnan(sample);
  return true;
}

// Writes 1 for every sample that exists: neither NaN nor the number that stands for a
// missing one, which has no imaginary part.
template <class S>
void note_presence(std::span<const S> samples, const std::optional<S>& fill, Parts parts,
                   std::uint8_t* is_there) {
  if (parts == Parts::one) {
    for (std::size_t q = 0; q < samples.size(); ++q) {
      is_there[q] = exists(samples[q]) ? 1 : 0;
    }
    if (!fill) return;
    for (std::size_t q = 0; q < samples.size(); ++q) {
      is_there[q] &= samples[q] != *fill ? 1 : 0;
    }
    return;
  }
  for (std::size_t q = 0; q < samples.size(); q += 2) {
    const S real = samples[q];
    const S imaginary = samples[q + 1];
    const bool is_fill = fill && real == *fill && imaginary == 0;
    const bool is_complete = exists(real) && exists(imaginary) && !is_fill;
    is_there[q] = is_there[q + 1] = is_complete ? 1 : 0;
  }
}

}  // namespace gridgrad
