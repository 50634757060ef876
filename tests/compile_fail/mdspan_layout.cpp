// tests/compile_fail/mdspan_layout.cpp: a layout without strides cannot be viewed
//
// SPDX-License-Identifier: BSD-3-Clause

#include <array>

#include "gridgrad/adapt/mdspan.hpp"

// Samples in pairs of lines, the two of a pair interleaved.
struct LayoutPairs {
  template <class E>
  struct mapping {
    using extents_type = E;
    using index_type = typename E::index_type;
    using size_type = typename E::size_type;
    using rank_type = typename E::rank_type;
    using layout_type = LayoutPairs;
    const E& extents() const { return shape; }
    index_type required_span_size() const { return 4; }
    index_type operator()(index_type i, index_type k) const { return 2 * k + i % 2; }
    static constexpr bool is_always_unique() { return true; }
    static constexpr bool is_always_exhaustive() { return true; }
    static constexpr bool is_always_strided() { return false; }
    static constexpr bool is_unique() { return true; }
    static constexpr bool is_exhaustive() { return true; }
    static constexpr bool is_strided() { return false; }
    friend bool operator==(const mapping&, const mapping&) { return true; }
    E shape;
  };
};

int main() {
  std::array<double, 4> samples = {};
  using Extents = std::extents<int, 2, 2>;
#ifdef GRIDGRAD_MUST_FAIL
  const std::mdspan<double, Extents, LayoutPairs> field(samples.data(),
                                                        LayoutPairs::mapping<Extents>());
#else
  const std::mdspan<double, Extents> field(samples.data());
#endif
  return static_cast<int>(gridgrad::view(field).rank());
}
