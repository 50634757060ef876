// neighbour_rows.hpp: first derivatives from one or two neighbours, many lines at a time
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <vector>

#include "gridgrad/scheme.hpp"
#include "line_sets.hpp"

namespace gridgrad {

// Rows whose weights have a closed form, so that they need not be kept: those of a run of
// lines, or of a part of one line, are computed and used side by side.
class NeighbourRows {
 public:
  NeighbourRows(const AnyField& field, const VaryingTerm& term, const LineSets& sets,
                const Scheme& scheme);

  // Whether the field, the positions and the scheme allow for it. If not, the lines need
  // tables of their own.
  [[nodiscard]] bool apply() const noexcept { return !bands_.empty(); }

  // Computes the lines of some sets, but for those that are equally spaced: their rows
  // are other ones, and they are added to `spaced`.
  void run(Range sets, std::vector<std::size_t>& spaced) const;

 private:
  // Rows that read the same neighbours relative to their own sample.
  struct Band {
    Range rows;
    boost::container::small_vector<std::ptrdiff_t, 2> neighbours;
  };
  // Places in the positions, the field and the result.
  struct Place {
    std::ptrdiff_t x;
    std::ptrdiff_t in;
    std::ptrdiff_t out;
  };
  template <class T>
  struct Scratch;

  [[nodiscard]] bool fit() const;
  void note_bands(const Scheme& scheme);
  void note_repeats();
  void repeat_along(std::size_t axis);
  [[nodiscard]] Place start(std::span<const std::size_t> place) const;
  [[nodiscard]] bool is_spaced(std::span<const std::size_t> place) const;

  template <class T>
  void run_as(Range sets, std::vector<std::size_t>& spaced) const;
  template <class T>
  void rows(const Band& band, const Place& at, std::size_t columns,
            Scratch<T>& scratch) const;
  template <class T>
  void strip(const Band& band, const Place& at, std::size_t count,
             Scratch<T>& scratch) const;
  template <class T>
  void weigh(const Band& band, const double* own, std::size_t count,
             Scratch<T>& scratch) const;

  const AnyField& field_;
  const VaryingTerm& term_;
  const LineSets& sets_;
  const Coordinates& x_;
  std::size_t parts_;  // numbers per sample
  bool is_along_;      // the lines themselves are contiguous, not what is next to them
  std::vector<Band> bands_;
  std::ptrdiff_t own_sample_ = 0;  // of the first row
  std::vector<Place> repeats_;     // of one set, relative to its first line
};

}  // namespace gridgrad
