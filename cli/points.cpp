// cli/points.cpp: rows of a table or of an array
//
// SPDX-License-Identifier: BSD-3-Clause

#include "points.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "gridgrad/error.hpp"
#include "gridgrad/io/csv.hpp"
#include "gridgrad/io/npy.hpp"
#include "gridgrad/io/part_file.hpp"
#include "suggestion.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

constexpr std::size_t rows_at_once = 65536;

std::vector<std::string> names_of(const std::vector<PointAxis>& axes) {
  std::vector<std::string> names;
  names.reserve(axes.size());
  for (const PointAxis& axis : axes) names.push_back(axis.name);
  return names;
}

bool is_number(std::string_view cell) {
  return number_of(cell).has_value();
}

class TablePoints final : public Points {
 public:
  TablePoints(io::File file, std::vector<PointAxis> axes, AxisNames names, Notes notes)
      : reader_(std::move(file)), axes_(std::move(axes)) {
    const std::string needed = joined(names_of(axes_));
    if (!reader_.next()) {
      throw Error(ErrorCode::io, reader_.name(),
                  "has no row; a header that names the axes " + needed + " is needed");
    }
    columns_ = reader_.cells().size();
    header_.separator = reader_.separator();
    header_.line_end = reader_.line_end();
    if (!std::ranges::all_of(reader_.cells(), is_number)) {
      take_header(notes);
      return;
    }
    if (names == AxisNames::given) {
      throw Error(ErrorCode::bad_argument, "points",
                  "the first row of " + reader_.name() +
                      " holds numbers; a header that names the axes " + needed +
                      " is needed");
    }
    take_numbered(notes);
  }

  [[nodiscard]] const PointHeader& header() const override { return header_; }

  void read(PointBlock& block) override {
    block.clear();
    while (block.rows < rows_at_once && next_row()) {
      require_width();
      for (std::size_t k = 0; k < axes_.size(); ++k) {
        block.locations.push_back(coordinate(k));
      }
      if (block.row_text == RowText::kept) block.text += reader_.text();
      block.end_row();
    }
  }

 private:
  void take_header(Notes notes) {
    header_.text = reader_.text();
    for (const std::string_view cell : reader_.cells()) header_.names.emplace_back(cell);
    column_of_ = point_columns(axes_, header_.names, notes);
  }

  // The first row is one of numbers, to be read again.
  void take_numbered(Notes notes) {
    const std::string order = joined(names_of(axes_)) + " in this order";
    if (columns_ != axes_.size()) {
      throw Error(
          ErrorCode::bad_shape, "points",
          fmt::format("{} columns without names in {}; those of {} are needed, or "
                      "a header",
                      columns_, reader_.name(), order));
    }
    for (std::size_t k = 0; k < columns_; ++k) column_of_.push_back(k);
    is_pending_ = true;
    note(notes, "points without a header: columns taken for " + order);
  }

  bool next_row() {
    if (std::exchange(is_pending_, false)) return true;
    return reader_.next();
  }

  void require_width() const {
    const std::size_t cells = reader_.cells().size();
    if (cells == columns_) return;
    throw Error(ErrorCode::io, place(),
                fmt::format("{} cells where the first row has {}", cells, columns_));
  }

  [[nodiscard]] double coordinate(std::size_t axis) const {
    const std::string_view cell = reader_.cells()[column_of_[axis]];
    if (const auto number = number_of(cell)) return *number;
    if (is_missing(cell)) return std::numeric_limits<double>::quiet_NaN();
    const auto& clock = axes_[axis].clock;
    const auto count = clock ? count_of(*clock, cell) : std::nullopt;
    if (count) return *count;
    refuse(cell, axis);
  }

  [[noreturn]] void refuse(std::string_view cell, std::size_t axis) const {
    const PointAxis& described = axes_[axis];
    std::string accepted;
    if (described.clock) {
      accepted = " or a date of the calendar, as 2001-01-31T12:00";
    } else if (std::ranges::count(described.aliases, "time") > 0) {
      accepted = "; axis " + described.name + " does not say what dates are in its units";
    }
    const std::string name =
        header_.names.empty() ? described.name : header_.names[column_of_[axis]];
    throw Error(ErrorCode::io, place() + ": " + name,
                fmt::format("'{}' is not a number{}", cell, accepted));
  }

  [[nodiscard]] std::string place() const {
    return reader_.name() + ":" + std::to_string(reader_.line());
  }

