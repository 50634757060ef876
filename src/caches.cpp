// caches.cpp: what the kernel, or else the C library, says of the caches
//
// SPDX-License-Identifier: BSD-3-Clause

#include "caches.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace gridgrad {
namespace {

constexpr std::size_t kibibyte = 1024;

// Linux describes the caches of a core one by one, as "32768K". sysconf adds up those of
// all sockets of some machines.
std::size_t listed_size(int level) {
  const std::string folder = "/sys/devices/system/cpu/cpu0/cache/index";
  for (int index = 0;; ++index) {
    const std::string cache = folder + std::to_string(index);
    int found_level = 0;
    if (!(std::ifstream(cache + "/level") >> found_level)) return 0;
    std::string type;
    std::size_t size = 0;
    std::ifstream(cache + "/type") >> type;
    std::ifstream(cache + "/size") >> size;
    if (found_level == level && type != "Instruction") return size * kibibyte;
  }
}

std::size_t size_of_level(int level, [[maybe_unused]] int name, std::size_t usual) {
  const std::size_t listed = listed_size(level);
  if (listed > 0) return listed;
  const long told = name < 0 ? 0 : ::sysconf(name);
  return told > 0 ? static_cast<std::size_t>(told) : usual;
}

Caches read() {
#ifdef _SC_LEVEL2_CACHE_SIZE
  constexpr int second = _SC_LEVEL2_CACHE_SIZE;
  constexpr int third = _SC_LEVEL3_CACHE_SIZE;
#else
  constexpr int second = -1;
  constexpr int third = -1;
#endif
  constexpr std::size_t usual_second = 512 * kibibyte;
  constexpr std::size_t usual_third = 32 * kibibyte * kibibyte;
  // A guest is told of the cache of a whole socket, which it shares with others: results
  // that such a cache would hold took twice as long as those streamed past it.
  constexpr std::size_t most_per_processor = 32 * kibibyte * kibibyte;
  const auto processors =
      static_cast<std::size_t>(std::max(::sysconf(_SC_NPROCESSORS_ONLN), 1L));
  return {
      size_of_level(2, second, usual_second),
      std::min(size_of_level(3, third, usual_third), most_per_processor * processors)};
}

}  // namespace

const Caches& caches() {
  static const Caches caches = read();
  return caches;
}

}  // namespace gridgrad
