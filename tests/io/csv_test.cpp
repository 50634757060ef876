// csv_test.cpp: rows wherever the buffer ends, and where the trouble is
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/csv.hpp"

#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

#include <unistd.h>

#include <gtest/gtest.h>

#include "io/scratch.hpp"

namespace gridgrad::test {
namespace {

struct Row {
  std::size_t line;
  std::string text;
  std::vector<std::string> cells;
  bool operator==(const Row&) const = default;
};

io::CsvReader reader_of(const Scratch& scratch, std::string_view text) {
  return io::CsvReader(io::File::open(scratch.file("t.csv", text)));
}

std::vector<Row> rows_of(std::string_view text) {
  const Scratch scratch;
  io::CsvReader reader = reader_of(scratch, text);
  std::vector<Row> rows;
  while (reader.next()) {
    const auto cells = reader.cells();
    rows.push_back(
        {reader.line(), std::string(reader.text()), {cells.begin(), cells.end()}});
  }
  return rows;
}

void expect_refused(std::string_view text, const std::string& what) {
  const Scratch scratch;
  io::CsvReader reader = reader_of(scratch, text);
  expect_error(ErrorCode::io, scratch.path("t.csv") + what, [&] {
    while (reader.next()) continue;
  });
}

TEST(Csv, EverySeparatorAndLineEndGivesTheSameCells) {
  const std::vector<std::string> cells = {"lat", "lon", ""};
  for (const char* const text :
       {"lat,lon,", "lat,lon,\n", "lat , lon, \r\n", "lat;lon;\n", "lat\tlon\t\r\n",
        "\"lat\",\"lon\" ,\n", "\xEF\xBB\xBFlat,lon,\n",
        "\n# a, comment\n \r\nlat,lon,"}) {
    const auto rows = rows_of(text);

    ASSERT_EQ(rows.size(), 1U) << text;
    EXPECT_EQ(rows[0].cells, cells) << text;
  }
}

TEST(Csv, QuotesHoldSeparatorsLineEndsAndDoubledQuotes) {
  const auto rows = rows_of("a,\"b,\r\nc\"\n\"say \"\"so\"\"\",  \"d\"\r\n5\" pipe,e\n");

  const std::vector<Row> expected = {
      {1, "a,\"b,\r\nc\"", {"a", "b,\r\nc"}},
      {3, "\"say \"\"so\"\"\",  \"d\"", {"say \"\"so\"\"", "d"}},
      {4, "5\" pipe,e", {"5\" pipe", "e"}}};
  EXPECT_EQ(rows, expected);
}

TEST(Csv, TheSeparatorIsThatOfTheFirstRow) {
  const auto rows = rows_of("\"a;b\",c\n1;2,3\n");

  EXPECT_EQ(rows[0].cells, (std::vector<std::string>{"a;b", "c"}));
  EXPECT_EQ(rows[1].cells, (std::vector<std::string>{"1;2", "3"}));
}

TEST(Csv, RowsDoNotDependOnWhereTheBufferEnds) {
  // Rows of 7 to 106 bytes over several buffers: ends fall at every place of a row.
  std::string text = "name,number\n";
  std::vector<Row> expected = {{1, "name,number", {"name", "number"}}};
  std::size_t line = 2;
  for (std::size_t i = 0; text.size() < (std::size_t{5} << 20); ++i) {
    const std::string name(i % 100, 'x');
    const std::string row = "\"" + name + "\n\",1" + (i % 2 == 0 ? "" : "2");
    text += row + (i % 3 == 0 ? "\r\n" : "\n");
    expected.push_back({line, row, {name + "\n", i % 2 == 0 ? "1" : "12"}});
    line += 2;
  }

  EXPECT_EQ(rows_of(text), expected);
}

TEST(Csv, LineEndsAreThoseOfTheRowAndAtTheEndThoseBefore) {
  const Scratch scratch;
  io::CsvReader reader = reader_of(scratch, "a\r\nb");

  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.line_end(), "\r\n");
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.line_end(), "\r\n");
  EXPECT_FALSE(reader.next());
  EXPECT_FALSE(reader.next());
}

TEST(Csv, WhatHoldsNoRowHasNone) {
  for (const char* const text :
       {"", "\n", "\r\n\n", "# only\n# comments", "\xEF\xBB\xBF"})
    EXPECT_TRUE(rows_of(text).empty()) << text;
}

TEST(Csv, QuotesThatAreNotClosedAreRefusedByTheirLine) {
  expect_refused("a,b\n1,\"2\n3,4\n", ":2: a quote that is not closed");
  expect_refused("a,b\n1,\"2\"3\n",
                 ":2: text after the quote that closes cell 2; a quote within quotes is "
                 "doubled");
  const std::string long_text = "a\n\"" + std::string(std::size_t{20} << 20, 'x');
  expect_refused(long_text, ":2: a row of more than 16 MiB; is a quote not closed?");
}

// What is written to a pipe while it is read.
class Pipe {
 public:
  Pipe() {
    if (pipe(ends_.data()) != 0) throw std::runtime_error("no pipe");
    standard_input_ = dup(STDIN_FILENO);
    dup2(ends_[0], STDIN_FILENO);
  }
  ~Pipe() {
    dup2(standard_input_, STDIN_FILENO);
    for (const int descriptor : {standard_input_, ends_[0], ends_[1]}) close(descriptor);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  void write(std::string_view text) const {
    ASSERT_EQ(::write(ends_[1], text.data(), text.size()),
              static_cast<ssize_t>(text.size()));
  }
  void end() { close(std::exchange(ends_[1], -1)); }

 private:
  std::array<int, 2> ends_ = {};
  int standard_input_ = -1;
};

TEST(Csv, RowsOfAPipeAreThereAsSoonAsTheirLineEnds) {
  Pipe pipe;
  io::CsvReader reader(io::File::open("-"));
  // The next write happens only after the row before was read.
  for (const char* const row :
       {"t,v\n", "\n# what\n1,\"a\nb\"\n", "2,\"c\"\r\n", "3,4 \n"}) {
    pipe.write(row);

    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.cells().size(), 2U);
  }
  pipe.end();
  EXPECT_FALSE(reader.next());
}

TEST(Csv, MoreIsReadOnlyAfterItIsSaid) {
  Pipe pipe;
  // A byte at a time, its byte order mark and the two of a line end too.
  std::string_view left = "\xEF\xBB\xBFt,v\r\n1,\"2\"\r\n\xEF\n3,4";
  io::CsvReader reader(io::File::open("-"), [&] {
    if (left.empty()) return pipe.end();
    pipe.write(left.substr(0, 1));
    left.remove_prefix(1);
  });
  std::vector<std::string> texts;
  while (reader.next()) texts.emplace_back(reader.text());

  EXPECT_EQ(texts, (std::vector<std::string>{"t,v", "1,\"2\"", "\xEF", "3,4"}));
}

}  // namespace
}  // namespace gridgrad::test