  io::CsvReader reader_;
  std::vector<PointAxis> axes_;
  PointHeader header_;
  std::size_t columns_ = 0;
  std::vector<std::size_t> column_of_;  // of each axis
  bool is_pending_ = false;
};

double as_double(Float16 number) {
  return to_float(number);
}
template <class T>
double as_double(T number) {
  return static_cast<double>(number);
}

// As few digits as tell the numbers of a type apart.
template <class T>
void append_number(T number, std::string& text) {
  if constexpr (std::is_arithmetic_v<T>) {
    fmt::format_to(std::back_inserter(text), "{}", number);
  } else {
    append_number(to_float(number), text);
  }
}

class ArrayPoints final : public Points {
 public:
  ArrayPoints(io::File file, const std::vector<PointAxis>& axes)
      : reader_(std::move(file)), rank_(axes.size()) {
    const io::NpyHeader& npy = reader_.header();
    if (npy.extents.size() != 2 || npy.extents[1] != rank_) {
      throw Error(
          ErrorCode::bad_shape, "points",
          fmt::format("shape ({}) given; (n, {}) is needed, a column for each of "
                      "{}",
                      fmt::join(npy.extents, ", "), rank_, joined(names_of(axes))));
    }
    if (npy.ticks_per_second || npy.type == ElementType::complex64 ||
        npy.type == ElementType::complex128) {
      throw Error(ErrorCode::bad_type, "points",
                  "dtype " + npy.dtype +
                      " given; real numbers are needed, and dates are accepted in CSV");
    }
    header_.names = names_of(axes);
    header_.text = fmt::format("{}", fmt::join(header_.names, ","));
  }

  [[nodiscard]] const PointHeader& header() const override { return header_; }

  void read(PointBlock& block) override {
    block.clear();
    if (reader_.header().order == io::MemoryOrder::c) {
      const io::AnyArray rows = reader_.read_rows(rows_at_once);
      return append(rows, 0, io::extents_of(rows)[0], block);
    }
    // Columns that follow each other are all needed before the first row is complete.
    if (!columns_) columns_ = reader_.read();
    const std::size_t last =
        std::min(io::extents_of(*columns_)[0], rows_read_ + rows_at_once);
    append(*columns_, rows_read_, last, block);
    rows_read_ = last;
  }

 private:
  void append(const io::AnyArray& rows, std::size_t first, std::size_t last,
              PointBlock& block) const {
    std::visit(
        [&]<class T>(const Array<T>& typed) {
          if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, Float16>) {
            for (std::size_t i = first; i < last; ++i) append_row(typed, i, block);
          }
        },
        rows);
  }

  template <class T>
  void append_row(const Array<T>& rows, std::size_t i, PointBlock& block) const {
    for (std::size_t k = 0; k < rank_; ++k) {
      const T number = rows(i, k);
      block.locations.push_back(as_double(number));
      if (block.row_text == RowText::dropped) continue;
      if (k > 0) block.text += header_.separator;
      append_number(number, block.text);
    }
    block.end_row();
  }

  io::NpyReader reader_;
  std::size_t rank_;
  PointHeader header_;
  std::optional<io::AnyArray> columns_;
  std::size_t rows_read_ = 0;
};

bool is_npy(const std::string& path) {
  constexpr std::string_view magic = "\x93NUMPY";
  if (path == "-") return false;
  if (path.ends_with(".npy")) return true;
  std::array<char, magic.size()> start = {};
  io::File file = io::File::open(path);
  const std::size_t got = file.read(std::as_writable_bytes(std::span(start)));
  return std::string_view(start.data(), got) == magic;
}

}  // namespace

bool is_missing(std::string_view cell) {
  constexpr std::array<std::string_view, 3> words = {"", "NA", "NaT"};
  return std::ranges::find(words, cell) != words.end();
}

void PointBlock::clear() {
  rows = 0;
  locations.clear();
  text.clear();
  ends.clear();
}

void PointBlock::end_row() {
  ++rows;
  if (row_text == RowText::kept) ends.push_back(text.size());
}

std::unique_ptr<Points> open_points(const std::string& path,
                                    const std::vector<PointAxis>& axes, AxisNames names,
                                    Notes notes) {
  if (is_npy(path)) return std::make_unique<ArrayPoints>(io::File::open(path), axes);
  return std::make_unique<TablePoints>(io::File::open(path), axes, names, notes);
}

}  // namespace gridgrad::cli
