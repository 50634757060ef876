// cli/pictures/colour_map.cpp: which colour a value has
//
// SPDX-License-Identifier: BSD-3-Clause

#include "colour_map.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>

namespace gridgrad::cli {
namespace {

// At equal distances, with straight lines between them: within two units of a channel of
// the published tables.
constexpr std::array<std::uint32_t, 33> viridis = {
    0x440154, 0x470d60, 0x48186a, 0x482374, 0x472d7b, 0x453681, 0x424086,
    0x3f4989, 0x3b528b, 0x375a8d, 0x33638d, 0x2f6a8e, 0x2c728e, 0x297a8e,
    0x26818e, 0x23898e, 0x21908d, 0x1f988b, 0x1e9f88, 0x21a685, 0x27ae80,
    0x31b57b, 0x3dbc74, 0x4cc26c, 0x5cc963, 0x6ece58, 0x81d44c, 0x96d840,
    0xabdc32, 0xc0df24, 0xd5e219, 0xeae519, 0xfde724};

constexpr std::array<std::uint32_t, 11> blue_to_red = {
    0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7,
    0xfddbc7, 0xf4a582, 0xd6604d, 0xb2182b, 0x67001f};

constexpr std::array<std::uint32_t, 33> twilight = {
    0xe2dae3, 0xd7d8dd, 0xc3ced4, 0xaac2cc, 0x94b4c6, 0x80a6c3, 0x7297c1,
    0x6787be, 0x6275ba, 0x5f63b5, 0x5e51ad, 0x5d3da1, 0x5a2a90, 0x521b78,
    0x45135c, 0x381045, 0x2f1336, 0x39113a, 0x4a1342, 0x5f174a, 0x741d4f,
    0x882750, 0x983550, 0xa64550, 0xb25652, 0xbb6857, 0xc27c62, 0xc88f72,
    0xcca388, 0xd1b5a2, 0xd8c6bd, 0xdfd4d5, 0xe2dae3};

std::uint8_t channel(std::uint32_t colour, int shift) {
  return static_cast<std::uint8_t>(colour >> shift & 0xffU);
}

std::uint8_t between(std::uint8_t low, std::uint8_t high, double fraction) {
  return static_cast<std::uint8_t>(std::lround(low + fraction * (high - low)));
}

Colour mixed(std::uint32_t low, std::uint32_t high, double fraction) {
  return {between(channel(low, 16), channel(high, 16), fraction),
          between(channel(low, 8), channel(high, 8), fraction),
          between(channel(low, 0), channel(high, 0), fraction)};
}

ColourMap map_through(std::span<const std::uint32_t> anchors) {
  ColourMap map;
  const double parts = static_cast<double>(anchors.size() - 1);
  for (std::size_t i = 0; i < map.size(); ++i) {
    const double place = static_cast<double>(i) / (colour_count - 1) * parts;
    const std::size_t below =
        std::min(static_cast<std::size_t>(place), anchors.size() - 2);
    map[i] =
        mixed(anchors[below], anchors[below + 1], place - static_cast<double>(below));
  }
  return map;
}

}  // namespace

const ColourMap& colour_map(ColourScale scale) {
  static const ColourMap sequential = map_through(viridis);
  static const ColourMap diverging = map_through(blue_to_red);
  static const ColourMap cyclic = map_through(twilight);
  switch (scale) {
    case ColourScale::sequential:
      return sequential;
    case ColourScale::diverging:
      return diverging;
    case ColourScale::cyclic:
      break;
  }
  return cyclic;
}

std::uint8_t colour_index(const ColourRange& range, double value) {
  // Halved, because the difference of the largest numbers is none.
  double fraction = (value / 2 - range.low / 2) / (range.high / 2 - range.low / 2);
  if (range.scale == ColourScale::cyclic) fraction -= std::floor(fraction);
  if (!(fraction > 0)) return 0;
  if (fraction >= 1) return colour_count - 1;
  return static_cast<std::uint8_t>(fraction * colour_count);
}

std::string hex(const Colour& colour) {
  return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue);
}

}  // namespace gridgrad::cli
