// recent.hpp: a few values per thread, found by all that they depend on
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>

namespace gridgrad {

// The values of the last few keys that this thread asked for.
template <class Key, class Value>
class Recent {
 public:
  ~Recent() { is_gone = true; }

  // The value of the key: kept, or what `make` returns, a shared pointer.
  template <class Make>
  static std::shared_ptr<const Value> of(const Key& key, const Make& make) {
    static thread_local Recent recent;
    // While the thread ends nothing is kept.
    if (is_gone) return make();
    std::shared_ptr<const Value> value = recent.find(key);
    if (value == nullptr) {
      value = make();
      recent.keep(key, value);
    }
    return value;
  }

 private:
  struct Entry {
    std::optional<Key> key;
    std::shared_ptr<const Value> value;
  };
  static constexpr std::size_t most_kept = 8;

  [[nodiscard]] std::shared_ptr<const Value> find(const Key& key) const {
    for (const Entry& entry : entries_) {
      if (entry.value != nullptr && *entry.key == key) return entry.value;
    }
    return nullptr;
  }

  void keep(const Key& key, const std::shared_ptr<const Value>& value) {
    entries_[next_] = {key, value};
    next_ = (next_ + 1) % entries_.size();
  }

  static inline thread_local bool is_gone = false;
  std::array<Entry, most_kept> entries_;
  std::size_t next_ = 0;
};

}  // namespace gridgrad
