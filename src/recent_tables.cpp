// recent_tables.cpp: a few tables per thread, found by all that they depend on
//
// SPDX-License-Identifier: BSD-3-Clause

#include "recent_tables.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <variant>

namespace gridgrad {
namespace {

// A boundary less the numbers that are known at the end, on which no row depends.
struct BoundaryKey {
  std::size_t rule;
  std::optional<double> period;
  Mirror mirror;
  Level level;

  explicit BoundaryKey(const Boundary& end)
      : rule(end.index()), mirror(Mirror::sample), level(Level::zero) {
    if (const auto* periodic = std::get_if<Periodic>(&end)) period = periodic->period;
    if (const auto* even = std::get_if<Symmetric>(&end)) mirror = even->mirror;
    if (const auto* odd = std::get_if<Antisymmetric>(&end)) {
      mirror = odd->mirror;
      level = odd->level;
    }
  }
  friend bool operator==(const BoundaryKey&, const BoundaryKey&) = default;
};

struct Key {
  std::size_t extent;
  double spacing;
  double unit;
  int derivative;
  std::optional<int> accuracy;
  std::optional<int> edge_order;
  Bias bias;
  std::size_t missing;
  int minimum;
  BoundaryKey lower;
  BoundaryKey upper;

  Key(const Axis& axis, std::size_t samples, const Scheme& scheme)
      : extent(samples),
        spacing(axis.spacing()),
        unit(axis.unit()),
        derivative(scheme.derivative),
        accuracy(scheme.accuracy),
        edge_order(scheme.edge_order),
        bias(scheme.bias),
        missing(scheme.missing.index()),
        minimum(0),
        lower(axis.lower()),
        upper(axis.upper()) {
    if (const auto* adapt = std::get_if<Adapt>(&scheme.missing)) minimum = adapt->minimum;
  }
  friend bool operator==(const Key&, const Key&) = default;
};

class RecentTables {
 public:
  ~RecentTables() { is_gone = true; }

  // Of this thread; null while the thread ends.
  static RecentTables* of_thread() {
    static thread_local RecentTables tables;
    return is_gone ? nullptr : &tables;
  }

  [[nodiscard]] std::shared_ptr<const RowTable> find(const Key& key) const {
    for (const Entry& entry : entries_) {
      if (entry.table != nullptr && *entry.key == key) return entry.table;
    }
    return nullptr;
  }

  void keep(const Key& key, const std::shared_ptr<const RowTable>& table) {
    entries_[next_] = {key, table};
    next_ = (next_ + 1) % entries_.size();
  }

 private:
  struct Entry {
    std::optional<Key> key;
    std::shared_ptr<const RowTable> table;
  };
  static constexpr std::size_t most_kept = 8;

  static thread_local bool is_gone;
  std::array<Entry, most_kept> entries_;
  std::size_t next_ = 0;
};

thread_local bool RecentTables::is_gone = false;

}  // namespace

std::shared_ptr<const RowTable> table_of(const Axis& axis, std::size_t extent,
                                         const Scheme& scheme, Execution execution,
                                         std::size_t field_axis) {
  const auto make = [&] {
    return std::make_shared<const RowTable>(axis, extent, scheme, execution, field_axis);
  };
  RecentTables* const recent = RecentTables::of_thread();
  if (axis.coordinates() != nullptr || recent == nullptr) return make();
  const Key key(axis, extent, scheme);
  std::shared_ptr<const RowTable> table = recent->find(key);
  if (table == nullptr) {
    table = make();
    recent->keep(key, table);
  }
  return table;
}

}  // namespace gridgrad
