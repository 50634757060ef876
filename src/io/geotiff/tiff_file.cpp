// io/geotiff/tiff_file.cpp: reading, writing and messages on libtiff's behalf
//
// SPDX-License-Identifier: BSD-3-Clause

#include "tiff_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <memory>
#include <utility>

#include "gridgrad/error.hpp"
#include "gridgrad/io/file.hpp"

namespace gridgrad::io::geotiff {
namespace {

// No buffer that libtiff allocates for an honest file is longer than the file, but for
// rows of what is well compressed.
constexpr std::uint64_t most_bytes_of_row = std::uint64_t{1} << 28;

// Transfers `size` bytes unless the file ends or the system fails; returns how many.
template <class Transfer>
tmsize_t transfer_all(tmsize_t size, Transfer&& transfer) {
  tmsize_t done = 0;
  while (done < size) {
    const ssize_t moved = transfer(done, static_cast<std::size_t>(size - done));
    if (moved < 0 && errno == EINTR) continue;
    if (moved <= 0) break;
    done += moved;
  }
  return done;
}

}  // namespace

struct TiffFile::Calls {
  static Stream& stream_of(thandle_t client) { return *static_cast<Stream*>(client); }

  static tmsize_t read(thandle_t client, void* buffer, tmsize_t size) {
    Stream& stream = stream_of(client);
    errno = 0;
    const tmsize_t done = transfer_all(size, [&](tmsize_t already, std::size_t wanted) {
      return ::pread(stream.descriptor, static_cast<char*>(buffer) + already, wanted,
                     static_cast<off_t>(stream.position) + already);
    });
    if (done < size) stream.system_error = errno;
    stream.position += static_cast<std::uint64_t>(done);
    return done;
  }

  static tmsize_t write(thandle_t client, void* buffer, tmsize_t size) {
    Stream& stream = stream_of(client);
    errno = 0;
    const tmsize_t done = transfer_all(size, [&](tmsize_t already, std::size_t wanted) {
      return ::pwrite(stream.descriptor, static_cast<const char*>(buffer) + already,
                      wanted, static_cast<off_t>(stream.position) + already);
    });
    if (done < size) stream.system_error = errno;
    stream.position += static_cast<std::uint64_t>(done);
    return done;
  }

  static toff_t seek(thandle_t client, toff_t offset, int whence) {
    Stream& stream = stream_of(client);
    if (whence == SEEK_CUR) offset += stream.position;
    if (whence == SEEK_END) offset += size(client);
    stream.position = offset;
    return offset;
  }

  static toff_t size(thandle_t client) {
    struct stat status = {};
    if (fstat(stream_of(client).descriptor, &status) != 0) return 0;
    return static_cast<toff_t>(status.st_size);
  }

  // The descriptor is closed by the class.
  static int close(thandle_t) { return 0; }

  // Returning 1 keeps the handlers of the whole process, which print, from being called.
  static int remember_ignored(TIFF*, void* stream, const char*, const char* format,
                              va_list arguments) {
    std::string message = text_of(format, arguments);
    if (message.find("tag ignored") != std::string::npos) {
      static_cast<Stream*>(stream)->ignored_tags.push_back(std::move(message));
    }
    return 1;
  }

  static int remember(TIFF*, void* stream, const char*, const char* format,
                      va_list arguments) {
    std::string& message = static_cast<Stream*>(stream)->message;
    if (message.empty()) message = text_of(format, arguments);
    return 1;
  }

  // A message is one line.
  static std::string text_of(const char* format, va_list arguments) {
    std::array<char, 512> buffer = {};
    std::vsnprintf(buffer.data(), buffer.size(), format, arguments);
    std::string text = buffer.data();
    std::ranges::replace(text, '\n', ' ');
    return text;
  }
};

TiffFile::TiffFile(const std::string& path) : path_(path) {
  // Its own refusals of directories, streams and files that are not there.
  const File checked = File::open(path);
  stream_.descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  // D: places of strips are read when they are asked for. A single strip without
  // compression is seen as many of 8 KiB, as GDAL sees it.
  open("rD", std::max(*checked.size(), most_bytes_of_row));
}

TiffFile::TiffFile(const std::string& path, TiffKind kind) : path_(path) {
  stream_.descriptor = ::open(path.c_str(), O_RDWR | O_TRUNC | O_CLOEXEC);
  open(kind == TiffKind::big ? "w8" : "w4", 0);
}

void TiffFile::open(const char* mode, std::uint64_t most_bytes_at_once) {
  if (stream_.descriptor < 0) throw Error(ErrorCode::io, path_, system_reason());
  const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(
      TIFFOpenOptionsAlloc(), TIFFOpenOptionsFree);
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), Calls::remember, &stream_);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), Calls::remember_ignored, &stream_);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(),
                                      static_cast<tmsize_t>(most_bytes_at_once));
  tiff_ = TIFFClientOpenExt(path_.c_str(), mode, &stream_, Calls::read, Calls::write,
                            Calls::seek, Calls::close, Calls::size, nullptr, nullptr,
                            options.get());
  if (tiff_ != nullptr) return;
  ::close(std::exchange(stream_.descriptor, -1));
  fail(mode[0] == 'r' ? "is not a whole TIFF file" : "cannot be written");
}

TiffFile::~TiffFile() {
  if (tiff_ != nullptr) TIFFCleanup(tiff_);
  if (stream_.descriptor >= 0) ::close(stream_.descriptor);
}

std::uint64_t TiffFile::size() const {
  return Calls::size(&stream_);
}

void TiffFile::require_reads() const {
  if (stream_.system_error != 0) fail("cannot be read");
}

void TiffFile::fail(const std::string& what) const {
  std::string reason = std::exchange(stream_.message, {});
  // Some messages begin with the name of the file, as errors do.
  if (reason.starts_with(path_ + ": ")) reason.erase(0, path_.size() + 2);
  const int system_error = std::exchange(stream_.system_error, 0);
  if (system_error != 0) {
    errno = system_error;
    reason = system_reason();
  }
  throw Error(ErrorCode::io, path_, reason.empty() ? what : what + ": " + reason);
}

void TiffFile::read_at(std::uint64_t offset, std::span<std::byte> bytes) const {
  stream_.position = offset;
  const auto size = static_cast<tmsize_t>(bytes.size());
  if (Calls::read(&stream_, bytes.data(), size) != size) {
    fail("ends before its samples do");
  }
}

void TiffFile::close() {
  stream_.message.clear();
  const bool is_flushed = TIFFFlush(tiff_) == 1 && stream_.system_error == 0;
  if (!is_flushed) fail("cannot be written");
  TIFFCleanup(std::exchange(tiff_, nullptr));
  if (stream_.system_error != 0) fail("cannot be written");
  if (::close(std::exchange(stream_.descriptor, -1)) == 0) return;
  throw Error(ErrorCode::io, path_, system_reason());
}

}  // namespace gridgrad::io::geotiff
