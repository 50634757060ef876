// tests/io/scratch.hpp: a directory of a test's own, and the error that a call throws
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include <unistd.h>

#include <gtest/gtest.h>

#include "gridgrad/error.hpp"

namespace gridgrad::test {

// Removed with all it holds at the end of the test.
class Scratch {
 public:
  Scratch()
      : path_(std::filesystem::temp_directory_path() /
              ("gridgrad-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~Scratch() { std::filesystem::remove_all(path_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] std::string path(std::string_view name) const {
    return (path_ / name).string();
  }

  // Makes a file of these bytes; returns its path.
  [[nodiscard]] std::string file(std::string_view name, std::string_view bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }

  [[nodiscard]] std::string contents(std::string_view name) const {
    std::ostringstream bytes;
    bytes << std::ifstream(path(name), std::ios::binary).rdbuf();
    return bytes.str();
  }

  [[nodiscard]] std::size_t file_count() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry :
         std::filesystem::directory_iterator(path_)) {
      ++count;
    }
    return count;
  }

 private:
  std::filesystem::path path_;
};

// The Error that a call throws; nothing if it does not.
template <class Call>
std::optional<Error> error_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

template <class Call>
void expect_error(ErrorCode code, const std::string& what, Call&& call) {
  const std::optional<Error> error = error_of(call);
  ASSERT_TRUE(error) << "no error; expected: " << what;
  EXPECT_EQ(error->what(), what);
  EXPECT_EQ(error->code(), code);
}

}  // namespace gridgrad::test
