// tests/fuzz/arguments.cpp: command lines, a word per line of the input
//
// SPDX-License-Identifier: BSD-3-Clause

#include "arguments.hpp"

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "refused.hpp"

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  // What is wrong with each command is told in hundreds of lines a second.
  stderr = std::fopen("/dev/null", "w");
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace gridgrad;
  std::vector<std::string> words = {"gridgrad", ""};
  for (std::size_t k = 0; k < size; ++k) {
    if (bytes[k] == '\n') {
      words.emplace_back();
    } else if (bytes[k] != '\0') {
      words.back() += static_cast<char>(bytes[k]);
    }
  }
  std::vector<const char*> texts;
  for (const std::string& word : words) texts.push_back(word.c_str());
  test::read_or_refuse([&] {
    static_cast<void>(cli::parse_arguments(static_cast<int>(texts.size()), texts.data()));
  });
  return 0;
}
