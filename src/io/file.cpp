// io/file.cpp: whole reads and writes over the calls of the system
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "gridgrad/error.hpp"

namespace gridgrad::io {
namespace {

// The system transfers at most 2 GiB at once.
constexpr std::size_t most_bytes_at_once = std::size_t{1} << 30;

// Every user may read and write, less what the umask takes away.
constexpr mode_t created_mode = 0666;

[[noreturn]] void fail(const std::string& name) {
  throw Error(ErrorCode::io, name, system_reason());
}

// Calls transfer(part of the bytes, how many were before it) until nothing is left, or
// nothing more comes; returns how many there were.
template <class Byte, class Transfer>
std::size_t transferred(const std::string& name, std::span<Byte> bytes,
                        Transfer&& transfer) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const std::size_t wanted = std::min(bytes.size() - done, most_bytes_at_once);
    const ssize_t now = transfer(bytes.subspan(done, wanted), done);
    if (now == 0) break;
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) fail(name);
    done += static_cast<std::size_t>(now);
  }
  return done;
}

}  // namespace

std::string system_reason() {
  return std::generic_category().message(errno);
}

File::File(int descriptor, std::string name) noexcept
    : descriptor_(descriptor), name_(std::move(name)) {}

File File::open(const std::string& path) {
  const bool is_standard = path == "-";
  File file(is_standard ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC),
            is_standard ? "standard input" : path);
  if (file.descriptor_ < 0) fail(path);
  file.is_owned_ = !is_standard;
  struct stat status = {};
  if (fstat(file.descriptor_, &status) != 0) fail(file.name_);
  if (!is_standard && !S_ISREG(status.st_mode)) {
    throw Error(ErrorCode::io, file.name_,
                "is not a regular file; a stream is read from standard input, named -");
  }
  // Standard input may have been read from by others, so its position is not 0.
  file.is_stream_ = is_standard;
  return file;
}

File File::standard_output() {
  File file(STDOUT_FILENO, "standard output");
  file.is_owned_ = false;
  file.is_stream_ = true;
  return file;
}

File File::create(const std::string& path) {
  File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, created_mode),
            path);
  if (file.descriptor_ < 0) fail(path);
  return file;
}

File File::rewrite(const std::string& path) {
  File file(::open(path.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC), path);
  if (file.descriptor_ < 0) fail(path);
  return file;
}

File::File(File&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      is_owned_(other.is_owned_),
      is_stream_(other.is_stream_),
      position_(other.position_),
      name_(std::move(other.name_)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(is_owned_, other.is_owned_);
  std::swap(is_stream_, other.is_stream_);
  std::swap(position_, other.position_);
  std::swap(name_, other.name_);
  return *this;
}

File::~File() {
  if (is_owned_ && descriptor_ >= 0) ::close(descriptor_);
}

std::optional<std::uint64_t> File::size() const {
  if (is_stream_) return std::nullopt;
  struct stat status = {};
  if (fstat(descriptor_, &status) != 0) fail(name_);
  return static_cast<std::uint64_t>(status.st_size);
}

std::size_t File::read(std::span<std::byte> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const std::size_t got = read_some(bytes.subspan(done));
    if (got == 0) break;
    done += got;
  }
  return done;
}

std::size_t File::read_some(std::span<std::byte> bytes) {
  const std::size_t wanted = std::min(bytes.size(), most_bytes_at_once);
  for (;;) {
    const ssize_t got = is_stream_ ? ::read(descriptor_, bytes.data(), wanted)
                                   : ::pread(descriptor_, bytes.data(), wanted,
                                             static_cast<off_t>(position_));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(name_);
    position_ += static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
  }
}

void File::write(std::span<const std::byte> bytes) {
  transferred(name_, bytes, [&](std::span<const std::byte> part, std::size_t) {
    return ::write(descriptor_, part.data(), part.size());
  });
}

std::size_t File::read_at(std::uint64_t offset, std::span<std::byte> bytes) const {
  return transferred(name_, bytes, [&](std::span<std::byte> part, std::size_t done) {
    return ::pread(descriptor_, part.data(), part.size(),
                   static_cast<off_t>(offset + done));
  });
}

void File::write_at(std::uint64_t offset, std::span<const std::byte> bytes) {
  transferred(name_, bytes, [&](std::span<const std::byte> part, std::size_t done) {
    return ::pwrite(descriptor_, part.data(), part.size(),
                    static_cast<off_t>(offset + done));
  });
}

void File::sync() {
  if (fsync(descriptor_) != 0) fail(name_);
}

}  // namespace gridgrad::io
