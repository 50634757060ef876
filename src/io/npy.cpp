// io/npy.cpp: samples of a .npy file to memory and back
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/npy.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <utility>

#include "gridgrad/error.hpp"
#include "npy_header.hpp"
#include "runs.hpp"

namespace gridgrad::io {
namespace {

constexpr std::string_view magic = "\x93NUMPY";

template <std::size_t Bytes>
void reverse_each(std::span<std::byte> bytes) {
  for (std::size_t start = 0; start < bytes.size(); start += Bytes) {
    std::reverse(bytes.data() + start, bytes.data() + start + Bytes);
  }
}

void swap_byte_order(std::span<std::byte> bytes, std::size_t bytes_each) {
  // Samples of one byte have no order.
  switch (bytes_each) {
    case 2:
      return reverse_each<2>(bytes);
    case 4:
      return reverse_each<4>(bytes);
    case 8:
      return reverse_each<8>(bytes);
  }
}

bool is_complex(ElementType type) {
  return type == ElementType::complex64 || type == ElementType::complex128;
}

std::vector<std::size_t> in_file_order(std::span<const std::size_t> extents,
                                       MemoryOrder order) {
  std::vector<std::size_t> stored(extents.begin(), extents.end());
  if (order == MemoryOrder::fortran) std::ranges::reverse(stored);
  return stored;
}

}  // namespace

NpyReader::NpyReader(File file) : file_(std::move(file)) {
  header_ = parse_npy_header(read_header_text(), file_.name());
  if (header_.extents.size() > max_rank) {
    throw Error(ErrorCode::unsupported, file_.name(),
                std::to_string(header_.extents.size()) + " axes; at most " +
                    std::to_string(max_rank) + " are accepted");
  }
  const std::uint64_t wanted = sample_bytes();
  const std::optional<std::uint64_t> size = file_.size();
  if (size && *size - header_bytes_ < wanted) {
    throw Error(ErrorCode::io, file_.name(),
                "truncated: the shape needs " + std::to_string(wanted) +
                    " bytes of samples, the file has " +
                    std::to_string(*size - header_bytes_));
  }
}

std::string NpyReader::read_header_text() {
  constexpr std::size_t version_at = magic.size();
  std::array<std::byte, 12> start = {};
  const std::size_t short_start = 10;
  const std::size_t got = file_.read(std::span(start).first(short_start));
  if (got < short_start || std::memcmp(start.data(), magic.data(), magic.size()) != 0) {
    throw Error(ErrorCode::io, file_.name(),
                "is not a .npy file: it does not begin with \\x93NUMPY");
  }
  const int version = std::to_integer<int>(start[version_at]);
  if (version < 1 || version > 3) {
    throw Error(ErrorCode::unsupported, file_.name(),
                ".npy version " + std::to_string(version) + "; accepted: 1, 2, 3");
  }
  std::size_t length_bytes = 2;
  if (version > 1) {
    length_bytes = 4;
    static_cast<void>(file_.read(std::span(start).subspan(short_start)));
  }
  std::size_t length = 0;
  for (std::size_t k = length_bytes; k-- > 0;) {
    length = length << 8 | std::to_integer<std::size_t>(start[version_at + 2 + k]);
  }
  // A dictionary of three keys and 32 extents is far shorter.
  constexpr std::size_t longest = 1 << 20;
  std::string text(std::min(length, longest), '\0');
  if (file_.read(std::as_writable_bytes(std::span(text))) < length) {
    throw Error(ErrorCode::io, file_.name(),
                "truncated: the header is shorter than the " + std::to_string(length) +
                    " bytes it announces");
  }
  header_bytes_ = version_at + 2 + length_bytes + length;
  return text;
}

std::uint64_t NpyReader::sample_bytes() const {
  const auto most =
      static_cast<std::uint64_t>(std::numeric_limits<std::ptrdiff_t>::max());
  // Extents of 0 do not excuse strides that cannot be represented.
  std::uint64_t bytes = size_of(header_.type);
  bool is_empty = false;
  for (const std::size_t extent : header_.extents) {
    is_empty = is_empty || extent == 0;
    if (extent != 0 && bytes > most / extent) {
      throw Error(ErrorCode::io, file_.name(),
                  "malformed .npy header: the shape has more bytes than 63 bits count");
    }
    bytes *= std::max<std::uint64_t>(extent, 1);
  }
  return is_empty ? 0 : bytes;
}

AnyArray NpyReader::read() {
  AnyArray array = make_array(header_.type, header_.extents, header_.order);
  fill(array);
  return array;
}

AnyArray NpyReader::read_rows(std::size_t rows) {
  std::vector<std::size_t> extents = header_.extents;
  extents[0] = std::min(rows, extents[0] - rows_read_);
  AnyArray array = make_array(header_.type, extents);
  fill(array);
  rows_read_ += extents[0];
  return array;
}

void NpyReader::fill(AnyArray& array) {
  const std::span<std::byte> bytes = bytes_of(array);
  require_all(file_.read(bytes), bytes.size());
  to_native(bytes);
}

void NpyReader::require_all(std::size_t got, std::size_t wanted) const {
  if (got == wanted) return;
  throw Error(ErrorCode::io, file_.name(),
              "truncated: " + std::to_string(wanted) + " bytes of samples expected, " +
                  std::to_string(got) + " read");
}

void NpyReader::to_native(std::span<std::byte> samples) const {
  if (!header_.is_swapped) return;
  const std::size_t parts = is_complex(header_.type) ? 2 : 1;
  swap_byte_order(samples, size_of(header_.type) / parts);
}

std::vector<std::size_t> NpyReader::stored_extents() const {
  return in_file_order(header_.extents, header_.order);
}

void NpyReader::read(const Box& box, std::span<std::byte> samples) const {
  const std::size_t size = size_of(header_.type);
  std::span<std::byte> left = samples;
  each_run(stored_extents(), box, [&](std::size_t first, std::size_t length) {
    const std::size_t bytes = length * size;
    require_all(file_.read_at(header_bytes_ + first * size, left.first(bytes)), bytes);
    left = left.subspan(bytes);
  });
  to_native(samples);
}

NpyWriter::NpyWriter(File file, ElementType type, std::span<const std::size_t> extents,
                     MemoryOrder order)
    : file_(std::move(file)),
      stored_extents_(in_file_order(extents, order)),
      size_(size_of(type)) {
  const std::string preamble = npy_preamble(type, extents, order);
  header_bytes_ = preamble.size();
  file_.write(std::as_bytes(std::span(preamble)));
}

void NpyWriter::write(const Box& box, std::span<const std::byte> samples) {
  each_run(stored_extents_, box, [&](std::size_t first, std::size_t length) {
    const auto run = samples.first(length * size_);
    samples = samples.subspan(run.size());
    if (!file_.is_stream()) {
      file_.write_at(header_bytes_ + first * size_, run);
      return;
    }
    if (first != written_) {
      throw Error(ErrorCode::unsupported, file_.name(),
                  "results come in another order than they stand in the file");
    }
    file_.write(run);
    written_ += length;
  });
}

std::uint64_t npy_bytes(ElementType type, std::span<const std::size_t> extents) {
  std::uint64_t bytes = size_of(type);
  for (const std::size_t extent : extents) bytes *= extent;
  return npy_preamble(type, extents, MemoryOrder::c).size() + bytes;
}

void write_npy(File& file, const AnyField& samples, MemoryOrder order) {
  const std::string preamble = npy_preamble(samples.type, samples.extents, order);
  file.write(std::as_bytes(std::span(preamble)));
  std::size_t bytes = size_of(samples.type);
  for (const std::size_t extent : samples.extents) bytes *= extent;
  file.write({static_cast<const std::byte*>(samples.data), bytes});
}

}  // namespace gridgrad::io
