// extension.hpp: the samples that a boundary adds beyond the ends of a line
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <cstddef>
#include <cstdint>

#include "double_double.hpp"
#include "gridgrad/axis.hpp"

namespace gridgrad {

struct Coordinates;

// What stands beyond an end: nothing, or how it follows from the samples.
enum class GhostRule : std::uint8_t { none, copied, negated, turned, known };

// A sample of the extended line, from those of the line itself.
struct Ghost {
  GhostRule rule = GhostRule::none;  // copied: f[sample], negated: -f[sample],
                                     // turned: 2 f[end] - f[sample], known: end value
  std::size_t sample = 0;
  std::size_t end = 0;  // the end sample, 0 or extent - 1
};

// A line of samples with what its boundaries add. Ghosts reach less than an extent far.
class Extension {
 public:
  Extension() = default;
  Extension(const Axis& axis, std::size_t extent);

  [[nodiscard]] bool extends_lower() const noexcept { return lower_ != Rule::none; }
  [[nodiscard]] bool extends_upper() const noexcept { return upper_ != Rule::none; }

  // Whether a ghost is minus a sample, which 64-bit integers cannot hold.
  [[nodiscard]] bool negates() const noexcept;

  // What stands at index v of the extended line; copied from itself within the line.
  // Precondition: the boundary on that side extends the line.
  [[nodiscard]] Ghost at(std::ptrdiff_t v) const noexcept;

  // Where it stands.
  [[nodiscard]] DoubleDouble position(const Coordinates& x,
                                      std::ptrdiff_t v) const noexcept;

 private:
  enum class Rule : std::uint8_t {
    none,
    periodic,
    mirrored_at_sample,
    mirrored_at_half_point,
    nearest,
    known,
  };
  struct Rules {
    Rule rule;
    GhostRule ghost;
  };
  static Rules rules_of(const Boundary& end);

  // The sample that a mirror or a period puts at v.
  [[nodiscard]] std::ptrdiff_t source(Rule rule, std::ptrdiff_t v) const noexcept;

  std::ptrdiff_t extent_ = 0;
  double period_ = 0;  // its sign: that of the direction of the coordinates
  Rule lower_ = Rule::none;
  Rule upper_ = Rule::none;
  GhostRule lower_ghost_ = GhostRule::none;
  GhostRule upper_ghost_ = GhostRule::none;
};

}  // namespace gridgrad
