// tests/fuzz/store.hpp: bytes that become the files of a small directory
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace gridgrad::test {

// A temporary directory that is emptied for every use, and removed at the end.
class Directory {
 public:
  Directory() : path_(std::filesystem::temp_directory_path() / "fuzz-XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) std::abort();
  }
  ~Directory() { remove(); }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }

  void clear() const {
    remove();
    std::filesystem::create_directory(path_);
  }

 private:
  void remove() const {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::string path_;
};

// Whether a path of the input stays in the directory and is no burden.
inline bool is_modest(std::string_view path) {
  constexpr std::size_t longest = 40;
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789_./";
  return !path.empty() && path.size() <= longest && path.front() != '/' &&
         path.find("..") == path.npos && path.find_first_not_of(letters) == path.npos;
}

// The input is a list of files: "@" and the path on a line, then what the file holds, up
// to the next line that starts so.
inline void write_files(const Directory& directory, std::string_view input) {
  namespace fs = std::filesystem;
  constexpr std::string_view mark = "\n@";
  directory.clear();
  while (input.starts_with('@')) {
    const std::size_t line = std::min(input.find('\n'), input.size());
    const std::string_view path = input.substr(1, line - 1);
    input.remove_prefix(std::min(line + 1, input.size()));
    const std::size_t end = std::min(input.find(mark), input.size());
    if (is_modest(path)) {
      const fs::path file = fs::path(directory.path()) / path;
      std::error_code ignored;
      fs::create_directories(file.parent_path(), ignored);
      std::ofstream(file, std::ios::binary)
          .write(input.data(), static_cast<std::streamsize>(end));
    }
    input.remove_prefix(std::min(end + 1, input.size()));
  }
}

}  // namespace gridgrad::test
