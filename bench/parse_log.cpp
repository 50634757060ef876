// parse_log.cpp: reads the rows of a log, and the numbers of its first columns: what
// bench/logs.py compares the tool with
//
// SPDX-License-Identifier: BSD-3-Clause
//
// parse_log LOG COLUMNS

#include <charconv>
#include <cstddef>
#include <iostream>
#include <string>
#include <string_view>

#include "gridgrad/io/csv.hpp"

int main(int count, char** texts) {
  if (count != 3) return 2;
  const std::size_t columns = std::stoul(texts[2]);
  gridgrad::io::CsvReader reader(gridgrad::io::File::open(texts[1]));
  double sum = 0;
  while (reader.next()) {
    for (const std::string_view cell : reader.cells().first(columns)) {
      double number = 0;
      std::from_chars(cell.data(), cell.data() + cell.size(), number);
      sum += number;
    }
  }
  std::cout << sum << '\n';  // so that the numbers are needed
}
