// npy_test.cpp: files as NumPy writes them, and files that nobody should
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/npy.hpp"

#include <bit>
#include <cstring>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "io/scratch.hpp"

namespace gridgrad::test {
namespace {

using io::AnyArray;
using io::MemoryOrder;

// A version 1 file with this dictionary and these bytes of samples.
std::string npy(const std::string& dictionary, const std::string& samples = "") {
  std::string text("\x93NUMPY\x01\x00", 8);
  text += static_cast<char>(dictionary.size() & 0xff);
  text += static_cast<char>(dictionary.size() >> 8);
  return text + dictionary + samples;
}

std::string dictionary(const std::string& dtype, const std::string& shape,
                       const std::string& order = "False") {
  return "{'descr': '" + dtype + "', 'fortran_order': " + order + ", 'shape': " + shape +
         ", }\n";
}

template <class T>
std::string bytes_of(const std::vector<T>& samples) {
  std::string bytes(samples.size() * sizeof(T), '\0');
  std::memcpy(bytes.data(), samples.data(), bytes.size());
  return bytes;
}

AnyArray read(const std::string& path) {
  return io::NpyReader(io::File::open(path)).read();
}

void expect_refused(ErrorCode code, const std::string& text, const std::string& message) {
  const Scratch scratch;
  const std::string path = scratch.file("f.npy", text);

  expect_error(code, path + ": " + message, [&] { static_cast<void>(read(path)); });
}

TEST(Npy, EveryElementTypeSurvivesWritingAndReading) {
  const Scratch scratch;
  const std::vector<std::size_t> extents = {2, 3};
  for (int k = 0; k <= static_cast<int>(ElementType::uint64); ++k) {
    const auto type = static_cast<ElementType>(k);
    if (type == ElementType::bfloat16) continue;
    SCOPED_TRACE(name(type));
    AnyArray written = io::make_array(type, extents);
    int number = 0;
    for (std::byte& byte : io::bytes_of(written)) byte = static_cast<std::byte>(++number);
    io::File file = io::File::create(scratch.path(name(type)));
    io::with_view(written, [&](const auto& view) { io::write_npy(file, view); });

    const AnyArray back = read(scratch.path(name(type)));

    ASSERT_EQ(io::type_of(back), type);
    ASSERT_TRUE(std::ranges::equal(io::extents_of(back), extents));
    EXPECT_TRUE(
        std::ranges::equal(io::bytes_of(back), io::bytes_of(std::as_const(written))));
    EXPECT_EQ(scratch.contents(name(type)).size(), io::npy_bytes(type, extents));
  }
}

TEST(Npy, SamplesStartAtAMultipleOf64Bytes) {
  const Scratch scratch;
  const Array<std::int8_t> line({1}, {7});
  io::File file = io::File::create(scratch.path("f.npy"));

  io::write_npy(file, view(line));

  const std::string text = scratch.contents("f.npy");
  EXPECT_EQ(text.size() % 64, 1U);
  EXPECT_EQ(text.back(), 7);
  EXPECT_NE(text.find("{'descr': '|i1', 'fortran_order': False, 'shape': (1,), }"),
            std::string::npos);
}

TEST(Npy, BothByteOrdersGiveTheSameNumbers) {
  const Scratch scratch;
  const std::string big("\x3f\xf0\0\0\0\0\0\0\xc0\x00\0\0\0\0\0\0", 16);  // 1, -2

  const AnyArray real = read(scratch.file("r.npy", npy(dictionary(">f8", "(2,)"), big)));
  const AnyArray pair = read(scratch.file("c.npy", npy(dictionary(">c16", "(1,)"), big)));

  EXPECT_EQ(std::get<Array<double>>(real)(0), 1);
  EXPECT_EQ(std::get<Array<double>>(real)(1), -2);
  EXPECT_EQ(std::get<Array<std::complex<double>>>(pair)(0), std::complex<double>(1, -2));
}

TEST(Npy, FortranOrderIsReadAsStrides) {
  const Scratch scratch;
  const std::string samples = bytes_of<std::int16_t>({0, 10, 1, 11, 2, 12});
  const std::string path =
      scratch.file("f.npy", npy(dictionary("<i2", "(2, 3)", "True"), samples));

  const AnyArray any = read(path);

  const auto& array = std::get<Array<std::int16_t>>(any);
  EXPECT_EQ(array(1, 2), 12);
  EXPECT_EQ(array(0, 1), 1);
  EXPECT_EQ(array.strides()[0], 1);
}

TEST(Npy, RowsAreReadInParts) {
  const Scratch scratch;
  const std::vector<std::int16_t> samples = {1, 2, 3, 4, 5, 6};
  const std::string path =
      scratch.file("f.npy", npy(dictionary("<i2", "(3, 2)"), bytes_of(samples)));
  io::NpyReader reader(io::File::open(path));

  std::vector<std::vector<std::int16_t>> parts;
  for (int k = 0; k < 3; ++k) {
    const auto part = std::get<Array<std::int16_t>>(reader.read_rows(2));
    EXPECT_EQ(part.extents()[1], 2U);
    parts.emplace_back(part.data(), part.data() + part.size());
  }

  EXPECT_EQ(parts, (std::vector<std::vector<std::int16_t>>{{1, 2, 3, 4}, {5, 6}, {}}));
}

TEST(Npy, TimesCountTicks) {
  const Scratch scratch;
  const auto ticks = [&](const std::string& dtype) {
    const std::string path = scratch.file("t.npy", npy(dictionary(dtype, "(0,)")));
    return io::NpyReader(io::File::open(path)).header().ticks_per_second;
  };

  EXPECT_EQ(ticks("<M8[ns]"), 1e9);
  EXPECT_EQ(ticks("<m8[ms]"), 1e3);
  EXPECT_EQ(ticks("<M8[25s]"), 0.04);
  EXPECT_EQ(ticks("<M8[D]"), 1.0 / 86400);
  EXPECT_EQ(ticks("<i8"), std::nullopt);
}

TEST(Npy, RankZeroAndEmptyShapesAreRead) {
  const Scratch scratch;
  const std::string one = bytes_of<double>({2.5});

  const AnyArray scalar = read(scratch.file("s.npy", npy(dictionary("<f8", "()"), one)));
  const AnyArray empty = read(scratch.file("e.npy", npy(dictionary("<f8", "(3, 0)"))));

  EXPECT_EQ(*std::get<Array<double>>(scalar).data(), 2.5);
  EXPECT_TRUE(io::extents_of(scalar).empty());
  EXPECT_TRUE(std::ranges::equal(io::extents_of(empty), std::vector<std::size_t>{3, 0}));
}

TEST(Npy, HeadersOfPython2AreRead) {
  const Scratch scratch;
  const std::string path = scratch.file(
      "f.npy",
      npy("{\"shape\": (2L,), \"descr\": \"|u1\", \"fortran_order\": False}", "ab"));

  EXPECT_EQ(std::get<Array<std::uint8_t>>(read(path))(1), 'b');
}

TEST(Npy, ShapesThatCannotBeAreRefused) {
  const std::string malformed = "malformed .npy header";
  expect_refused(ErrorCode::io, npy(dictionary("<f8", "(-3,)")),
                 malformed + " at character 51: the shape has a negative extent");
  expect_refused(ErrorCode::io, npy(dictionary("<f8", "(99999999999999999999,)")),
                 malformed + " at character 51: an extent beyond 64 bits");
  const std::string half = "4611686018427387904";  // 2^62
  expect_refused(ErrorCode::io, npy(dictionary("<f8", "(" + half + ", " + half + ")")),
                 malformed + ": the shape has more bytes than 63 bits count");
  expect_refused(ErrorCode::io, npy(dictionary("<f8", "(0, " + half + ", " + half + ")")),
                 malformed + ": the shape has more bytes than 63 bits count");
  expect_refused(
      ErrorCode::io, npy(dictionary("<f8", "(1000000000000,)")),
      "truncated: the shape needs 8000000000000 bytes of samples, the file has 0");
}

TEST(Npy, MoreAxesThanAViewHasAreRefused) {
  std::string shape = "(";
  for (std::size_t axis = 0; axis <= max_rank; ++axis) shape += "1, ";

  expect_refused(ErrorCode::unsupported, npy(dictionary("<f8", shape + ")"), "12345678"),
                 "33 axes; at most 32 are accepted");
}

TEST(Npy, MalformedDictionariesAreRefused) {
  const std::string malformed = "malformed .npy header at character ";
  expect_refused(ErrorCode::io, npy("[]"), malformed + "0: '{' expected");
  expect_refused(ErrorCode::io, npy("{}"),
                 malformed + "2: keys descr, fortran_order and shape expected");
  expect_refused(ErrorCode::io, npy("{'descr': '<f8"),
                 malformed + "10: a closing quote expected");
  expect_refused(ErrorCode::io, npy("{'order': 1}"),
                 malformed + "9: unknown key 'order'");
  expect_refused(ErrorCode::io, npy("{'fortran_order': 0}"),
                 malformed + "18: True or False expected");
  expect_refused(ErrorCode::io, npy("{'shape': (2 3)}"),
                 malformed + "13: ',' or ')' expected");
  expect_refused(ErrorCode::io, npy("{'shape': (2,) 'descr': '<f8'}"),
                 malformed + "15: ',' or '}' expected");
}

TEST(Npy, EveryTruncationIsAnErrorAndNotACrash) {
  const std::string whole = npy(dictionary("<f8", "(2, 2)"), std::string(32, 'x'));
  const Scratch scratch;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const std::string path = scratch.file("f.npy", whole.substr(0, length));

    const auto error = error_of([&] { static_cast<void>(read(path)); });

    ASSERT_TRUE(error) << "length " << length;
    EXPECT_EQ(error->code(), ErrorCode::io) << "length " << length;
  }
}

TEST(Npy, TypesThatAreNoNumbersAreRefused) {
  const std::string accepted = "accepted: f2 f4 f8 c8 c16 i1 i2 i4 i8 u1 u2 u4 u8";
  for (const std::string dtype : {"|b1", "<U3", "|S3", "|O", "<f16", "<c32", "f8", "<"}) {
    SCOPED_TRACE(dtype);
    expect_refused(ErrorCode::unsupported, npy(dictionary(dtype, "(1,)")),
                   "dtype " + dtype + " given; " + accepted);
  }
  for (const std::string dtype : {"<M8[Y]", "<m8[M]", "<M8", "<M8[]", "<M8[0s]"}) {
    SCOPED_TRACE(dtype);
    expect_refused(
        ErrorCode::unsupported, npy(dictionary(dtype, "(1,)")),
        "dtype " + dtype + " given; of times, accepted: W D h m s ms us ns ps");
  }
}

}  // namespace
}  // namespace gridgrad::test
