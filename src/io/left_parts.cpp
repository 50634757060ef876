// io/left_parts.cpp: a lock tells the living from the dead
//
// SPDX-License-Identifier: BSD-3-Clause

#include "left_parts.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

namespace gridgrad::io {
namespace {

constexpr std::string_view mark = ".part-";

// Longer than it takes to lock a part file that was just made.
constexpr std::time_t settled_seconds = 10;

class Descriptor {
 public:
  explicit Descriptor(const std::string& path) noexcept
      : number_(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int number() const noexcept { return number_; }
  [[nodiscard]] int release() noexcept { return std::exchange(number_, -1); }

 private:
  int number_;
};

// These belong to what is open and not to the process, so that HDF5, which opens and
// closes the file as well, does not end them.
struct flock whole_lock(short type) {
  struct flock lock = {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  return lock;
}

bool hold_lock(int descriptor) {
  struct flock lock = whole_lock(F_RDLCK);
  return fcntl(descriptor, F_OFD_SETLK, &lock) == 0;
}

bool is_held(int descriptor) {
  struct flock lock = whole_lock(F_WRLCK);
  return fcntl(descriptor, F_OFD_GETLK, &lock) != 0 || lock.l_type != F_UNLCK;
}

// Another descriptor holds its lock. Whether HDF5, which locks by flock, does not notice.
bool is_unseen_by_flock(const std::string& path) {
  const Descriptor other(path);
  return other.number() >= 0 && ::flock(other.number(), LOCK_EX | LOCK_NB) == 0;
}

bool is_alive(pid_t process) {
  return process != getpid() && (::kill(process, 0) == 0 || errno != ESRCH);
}

// A process that was just started may not have come to lock its file yet.
bool is_settled(const struct stat& status, pid_t process) {
  return !is_alive(process) || std::time(nullptr) - status.st_ctime > settled_seconds;
}

bool is_left(const std::string& part, pid_t process) {
  const Descriptor opened(part);
  struct stat status = {};
  if (opened.number() < 0 || fstat(opened.number(), &status) != 0) return false;
  if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return false;
  return !is_held(opened.number()) && is_settled(status, process) &&
         hold_lock(opened.number()) && is_unseen_by_flock(part);
}

// Of OUT.part-PID; `start` is OUT.part-.
std::optional<pid_t> process_of(std::string_view name, std::string_view start) {
  if (!name.starts_with(start)) return std::nullopt;
  pid_t process = 0;
  const char* const end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(name.data() + start.size(), end, process);
  if (error != std::errc() || stop != end || process <= 0) return std::nullopt;
  return process;
}

}  // namespace

std::string part_name(const std::string& path) {
  return path + std::string(mark) + std::to_string(getpid());
}

int lock_part(const std::string& part) noexcept {
  Descriptor opened(part);
  if (opened.number() < 0 || !hold_lock(opened.number())) return -1;
  return is_unseen_by_flock(part) ? opened.release() : -1;
}

void remove_left_parts(const std::string& path) noexcept {
  const std::filesystem::path whole(path);
  const std::string start = whole.filename().string() + std::string(mark);
  std::error_code stop;
  std::filesystem::directory_iterator entries(
      whole.has_parent_path() ? whole.parent_path() : ".", stop);
  for (; !stop && entries != std::filesystem::directory_iterator();
       entries.increment(stop)) {
    const auto process = process_of(entries->path().filename().string(), start);
    const std::string part = entries->path().string();
    if (process && is_left(part, *process)) remove_whole(part);
  }
}

void remove_whole(const std::string& path) noexcept {
  // Whoever writes into the directory meanwhile soon finds that it is gone.
  constexpr int most_attempts = 100;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
    struct stat status = {};
    if (lstat(path.c_str(), &status) != 0) return;
  }
}

}  // namespace gridgrad::io
