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

void expect_same_rows(const RowTable& table, const RowTable& expected) {
  ASSERT_EQ(table.extent(), expected.extent());
  ASSERT_EQ(table.row_count(), expected.row_count());
  ASSERT_EQ(table.own_sample(), expected.own_sample());
  ASSERT_EQ(table.missing().index(), expected.missing().index());
  ASSERT_EQ(table.bands().size(), expected.bands().size());
  for (std::size_t b = 0; b < table.bands().size(); ++b) {
    const Band& given = table.bands()[b];
    const Band& band = expected.bands()[b];
    EXPECT_EQ(given.rows, band.rows);
    EXPECT_EQ(given.scale.f64, band.scale.f64);
    ASSERT_TRUE(std::ranges::equal(table.taps(given), expected.taps(band)));
    for (std::size_t k = 0; k < band.taps; ++k) {
      EXPECT_EQ(*table.weights<double>(given, k, given.rows.first),
                *expected.weights<double>(band, k, band.rows.first));
    }
  }
  for (const std::ptrdiff_t beyond : {-3, -1, 40, 42}) {
    const bool is_lower = beyond < 0;
    const Extension& given = table.extension();
    const Extension& extension = expected.extension();
    ASSERT_EQ(given.extends_lower(), extension.extends_lower());
    ASSERT_EQ(given.extends_upper(), extension.extends_upper());
    if (is_lower ? !given.extends_lower() : !given.extends_upper()) continue;
    EXPECT_EQ(given.at(beyond).rule, extension.at(beyond).rule);
    EXPECT_EQ(given.at(beyond).sample, extension.at(beyond).sample);
  }
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
