// recent_tables_test.cpp: rows kept from call to call are those of the call
//
// SPDX-License-Identifier: BSD-3-Clause

#include "recent_tables.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "support/errors.hpp"

namespace gridgrad::test {
namespace {

constexpr std::size_t samples = 40;

struct Request {
  Axis axis;
  Scheme scheme;
  std::size_t extent = samples;
};

// Each differs from the first in one thing, and there are more than a thread keeps.
std::vector<Request> requests() {
  std::vector<Request> requests(1);
  for (const Axis& axis :
       {Axis::spaced(0.5), Axis().per(4), Axis().with_ends(Nearest(), OneSided()),
        Axis().with_ends(OneSided(), Nearest()), Axis().with_ends(Periodic()),
        Axis().with_ends(Periodic{41}), Axis().with_ends(Periodic{42}),
        Axis().with_ends(Symmetric()), Axis().with_ends(Symmetric{Mirror::half_point}),
        Axis().with_ends(Antisymmetric()),
        Axis().with_ends(Antisymmetric{Mirror::half_point}),
        Axis().with_ends(Antisymmetric{Mirror::sample, Level::end_value}),
        Axis().with_ends(Neumann{1}), Axis().with_ends(Halo())}) {
    requests.push_back({axis, {}});
  }
  for (const Scheme& scheme :
       {Scheme{.derivative = 2}, Scheme{.accuracy = 4}, Scheme{.edge_order = 3},
        Scheme{.bias = Bias::forward}, Scheme{.missing = Propagate()},
        Scheme{.missing = Adapt()}, Scheme{.missing = Adapt{2}}}) {
    requests.push_back({Axis(), scheme});
  }
  requests.push_back({Axis(), {}, samples + 1});
  return requests;
}

std::shared_ptr<const RowTable> table_of(const Request& request) {
  return gridgrad::table_of(request.axis, request.extent, request.scheme, {}, 0);
}

// All numbers of a table that tell requests apart.
std::vector<double> fingerprint(const RowTable& table) {
  std::vector<double> numbers = {static_cast<double>(table.extent()),
                                 static_cast<double>(table.row_count()),
                                 static_cast<double>(table.own_sample()),
                                 static_cast<double>(table.missing().index())};
  for (const Band& band : table.bands()) {
    numbers.push_back(static_cast<double>(band.rows.last));
    numbers.push_back(band.scale.f64);
    std::size_t k = 0;
    for (const Tap& tap : table.taps(band)) {
      numbers.push_back(static_cast<double>(tap.plus));
      numbers.push_back(static_cast<double>(tap.minus));
      numbers.push_back(*table.weights<double>(band, k++, band.rows.first));
    }
  }
  const Extension& extension = table.extension();
  const auto beyond = static_cast<std::ptrdiff_t>(table.extent()) + 1;
  for (const std::ptrdiff_t place : {std::ptrdiff_t{-2}, beyond}) {
    const bool extends =
        place < 0 ? extension.extends_lower() : extension.extends_upper();
    const Ghost ghost = extends ? extension.at(place) : Ghost();
    numbers.push_back(static_cast<double>(ghost.rule));
    numbers.push_back(static_cast<double>(ghost.sample));
  }
  return numbers;
}

void expect_same_rows(const RowTable& table, const RowTable& expected) {
  EXPECT_EQ(fingerprint(table), fingerprint(expected));
}

TEST(RecentTables, AreThoseOfTheRequest) {
  for (int round = 0; round < 3; ++round) {
    for (const Request& request : requests()) {
      expect_same_rows(*table_of(request),
                       RowTable(request.axis, request.extent, request.scheme));
    }
  }
}

TEST(RecentTables, TellEveryRequestFromTheOneBefore) {
  const std::vector<Request> all = requests();
  for (std::size_t k = 1; k < all.size(); ++k) {
    const auto before = table_of(all.front());

    EXPECT_NE(table_of(all[k]), before);
  }
}

TEST(RecentTables, AreMadeOnce) {
  const auto first = table_of(Request());

  EXPECT_EQ(first, table_of(Request()));
}

TEST(RecentTables, OutliveTheirReplacement) {
  const auto first = table_of(Request());
  for (std::size_t extent = 5; extent < 30; ++extent) {
    static_cast<void>(table_of({Axis(), {}, extent}));
  }

  EXPECT_NE(first, table_of(Request()));
  EXPECT_EQ(first->extent(), samples);
}

TEST(RecentTables, RefuseWhatIsWrongEveryTime) {
  for (int turn = 0; turn < 2; ++turn) {
    EXPECT_ERROR(static_cast<void>(table_of({Axis(), {.accuracy = 3}})), bad_argument,
                 "accuracy: 3 given; central differences need an even number from 2 to "
                 "20");
  }
}

}  // namespace
}  // namespace gridgrad::test
